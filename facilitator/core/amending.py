"""Entries of this call, changed after they were written: made another kind, moved to another item, struck.

Each is one event and undone as one. What somebody wrote below an entry stays with it or stays where it is: an entry
that carries other people's words is not moved or struck.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import chair, ledger, recall
from .directing import CannotPlace
from .events import EntryRecorded, TextEdited
from .fold import apply
from .history import Captured
from .record import Action, Entry, Motion, Outcome
from .spans import Splice

if TYPE_CHECKING:
    from .line import Context, Kind
    from .meeting import Meeting


def entries(meeting: Meeting) -> tuple[Captured, ...]:
    """Return the entries of this call that can be changed, oldest first: those of items, not of the parking lot."""
    return tuple(one for one in meeting.captured if one.item)


def corrected(meeting: Meeting, captured: Captured, entry: Entry, now: float) -> EntryRecorded:
    """Write an entry anew where it stands, from the line it was brought back into.

    What no line can say stays: how a vote was counted, who was present, that something is done.

    Raises:
        Swallowed: where it would become part of something else there.

    """
    old = captured.entry
    if isinstance(old, Outcome) and isinstance(entry, Outcome):
        entry = replace(entry, tally=old.tally, present=old.present, leads=old.leads)
    elif isinstance(old, Action) and isinstance(entry, Action):
        entry = replace(entry, done=old.done, since=old.since)
    return chair.correct(meeting, captured, entry, now)


def retyped(meeting: Meeting, captured: Captured, kind: Kind, context: Context, now: float) -> EntryRecorded:
    """Make another kind of an entry, where it stands.

    Raises:
        CannotPlace: where its words make no entry of that kind.
        Swallowed: where it would become part of something else there.

    """
    entry = recall.retyped(captured.entry, kind, context)
    if entry is None:
        raise CannotPlace(f"these words make no {kind}")
    return chair.correct(meeting, captured, entry, now)


def moved(meeting: Meeting, captured: Captured, key: str, now: float) -> EntryRecorded:
    """Move an entry to the end of another item; a motion takes its outcome along.

    Raises:
        CannotPlace: for an outcome by itself, or where somebody wrote something below the entry.
        Swallowed: where an unclosed fence or comment would swallow it.

    """
    if isinstance(captured.entry, Outcome):
        raise CannotPlace("an outcome stays below its motion: move that")
    entry, removal = _taken_out(meeting, captured)
    without = apply(meeting, TextEdited(now, captured.item, (removal,)))
    written = chair.write(without, key, entry, now)
    return EntryRecorded(now, key, entry, (removal, *written.splices))


def struck(meeting: Meeting, captured: Captured, now: float) -> TextEdited:
    """Take an entry out of the minutes; a motion takes its outcome along.

    Raises:
        CannotPlace: where somebody wrote something below the entry.

    """
    return TextEdited(now, captured.item, (_taken_out(meeting, captured)[1],))


def _taken_out(meeting: Meeting, captured: Captured) -> tuple[Entry, Splice]:
    """Return an entry as it stands now, a motion with its outcome, and the splice that takes it out."""
    document = meeting.document
    items = document.list_items(document.section_at(captured.start))
    own = [at for at, item in enumerate(items) if item.span.start <= captured.start < item.span.end]
    entry, end = captured.entry, captured.end
    below = [item for item in items[own[-1] + 1 :] if item.span.end <= items[own[-1]].span.end] if own else []
    if below:
        read = ledger.read(items, own[-1])
        if (
            not isinstance(entry, Motion)
            or not isinstance(read, Motion)
            or not read.outcome
            or len(below) > 1
        ):
            raise CannotPlace("something was written below it: edit the item's text instead")
        entry, end = read, below[0].span.end
    return entry, Splice(captured.start, document.source[captured.start : end], b"")
