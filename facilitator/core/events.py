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

    since: float | None = None
    """The moment the call really began, where that was earlier."""


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
    since: float | None = None
    """The moment it really began, where that was earlier."""


@dataclass(frozen=True, slots=True)
class ClockJumped(Event):
    """The machine slept, its wall clock was set, or another process took the call up; no timer moves but for sleep."""

    slept: float
    """Seconds the machine slept; they count."""
    stepped: float
    """Seconds by which the wall clock was set ahead, or back where negative; they do not."""
    believed: str
    """What the call's clock rests on from here on, as ``system.clock.Belief`` has it."""


@dataclass(frozen=True, slots=True)
class TimeboxChanged(Event):
    """An item was granted ``seconds`` more, or less where negative."""

    item: str
    seconds: int
    lender: str = ""
    """The stop they are borrowed from; empty where they are nobody's."""


@dataclass(frozen=True, slots=True)
class BudgetPinned(Event):
    """An item's budget no longer adapts, or adapts again."""

    item: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class AdaptingChanged(Event):
    """Budgets follow the clock in another way from here on."""

    adapting: agenda.Adapting


@dataclass(frozen=True, slots=True)
class PastRead(Event):
    """What projects took in past calls became known, in seconds by name key."""

    past: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FloorGiven(Event):
    """A quiet project was given the floor behind the stop ``after``, with ``seconds`` borrowed from ``lender``."""

    item: str
    after: str
    lender: str
    seconds: int


@dataclass(frozen=True, slots=True)
class RollCallConfirmed(Event):
    """These quiet projects have no update; the call went on to ``then``, where that is not empty."""

    members: tuple[str, ...]
    then: str


@dataclass(frozen=True, slots=True)
class ItemMoved(Event):
    """An item was put behind the stop ``after``, or to the front where that is empty."""

    item: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemSkipped(Event):
    """An item was put off to behind ``after``, in its group; the call went on to ``then``, where that is not empty."""

    item: str
    after: str
    then: str


@dataclass(frozen=True, slots=True)
class ItemParked(Event):
    """An item was taken off the call, with an entry in the parking lot; the call went on to ``then``."""

    item: str
    entry: record.Parked
    splices: tuple[Splice, ...]
    then: str


@dataclass(frozen=True, slots=True)
class ItemAdded(Event):
    """An item was added to come next; ``agenda`` is what the call has from then on, where that knows it, too."""

    title: str
    splices: tuple[Splice, ...]
    agenda: agenda.Agenda | None


@dataclass(frozen=True, slots=True)
class BoundaryMoved(Event):
    """What began with a stint of the timeline, by its place there, really began at the moment ``to``."""

    stint: int
    to: float


@dataclass(frozen=True, slots=True)
class TimingKept(Event):
    """The time that items took was written into the minutes."""

    splices: tuple[Splice, ...]


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
    taken: bool = False
    """Whether the chair was asked about it and took it, which can be undone."""


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
class LandingTakenBack(Event):
    """What a landing changed was undone, as far as it still stood there, which can be undone like any edit."""

    landing: int
    """Its place among the landings of the call."""
    splices: tuple[Splice, ...]


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
