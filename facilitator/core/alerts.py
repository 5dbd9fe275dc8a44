"""When the current item's time calls for attention, in which words: at 80 % of its budget, at its end, and later."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple

from . import pacing
from .summary import count

if TYPE_CHECKING:
    from .meeting import Meeting

MINUTE = 60


class Alert(NamedTuple):
    """What is due for an item; ``minutes`` of overtime are full ones."""

    kind: Literal["warning", "time", "overtime"]
    item: str
    minutes: int = 0


class Threshold(NamedTuple):
    """What an alert is about. Each is told once, whatever is undone or put back.

    More time by hand has an end of its own; time that adapts is the same timebox.
    """

    alert: Alert
    base: int
    """What the item was granted by plan and by hand, in seconds; 0 for a warning, which an item has but once."""


def due(meeting: Meeting, now: float, told: Collection[Threshold]) -> Alert | None:
    """Return what the current item has reached and nobody was told; of several the last one, nothing in a pause.

    So a laptop that slept for an hour wakes up to one alert, and an item that was brought to its end by a shorter
    timebox or a boundary that was moved is told as well.
    """
    if not meeting.running:
        return None
    reached = _reached(meeting, meeting.current, now)
    return reached[-1].alert if reached and reached[-1] not in told else None


def passed(meeting: Meeting, now: float) -> set[Threshold]:
    """Return the thresholds that lie behind, of all items that have had time."""
    items = {stint.item for stint in meeting.timeline if stint.item}
    return {one for item in items for one in _reached(meeting, item, now)}


def _reached(meeting: Meeting, item: str, now: float) -> list[Threshold]:
    """Return the thresholds that an item has reached, in the order of time."""
    clock, base = pacing.item_clock(meeting, item, now), meeting.base(item)
    if clock.state == "calm":
        return []
    reached = [Alert("warning", item)]
    if clock.state == "overtime":
        reached.append(Alert("time", item))
    minutes = int(-clock.left // MINUTE)
    reached += [Alert("overtime", item, minute) for minute in range(1, minutes + 1)]
    return [Threshold(alert, 0 if alert.kind == "warning" else base) for alert in reached]


def words(meeting: Meeting, alert: Alert, now: float) -> str:
    """Say an alert in a few words."""
    title = meeting.item(alert.item).title
    if alert.kind == "warning":
        return f"{title}: {pacing.clock(pacing.item_clock(meeting, alert.item, now).left)} left"
    if alert.kind == "time":
        return f"{title}: time is up"
    return f"{title}: {count(alert.minutes, 'minute', 'minutes')} over"


TITLE_STEP = 5
"""Seconds: as often the time in a title changes. Each change goes to the terminal whole, and nobody counts along."""


def title(meeting: Meeting, name: str, now: float) -> str:
    """Return what the terminal's title tells: the time left, the item, and what the call is called.

    The time is what is left until the next step, so that it reads 0:00 when there is none left.
    """
    if not meeting.timeline or meeting.adjourned_at is not None:
        return name
    item = meeting.item(meeting.current).title
    if meeting.paused:
        return f"paused, {item} · {name}"
    left = ceil(pacing.item_clock(meeting, meeting.current, now).left / TITLE_STEP) * TITLE_STEP
    told = f"{pacing.clock(-left)} over" if left < 0 else pacing.clock(left)
    return f"{told}, {item} · {name}"
