"""One step of the meeting, and what it is called by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from facilitator.core.headings import name_key

TOPIC_WORDS = 8
"""So many words of a topic make its key."""


@dataclass(frozen=True, slots=True)
class Item:
    """One step of the meeting."""

    key: str
    """What it is known by for as long as the meeting lasts."""
    kind: Literal["section", "project", "topic"]
    title: str
    """Plain text for the running order."""
    group: str = ""
    """The title of the group, or section of topics, it stands in."""
    leads: tuple[str, ...] = ()
    status: str = ""
    remark: str = ""
    timebox: int | None = None
    """Seconds that its heading or bullet grants it."""
    section: int | None = None
    """Index of the section it is written in; None where the document has none yet."""
    sections: tuple[int, ...] = ()
    """Every section that belongs to it, in file order."""
    bullet: int | None = None
    """A topic's index among the list items of its section."""
    words: int = 0
    """How many words are written in it; none make it quiet."""
    pinned: bool = False
    """Whether the agenda keeps its budget from adapting."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is written in it."""
        return not self.words


def unique(items: Sequence[Item], settled: Iterable[int]) -> tuple[Item, ...]:
    """Set numbers to the keys that another item has already; those at ``settled`` stay as they are."""
    settled = set(settled)
    taken = {items[place].key for place in settled}
    numbers: dict[str, int] = {}
    found = []
    for place, item in enumerate(items):
        key = item.key
        while place not in settled and key in taken:
            numbers[item.key] = numbers.get(item.key, 1) + 1
            key = f"{item.key}#{numbers[item.key]}"
        taken.add(key)
        found.append(item if key == item.key else replace(item, key=key))
    return tuple(found)


def with_own_keys(items: Iterable[Item]) -> tuple[Item, ...]:
    """Name every item by what it is called."""
    named = []
    for item in items:
        name = _slug(item.title)
        if item.kind == "topic":
            name = f"{_slug(item.group)}/{'-'.join(name.split('-')[:TOPIC_WORDS])}"
        named.append(replace(item, key=f"{item.kind}:{name}"))
    return unique(named, ())


def _slug(title: str) -> str:
    return name_key(title).replace(" ", "-")[:80]
