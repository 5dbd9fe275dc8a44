"""Many lines at once: a script of entries, and what is pasted into the capture line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import capture
from .record import Entry, Fenced, Note

if TYPE_CHECKING:
    from .line import Context

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
