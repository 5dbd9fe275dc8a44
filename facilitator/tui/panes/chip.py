"""The chip below the capture line: what Enter will make of it, in a few words and a style."""

from __future__ import annotations

from typing import NamedTuple

from ...core import directing, floor, recall
from ...core.directives import Substitute
from ...core.line import Capture, Context, Kind
from ...core.meeting import Meeting
from ...core.record import Note, Outcome
from ...core.summary import shown

EMPTY: dict[Kind, str] = {
    "note": "a note, or ACTION: …, RESOLVED: …, #agreed …",
    "action": "who to do what by when",
    "decision": "what was decided",
    "motion": "what is moved, and by whom; then /approve, /reject, /defer, /withdraw",
    "hand": "who wants to speak, and on what",
}
"""What a line that holds nothing yet is for."""


class Chip(NamedTuple):
    """Words, and their style."""

    words: str
    style: str = "$now"


def empty(kind: Kind, offered: str, accepts: str) -> Chip:
    """Say what an empty line is for; ``offered`` is the line that the key ``accepts`` puts there."""
    return Chip(f"{accepts}: {offered}   or a note" if offered and kind == "note" else EMPTY[kind], "$faint")


def closing(meeting: Meeting, key: str, context: Context, now: float) -> str:
    """Return the line that ends the item's open motion as it stands; empty where none is open."""
    standing = floor.standing(meeting, key, now)
    return recall.typed(Outcome(standing.verdict), context) if standing else ""


def pasted(lines: int, entries: int, records: str, accepts: str) -> Chip:
    """Say what each of two keys makes of several lines."""
    return Chip(f"{lines} lines: {records} records {entries} entries, {accepts} one block of code")


def read(reading: Capture, meeting: Meeting, key: str, accepts: str) -> Chip:
    """Say what a line is taken for, what is unclear about it, and what the key ``accepts`` offers."""
    said = [part for part in (_preview(reading, meeting) or reading.chip or "note", reading.hint) if part]
    entry = reading.entries[0] if reading.entries else None
    if isinstance(entry, Outcome) and (against := floor.doubts(meeting, key, entry.verdict)):
        return Chip("   ".join([f"{said[0]} {against}", *said[1:]]), "$soon")
    if reading.suggestions:
        said.append(f"{accepts}: {reading.suggestions[0].chip}")
    plain = isinstance(entry, Note) and not reading.hint and not reading.suggestions
    return Chip("   ".join(said), "$quiet" if plain else "$now")


def _preview(reading: Capture, meeting: Meeting) -> str:
    """Return the entry as it will read after a substitution."""
    wish = reading.directives[0] if reading.directives else None
    if not isinstance(wish, Substitute):
        return ""
    found = directing.substituted(meeting, wish)
    if found is None:
        return f"no entry of this call holds {wish.old}"
    mark, words, _ = shown(found[1], meeting.date)
    return f"edit: {mark} {words}"
