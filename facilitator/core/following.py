"""Which items are the same ones after the minutes have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from facilitator.core.item import Item, unique

COMPARED = 2500
"""Up to so many pairs of items between two known ones are looked at; more is another meeting's file."""


def follow(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """Give the items of ``after`` the keys that the same ones had ``before``.

    The same are those of one name; then, among those left over between two that are the same, those with the
    same lead or much the same words, or else the one that stands alone in the place of another.
    """
    keys: dict[int, str] = {}
    left = dict(enumerate(before))
    for sameness in (_identity, _name, lambda item: item.key):
        known: dict[object, list[int]] = {}
        for place, item in left.items():
            known.setdefault(sameness(item), []).append(place)
        for place, item in enumerate(after):
            if place not in keys and (places := known.get(sameness(item))):
                keys[place] = left.pop(places.pop(0)).key
    for gap_before, gap_after in _gaps(before, after, keys, left):
        for place, key in _alike([left[p] for p in gap_before], [(p, after[p]) for p in gap_after]):
            keys[place] = key
    return unique(
        [replace(item, key=keys[p]) if p in keys else item for p, item in enumerate(after)], set(keys)
    )


def _identity(item: Item) -> object:
    return item.kind, item.group, item.title, item.section, item.bullet


def _name(item: Item) -> object:
    return item.kind, item.group, item.title


def _gaps(
    before: Sequence[Item], after: Sequence[Item], keys: dict[int, str], left: dict[int, Item]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of items left over between two neighbours that are known, in both orders."""
    anchors = {item.key: place for place, item in enumerate(before)}
    start, gap = -1, list[int]()
    for place in range(len(after) + 1):
        if place < len(after) and place not in keys:
            gap.append(place)
            continue
        stop = anchors[keys[place]] if place < len(after) else len(before)
        if gap:
            yield [p for p in left if start < p < stop], gap
        start, gap = stop, []


def _alike(before: list[Item], after: list[tuple[int, Item]]) -> Iterator[tuple[int, str]]:
    """Pair items that are much alike; those that stand for each other alone need not be."""
    if len(before) * len(after) > COMPARED:
        return
    alone = len(before) == len(after) == 1
    for place, item in after:
        for old in before:
            kin = old.kind == item.kind or (old.kind == "section" and old.section == item.section)
            same_lead = bool(old.leads) and old.leads == item.leads
            if kin and (
                alone or same_lead or SequenceMatcher(None, old.title[:200], item.title[:200]).ratio() > 0.6
            ):
                before.remove(old)
                yield place, old.key
                break
