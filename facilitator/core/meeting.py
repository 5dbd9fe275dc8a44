"""The state of a meeting: one frozen value, which ``fold.apply`` leads from event to event."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import items as items_
from . import pacing
from .agenda import Agenda
from .document import Document
from .history import Captured, Change, Steering
from .items import Item
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
    """One call's state. ``duration`` and ``planned`` are seconds; ``planned`` holds the timebox of each item."""

    agenda: Agenda | None
    date: datetime.date
    duration: int
    document: Document
    items: tuple[Item, ...]
    planned: pacing.Plan
    steering: Steering
    captured: tuple[Captured, ...] = ()
    """The entries recorded in this call, in the order they were written."""
    adjourned_at: float | None = None
    draft: Draft | None = None
    text_draft: TextDraft | None = None
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    landings: tuple[Landing, ...] = ()
    """What others changed during the call, in the order it was taken in."""

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

    def item(self, key: str) -> Item:
        """Return the item of that key; the first one where a landing took it away."""
        return next((item for item in self.items if item.key == key), self.items[0])

    def index(self, key: str) -> int:
        """Return the place of an item in the running order."""
        return next((at for at, item in enumerate(self.items) if item.key == key), 0)

    def budget(self, key: str) -> int:
        """Return the seconds the item is granted now."""
        return max(0, self.planned.get(key, 0) + self.steering.extra.get(key, 0))


def opened(source: bytes, agenda: Agenda | None, day: datetime.date, duration: int) -> Meeting:
    """Return the meeting of a call that was just opened on minutes of these bytes; ``duration`` is seconds."""
    document = Document.parse(source)
    found = items_.infer(document, agenda)
    return Meeting(
        agenda=agenda,
        date=day,
        duration=duration,
        document=document,
        items=found,
        planned=pacing.plan(found, agenda, duration),
        steering=Steering(current=found[0].key),
    )
