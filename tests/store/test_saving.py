"""Saving the minutes whole or not at all, never over somebody's words."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.store import in_place, minutes_file, saving
from facilitator.store.minutes_file import ChangedOnDisk, MinutesError, Snapshot

OLD = b"# Minutes\r\n\n### CLI - Abby\xff\n"
NEW = b"# Minutes\r\n\n### CLI - Abby\xff\n- shipped\n"

FAULTY = (
    "open",
    "write",
    "pwrite",
    "fsync",
    "replace",
    "link",
    "fchmod",
    "fchown",
    "ftruncate",
    "close",
    "stat",
)
"""The system calls of a save that can fail."""


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """Minutes alone in their directory."""
    path = tmp_path / "call" / "2018-09-04.md"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    path = tmp_path / "state"
    path.mkdir(mode=0o700)
    return path


def unprivileged(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run ``script`` as a user whom permissions bind, where the tests run as root.

    Imports come first: the interpreter's own files may be closed to that user.
    """
    imports = (
        "import json, os, sys\nfrom pathlib import Path\nfrom facilitator.store import minutes_file, saving\n"
    )
    drop = "if os.geteuid() == 0:\n    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    command = [sys.executable, "-c", imports + drop + script, *map(str, arguments)]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, capture_output=True, text=True, env=path, timeout=60, check=False)


def faults(
    monkeypatch: pytest.MonkeyPatch, code: int, nth: int, *, lasting: bool = False
) -> Callable[[], bool]:
    """Let the ``nth`` system call of a save fail, and all after it if ``lasting``; tells whether it came."""
    calls = [0]

    def faulty(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls[0] += 1
            if calls[0] == nth or (lasting and calls[0] > nth):
                if real.__name__ == "close":
                    real(*args)
                raise OSError(code, os.strerror(code))
            return real(*args, **kwargs)

        return call

    for name in FAULTY:
        monkeypatch.setattr(os, name, faulty(getattr(os, name)))
    return lambda: calls[0] >= nth


def every_fault(act: Callable[[], object], check: Callable[[int], None]) -> int:
    """Let each system call of ``act`` fail in turn, in several ways; returns how many there were."""
    count = 0
    for code in (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EACCES):
        nth = 0
        while True:
            nth += 1
            with pytest.MonkeyPatch.context() as patch:
                came = faults(patch, code, nth)
                with contextlib.suppress(MinutesError, ChangedOnDisk):
                    act()
                happened = came()
            if not happened:
                break
            check(nth)
            count += 1
    return count


class TestSaving:
    def test_the_text_is_saved_and_the_snapshot_is_true(self, minutes: Path) -> None:
        saved = saving.write(minutes, NEW, minutes_file.read(minutes))
        assert minutes.read_bytes() == saved.content == NEW
        assert minutes_file.changed(minutes, saved) is None
        assert os.listdir(minutes.parent) == [minutes.name]

    def test_a_new_file_is_made_as_the_umask_has_it(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            saved = saving.write(tmp_path / "new.md", NEW, None)
        finally:
            os.umask(before)
        assert saved.content == (tmp_path / "new.md").read_bytes() == NEW
        assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640
        assert os.listdir(tmp_path) == ["new.md"]

    def test_a_new_file_through_a_dangling_link_is_made_at_its_target(self, tmp_path: Path) -> None:
        (tmp_path / "link.md").symlink_to("real.md")
        saving.write(tmp_path / "link.md", NEW, None)
        assert (tmp_path / "link.md").is_symlink()
        assert (tmp_path / "real.md").read_bytes() == NEW

    def test_nothing_changed_nothing_written(self, minutes: Path) -> None:
        before = minutes.stat()
        saving.write(minutes, OLD, minutes_file.read(minutes))
        assert minutes.stat() == before

    def test_anew_writes_all_the_same(self, minutes: Path) -> None:
        before = minutes.stat()
        saving.write(minutes, OLD, minutes_file.read(minutes), anew=True)
        assert minutes.stat().st_ino != before.st_ino

    def test_somebody_elses_words_are_not_written_over(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        minutes.write_bytes(b"theirs")
        with pytest.raises(ChangedOnDisk) as caught:
            saving.write(minutes, NEW, last)
        assert caught.value.now is not None
        assert caught.value.now.content == minutes.read_bytes() == b"theirs"
        assert saving.write(minutes, b"both", caught.value.now).content == b"both"

    def test_a_change_of_the_same_size_and_time_is_found_before_the_save(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        theirs = OLD.swapcase()
        minutes.write_bytes(theirs)
        os.utime(minutes, ns=(last.fingerprint.mtime_ns, last.fingerprint.mtime_ns))
        with pytest.raises(ChangedOnDisk):
            saving.write(minutes, NEW, last)
        assert minutes.read_bytes() == theirs

    def test_a_file_that_is_gone_is_not_made_again_unasked(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        minutes.unlink()
        with pytest.raises(ChangedOnDisk) as caught:
            saving.write(minutes, NEW, last)
        assert caught.value.now is None
        assert os.listdir(minutes.parent) == []

    def test_a_file_that_must_not_exist_yet_is_not_written_over(self, minutes: Path) -> None:
        with pytest.raises(ChangedOnDisk):
            saving.write(minutes, NEW, None)
        assert minutes.read_bytes() == OLD

    @pytest.mark.parametrize("existing", [True, False])
    def test_a_save_by_others_during_ours_is_found(
        self, minutes: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
    ) -> None:
        last = minutes_file.read(minutes) if existing else None
        if not existing:
            minutes.unlink()
        real = os.fsync

        def fsync(fd: int) -> None:
            real(fd)
            minutes.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(ChangedOnDisk) as caught:
            saving.write(minutes, NEW, last)
        assert caught.value.now is not None
        assert caught.value.now.content == minutes.read_bytes() == b"theirs"
        assert os.listdir(minutes.parent) == [minutes.name]

    def test_without_hard_links_a_new_file_is_still_not_written_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def link(*_: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", link)
        path = tmp_path / "new.md"
        assert saving.write(path, NEW, None).content == path.read_bytes()
        monkeypatch.setattr(saving, "present", lambda _: None)
        with pytest.raises(ChangedOnDisk):
            saving.write(path, OLD, None)
        monkeypatch.undo()
        assert path.read_bytes() == NEW
        assert os.listdir(tmp_path) == ["new.md"]


class TestReplaced:
    def test_what_is_no_file_any_more_is_to_be_moved_away(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        minutes.unlink()
        minutes.mkdir()
        said = "something else has its name now, move that away or save elsewhere"
        with pytest.raises(MinutesError, match=said):
            minutes_file.changed(minutes, last)
        with pytest.raises(MinutesError, match=said):
            saving.write(minutes, NEW, last)


class TestKeeping:
    def test_the_mode_is_kept(self, minutes: Path) -> None:
        for mode in (0o600, 0o644, 0o664, 0o755, 0o2640):
            minutes.chmod(mode)
            last = minutes_file.read(minutes)
            saving.write(minutes, b"%o" % mode, last)
            assert stat.S_IMODE(minutes.stat().st_mode) == mode

    def test_attributes_are_kept(self, minutes: Path) -> None:
        try:
            os.setxattr(minutes, "user.reviewed", b"yes")
        except OSError:
            pytest.skip("no extended attributes here")
        saving.write(minutes, NEW, minutes_file.read(minutes))
        assert os.getxattr(minutes, "user.reviewed") == b"yes"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_the_owner_is_kept(self, minutes: Path) -> None:
        os.chown(minutes, 1234, 4321)
        saving.write(minutes, NEW, minutes_file.read(minutes))
        found = minutes.stat()
        assert (found.st_uid, found.st_gid) == (1234, 4321)

    def test_symbolic_links_stay(self, minutes: Path, tmp_path: Path) -> None:
        (tmp_path / "a.md").symlink_to("b.md")
        (tmp_path / "b.md").symlink_to(minutes)
        saving.write(tmp_path / "a.md", NEW, minutes_file.read(tmp_path / "a.md"))
        assert (tmp_path / "a.md").is_symlink()
        assert (tmp_path / "b.md").is_symlink()
        assert minutes.read_bytes() == NEW

    def test_hard_links_stay(self, minutes: Path, tmp_path: Path, copies: Path) -> None:
        os.link(minutes, tmp_path / "other.md")
        saved = saving.write(minutes, NEW, minutes_file.read(minutes), copies=copies)
        assert (tmp_path / "other.md").read_bytes() == NEW
        assert minutes.stat().st_ino == (tmp_path / "other.md").stat().st_ino
        assert minutes_file.changed(minutes, saved) is None
        assert os.listdir(copies) == []

    def test_in_place_too_somebody_elses_words_are_not_written_over(
        self, minutes: Path, tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.link(minutes, tmp_path / "other.md")
        last = minutes_file.read(minutes)
        real = in_place.keep_copy

        def keep_copy(*args: Any) -> Path:
            minutes.write_bytes(b"theirs")
            return real(*args)

        monkeypatch.setattr(in_place, "keep_copy", keep_copy)
        with pytest.raises(ChangedOnDisk):
            saving.write(minutes, NEW, last, copies=copies)
        assert minutes.read_bytes() == b"theirs"
        assert os.listdir(copies) == []

    def test_what_attributes_can_not_be_kept_is_written_in_place(
        self, minutes: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        try:
            os.setxattr(minutes, "user.reviewed", b"yes")
        except OSError:
            pytest.skip("no extended attributes here")

        def setxattr(*_: object) -> None:
            raise OSError(errno.EPERM, "not yours")

        monkeypatch.setattr(os, "setxattr", setxattr)
        before = minutes.stat().st_ino
        saving.write(minutes, NEW, minutes_file.read(minutes), copies=copies)
        assert minutes.stat().st_ino == before
        assert os.getxattr(minutes, "user.reviewed") == b"yes"
        assert os.listdir(minutes.parent) == [minutes.name]

    def test_where_the_mode_can_not_be_kept_it_is_written_in_place(
        self, minutes: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        minutes.chmod(0o640)
        before = minutes.stat().st_ino
        with monkeypatch.context() as patch:
            patch.setattr(os, "fchmod", lambda *_: None)
            saving.write(minutes, NEW, minutes_file.read(minutes), copies=copies)
        assert (minutes.stat().st_ino, stat.S_IMODE(minutes.stat().st_mode)) == (before, 0o640)
        assert minutes.read_bytes() == NEW

    def test_a_write_protected_file_is_not_gone_round(self, minutes: Path) -> None:
        minutes.chmod(0o444)
        with pytest.raises(MinutesError, match="write-protected, make it writable or save elsewhere"):
            saving.write(minutes, NEW, minutes_file.read(minutes))
        assert minutes.read_bytes() == OLD
        assert os.listdir(minutes.parent) == [minutes.name]


SAVE = """
path, copies = map(Path, sys.argv[1:3])
try:
    saving.write(path, path.read_bytes() + b"- more\\n", minutes_file.read(path), copies=copies)
except minutes_file.MinutesError as error:
    print(error)
"""


class TestPermissions:
    """As a user whom they bind."""

    @pytest.fixture
    def shared(self) -> Iterator[Path]:
        """Minutes of ours that a user without privileges can reach."""
        with tempfile.TemporaryDirectory() as directory:
            Path(directory).chmod(0o755)
            path = Path(directory, "call", "2018-09-04.md")
            path.parent.mkdir(0o755)
            path.write_bytes(OLD)
            if unprivileged("open(sys.argv[1])", path).returncode:
                pytest.skip("the temporary directory is closed to other users")
            yield path
            path.parent.chmod(0o755)

    @pytest.fixture
    def copies(self, shared: Path) -> Path:
        path = shared.parents[1] / "state"
        path.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        return path

    def test_in_a_directory_that_is_closed_the_file_is_written_in_place(
        self, shared: Path, copies: Path
    ) -> None:
        inode = shared.stat().st_ino
        shared.chmod(0o666)
        shared.parent.chmod(0o555)
        done = unprivileged(SAVE, shared, copies)
        assert (done.stdout, done.stderr) == ("", "")
        assert shared.read_bytes() == OLD + b"- more\n"
        assert shared.stat().st_ino == inode

    def test_somebody_elses_writable_file_keeps_its_owner(self, shared: Path, copies: Path) -> None:
        shared.chmod(0o666)
        shared.parent.chmod(0o777)
        owner = shared.stat().st_uid
        done = unprivileged(SAVE, shared, copies)
        assert (done.stdout, done.stderr) == ("", "")
        assert shared.read_bytes() == OLD + b"- more\n"
        assert shared.stat().st_uid == owner
        assert os.listdir(shared.parent) == [shared.name]

    @pytest.mark.skipif(os.geteuid() != 0, reason="needs somebody else's file")
    def test_somebody_elses_file_that_may_only_be_read_is_refused(self, shared: Path, copies: Path) -> None:
        shared.chmod(0o644)
        shared.parent.chmod(0o777)
        done = unprivileged(SAVE, shared, copies)
        assert "write-protected" in done.stdout
        assert shared.read_bytes() == OLD


class TestFaults:
    """Each system call fails in turn: the old file is intact and nothing is left behind."""

    def test_of_a_save(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)

        def check(_: int) -> None:
            assert minutes.read_bytes() in (OLD, NEW)
            assert os.listdir(minutes.parent) == [minutes.name]
            minutes.write_bytes(OLD)

        assert every_fault(lambda: saving.write(minutes, NEW, last), check) > 40

    def test_every_message_is_one_line_that_names_the_file_and_a_way_on(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        for code, reason in [
            (errno.ENOSPC, "the disk is full, free some space or save elsewhere"),
            (errno.EDQUOT, "the disk quota is used up, free some space or save elsewhere"),
            (errno.EROFS, "the file system is read-only, make it writable or save elsewhere"),
            (errno.EIO, "the disk reports an error, look after the disk or save elsewhere"),
        ]:
            with pytest.MonkeyPatch.context() as patch:

                def fsync(_: int, code: int = code) -> None:
                    raise OSError(code, os.strerror(code))

                patch.setattr(os, "fsync", fsync)
                with pytest.raises(MinutesError) as caught:
                    saving.write(minutes, NEW, last)
            assert str(caught.value) == f"{minutes}: {reason}"
            assert minutes.read_bytes() == OLD

    def test_no_failed_call_is_passed_over_in_silence(self, minutes: Path) -> None:
        last = minutes_file.read(minutes)
        for nth in range(1, 30):
            with pytest.MonkeyPatch.context() as patch:
                came = faults(patch, errno.EIO, nth)
                said = False
                try:
                    saving.write(minutes, NEW, last)
                except MinutesError:
                    said = True
                happened = came()
            assert said or minutes.read_bytes() == NEW
            assert happened or not said
            minutes.write_bytes(OLD)

    def test_of_a_new_file(self, tmp_path: Path) -> None:
        path = tmp_path / "new.md"

        def check(_: int) -> None:
            assert set(os.listdir(tmp_path)) <= {"new.md"}
            if path.exists():
                assert path.read_bytes() == NEW
                path.unlink()

        assert every_fault(lambda: saving.write(path, NEW, None), check) > 20

    def test_of_a_save_in_place(self, minutes: Path, tmp_path: Path, copies: Path) -> None:
        os.link(minutes, tmp_path / "other.md")
        last = minutes_file.read(minutes)
        new = b"# Minutes of the call\n" + NEW

        def check(_: int) -> None:
            assert minutes.read_bytes() in (OLD, new)
            assert os.listdir(minutes.parent) == [minutes.name]
            saving.tidy(minutes, copies)
            assert os.listdir(copies) == []
            minutes.write_bytes(OLD)

        act = lambda: saving.write(minutes, new, last, copies=copies)  # noqa: E731
        assert every_fault(act, check) > 60

    def test_a_disk_that_dies_in_the_middle_of_a_save_in_place_costs_nothing(
        self, minutes: Path, tmp_path: Path, copies: Path
    ) -> None:
        os.link(minutes, tmp_path / "other.md")
        last = minutes_file.read(minutes)
        new = b"# Minutes of the call\n" + NEW
        half = 0
        for nth in range(1, 40):
            with pytest.MonkeyPatch.context() as patch:
                faults(patch, errno.EIO, nth, lasting=True)
                with contextlib.suppress(MinutesError):
                    saving.write(minutes, new, last, copies=copies)
            half += minutes.read_bytes() not in (OLD, new)
            saving.tidy(minutes, copies)
            assert minutes.read_bytes() in (OLD, new)
            minutes.write_bytes(OLD)
        assert half > 0

    def test_the_next_save_makes_whole_what_was_half_written(
        self, minutes: Path, tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.link(minutes, tmp_path / "other.md")
        in_place.keep_copy(minutes, OLD, NEW, copies)
        minutes.write_bytes(OLD + b"\0" * (len(NEW) - len(OLD)))
        with pytest.raises(ChangedOnDisk) as caught:
            saving.write(
                minutes, NEW + b"x", Snapshot(OLD, minutes_file.read(minutes).fingerprint), copies=copies
            )
        assert caught.value.now is not None
        assert caught.value.now.content == NEW


class TestTidying:
    def test_what_a_killed_save_left_is_removed(self, minutes: Path, copies: Path) -> None:
        for directory in (minutes.parent, copies):
            (directory / ".0123456789abcdef.facilitator-new").write_bytes(b"half")
            (directory / ".0123456789abcdef.other").write_bytes(b"not ours")
        saving.tidy(minutes, copies)
        assert sorted(os.listdir(minutes.parent)) == [".0123456789abcdef.other", minutes.name]
        assert os.listdir(copies) == [".0123456789abcdef.other"]

    def test_a_save_under_way_is_let_be(self, minutes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.fsync

        def fsync(fd: int) -> None:
            saving.tidy(minutes)
            real(fd)

        monkeypatch.setattr(os, "fsync", fsync)
        saving.write(minutes, NEW, minutes_file.read(minutes))
        assert minutes.read_bytes() == NEW

    def test_planted_links_are_not_followed(self, minutes: Path, tmp_path: Path) -> None:
        victim = tmp_path / "victim"
        victim.write_bytes(b"dear")
        (minutes.parent / ".0123456789abcdef.facilitator-new").symlink_to(victim)
        saving.tidy(minutes)
        saving.write(minutes, NEW, minutes_file.read(minutes))
        assert victim.read_bytes() == b"dear"

    def test_a_planted_name_is_never_written_to(
        self, minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        victim = tmp_path / "victim"
        victim.write_bytes(b"dear")
        planted = minutes.parent / ".0123456789abcdef.facilitator-new"
        monkeypatch.setattr("facilitator.store.temporary.name", lambda _: planted)
        for plant in (planted.symlink_to, lambda target: os.link(target, planted)):
            plant(victim)
            with pytest.raises(MinutesError):
                saving.write(minutes, NEW, minutes_file.read(minutes))
            assert victim.read_bytes() == b"dear"
            planted.unlink()

    def test_a_landing_after_a_crash_in_place_is_not_taken_for_its_ruins(
        self, minutes: Path, copies: Path
    ) -> None:
        in_place.keep_copy(minutes, OLD, NEW, copies)
        minutes.write_bytes(b"theirs, of another length altogether, and another text")
        assert saving.tidy(minutes, copies) is False
        assert minutes.read_bytes().startswith(b"theirs")
        assert os.listdir(copies) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.binary(max_size=3000), st.integers(0, 7), st.booleans())
def test_any_mixture_of_blocks_is_made_whole(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes, taken: int, grown: bool
) -> None:
    directory = tmp_path_factory.mktemp("mixture")
    target = directory / "m.md"
    size = max(len(old), len(new)) if grown else min(len(old), len(new))
    mixed = bytearray(old[:size].ljust(size, b"\0"))
    for block in range(0, size, 512):
        if taken >> (block // 512) & 1:
            mixed[block : block + 512] = (new + old[len(new) :])[:size][block : block + 512]
    target.write_bytes(mixed)
    in_place.keep_copy(target, old, new, directory)
    saving.tidy(target, directory)
    assert target.read_bytes() in (old, new)
    assert os.listdir(directory) == ["m.md"]


def test_the_first_minutes_of_a_year_make_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "2024-06-04-council.md"
    saved = saving.write(path, b"# Council\n", None)
    assert saved.content == path.read_bytes() == b"# Council\n"
