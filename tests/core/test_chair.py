"""What a chair's keys mean, as events."""

from __future__ import annotations

from datetime import date

from facilitator.core import chair, events
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Action, Note
from tests.simulating import after

AGENDA = Agenda(
    "Harbor Council",
    "{date}.md",
    (
        Section("Announcements", time=120),
        Section("Reviews", total=600, projects=(Project("Beacon", "Tomas Rey"), Project("Lantern"))),
    ),
)
MINUTES = b"# Harbor Council\n\n## Announcements\n\n- welcome\n"


def call(minutes: bytes = MINUTES) -> Meeting:
    return opened(minutes, AGENDA, date(2024, 6, 4), 1800)


def test_one_key_starts_pauses_and_resumes() -> None:
    meeting = after(call(), chair.toggle_clock(call(), 10.0))
    assert meeting.running
    assert meeting.started_at == 10.0
    meeting = after(meeting, chair.toggle_clock(meeting, 20.0))
    assert meeting.paused
    meeting = after(meeting, chair.toggle_clock(meeting, 30.0))
    assert meeting.running
    assert [stint.item for stint in meeting.timeline] == [meeting.current, "", meeting.current]


def test_an_item_keeps_at_least_no_time() -> None:
    meeting = call()
    event = chair.change_timebox(meeting, "section:announcements", -600, 1.0)
    meeting = after(meeting, event)
    assert meeting.budget("section:announcements") == 0
    assert chair.change_timebox(meeting, "section:announcements", -60, 2.0) is None


def test_a_first_note_makes_the_headings_its_item_lacks() -> None:
    meeting = after(call(), chair.write(call(), "project:beacon", Note("fixed"), 1.0))
    assert meeting.document.source.decode() == (
        MINUTES.decode() + "\n## Reviews\n\n### Beacon - Tomas Rey\n\n- fixed\n"
    )
    assert meeting.item("project:beacon").words == 1


def test_a_corrected_entry_stands_where_it_stood() -> None:
    meeting = after(call(), chair.write(call(), "section:announcements", Note("one"), 1.0))
    meeting = after(meeting, chair.write(meeting, "section:announcements", Note("two"), 2.0))
    first = meeting.captured[0]
    meeting = after(meeting, chair.correct(meeting, first, Action("one", ("Tomas Rey",)), 3.0))
    assert meeting.document.source.endswith(b"- welcome\n- [ ] **Action:** Tomas Rey: one\n- two\n")
    meeting = after(meeting, events.Undone(4.0))
    assert meeting.document.source.endswith(b"- welcome\n- one\n- two\n")
    assert [one.entry for one in meeting.captured] == [Note("one"), Note("two")]


def test_what_is_still_being_typed_is_a_note_when_the_call_ends() -> None:
    meeting = after(call(), chair.toggle_clock(call(), 1.0))
    meeting = after(meeting, events.Drafted(2.0, "section:announcements", "note", " last  words "))
    meeting = after(meeting, *chair.adjourn(meeting, 3.0))
    assert meeting.document.source == MINUTES + b"- last words\n"
    assert meeting.adjourned_at == 3.0
    assert not meeting.running
    assert not meeting.paused
    assert chair.toggle_clock(meeting, 4.0) is None


def test_last_words_are_kept_behind_a_fence_somebody_left_open() -> None:
    meeting = call(MINUTES + b"\n```\nopen\n")
    meeting = after(meeting, events.Drafted(2.0, "section:announcements", "note", "last words"))
    meeting = after(meeting, *chair.adjourn(meeting, 3.0))
    assert meeting.document.source == MINUTES + b"\n```\nopen\n```\n\n- last words\n"
