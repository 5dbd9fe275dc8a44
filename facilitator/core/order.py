"""The running order: what the chair steps through, in which order, apart from where it stands in the file.

Quiet projects are no stops of their own. They wait in the roll call of their group, one stop at its end, until one is
given the floor or has something written. Skipping, moving and parking change this order and never the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .history import Steering
    from .item import Item

_ROLL_CALL = "roll call:"


class Stop(NamedTuple):
    """One stop of the running order: an item, or a roll call with the quiet projects that wait in it."""

    key: str
    members: tuple[str, ...] = ()


class Move(NamedTuple):
    """An item was put behind another one; to the front where ``after`` is empty. Both are keys of stops."""

    item: str
    after: str


def roll_call(group: str) -> str:
    """Return the key of a group's roll call."""
    return _ROLL_CALL + group


def called_group(key: str) -> str | None:
    """Return the group whose roll call has this key; None where it is an item's."""
    return key[len(_ROLL_CALL) :] if key.startswith(_ROLL_CALL) else None


def waits(item: Item) -> bool:
    """Say whether an item has nothing to say by itself: a project without text, nor time asked for in its heading."""
    return item.kind == "project" and item.quiet and item.timebox is None


def rearranged(steering: Steering) -> set[str]:
    """Return the items that the chair has put elsewhere; one of them that had begun, and comes again, is not done."""
    return {move.item for move in steering.moved} - {*steering.floor} if steering.moved else set()


_Known = tuple[object, object, object, tuple["Stop", ...]]
_known: _Known = (None, None, None, ())


def stops(items: Sequence[Item], steering: Steering, late: Sequence[Move] = ()) -> tuple[Stop, ...]:
    """Return the stops in running order; ``late`` are the items that got text after their turn had passed.

    Most events change none of the three, so the stops of the very same values are kept.
    """
    global _known  # a memo of one place; what it holds is frozen
    if _known[0] is not items or _known[1] is not steering or _known[2] is not late:
        _known = (items, steering, late, _stops(items, steering, late))
    return _known[3]


def _stops(items: Sequence[Item], steering: Steering, late: Iterable[Move]) -> tuple[Stop, ...]:
    touched = {stint.item for stint in steering.timeline} | {steering.current, *steering.floor}
    gone = {*steering.parked, *steering.aside} - {steering.current}
    last = {item.group: place for place, item in enumerate(items) if item.kind == "project"}
    waiting: dict[str, list[str]] = {group: [] for group in last}
    keys: list[str] = []
    for place, item in enumerate(items):
        if waits(item) and item.key not in touched:
            if item.key not in gone:
                waiting[item.group].append(item.key)
            gone.add(item.key)
        keys.append(item.key)
        if last.get(item.group) == place:
            keys.append(roll_call(item.group))
    members = {roll_call(group): tuple(names) for group, names in waiting.items()}
    gone |= {key for key, names in members.items() if not names and key not in touched}
    for key, after in (*late, *steering.moved):
        if key in keys and key != after and (not after or after in keys):
            keys.remove(key)
            keys.insert(keys.index(after) + 1 if after else 0, key)
    return tuple(Stop(key, members.get(key, ())) for key in keys if key not in gone)
