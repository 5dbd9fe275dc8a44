import os
import select
import stat
from pathlib import Path

import pytest

from facilitator.system.clipboard import copy

KEEPS = """#!/bin/sh
if [ "$3" = -o ]; then cat "$HELD"; else cat > "$HELD"; fi
"""
COMPLAINS = """#!/bin/sh
cat > /dev/null; echo "Error: Can't open display: :0" >&2; exit 1
"""
LIVES_ON = """#!/bin/sh
if [ "$3" = -o ]; then cat "$HELD"; else cat > "$HELD"; sleep 15 & fi
"""
HANGS = """#!/bin/sh
exec > "$HELD"; sleep 30
"""


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop with nothing but a display; the file stands for its clipboard."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    held = tmp_path / "held"
    monkeypatch.setenv("HELD", str(held))
    return held


def program(held: Path, script: str) -> None:
    """Put a program for the clipboard on the desktop."""
    path = held.parent / "xclip"
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_the_text_is_copied_as_it_is(held: Path) -> None:
    program(held, KEEPS)
    text = "- [EM] `x`; $(rm) naïve\n- 日本\r\n"
    assert copy(text, deadline=30) == "xclip"
    assert held.read_bytes() == text.encode()


def test_a_display_that_does_not_answer_is_no_success(held: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(held, COMPLAINS)
    assert copy("text", deadline=30) is None
    assert capfd.readouterr() == ("", "")


def test_a_program_that_stays_to_hold_the_selection_holds_nobody_up(held: Path) -> None:
    program(held, LIVES_ON)
    assert copy("text", deadline=10) == "xclip"


def test_a_program_that_hangs_is_ended(held: Path) -> None:
    os.mkfifo(held)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    os.close(os.open(held, os.O_WRONLY))
    program(held, HANGS)
    assert copy("text", deadline=0.5) is None
    ended = select.poll()
    ended.register(reader, select.POLLHUP)
    assert ended.poll(10_000), "the program still holds its end of the pipe"
    os.close(reader)


def test_without_a_desktop_nothing_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert copy("text", deadline=30) is None


def test_no_module_of_the_current_directory_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyperclip.py").write_text("open('taken', 'w')")
    monkeypatch.chdir(tmp_path)
    copy("text", deadline=30)
    assert not (tmp_path / "taken").exists()
