"""What the chair forgot, told to the capture line: when the call began, and when it went on to the next item.

Readers as in ``readers``: each gets the rest of a line. A time of day is read as the last such moment, on a clock of
twelve hours or of twenty-four; where that is long ago, or still to come, the chair is told so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from .directives import Directive, StartedAt, WentOnAt
from .duration import parse_duration
from .line import Capture, Context

_AGO = re.compile(r"(?P<long>.+?)\s+ago", re.IGNORECASE)
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


def since(text: str, now: datetime) -> datetime | None:
    """Return the moment so long before ``now``: ``20 minutes ago``, ``1h 5m ago``; None where that is not said."""
    match = _AGO.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return now - timedelta(seconds=parse_duration(match["long"]))
    except ValueError:
        return None


def past(text: str, now: datetime) -> datetime | None:
    """Return the last moment up to ``now``, which knows its zone, with this time of day; None where it is none."""
    latest = now.timestamp()  # in one zone datetimes compare without their fold
    found = [one for one in _candidates(text, now) if one.timestamp() <= latest]
    return max(found, key=datetime.timestamp, default=None)


def _until(text: str, now: datetime) -> float:
    """Return the seconds until it is this time of day again; more than there are where it is none."""
    latest = now.timestamp()
    waits = (one.timestamp() - latest for one in _candidates(text, now))
    return min((wait for wait in waits if wait > 0), default=math.inf)


def _candidates(text: str, now: datetime) -> Iterator[datetime]:
    """Give the moments around now that may be meant, none where it is no time of day.

    A leading zero is of the clock of twenty-four hours. Where clocks are put back a time of day comes twice.
    """
    match = _TIME.fullmatch(text.strip())
    if not match or not (match["minute"] or match["half"]):
        return
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    if hour > (12 if half else 23):
        return
    both = 0 < hour <= 11 and not match["hour"].startswith("0")
    hours = {"a": [hour % 12], "p": [hour % 12 + 12]}.get(half, [hour, hour + 12] if both else [hour])
    for day in (now + timedelta(days=1), now, now - timedelta(days=1)):
        for each in hours:
            for fold in (0, 1):
                yield day.replace(hour=each, minute=minute, second=0, microsecond=0, fold=fold)


def _told(what: str, directive: type[StartedAt | WentOnAt], text: str, context: Context) -> Capture:
    if context.now is None:
        return Capture(chip=what, hint="only while a call is on the screen")
    moment = since(text, context.now) or past(text, context.now)
    if moment is None:
        return Capture(chip=what, hint="when? a time of day, such as 10:32, or 5 minutes ago")
    ago = context.now.timestamp() - moment.timestamp()
    if ago > LONGEST_AGO:
        hours = LONGEST_AGO // 3600
        long_past = ago < _until(text, context.now)
        said = f"{text} is more than {hours} hours ago" if long_past else f"{text} is still to come"
        return Capture(chip=what, hint=said)
    made: Directive = directive(moment.timestamp())
    minutes = round(ago / 60)
    return Capture(
        (), (made,), f"{what} at {moment:%H:%M}, " + (f"{minutes} min ago" if minutes else "just now")
    )
