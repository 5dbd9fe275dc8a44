"""A clock that no step of the wall clock moves, and that counts the time the machine slept.

A call is timed by the seconds since boot (``CLOCK_BOOTTIME``), which run on through a suspend and know
nothing of NTP, time zones or daylight saving. They mean nothing on paper, so they are anchored once to the
wall clock; from then on the wall clock is only shown, never believed.
"""

from __future__ import annotations

import time
from typing import Literal, Protocol

Belief = Literal["wall", "boottime", "journal"]
"""What the clock's anchor rests on.

``wall``: the wall clock, read when the clock was made or after a reboot. ``boottime``: the seconds since
boot, counted on from what the journal holds. ``journal``: the journal's own last moment, because the wall
clock stood before it and nothing else was known.
"""

NOTICEABLE = 2.0
"""Seconds of sleep, or between two clocks, below which nobody is told."""


class Clock(Protocol):
    """What the rest of the program asks the time."""

    def now(self) -> float:
        """Seconds since the epoch (UTC): steady, for everything that is reckoned or recorded."""

    def wall(self) -> float:
        """Seconds since the epoch as the machine's wall clock has them, for showing only."""

    def boot(self) -> float:
        """Seconds since the machine was started, time asleep included."""

    def boot_id(self) -> str:
        """Name this start of the machine; empty where the system gives none."""

    def suspended(self) -> float:
        """Seconds the machine has slept since it was started; 0 where the system does not tell."""

    def stepped(self) -> float:
        """Seconds by which the wall clock is ahead of ``now``: what it was stepped by."""

    @property
    def belief(self) -> Belief:
        """What ``now`` rests on."""

    def resume(self, wall: float, boot: float, boot_id: str) -> Belief:
        """Go on from a moment ``wall`` recorded when the machine was up for ``boot`` seconds."""


class Jumps:
    """Notices that the machine slept, or that its wall clock was set, by comparing the clocks from time to time."""

    def __init__(self, clock: Clock) -> None:
        """Begin with the clocks as they stand."""
        self._clock = clock
        self._slept, self._stepped = clock.suspended(), clock.stepped()

    def since(self) -> tuple[float, float]:
        """Return the seconds slept, and those the wall clock was set ahead by, since they were last noticed.

        Both are 0 where neither is worth a word; a wall clock that drifts is noticed when it has come that far.
        """
        slept, stepped = self._clock.suspended(), self._clock.stepped()
        jump = slept - self._slept, stepped - self._stepped
        if max(map(abs, jump)) < NOTICEABLE:
            return 0.0, 0.0
        self._slept, self._stepped = slept, stepped
        return jump


class SteadyClock:
    """The reckoning that real and manual clocks share; subclasses read the underlying clocks."""

    def __init__(self) -> None:
        """Anchor the seconds since boot to the wall clock as it stands."""
        self._anchor(self.wall(), "wall")

    @property
    def belief(self) -> Belief:
        """What the present anchor rests on."""
        return self._belief

    def wall(self) -> float:
        """Seconds since the epoch by the wall clock."""
        raise NotImplementedError

    def boot(self) -> float:
        """Seconds since the machine was started, time asleep included."""
        raise NotImplementedError

    def boot_id(self) -> str:
        """Name this start of the machine; empty where the system gives none."""
        raise NotImplementedError

    def suspended(self) -> float:
        """Seconds the machine has slept since it was started."""
        raise NotImplementedError

    def now(self) -> float:
        """Seconds since the epoch (UTC), steady."""
        return self._moment + (self.boot() - self._boot)

    def stepped(self) -> float:
        """Seconds by which the wall clock is ahead of the steady one: what it was stepped by."""
        return self.wall() - self.now()

    def resume(self, wall: float, boot: float, boot_id: str) -> Belief:
        """Go on from the moment ``wall``, recorded ``boot`` seconds after the start named ``boot_id``.

        In the same start of the machine the seconds since boot are believed, whatever the wall clock says
        now. After a reboot only the wall clock is left, and it is taken unless it stands before a moment
        already recorded: time in a journal never runs backwards.
        """
        if boot_id and boot_id == self.boot_id() and self.boot() >= boot:
            belief = self._anchor(wall + (self.boot() - boot), "boottime")
        elif self.wall() >= wall:
            belief = self._anchor(self.wall(), "wall")
        else:
            belief = self._anchor(wall, "journal")
        return belief

    def _anchor(self, moment: float, belief: Belief) -> Belief:
        self._moment = moment
        self._boot = self.boot()
        self._belief = belief
        return belief


class SystemClock(SteadyClock):
    """The machine's clocks.

    Linux has ``CLOCK_BOOTTIME``; elsewhere ``CLOCK_MONOTONIC`` is the nearest (on macOS it counts sleep too).
    """

    def __init__(self) -> None:
        self._boot_clock = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", 0))
        self._awake_clock = getattr(time, "CLOCK_UPTIME_RAW", getattr(time, "CLOCK_MONOTONIC", 0))
        self._boot_id = _boot_id()
        super().__init__()

    def wall(self) -> float:
        """Seconds since the epoch by the wall clock."""
        return time.time()

    def boot(self) -> float:
        """Seconds since the machine was started, time asleep included."""
        return time.clock_gettime(self._boot_clock)

    def boot_id(self) -> str:
        """Name this start of the machine; empty where the system gives none."""
        return self._boot_id

    def suspended(self) -> float:
        """Seconds the machine has slept since it was started."""
        return max(0.0, self.boot() - time.clock_gettime(self._awake_clock))


class ManualClock(SteadyClock):
    """A clock that moves only when told to, for tests and the demonstration of a call."""

    def __init__(self, wall: float = 1_536_082_200.0, boot: float = 5_000.0, boot_id: str = "boot-1") -> None:
        """Stand at ``wall`` (by default 2018-09-04 17:30 UTC), ``boot`` seconds after the start."""
        self._wall, self._uptime, self._name, self._slept = wall, boot, boot_id, 0.0
        super().__init__()

    def wall(self) -> float:
        """Seconds since the epoch, as they were left."""
        return self._wall

    def boot(self) -> float:
        """Seconds since boot, as they were left."""
        return self._uptime

    def boot_id(self) -> str:
        """Name this start of the machine."""
        return self._name

    def suspended(self) -> float:
        """Seconds slept so far."""
        return self._slept

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` go by."""
        self._wall += seconds
        self._uptime += seconds

    def step_wall(self, seconds: float) -> None:
        """Set the wall clock ahead (or back, where negative), as NTP does."""
        self._wall += seconds

    def suspend(self, seconds: float) -> None:
        """Close the lid for ``seconds``."""
        self.advance(seconds)
        self._slept += seconds

    def reboot(self, boot_id: str, boot: float = 30.0) -> None:
        """Start the machine anew: another name, and the seconds since boot begin again.

        What was anchored before is worthless then, as in a new process; ``resume`` mends it.
        """
        self._name, self._uptime, self._slept = boot_id, boot, 0.0
        self._anchor(self._wall, "wall")


def _boot_id() -> str:
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""
