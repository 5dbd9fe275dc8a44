"""Time as arithmetic: what each item was given, how the call stands, and when it will end.

Pure functions of state and moment. All figures are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import order, timeline
from .plan import misfits

if TYPE_CHECKING:
    from .meeting import Meeting

WARNING_SHARE = 0.8
"""The part of a budget after which its clock warns."""

AT_EASE = 15
"""Seconds ahead or behind that are not worth a word."""

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Pace:
    """How the call stands at a moment; ``late`` is negative where it is ahead of its plan."""

    elapsed: float
    """Since the call was started, pauses included: they do not move the hard stop."""
    ends: float
    """The moment at which it will end if every coming item takes its budget."""
    late: float
    """By how much that is later than planned, or than the hard stop where the plan goes beyond that."""
    over: float
    """By how much that is later than the hard stop; negative where there is time to spare."""
    coming: int
    """How many items are still to come."""


@dataclass(frozen=True, slots=True)
class ItemClock:
    """One item's time: what it has had, what it is granted."""

    spent: float
    budget: int

    @property
    def left(self) -> float:
        """Seconds left; negative in overtime."""
        return self.budget - self.spent

    @property
    def state(self) -> str:
        """``calm`` up to 80 % of the budget, ``warning`` up to all of it, ``overtime`` beyond."""
        if self.spent >= self.budget:
            return "overtime"
        return "warning" if self.spent >= WARNING_SHARE * self.budget else "calm"


def clock(seconds: float) -> str:
    """Return a duration as people read a clock, ``m:ss`` or ``h:mm:ss``; whole seconds, cut off toward zero."""
    whole = int(abs(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "−" if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def item_clock(meeting: Meeting, key: str, now: float) -> ItemClock:
    """Return what the item has had of its budget at ``now``."""
    return ItemClock(timeline.spent(meeting.timeline, now).get(key, 0.0), budgets(meeting, now).get(key, 0))


def budgets(meeting: Meeting, now: float) -> Mapping[str, int]:
    """Return what every stop is granted at ``now``, in seconds, as budgets adapt."""
    if not meeting.timeline:
        return {stop.key: meeting.budget(stop.key) for stop in meeting.stops}
    from . import adapting  # before the start there is nothing to adapt to

    return adapting.budgets(meeting, now)


def pace(meeting: Meeting, now: float) -> Pace:
    """Return how the call stands at ``now``; before it starts, as if it started then.

    Coming stops are taken to need what was planned and granted by hand: what adapting would cut is what the call is
    over by.
    """
    started = meeting.started_at
    begun = now if started is None else started
    end = now if meeting.adjourned_at is None else meeting.adjourned_at
    spent = timeline.spent(meeting.timeline, end)
    again = order.rearranged(meeting.steering)
    coming = [key for key in meeting.ahead if key not in spent or key in again]
    ahead = sum(max(0.0, meeting.base(key) - spent.get(key, 0.0)) for key in coming)
    here = max(0.0, meeting.base(meeting.current) - spent.get(meeting.current, 0.0))
    ends = end if meeting.adjourned_at is not None else end + here + ahead
    planned = min(sum(meeting.planned.values()), meeting.duration)  # what goes beyond is late already
    return Pace(
        elapsed=end - begun,
        ends=ends,
        late=ends - (begun + planned),
        over=ends - (begun + meeting.duration),
        coming=len(coming),
    )


def unfit(meeting: Meeting) -> str:
    """Return what does not fit and by how much, in a few words, for before the call starts; nothing where all does."""
    found = misfits(meeting.items, meeting.agenda, meeting.duration, meeting.planned)
    return ", ".join(
        f"{one.title} {clock(one.by)} more than it has"
        if one.title
        else f"planned {clock(one.by)} more than the {clock(meeting.duration)} of the call"
        for one in found
    )


def recovery(pace: Pace, budget_average: float) -> str:
    """Return what it takes to end on time, in a few words; nothing where the call will, or nearly.

    Cutting is proposed as long as it leaves each coming item half of what it has, parking beyond that.
    """
    if pace.over <= AT_EASE or not pace.coming:
        return ""
    cut = pace.over / pace.coming
    park = (
        min(pace.coming, max(1, round(pace.over / budget_average + 0.49))) if budget_average else pace.coming
    )
    parking = f"park {_NUMBERS[park] if park < len(_NUMBERS) else park}"
    if cut > budget_average / 2:
        return parking
    step = -(-int(cut + 0.999) // 5) * 5
    return f"−{step} s each, or {parking}"
