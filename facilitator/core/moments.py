"""What the chair forgot, told to the capture line: when the call began, and when it went on to the next item.

Readers as in ``readers``: each gets the rest of a line. A time of day is read as the last such moment, on a clock of
twelve hours or of twenty-four; nobody means one that is half a day ago, so that is one still to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .directives import Directive, StartedAt, WentOnAt
from .line import Capture, Context

if TYPE_CHECKING:
    pass

LONGEST_AGO = 6 * 3600
"""Seconds beyond which a time of day can't be meant as past."""

_TIME = re.compile(
    r"(?:at\s+)?(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>[0-5]\d))?\s*(?P<half>[ap])?\.?(?(half)m\.?)?",
    re.IGNORECASE,
)


def started(text: str, context: Context) -> Capture:
    """Read when the call began: ``10:32``."""
    return _told("the call started", StartedAt, text, context)


def went_on(text: str, context: Context) -> Capture:
    """Read when the call went on to the next item: ``10:41``."""
    return _told("the next item began", WentOnAt, text, context)


def past(text: str, now: datetime) -> datetime | None:
    """Return the last moment up to ``now``, which knows its zone, with this time of day; None where it is none."""
    match = _TIME.fullmatch(text.strip())
    if not match or not (match["minute"] or match["half"]):
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > (12 if match["half"] else 23):
        return None
    half, latest = (
        (match["half"] or "").lower(),
        now.timestamp(),
    )  # in one zone datetimes compare without their fold
    found = [one for one in _candidates(hour, minute, half, now) if one.timestamp() <= latest]
    return max(found, key=datetime.timestamp, default=None)


def _candidates(hour: int, minute: int, half: str, now: datetime) -> Iterator[datetime]:
    """Give the moments that may be meant; where clocks are put back there are two of the same time of day."""
    hours = {"a": [hour % 12], "p": [hour % 12 + 12]}.get(
        half, [hour, hour + 12] if 0 < hour <= 11 else [hour]
    )
    for day in (now, now - timedelta(days=1)):
        for each in hours:
            for fold in (0, 1):
                yield day.replace(hour=each, minute=minute, second=0, microsecond=0, fold=fold)


def _told(what: str, directive: type[StartedAt | WentOnAt], text: str, context: Context) -> Capture:
    if context.now is None:
        return Capture(chip=what, hint="only while a call is on the screen")
    moment = past(text, context.now)
    if moment is None:
        return Capture(chip=what, hint="when? a time of day, such as 10:32")
    ago = context.now.timestamp() - moment.timestamp()
    if ago > LONGEST_AGO:
        return Capture(chip=what, hint=f"{text} is still to come")
    made: Directive = directive(moment.timestamp())
    minutes = round(ago / 60)
    return Capture(
        (), (made,), f"{what} at {moment:%H:%M}, " + (f"{minutes} min ago" if minutes else "just now")
    )
