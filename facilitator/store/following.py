"""A call that somebody else chairs on this machine, as its journal tells: to be looked at, not to be changed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from facilitator.core import codec
from facilitator.core.events import Event
from facilitator.core.fold import CannotUndo, apply
from facilitator.core.meeting import Meeting, opened
from facilitator.store import directories, minutes_file, replay, resuming
from facilitator.store.call import Call
from facilitator.store.disk import Fault, read_all
from facilitator.store.disk import opened as opened_file
from facilitator.store.lock import holder
from facilitator.store.minutes_file import MissingMinutes
from facilitator.store.replay import FutureJournal, Replay
from facilitator.store.session import Session
from facilitator.system.clock import Clock


class OnlyLooking(CannotUndo):
    """A change to a call that somebody else chairs. Nothing was changed."""


class Followed(Session):
    """A session that takes no change: ``refresh`` brings it to where the call is."""

    def __init__(self, call: Call, clock: Clock) -> None:
        """Look at the call as it stands; nothing is locked or written."""
        self.clock = clock
        self.resumed = None
        self.refusals = ()
        self.deliver = lambda outcome: None
        self.pid: int | None = None
        """Who chairs the call; None where nobody does, 0 where it is not known who."""
        self._call = call
        self._file: Path | None = None
        self._seen: tuple[int, int, int] | None = None
        self._read = 0
        self.meeting = self._begun(None)
        self.refresh()

    @property
    def path(self) -> Path:
        """Where the minutes are."""
        return self._call.path

    @property
    def troubles(self) -> tuple[str, ...]:
        """Why there is nothing more to see; empty while the call goes on."""
        if self.pid is None:
            return (
                "Nobody chairs this call now: leave, and the command without follow opens it",
                *self.refusals,
            )
        return self.refusals

    @property
    def question(self) -> None:
        """Nobody is asked here."""
        return None

    @property
    def standing(self) -> str:
        """Say who chairs the call."""
        if self.pid is None:
            return "nobody chairs this call now"
        return f"you look on; facilitator {self.pid or 'of yours'} chairs this call"

    def record(self, event: Event) -> Meeting:
        """Refuse it.

        Raises:
            OnlyLooking: always.

        """
        raise OnlyLooking(self.standing)

    def see(self, *items: str) -> None:
        """Note nothing: what the chair has looked at is the chair's."""

    def refresh(self) -> bool:
        """Take in what has happened since; return whether anything has."""
        before = self.meeting, self.pid, self.refusals
        try:
            self._find()
            self._read_more()
        except (Fault, FutureJournal, OSError, ValueError) as error:
            self.refusals = (str(error),)
        else:
            self.refusals = ()
        return before != (self.meeting, self.pid, self.refusals)

    def close(self) -> bool:
        """Let go of nothing."""
        return True

    def _find(self) -> None:
        """Find who holds the lock, and the journal beside it; the longer one, where a copy of it goes on elsewhere."""
        held = {place.path: holder(place.path, self.path) for place in directories.places(self.path)}
        self.pid = next((pid for pid in held.values() if pid is not None), None)
        if self.pid is not None:
            files = [replay.journal_path(path, self.path) for path, pid in held.items() if pid == self.pid]
            self._file = max(files, key=_size)

    def _read_more(self) -> None:
        """Read what the journal holds beyond what was read; all of it where it is another file now."""
        if self._file is None:
            return
        try:
            found = os.stat(self._file, follow_symlinks=False)
        except FileNotFoundError:
            return  # adjourned: what was seen last is what there is to see
        seen = found.st_ino, found.st_size, found.st_mtime_ns
        if seen == self._seen:
            return
        if (
            self._seen is None
            or self._seen[0] != found.st_ino
            or found.st_size < self._read
            or not self._read
        ):
            self._read_anew(self._file)
        else:
            self._read_on(self._file)
        self._seen = seen

    def _read_anew(self, journal: Path) -> None:
        found = replay.read(journal)
        if found is None or found.header is None:
            return
        if any("event" in record for record in found.records):
            self.meeting = resuming.fold(found)[0]
            resuming.set_clock(self.clock, found)
            self._read = len(found.good)
        else:
            self.meeting = self._begun(found)

    def _read_on(self, journal: Path) -> None:
        with opened_file(journal, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            os.lseek(fd, self._read, os.SEEK_SET)
            lines = read_all(fd).splitlines(keepends=True)
        for line in lines:
            if not line.endswith(b"\n"):
                break  # its rest is on its way
            record = replay.decode(line[:-1])
            if "event" in record:
                self.meeting = apply(self.meeting, codec.event(record["event"]))
            self._read += len(line)

    def _begun(self, found: Replay | None) -> Meeting:
        """Return the call before anything has happened in it."""
        if found is not None and found.header is not None:
            base = found.header.base
        else:
            try:
                base = minutes_file.read(self.path).content
            except MissingMinutes:
                base = self._call.new_minutes()
        return opened(base, self._call.agenda, self._call.date, self._call.duration)


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return -1
