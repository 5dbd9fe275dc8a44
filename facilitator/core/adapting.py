"""Budgets that follow the clock: what each stop is granted now, so that the call ends at its hard stop.

The time left is shared by those to come as they were planned: share = planned of this / planned of the remaining ones
that adapt. Deviations from the plan of up to ``DEADBAND`` seconds are left alone, and beyond that budgets move in
steps of it, so that nobody's time flickers while somebody runs over. Together they are never more than what is left:
a plan that leaves as much unplanned lets such deviations pass within that, and only one that fills the call to the
brim lets them run over its end. Nothing is cut below ``plan.least``; when that is not enough, the pace line says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import order, timeline
from .plan import least, share

if TYPE_CHECKING:
    from .meeting import Meeting

DEADBAND = 15
"""Seconds."""


def budgets(meeting: Meeting, now: float) -> dict[str, int]:
    """Return what every stop is granted at ``now``, in seconds.

    One-way, a budget is at most what it was the moment before; two-way it grows again, up to what was planned and the
    time gained on the plan. Stops that had their turn keep what they had.
    """
    granted = {stop.key: meeting.budget(stop.key) for stop in meeting.stops}
    started = meeting.started_at
    if meeting.steering.adapting == "off" or started is None or meeting.adjourned_at is not None:
        return granted
    spent = timeline.spent(meeting.timeline, now)
    here, had = meeting.current, spent.get(meeting.current, 0.0)
    two_way = meeting.steering.adapting == "two-way"
    to_come, pins = coming(meeting), meeting.pinned
    begins = two_way and not had  # what only begins can still grow
    ahead = [key for key in ([here] if begins else []) + to_come if key not in pins]
    wanted = {key: float(meeting.base(key) if two_way else granted[key]) for key in ahead}
    floors = {key: float(least(min(meeting.base(key), granted[key]))) for key in ahead}
    if granted[here] > had and here not in pins and not begins:
        wanted[here] = granted[here] - had
        floors[here] = max(0.0, least(meeting.base(here)) - had)
    pinned = sum(granted[key] for key in to_come if key in pins)
    if here in pins:
        pinned += max(0, math.ceil(granted[here] - had))
    rests = sum(max(0.0, granted[key] - spent[key]) for key in put_off(meeting, spent))
    left = started + meeting.duration - now - pinned - math.ceil(rests)
    total = sum(wanted.values())
    if total - left > max(0, DEADBAND - _unplanned(meeting)):
        shared = _cut(wanted, floors, total - math.ceil((total - left) / DEADBAND) * DEADBAND)
    elif two_way and _gained(meeting, total, left) > DEADBAND:
        shared = _grown(wanted, _steps(_gained(meeting, total, left)), "" if begins else here)
    else:
        shared = wanted if two_way else {}
    for key, seconds in shared.items():
        if key != here or begins:
            granted[key] = int(seconds)
        elif seconds < wanted[here]:
            granted[here] = int(had + seconds)
    return granted


def coming(meeting: Meeting) -> list[str]:
    """Return the keys of the stops after the current one that have not had their turn."""
    seen = {stint.item for stint in meeting.timeline}
    return [key for key in meeting.ahead if key not in seen]


def put_off(meeting: Meeting, spent: Mapping[str, float]) -> list[str]:
    """Return the keys of the stops after the current one that had begun, were put off, and come again.

    They are owed the rest of their time, which is nobody else's. ``spent`` is the seconds that stops have had.
    """
    again = order.rearranged(meeting.steering)
    return [key for key in meeting.ahead if key in again and spent.get(key)] if again else []


def lender(meeting: Meeting, item: str, seconds: int, now: float) -> tuple[str, int]:
    """Return the stop to come that can best lend an item time, and how much of ``seconds``; nothing where none can."""
    granted = budgets(meeting, now)
    spare = {
        key: granted[key] - least(meeting.base(key))
        for key in coming(meeting)
        if key != item and key not in meeting.pinned
    }
    best = max(spare, key=lambda key: spare[key], default="")
    if not best or spare[best] <= 0:
        return "", 0
    return best, min(seconds, spare[best])


def _steps(deviation: float) -> float:
    """Return the deviation without what is left alone of it."""
    return (math.ceil(deviation / DEADBAND) - 1) * DEADBAND


def _gained(meeting: Meeting, total: float, left: float) -> float:
    """Return the seconds that were gained on the plan."""
    return left - _unplanned(meeting) - total


def _unplanned(meeting: Meeting) -> int:
    """Return the seconds of the call that the plan gives to nobody."""
    return max(0, meeting.duration - sum(meeting.planned.values()))


def _cut(wanted: dict[str, float], floors: dict[str, float], total: float) -> dict[str, float]:
    """Return ``total`` shared as wanted; who would fall below the floor gets that, at the cost of the others."""
    free, fixed = dict(wanted), dict[str, float]()
    while free:
        room = max(0.0, total - sum(fixed.values()))
        scale = room / whole if (whole := sum(free.values())) else 0.0
        low = [key for key, seconds in free.items() if seconds * scale < floors[key]]
        if not low:
            return fixed | {key: seconds * scale for key, seconds in free.items()}
        for key in low:
            fixed[key] = min(free.pop(key), floors[key])
    return fixed


def _grown(wanted: dict[str, float], gained: float, here: str) -> dict[str, float]:
    """Return what is wanted and the time gained on the plan on top, shared by those to come."""
    ahead = [(key, round(seconds)) for key, seconds in wanted.items() if key != here]
    more = share(int(gained), ahead) if ahead else {}
    return {key: seconds + more.get(key, 0) for key, seconds in wanted.items()}
