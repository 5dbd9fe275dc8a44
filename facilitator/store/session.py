"""An open call: its state, its journal and its minutes file. ``record`` is the one door for change.

An event is taken into a new state first (what can't be is refused there, with nothing written), then appended to the
journal, and only then becomes the state that is shown; the minutes are saved behind it by the storage thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from facilitator.core.events import CallOpened, Drafted, Event
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting
from facilitator.store import replay, resuming
from facilitator.store.journal import Journal
from facilitator.store.minutes_file import Fingerprint, Snapshot
from facilitator.store.opening import Opened
from facilitator.store.outcomes import Outcome
from facilitator.store.replay import Header, JournalError
from facilitator.store.storage import Storage

FLUSH_SECONDS = 10.0
"""How long leaving waits for a slow disk."""

_NEVER_SEEN = Fingerprint(0, 0, 0, 0, 0)
"""Of a text that stood on the disk once: whatever stands there now is another file."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was brought back from the journal of a call that was left or cut off."""

    entries: int
    since: float
    """The moment the call was opened."""
    damage: str
    """Why reading stopped early, and where the rest is kept; empty where it did not."""


class Session:
    """One open call; every change goes through ``record``, ``close`` lets it go."""

    def __init__(self, opened: Opened) -> None:
        """Go on with what was opened: begin its journal, or append to the one that was left."""
        self.clock = opened.clock
        self.title = opened.title
        self.meeting = opened.meeting
        self.resumed: Resumed | None = None
        self.refusals = opened.refusals
        """Why the journal is not where it should be; the chair is told."""
        self.deliver: Callable[[Outcome], object] = lambda outcome: None
        """Given each outcome of the storage thread, on that thread."""
        call = opened.call
        self._opening: CallOpened | None = None
        if opened.left is None:
            self._opening = CallOpened(self.clock.now(), call.date, call.duration, call.agenda)
        self.storage = self._storage(opened)

    @property
    def path(self) -> Path:
        """Where the minutes are."""
        return self.storage.minutes

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
        after = apply(self.meeting, event)
        if self._opening is not None:  # a call of which nothing is recorded leaves nothing
            opening, self._opening = self._opening, None
            self.storage.append(resuming.record(opening, self.clock))
        self.storage.append(resuming.record(event, self.clock), draft=isinstance(event, Drafted))
        changed = after.document is not self.meeting.document
        self.meeting = after
        started = after.timeline or after.adjourned_at is not None
        if changed or (started and self.storage.last is None):
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
        if clean and (self.meeting.adjourned_at is not None or not self.meeting.begun):
            try:
                self.storage.journal.remove()
            except JournalError as error:
                self.refusals = (*self.refusals, str(error))
                return False
        else:
            self.storage.journal.close()
        return clean

    def _storage(self, opened: Opened) -> Storage:
        disk = opened.minutes
        left = opened.left
        strange = left is not None and disk is not None and disk.content not in left.known
        if left is not None and strange:
            disk = Snapshot(left.known[-1], _NEVER_SEEN)
        storage = Storage(
            self._journal(opened),
            opened.call.path,
            disk,
            now=self.clock.now,
            deliver=lambda outcome: self.deliver(outcome),
            copies=opened.directory,
        )
        if strange:
            storage.look()
        elif left is not None and (disk is None or disk.content != self.meeting.document.source):
            storage.save(self.meeting.document.source)
        return storage

    def _journal(self, opened: Opened) -> Journal:
        """Resume the journal or begin one; where the system refuses, keep it in memory and say so."""
        left = opened.left
        header = Header(
            path=os.path.realpath(opened.call.path),
            base=self.meeting.document.source,
            pid=os.getpid(),
            boot_id=self.clock.boot_id(),
            wall=self.clock.now(),
            boot=self.clock.boot(),
        )
        if opened.directory is None:
            return Journal.in_memory(header)
        try:
            if left is None:
                return Journal.create(
                    replay.journal_path(opened.directory, opened.call.path), header, opened.lock
                )
            journal = Journal.resume(left.replay, opened.lock)
        except JournalError as error:
            self.refusals = (*self.refusals, str(error))
            return Journal.in_memory(header)
        assert left.replay.header is not None
        aside = f", the rest is in {journal.kept_aside}" if journal.kept_aside else ""
        damage = f"{left.replay.damage}{aside}" if left.replay.damage else ""
        self.resumed = Resumed(len(self.meeting.captured), left.replay.header.wall, damage)
        return journal
