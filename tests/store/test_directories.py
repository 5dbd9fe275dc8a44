"""Where journals live: a directory of this user alone, and somewhere else when it can't be had."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from facilitator.store.directories import DirectoryError, places, prepare, settle, state_directory
from facilitator.store.journal import Journal
from facilitator.store.lock import Locked
from facilitator.store.replay import Header, journal_path


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "calls" / "2018-09-04.md"
    path.parent.mkdir()
    path.write_bytes(b"# Minutes\n")
    return path


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home, a state directory and a temporary directory of the test's own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("FACILITATOR_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))


class TestWhere:
    def test_the_environment_names_it(self, tmp_path: Path) -> None:
        assert state_directory() == tmp_path / "state"

    def test_a_relative_name_counts_from_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("FACILITATOR_STATE_DIR", "mine")
        assert state_directory() == tmp_path / "mine"

    @pytest.mark.skipif(os.uname().sysname != "Linux", reason="other systems keep state elsewhere")
    def test_else_the_user_s_state_directory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FACILITATOR_STATE_DIR", "")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
        assert state_directory() == tmp_path / "xdg" / "facilitator"

    def test_then_beside_the_minutes_and_in_the_temporary_directory(
        self, minutes: Path, tmp_path: Path
    ) -> None:
        link = tmp_path / "latest.md"
        link.symlink_to(minutes)
        assert [(place.kind, place.path) for place in places(link)] == [
            ("state", tmp_path / "state"),
            ("minutes", minutes.parent / ".facilitator"),
            ("temporary", tmp_path / "temporary" / f"facilitator-{os.geteuid()}"),
        ]

    def test_a_place_that_holds_the_journal_already_comes_first(self, minutes: Path) -> None:
        *_, last = places(minutes)
        journal_path(prepare(last.path), minutes).write_bytes(
            b"left by a call on a day without a state directory"
        )
        assert [place.kind for place in places(minutes)] == ["temporary", "state", "minutes"]
        assert [place.kind for place in places(minutes.with_name("x.md"))] == [
            "state",
            "minutes",
            "temporary",
        ]


class TestPreparing:
    @pytest.mark.parametrize("umask", [0, 0o022, 0o077])
    def test_it_is_closed_to_others_whatever_the_umask(self, tmp_path: Path, umask: int) -> None:
        before = os.umask(umask)
        try:
            prepare(tmp_path / "a" / "b" / "state", parents=True)
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "a" / "b" / "state").stat().st_mode) == 0o700

    def test_one_that_stands_open_is_closed(self, tmp_path: Path) -> None:
        (tmp_path / "state").mkdir()
        (tmp_path / "state").chmod(0o777)
        prepare(tmp_path / "state")
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700

    def test_a_link_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "victim").mkdir(mode=0o755)
        (tmp_path / "state").symlink_to("victim")
        with pytest.raises(DirectoryError, match="is a symbolic link, name its target"):
            prepare(tmp_path / "state")
        assert stat.S_IMODE((tmp_path / "victim").stat().st_mode) == 0o755

    def test_a_dangling_link_makes_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "state").symlink_to("nowhere")
        with pytest.raises(DirectoryError):
            prepare(tmp_path / "state")
        assert not (tmp_path / "nowhere").exists()

    def test_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "state").write_bytes(b"x")
        with pytest.raises(DirectoryError, match="is not a directory"):
            prepare(tmp_path / "state")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give directories away")
    def test_somebody_else_s_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "state").mkdir()
        os.chown(tmp_path / "state", 1234, 1234)
        with pytest.raises(DirectoryError, match="belongs to another user"):
            prepare(tmp_path / "state")


class TestSettling:
    def begin(self, directory: Path, minutes: Path) -> Journal:
        header = Header(os.path.realpath(minutes), b"", 1, "", 0.0, 0.0)
        journal = Journal.create(journal_path(directory, minutes), header)
        if journal.fault is not None:
            raise journal.fault
        return journal

    def test_the_first_place_that_works_is_taken(self, minutes: Path, tmp_path: Path) -> None:
        settled = settle(minutes, lambda directory: self.begin(directory, minutes))
        assert settled.opened is not None
        assert settled.place is not None
        assert (settled.place.kind, settled.refusals) == ("state", ())
        assert not (minutes.parent / ".facilitator").exists()

    def test_each_refusal_is_kept_for_the_chair(
        self, minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "state").write_bytes(b"in the way")
        real = os.write
        writes: list[int] = []

        def write(fd: int, content: bytes) -> int:
            writes.append(fd)
            if len(writes) == 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(fd, content)

        monkeypatch.setattr(os, "write", write)
        settled = settle(minutes, lambda directory: self.begin(directory, minutes))
        assert settled.opened is not None
        assert settled.place is not None
        assert settled.place.kind == "temporary"
        assert ["not a directory" in str(settled.refusals[0]), "full" in str(settled.refusals[1])] == [
            True,
            True,
        ]
        assert os.listdir(minutes.parent / ".facilitator") == []

    def test_where_nothing_works_only_memory_is_left(
        self, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def mkdir(*_: object, **__: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        monkeypatch.setattr(os, "mkdir", mkdir)
        settled = settle(minutes, lambda directory: self.begin(directory, minutes))
        assert (settled.opened, settled.place) == (None, None)
        assert len(settled.refusals) == 3
        assert all("\n" not in str(refusal) for refusal in settled.refusals)

    def test_a_directory_for_minutes_is_not_made_for_their_journal(
        self, minutes: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "state").write_bytes(b"in the way")
        later = minutes.parent / "2019" / "2019-01-08.md"
        settled = settle(later, lambda directory: self.begin(directory, later))
        assert settled.place is not None
        assert settled.place.kind == "temporary"
        assert not later.parent.exists()

    def test_a_journal_that_is_held_is_not_begun_elsewhere(self, minutes: Path) -> None:
        def held(_: Path) -> Journal:
            raise Locked(minutes, 4242)

        with pytest.raises(Locked):
            settle(minutes, held)
