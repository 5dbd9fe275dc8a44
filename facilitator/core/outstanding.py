"""Action items across minutes: each once, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from . import ledger
from .agenda import named
from .document import Document
from .people import People, fold
from .record import Action


@dataclass(frozen=True, slots=True)
class Outstanding:
    """An action item and where it stands: the place in ``minutes`` counts from 1."""

    action: Action
    minutes: str
    line: int
    day: date | None
    """The meeting it was first written down in."""


def outstanding(
    minutes: Iterable[tuple[str, date | None, Document]], *, done: bool = False
) -> list[Outstanding]:
    """Return the open action items of minutes (name, date, document), with ``done`` also those that are done.

    One that was carried over stands once, as the latest minutes have it.
    """
    found: dict[tuple[object, ...], Outstanding] = {}
    for number, (name, day, document) in enumerate(
        sorted(minutes, key=lambda one: (one[1] or date.max, one[0]))
    ):
        for action, item in ledger.actions(document):
            one = Outstanding(action, name, document.line(item.span.start), action.since or day)
            words = (fold(action.text), tuple(map(fold, action.owners)))
            if action.since:
                found.pop(words, None)
            found[words if words not in found else (*words, number, one.line)] = one
    kept = [one for one in found.values() if done or not one.action.done]
    return sorted(kept, key=lambda one: (one.day or date.max, one.minutes, one.line))


def of_owner(found: Sequence[Outstanding], name: str) -> list[Outstanding]:
    """Return the action items of everybody whom ``name`` may mean: a full or a first name, a handle or initials."""
    owners = named((), (owner for one in found for owner in one.action.owners))
    meant = {fold(owner.name) for owner in owners if People((owner,)).find(name)}
    return [one for one in found if meant & {fold(owner) for owner in one.action.owners}]
