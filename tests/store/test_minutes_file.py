"""The minutes on the disk: read with suspicion, noticed when they change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.store import minutes_file, saving
from facilitator.store.minutes_file import MinutesError, MissingMinutes

OLD = b"# Minutes\r\n\n### CLI - Abby\xff\n"
NEW = b"# Minutes\r\n\n### CLI - Abby\xff\n- shipped\n"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """Minutes alone in their directory."""
    path = tmp_path / "call" / "2018-09-04.md"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


class TestReading:
    def test_bytes_come_as_they_are(self, minutes: Path) -> None:
        snapshot = minutes_file.read(minutes)
        assert snapshot.content == OLD
        assert snapshot.fingerprint.size == len(OLD)
        assert minutes_file.changed(minutes, snapshot) is None

    def test_links_are_followed(self, minutes: Path, tmp_path: Path) -> None:
        (tmp_path / "latest.md").symlink_to(minutes)
        assert minutes_file.read(tmp_path / "latest.md").content == OLD

    def test_a_name_that_is_no_text_works(self, tmp_path: Path) -> None:
        path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.md")
        Path(os.fsdecode(path)).write_bytes(OLD)
        snapshot = minutes_file.read(os.fsdecode(path))
        assert saving.write(os.fsdecode(path), NEW, snapshot).content == NEW

    def test_a_message_is_one_line_that_no_terminal_obeys(self, tmp_path: Path) -> None:
        path = tmp_path / "a\x1b]52;c;\x07\n\t\udcff.md"
        with pytest.raises(MissingMinutes) as caught:
            minutes_file.read(path)
        assert str(caught.value).isprintable()

    def test_no_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(MissingMinutes, match="no such file"):
            minutes_file.read(tmp_path / "none.md")

    def test_what_is_no_file_is_refused_in_one_line(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.md")
        (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
        (tmp_path / "device.md").symlink_to("/dev/zero")
        for name, reason in [
            (".", "is a directory"),
            ("pipe.md", "is a pipe"),
            ("device.md", "device"),
            ("loop.md", "circle"),
            ("loop.md/x.md", "circle"),
        ]:
            with pytest.raises(MinutesError, match=reason) as caught:
                minutes_file.read(tmp_path / name)
            assert "\n" not in str(caught.value)
            assert str(caught.value).startswith(str(tmp_path))

    def test_who_writes_to_a_pipe_is_not_woken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        os.mkfifo(tmp_path / "pipe.md")
        opened: list[object] = []
        monkeypatch.setattr(os, "open", lambda *arguments: opened.append(arguments))
        with pytest.raises(MinutesError, match="is a pipe"):
            minutes_file.read(tmp_path / "pipe.md")
        assert opened == []

    def test_eight_megabytes_are_the_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "large.md"
        with path.open("wb") as file:
            file.truncate(minutes_file.LIMIT)
        assert len(minutes_file.read(path).content) == minutes_file.LIMIT
        with path.open("ab") as file:
            file.write(b"x")
        with pytest.raises(MinutesError, match="too large"):
            minutes_file.read(path)
        assert path.stat().st_size == minutes_file.LIMIT + 1

    def test_a_file_written_while_being_read_is_read_again(
        self, minutes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = os.read
        writes = iter([NEW])

        def read(fd: int, size: int) -> bytes:
            piece = real(fd, size)
            for text in writes:
                minutes.write_bytes(text)
                break
            return piece

        monkeypatch.setattr(os, "read", read)
        assert minutes_file.read(minutes).content == NEW


class TestNoticing:
    def test_a_touch_is_no_change(self, minutes: Path) -> None:
        snapshot = minutes_file.read(minutes)
        os.utime(minutes, (1, 1))
        assert minutes_file.changed(minutes, snapshot) is None

    def test_a_lead_s_save_is_noticed(self, minutes: Path) -> None:
        snapshot = minutes_file.read(minutes)
        minutes.write_bytes(NEW)
        now = minutes_file.changed(minutes, snapshot)
        assert now is not None
        assert now.content == NEW

    def test_a_file_that_is_gone_is_said(self, minutes: Path) -> None:
        snapshot = minutes_file.read(minutes)
        minutes.unlink()
        with pytest.raises(MissingMinutes):
            minutes_file.changed(minutes, snapshot)
        assert minutes_file.changed(minutes, None) is None

    def test_a_file_that_comes_into_being_is_noticed(self, minutes: Path) -> None:
        now = minutes_file.changed(minutes, None)
        assert now is not None
        assert now.content == OLD
