"""The journal: whatever is done to it, the good beginning is had back and nothing else is believed."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.store.directories import prepare
from facilitator.store.journal import Journal
from facilitator.store.lock import Lock, Locked, holder
from facilitator.store.replay import (
    FutureJournal,
    Header,
    JournalError,
    Record,
    decode,
    encode,
    journal_path,
    open_calls,
    read,
)

BASE = b"# Minutes\r\n\xff\x00\n"
RECORDS: list[Record] = [
    {"is": "note", "text": text} for text in ("first", "zwei · \u2028", "\udcff", "a\nb")
]


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "2018-09-04.md"
    path.write_bytes(BASE)
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return prepare(tmp_path / "state")


@pytest.fixture
def path(state: Path, minutes: Path) -> Path:
    return journal_path(state, minutes)


def header(minutes: Path, wall: float = 1000.5) -> Header:
    return Header(os.path.realpath(minutes), BASE, 4242, "boot-1", wall, 77.25)


@pytest.fixture
def written(path: Path, minutes: Path) -> bytes:
    """A journal of four records, as a killed call leaves it; its bytes."""
    journal = Journal.create(path, header(minutes))
    for record in RECORDS:
        journal.append(record)
    journal.close()
    return path.read_bytes()


def recovered(path: Path) -> tuple[Record, ...]:
    found = read(path)
    assert found is not None
    return found.records


class TestWriting:
    def test_what_was_appended_is_had_back(self, path: Path, minutes: Path, written: bytes) -> None:
        found = read(path)
        assert found is not None
        assert found.header == header(minutes)
        assert found.header.base == BASE
        assert list(found.records) == RECORDS
        assert (found.damage, found.good, found.rest) == ("", written, b"")

    def test_one_record_is_one_write(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = Journal.create(path, header(minutes))
        writes: list[bytes] = []
        real = os.write

        def write(fd: int, content: bytes) -> int:
            writes.append(bytes(content))
            return real(fd, content)

        monkeypatch.setattr(os, "write", write)
        for record in RECORDS:
            journal.append(record)
        assert writes == [encode(record) for record in RECORDS]
        assert all(line.count(b"\n") == 1 and line.isascii() for line in writes)

    def test_a_record_is_in_the_file_before_the_call_returns(self, path: Path, minutes: Path) -> None:
        journal = Journal.create(path, header(minutes))
        for count, record in enumerate(RECORDS, 1):
            journal.append(record)
            assert len(recovered(path)) == count

    @pytest.mark.parametrize("umask", [0, 0o077, 0o277])
    def test_nobody_else_may_read_it_whatever_the_umask(self, path: Path, minutes: Path, umask: int) -> None:
        before = os.umask(umask)
        try:
            journal = Journal.create(path, header(minutes), Lock.take(path.parent, minutes))
        finally:
            os.umask(before)
        for name in os.listdir(path.parent):
            assert stat.S_IMODE((path.parent / name).stat().st_mode) == 0o600
        journal.close()

    def test_a_new_journal_takes_the_place_of_the_old_at_once(
        self, path: Path, minutes: Path, written: bytes
    ) -> None:
        Journal.create(path, header(minutes, wall=2000.0)).append({"n": 1})
        assert recovered(path) == ({"n": 1},)
        assert os.listdir(path.parent) == [path.name]

    def test_an_adjourned_call_leaves_nothing(self, path: Path, minutes: Path) -> None:
        journal = Journal.create(path, header(minutes), Lock.take(path.parent, minutes))
        journal.append({"n": 1})
        journal.remove()
        assert os.listdir(path.parent) == []
        assert read(path) is None

    def test_minutes_whose_name_is_no_text_have_a_journal(self, state: Path, tmp_path: Path) -> None:
        minutes = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9\n.md")))
        minutes.write_bytes(BASE)
        path = journal_path(state, minutes)
        Journal.create(path, header(minutes)).append({"n": 1})
        found = read(path)
        assert found is not None
        assert found.header is not None
        assert found.header.path == os.path.realpath(minutes)

    def test_a_link_to_the_minutes_has_the_same_journal(self, state: Path, minutes: Path) -> None:
        link = minutes.with_name("latest.md")
        link.symlink_to(minutes)
        assert journal_path(state, link) == journal_path(state, minutes)

    def test_in_memory_nothing_is_written_and_nothing_fails(self, state: Path, minutes: Path) -> None:
        journal = Journal.in_memory(header(minutes))
        journal.append({"n": 1})
        journal.sync()
        journal.remove()
        assert journal.path is None
        assert os.listdir(state) == []


class TestResuming:
    def test_a_call_goes_on_where_it_stopped(self, path: Path, written: bytes) -> None:
        for number in range(5):
            found = read(path)
            assert found is not None
            journal = Journal.resume(found)
            journal.append({"n": number})
            assert journal.kept_aside is None
            journal.close()
        assert list(recovered(path)) == [*RECORDS, *({"n": number} for number in range(5))]
        assert os.listdir(path.parent) == [path.name]

    def test_cut_at_every_byte_the_whole_lines_are_had_back(self, path: Path, written: bytes) -> None:
        lines = written.splitlines(keepends=True)
        for cut in range(len(written) + 1):
            path.write_bytes(written[:cut])
            found = read(path)
            assert found is not None
            if found.header is None:
                assert cut < len(lines[0]) - 1
                assert found.damage
                continue
            whole = sum(len(b"".join(lines[: count + 1])) - 1 <= cut for count in range(1, len(lines)))
            assert list(found.records) == RECORDS[:whole]
            assert found.damage == ""
            journal = Journal.resume(found)
            journal.append({"after": cut})
            journal.close()
            assert journal.kept_aside is None
            assert list(recovered(path)) == [*RECORDS[:whole], {"after": cut}]
        assert os.listdir(path.parent) == [path.name]

    def test_every_line_s_checksum_broken_in_turn(self, path: Path, minutes: Path, written: bytes) -> None:
        lines = written.splitlines(keepends=True)
        for number in range(len(lines)):
            broken = (b"1" if lines[number][:1] == b"0" else b"0") + lines[number][1:]
            path.write_bytes(b"".join([*lines[:number], broken, *lines[number + 1 :]]))
            found = read(path)
            assert found is not None
            assert f"line {number + 1} is damaged" in found.damage
            if number == 0:
                assert found.header is None
                journal = Journal.create(path, header(minutes))
                kept = journal.kept_aside
                assert kept is not None
                assert kept.read_bytes() == b"".join([broken, *lines[1:]])
            else:
                assert list(found.records) == RECORDS[: number - 1]
                journal = Journal.resume(found)
                kept = journal.kept_aside
                assert kept is not None
                assert kept.read_bytes() == b"".join([broken, *lines[number + 1 :]])
                assert stat.S_IMODE(kept.stat().st_mode) == 0o600
                assert path.read_bytes() == b"".join(lines[:number])
            journal.close()
        assert len(os.listdir(path.parent)) == len(lines) + 1

    @settings(max_examples=60, deadline=None)
    @given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=4))
    def test_whatever_bytes_are_flipped_only_true_records_come_back(
        self, tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
    ) -> None:
        directory = tmp_path_factory.mktemp("flips")
        minutes = directory / "m.md"
        path = journal_path(directory, minutes)
        journal = Journal.create(path, header(minutes))
        for record in RECORDS:
            journal.append(record)
        journal.close()
        content = bytearray(path.read_bytes())
        for at, bits in flips:
            content[at % len(content)] ^= bits
        path.write_bytes(content)
        found = read(path)
        assert found is not None
        assert list(found.records) == RECORDS[: len(found.records)]

    @settings(max_examples=60, deadline=None)
    @given(content=st.binary(max_size=400))
    def test_any_bytes_at_all_are_no_crash(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        directory = tmp_path_factory.mktemp("binary")
        minutes = directory / "m.md"
        path = journal_path(directory, minutes)
        path.write_bytes(content)
        found = read(path)
        assert found is not None
        assert found.header is None
        journal = Journal.create(path, header(minutes))
        journal.close()
        assert recovered(path) == ()
        if content:
            assert journal.kept_aside is not None
            assert journal.kept_aside.read_bytes() == content
        else:
            assert journal.kept_aside is None

    def test_a_file_of_zeros_after_a_power_cut_is_dropped(self, path: Path, written: bytes) -> None:
        path.write_bytes(written + b"\0" * 4096)
        found = read(path)
        assert found is not None
        assert found.damage == ""
        journal = Journal.resume(found)
        journal.close()
        assert path.read_bytes() == written

    def test_the_journal_of_another_document_is_not_taken(
        self, state: Path, path: Path, minutes: Path, written: bytes
    ) -> None:
        other = minutes.with_name("other.md")
        path.rename(journal_path(state, other))
        found = read(journal_path(state, other))
        assert found is not None
        assert found.header is None
        assert "another document" in found.damage
        journal = Journal.create(journal_path(state, other), header(other))
        assert journal.kept_aside is not None
        assert journal.kept_aside.read_bytes() == written

    def test_a_base_text_that_is_not_the_one_hashed_is_not_taken(self, path: Path, minutes: Path) -> None:
        path.write_bytes(encode({**header(minutes).record(), "base": "older text"}))
        found = read(path)
        assert found is not None
        assert found.header is None
        assert "base text" in found.damage

    def test_a_newer_version_s_journal_is_left_untouched(self, path: Path, minutes: Path) -> None:
        content = encode({**header(minutes).record(), "facilitator": 2}) + b"what it is only they know\n"
        path.write_bytes(content)
        for act in (lambda: read(path), lambda: Journal.create(path, header(minutes))):
            with pytest.raises(FutureJournal, match="newer facilitator wrote it") as caught:
                act()
            assert "\n" not in str(caught.value)
        assert path.read_bytes() == content
        assert os.listdir(path.parent) == [path.name]

    def test_nothing_can_be_resumed_without_a_header(self, path: Path) -> None:
        path.write_bytes(b"")
        found = read(path)
        assert found is not None
        with pytest.raises(ValueError, match="empty"):
            Journal.resume(found)


class TestPlanted:
    """Whatever lies under the journal's name, no other file is read as one, or written."""

    def test_a_link_is_neither_followed_nor_written_through(
        self, path: Path, minutes: Path, tmp_path: Path, written: bytes
    ) -> None:
        victim = tmp_path / "victim"
        path.rename(victim)
        for target in (victim, tmp_path / "nowhere"):
            path.symlink_to(target)
            found = read(path)
            assert found is not None
            assert found.header is None
            assert "symbolic link" in found.damage
            Journal.create(path, header(minutes)).append({"n": 1})
            assert not path.is_symlink()
            path.unlink()
        assert victim.read_bytes() == written
        assert not (tmp_path / "nowhere").exists()

    def test_a_hard_link_keeps_its_other_name_s_content(
        self, path: Path, tmp_path: Path, written: bytes
    ) -> None:
        victim = tmp_path / "victim"
        os.link(path, victim)
        found = read(path)
        assert found is not None
        journal = Journal.resume(found)
        journal.append({"n": 1})
        assert victim.read_bytes() == written
        assert list(recovered(path)) == [*RECORDS, {"n": 1}]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_somebody_elses_file_is_not_read(self, path: Path, written: bytes) -> None:
        os.chown(path, 1234, 1234)
        found = read(path)
        assert found is not None
        assert found.header is None
        assert "another user" in found.damage

    def test_pipes_and_directories_are_put_aside(self, path: Path, minutes: Path) -> None:
        for plant in (os.mkfifo, os.mkdir):
            plant(path)
            found = read(path)
            assert found is not None
            assert "not a regular file" in found.damage
            Journal.create(path, header(minutes)).close()
            assert recovered(path) == ()
            path.unlink()

    def test_a_planted_lock_is_not_written_through(self, state: Path, minutes: Path, tmp_path: Path) -> None:
        victim = tmp_path / "victim"
        victim.write_bytes(b"dear")
        lock = journal_path(state, minutes).with_suffix(".lock")
        for plant in (os.symlink, os.link):
            plant(victim, lock)
            with pytest.raises(JournalError):
                Lock.take(state, minutes)
            lock.unlink()
        assert victim.read_bytes() == b"dear"


def failing(
    monkeypatch: pytest.MonkeyPatch, name: str, code: int, *, partial: int = 0, times: int = 10**9
) -> list[int]:
    """Let the system call ``name`` fail the first ``times`` times; a write does after ``partial`` bytes."""
    real: Callable[..., Any] = getattr(os, name)
    calls: list[int] = []

    def call(*args: Any) -> Any:
        calls.append(1)
        if len(calls) > times:
            return real(*args)
        if partial and name == "write":
            return real(args[0], args[1][:partial])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, name, call)
    return calls


class TestFaults:
    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
    def test_a_full_disk_is_said_and_healed(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        journal = Journal.create(path, header(minutes))
        journal.append({"n": 0})
        with monkeypatch.context() as patch:
            failing(patch, "write", code)
            for number in (1, 2):
                with pytest.raises(JournalError) as caught:
                    journal.append({"n": number})
                assert caught.value.code == code
            with pytest.raises(JournalError):
                journal.sync()
            assert recovered(path) == ({"n": 0},)
        journal.sync()
        journal.append({"n": 3})
        assert [record["n"] for record in recovered(path)] == [0, 1, 2, 3]
        assert os.listdir(path.parent) == [path.name]

    def test_a_torn_record_costs_no_later_one(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = Journal.create(path, header(minutes))
        for partial in range(1, len(encode({"n": 0}))):
            with monkeypatch.context() as patch:
                failing(patch, "write", errno.ENOSPC, partial=partial)
                with pytest.raises(JournalError, match="disk is full, free some space"):
                    journal.append({"n": 0})
            with pytest.raises(JournalError):
                journal.append({"n": 1})
            found = read(path)
            assert found is not None
            assert found.damage == ""
            journal.sync()
            assert [record["n"] for record in recovered(path)] == [0, 1] * partial

    def test_a_failed_fsync_is_not_tried_again_but_all_written_anew(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = Journal.create(path, header(minutes))
        journal.append({"n": 0})
        inode = path.stat().st_ino
        synced: list[int] = []
        real = os.fsync

        def fsync(fd: int) -> None:
            synced.append(os.fstat(fd).st_ino)
            if os.fstat(fd).st_ino == inode:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            real(fd)

        monkeypatch.setattr(os, "fsync", fsync)
        journal.sync()
        assert synced.count(inode) == 1
        assert path.stat().st_ino != inode
        journal.append({"n": 1})
        assert recovered(path) == ({"n": 0}, {"n": 1})

    def test_while_fsync_fails_records_still_reach_the_file(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = Journal.create(path, header(minutes))
        failing(monkeypatch, "fsync", errno.EIO)
        with pytest.raises(JournalError):
            journal.sync()
        journal.append({"n": 0})
        assert recovered(path) == ({"n": 0},)

    @pytest.mark.parametrize("name", ["open", "write", "fsync", "replace", "fchmod"])
    def test_whatever_fails_while_writing_anew_the_old_file_stands(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        journal = Journal.create(path, header(minutes))
        journal.append({"n": 0})
        with monkeypatch.context() as patch:
            failing(patch, "write", errno.EIO, times=1)
            with pytest.raises(JournalError):
                journal.append({"n": 1})
        with monkeypatch.context() as patch:
            failing(patch, name, errno.EIO)
            with pytest.raises(JournalError):
                journal.sync()
        assert recovered(path) == ({"n": 0},)
        assert os.listdir(path.parent) == [path.name]
        journal.sync()
        assert recovered(path) == ({"n": 0}, {"n": 1})

    def test_records_appended_while_all_is_written_anew_are_in_the_new_file(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = Journal.create(path, header(minutes))
        journal.append({"n": 0})
        path.unlink()
        real = os.fsync
        numbers = iter(range(1, 4))

        def fsync(fd: int) -> None:
            for number in numbers:
                journal.append({"n": number})
                break
            real(fd)

        monkeypatch.setattr(os, "fsync", fsync)
        journal.sync()
        assert [record["n"] for record in recovered(path)][:2] == [0, 1]
        assert [record["n"] for record in recovered(path)] == list(range(len(recovered(path))))

    def test_a_journal_that_somebody_removed_is_written_anew(
        self, path: Path, minutes: Path, state: Path
    ) -> None:
        journal = Journal.create(path, header(minutes))
        journal.append({"n": 0})
        path.unlink()
        state.rmdir()
        journal.sync()
        assert recovered(path) == ({"n": 0},)

    @pytest.mark.parametrize("name", ["open", "write", "replace", "fchmod"])
    @pytest.mark.parametrize("earlier", [True, False])
    def test_a_journal_that_can_not_be_begun_leaves_things_as_they_were_until_it_can(
        self, path: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch, name: str, earlier: bool
    ) -> None:
        if earlier:
            Journal.create(path, header(minutes)).append({"n": 0})
        with monkeypatch.context() as patch:
            failing(patch, name, errno.EROFS)
            if earlier and name == "open":
                with pytest.raises(JournalError, match="read-only"):
                    Journal.create(path, header(minutes))
                return
            journal = Journal.create(path, header(minutes))
            assert journal.fault is not None
            assert "read-only" in str(journal.fault)
            with pytest.raises(JournalError, match="read-only"):
                journal.append({"n": 1})
            with pytest.raises(JournalError, match="read-only"):
                journal.sync()
        assert os.listdir(path.parent) == ([path.name] if earlier else [])
        if earlier:
            assert recovered(path) == ({"n": 0},)
        journal.sync()
        assert recovered(path) == ({"n": 1},)

    def test_what_can_not_be_kept_aside_is_not_thrown_away(
        self, path: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = written + b"damaged\n" + written
        path.write_bytes(content)
        found = read(path)
        assert found is not None
        for name in ("open", "write", "fsync", "replace"):
            with monkeypatch.context() as patch:
                failing(patch, name, errno.ENOSPC)
                with contextlib.suppress(JournalError):
                    assert Journal.resume(found).kept_aside is not None
            assert path.read_bytes() == content

    def test_a_journal_that_can_not_be_read_is_said(self, path: Path, written: bytes) -> None:
        with pytest.MonkeyPatch.context() as patch:
            failing(patch, "read", errno.EIO)
            with pytest.raises(JournalError, match="the disk reports an error"):
                read(path)


class TestLocking:
    def test_the_second_is_told_who_the_first_is(self, state: Path, minutes: Path) -> None:
        lock = Lock.take(state, minutes)
        with pytest.raises(Locked) as caught:
            Lock.take(state, minutes)
        assert caught.value.pid == os.getpid()
        assert str(os.getpid()) in str(caught.value)
        assert holder(state, minutes) == os.getpid()
        lock.release()
        assert holder(state, minutes) is None
        Lock.take(state, minutes).release(forget=True)
        assert os.listdir(state) == []

    def test_other_minutes_and_other_state_directories_are_free(
        self, state: Path, minutes: Path, tmp_path: Path
    ) -> None:
        locks = [
            Lock.take(state, minutes),
            Lock.take(state, minutes.with_name("other.md")),
            Lock.take(prepare(tmp_path / "elsewhere"), minutes),
        ]
        for lock in locks:
            lock.release()

    def test_after_a_kill_there_is_no_stale_lock(self, state: Path, minutes: Path) -> None:
        script = (
            "import sys, pathlib\nfrom facilitator.store.lock import Lock\n"
            "lock = Lock.take(*map(pathlib.Path, sys.argv[1:]))\n"
            "print('held', flush=True)\nsys.stdin.read()\n"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(
            [sys.executable, "-c", script, str(state), str(minutes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        ) as first:
            assert first.stdout is not None
            assert first.stdout.readline() == b"held\n"
            with pytest.raises(Locked) as caught:
                Lock.take(state, minutes)
            assert caught.value.pid == first.pid
            first.send_signal(signal.SIGKILL)
            first.wait()
        Lock.take(state, minutes).release()

    def test_a_lock_removed_while_it_was_taken_is_no_lock(
        self, state: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import fcntl

        real = fcntl.flock
        removals = iter([1])

        def flock(fd: int, how: int) -> None:
            for _ in removals:
                journal_path(state, minutes).with_suffix(".lock").unlink()
            real(fd, how)

        monkeypatch.setattr(fcntl, "flock", flock)
        monkeypatch.setattr("facilitator.store.lock._PAUSE", 0)
        lock = Lock.take(state, minutes)
        with pytest.raises(Locked):
            Lock.take(state, minutes)
        lock.release()


class TestOpenCalls:
    def test_calls_are_listed_the_latest_first(self, state: Path, tmp_path: Path) -> None:
        for name, wall in (("a.md", 10.0), ("b.md", 30.0), ("c.md", 20.0)):
            Journal.create(journal_path(state, tmp_path / name), header(tmp_path / name, wall)).close()
        (state / "unrelated.jsonl").write_text("x")
        (state / f"{'0' * 64}.jsonl").write_bytes(b"junk\n")
        future = tmp_path / "future.md"
        journal_path(state, future).write_bytes(encode({**header(future).record(), "facilitator": 9}))
        calls = open_calls(state)
        paths = [
            os.path.basename(call.replay.header.path) for call in calls if call.replay and call.replay.header
        ]
        assert paths == ["b.md", "c.md", "a.md"]
        assert [bool(call.problem) for call in calls] == [False, False, False, True, True]

    def test_no_directory_no_calls(self, tmp_path: Path) -> None:
        assert open_calls(tmp_path / "none") == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_every_record_survives_its_line(record: dict[str, Any]) -> None:
    line = encode(record)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == record


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_every_base_text_survives_the_header(base: bytes, path: str) -> None:
    before = Header(path, base, 1, "boot", 1.5, 2.5)
    assert Header.of(decode(encode(before.record())[:-1])) == before


def test_a_record_nested_beyond_measure_is_damage_and_no_crash(path: Path, written: bytes) -> None:
    text = b"[" * 200_000
    path.write_bytes(written + b"%08x %s\n" % (zlib.crc32(text), text))
    with contextlib.suppress(FutureJournal):
        found = read(path)
    assert found is not None
    assert "not JSON" in found.damage
    assert list(found.records) == RECORDS
