"""Leaving a call and taking it up again, another editor, and the demo."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.end_to_end.conftest import Start, elapsed


def test_a_call_left_with_q_goes_on_where_it_was(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b" nnnibefore the break\r")
    terminal.sees("in this call", "• before the break")
    terminal.send(b"and a dra\x1b")
    terminal.sees("draft kept")
    terminal.wait_until(lambda: elapsed(terminal))
    terminal.wait_until(lambda: "before the break" in minutes.read_text())
    terminal.send(b"q")
    assert terminal.ends() == 0
    said = terminal.output.rpartition(b"\x1b[?1049l")[2].decode()
    assert "goes on" in said
    assert minutes.name in said

    terminal = start()
    terminal.sees("│ Beacon", "• before the break", "› and a dra", "Resumed: 1 entry")
    assert 0 < elapsed(terminal) < 120
    terminal.send(b"ft\r\x1buw")
    terminal.sees("planned  granted   actual", "adjourn")
    terminal.send(b"\r")
    assert terminal.ends() == 0
    text = minutes.read_text()
    assert "  - upgrade before release week\n- before the break\n" in text
    assert "dra" not in text


def test_a_long_draft_comes_back_with_its_end_in_sight(start: Start) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b"i" + b"word " * 40 + b"and the end")
    terminal.sees("and the end")
    terminal.send(b"\x1b")
    terminal.sees("draft kept")
    terminal.send(b"q")
    assert terminal.ends() == 0
    terminal = start()
    terminal.sees("and the end", "enter record")
    terminal.send(b" of it")
    terminal.sees("and the end of it")


EDITOR = """\
import sys, time
from pathlib import Path
path, going = Path(sys.argv[-1]), Path(sys.argv[1])
going.touch()
while going.exists():
    time.sleep(0.01)
path.write_bytes(path.read_bytes().replace(b"**fixed**", b"*gone* $HOME; [x]"))
"""


def test_another_editor_edits_the_item_while_the_clock_goes_on(start: Start, minutes: Path) -> None:
    script, going = minutes.parent / "an editor.py", minutes.parent / "going"
    script.write_text(EDITOR)
    before = minutes.read_text()
    terminal = start(EDITOR=f"{sys.executable} '{script}' '{going}'")
    terminal.sees("not started")
    terminal.send(b" nnnE")
    terminal.wait_until(going.exists)
    terminal.wait_until(lambda: 1049 not in terminal.modes())
    going.unlink()
    terminal.sees("Taken from the editor", "gone $HOME; [x]")
    terminal.send(b"iand on\r")
    terminal.wait_until(lambda: "and on" in minutes.read_text())
    expected = before.replace("**fixed**", "*gone* $HOME; [x]")
    assert minutes.read_text().replace("- and on\n", "") == expected


def test_the_demo_is_a_call_on_minutes_of_its_own(start: Start, directory: Path) -> None:
    before = sorted(directory.iterdir())
    terminal = start("demo", TMPDIR=str(directory))
    terminal.sees("Lighthouse Council", "▌Announcements", "not started")
    terminal.send(b" nia note\r")
    terminal.sees("in this call", "• a note")
    terminal.send(b"\x1bq")
    assert terminal.ends() == 0
    assert "The demo's files are gone" in terminal.output.decode()
    assert sorted(directory.iterdir()) == before
