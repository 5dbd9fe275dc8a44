"""An open call: the one door for change, what is saved, and what is left when it is let go."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from facilitator.core import chair
from facilitator.core.events import Drafted, Redone, Undone
from facilitator.core.fold import CannotUndo
from facilitator.core.record import Action, Decision
from facilitator.store import directories, lock, minutes_file, opening, replay, saving
from facilitator.store.call import Call
from facilitator.store.journal import Journal
from facilitator.store.outcomes import Saved
from facilitator.store.session import Session
from facilitator.store.unfinished import unfinished
from facilitator.system.clock import ManualClock
from tests.calls import CALL, DAY, MINUTES, Chair, open_call


@pytest.fixture
def call(tmp_path: Path) -> Chair:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    return open_call(path)


def journals() -> list[str]:
    return [one.name for one in Path(os.environ["FACILITATOR_STATE_DIR"]).glob("*.jsonl")]


# Recording


def test_every_entry_is_in_the_file_and_nothing_else_has_changed(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.write("Lantern", Action("publish the lens plan", ("Ingrid Solheim",)))
    call.write("Foghorn", Decision("Release on Friday"))
    assert call.session.flush(5)
    expected = MINUTES.replace(b"week\n", b"week\n- Who upgrades first?\n")
    expected = expected.replace(
        b"Solheim\n", b"Solheim\n\n- [ ] **Action:** Ingrid Solheim: publish the lens plan\n"
    )
    assert call.disk() == expected + b"- **Decision:** Release on Friday\n"
    assert isinstance(call.told[-1], Saved)


def test_what_cannot_be_is_refused_and_leaves_no_trace(call: Chair) -> None:
    with pytest.raises(CannotUndo, match="Nothing to undo"):
        call.session.record(Undone(call.clock.now()))
    assert _records(call) == []
    call.start()
    records = len(_records(call))
    with pytest.raises(CannotUndo):
        call.session.record(Redone(call.clock.now()))
    assert len(_records(call)) == records


def _records(call: Chair) -> list[Any]:
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    found = replay.read(replay.journal_path(directory, call.path))
    assert found is not None
    return list(found.records)


def test_an_event_is_in_the_journal_before_record_returns(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    kinds = [one["event"]["is"] for one in _records(call) if "event" in one]
    assert kinds == ["CallOpened", "CallStarted", "EntryRecorded"]
    assert call.disk() == MINUTES  # the storage thread has not run yet


def test_undo_and_redo_reach_the_file(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    assert call.session.flush(5)
    noted = call.disk()
    call.session.record(Undone(call.clock.now()))
    assert call.session.flush(5)
    assert call.disk() == MINUTES
    call.session.record(Redone(call.clock.now()))
    assert call.session.flush(5)
    assert call.disk() == noted


def test_typing_does_not_save_the_minutes(call: Chair) -> None:
    call.start()
    assert call.session.flush(5)
    call.told.clear()
    call.session.record(Drafted(call.clock.now(), call.meeting.current, "note", "half a tho"))
    assert call.session.flush(5)
    assert call.told == []


def test_minutes_that_are_no_file_yet_are_made_when_the_call_starts(tmp_path: Path) -> None:
    call = open_call(tmp_path / "2024-06-04-council.md")
    assert call.session.saved() == f"{call.path} is made when the call starts"
    call.session.record(Drafted(call.clock.now(), call.meeting.current, "note", "half a tho"))
    call.look()
    assert not call.path.exists()
    call.start()
    call.look()
    assert call.disk() == call.meeting.document.source
    assert call.session.saved() == f"Saved in {call.path}"


# Leaving


def test_a_call_in_which_nothing_happened_leaves_nothing(call: Chair) -> None:
    assert call.session.close()
    assert journals() == []
    assert call.disk() == MINUTES


def test_an_adjourned_call_leaves_its_minutes_and_no_journal(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    assert call.adjourn()
    assert journals() == []
    again = open_call(call.path)
    assert again.session.resumed is None
    assert again.meeting.captured == ()


def test_what_is_left_of_an_adjourned_call_does_not_come_back(
    call: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.note("Beacon", "And who last?")
    with monkeypatch.context() as patch:
        patch.setattr("facilitator.store.journal.Journal.remove", Journal.close)  # killed just before
        call.adjourn()
    assert journals()
    assert unfinished() == []
    edited = call.disk().replace(b"- Who upgrades first?\n", b"").replace(b"who last", b"who after that")
    call.theirs(edited)
    again = open_call(call.path)
    assert again.session.resumed is None
    assert not again.meeting.begun
    again.look()
    assert again.disk() == edited
    assert again.session.close()
    assert journals() == []


def test_a_draft_becomes_a_note_when_the_call_is_adjourned(call: Chair) -> None:
    call.start()
    call.session.record(Drafted(call.clock.now(), call.item("Foghorn"), "note", " half  a thought "))
    assert call.adjourn()
    assert call.disk() == MINUTES + b"- half a thought\n"


def test_a_call_that_was_left_goes_on_where_it_was(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.session.record(chair.step(call.meeting, 2, call.clock.now()))  # type: ignore[arg-type]
    call.session.record(Drafted(call.clock.now(), call.meeting.current, "note", "half a tho"))
    left = call.meeting
    assert call.session.close()
    clock = ManualClock(call.clock.now() + 120, call.clock.boot() + 120)
    again = open_call(call.path, clock)
    assert again.session.resumed is not None
    assert (again.session.resumed.entries, again.session.troubles) == (1, ())
    assert again.meeting.steering == left.steering
    assert again.meeting.draft == left.draft
    assert again.meeting.captured == left.captured
    assert clock.now() - left.timeline[0].start == pytest.approx(120)
    again.session.record(Undone(clock.now()))
    again.session.record(Undone(clock.now()))
    assert again.session.close()
    assert again.disk() == MINUTES


def test_a_call_cut_off_before_anything_was_saved_loses_no_word(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.session.storage.journal.close()  # the process is killed: nothing is flushed, nothing is saved
    assert call.disk() == MINUTES
    again = open_call(call.path)
    again.look()
    assert b"- Who upgrades first?\n" in again.disk()
    assert len(again.meeting.captured) == 1


def cut_off(call: Chair) -> None:
    """Save what there is, hear of it, and kill the process."""
    assert call.session.flush(1)
    call.session.storage.journal.close()


def test_a_note_that_is_edited_by_hand_while_the_call_is_down_is_not_doubled(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    cut_off(call)
    edited = call.disk().replace(b"upgrades first", b"upgrades at first")
    call.theirs(edited)
    again = open_call(call.path)
    again.look()
    assert again.disk() == edited


def test_what_is_put_back_while_the_call_is_down_is_asked_about(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    assert call.session.flush(1)
    earlier = call.disk()
    call.note("Beacon", "And who last?")
    call.note("Beacon", "And who never?")
    cut_off(call)
    for older in (MINUTES, earlier):
        call.theirs(older)
        again = open_call(call.path)
        again.look()
        assert again.session.question is not None
        assert again.session.question.kind == "put back"
        assert again.disk() == older
        again.session.storage.journal.close()


def test_minutes_that_go_while_the_call_is_down_are_asked_about(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    cut_off(call)
    call.path.unlink()
    again = open_call(call.path)
    again.look()
    assert again.session.question is not None
    assert again.session.question.kind == "gone"
    assert not call.path.exists()


def test_a_call_cut_off_before_it_was_saved_elsewhere_is_saved_there(call: Chair, tmp_path: Path) -> None:
    call.start()
    for text in ("Who upgrades first?", "And who last?"):
        call.note("Beacon", text)
        assert call.session.flush(1)
    call.session.save_elsewhere(tmp_path / "elsewhere.md")
    call.session.storage.journal.close()
    again = open_call(call.path)
    again.look()
    assert again.session.question is None
    assert b"- And who last?\n" in (tmp_path / "elsewhere.md").read_bytes()


def test_a_call_on_a_full_disk_goes_on_and_says_so(call: Chair, monkeypatch: pytest.MonkeyPatch) -> None:
    call.start()

    def full(*_: object, **__: object) -> Any:
        raise minutes_file.MinutesError.of(call.path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    with monkeypatch.context() as broken:
        broken.setattr(saving, "write", full)
        call.note("Beacon", "Who upgrades first?")
        assert not call.session.flush(0)
        assert call.session.saved() == f"Not saved yet in {call.path}; everything is in the journal"
        assert call.session.troubles[0].endswith(": the disk is full, free some space or save elsewhere")
    call.clock.advance(60)
    assert call.session.flush(5)
    assert not call.session.troubles


def test_an_adjourned_call_that_could_not_be_saved_keeps_its_journal(
    call: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.start()

    def full(*_: object, **__: object) -> Any:
        raise minutes_file.MinutesError.of(call.path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    with monkeypatch.context() as broken:
        broken.setattr(saving, "write", full)
        call.note("Beacon", "Who upgrades first?")
        assert not call.adjourn()
    assert len(journals()) == 1
    again = open_call(call.path)
    assert again.meeting.adjourned_at is not None
    assert again.session.close()
    assert b"- Who upgrades first?\n" in call.disk()
    assert journals() == []


@pytest.mark.parametrize("anywhere", [True, False])
def test_a_call_whose_journal_can_be_read_and_not_written_goes_on_where_it_was(
    call: Chair, monkeypatch: pytest.MonkeyPatch, anywhere: bool
) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.session.record(Drafted(call.clock.now(), call.meeting.current, "note", "half a tho"))
    left = call.meeting
    assert call.session.close()
    state = Path(os.environ["FACILITATOR_STATE_DIR"])
    real = lock._try

    def read_only(path: Path) -> int | None:
        if path.parent == state or not anywhere:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(lock, "_try", read_only)
        again = open_call(call.path)
    assert again.session.resumed is not None
    assert (again.meeting.captured, again.meeting.draft) == (left.captured, left.draft)
    (said,) = again.session.troubles
    assert "the file system is read-only" in said
    again.note("Lantern", "And who last?")
    assert again.session.journalled == anywhere
    assert again.adjourn()
    assert b"- Who upgrades first?\n" in again.disk()
    assert b"- And who last?\n" in again.disk()
    if anywhere:
        assert journals() == [], "nothing to be resumed, wherever it was kept"


# Without a journal


def test_where_no_directory_takes_a_journal_it_is_kept_in_memory_and_the_chair_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)

    def refused(directory: Path, **_: object) -> Path:
        raise directories.DirectoryError(directory, "it is on fire", "put it out")

    monkeypatch.setattr(directories, "prepare", refused)
    session = Session(opening.open_call(Call(path, DAY, CALL), ManualClock()))
    assert session.troubles
    assert all("it is on fire, put it out" in trouble for trouble in session.troubles)
    call = Chair(session, path, ManualClock(), [])
    call.start()
    call.note("Beacon", "Who upgrades first?")
    assert call.adjourn()
    assert b"- Who upgrades first?\n" in call.disk()


def test_a_journal_that_cannot_be_begun_is_begun_as_soon_as_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    opened = opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert opened.directory is not None
    with monkeypatch.context() as patch:
        patch.setattr("facilitator.store.journal._write_file", _refuse)
        session = Session(opened)
        (trouble,) = session.troubles
        assert "permission denied" in trouble
        assert not session.journalled
    call = Chair(session, path, ManualClock(), [])
    call.start()
    assert session.flush(1)
    assert session.journalled
    assert not session.troubles
    assert len(journals()) == 1


def _refuse(*_: object, **__: object) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
