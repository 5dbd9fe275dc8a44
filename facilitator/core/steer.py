"""What an event does to what the chair steers: the clock, the current item, budgets and the running order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from . import adapting, events, pacing, timeline
from .events import Event
from .history import Steering
from .order import Move
from .timeline import Timeline

if TYPE_CHECKING:
    from .meeting import Meeting


def steered(meeting: Meeting, event: Event) -> tuple[str, Steering]:
    """Return what the event is called, and what is steered after it, budgets adapted.

    Raises:
        TypeError: for an event that steers nothing.

    """
    label, after = _steered(meeting, event)
    anew = isinstance(event, events.AdaptingChanged | events.CallStarted | events.BoundaryMoved)
    anew = anew or (isinstance(event, events.ItemEntered) and event.since is not None)
    return label, adapted(meeting, after, event.at, anew=anew)


def adapted(meeting: Meeting, after: Steering, at: float, *, anew: bool = False) -> Steering:
    """Return what is steered with the budgets adapted at a moment; ``anew`` forgets how they were adapted so far.

    A repair adapts anew: what was cut for somebody who seemed to run over was not over. What is pinned stays.
    """
    if not after.timeline:
        return after
    shown: Mapping[str, int] = pacing.budgets(meeting, at)
    if anew:
        shown = {key: seconds for key, seconds in shown.items() if key in meeting.pinned}
    by_hand = {key: after.extra.get(key, 0) - meeting.steering.extra.get(key, 0) for key in shown}
    granted = {key: seconds + by_hand[key] for key, seconds in shown.items()}
    then = replace(meeting, steering=replace(after, granted=granted))
    budgets = adapting.budgets(then, at)
    changed = {key: seconds for key, seconds in budgets.items() if seconds != then.base(key)}
    return replace(after, granted=changed)


def _steered(meeting: Meeting, event: Event) -> tuple[str, Steering]:
    steering, running = meeting.steering, meeting.running
    match event:
        case events.CallStarted(at, since):
            return "start", replace(steering, timeline=timeline.begin((), steering.current, since or at))
        case events.CallPaused(at):
            return "pause", replace(steering, timeline=timeline.begin(steering.timeline, "", at))
        case events.CallResumed(at):
            line = timeline.begin(steering.timeline, steering.current, at)
            return "resume", replace(steering, timeline=line)
        case events.ItemEntered(at, item, since):
            return f"going to {_title(meeting, item)}", _gone(steering, item, since or at, running=running)
        case events.CallAdjourned(at):
            ended = timeline.begin(steering.timeline, "", at) if steering.timeline else ()
            return "adjourning", replace(steering, timeline=ended, adjourned_at=at)
        case events.BoundaryMoved(_, stint, to):
            what = _title(meeting, steering.timeline[stint].item) if stint else "the call"
            return f"start of {what}", replace(
                steering, timeline=timeline.moved(steering.timeline, stint, to)
            )
        case events.Directed(_, item, directive):
            from . import floor  # few calls have need of it

            return floor.name(directive), floor.obeyed(meeting, item, directive)
    return _budgeted(meeting, event) or _ordered(meeting, event)


def _budgeted(meeting: Meeting, event: Event) -> tuple[str, Steering] | None:
    steering = meeting.steering
    match event:
        case events.TimeboxChanged(_, item, seconds, lender):
            sign = "+" if seconds > 0 else "−"
            label = f"{sign}{pacing.clock(abs(seconds))} for {_title(meeting, item)}"
            if lender:
                label += f", from {_title(meeting, lender)}"
            elif seconds > 0 and meeting.timeline and pacing.pace(meeting, event.at).over + seconds > 0:
                label += ", beyond the hard stop"
            return label, _granted(steering, item, seconds, lender)
        case events.BudgetPinned(_, item, pinned):
            turned = frozenset({item}) if pinned != (item in meeting.pinned) else frozenset()
            label = f"{'pin' if pinned else 'unpinning'} of {_title(meeting, item)}"
            return label, replace(steering, repinned=steering.repinned ^ turned)
        case events.AdaptingChanged(_, mode):
            return f"budgets {mode}", replace(steering, adapting=mode)
    return None


def _ordered(meeting: Meeting, event: Event) -> tuple[str, Steering]:
    steering, running = meeting.steering, meeting.running
    match event:
        case events.FloorGiven(at, item, after, lender, seconds):
            given = replace(
                _granted(steering, item, seconds, lender),
                floor=(*steering.floor, item),
                moved=(*steering.moved, Move(item, after)),
            )
            borrowed = f", {pacing.clock(seconds)} from {_title(meeting, lender)}" if lender else ""
            return f"floor for {_title(meeting, item)}{borrowed}", _gone(given, item, at, running=running)
        case events.RollCallConfirmed(at, members, then):
            confirmed = replace(steering, confirmed=(*steering.confirmed, *members))
            return "roll call", _gone(confirmed, then, at, running=running)
        case events.ItemMoved(_, item, after):
            moved = (*steering.moved, Move(item, after))
            return f"move of {_title(meeting, item)}", replace(steering, moved=moved)
        case events.ItemSkipped(at, item, after, then):
            skipped = replace(steering, moved=(*steering.moved, Move(item, after)))
            return f"skipping {_title(meeting, item)}", _gone(skipped, then, at, running=running)
    raise TypeError(f"no meeting knows what to do with {type(event).__name__}")


def parked(meeting: Meeting, event: events.ItemParked) -> Steering:
    """Return what is steered with an item taken off the call; those to come get back what was cut for it."""
    off = replace(meeting.steering, parked=(*meeting.steering.parked, event.item))
    return _gone(off, event.then, event.at, running=meeting.running)


def _gone(steering: Steering, item: str, at: float, *, running: bool) -> Steering:
    """Return what is steered after going to an item; nothing happens where there is none to go to."""
    if not item:
        return steering
    line: Timeline = timeline.begin(steering.timeline, item, at) if running else steering.timeline
    return replace(steering, current=item, timeline=line, hands=())


def _granted(steering: Steering, item: str, seconds: int, lender: str) -> Steering:
    extra = {**steering.extra, item: steering.extra.get(item, 0) + seconds}
    if lender:
        extra[lender] = extra.get(lender, 0) - seconds
    return replace(steering, extra=extra)


def _title(meeting: Meeting, key: str) -> str:
    return meeting.item(key).title
