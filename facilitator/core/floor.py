"""The floor of an item: its open motion with objections and votes, and who waits to speak.

What is open stands in the minutes: the last motion under the item that has no outcome yet, whoever wrote it. What was
said to it and not recorded (objections, votes) is kept in ``Steering``, so that undo puts it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from . import directives, events, placing
from .directives import Directive
from .events import Event
from .history import Captured, Steering
from .motions import OpenMotion
from .record import Entry, Motion, Outcome, text_of
from .speakers import Speakers

if TYPE_CHECKING:
    from .meeting import Meeting

_NAMES: dict[type, str] = {
    directives.RaiseHand: "hand up",
    directives.LowerHand: "hand down",
    directives.CallVote: "call for a vote",
    directives.CastVote: "vote",
    directives.Object: "objection",
}


def name(directive: Directive) -> str:
    """Return what a directive is called, in a word or two."""
    return _NAMES[type(directive)]


def open_motion(meeting: Meeting, key: str) -> OpenMotion | None:
    """Return the item's open motion with what was said to it; None where none is open."""
    found = placing.unsettled(meeting.document, meeting.item(key))
    if found is None:
        return None
    motion = found[1]
    return meeting.steering.ballots.get((key, motion.text)) or OpenMotion(motion)


def left_open(meeting: Meeting, event: Event) -> OpenMotion | None:
    """Return the open motion of the current item that an event would leave behind in a call that goes on."""
    match event:
        case events.ItemEntered() | events.FloorGiven():
            leaves = True
        case (
            events.RollCallConfirmed(then=then) | events.ItemSkipped(then=then) | events.ItemParked(then=then)
        ):
            leaves = bool(then)
        case _:
            leaves = False
    on = bool(meeting.timeline) and meeting.adjourned_at is None
    return open_motion(meeting, meeting.current) if leaves and on else None


def obeyed(meeting: Meeting, key: str, directive: Directive) -> Steering:
    """Return what is steered after a directive; as it was where the directive finds nothing to act on."""
    steering = meeting.steering
    match directive:
        case directives.RaiseHand():
            return replace(steering, hands=Speakers(steering.hands).raised(directive).hands)
        case directives.LowerHand():
            return replace(steering, hands=Speakers(steering.hands).lowered(directive).hands)
    motion = open_motion(meeting, key)
    if motion is None:
        return steering
    motion = motion.after(directive)
    return replace(steering, ballots={**steering.ballots, (key, motion.motion.text): motion})


def recorded(
    before: Meeting, after: Meeting, key: str, entries: Sequence[Entry], lost: Iterable[Captured]
) -> Steering:
    """Return what is steered once motions and outcomes stand in the minutes.

    An outcome ends the ballot on its motion. A motion written anew, here or elsewhere (``lost`` holds it as it was),
    keeps its ballot.
    """
    ballots = dict(before.steering.ballots)
    for entry in entries:
        if isinstance(entry, Outcome) and (closed := open_motion(before, key)):
            ballots.pop((key, closed.motion.text), None)
        if isinstance(entry, Motion):
            for old in lost:
                kept = ballots.pop((old.item, text_of(old.entry)), None)
                if kept:
                    ballots[key, entry.text] = replace(kept, motion=entry)
    return replace(after.steering, ballots=ballots)
