"""When the current item's time calls for attention: at 80 % of its budget, at all of it, and at every minute beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from . import pacing, timeline

if TYPE_CHECKING:
    from .meeting import Meeting

MINUTE = 60


class Alert(NamedTuple):
    """What is due for an item; ``minutes`` of overtime are full ones."""

    kind: Literal["warning", "time", "overtime"]
    item: str
    minutes: int = 0


def due(meeting: Meeting, since: float, now: float) -> Alert | None:
    """Return the alert that came due after ``since`` and up to ``now``; of several, the last one.

    So a laptop that slept for an hour wakes up to one alert.
    """
    if not meeting.running or now <= since:
        return None
    key, began = meeting.current, meeting.timeline[-1].start
    then = timeline.spent(meeting.timeline, max(since, began)).get(key, 0.0)
    spent = timeline.spent(meeting.timeline, now).get(key, 0.0)
    if since <= began and not then:
        then = -1.0  # so that an item without any time is at its end at once
    budget = pacing.budgets(meeting, now).get(key, 0)
    minutes = int((spent - budget) // MINUTE)
    if minutes > 0 and then < budget + minutes * MINUTE:
        return Alert("overtime", key, minutes)
    if then < budget <= spent:
        return Alert("time", key)
    if then < pacing.WARNING_SHARE * budget <= spent < budget:
        return Alert("warning", key)
    return None
