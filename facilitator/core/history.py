"""What can be undone, and where it stands after somebody else's text came in.

A step keeps the splices it made. They are undone last in, first out, so their places hold as long as only the chair
writes; a landing moves them. ``rebase`` carries the landing back through the steps, as operational transformation
does (Ellis and Gibbs, 1989), but on places alone: a step whose own text the landing changed is not carried but marked,
and refused when it is to be undone, also where the same words happen to stand in its place again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # values are only carried here
    from .agenda import Adapting, Agenda
    from .motions import OpenMotion
    from .order import Move
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
    granted: Mapping[str, int] = field(default_factory=dict)
    """The budgets that adapting has changed, by stop."""
    adapting: Adapting = "one-way"
    repinned: frozenset[str] = frozenset()
    """The stops that the chair has pinned, or unpinned where the agenda pins them."""
    moved: tuple[Move, ...] = ()
    floor: tuple[str, ...] = ()
    """Quiet projects that were given the floor."""
    confirmed: tuple[str, ...] = ()
    """Quiet projects that have no update, as the roll call found."""
    parked: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """Items that are of the record and not of the call, such as a parking lot that parking has made."""
    adjourned_at: float | None = None
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
    places: tuple[int, ...] = ()
    """The places of those among the entries of the call: what is written anew is still as old as it was."""
    agendas: tuple[Agenda, Agenda] | None = None
    """The agenda before and after, where it changed that, too."""
    overrun: bool = False
    """Whether a landing has changed the very text it changed, so that it can't be taken back."""


class _Shift(NamedTuple):
    """A change of text without the text: at ``start``, ``removed`` bytes became ``inserted``."""

    start: int
    removed: int
    inserted: int


def own_lines(inserted: bytes) -> tuple[int, int]:
    """Return where in what was inserted for an entry its own lines begin, and how long they are.

    Blank lines around it are the section's: the next entry may go between.
    """
    lines = inserted.strip(b"\r\n")
    before = inserted.index(lines)
    after = inserted[before + len(lines) :][:2]
    return before, len(lines) + (2 if after == b"\r\n" else min(len(after), 1))


def starts(entries: Iterable[Captured]) -> frozenset[int]:
    """Return the bytes at which entries begin."""
    return frozenset(one.start for one in entries)


def put_in(
    captured: tuple[Captured, ...], entries: Sequence[Captured], places: Sequence[int]
) -> tuple[Captured, ...]:
    """Return the entries of the call with some more: each at its place, behind the last place one after the other."""
    if not places:
        return (*captured, *entries)
    found = list(captured)
    for number, one in enumerate(entries):
        beyond = number - len(places) + 1
        found.insert(places[number] if beyond <= 0 else places[-1] + beyond, one)
    return tuple(found)


def shift(
    captured: tuple[Captured, ...], splice: Splice
) -> tuple[tuple[Captured, ...], tuple[Captured, ...]]:
    """Return the entries where they stand after ``splice``, and those whose text it cut into, where they stood.

    Another ending of a line is no cut.
    """
    ending = bool(splice.removed and splice.inserted) and not (splice.removed + splice.inserted).strip(
        b"\r\n"
    )
    return _shifted(captured, _Shift(splice.start, len(splice.removed), len(splice.inserted)), ending)


def carry(
    captured: tuple[Captured, ...], splices: Iterable[Splice]
) -> tuple[tuple[Captured, ...], tuple[Captured, ...]]:
    """Return what ``shift`` does for splices made one after the other; the lost as they stood before the first."""
    now, stood = captured, list(captured)
    lost: list[Captured] = []
    for splice in splices:
        kept, cut = shift(now, splice)
        gone = {id(one) for one in cut}
        lost += [was for one, was in zip(now, stood, strict=True) if id(one) in gone]
        stood = [was for one, was in zip(now, stood, strict=True) if id(one) not in gone]
        now = kept
    return now, tuple(lost)


def _shifted(
    captured: tuple[Captured, ...], change: _Shift, ending: bool = False
) -> tuple[tuple[Captured, ...], tuple[Captured, ...]]:
    end, delta = change.start + change.removed, change.inserted - change.removed
    kept, cut = [], []
    for one in captured:
        if one.end <= change.start:
            kept.append(one)
        elif one.start >= end:
            kept.append(replace(one, start=one.start + delta, end=one.end + delta))
        elif ending and one.start <= change.start and end <= one.end:
            kept.append(replace(one, end=one.end + delta))
        else:
            cut.append(one)
    return tuple(kept), tuple(cut)


def found_again(
    cut: Iterable[Captured], before: bytes, after: bytes, captured: Iterable[Captured]
) -> tuple[Captured, ...]:
    """Return the entries among those cut out of one text whose lines stand elsewhere in another, and only there.

    Somebody has moved the section they are in. ``captured`` are those that stand in ``after`` already.
    """
    taken = {one.start for one in captured}
    found = []
    for one in cut:
        text = before[one.start : one.end]
        at = after.find(text)
        whole = at == 0 or after[at - 1 : at] in (b"\n", b"\r")
        if at >= 0 and whole and at not in taken and after.find(text, at + 1) < 0:
            found.append(replace(one, start=at, end=at + len(text)))
    return tuple(found)


def rebase(done: tuple[Change, ...], landing: Iterable[Splice]) -> tuple[Change, ...]:
    """Return the steps, oldest first, as they are to be undone after ``landing`` changed the text they led to."""
    moved, over = [], _shifts(landing)
    for change in reversed(done):
        splices, over, met = _carried(tuple(splice.inverse for splice in reversed(change.splices)), over)
        back = tuple(splice.inverse for splice in reversed(splices))
        lost = _moved(change.lost, over)
        moved.append(_rebased(change, back, lost, met))
    return tuple(reversed(moved))


def rebase_undone(undone: tuple[Change, ...], landing: Iterable[Splice]) -> tuple[Change, ...]:
    """Return the steps, the one undone last last, as they are to be made again after ``landing`` changed the text."""
    moved, over = [], _shifts(landing)
    for change in reversed(undone):
        lost = _moved(change.lost, over)
        splices, over, met = _carried(change.splices, over)
        moved.append(_rebased(change, splices, lost, met))
    return tuple(reversed(moved))


def _shifts(landing: Iterable[Splice]) -> list[_Shift]:
    return [_Shift(splice.start, len(splice.removed), len(splice.inserted)) for splice in landing]


def _carried(
    splices: tuple[Splice, ...], over: list[_Shift]
) -> tuple[tuple[Splice, ...], list[_Shift], bool]:
    """Carry splices that are made one after the other, and what landed before them, past each other."""
    moved, met = [], False
    for splice in splices:
        place, over, touched = _past(splice, over)
        moved.append(replace(splice, start=place))
        met = met or touched
    return tuple(moved), over, met


def _rebased(change: Change, splices: tuple[Splice, ...], lost: tuple[Captured, ...], met: bool) -> Change:
    made = tuple(_carry(one, change.splices[-1], splices[-1]) for one in change.made)
    return replace(change, splices=splices, made=made, lost=lost, overrun=change.overrun or met)


def _past(step: Splice, over: Iterable[_Shift]) -> tuple[int, list[_Shift], bool]:
    """Carry a splice and what landed past each other.

    Returns where the splice goes after the landing, the landing as it would have been after the splice, and whether
    the two touched the same text, so that neither can be told. Where both insert, the landing stands first.
    """
    place, removed, inserted = step.start, len(step.removed), len(step.inserted)
    carried, met = [], False
    for landed in over:
        if landed.start + landed.removed <= place:
            carried.append(landed)
            place += landed.inserted - landed.removed
            continue
        met = met or landed.start < place + removed
        carried.append(landed._replace(start=max(place, landed.start + inserted - removed)))
    return place, carried, met


def _carry(made: Captured, old: Splice, new: Splice) -> Captured:
    return replace(made, start=made.start + new.start - old.start, end=made.end + new.start - old.start)


def _moved(captured: tuple[Captured, ...], over: Iterable[_Shift]) -> tuple[Captured, ...]:
    for one in over:
        captured, _ = _shifted(captured, one)
    return captured
