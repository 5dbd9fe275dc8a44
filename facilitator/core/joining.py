"""What joins a running call, and what leaves it: stops that a change of the minutes makes or takes away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import order, timeline
from .order import Move
from .plan import plan

if TYPE_CHECKING:
    from .item import Item
    from .meeting import Meeting


def joined(before: Meeting, after: Meeting, at: float) -> Meeting:
    """Return the meeting with its stops planned, and a current one, after its items changed at a moment.

    Until the call starts the plan is made anew. After that it stands, and what joins the call has a timebox of its own:
    a project that got text goes back to its place in the queue, or to the end of its group where that has passed, and
    to the end of the call where that has passed, too.
    """
    if not before.timeline:
        planned = plan(after.items, after.agenda, after.duration, after.past)
        return _settled(before, replace(after, planned=planned), at)
    waited = {member for stop in before.stops for member in stop.members}
    known = {item.key for item in before.items}
    came = [item for item in after.items if item.key in waited or item.key not in known]
    standing = {stop.key for stop in after.stops}
    came = [item for item in came if item.key in standing and item.key not in after.steering.floor]
    if came:
        fresh = plan(after.items, after.agenda, after.duration, after.past)
        more = {item.key: fresh.get(item.key, 0) for item in came if item.key not in after.planned}
        after = replace(after, joined={**more, **after.joined})
    for item in came:
        if item.key in waited:
            after = _queued(after, item)
    return _settled(before, after, at)


def _queued(meeting: Meeting, item: Item) -> Meeting:
    """Return the meeting with a project that got text where the call still comes to it."""
    here = meeting.index(meeting.current)
    if meeting.index(item.key) > here:
        return meeting
    keys = [stop.key for stop in meeting.stops]
    group = [at for at in range(here, len(keys)) if meeting.item(keys[at]).group == item.group]
    speaking = [at for at in group if order.called_group(keys[at]) is None]
    if speaking:
        after = keys[speaking[-1]]
    elif group:  # only its roll call is left, and that comes last unless it has begun
        after = keys[max(here, group[-1] - 1)]
    else:
        after = keys[-1]
    return replace(meeting, late=(*meeting.late, Move(item.key, after)))


def _settled(before: Meeting, after: Meeting, at: float) -> Meeting:
    """Return the meeting with a current stop that there is, where a change of the minutes took that away."""
    stops = after.stops
    landed = len(after.landings) > len(before.landings)
    first = landed and not after.timeline and before.current == before.stops[0].key
    if not first and any(stop.key == after.current for stop in stops):
        return after
    here = stops[0 if first else min(before.index(before.current), len(stops) - 1)].key
    line = timeline.begin(after.timeline, here, at) if after.running else after.timeline
    return replace(after, steering=replace(after.steering, current=here, timeline=line))
