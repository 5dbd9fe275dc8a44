"""Time as arithmetic: what each item was given, how the call stands, and when it will end.

Pure functions of state and moment. All figures are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import timeline
from .agenda import Agenda, Section
from .items import Item

if TYPE_CHECKING:
    from .meeting import Meeting

Plan = Mapping[str, int]
"""The timebox of each item, by its key."""

WARNING_SHARE = 0.8
"""The part of a budget after which its clock warns."""

QUIET_WEIGHT = 10
"""A project with nothing written still takes a breath: it counts as if it had this many words."""

FULL_WEIGHT = 150
"""Words beyond this number earn no more time: long texts are read, not read out."""

BASE_WEIGHT = 30
"""What any text is worth beside its length: saying a name and taking the floor costs the same for all."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the call stands at a moment; ``late`` is negative where it is ahead of its plan."""

    elapsed: float
    """Since the call was started, pauses included: they do not move the hard stop."""
    ends: float
    """The moment at which it will end if every coming item takes its budget."""
    late: float
    """By how much that is later than planned."""
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


def plan(items: Sequence[Item], agenda: Agenda | None, duration: int) -> Plan:
    """Return the timebox of every item.

    What has a timebox takes it: in the agenda, or in its own heading. A group shares its total. Whatever of the
    duration is left is shared evenly by the items nobody gave a time.
    """
    sections = {section.title: section for section in agenda.sections} if agenda else {}
    planned: dict[str, int] = {}
    for title, members in _groups(items).items():
        if title in sections:
            planned.update(_section_plan(sections[title], members))
    for item in items:
        if item.timebox is not None:
            planned[item.key] = item.timebox
    rest = [item for item in items if item.key not in planned]
    planned.update(_share(max(0, duration - sum(planned.values())), [(item.key, 1) for item in rest]))
    return planned


def _groups(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the items by the section of the agenda they stand for or under."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group or item.title, []).append(item)
    return groups


def _section_plan(section: Section, members: list[Item]) -> Plan:
    """Return what the agenda gives the items of one of its sections; nothing where it gives no time."""
    if section.each is not None:
        return {item.key: section.each for item in members}
    total = section.total if section.projects else section.time
    if total is None:
        return {}
    by_words = bool(section.projects) and section.weigh != "equally"
    return _share(total, [(item.key, _weight(item) if by_words else 1) for item in members])


def _weight(item: Item) -> int:
    return BASE_WEIGHT + min(item.words, FULL_WEIGHT) if item.words else QUIET_WEIGHT


def _share(total: int, weights: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Return whole seconds by key, as the weights have it, adding up to ``total`` exactly."""
    shared: dict[str, int] = {}
    rest, left = total, sum(weight for _, weight in weights)
    for key, weight in weights:
        shared[key] = round(rest * weight / left)
        rest -= shared[key]
        left -= weight
    return shared


def item_clock(meeting: Meeting, key: str, now: float) -> ItemClock:
    """Return what the item has had of its budget at ``now``."""
    return ItemClock(timeline.spent(meeting.timeline, now).get(key, 0.0), meeting.budget(key))


def pace(meeting: Meeting, now: float) -> Pace:
    """Return how the call stands at ``now``; before it starts, as if it started then."""
    started = meeting.started_at
    begun = now if started is None else started
    end = now if meeting.adjourned_at is None else meeting.adjourned_at
    spent = timeline.spent(meeting.timeline, end)
    coming = [
        item.key for item in meeting.items[meeting.index(meeting.current) + 1 :] if item.key not in spent
    ]
    ahead = sum(meeting.budget(key) for key in coming)
    here = max(0.0, meeting.budget(meeting.current) - spent.get(meeting.current, 0.0))
    ends = end if meeting.adjourned_at is not None else end + here + ahead
    planned = sum(meeting.planned.get(item.key, 0) for item in meeting.items)
    return Pace(
        elapsed=end - begun,
        ends=ends,
        late=ends - (begun + planned),
        over=ends - (begun + meeting.duration),
        coming=len(coming),
    )


def recovery(pace: Pace, budget_average: float) -> str:
    """Return what it takes to end on time, in a few words; nothing where the call will.

    Cutting is proposed as long as it leaves each coming item half of what it has, parking beyond that.
    """
    if pace.over < 1 or not pace.coming:
        return ""
    cut = pace.over / pace.coming
    park = (
        min(pace.coming, max(1, round(pace.over / budget_average + 0.49))) if budget_average else pace.coming
    )
    parking = f"park {park}"
    if cut > budget_average / 2:
        return parking
    step = -(-int(cut + 0.999) // 5) * 5
    return f"−{step} s each, or {parking}"
