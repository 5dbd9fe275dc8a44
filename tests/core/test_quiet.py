"""Quiet projects: one roll call at the end of their group, the floor for one, and a place for who comes late."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from facilitator.core import chair, events, merge, quiet, running_order
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.meeting import Meeting, opened
from facilitator.core.order import roll_call
from facilitator.core.record import Note
from facilitator.store import agenda_file
from tests.simulating import after

CALL = roll_call("Reviews")
AGENDA = Agenda(
    "Council",
    "{date}.md",
    (
        Section("News", time=120),
        Section("Reviews", total=900, projects=tuple(Project(name, "Ann Lee") for name in "ABCDE")),
        Section("Close", time=60),
    ),
)


def call(*written: str) -> Meeting:
    """A running call in which some of the projects A to E have text."""
    lines = ["# Council", "", "## News", "", "## Reviews", ""]
    for name in "ABCDE":
        lines += [f"### {name} - Ann Lee", "", *(["- an update", ""] if name in written else [])]
    source = "\n".join([*lines, "## Close", "", ""]).encode()
    meeting = opened(source, AGENDA, date(2024, 6, 4), 1800)
    return after(meeting, chair.toggle_clock(meeting, 0.0))


def keys(meeting: Meeting) -> list[str]:
    return [stop.key.removeprefix("project:").removeprefix("section:") for stop in meeting.stops]


def fill(meeting: Meeting, name: str, at: float) -> Meeting:
    """Let the lead of a project write something."""
    heading = f"### {name.upper()} - Ann Lee\n".encode()
    source = meeting.document.source.replace(heading, heading + b"\n- written late\n")
    return after(meeting, events.Landed(at, merge.splices(meeting.document.source, source)))


def to(meeting: Meeting, key: str, at: float) -> Meeting:
    return after(meeting, chair.go(meeting, key, at))


def test_the_roll_call_stands_at_the_end_of_the_group_and_lists_who_waits() -> None:
    meeting = call("B", "D")
    assert keys(meeting) == ["news", "b", "d", CALL, "close"]
    assert [(item.title, item.leads) for item in meeting.members(CALL)] == [
        ("A", ("Ann Lee",)),
        ("C", ("Ann Lee",)),
        ("E", ("Ann Lee",)),
    ]


def test_enter_confirms_no_update_for_all_that_remain() -> None:
    meeting = to(call("B", "D"), CALL, 10.0)
    meeting = after(meeting, quiet.confirm(meeting, 40.0))
    assert meeting.current == "section:close"
    rows = {row.item: row for row in running_order.rows(meeting, 40.0)}
    assert rows[CALL].spent == 30.0
    assert all(rows[f"project:{name}"].state == "done" for name in "ace")
    assert quiet.confirm(meeting, 41.0) is None
    meeting = after(meeting, events.Undone(42.0))
    assert meeting.current == CALL
    assert not meeting.steering.confirmed


def test_one_is_given_the_floor_with_time_that_is_visibly_borrowed() -> None:
    meeting = to(call("B", "D"), CALL, 10.0)
    before = meeting.base("section:close")
    meeting = to(meeting, "project:c", 20.0)
    assert meeting.current == "project:c"
    assert keys(meeting) == ["news", "b", "d", "c", CALL, "close"]
    lent = before - meeting.base("section:close")
    assert meeting.budget("project:c") == lent > 0
    assert meeting.done[-1].label == "floor for C, 0:30 from Close"
    meeting = after(meeting, chair.step(meeting, 1, 30.0))
    assert meeting.current == CALL
    assert [item.title for item in meeting.members(CALL)] == ["A", "E"]


def test_the_floor_out_of_turn_comes_right_behind_the_current_item() -> None:
    meeting = to(to(call("B", "D"), "project:b", 10.0), "project:e", 20.0)
    assert keys(meeting) == ["news", "b", "e", "d", CALL, "close"]
    assert meeting.budget("project:e") == quiet.FLOOR_SECONDS
    assert after(meeting, events.Undone(30.0)).steering.floor == ()


def test_who_writes_in_time_goes_back_to_the_queue_at_its_place() -> None:
    meeting = fill(to(call("B", "D"), "project:b", 10.0), "c", 20.0)
    assert keys(meeting) == ["news", "b", "c", "d", CALL, "close"]
    assert meeting.joined["project:c"] > 60
    assert meeting.budget("project:c") <= meeting.joined["project:c"]


def test_who_writes_too_late_comes_at_the_end_of_the_group() -> None:
    meeting = fill(to(call("B", "D"), "project:b", 10.0), "a", 20.0)
    assert keys(meeting) == ["news", "b", "d", "a", CALL, "close"]


def test_who_writes_during_the_roll_call_comes_right_behind_it() -> None:
    meeting = fill(to(call("B", "D"), CALL, 10.0), "a", 20.0)
    assert keys(meeting) == ["news", "b", "d", CALL, "a", "close"]
    assert meeting.current == CALL


def test_who_writes_when_the_group_is_over_comes_at_the_end_of_the_call() -> None:
    meeting = fill(to(call("B", "D"), "section:close", 10.0), "a", 20.0)
    assert keys(meeting) == ["news", "b", "d", CALL, "close", "a"]


def test_when_all_have_written_there_is_no_roll_call() -> None:
    assert keys(fill(call("A", "B", "C", "D"), "e", 5.0)) == ["news", "a", "b", "c", "d", "e", "close"]


def test_before_the_start_whoever_writes_is_planned_like_the_others() -> None:
    early = opened(call("B").document.source, AGENDA, date(2024, 6, 4), 1800)
    meeting = fill(early, "a", 1.0)
    assert meeting.planned == call("A", "B").planned
    assert not meeting.joined


def test_a_call_that_begins_with_projects_begins_with_the_first_that_speaks() -> None:
    only = Agenda("Council", "{date}.md", (AGENDA.sections[1],))
    assert opened(call("B").document.source, only, date(2024, 6, 4), 1800).current == "project:b"
    assert opened(call().document.source, only, date(2024, 6, 4), 1800).current == CALL


def test_a_note_at_the_roll_call_stands_under_the_heading_of_the_group() -> None:
    meeting = to(call("B"), CALL, 1.0)
    meeting = after(meeting, chair.write(meeting, CALL, Note("nothing from the others"), 2.0))
    assert b"## Reviews\n\n- nothing from the others\n\n### A" in meeting.document.source
    bare = opened(b"# Council\n", AGENDA, date(2024, 6, 4), 1800)
    bare = after(bare, chair.write(bare, CALL, Note("nobody"), 2.0))
    assert bare.document.source == b"# Council\n\n## Reviews\n\n- nobody\n"


def test_on_real_minutes_next_reaches_all_who_wrote_and_the_roll_call(corpus: Path) -> None:
    council = agenda_file.load(Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml")
    source = (corpus / "files" / "seed" / "2018-09-04-runtime.md").read_bytes()
    meeting = opened(source, council, date(2018, 9, 4), council.duration)
    meeting = after(meeting, chair.toggle_clock(meeting, 0.0))
    reached = [meeting.current]
    while event := chair.step(meeting, 1, float(len(reached))):
        meeting = after(meeting, event)
        reached.append(meeting.current)
    expected = [item.key for item in meeting.items if item.kind != "project" or item.words]
    assert reached == [*expected, roll_call("Backlog Reviews")]
    looked_at = running_order.keys(meeting)
    assert set(looked_at) >= {item.key for item in meeting.items}
    for item in meeting.items:
        if item.quiet and item.kind == "project":
            assert after(meeting, chair.go(meeting, item.key, 99.0)).current == item.key
            assert running_order.find(meeting, item.title) == item.key
