"""Putting right what the chair forgot: boundaries that came late, a start nobody pressed, a call that has moved on."""

from __future__ import annotations

from typing import NamedTuple

from . import timeline
from .adapting import coming
from .events import BoundaryMoved, CallStarted, Event, ItemEntered
from .meeting import Meeting

STEP = 15
"""Seconds by which one key moves a boundary."""

TOO_SOON = 1.5
"""Seconds within which a second advance is taken for a slip of the finger."""

SILENCE = 3
"""So many timeboxes without a sign of the chair, and somebody should ask."""

SHORTEST = 60
"""Seconds a timebox counts at least when it comes to silence."""


class Nudge(NamedTuple):
    """Where a call has probably gone: the key of a stop, empty for its end, and the moment it would have begun."""

    item: str
    since: float


def shift(meeting: Meeting, seconds: float, now: float) -> Event | None:
    """Let the current item have begun later by ``seconds``, or earlier where negative, at its neighbour's cost."""
    if not meeting.timeline or meeting.adjourned_at is not None:
        return None
    return begin_at(meeting, meeting.timeline[timeline.entered(meeting.timeline)].start + seconds, now)


def begin_at(meeting: Meeting, moment: float, now: float) -> Event | None:
    """Let the current item have begun at a moment, as near as its neighbours in time allow."""
    if not meeting.timeline or meeting.adjourned_at is not None:
        return None
    return _boundary(meeting, timeline.entered(meeting.timeline), min(moment, now), now)


def start_at(meeting: Meeting, moment: float, now: float) -> Event | None:
    """Let the call have begun at a moment that is past, whether it was started since or not."""
    if meeting.adjourned_at is not None:
        return None
    if not meeting.timeline:
        return CallStarted(now, min(moment, now))
    return _boundary(meeting, 0, min(moment, now), now)


def advance_at(meeting: Meeting, moment: float, now: float) -> Event | None:
    """Go to the next item, which began at a moment that is past."""
    stops, at = meeting.stops, meeting.index(meeting.current) + 1
    if at >= len(stops):
        return None
    return ItemEntered(now, stops[at].key, min(moment, now))


def too_soon(meeting: Meeting, now: float) -> bool:
    """Say whether going on must be a slip: the call has just gone on to the current item, and nothing was done since.

    Going back, or to an item elsewhere, is no going on.
    """
    line = meeting.timeline
    if len(line) < 2 or not meeting.running or not 0 <= now - line[-1].start < TOO_SOON:
        return False
    went_on = bool(line[-2].item) and meeting.index(line[-1].item) == meeting.index(line[-2].item) + 1
    return went_on and meeting.acted_at == line[-1].start


def nudge(meeting: Meeting, now: float, pressed_at: float = 0.0) -> Nudge | None:
    """Return where the call has probably gone by now, when the chair has been silent for long; None where all is well.

    ``pressed_at`` is the moment of the last key, where that left no event.
    """
    line = meeting.timeline
    if not meeting.running:
        return None
    silence = now - max(line[-1].start, meeting.acted_at or 0.0, pressed_at)
    if silence < SILENCE * SHORTEST:
        return None
    budget = meeting.budget(meeting.current)
    if silence < SILENCE * budget:
        return None
    begun = line[-1].start + budget
    found = Nudge("", begun)
    for key in coming(meeting):
        if begun > now:
            break
        found = Nudge(key, begun)
        begun += meeting.budget(key)  # not as cut by the overrun, which there is none of if it has moved on
    return found


def moved_on(meeting: Meeting, where: Nudge, now: float) -> Event | None:
    """Go where a nudge has asked about, from the moment it has named; nothing where it asks about the end."""
    return ItemEntered(now, where.item, where.since) if where.item else None


def _boundary(meeting: Meeting, stint: int, moment: float, now: float) -> Event | None:
    line = meeting.timeline
    to = timeline.moved(line, stint, moment)[stint].start
    return BoundaryMoved(now, stint, to) if to != line[stint].start else None
