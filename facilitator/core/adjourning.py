"""Whether the chair means to end the call: there is no way back from adjourning, and Enter is soon pressed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import floor, pacing, repairs
from .meeting import Meeting

EARLY = 0.25
"""Share of a call's time before which hardly any call is over."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the chair did since the wrap-up was shown, at the moment ``since``."""

    since: float
    strayed: bool = False
    """Whether keys were pressed that mean nothing there, as by somebody who thinks to write a note."""
    pressed: float | None = None
    """When the chair was last told that one more Enter adjourns; None where that was not yet, or keys came after it."""

    def stray(self) -> Asked:
        """Return this after a key that means nothing there."""
        return replace(self, strayed=True, pressed=None)

    def adjourns(self, meeting: Meeting, now: float) -> bool:
        """Say whether Enter ends the call now: the first time where nothing speaks against it, else the second time.

        Two that come at once are one press.
        """
        if self.pressed is not None:
            return now - self.pressed >= repairs.TOO_SOON / 2
        hasty = self.strayed or now - self.since < repairs.TOO_SOON
        return not (hasty or early(meeting, now) or unfinished(meeting))

    def told(self, now: float) -> Asked:
        """Return this after an Enter that did not end the call."""
        return self if self.pressed is not None else replace(self, pressed=now)


def early(meeting: Meeting, now: float) -> str:
    """Say how little of its time a call has had, where that is too little to be over; else nothing."""
    if not meeting.timeline:
        return "The call has not begun"
    elapsed, duration = pacing.pace(meeting, now).elapsed, meeting.duration
    return (
        f"Only {pacing.clock(elapsed)} of {pacing.clock(duration)} has passed"
        if elapsed < EARLY * duration
        else ""
    )


def unfinished(meeting: Meeting) -> list[str]:
    """Return what adjourning would leave open, a line each: motions without outcome, people who wait to speak."""
    left = []
    for item in meeting.items:
        motion = floor.open_motion(meeting, item.key)
        if motion is not None:
            left.append(f"A motion is open in {item.title}: {motion.motion.text}")
    waiting = [hand.name for hand in meeting.steering.hands]
    if waiting:
        left.append(f"{', '.join(waiting)} {'waits' if len(waiting) == 1 else 'wait'} to speak")
    return left
