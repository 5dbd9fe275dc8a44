"""The storage thread: what is durable when, in which order, and what stands when the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.store import exchanging, minutes_file, saving
from facilitator.store.directories import prepare
from facilitator.store.journal import Journal
from facilitator.store.outcomes import Failed, Healed, Noticed, Outcome, Saved
from facilitator.store.replay import Header, JournalError, content_hash, encode, journal_path, read
from facilitator.store.storage import DRAFT_DELAY, SAVING, Storage

OLD = b"# Minutes\n"


class Call:
    """A call whose disk is watched: one storage without a thread, a clock that stands, and every fsync."""

    def __init__(self, directory: Path) -> None:
        self.minutes = directory / "call" / "2018-09-04.md"
        self.minutes.parent.mkdir()
        self.minutes.write_bytes(OLD)
        self.state = prepare(directory / "state")
        self.time = 1000.0
        self.outcomes: list[Outcome] = []
        header = Header(os.path.realpath(self.minutes), OLD, os.getpid(), "boot", self.time, 1.0)
        self.path = journal_path(self.state, self.minutes)
        self.journal = Journal.create(self.path, header)
        self.storage = Storage(
            self.journal,
            self.minutes,
            minutes_file.read(self.minutes),
            now=lambda: self.time,
            deliver=self.outcomes.append,
            copies=self.state,
        )

    def run(self, seconds: float = 0.0) -> float | None:
        self.time += seconds
        return self.storage.run_pending(self.time)

    def told(self) -> list[Outcome]:
        told = self.outcomes[:]
        self.outcomes.clear()
        return told


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(tmp_path)


@pytest.mark.parametrize("how", ["removed", "cut", "emptied", "its directory removed"])
def test_a_journal_that_somebody_damages_is_whole_again_at_the_next_look(call: Call, how: str) -> None:
    call.storage.append({"n": 0})
    call.storage.append({"n": 1}, draft=True)
    call.run(DRAFT_DELAY)
    match how:
        case "removed":
            call.path.unlink()
        case "cut":
            os.truncate(call.path, call.path.stat().st_size - 3)
        case "emptied":
            os.truncate(call.path, 0)
        case _:
            shutil.rmtree(call.state)
    call.storage.look()
    call.run()
    call.storage.append({"n": 2}, draft=True)
    found = read(call.path)
    assert found is not None
    assert [record["n"] for record in found.records] == [0, 1, 2]
    assert call.storage.failures == ()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files made durable, in order."""
    names: list[str] = []
    real = os.fsync

    def fsync(fd: int) -> None:
        names.append(os.path.basename(os.readlink(f"/proc/self/fd/{fd}")))
        real(fd)

    if not os.path.exists("/proc/self/fd"):
        pytest.skip("no names of open files here")
    monkeypatch.setattr(os, "fsync", fsync)
    return names


def broken(code: int) -> Callable[..., Any]:
    def call(*_: object, **__: object) -> Any:
        raise OSError(code, os.strerror(code))

    return call


class TestDurability:
    def test_a_finished_entry_is_durable_at_once(self, call: Call, synced: list[str]) -> None:
        call.storage.append({"n": 1})
        assert synced == []
        assert call.run() is None
        assert synced[0] == call.path.name

    def test_a_draft_is_durable_within_a_quarter_of_a_second(self, call: Call, synced: list[str]) -> None:
        call.run()
        for number in range(10):
            call.storage.append({"n": number}, draft=True)
            call.run(0.024)
        assert synced == []
        call.run(DRAFT_DELAY - 0.24)
        assert synced.count(call.path.name) == 1

    def test_typing_costs_four_fsyncs_a_second_at_most(self, call: Call, synced: list[str]) -> None:
        for number in range(120):
            call.storage.append({"n": number}, draft=True)
            call.run(1 / 12)
        assert 20 <= synced.count(call.path.name) <= 41

    def test_a_finished_entry_does_not_wait_for_the_drafts(self, call: Call, synced: list[str]) -> None:
        call.storage.append({"n": 1}, draft=True)
        call.storage.append({"n": 2})
        call.run()
        assert synced.count(call.path.name) == 1

    def test_a_draft_after_a_finished_entry_does_not_put_it_off(self, call: Call, synced: list[str]) -> None:
        call.storage.append({"n": 1})
        call.storage.append({"n": 2}, draft=True)
        call.run()
        assert synced.count(call.path.name) == 1

    def test_the_journal_announces_a_save_durably_before_the_minutes_change(
        self, call: Call, monkeypatch: pytest.MonkeyPatch, synced: list[str]
    ) -> None:
        real = exchanging.put
        seen: list[tuple[bool, Any]] = []

        def put(*arguments: Any) -> int | None:
            found = read(call.path)
            assert found is not None
            seen.append((call.path.name in synced, found.records[-1]))
            return real(*arguments)

        monkeypatch.setattr(exchanging, "put", put)
        call.storage.append({"n": 1}, draft=True)
        call.storage.save(b"new")
        call.run()
        assert seen == [(True, {SAVING: content_hash(b"new")})]

    def test_where_the_journal_fails_the_minutes_are_saved_nevertheless(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(call.journal, "_sync_file", broken(errno.EIO))
        monkeypatch.setattr(call.journal, "_rewrite", broken(errno.EIO))
        call.storage.save(b"new")
        call.run()
        assert call.minutes.read_bytes() == b"new"
        assert [failure.room for failure in call.storage.failures] == ["journal"]


class TestSaving:
    def test_the_latest_text_wins(self, call: Call) -> None:
        for number in range(5):
            call.storage.save(b"text %d" % number)
        call.run()
        assert call.minutes.read_bytes() == b"text 4"
        outcomes = call.told()
        assert [type(outcome) for outcome in outcomes] == [Saved]

    def test_one_save_after_another_is_no_landing(self, call: Call) -> None:
        for number in range(5):
            call.storage.save(b"text %d" % number)
            call.run()
        assert [type(outcome) for outcome in call.told()] == [Saved] * 5

    def test_a_landing_is_told_once_and_saved_over_only_when_taken_in(self, call: Call) -> None:
        call.minutes.write_bytes(b"theirs")
        for _ in range(3):
            call.storage.save(b"ours")
            call.run(1.0)
        (noticed,) = call.told()
        assert isinstance(noticed, Noticed)
        assert noticed.snapshot is not None
        assert noticed.snapshot.content == call.minutes.read_bytes() == b"theirs"
        assert not call.storage.flush(0)
        call.storage.save(b"both", seen=noticed)
        assert call.storage.flush(0)
        assert call.minutes.read_bytes() == b"both"

    @pytest.mark.parametrize("looked", [True, False])
    def test_a_landing_that_is_taken_back_no_longer_holds_the_save(self, call: Call, looked: bool) -> None:
        call.minutes.write_bytes(b"theirs")
        call.storage.save(b"ours")
        assert call.run() is None
        assert call.storage.noticed is not None
        call.minutes.write_bytes(OLD)
        if looked:
            call.storage.look()
            assert call.run() == call.time
            assert call.storage.noticed is None
        assert call.storage.flush(0)
        assert call.minutes.read_bytes() == b"ours"
        assert call.storage.noticed is None

    def test_a_landing_is_noticed_by_looking(self, call: Call) -> None:
        call.storage.look()
        call.run()
        assert call.told() == []
        call.minutes.write_bytes(b"theirs")
        for _ in range(3):
            call.storage.look()
            call.run(1.0)
        (noticed,) = call.told()
        assert isinstance(noticed, Noticed)
        call.minutes.unlink()
        call.storage.look()
        call.run()
        assert call.told() == [Noticed(None)]

    def test_our_own_save_is_no_landing(self, call: Call) -> None:
        call.storage.save(b"ours")
        call.run()
        call.storage.look()
        call.run()
        assert [type(outcome) for outcome in call.told()] == [Saved]

    def test_a_file_that_was_removed_is_made_again_when_asked(self, call: Call) -> None:
        call.minutes.unlink()
        call.storage.save(b"ours")
        call.run()
        (noticed,) = call.told()
        assert noticed == Noticed(None)
        assert isinstance(noticed, Noticed)
        call.storage.save(b"ours", seen=noticed)
        call.run()
        assert call.minutes.read_bytes() == b"ours"

    def test_a_landing_taken_in_while_a_save_waits_is_not_forgotten(self, call: Call) -> None:
        call.minutes.write_bytes(b"theirs")
        call.storage.look()
        call.run()
        (noticed,) = call.told()
        assert isinstance(noticed, Noticed)
        call.storage.save(b"both", seen=noticed)
        call.storage.save(b"both and more")
        call.run()
        assert call.minutes.read_bytes() == b"both and more"


class TestFailures:
    def test_a_failure_stands_until_a_try_by_itself_succeeds(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(saving, "create", broken(errno.ENOSPC))
            call.storage.save(b"new")
            began = call.time
            dues = []
            for _ in range(7):
                due = call.run()
                assert due is not None
                dues.append(due - call.time)
                call.time = due
            (failure,) = call.storage.failures
            assert (failure.room, failure.since) == ("minutes", began)
            assert "the disk is full, free some space or save elsewhere" in str(failure.error)
            assert [type(outcome) for outcome in call.told()] == [Failed]
            assert dues == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
            assert call.minutes.read_bytes() == OLD
        assert call.run() is None
        assert call.storage.failures == ()
        assert [type(outcome) for outcome in call.told()] == [Healed, Saved]
        assert call.minutes.read_bytes() == b"new"

    def test_another_reason_is_told(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        call.storage.save(b"new")
        for code in (errno.ENOSPC, errno.ENOSPC, errno.EROFS):
            with monkeypatch.context() as patch:
                patch.setattr(saving, "create", broken(code))
                call.run(10.0)
        told = call.told()
        assert [outcome.failure.error.code for outcome in told if isinstance(outcome, Failed)] == [
            errno.ENOSPC,
            errno.EROFS,
        ]

    def test_a_new_text_is_tried_at_once(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(saving, "create", broken(errno.ENOSPC))
            call.storage.save(b"first")
            call.run()
        call.storage.save(b"second")
        call.run()
        assert call.minutes.read_bytes() == b"second"

    def test_a_save_whose_end_the_disk_did_not_confirm_is_made_anew_and_is_no_landing(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(saving, "sync_directory", broken(errno.EIO))
            call.storage.save(b"first")
            call.run()
            assert call.minutes.read_bytes() == b"first"
            patch.setattr(saving, "create", broken(errno.ENOSPC))
            call.storage.save(b"second")
            call.run()
        inode = call.minutes.stat().st_ino
        call.storage.look()
        call.storage.save(b"first")
        call.run()
        assert call.minutes.stat().st_ino != inode
        assert not any(isinstance(outcome, Noticed) for outcome in call.told())
        assert call.storage.failures == ()

    def test_the_journal_s_failures_stand_and_heal_too(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", broken(errno.ENOSPC))
            call.storage.append({"n": 1})
            (failure,) = call.storage.failures
            assert failure.room == "journal"
            for _ in range(4):
                call.storage.append({"n": 2}, draft=True)
                call.run(1.0)
            assert [type(outcome) for outcome in call.told()] == [Failed]
            assert not call.storage.flush(0)
        assert call.storage.flush(0)
        assert call.told() == [Healed("journal")]
        found = read(call.path)
        assert found is not None
        assert [record["n"] for record in found.records] == [1, 2, 2, 2, 2]

    def test_drafts_do_not_hurry_a_journal_that_fails(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[float] = []

        def sync() -> None:
            tries.append(call.time)
            raise JournalError(call.path, "the disk is full", "free some space")

        monkeypatch.setattr(call.journal, "sync", sync)
        call.storage.append({"n": 0})
        for number in range(120):
            call.storage.append({"n": number}, draft=True)
            call.run(1 / 12)
        assert len(tries) <= 6

    def test_the_chair_saves_elsewhere(
        self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call.minutes.chmod(0o444)
        call.storage.save(b"new")
        call.run()
        (failure,) = call.storage.failures
        assert "write-protected" in str(failure.error)
        call.storage.redirect(tmp_path / "elsewhere.md", b"new")
        assert call.storage.flush(0)
        assert (tmp_path / "elsewhere.md").read_bytes() == b"new"
        assert call.minutes.read_bytes() == OLD
        assert call.storage.failures == ()
        call.storage.save(b"newer")
        assert call.storage.flush(0)
        assert (tmp_path / "elsewhere.md").read_bytes() == b"newer"

    def test_minutes_that_can_not_be_looked_at_are_said(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", broken(errno.EACCES))
            call.storage.look()
            call.run()
        (failure,) = call.storage.failures
        assert failure.room == "watch"
        assert call.storage.flush(0)
        call.storage.look()
        call.run()
        assert call.storage.failures == ()


class TestThread:
    """The real thread; what it does is waited for, never slept for."""

    def test_nobody_waits_for_a_disk_that_hangs(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        hung = threading.Event()
        go_on = threading.Event()
        real = os.fsync

        def fsync(fd: int) -> None:
            hung.set()
            go_on.wait(30)
            real(fd)

        monkeypatch.setattr(os, "fsync", fsync)
        call.storage.start()
        call.storage.append({"n": 0})
        assert hung.wait(30)
        for number in range(1, 100):
            call.storage.append({"n": number}, draft=True)
            call.storage.save(b"text %d" % number)
            call.storage.look()
        assert not call.storage.flush(0.001)
        found = read(call.path)
        assert found is not None
        assert len(found.records) == 199
        go_on.set()
        assert call.storage.close(30)
        assert call.minutes.read_bytes() == b"text 99"

    def test_a_save_that_is_held_keeps_nobody_waiting(self, call: Call) -> None:
        call.storage.start()
        call.minutes.write_bytes(b"theirs")
        call.storage.save(b"ours")
        assert not call.storage.flush(30)
        noticed = call.storage.noticed
        assert noticed is not None
        assert not call.storage.flush(30)
        call.storage.save(b"both", seen=noticed)
        assert call.storage.close(30)
        assert call.minutes.read_bytes() == b"both"

    def test_a_draft_alone_becomes_durable_by_itself(self, call: Call, synced: list[str]) -> None:
        done = threading.Event()
        real = os.fsync

        def fsync(fd: int) -> None:
            real(fd)
            done.set()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            call.storage.start()
            call.storage.append({"n": 0}, draft=True)
            call.time += DRAFT_DELAY
            assert done.wait(30)
            assert call.storage.close(30)

    def test_a_signal_in_the_middle_of_anything_can_flush(self, call: Call) -> None:
        call.storage.start()
        flushed: list[bool] = []

        def handler(*_: object) -> None:
            call.storage.save(b"at the signal")
            flushed.append(call.storage.flush(30))

        before = signal.signal(signal.SIGUSR1, handler)
        try:
            for number in range(200):
                call.storage.append({"n": number}, draft=True)
                if number % 20 == 0:
                    signal.raise_signal(signal.SIGUSR1)
        finally:
            signal.signal(signal.SIGUSR1, before)
        assert flushed == [True] * 10
        assert call.storage.close(30)
        assert call.minutes.read_bytes() == b"at the signal"

    def test_a_signal_in_the_middle_of_an_append_can_flush(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call.storage.start()
        flushed: list[bool] = []
        real = os.write
        interruptions = iter([1])

        def write(fd: int, content: bytes) -> int:
            for _ in interruptions:
                signal.raise_signal(signal.SIGUSR1)
            return real(fd, content)

        before = signal.signal(signal.SIGUSR1, lambda *_: flushed.append(call.storage.flush(30)))
        try:
            call.storage.append({"n": 0})
            monkeypatch.setattr(os, "write", write)
            call.storage.append({"n": 1})
        finally:
            signal.signal(signal.SIGUSR1, before)
        assert flushed == [True]
        assert call.storage.close(30)

    def test_a_thread_that_died_leaves_the_work_to_the_flush(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(threading, "excepthook", lambda _: None)
        with monkeypatch.context() as patch:
            patch.setattr(call.journal, "sync", lambda: 1 / 0)
            call.storage.start()
            call.storage.append({"n": 0})
            thread = call.storage._thread
            assert thread is not None
            thread.join(30)
        call.storage.save(b"new")
        assert call.storage.close(30)
        assert call.minutes.read_bytes() == b"new"

    def test_a_screen_that_is_gone_already_is_no_reason_to_stop(self, call: Call) -> None:
        def deliver(_: Outcome) -> None:
            raise RuntimeError("Event loop is closed")

        storage = Storage(
            call.journal,
            call.minutes,
            minutes_file.read(call.minutes),
            now=lambda: call.time,
            deliver=deliver,
        )
        storage.start()
        storage.save(b"one")
        assert storage.flush(30)
        storage.save(b"two")
        assert storage.close(30)
        assert call.minutes.read_bytes() == b"two"


class Disk:
    """What a power cut would leave: a file's bytes as of its last fsync, a name as of its directory's."""

    def __init__(self, patch: pytest.MonkeyPatch, call: Call) -> None:
        self.call = call
        self.contents: dict[int, bytes] = {}
        self.journal: int | None = None
        self.torn: list[str] = []
        self.unannounced: list[bytes] = []
        self.saves = 0
        self.fsync, self.replace, self.put = os.fsync, os.replace, exchanging.put
        patch.setattr(os, "fsync", self._fsync)
        patch.setattr(os, "replace", self._replace)
        patch.setattr(exchanging, "put", self._put)

    def _fsync(self, fd: int) -> None:
        found = os.fstat(fd)
        if found.st_ino == self.call.state.stat().st_ino:
            self.journal = self.call.path.stat().st_ino
        elif stat.S_ISREG(found.st_mode):
            self.contents[found.st_ino] = Path(f"/proc/self/fd/{fd}").read_bytes()
        self.fsync(fd)

    def _replace(self, old: Path, new: Path) -> None:
        self._named(old, new)
        self.replace(old, new)

    def _put(self, new: Path, target: Path, was: bytes, content: bytes) -> int | None:
        self._named(new, target)
        return self.put(new, target, was, content)

    def _named(self, old: Path, new: Path) -> None:
        content = Path(old).read_bytes()
        if self.contents.get(old.stat().st_ino) != content:
            self.torn.append(new.name)
        if new == self.call.minutes:
            self.saves += 1
            if encode({SAVING: content_hash(content)}) not in self.contents.get(self.journal or 0, b""):
                self.unannounced.append(content)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="open files can't be read by number here")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["draft", "entry", "save", "fail", "gone", "wait"]), max_size=25))
def test_whenever_the_power_goes_the_minutes_are_whole_and_announced(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    """A name is only ever given to what is durable, the minutes' only after the journal durably says so."""
    call = Call(tmp_path_factory.mktemp("power"))
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, call)
        for number, step in enumerate(steps):
            match step:
                case "draft" | "entry":
                    call.storage.append({"n": number}, draft=step == "draft")
                case "save":
                    call.storage.save(b"ours %d" % number)
                case "fail":
                    with pytest.MonkeyPatch.context() as failure:
                        failure.setattr(os, "fsync", broken(errno.EIO))
                        call.run(1.0)
                case "gone":
                    call.path.unlink(missing_ok=True)
            call.run(1.0 if step == "wait" else 0.01)
        assert call.storage.flush(0)
    assert disk.torn == []
    assert disk.unannounced == []
    assert disk.saves >= ("save" in steps)
    call.journal.close()


STEPS = st.lists(
    st.sampled_from(["draft", "entry", "save", "land", "full", "free", "wait", "look"]), max_size=25
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_happens_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Every record comes back, and no text that landed is written over before it was taken in."""
    call = Call(tmp_path_factory.mktemp("steps"))
    appended = 0
    landed = OLD
    with pytest.MonkeyPatch.context() as patch:
        for number, step in enumerate(steps):
            match step:
                case "draft" | "entry":
                    call.storage.append({"n": appended}, draft=step == "draft")
                    appended += 1
                case "save":
                    call.storage.save(b"ours %d" % number)
                case "land":
                    landed = b"theirs %d" % number
                    call.minutes.write_bytes(landed)
                case "full":
                    patch.setattr(os, "write", broken(errno.ENOSPC))
                case "free":
                    patch.undo()
                case "look":
                    call.storage.look()
            call.run(1.0 if step == "wait" else 0.1)
            if step == "land":
                assert call.minutes.read_bytes() == landed
        patch.undo()
        call.storage.look()
        call.storage.flush(0)
        noticed = call.storage.noticed
        call.storage.save(b"the end", seen=noticed)
        assert call.storage.flush(0)
        assert call.minutes.read_bytes() == b"the end"
    found = read(call.path)
    assert found is not None
    assert [record["n"] for record in found.records if "n" in record] == list(range(appended))
    assert sorted(os.listdir(call.minutes.parent)) == [call.minutes.name]
    call.journal.close()
