"""Entries that wait to be written together, because a look at the minutes costs the same for one and for a hundred.

A line that changes one of them (``s/old/new/``, a vote, an outcome) changes it here, so that it need not be written
first and found again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from . import record
from .directives import CastVote, CastVotes, CountVotes
from .motions import OpenMotion
from .record import Entry, Motion, Outcome

if TYPE_CHECKING:
    from .directives import Directive, Substitute


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry for an item, the lines it came from, and what was said to it where it is an open motion."""

    lines: tuple[int, ...]
    item: str
    entry: Entry
    said: tuple[Directive, ...] = ()

    @property
    def ballot(self) -> OpenMotion:
        """The motion with the votes and objections so far."""
        assert isinstance(self.entry, Motion)
        return reduce(OpenMotion.after, self.said, OpenMotion(self.entry))


@dataclass(frozen=True, slots=True)
class Batch:
    """What waits, in the order it was said."""

    waiting: tuple[Waiting, ...] = ()

    def entered(self, line: int, item: str, entry: Entry) -> Batch:
        """Return the batch with an entry more."""
        return Batch((*self.waiting, Waiting((line,), item, entry)))

    def substituted(self, line: int, wish: Substitute) -> Batch | None:
        """Return the batch with other words in the nearest entry that holds them; None where none does."""

        def changed(one: Waiting) -> Waiting | None:
            entry = record.substitute(one.entry, wish.old, wish.new, wish.every)
            return None if entry is None else replace(one, entry=entry, lines=(*one.lines, line))

        return self._with_last(changed)

    def said(self, line: int, item: str, directive: Directive) -> Batch | None:
        """Return the batch with something said to the item's open motion; None where none waits, or not for that."""

        def changed(one: Waiting) -> Waiting | None:
            counted = any(isinstance(said, CountVotes) for said in one.said)
            if not _is_open(one, item) or (counted and isinstance(directive, CastVote | CastVotes)):
                return None
            return replace(one, said=(*one.said, directive), lines=(*one.lines, line))

        return self._with_last(changed)

    def settled(self, line: int, item: str, outcome: Outcome, quorum: tuple[int, int] | None) -> Batch | None:
        """Return the batch with the item's open motion settled; None where none waits.

        ``quorum`` is how many leads are present, of how many.
        """

        def changed(one: Waiting) -> Waiting | None:
            if not _is_open(one, item) or not isinstance(one.entry, Motion):
                return None
            made = one.ballot.closed(outcome.verdict, outcome.reason, quorum, outcome.until)
            return replace(one, entry=replace(one.entry, outcome=made), said=(), lines=(*one.lines, line))

        return self._with_last(changed)

    def has_motion(self, item: str) -> bool:
        """Say whether an open motion waits for an item."""
        return any(_is_open(one, item) for one in self.waiting)

    def by_item(self) -> dict[str, list[Waiting]]:
        """Return what waits for each item."""
        found: dict[str, list[Waiting]] = {}
        for one in self.waiting:
            found.setdefault(one.item, []).append(one)
        return found

    def _with_last(self, change: Callable[[Waiting], Waiting | None]) -> Batch | None:
        """Return the batch with the last entry changed that can be."""
        for at in reversed(range(len(self.waiting))):
            if changed := change(self.waiting[at]):
                return Batch((*self.waiting[:at], changed, *self.waiting[at + 1 :]))
        return None


def _is_open(one: Waiting, item: str) -> bool:
    return one.item == item and isinstance(one.entry, Motion) and one.entry.outcome is None
