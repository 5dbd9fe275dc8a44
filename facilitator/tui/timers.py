"""Timers that fire once, and do: textual drops one whose time is over before its task has looked at the clock.

On a busy machine that is a matter of milliseconds. The timer that hands a new size of the terminal to the screen is
such a one, and so is the one that lets the clock tick; both would be waited for for ever.
"""

from __future__ import annotations

from textual.message_pump import MessagePump
from textual.timer import Timer, TimerCallback


class FiresTimers(MessagePump):
    """For an app or a screen: a late timer fires late."""

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Make a function call after ``delay`` seconds, or as soon after that as can be."""
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # its task has not begun, and there is no public name
        return timer
