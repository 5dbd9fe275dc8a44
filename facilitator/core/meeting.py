"""The state of a meeting: one frozen value, which ``fold.apply`` leads from event to event."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from . import agenda as agendas
from . import headings, order
from . import items as items_
from .agenda import Agenda
from .document import Document
from .headings import name_key
from .history import Captured, Change, Steering
from .items import Item
from .order import Move, Stop
from .plan import Plan, plan
from .timeline import Timeline

if TYPE_CHECKING:
    from .landing import Landing
    from .line import Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands unfinished in the capture line."""

    item: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class TextDraft:
    """What stands in the editor and not yet in the minutes."""

    item: str
    before: str
    """The item's text as the editor was given it."""
    text: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One call's state. ``duration`` is seconds, and so are the figures of ``planned`` and ``joined``."""

    agenda: Agenda | None
    date: datetime.date
    duration: int
    document: Document
    items: tuple[Item, ...]
    """What can be stepped through, as the minutes and the agenda have it; ``stops`` has it in running order."""
    planned: Plan
    """The timebox of each stop, as it stood when the call started."""
    steering: Steering
    captured: tuple[Captured, ...] = ()
    """The entries recorded in this call, in the order they were written."""
    draft: Draft | None = None
    text_draft: TextDraft | None = None
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    landings: tuple[Landing, ...] = ()
    """What others changed during the call, in the order it was taken in."""

    joined: Plan = field(default_factory=dict)
    """The timeboxes of stops that were not there yet when the call started."""
    late: tuple[Move, ...] = ()
    """Where projects went that got text after their place had passed."""
    past: Mapping[str, int] = field(default_factory=dict)
    """What projects took in past calls, in seconds by name key."""
    acted_at: float | None = None
    """The moment the chair last did something."""

    stops: tuple[Stop, ...] = field(init=False, compare=False, repr=False)
    """What the chair steps through, in running order; follows from the rest, once for every state."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "stops", order.stops(self.items, self.steering, self.late))

    @property
    def title(self) -> str:
        """What the call is called, by its agenda, else by the heading above its items; empty where there is none."""
        if self.agenda is not None:
            return agendas.title(self.agenda, self.date)
        first = next((one for one in self.document.sections if one.level), None)
        if first is None or first.level > 1 or any(item.section == first.index for item in self.items):
            return ""
        return headings.title(first.title, heading=True)

    @property
    def adjourned_at(self) -> float | None:
        """The moment the call was ended."""
        return self.steering.adjourned_at

    @property
    def current(self) -> str:
        """The key of the item the call is on."""
        return self.steering.current

    @property
    def timeline(self) -> Timeline:
        """Who had the time so far."""
        return self.steering.timeline

    @property
    def started_at(self) -> float | None:
        """The moment the clock was first started."""
        return self.timeline[0].start if self.timeline else None

    @property
    def paused(self) -> bool:
        """Whether the call has started and its time belongs to nobody now."""
        return bool(self.timeline) and not self.timeline[-1].item and self.adjourned_at is None

    @property
    def begun(self) -> bool:
        """Whether anything has happened that is worth going on with."""
        return bool(self.timeline or self.done or self.undone or self.draft)

    @property
    def running(self) -> bool:
        """Whether an item's clock is running."""
        return bool(self.timeline) and bool(self.timeline[-1].item)

    @property
    def pinned(self) -> frozenset[str]:
        """The stops whose budgets do not adapt, as the agenda and the chair have it."""
        return self.steering.repinned ^ {item.key for item in self.items if item.pinned}

    def item(self, key: str) -> Item:
        """Return the item of that key; the first one where a landing took it away.

        A roll call is told like an item whose own text is that of its group's heading.
        """
        group = order.called_group(key)
        if group is not None:
            return self._roll_call(key, group)
        return next((item for item in self.items if item.key == key), self.items[0])

    def members(self, key: str) -> tuple[Item, ...]:
        """Return the quiet projects that wait in the roll call of that key; none where it is no roll call."""
        stop = next((stop for stop in self.stops if stop.key == key), None)
        return tuple(self.item(member) for member in stop.members) if stop else ()

    def index(self, key: str) -> int:
        """Return the place of a stop in the running order, for a quiet project that of its roll call."""
        stops = self.stops
        return next((at for at, stop in enumerate(stops) if key == stop.key or key in stop.members), 0)

    @property
    def ahead(self) -> list[str]:
        """The keys of the stops after the current one, in running order."""
        keys = [stop.key for stop in self.stops]
        return keys[keys.index(self.current) + 1 :] if self.current in keys else keys[1:]

    def base(self, key: str) -> int:
        """Return the seconds a stop was planned to take and granted by hand, whatever the clock says."""
        planned = self.planned.get(key, self.joined.get(key, 0))
        return max(0, planned + self.steering.extra.get(key, 0))

    def budget(self, key: str) -> int:
        """Return the seconds a stop was granted when budgets were last adapted."""
        return max(0, self.steering.granted.get(key, self.base(key)))

    def _roll_call(self, key: str, group: str) -> Item:
        at = _headed(self.document, group)
        if at is None and not group:
            at = min(1, len(self.document.sections) - 1)
        return Item(key, "section", ROLL_CALL, group, section=at, sections=() if at is None else (at,))


@lru_cache(maxsize=8)
def _headed(document: Document, group: str) -> int | None:
    """Return the section whose heading is a group's; None where there is none. Asked more often than text changes."""
    name = name_key(group)
    headed = (one for one in document.sections if one.level and name_key(headings.title(one.title)) == name)
    return next((one.index for one in headed), None)


ROLL_CALL = "Roll call"
"""What the stop is called at which quiet projects are asked for an update."""


def opened(source: bytes, agenda: Agenda | None, day: datetime.date, duration: int) -> Meeting:
    """Return the meeting of a call that was just opened on minutes of these bytes; ``duration`` is seconds."""
    document = Document.parse(source)
    found = items_.infer(document, agenda)
    first = order.stops(found, Steering(current=""))[0].key
    return Meeting(
        agenda=agenda,
        date=day,
        duration=duration,
        document=document,
        items=found,
        planned=plan(found, agenda, duration),
        steering=Steering(current=first, adapting=agenda.adapt if agenda else "one-way"),
    )
