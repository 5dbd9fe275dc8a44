"""Many lines at once: a script of entries, and what is pasted into the capture line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from . import capture
from .directives import Undo
from .line import Capture, Context
from .record import Entry, Fenced, Note, Outcome

if TYPE_CHECKING:
    from .directives import Directive

_OPENER = re.compile(r"\s*(?P<fence>`{3,}|~{3,})\s*(?P<language>[^`\s]*)[^`]*$")
_BULLET = re.compile(r"\s*(?:[-*+•◦▪–]|\d{1,3}[.)])\s+(?=\S)")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One line of a script, or the lines of one fence."""

    number: int
    """Of its first line, from 1."""
    content: str | Fenced


def chunks(lines: Iterable[str]) -> Iterator[Chunk]:
    """Take a script apart: within a fence nothing is recognised; one that is not closed ends with the script.

    ``lines`` are without line endings; blank ones are left out.
    """
    fence, language, opened, held = "", "", 0, list[str]()
    for number, line in enumerate(lines, 1):
        if fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            yield Chunk(opened, Fenced(tuple(held), language))
            fence = ""
        elif fence:
            held.append(line)
        elif match := _OPENER.match(line):
            fence, language, opened, held = match["fence"], match["language"], number, []
        elif line.strip():
            yield Chunk(number, line)
    if fence:
        yield Chunk(opened, Fenced(tuple(held), language))


def reaches(steps: Sequence[Chunk]) -> list[int]:
    """Return for each line how many steps before it the lines from there on take back at most."""
    found, reach = [], 0
    for chunk in reversed(steps):
        if asks(chunk, Undo):
            reach += 1
        elif reach and _is_entry(chunk):
            reach -= 1
        found.append(reach)
    return found[::-1]


def asks(chunk: Chunk, wish: type[Directive]) -> bool:
    """Say whether a line asks for something, wherever it stands."""
    return any(isinstance(one, wish) for one in _read_anywhere(chunk).directives)


def _is_entry(chunk: Chunk) -> bool:
    """Say whether a line is a step whatever the lines before it did."""
    made = _read_anywhere(chunk).entries
    return bool(made) and not isinstance(made[0], Outcome)


def _read_anywhere(chunk: Chunk) -> Capture:
    if isinstance(chunk.content, Fenced):
        return Capture((chunk.content,))
    return capture.read(chunk.content, Context(date.min))


def pasted(text: str, context: Context) -> tuple[tuple[Entry, ...], Fenced]:
    """Return what pasted lines become: an entry each, or one fenced block; neither way loses any of them.

    Bullets are taken off. A line that would do something other than record is a note.
    """
    lines = _LINE_END.split(text.strip("\r\n"))
    entries: list[Entry] = []
    for chunk in chunks(lines):
        if isinstance(chunk.content, Fenced):
            entries.append(chunk.content)
            continue
        line = " ".join(_BULLET.sub("", chunk.content, count=1).split())
        found = capture.read(line, context)
        entries += found.entries or (Note(line),)
    return tuple(entries), Fenced(tuple(lines))
