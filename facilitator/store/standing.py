"""What does not work now: kept until it works again, told when it begins, changes and ends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitator.store.outcomes import Failed, Failure, Healed, Outcome, Room

if TYPE_CHECKING:
    from facilitator.store.disk import Fault

_FIRST_RETRY = 0.5
_LAST_RETRY = 8.0
"""Seconds between tries: the first pause, doubled after each, and where doubling ends."""


class Standing:
    """The failures that stand.

    May be used from any thread, and without a lock: a signal's handler that waits for the storage thread must
    not have interrupted its own thread while that holds one. Each step is one operation on a dictionary; two
    threads that fail in the same room at once may at worst both tell it.
    """

    def __init__(self, deliver: Callable[[Outcome], object]) -> None:
        """``deliver`` is given what begins, changes and ends."""
        self._deliver = deliver
        self._failures: dict[Room, Failure] = {}
        self._tries: dict[Room, int] = {}

    def __contains__(self, room: Room) -> bool:
        return room in self._failures

    def all(self) -> tuple[Failure, ...]:
        """List what stands, the longest standing first."""
        return tuple(sorted(self._failures.values(), key=lambda failure: failure.since))

    def fail(self, room: Room, error: Fault, now: float, *, tried: bool = False) -> float:
        """Let a failure stand, and say in how many seconds to try again; ``tried`` if this was such a try."""
        before = self._failures.get(room)
        failure = Failure(room, error, before.since if before else now)
        self._failures[room] = failure
        tries = self._tries[room] = self._tries.get(room, 0) + tried
        if before is None or str(before.error) != str(error):
            self.tell(Failed(failure))
        return min(_LAST_RETRY, _FIRST_RETRY * 2.0 ** max(0, tries - 1))

    def heal(self, room: Room) -> None:
        """Let a failure be over, if one stood."""
        self._tries.pop(room, None)
        healed = self._failures.pop(room, None)
        if healed is not None:
            self.tell(Healed(room))

    def tell(self, outcome: Outcome) -> None:
        """Pass on any outcome."""
        with contextlib.suppress(RuntimeError):  # the screen's loop is closed already: nobody is left to tell
            self._deliver(outcome)
