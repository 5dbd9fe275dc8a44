"""Where a journal is kept as well while its own place refuses it.

The copy lies in the next place that takes one, under the journal's name and with that place's lock held, and goes on
with the call until the journal itself is whole again. A call that was cut off before is in the longer of the two: each
is the beginning of the same lines.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from facilitator.store import aside, directories, replay
from facilitator.store.directories import Place
from facilitator.store.disk import Fault, shown, sync_directory, write_all
from facilitator.store.lock import Lock, Locked, holder
from facilitator.store.replay import FutureJournal, JournalError, Replay

Write = Callable[[Path, Callable[[int], object]], object]


class Spare:
    """An open copy of a journal."""

    failed = False
    """Whether it has refused a line: it goes on no more."""

    def __init__(self, path: Path, fd: int, lock: Lock) -> None:
        """Go on with a file that holds every line so far."""
        self.path = path
        self._fd = fd
        self._lock = lock

    def append(self, line: bytes) -> None:
        """Write a line, unless one before was refused."""
        if not self.failed:
            try:
                write_all(self._fd, line)
            except OSError:
                self.failed = True

    def sync(self) -> bool:
        """Wait until it is on the disk; return whether it is."""
        if not self.failed:
            try:
                os.fsync(self._fd)
                self.failed = not os.path.samestat(os.fstat(self._fd), os.lstat(self.path))
            except OSError:
                self.failed = True
        return not self.failed

    def close(self) -> None:
        """Let it be, to be found when the call goes on."""
        with contextlib.suppress(OSError):
            os.close(self._fd)
        self._lock.release()

    def remove(self) -> None:
        """Remove it: the journal itself holds everything. What can't be removed is the shorter one from now on."""
        with contextlib.suppress(OSError):
            os.unlink(self.path)
            sync_directory(self.path.parent)
        with contextlib.suppress(OSError):
            os.close(self._fd)
        leave(self.path.parent, self._lock)


@dataclass(frozen=True, slots=True)
class Spares:
    """The places that may take a copy of a journal, the best first."""

    minutes: Path
    """Whose journal it is."""
    places: tuple[Place, ...]

    @classmethod
    def beside(cls, directory: Path | None, minutes: Path) -> Spares:
        """Return every place for a journal of these minutes but its own; None where it has none."""
        found = directories.places(minutes)
        return cls(minutes, tuple(place for place in found if place.path != directory))

    def each(self, lines: bytes) -> Iterator[tuple[Path, Lock]]:
        """Give a name for the copy in each place that may be used, locked; who can't have it there leaves the place.

        A copy of another call that nobody went on with is kept aside there.
        """
        for place in self.places:
            try:
                directory = directories.prepare(place.path, parents=place.kind == "state")
                lock = Lock.take(directory, self.minutes)
            except (Fault, Locked):
                continue
            path = replay.journal_path(directory, self.minutes)
            try:
                _clear(path, lines)
            except (Fault, FutureJournal, OSError):
                leave(directory, lock)
                continue
            yield path, lock

    def newest(self, found: Replay) -> Replay:
        """Return what was found, or what a copy holds that goes on from it; nothing goes on in any copy."""
        begun = found.good
        for copy in sorted(self._copies(), key=lambda copy: not copy.good.startswith(begun)):
            if len(copy.records) <= len(found.records):
                continue
            if found.records and not copy.good.startswith(found.good):
                continue
            if found.damage or not copy.damage:  # no line is to follow what stands in the journal's own place
                copy = copy._replace(damage=found.damage, rest=found.rest)
            found = copy._replace(path=found.path)
        return found

    def clear(self, header: bytes) -> None:
        """Remove every copy of the call with this header line: a call that is over must not be found again.

        JournalError where one can't be removed.
        """
        for copy in self._copies():
            if not copy.good.startswith(header):
                continue
            try:
                os.unlink(copy.path)
                sync_directory(copy.path.parent)
            except OSError as error:
                raise JournalError.of(copy.path, error) from error
            with contextlib.suppress(Fault, Locked):
                leave(copy.path.parent, Lock.take(copy.path.parent, self.minutes))

    def _copies(self) -> Iterator[Replay]:
        """Read each copy that nobody has open; one that can't be read is none."""
        for place in self.places:
            with contextlib.suppress(JournalError, FutureJournal):
                copy = replay.read(replay.journal_path(place.path, self.minutes))
                if copy is not None and copy.header is not None and holder(place.path, self.minutes) is None:
                    yield copy


class Copies:
    """The copy of a journal while there is one, and where it may be. ``keep`` is for one thread, as ``append`` is."""

    def __init__(self, spares: Spares | None) -> None:
        """Begin without any; without ``spares`` there never is one."""
        self._spares = spares
        self._open: Spare | None = None

    @property
    def hold(self) -> bool:
        """Whether one holds every record, as far as the system says."""
        spare = self._open
        return spare is not None and not spare.failed

    def append(self, line: bytes) -> None:
        """Write a line to the copy, if there is one."""
        if self._open is not None:
            self._open.append(line)

    def keep(self, fault: JournalError, lines: Sequence[bytes], write: Write) -> JournalError:
        """See to it that a copy is on the disk; return why the journal itself is not, and where the copy is.

        ``write`` writes every line to a new file of a name, and gives that, open, to who is to go on with it.
        """
        spare = self._open
        if spare is not None and not spare.sync():
            self._open = None
            spare.close()
        if self._open is None:
            self._begin(b"".join(lines), write)
        if self._open is None:
            return fault
        advice = f"{fault.advice}; a copy is kept in {shown(self._open.path.parent)}"
        return JournalError(fault.path, fault.reason, advice, fault.code)

    def let_go(self) -> None:
        """Remove the copy: the journal itself holds everything again."""
        spare, self._open = self._open, None
        if spare is not None:
            spare.remove()

    def clear(self, header: bytes) -> None:
        """Remove what earlier copies were left of the call with this header line; JournalError as with ``Spares``."""
        if self._spares is not None:
            self._spares.clear(header)

    def close(self) -> None:
        """Let the copy be, to be found when the call goes on."""
        spare, self._open = self._open, None
        if spare is not None:
            spare.close()

    def _begin(self, lines: bytes, write: Write) -> None:
        for path, lock in self._spares.each(lines) if self._spares is not None else ():

            def taken(fd: int, path: Path = path, lock: Lock = lock) -> None:
                self._open = Spare(path, fd, lock)

            try:
                write(path, taken)
                return
            except OSError:
                spare, self._open = self._open, None
                if spare is not None:
                    spare.remove()
                else:
                    leave(path.parent, lock)


def leave(directory: Path, lock: Lock) -> None:
    """Leave a place where there is no copy, and nothing of it where nothing else is there."""
    lock.release(forget=True)
    with contextlib.suppress(OSError):
        os.rmdir(directory)


def _clear(path: Path, lines: bytes) -> None:
    """Keep aside what stands under the copy's name, unless the lines go on from it."""
    earlier = replay.read(path)
    if earlier is not None and not (earlier.good and lines.startswith(earlier.good)):
        aside.move(path)
