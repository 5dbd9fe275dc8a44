"""The running order as a chair reads it: groups, items, how far each is and what it took.

Pure: rows of plain values, made from the meeting and a moment. Screens draw them, the wrap-up lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import order, pacing, timeline
from .meeting import Meeting
from .order import Stop

State = Literal["coming", "now", "done", "passed", "put off", "parked"]
"""``passed`` is an item the call went by without stopping, ``put off`` one that had begun and is still to come."""

GLANCE = 3
"""Seconds: who had less was only stepped past."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the running order: a group's title (``item`` is empty), or an item with its time in seconds."""

    title: str
    item: str = ""
    indent: int = 0
    state: State = "coming"
    budget: int = 0
    """What it is granted now."""
    spent: float = 0.0
    quiet: bool = False
    entries: int = 0
    """How many entries were captured under it."""
    planned: int = 0
    """What it was planned to take; nothing where it joined the call later."""
    waits: bool = False
    """Whether it is a quiet project in the roll call above it, with no time of its own."""
    lead: str = ""
    pinned: bool = False
    """Whether its budget does not adapt."""


def rows(meeting: Meeting, now: float) -> list[Row]:
    """Return the rows at ``now``, in running order, each group's title before its items.

    The quiet projects of a roll call stand below it, what was parked stands at the end.
    """
    stops = meeting.stops
    table = _Table(meeting, stops, now)
    made: list[Row] = []
    group = ""
    for at, stop in enumerate(stops):
        stop_group = order.called_group(stop.key)
        where = table.items[stop.key].group if stop_group is None else stop_group
        if where != group:
            group = where
            if group:
                made.append(Row(group))
        made.append(table.row(stop.key, at, indent=1 if group else 0, members=len(stop.members)))
        made += [table.waiting(key, at, indent=2 if group else 1) for key in stop.members]
    off = [key for key in meeting.steering.parked if key != meeting.current]
    if off:
        made.append(Row("Parked"))
        made += [table.parked(key) for key in off]
    return made


def later(made: Sequence[Row], meeting: Meeting, now: float) -> list[Row] | None:
    """Return rows that were made of the same meeting as they are at ``now``; None where more than one has changed.

    Time moves what the current item has had, and at times what all of them are granted. The other rows are the same.
    """
    budgets = pacing.budgets(meeting, now)
    if any(
        row.budget != budgets.get(row.item, 0)
        for row in made
        if row.item and not row.waits and row.state != "parked"
    ):
        return None
    spent = timeline.spent(meeting.timeline, now)
    return [replace(row, spent=spent.get(row.item, 0.0)) if row.state == "now" else row for row in made]


def keys(meeting: Meeting) -> list[str]:
    """Return the keys of everything that can be looked at, in the order of the rows."""
    off = [key for key in meeting.steering.parked if key != meeting.current]
    return [key for stop in meeting.stops for key in (stop.key, *stop.members)] + off


class _Table:
    """What all rows are read from."""

    def __init__(self, meeting: Meeting, stops: Sequence[Stop], now: float) -> None:
        self.meeting = meeting
        self.items = {item.key: item for item in meeting.items}
        self.spent = timeline.spent(meeting.timeline, now)
        self.budgets = pacing.budgets(meeting, now)
        self.pinned = meeting.pinned
        self.rearranged = order.rearranged(meeting.steering)
        self.here = next((at for at, stop in enumerate(stops) if stop.key == meeting.current), 0)
        self.entries: dict[str, int] = {}
        for one in meeting.captured:
            self.entries[one.item] = self.entries.get(one.item, 0) + 1

    def row(self, key: str, at: int, indent: int, members: int) -> Row:
        item = self.items.get(key) or self.meeting.item(key)
        called = order.called_group(key) is not None
        return Row(
            title=f"{item.title}: {members} quiet" if called and members else item.title,
            item=key,
            indent=indent,
            state=self._state(key, at),
            budget=self.budgets.get(key, 0),
            spent=self.spent.get(key, 0.0),
            quiet=not item.words and not called,
            entries=self.entries.get(key, 0),
            planned=self.meeting.planned.get(key, 0),
            lead=", ".join(item.leads),
            pinned=key in self.pinned,
        )

    def waiting(self, key: str, at: int, indent: int) -> Row:
        confirmed = key in self.meeting.steering.confirmed
        state: State = "done" if confirmed else "passed" if at < self.here else "coming"
        item = self.items[key]
        entries = self.entries.get(key, 0)
        lead = ", ".join(item.leads)
        return Row(item.title, key, indent, state, quiet=True, entries=entries, waits=True, lead=lead)

    def parked(self, key: str) -> Row:
        item = self.meeting.item(key)
        return Row(
            item.title,
            key,
            1,
            "parked",
            spent=self.spent.get(key, 0.0),
            quiet=item.quiet,
            entries=self.entries.get(key, 0),
            planned=self.meeting.planned.get(key, 0),
            lead=", ".join(item.leads),
        )

    def _state(self, key: str, at: int) -> State:
        if at == self.here and self.meeting.adjourned_at is None:
            return "now"
        if self.spent.get(key, 0.0) >= GLANCE:
            return "put off" if at > self.here and key in self.rearranged else "done"
        return "passed" if at < self.here and self.meeting.timeline else "coming"


def find(meeting: Meeting, typed: str) -> str:
    """Return the key of the item or roll call that a part of its title or of its lead's name means; empty for none.

    A title that begins so comes first, then a word in a title, then anything that holds it.
    """
    wanted = typed.casefold().strip()
    if not wanted:
        return ""
    calls = [meeting.item(stop.key) for stop in meeting.stops if stop.members]
    ranked = []
    for at, item in enumerate([*meeting.items, *calls]):
        title = item.title.casefold()
        names = [title, *(lead.casefold() for lead in item.leads)]
        if title.startswith(wanted):
            ranked.append((0, at, item.key))
        elif any(word.startswith(wanted) for name in names for word in name.split()):
            ranked.append((1, at, item.key))
        elif any(wanted in name for name in names):
            ranked.append((2, at, item.key))
    return min(ranked)[2] if ranked else ""
