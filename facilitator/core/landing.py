"""What somebody else's version of the minutes did when it was taken into an open call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import items as items_
from .document import Document
from .events import Landed
from .inline import plain
from .items import Item
from .lines import lines
from .spans import Span, Splice


@dataclass(frozen=True, slots=True)
class Touched:
    """An item that a landing changed; the figures are lines that are not blank."""

    item: str
    """Its key; empty where the section belongs to no item."""
    title: str
    """Its title then, or that of the section, where that is not below the item's own heading."""
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """Text that a landing would have wiped, though its author added nothing there; it stays until that is taken."""

    item: str
    title: str
    spans: tuple[Span, ...]
    """Its lines, in the minutes just after the landing."""
    text: bytes
    """What was to go."""
    answer: Literal["", "kept", "taken"] = ""
    """What the chair said; while there is nothing, the text stays."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Somebody else's version, as it was taken in."""

    at: float
    by: str
    """Who wrote it; empty where nobody knows."""
    after: bytes
    """The minutes just after it."""
    splices: tuple[Splice, ...]
    """What it changed, last place first."""
    touched: tuple[Touched, ...]
    conflicts: tuple[Touched, ...]
    """Items in which both sides changed the same lines; both versions stand there."""
    removals: tuple[Removal, ...]
    unseen: frozenset[str]
    """The keys of the items in it that the chair has not looked at since."""

    @property
    def before(self) -> bytes:
        """The minutes just before it."""
        source = self.after
        for splice in reversed(self.splices):
            source = source[: splice.start] + splice.removed + source[splice.result.end :]
        return source

    @property
    def seen(self) -> bool:
        """Whether the chair has looked at all of it."""
        return not self.unseen

    @property
    def open(self) -> tuple[int, ...]:
        """The places of the removals that wait for an answer."""
        return tuple(place for place, one in enumerate(self.removals) if not one.answer)


def landing(event: Landed, document: Document, items: Sequence[Item]) -> Landing:
    """Return what a landing was, given the minutes and items just after it."""
    where = _Items(document, items)
    conflicts = [where.at(spans[0][0]) for spans in event.conflicts]
    removals = []
    for pieces in event.removals:
        places = tuple(Span(*piece) for piece in pieces)
        text = b"".join(document.source[span.start : span.end] for span in places)
        one = where.at(places[0].start)
        removals.append(Removal(one.item, one.title, places, text))
    touched = where.touched(event.splices)
    unseen = frozenset(one.item for one in (*touched, *conflicts)) | {one.item for one in removals}
    return Landing(
        event.at,
        event.by,
        document.source,
        event.splices,
        touched,
        tuple(dict.fromkeys(conflicts)),
        tuple(removals),
        unseen,
    )


def words(landing: Landing) -> str:
    """Return who changed what, in one line: ``Josh Collins: Release Integration +12 lines``."""
    who = landing.by or "Somebody"
    if landing.open:
        titles = ", ".join(landing.removals[place].title for place in landing.open)
        return f"{who} would have wiped {titles}"
    changed = [
        f"{one.title} {'wiped' if one.answer == 'taken' else 'kept from being wiped'}"
        for one in landing.removals
    ]
    changed += [f"{one.title} {_figures(one)}" for one in landing.touched]
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"{who}: {', '.join(changed[:3]) or 'white space'}{more}"


def _figures(one: Touched) -> str:
    figures = [f"+{one.added}"] if one.added or not one.removed else []
    if one.removed:
        figures.append(f"−{one.removed}")
    return f"{' '.join(figures)} {'line' if one.added + one.removed == 1 else 'lines'}"


def see(landings: Iterable[Landing], items: Iterable[str]) -> tuple[Landing, ...]:
    """Return the landings after the chair has looked at some items."""
    looked = frozenset(items)
    return tuple(replace(one, unseen=one.unseen - looked) if one.unseen & looked else one for one in landings)


def answered(landings: Sequence[Landing], landing: int, removal: int, *, taken: bool) -> tuple[Landing, ...]:
    """Return the landings after the chair has said what becomes of a removal."""
    one = landings[landing]
    removals = list(one.removals)
    removals[removal] = replace(removals[removal], answer="taken" if taken else "kept")
    return (*landings[:landing], replace(one, removals=tuple(removals)), *landings[landing + 1 :])


class _Items:
    """Which item a place in the minutes belongs to."""

    def __init__(self, document: Document, items: Sequence[Item]) -> None:
        self._document = document
        self._by_section: dict[int, list[Item]] = {}
        for item in items:
            for section in item.sections:
                self._by_section.setdefault(section, []).append(item)

    def at(self, place: int) -> Touched:
        """Return the item at a byte, with nothing changed yet."""
        section = self._document.section_at(place)
        found = self._by_section.get(section.index, [])
        for item in found if len(found) > 1 else []:
            if any(span.start <= place < span.end for span in items_.spans(self._document, item)):
                return Touched(item.key, item.title)
        if not found:
            return Touched("", section.title)
        item = found[0]
        own = self._document.sections[item.section] if item.section is not None else section
        # A heading that is not below the item's own is only kept with it: it has a name of its own.
        beside = section.index != own.index and 0 < section.level <= own.level
        return Touched(item.key, plain(section.title) if beside else item.title)

    def touched(self, splices: Sequence[Splice]) -> tuple[Touched, ...]:
        """Return what splices, the last place first, did to which items, in file order."""
        found: dict[tuple[str, str], Touched] = {}

        def count(place: int, added: int, removed: int) -> None:
            if added or removed:
                at = self.at(place)
                one = found.setdefault((at.item, at.title), at)
                found[at.item, at.title] = replace(
                    one, added=one.added + added, removed=one.removed + removed
                )

        delta = 0
        for splice in reversed(splices):
            place = splice.start + delta
            delta += splice.delta
            removed = sum(not line.blank for line in lines(splice.removed))
            count(place if splice.inserted else max(place - 1, 0), 0, removed)
            for line in lines(splice.inserted):
                count(place, not line.blank, 0)
                place += len(line.text) + len(line.ending)
        return tuple(found.values())
