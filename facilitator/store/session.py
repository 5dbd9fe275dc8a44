"""An open call: its state, its journal and its minutes file. ``record`` is the one door for change.

An event is taken into a new state first (what can't be is refused there, with nothing written), then appended to the
journal, and only then becomes the state that is shown; the minutes are saved behind it by the storage thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from facilitator.core import agenda as agendas
from facilitator.core import codec, meeting
from facilitator.core.events import CallOpened, Drafted, Event
from facilitator.core.meeting import Meeting
from facilitator.store import directories, minutes_file, replay
from facilitator.store.call import Call
from facilitator.store.journal import Journal
from facilitator.store.lock import Lock, Locked
from facilitator.store.minutes_file import Fingerprint, MissingMinutes, Snapshot
from facilitator.store.outcomes import Outcome
from facilitator.store.replay import FutureJournal, Header, Record, Replay, content_hash
from facilitator.store.storage import SAVING, Storage
from facilitator.system.clock import Clock

FLUSH_SECONDS = 10.0
"""How long leaving waits for a slow disk."""

_NEVER_SEEN = Fingerprint(0, 0, 0, 0, 0)
"""Of a text that stood on the disk once: whatever stands there now is another file."""


class CannotOpen(Exception):
    """A call that can't be opened here and now; one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was brought back from the journal of a call that was left or cut off."""

    entries: int
    since: float
    """The moment the call was opened."""
    damage: str
    """Why reading stopped early, empty where it did not."""


@dataclass(slots=True)
class _Opened:
    """What a directory for journals gave: the lock, and what was left there of this call."""

    directory: Path
    lock: Lock
    found: Replay | None


class Session:
    """One open call. ``open`` makes it; every change goes through ``record``; ``close`` lets it go."""

    def __init__(
        self, call: Call, clock: Clock, state: Meeting, journal: Journal, disk: Snapshot | None
    ) -> None:
        """Not for callers: see ``open``."""
        self.call = call
        self.clock = clock
        self.meeting = state
        self.resumed: Resumed | None = None
        self.refusals: tuple[str, ...] = ()
        """Why the journal is not where it should be; the chair is told."""
        self.deliver: Callable[[Outcome], object] = lambda outcome: None
        """Given each outcome of the storage thread, on that thread."""
        self.storage = Storage(
            journal,
            call.path,
            disk,
            now=clock.now,
            deliver=lambda outcome: self.deliver(outcome),
            copies=journal.path.parent if journal.path else None,
        )

    @classmethod
    def open(cls, call: Call, clock: Clock) -> Session:
        """Open a call, or take it up where it was left.

        Raises:
            CannotOpen: where another facilitator has it open, or a newer one wrote its journal.
            MinutesError: where the minutes can't be read.

        """
        try:
            settled = directories.settle(call.path, lambda directory: _in(directory, call.path))
        except (Locked, FutureJournal) as error:
            raise CannotOpen(str(error)) from None
        found = settled.opened
        try:
            minutes_file.tidy(call.path, found.directory if found else None)
            disk = _read(call.path)
            session = _resume(call, clock, found, disk) if found and found.found else None
            session = session or _begin(call, clock, found, disk)
        except BaseException:
            if found:
                found.lock.release()
            raise
        session.refusals = tuple(str(refusal) for refusal in settled.refusals)
        return session

    @property
    def path(self) -> Path:
        """Where the minutes are."""
        return self.storage.minutes

    @property
    def title(self) -> str:
        """What the call is called."""
        agenda = self.meeting.agenda
        return agendas.title(agenda, self.meeting.date) if agenda else self.call.title

    @property
    def troubles(self) -> tuple[str, ...]:
        """What does not work now, and what to do about it; shown until it does."""
        standing = [str(failure.error) for failure in self.storage.failures]
        if self.storage.noticed is not None:
            standing.append(f"{self.path}: somebody else has changed it, save elsewhere or merge by hand")
        return (*standing, *self.refusals)

    def record(self, event: Event) -> Meeting:
        """Take an event into the state, journal it, and see to it that what follows is saved.

        Raises:
            CannotUndo: for an undo or redo that is not possible; nothing has happened then.

        """
        after = meeting.apply(self.meeting, event)
        self.storage.append(_record(event, self.clock), draft=isinstance(event, Drafted))
        changed = after.document is not self.meeting.document
        self.meeting = after
        begun = after.timeline or after.adjourned_at is not None
        if changed or (begun and self.storage.last is None):
            self.storage.save(after.document.source)
        return after

    def saved(self) -> str:
        """Say whether the minutes are on the disk, and where; waits a moment for a save under way."""
        clean = self.storage.flush(0.2)
        last = self.storage.last
        if last is None and clean:
            return f"{self.path} is made when the call starts"
        if clean and last is not None and last.content == self.meeting.document.source:
            return f"Saved in {self.path}"
        return f"Not saved yet in {self.path}; everything is in the journal"

    def close(self) -> bool:
        """Wait until all is on the disk and let the call go; an adjourned one leaves no journal behind.

        Returns whether everything is on the disk.
        """
        clean = self.storage.close(FLUSH_SECONDS)
        if clean and (self.meeting.adjourned_at is not None or not _has_begun(self.meeting)):
            self.storage.journal.remove()
        else:
            self.storage.journal.close()
        return clean


def _in(directory: Path, minutes: Path) -> _Opened:
    lock = Lock.take(directory, minutes)
    try:
        return _Opened(directory, lock, replay.read(replay.journal_path(directory, minutes)))
    except BaseException:
        lock.release()
        raise


def _read(path: Path) -> Snapshot | None:
    try:
        return minutes_file.read(path)
    except MissingMinutes:
        return None


def _record(event: Event, clock: Clock) -> Record:
    return {"event": codec.encode(event), "boot": clock.boot(), "boot_id": clock.boot_id()}


def _begin(call: Call, clock: Clock, found: _Opened | None, disk: Snapshot | None) -> Session:
    """Return a session on a call that nothing is left of but, perhaps, its minutes."""
    base = disk.content if disk else call.new_minutes()
    header = Header(
        path=os.path.realpath(call.path),
        base=base,
        pid=os.getpid(),
        boot_id=clock.boot_id(),
        wall=clock.now(),
        boot=clock.boot(),
    )
    if found is None:
        journal = Journal.in_memory(header)
    else:
        journal = Journal.create(replay.journal_path(found.directory, call.path), header, found.lock)
    event = CallOpened(clock.now(), call.date, call.duration, call.agenda)
    session = Session(call, clock, meeting.opened(event, base), journal, disk)
    session.storage.append(_record(event, clock))
    return session


def _resume(call: Call, clock: Clock, found: _Opened, disk: Snapshot | None) -> Session | None:
    """Return a session that goes on where the journal ends; None where nothing of it is to be gone on with."""
    left = found.found
    if left is None or left.header is None or not left.records:
        return None
    state, known = _fold(left)
    ours = state.document.source
    if not _has_begun(state) or (
        state.adjourned_at is not None and disk is not None and disk.content == ours
    ):
        return None
    _believe(clock, left)
    if disk is not None and disk.content not in known:
        disk = Snapshot(known[-1], _NEVER_SEEN)
    session = Session(call, clock, state, Journal.resume(left, found.lock), disk)
    session.resumed = Resumed(len(state.captured), left.header.wall, left.damage)
    if disk is not None and disk.fingerprint == _NEVER_SEEN:
        session.storage.look()
    elif disk is None or disk.content != ours:
        session.storage.save(ours)
    return session


def _has_begun(state: Meeting) -> bool:
    """Say whether anything happened in a call that is worth going on with."""
    return bool(state.timeline or state.done or state.undone or state.draft)


def _fold(left: Replay) -> tuple[Meeting, list[bytes]]:
    """Return the state a journal leads to, and the texts that may be on the disk, in the order they were saved."""
    assert left.header is not None
    known = [left.header.base]
    state: Meeting | None = None
    try:
        for record in left.records:
            if "event" in record:
                state = _after(state, codec.event(record["event"]), left.header.base)
            elif state is not None and record.get(SAVING) == content_hash(state.document.source):
                known.append(state.document.source)
    except codec.UnknownKind as error:
        raise CannotOpen(f"{left.path}: a newer facilitator wrote it ({error}), use that one") from None
    if state is None:
        raise CannotOpen(f"{left.path}: it holds no call, move it away")
    return state, known


def _after(state: Meeting | None, event: Event, base: bytes) -> Meeting:
    if state is not None:
        return meeting.apply(state, event)
    if not isinstance(event, CallOpened):
        raise codec.UnknownKind("it does not begin with a call")
    return meeting.opened(event, base)


def _believe(clock: Clock, left: Replay) -> None:
    """Set the clock going on from the last moment the journal holds."""
    last = next((record for record in reversed(left.records) if "event" in record), None)
    if last is not None:
        clock.resume(float(last["event"]["at"]), float(last["boot"]), str(last["boot_id"]))
