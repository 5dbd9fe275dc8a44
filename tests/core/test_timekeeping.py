"""Planned and actual time, kept in the minutes and read back by later calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core import chair, events, lint, rearranging, timekeeping
from facilitator.core.agenda import Agenda, Project, RecordOptions, Section
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.spans import Splice
from facilitator.core.timing import Timed

AGENDA = Agenda(
    "Council",
    "{date}.md",
    (Section("News", time=120), Section("Reviews", total=300, projects=(Project("A"), Project("B")))),
    record=RecordOptions(timing="comment"),
)
MINUTES = b"# Council\n\n## News\n\n- hello\n\n## Reviews\n\n### A\n\n- a\n\n### B\n"


def adjourned(agenda: Agenda | None, minutes: bytes = MINUTES) -> Meeting:
    """A call of which the first item took 100 seconds and the second one 62.5."""
    meeting = opened(minutes, agenda, date(2024, 6, 4), 1800)
    meeting = apply(meeting, events.CallStarted(1000.0))
    meeting = apply(meeting, events.ItemEntered(1100.0, meeting.stops[1].key))
    for event in chair.adjourn(meeting, 1162.5):
        meeting = apply(meeting, event)
    return meeting


TOOK = (Timed("News", 120, 100), Timed("A", 285, 62), Timed("Roll call: Reviews", 15, 0))


def test_the_time_is_one_comment_at_the_end_and_can_be_read_back() -> None:
    meeting = adjourned(AGENDA)
    kept = meeting.document.source.removeprefix(MINUTES).decode()
    assert kept.startswith("\n<!-- facilitator timing: ")
    assert kept.count("\n") == 2
    assert timekeeping.read(meeting.document.source.decode()) == TOOK


def test_what_was_written_during_the_call_and_not_reached_is_kept_too() -> None:
    meeting = opened(MINUTES, AGENDA, date(2024, 6, 4), 1800)
    meeting = apply(meeting, events.CallStarted(1000.0))
    meeting = apply(meeting, events.Landed(1010.0, (Splice(len(MINUTES), b"", b"\n- b is out\n"),)))
    for event in chair.adjourn(meeting, 1100.0):
        meeting = apply(meeting, event)
    kept = meeting.document.source.decode()
    assert Timed("B", None, 0) in timekeeping.read(kept)
    assert ("B was neither reached nor parked, put it in the parking lot") in [
        problem.text for problem in lint.problems(meeting.document, "2024-06-04.md", None, agenda=AGENDA)
    ]


def test_what_was_parked_keeps_the_time_it_had() -> None:
    meeting = opened(MINUTES, AGENDA, date(2024, 6, 4), 1800)
    meeting = apply(meeting, events.CallStarted(1000.0))
    meeting = apply(meeting, events.ItemEntered(1100.0, "project:a"))
    parking = rearranging.park(meeting, "project:a", 1130.0)
    assert parking is not None
    meeting = apply(meeting, parking)
    kept = timekeeping.timed(meeting, 1160.0)
    assert Timed("A", 285, 30) in kept
    assert sum(one.actual for one in kept) == 160


def test_the_time_is_a_table_where_the_agenda_asks_for_one() -> None:
    meeting = adjourned(replace(AGENDA, record=RecordOptions(timing="table")))
    kept = meeting.document.source.removeprefix(MINUTES).decode()
    assert kept == (
        "\n## Time Taken\n\n| Item | Planned | Actual |\n|:--|--:|--:|\n"
        "| News | 2:00 | 1:40 |\n| A | 4:45 | 1:02 |\n| Roll call: Reviews | 0:15 | – |\n"
    )
    assert timekeeping.read(meeting.document.source.decode()) == TOOK


def test_nothing_is_kept_unasked_or_of_a_call_that_never_began() -> None:
    assert adjourned(replace(AGENDA, record=RecordOptions())).document.source == MINUTES
    assert adjourned(None).document.source == MINUTES
    idle = opened(MINUTES, AGENDA, date(2024, 6, 4), 1800)
    assert timekeeping.splices(idle, 5.0) == ()


@pytest.mark.parametrize("form", ["comment", "table"])
def test_the_time_is_kept_once_and_undone_like_everything(form: str) -> None:
    agenda = replace(AGENDA, record=RecordOptions(timing="table" if form == "table" else "comment"))
    meeting = adjourned(agenda)
    again = adjourned(agenda, meeting.document.source)
    assert again.document.source == meeting.document.source
    back = apply(apply(meeting, events.Undone(2000.0)), events.Undone(2001.0))
    assert back.document.source == MINUTES
    assert back.adjourned_at is None
    assert back.running


def test_an_open_fence_does_not_swallow_the_time() -> None:
    minutes = MINUTES + b"\n```\nopen\n"
    assert adjourned(AGENDA, minutes).document.source == minutes


def test_past_calls_teach_what_a_project_takes() -> None:
    minutes = adjourned(AGENDA).document.source.decode()
    other = timekeeping.table([Timed("a", None, 100), Timed("B", 10, 0)])
    past = timekeeping.past([minutes, "\n".join(other), "# nothing kept"])
    assert past == {"news": 100, "a": 81}
    weighed = replace(AGENDA.sections[1], weigh="history")
    agenda = replace(AGENDA, sections=(AGENDA.sections[0], weighed))
    both = MINUTES.replace(b"### B\n", b"### B\n\n- b\n")
    meeting = opened(both, agenda, date(2024, 6, 18), 1800)
    meeting = apply(meeting, events.PastRead(1.0, (("a", 100), ("b", 200))))
    assert (meeting.planned["project:a"], meeting.planned["project:b"]) == (100, 200)


TITLES = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=12)


@given(
    st.lists(st.builds(Timed, TITLES.map(str.strip), st.none() | st.integers(0, 9999), st.integers(0, 9999)))
)
@settings(max_examples=150, deadline=None)
def test_any_title_comes_back_from_the_table(items: list[Timed]) -> None:
    rows = timekeeping.table(items)
    assert timekeeping.read("# Minutes\n\n" + "\n".join(rows) + "\n") == tuple(items)
    (first, *_) = MarkdownIt("commonmark").enable("table").parse("\n".join(rows))
    assert first.type == "table_open"
