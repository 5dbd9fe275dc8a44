"""From a journal back to the state of its call."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.core.events import Drafted, Undone
from facilitator.store import replay, resuming
from facilitator.store.replay import Header, Replay
from facilitator.store.resuming import NotThisVersion
from facilitator.system.clock import ManualClock
from tests.calls import MINUTES, Chair, open_call


@pytest.fixture
def call(tmp_path: Path) -> Chair:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    chair = open_call(path)
    chair.start()
    return chair


def journal(call: Chair) -> Replay:
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    found = replay.read(replay.journal_path(directory, call.path))
    assert found is not None
    return found


def test_the_state_is_the_one_that_was_left_at_every_moment(call: Chair) -> None:
    def check() -> None:
        state, *_ = resuming.fold(journal(call))
        assert state.document.source == call.meeting.document.source
        assert (state.items, state.captured) == (call.meeting.items, call.meeting.captured)
        assert (state.steering, state.done) == (call.meeting.steering, call.meeting.done)
        assert state.landings == call.meeting.landings

    check()
    call.note("Beacon", "Who upgrades first?")
    check()
    call.theirs(MINUTES + b"- Release on Friday\n")
    call.look()
    check()
    call.session.record(Undone(call.clock.now()))
    check()


def test_every_text_that_may_be_on_the_disk_is_known(call: Chair) -> None:
    call.note("Beacon", "Who upgrades first?")
    noted = call.meeting.document.source
    landed = MINUTES + b"- Release on Friday\n"
    call.theirs(landed)
    call.look()
    _, known, _ = resuming.fold(journal(call))
    assert known[0] == MINUTES
    assert set(known) == {MINUTES, noted, landed, call.meeting.document.source}
    assert known[-1] == call.meeting.document.source


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "it holds no call"),
        ([{"is": "CallPaused", "at": 1.0}], "does not begin with a call"),
        ([{"is": "Nothing"}], "a newer facilitator wrote it"),
    ],
)
def test_a_journal_of_something_else_is_refused(events: list[dict[str, object]], said: str) -> None:
    header = Header("/minutes.md", MINUTES, 1, "boot-1", 1.0, 1.0)
    records = tuple({"event": event, "boot": 1.0, "boot_id": "boot-1"} for event in events)
    with pytest.raises(NotThisVersion, match=said):
        resuming.fold(Replay(Path("journal"), header, records, "", b"", b""))


def test_a_journal_whose_changes_do_not_fit_its_text_is_refused(call: Chair) -> None:
    call.note("Beacon", "Who upgrades first?")
    call.session.record(Undone(call.clock.now()))
    found = journal(call)
    assert found.header is not None
    without = tuple(one for one in found.records if one.get("event", {}).get("is") != "EntryRecorded")
    cut = Replay(found.path, found.header, without, "", b"", b"")
    state, *_ = resuming.fold(cut)  # the start of the call is undone instead
    assert state.started_at is None
    twice = (*without, *(one for one in without if one.get("event", {}).get("is") == "Undone"))
    with pytest.raises(NotThisVersion, match="does not fit together"):
        resuming.fold(Replay(found.path, found.header, twice, "", b"", b""))


def test_the_clock_goes_on_from_the_last_moment_of_the_journal(call: Chair) -> None:
    call.clock.advance(600)
    call.note("Beacon", "Who upgrades first?")
    clock = ManualClock(wall=call.clock.wall() - 7_200, boot=call.clock.boot() + 60)  # set back meanwhile
    resuming.set_clock(clock, journal(call))
    assert clock.now() == pytest.approx(call.clock.now() + 60)


@pytest.mark.parametrize("harm", ["cut", "broken"])
def test_a_damaged_journal_puts_no_older_text_over_newer_minutes(
    call: Chair, tmp_path: Path, state_directory: Path, harm: str
) -> None:
    lines = [f"w{number}" for number in range(6)]
    for line in lines:
        call.session.record(Drafted(call.clock.now(), call.item("Foghorn"), "note", line[:1]))
        call.note("Foghorn", line)
        call.look()
    call.session.storage.journal.close()
    newest = call.disk()
    path = replay.journal_path(state_directory, call.path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 67):
        for each in state_directory.iterdir():
            each.unlink()
        path.write_bytes(whole[:at] if harm == "cut" else whole[:at] + b"?" + whole[at + 1 :])
        again = open_call(call.path, ManualClock(call.clock.now() + 60, call.clock.boot() + 60))
        again.look()
        assert again.disk() == newest
        assert again.session.question is None
        again.note("Foghorn", "and on")
        again.look()
        assert again.disk() == newest + b"- and on\n"
        again.session.storage.journal.close()
        call.path.write_bytes(newest)
