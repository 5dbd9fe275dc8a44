"""Keys that come in bunches: 120 letters and backspaces with no gap between them, and the text is exact."""

from __future__ import annotations

import random
import string
from functools import partial
from pathlib import Path

from tests.end_to_end.conftest import Start

RUNS = 20
BACKSPACE = "\x7f"


def bunch(number: int) -> tuple[str, str]:
    """Return 120 keys, and what an empty line holds after them."""
    chance = random.Random(number)
    keys = chance.choices([*string.ascii_lowercase, BACKSPACE], [1] * 26 + [9], k=120)
    text: list[str] = []
    for key in keys:
        if key != BACKSPACE:
            text.append(key)
        elif text:
            text.pop()
    return "".join(keys), "".join(text)


def _holds(minutes: Path, text: str) -> bool:
    return text in minutes.read_text()


def test_the_capture_line_is_exact_at_any_speed(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b"i")
    expected = []
    for number in range(RUNS):
        keys, text = bunch(number)
        terminal.send(keys.encode() + b"\r")
        expected.append(f"- {text}\n")
        terminal.wait_until(partial(_holds, minutes, text))
    assert "".join(expected) in minutes.read_text()
    assert minutes.read_text().count("\n- ") == RUNS + 4


def test_the_item_editor_is_exact_at_any_speed(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("not started")
    before = minutes.read_text()
    terminal.send(b"nnn")
    terminal.sees("│ Beacon")
    expected = ""
    for number in range(RUNS):
        keys, text = bunch(number)
        terminal.send(b"e" + keys.encode() + b"\x13\x1b")
        expected = text + expected
        terminal.wait_until(partial(_holds, minutes, expected))
        terminal.sees("note   a action")
    assert minutes.read_text() == before.replace("- Reconnect", f"{expected}- Reconnect", 1)


def test_a_byte_that_is_not_utf8_is_no_end_of_the_call(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b"ibefore caf\xe9\xff after\r")
    terminal.wait_until(lambda: "- before caf�� after\n" in minutes.read_text())


def test_writing_begins_right_behind_an_escape(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b"ia first one\r\x1bjj\r\x1bithe third\r\x1b\x1bpa[EM] the second\r")
    terminal.wait_until(lambda: "the second" in minutes.read_text())
    text = minutes.read_text()
    assert "## Announcements\n\n- a first one\n" in text
    assert "[/ipfs/x]\n  - the third\n" in text
    assert "builds? [x]\n  - [ ] **Action:** " in text
