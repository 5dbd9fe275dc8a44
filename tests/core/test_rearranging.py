"""Skip, park, move and add: the running order changes, the text stays where it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from facilitator.core import chair, events, order, rearranging, running_order
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.meeting import Meeting, opened
from facilitator.core.rearranging import CannotAdd
from facilitator.core.record import Note
from tests.simulating import after

AGENDA = Agenda(
    "Council",
    "{date}.md",
    (
        Section("News", time=120),
        Section("Reviews", total=900, projects=tuple(Project(name, "Ann Lee") for name in "ABCD")),
        Section("Close", time=60),
    ),
    chair="Bo Ek",
)
MINUTES = b"""\
# Council

## News

- hello

## Reviews

### A - Ann Lee

- a

### B - Ann Lee

- b

### C - Ann Lee

### D - Ann Lee

- d

## Close
"""
CALL = order.roll_call("Reviews")


def call(agenda: Agenda | None = AGENDA, minutes: bytes = MINUTES) -> Meeting:
    meeting = opened(minutes, agenda, date(2024, 6, 4), 1800)
    return after(meeting, chair.toggle_clock(meeting, 0.0))


def keys(meeting: Meeting) -> list[str]:
    return [stop.key.partition(":")[2] for stop in meeting.stops]


def to(meeting: Meeting, key: str, at: float = 10.0) -> Meeting:
    return after(meeting, chair.go(meeting, key, at))


def test_skipping_puts_a_project_to_the_end_of_its_group_and_goes_on() -> None:
    meeting = to(call(), "project:a")
    skipped = after(meeting, rearranging.skip(meeting, "project:a", 20.0))
    assert keys(skipped) == ["news", "b", "d", "a", "Reviews", "close"]
    assert skipped.current == "project:b"
    assert skipped.document.source == MINUTES
    back = after(skipped, events.Undone(21.0))
    assert (keys(back), back.current) == (keys(meeting), "project:a")


def test_what_is_not_current_is_skipped_where_it_is() -> None:
    skipped = after(call(), rearranging.skip(call(), "project:b", 20.0))
    assert keys(skipped) == ["news", "a", "d", "b", "Reviews", "close"]
    assert skipped.current == "section:news"


def test_the_last_of_its_group_is_skipped_behind_the_roll_call_and_a_section_to_the_end() -> None:
    assert keys(after(call(), rearranging.skip(call(), "project:d", 1.0)))[-3:] == ["Reviews", "d", "close"]
    assert keys(after(call(), rearranging.skip(call(), "section:news", 1.0)))[-1] == "news"
    assert rearranging.skip(call(), "section:close", 1.0) is None
    assert rearranging.skip(call(), "project:c", 1.0) is None


def test_an_item_moves_up_and_down_the_running_order() -> None:
    ready = opened(MINUTES, AGENDA, date(2024, 6, 4), 1800)
    meeting = after(ready, rearranging.move(ready, "project:d", -2, 1.0))
    assert keys(meeting) == ["news", "d", "a", "b", "Reviews", "close"]
    meeting = after(meeting, rearranging.move(meeting, "project:d", -1, 2.0))
    assert keys(meeting)[0] == "d"
    meeting = after(meeting, rearranging.move(meeting, "project:d", 3, 3.0))
    assert keys(meeting) == ["news", "a", "b", "d", "Reviews", "close"]
    assert rearranging.move(meeting, "section:news", -1, 4.0) is None
    assert rearranging.move(meeting, "section:close", 1, 4.0) is None
    assert meeting.document.source == MINUTES


def test_nothing_moves_where_the_call_would_never_get_to_it() -> None:
    meeting = to(call(), "project:a")
    assert rearranging.move(meeting, "project:a", 1, 20.0) is None
    assert rearranging.move(meeting, "project:b", -1, 20.0) is None
    later = after(meeting, rearranging.move(meeting, "section:news", 2, 20.0))
    assert keys(later)[:3] == ["a", "b", "news"]


def test_a_moved_item_stays_there_when_its_neighbour_is_parked() -> None:
    meeting = after(call(), rearranging.move(call(), "project:d", -1, 1.0))
    meeting = after(meeting, rearranging.park(meeting, "project:a", 2.0))
    assert keys(meeting) == ["news", "d", "b", "Reviews", "close"]


def test_what_is_parked_leaves_the_call_and_stands_in_the_parking_lot() -> None:
    meeting = to(call(), "project:b")
    parked = after(meeting, rearranging.park(meeting, "project:b", 20.0))
    assert keys(parked) == ["news", "a", "d", "Reviews", "close"]
    assert parked.current == "project:d"
    added = b"\n## Parking Lot\n\n- B (parked 2024-06-04 by Bo Ek)\n"
    assert parked.document.source == MINUTES + added
    again = after(parked, rearranging.park(parked, "project:c", 21.0, by="Ann Lee"))
    assert again.document.source == MINUTES + added + b"- C (parked 2024-06-04 by Ann Lee)\n"
    assert [row.title for row in running_order.rows(again, 22.0) if row.state == "parked"] == ["B", "C"]
    assert rearranging.park(again, "project:c", 23.0) is None
    back = after(again, events.Undone(24.0), events.Undone(25.0))
    assert (back.document.source, keys(back), back.current) == (MINUTES, keys(meeting), "project:b")


def test_a_late_call_parks_for_want_of_time() -> None:
    meeting = call()
    event = rearranging.park(meeting, "project:d", 1500.0)
    assert isinstance(event, events.ItemParked)
    assert event.entry.by == "time"


def test_a_parking_lot_of_the_agenda_is_made_where_that_has_it() -> None:
    sections = (AGENDA.sections[0], Section("Parking Lot"), *AGENDA.sections[1:])
    agenda = Agenda("Council", "{date}.md", sections)
    meeting = call(agenda)
    meeting = after(meeting, rearranging.park(meeting, "project:a", 20.0))
    assert b"- hello\n\n## Parking Lot\n\n- A (parked 2024-06-04" in meeting.document.source


def test_without_an_agenda_a_new_parking_lot_does_not_join_the_call() -> None:
    meeting = call(None, b"# Sync\n\n## A\n\n- a\n\n## B\n\n- b\n")
    parked = after(meeting, rearranging.park(meeting, "section:b", 20.0))
    assert keys(parked) == ["a"]
    assert parked.document.source.endswith(b"## Parking Lot\n\n- B (parked 2024-06-04)\n")


def test_parking_gives_those_to_come_back_what_was_cut() -> None:
    meeting = to(call(), "project:a", 1000.0)
    meeting = to(meeting, "project:b", 1400.0)
    planned = meeting.planned["section:close"]
    assert (
        meeting.budget("section:close") < planned
        or meeting.budget("project:d") < meeting.planned["project:d"]
    )
    meeting = after(meeting, rearranging.park(meeting, "project:d", 1401.0))
    assert meeting.budget("section:close") == planned


def test_a_parked_item_can_still_be_gone_to() -> None:
    meeting = after(call(), rearranging.park(call(), "project:b", 20.0))
    assert to(meeting, "project:b", 21.0).current == "project:b"


def test_an_item_added_to_an_agenda_comes_next_and_has_a_heading_once_something_is_written() -> None:
    meeting = to(call(), "project:a")
    meeting = after(meeting, rearranging.add(meeting, "Hiring # freeze", 300, 20.0))
    assert keys(meeting) == ["news", "a", "hiring-freeze", "b", "d", "Reviews", "close"]
    new = "section:hiring-freeze"
    assert meeting.base(new) == 300
    assert meeting.document.source == MINUTES
    noted = after(meeting, chair.write(meeting, new, Note("until June"), 21.0))
    assert b"- d\n\n## Hiring # freeze\n\n- until June\n\n## Close\n" in noted.document.source
    back = after(noted, events.Undone(22.0), events.Undone(23.0))
    assert (back.document.source, back.agenda, keys(back)) == (MINUTES, AGENDA, keys(call()))
    again = after(back, events.Redone(24.0), events.Redone(25.0))
    assert (again.document.source, keys(again)) == (noted.document.source, keys(meeting))
    with pytest.raises(CannotAdd, match="already"):
        rearranging.add(meeting, "Hiring # freeze", 300, 23.0)
    with pytest.raises(CannotAdd, match="title"):
        rearranging.add(meeting, "  ", 300, 23.0)


def test_where_the_agenda_has_topics_an_added_item_is_one() -> None:
    agenda = Agenda("Council", "{date}.md", (Section("Talk", time=600, topics=True), AGENDA.sections[1]))
    meeting = call(agenda, b"# Council\n\n## Talk\n\n- one\n- two\n\n## Reviews\n\n### A - Ann Lee\n\n- a\n")
    meeting = after(meeting, rearranging.add(meeting, "three", 120, 20.0))
    assert b"- two\n- three (2m)\n" in meeting.document.source
    assert keys(meeting)[:3] == ["talk/one", "talk/three", "talk/two"]
    assert meeting.base("topic:talk/three") == 120


def test_without_an_agenda_an_added_item_is_a_section_with_its_timebox() -> None:
    meeting = call(None, b"# Sync\n\n## A\n\n- a\n\n## B\n\n- b\n")
    meeting = after(meeting, rearranging.add(meeting, "New", 300, 20.0))
    assert b"- a\n\n## New (5m)\n\n## B\n" in meeting.document.source
    assert keys(meeting) == ["a", "new", "b"]
    assert meeting.base("section:new") == 300


@pytest.mark.parametrize(
    "minutes",
    [b"", b"We met.\n", b"\xef\xbb\xbfWe met.\r\n\r\n- and spoke\r\n", b"---\ntitle: x\n---\n\nWe met.\n"],
)
def test_an_item_added_to_minutes_without_headings_leaves_what_stands_there_its_item(minutes: bytes) -> None:
    meeting = call(None, minutes)
    known = meeting.current
    meeting = after(meeting, chair.write(meeting, known, Note("before"), 1.0))
    added = after(meeting, rearranging.add(meeting, "Roadmap", 300, 2.0))
    assert [(item.title, item.timebox) for item in added.items] == [("Minutes", None), ("Roadmap", 300)]
    assert added.current == known == added.items[0].key
    again = after(added, chair.write(added, known, Note("after"), 3.0))
    assert again.document.source.index(b"- after") < again.document.source.index(b"## Roadmap (5m)")
    back = after(added, events.Undone(3.0))
    assert back.document.source == meeting.document.source
    assert [item.title for item in back.items] == ["Minutes"]


def test_time_adds_up_when_the_call_returns_to_an_item() -> None:
    meeting = to(to(to(call(), "project:a", 100.0), "project:b", 160.0), "project:a", 200.0)
    rows = {row.item: row for row in running_order.rows(meeting, 230.0)}
    assert rows["project:a"].spent == 90.0
    assert rows["project:a"].state == "now"


def test_real_minutes_take_a_parking_lot_and_give_it_back(corpus: Path) -> None:
    for path in sorted((corpus / "files").rglob("*.md")):
        meeting = call(None, path.read_bytes())
        if not (event := _parked(meeting)):
            continue
        parked = after(meeting, event)
        assert len(parked.stops) <= max(1, len(meeting.stops))
        assert after(parked, events.Undone(9.0)).document.source == path.read_bytes()


def _parked(meeting: Meeting) -> events.Event | None:
    try:
        return rearranging.park(meeting, meeting.stops[-1].key, 5.0)
    except ValueError:  # swallowed by what somebody left open
        return None
