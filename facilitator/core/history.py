"""What can be undone, and where it stands after somebody else's text came in.

A step keeps the splices it made. They are undone last in, first out, so their places hold as long as only the chair
writes; a landing moves them. ``rebase`` carries the landing back through the steps, as operational transformation
does (Ellis and Gibbs, 1989), but on places alone: whether the text there is still the same is checked where a splice
is applied, and an undo that no longer fits is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # values are only carried here
    from .motions import OpenMotion
    from .record import Entry
    from .spans import Splice
    from .speakers import Hand
    from .timeline import Timeline


@dataclass(frozen=True, slots=True)
class Captured:
    """An entry recorded in this call, and the bytes of the minutes it stands in now."""

    item: str
    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Steering:
    """What the chair steers and undo puts back as a whole. ``extra`` holds the seconds granted by hand, by item."""

    current: str
    timeline: Timeline = ()
    extra: Mapping[str, int] = field(default_factory=dict)
    hands: tuple[Hand, ...] = ()
    """Who waits to speak to the current item; whoever is first speaks next."""
    ballots: Mapping[tuple[str, str], OpenMotion] = field(default_factory=dict)
    """Objections to open motions and votes on them, by item and the motion's words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step: its name, what was steered before and after, and what it did to the text."""

    label: str
    before: Steering
    after: Steering
    splices: tuple[Splice, ...] = ()
    made: tuple[Captured, ...] = ()
    """The entries it wrote, where they stood then."""
    lost: tuple[Captured, ...] = ()
    """Entries whose text it cut into, where they stood before."""


class _Shift(NamedTuple):
    """A change of text without the text: at ``start``, ``removed`` bytes became ``inserted``."""

    start: int
    removed: int
    inserted: int

    def move(self, place: int) -> int:
        """Return where the byte at ``place`` stands afterwards."""
        if place < self.start:
            return place
        if place >= self.start + self.removed:
            return place + self.inserted - self.removed
        return self.start


def shift(
    captured: tuple[Captured, ...], splice: Splice
) -> tuple[tuple[Captured, ...], tuple[Captured, ...]]:
    """Return the entries where they stand after ``splice``, and those whose text it cut into, where they stood."""
    end = splice.start + len(splice.removed)
    kept, cut = [], []
    for one in captured:
        if one.end <= splice.start:
            kept.append(one)
        elif one.start >= end:
            kept.append(replace(one, start=one.start + splice.delta, end=one.end + splice.delta))
        else:
            cut.append(one)
    return tuple(kept), tuple(cut)


def rebase(done: tuple[Change, ...], landing: Iterable[Splice]) -> tuple[Change, ...]:
    """Return the steps, oldest first, as they are to be undone after ``landing`` changed the text they led to."""
    over = [_Shift(splice.start, len(splice.removed), len(splice.inserted)) for splice in landing]
    if not over:
        return done
    moved = []
    for change in reversed(done):
        splices = []
        for splice in reversed(change.splices):
            back = splice.inverse
            here = _Shift(back.start, len(back.removed), len(back.inserted))
            splices.append(replace(splice, start=_through(over, back.start)))
            over = [_before(one, here) for one in over]
        made = tuple(_carry(one, change.splices[-1], splices[0]) for one in change.made)
        lost = tuple(_move(one, over) for one in change.lost)
        moved.append(replace(change, splices=tuple(reversed(splices)), made=made, lost=lost))
    return tuple(reversed(moved))


def _through(over: list[_Shift], place: int) -> int:
    for one in over:
        place = one.move(place)
    return place


def _before(landed: _Shift, back: _Shift) -> _Shift:
    """Return ``landed``, which followed a step, as if that step had been taken back first by ``back``."""
    return landed._replace(start=back.move(landed.start))


def _carry(made: Captured, old: Splice, new: Splice) -> Captured:
    return replace(made, start=made.start + new.start - old.start, end=made.end + new.start - old.start)


def _move(one: Captured, over: list[_Shift]) -> Captured:
    start = _through(over, one.start)
    return replace(one, start=start, end=start + one.end - one.start)
