"""What is said of a machine that slept, and of a wall clock that was set."""

from __future__ import annotations

from . import pacing
from .events import ClockJumped


def words(jump: ClockJumped) -> str:
    """Say in a line what happened to the clocks and what became of the timers; nothing where nothing did."""
    said = []
    if jump.slept:
        said.append(f"the machine slept for {pacing.clock(jump.slept)}, which counts")
    if jump.stepped:
        way = "ahead" if jump.stepped > 0 else "back"
        said.append(f"the wall clock was set {way} by {pacing.clock(abs(jump.stepped))}, no timer has moved")
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
