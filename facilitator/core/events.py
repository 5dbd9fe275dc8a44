"""Everything that can happen in a call.

An event says what was done and when, never what follows from it: that is ``fold.apply``'s business. Text
changes carry the splices that were made, so that the minutes can be rebuilt byte for byte by any later version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # values are only carried here
    from . import agenda, record
    from .directives import Directive
    from .line import Kind
    from .spans import Splice


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment, in seconds since the epoch on the call's own steady clock."""

    at: float


@dataclass(frozen=True, slots=True)
class CallOpened(Event):
    """The call was made ready; ``duration`` is seconds."""

    date: date
    duration: int
    agenda: agenda.Agenda | None


@dataclass(frozen=True, slots=True)
class CallStarted(Event):
    """The clock was started on the item that was current."""


@dataclass(frozen=True, slots=True)
class CallPaused(Event):
    """Time from here on belongs to no item."""


@dataclass(frozen=True, slots=True)
class CallResumed(Event):
    """Time belongs to the current item again."""


@dataclass(frozen=True, slots=True)
class ItemEntered(Event):
    """The chair went to an item, by its key."""

    item: str


@dataclass(frozen=True, slots=True)
class TimeboxChanged(Event):
    """An item was granted ``seconds`` more, or less where negative."""

    item: str
    seconds: int


@dataclass(frozen=True, slots=True)
class EntryRecorded(Event):
    """An entry was written under an item; the last splice is the entry, one before it made a heading for it."""

    item: str
    entry: record.Entry
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class EntriesRecorded(Event):
    """Several entries were written under an item at once; the last splice holds all of them, one after the other."""

    item: str
    entries: tuple[record.Entry, ...]
    splices: tuple[Splice, ...]
    sizes: tuple[int, ...]
    """How many of the bytes of the last splice each entry takes up."""


@dataclass(frozen=True, slots=True)
class AttendanceMarked(Event):
    """People were marked as present, or as having sent regrets; the splices apply one after the other."""

    attendees: tuple[record.Attendee, ...]
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class Directed(Event):
    """Something was asked for at an item that leaves no text: a vote, an objection, a hand up or down."""

    item: str
    directive: Directive


@dataclass(frozen=True, slots=True)
class TextEdited(Event):
    """An item's own text was edited in place; the splices apply one after the other."""

    item: str
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class Landed(Event):
    """Somebody else's version of the minutes was taken in; the splices lead from our text to the merged one."""

    splices: tuple[Splice, ...]
    """The last place first."""
    version: bytes = b""
    """Their version, as it stood on the disk."""
    by: str = ""
    """Who wrote it, where that is known."""
    conflicts: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For each section with lines that both changed, those lines' bytes in the merged text."""
    removals: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For each section it would have wiped, the bytes in the merged text that stay until the chair answers."""


@dataclass(frozen=True, slots=True)
class LandingsSeen(Event):
    """The chair has looked at what landed in some items, by their keys."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemovalAnswered(Event):
    """The chair said what becomes of text that a landing would have wiped: it stays, or the splices take it out."""

    landing: int
    """Its place among the landings of the call."""
    removal: int
    """Its place among what that landing would have wiped."""
    splices: tuple[Splice, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted(Event):
    """The capture line holds an unfinished entry, opened as ``kind`` for an item; an empty text ends it."""

    item: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class TextDrafted(Event):
    """The editor changed an item's text, in no minutes yet: at a character, ``removed`` became ``inserted``."""

    item: str
    start: int
    removed: str
    inserted: str
    before: str | None = None
    """The text as the editor was given it, where this is the first change; else it changes the draft there is."""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The latest change that was not undone was taken back."""


@dataclass(frozen=True, slots=True)
class Redone(Event):
    """The change undone last was made again."""


@dataclass(frozen=True, slots=True)
class CallAdjourned(Event):
    """The call is over; the minutes are final as far as the chair is concerned."""
