"""Opening a call, or taking it up where it was left: what has to be known before anything is shown.

Nothing is written here but the lock, so that this is all a start waits for; ``session.Session`` does the rest.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from facilitator.core.meeting import Meeting, opened
from facilitator.store import directories, minutes_file, replay, saving
from facilitator.store.call import Call
from facilitator.store.lock import Lock, Locked
from facilitator.store.minutes_file import MinutesError, MissingMinutes, Snapshot
from facilitator.store.replay import FutureJournal, Replay
from facilitator.system.clock import Clock


class CannotOpen(Exception):
    """A call that can't be opened here and now; one line that says why and what to do."""


class InUse(CannotOpen):
    """Another facilitator of this user has it open; that call can be followed. ``pid`` is 0 where it is not known."""

    def __init__(self, locked: Locked) -> None:
        """Name who has it open."""
        super().__init__(str(locked))
        self.pid = locked.pid


@dataclass(frozen=True, slots=True)
class Left:
    """A call that was left or cut off, as its journal has it."""

    replay: Replay
    known: tuple[bytes, ...]
    """The texts of the minutes that may be on the disk, oldest first: the first one, and those announced since."""
    certain: int
    """How many of them, the first ones, stood there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open call before anything has happened in it, or as it was left. The lock is held."""

    call: Call
    clock: Clock
    meeting: Meeting
    minutes: Snapshot | None
    """What stands on the disk; None where there is no file yet."""
    directory: Path | None
    """Where its journal is, or is to be; None where no directory will do and it is kept in memory."""
    lock: Lock | None
    left: Left | None
    refusals: tuple[str, ...]
    """Why the journal is not where it should be; the chair is told."""

    @property
    def title(self) -> str:
        """What the call is called."""
        return self.meeting.title or self.call.title


def open_call(call: Call, clock: Clock) -> Opened:
    """Lock a call's minutes and read what there is of it.

    Raises:
        InUse: where another facilitator has it open.
        CannotOpen: where a newer one wrote its journal.
        MinutesError: where the minutes can't be read.

    """
    try:
        settled = directories.settle(call.path, lambda directory: _look(directory, call.path))
    except Locked as locked:
        raise InUse(locked) from None
    except FutureJournal as error:
        raise CannotOpen(str(error)) from None
    directory, lock, found = settled.opened or (None, None, None)
    try:
        if found is not None or settled.refusals:
            from facilitator.store.spare import Spares  # a call without a journal has no need of it

            found = Spares.beside(directory, call.path).newest(found or _nothing(directory, call.path))
        call, minutes = _minutes(call, directory, found)
        state, left = _resumed(found, clock, minutes) if found else (None, None)
        if state is None:
            base = minutes.content if minutes else call.new_minutes()
            state = opened(base, call.agenda, call.date, call.duration)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Opened(call, clock, state, minutes, directory, lock, left, directories.said(settled))


def _look(directory: Path, minutes: Path) -> tuple[Path, Lock, Replay | None]:
    """Lock the minutes in a directory for journals, and read what is left there of them."""
    lock = Lock.take(directory, minutes)
    try:
        return directory, lock, replay.read(replay.journal_path(directory, minutes))
    except BaseException:
        lock.release()
        raise


def _nothing(directory: Path | None, minutes: Path) -> Replay:
    """Return what is read where there is no journal: one may be left in a place that takes nothing any more."""
    return Replay(replay.journal_path(directory or Path(), minutes), None, (), "", b"", b"")


def _minutes(call: Call, directory: Path | None, found: Replay | None) -> tuple[Call, Snapshot | None]:
    """Read the minutes, those of a call that was saved elsewhere there; return the call as it goes on."""
    if found is not None and found.records:
        from facilitator.store import elsewhere  # a call without a journal has no need of it

        path = elsewhere.left_at(found)
        if path is not None:
            with suppress(MinutesError):  # what is there no more is told by who looks for it at the old place
                saving.tidy(path, directory)
                return call._replace(path=path), _read(path)
    saving.tidy(call.path, directory)
    return call, _read(call.path)


def _read(path: Path) -> Snapshot | None:
    try:
        return minutes_file.read(path)
    except MissingMinutes:
        return None


def _resumed(found: Replay, clock: Clock, minutes: Snapshot | None) -> tuple[Meeting | None, Left | None]:
    """Return the call a journal leads to, and set the clock going on from it; nothing where it is not to be resumed."""
    if found.header is None or not found.records or replay.OVER in found.records[-1]:
        return None, None
    from facilitator.store import resuming  # a call without a journal has no need of it

    try:
        state, known, certain = resuming.fold(found)
    except resuming.NotThisVersion as error:
        raise CannotOpen(f"{found.path}: {error}") from None
    written = minutes is not None and minutes.content == state.document.source
    if not state.begun or (state.adjourned_at is not None and written):
        return None, None
    resuming.set_clock(clock, found)
    return state, Left(found, known, certain)
