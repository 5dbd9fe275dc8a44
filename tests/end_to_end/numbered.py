"""Typing in numbered words, so that one that is lost, stands twice or out of order can be told."""

from __future__ import annotations

import re
from pathlib import Path

from tests.terminal import SeenTerminal

PATIENT = (
    "from facilitator.store import recovering; recovering.SECONDS_TO_SAVE = 10.0; "
    "from facilitator.tui import terminal; terminal._SECONDS_TO_END = 20.0; "
)
"""What a signal interrupts is in the minutes then, too, however slow a busy machine's disk is."""


def word(number: int) -> bytes:
    return b"w%03d" % number


def words(text: str) -> list[int]:
    """Return the numbers of the words in a text, in order."""
    return [int(number) for number in re.findall(r"\bw(\d{3})\b", text)]


def ready(terminal: SeenTerminal) -> SeenTerminal:
    """Wait until the program reads keys: bracketed paste comes on when it does."""
    terminal.wait_until(lambda: 2004 in terminal.modes())
    return terminal


def seen(terminal: SeenTerminal) -> int:
    """Return the highest number on the screen, -1 where there is none: whole frames only."""
    return max(words(terminal.screen()), default=-1)


def saved(minutes: Path) -> list[int]:
    """Return the words in a file of minutes."""
    return words(minutes.read_text(encoding="utf-8"))
