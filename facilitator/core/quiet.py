"""What a chair does at a roll call: confirm that nobody has an update, or give one project the floor."""

from __future__ import annotations

from . import adapting
from .events import Event, FloorGiven, RollCallConfirmed
from .meeting import Meeting

FLOOR_SECONDS = 60
"""What a quiet project gets that has something to say after all."""


def confirm(meeting: Meeting, now: float) -> Event | None:
    """Confirm that those who still wait in the current roll call have no update, and go on to the next stop."""
    waiting = tuple(item.key for item in meeting.members(meeting.current))
    left = tuple(key for key in waiting if key not in meeting.steering.confirmed)
    if not left:
        return None
    stops, at = meeting.stops, meeting.index(meeting.current) + 1
    return RollCallConfirmed(now, left, stops[at].key if at < len(stops) else "")


def give_floor(meeting: Meeting, item: str, now: float) -> Event | None:
    """Go to a quiet project: it comes before its roll call goes on, or right behind the current item.

    Its time is borrowed from the stop to come that can best do without.
    """
    stops = meeting.stops
    if not any(item in stop.members for stop in stops):
        return None
    here = meeting.index(meeting.current)
    calling = item in stops[here].members
    after = stops[here - 1].key if calling and here else "" if calling else meeting.current
    lender, seconds = adapting.lender(meeting, item, FLOOR_SECONDS, now) if meeting.timeline else ("", 0)
    return FloorGiven(now, item, after, lender, seconds if lender else FLOOR_SECONDS)
