"""Who had the time: stored moments, and the arithmetic on them.

A timeline is a tuple of stints, each lasting until the next begins. Nothing here counts ticks; every figure is a
difference of two moments (seconds since the epoch on the call's steady clock).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stint:
    """From ``start`` on the time belongs to ``item``; to nobody where that is empty (a pause, the end)."""

    start: float
    item: str


Timeline = tuple[Stint, ...]


def begin(timeline: Timeline, item: str, at: float) -> Timeline:
    """Return the timeline with the time belonging to ``item`` from ``at`` on.

    A moment before the last stint's start (a clock that was put back) counts as that start.
    """
    if timeline and timeline[-1].item == item:
        return timeline
    return (*timeline, Stint(max(at, timeline[-1].start) if timeline else at, item))


def moved(timeline: Timeline, stint: int, to: float) -> Timeline:
    """Return the timeline with a stint beginning at ``to``, but neither before the one before it nor after the next."""
    if stint:
        to = max(to, timeline[stint - 1].start)
    if stint + 1 < len(timeline):
        to = min(to, timeline[stint + 1].start)
    return (*timeline[:stint], Stint(to, timeline[stint].item), *timeline[stint + 1 :])


def entered(timeline: Timeline) -> int:
    """Return the place of the stint with which the last item that had time began, through its pauses."""
    place = max((at for at, stint in enumerate(timeline) if stint.item), default=0)
    here, began = timeline[place].item, place
    while place and timeline[place - 1].item in ("", here):
        place -= 1
        began = place if timeline[place].item else began
    return began


def stints(timeline: Timeline, now: float) -> list[tuple[str, float]]:
    """Return (item, seconds) per stint, in order, the last one running until ``now``."""
    ends = [stint.start for stint in timeline[1:]]
    if timeline:
        ends.append(max(now, timeline[-1].start))
    return [(stint.item, end - stint.start) for stint, end in zip(timeline, ends, strict=True)]


def spent(timeline: Timeline, now: float) -> dict[str, float]:
    """Return the seconds each item has had until ``now``; those of pauses stand under the empty key."""
    total: dict[str, float] = {}
    for item, seconds in stints(timeline, now):
        total[item] = total.get(item, 0.0) + seconds
    return total
