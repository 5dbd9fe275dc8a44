"""The floor of an item: its open motion with objections and votes, and who waits to speak.

What is open stands in the minutes: the last motion under the item that has no outcome yet, whoever wrote it. What was
said to it and not recorded (objections, votes) is kept in ``Steering``, so that undo puts it back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import directives, events, placing, roll_call
from .directives import Directive
from .events import Event
from .history import Captured, Steering
from .motions import OpenMotion, proposed_verdict
from .record import Entry, Motion, Outcome, Verdict, text_of
from .speakers import Speakers

if TYPE_CHECKING:
    from .meeting import Meeting

_NAMES: dict[type, str] = {
    directives.RaiseHand: "hand up",
    directives.LowerHand: "hand down",
    directives.CallVote: "call for a vote",
    directives.CastVote: "vote",
    directives.CastVotes: "votes",
    directives.CountVotes: "count of votes",
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


@dataclass(frozen=True, slots=True)
class Standing:
    """How an open motion stands at a moment."""

    motion: OpenMotion
    verdict: Verdict
    """What its outcome would be now."""
    left: int | None
    """Seconds left to object in; None where nothing is counted down, or nothing any more."""
    quorate: bool
    """Whether as many leads are present as the agenda asks for; also where nobody was called."""

    @property
    def silent(self) -> bool:
        """Whether nobody has objected or voted, nor is asked to."""
        return not (self.motion.objections or self.motion.tally or self.motion.called)


def standing(meeting: Meeting, key: str, now: float) -> Standing | None:
    """Return how the item's open motion stands; None where none is open.

    Under lazy consensus it is approved when the time to object is over; an objection or a vote ends the countdown.
    """
    motion = open_motion(meeting, key)
    if motion is None:
        return None
    quorate = roll_call.quorum(meeting) is None or roll_call.quorate(meeting)
    verdict = proposed_verdict(motion.tally, len(motion.objections))
    found = Standing(motion, verdict, None, quorate)
    given = meeting.agenda.objections if meeting.agenda else None
    if given is None or motion.put is None or not found.silent:
        return found
    return replace(found, left=max(0, math.ceil(motion.put + given - now)))


def doubts(meeting: Meeting, key: str, verdict: Verdict) -> str:
    """Say what speaks against ending the item's open motion so: the count, an objection, the quorum; else nothing."""
    found = standing(meeting, key, 0.0)
    if found is None or verdict not in ("Approved", "Rejected"):
        return ""
    said = []
    if verdict != found.verdict and found.motion.tally:
        said.append("against the count")
    elif verdict != found.verdict and found.motion.objections:
        said.append("over an objection")
    if not found.quorate:
        said.append("without quorum")
    return ", ".join(said)


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
    before: Meeting, after: Meeting, key: str, entries: Sequence[Entry], lost: Iterable[Captured], at: float
) -> Steering:
    """Return what is steered once motions and outcomes stand in the minutes, from the moment ``at``.

    An outcome ends the ballot on its motion. A motion written anew, here or elsewhere (``lost`` holds it as it was),
    keeps its ballot; another one of the same words begins with none.
    """
    ballots = dict(before.steering.ballots)
    for entry in entries:
        if isinstance(entry, Outcome) and (closed := open_motion(before, key)):
            ballots.pop((key, closed.motion.text), None)
        if isinstance(entry, Motion) and entry.outcome is None:
            kept = [ballots.pop((old.item, text_of(old.entry)), None) for old in lost]
            found = next(filter(None, kept), None)
            ballots[key, entry.text] = replace(found, motion=entry) if found else OpenMotion(entry, put=at)
    return replace(after.steering, ballots=ballots)
