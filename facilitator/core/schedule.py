"""When a series has its calls: the schedule of an agenda, and arithmetic on dates.

``every`` counts from the first call on or after ``from``; without a ``from`` every such day, week or
month has its call. A day of the month that a month lacks (the 31st) is its last one.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the meeting takes place: every ``every`` days, weeks or months from ``start`` on."""

    every: int
    unit: Literal["days", "weeks", "months"]
    weekday: int | None
    """0 is Monday."""
    at: time | None
    timezone: str | None
    start: date | None
    """No call is earlier; counting starts with the first call on or after it."""
    nth: int | None = None
    """With months: which of the month's such weekdays, 1 to 4, or -1 for the last."""


def next_call(schedule: Schedule, after: date) -> date | None:
    """Return the first call later than ``after``; None where the calendar ends."""
    if after == date.max:
        return None
    return first_call(schedule, after + timedelta(days=1))


def calls(schedule: Schedule, first: date, count: int) -> list[date]:
    """Return ``count`` calls in order, beginning with the first on or after ``first``."""
    found: list[date] = []
    day = first_call(schedule, first) if count > 0 else None
    while day is not None and len(found) < count:
        found.append(day)
        day = next_call(schedule, day)
    return found


def first_call(schedule: Schedule, day: date) -> date | None:
    """Return the first call on or after the day; None where the calendar ends."""
    try:
        if schedule.unit == "months":
            return _by_months(schedule, day)
        return _by_days(schedule, day)
    except (OverflowError, ValueError):  # beyond the year 9999
        return None


def _by_days(schedule: Schedule, day: date) -> date:
    """Step by a fixed number of days: every N days, or every N weeks on a weekday."""
    anchor = schedule.start or day
    step = schedule.every
    if schedule.unit == "weeks":
        step *= 7
        if schedule.weekday is not None:
            anchor += timedelta(days=(schedule.weekday - anchor.weekday()) % 7)
    steps = max(0, -((anchor - day).days // step))
    return anchor + timedelta(days=steps * step)


def _by_months(schedule: Schedule, day: date) -> date:
    """Step by months: the nth weekday of each, or the start's day of the month."""
    start = schedule.start or day
    anchor = _month(start)
    while _in_month(schedule, anchor) < start:
        anchor += 1
    month = anchor + max(0, _month(day) - anchor) // schedule.every * schedule.every
    while _in_month(schedule, month) < day:
        month += schedule.every
    return _in_month(schedule, month)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _in_month(schedule: Schedule, month: int) -> date:
    """Return the schedule's day in a month that is counted from the year 0."""
    year, index = divmod(month, 12)
    last = monthrange(year, index + 1)[1]
    if schedule.weekday is None:
        return date(year, index + 1, min(schedule.start.day if schedule.start else 1, last))
    nth = schedule.nth
    if nth is None and schedule.start is not None:
        nth = _nth(schedule.start, schedule.weekday)
    if nth == -1:
        end = date(year, index + 1, last)
        return end - timedelta(days=(end.weekday() - schedule.weekday) % 7)
    first = date(year, index + 1, 1)
    return first + timedelta(days=(schedule.weekday - first.weekday()) % 7 + 7 * ((nth or 1) - 1))


def _nth(start: date, weekday: int) -> int:
    """Say which of its month's such weekdays the first one from the start on is; a fifth is the last."""
    day = start + timedelta(days=(weekday - start.weekday()) % 7)
    which = (day.day - 1) // 7 + 1
    return which if which < 5 else -1
