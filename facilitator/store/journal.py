"""Writing the journal: the append-only record of a call, from which everything can be had back.

Appending is one ``write`` and happens before the screen shows the effect; that is enough against a killed
process. Against a power cut there is ``sync``, which may take seconds on a slow disk and belongs on the
storage thread. Every line is kept in memory too: after a failed write or fsync nothing in the old file can be
relied on (the kernel may have dropped what it could not write and call the next fsync a success), so the
whole journal is written to a new file, which then takes the old one's name. Until that succeeds a copy goes on
in another place, if one takes it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from facilitator.store import aside, directories, temporary
from facilitator.store.disk import Fault, create_private, discard, shown, sync_directory, write_all
from facilitator.store.replay import Header, JournalError, Record, Replay, encode, read, reopen
from facilitator.store.spare import Copies

if TYPE_CHECKING:
    from facilitator.store.lock import Lock
    from facilitator.store.spare import Spares

T = TypeVar("T")


class Journal:
    """An open journal. ``append`` and ``sync`` may run on two threads; each of them on one only."""

    path: Path | None
    """Its file; None where it is kept in memory only, because no directory would take it."""

    kept_aside: Path | None = None
    """Where what could not be read of an earlier journal was put; None where there was no such thing."""

    def __init__(
        self, path: Path | None, lines: list[bytes], lock: Lock | None, spares: Spares | None = None
    ) -> None:
        """Not for callers: see ``create``, ``resume`` and ``in_memory``."""
        self.path = path
        self._lines = lines
        self._lock = lock
        self._copies = Copies(spares)
        self._fd = -1
        self._closed = False
        self._size = 0  # bytes that the file is known to hold at least
        self._named = False  # whether the directory is known to hold the file's name durably
        self._fault: JournalError | None = None
        self._torn = False  # whether a write failed, so that nothing may follow in this file
        self._mutex = threading.RLock()

    @classmethod
    def create(
        cls, path: Path, header: Header, lock: Lock | None = None, spares: Spares | None = None
    ) -> Journal:
        """Begin a journal, in place of the one that may be there; ``spares`` may take a copy where it is refused.

        A file there that can't be read as a journal is kept aside first. JournalError where the system
        refuses that; FutureJournal, with nothing touched, where a later version wrote what is there.
        """
        earlier = read(path)
        journal = cls(path, [encode(header.record())], lock, spares)
        try:
            if earlier is not None and earlier.header is None:
                journal.kept_aside = aside.move(path)
        except OSError as error:
            raise JournalError.of(path, error) from error
        journal._begin(durable=False)
        return journal

    @classmethod
    def resume(cls, replay: Replay, lock: Lock | None = None, spares: Spares | None = None) -> Journal:
        """Go on with a journal that was read; what was damaged in it is kept aside, a torn last line dropped.

        ValueError where there is no header to go on from; JournalError where the system refuses to keep aside.
        """
        if replay.header is None:
            raise ValueError(f"{shown(replay.path)}: {replay.damage}")
        journal = cls(replay.path, replay.good.splitlines(keepends=True), lock, spares)
        if not journal._lines[-1].endswith(b"\n"):
            journal._lines[-1] += b"\n"
        try:
            if replay.damage:
                path, rest = replay.path, replay.rest
                journal.kept_aside = aside.save(path, rest) if rest else aside.move(path)
            journal._fd, journal._size = reopen(replay), len(replay.good)
        except OSError as error:
            raise JournalError.of(replay.path, error) from error
        if journal._fd < 0:
            journal._begin(durable=True)
        return journal

    @classmethod
    def in_memory(cls, header: Header) -> Journal:
        """Keep a journal that no crash survives; the chair must be told."""
        return cls(None, [encode(header.record())], None)

    def append(self, record: Record) -> None:
        """Write one record, with one system call, without waiting for the disk.

        The record is kept in any case. JournalError where the file does not hold it; from then on only
        ``sync`` can mend that, and every append until it has says so again.
        """
        line = encode(record)
        with self._mutex:
            self._lines.append(line)
            if self.path is None:
                return
            self._copies.append(line)
            if self._torn and self._fault is not None:
                raise self._fault
            try:
                if os.write(self._fd, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                self._size += len(line)
            except OSError as error:
                self._torn, self._fault = True, JournalError.of(self.path, error)
                raise self._fault from error

    def sync(self) -> None:
        """Wait until every record appended before this call is on the disk; JournalError where it is not.

        A failed fsync is never tried again: the whole journal goes to a new file, now and at every further
        call until one succeeds. Nothing is done in memory or after ``close``.
        """
        if self.path is None or self._closed:
            return
        try:
            if self._fault is None:
                try:
                    self._sync_file(self.path)
                    return
                except OSError as error:
                    self._fault = JournalError.of(self.path, error)
            directories.prepare(self.path.parent)
            self._keep_lock()
            self._rewrite(self.path)
        except (OSError, Fault) as error:
            self._fault = self._copies.keep(_fault(self.path, error), self._lines, self._write_anew)
            raise self._fault from error
        self._copies.let_go()

    @property
    def fault(self) -> JournalError | None:
        """Why its own place does not hold it; None where it does."""
        return self._fault

    @property
    def held(self) -> bool:
        """Whether a file holds every record, as far as the system says: its own, or a copy."""
        return self.path is not None and (self._fault is None or self._copies.hold)

    @property
    def astray(self) -> bool:
        """Whether its file is gone, or shorter than it was, and ``sync`` does not know it yet."""
        if self.path is not None and not self._closed and self._fault is None:
            try:
                self._check(self.path)
            except OSError:
                return True
        return False

    def close(self) -> None:
        """Let the file and the lock go; the call can be resumed."""
        self._close(forget=False)

    def remove(self) -> None:
        """End the journal: the call is adjourned and its minutes are on the disk.

        JournalError where it can't be removed. A copy goes first, for what is left of a call that is over would be
        taken for one to resume; but where the copy holds more, it goes last.
        """
        if self.path is not None:
            if self._fault is None:
                self._copies.clear(self._lines[0])
            self._keep_lock()
            try:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.path)
                sync_directory(self.path.parent)
            except OSError as error:
                raise JournalError.of(self.path, error) from error
            self._copies.let_go()
            self._copies.clear(self._lines[0])
        self._close(forget=True)

    def _close(self, *, forget: bool) -> None:
        self._closed = True
        self._copies.close()
        with self._mutex:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1
        if self._lock is not None:
            self._lock.release(forget=forget)
            self._lock = None

    def _sync_file(self, path: Path) -> None:
        """Without the mutex: a slow fsync must not hold up an append."""
        self._check(path)
        os.fsync(self._fd)
        if not self._named:
            sync_directory(path.parent)
            self._named = True
            with contextlib.suppress(JournalError):  # said at the end, if it can't be removed then either
                self._copies.clear(self._lines[0])

    def _keep_lock(self) -> None:
        """See to it that no other facilitator comes in; JournalError where one has, whose journal it is now."""
        try:
            if self._lock is not None:
                self._lock.renew()
        except JournalError:
            self._torn = True
            raise

    def _check(self, path: Path) -> None:
        """See whether the file that is written to has its name, its lock and all its bytes; else OSError.

        Without the mutex: a signal's handler that waits for this may have interrupted who holds it.
        """
        size = self._size  # before the look at the file, which may be growing
        found = os.fstat(self._fd)
        lost = self._lock is not None and self._lock.lost()
        if lost or not os.path.samestat(found, os.lstat(path)) or found.st_size < size:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))

    def _begin(self, *, durable: bool) -> None:
        """Write what there is to the journal's file; where that is refused, ``sync`` mends it."""
        assert self.path is not None
        try:
            self._fd = _write_file(self.path, self._lines, durable=durable)
            self._size = os.fstat(self._fd).st_size
        except OSError as error:
            self._torn, self._fault = True, JournalError.of(self.path, error)

    def _rewrite(self, path: Path) -> None:
        """Put the whole journal in a new file of that name."""

        def taken(fd: int) -> int:
            old, self._fd, self._size = self._fd, fd, os.fstat(fd).st_size
            self._fault, self._torn, self._named = None, False, False
            return old

        old = self._write_anew(path, taken)
        with contextlib.suppress(OSError):
            os.close(old)
        self._named = True

    def _write_anew(self, path: Path, taken: Callable[[int], T]) -> T:
        """Write every line to a new file that takes the name, and give it to ``taken``; returns what that returns.

        Only the last lines and the new name are written under the mutex, the bulk before it.
        """
        new = temporary.name(path.parent)
        fd = create_private(new)
        try:
            temporary.claim(fd)
            lines = self._lines.copy()
            write_all(fd, b"".join(lines))
            os.fsync(fd)
            with self._mutex:
                later = self._lines[len(lines) :]
                write_all(fd, b"".join(later))
                os.replace(new, path)
                result = taken(fd)
        except BaseException:
            discard(fd, new)
            raise
        if later:
            os.fsync(fd)
        sync_directory(path.parent)
        return result


def _fault(path: Path, error: OSError | Fault) -> JournalError:
    if isinstance(error, OSError):
        return JournalError.of(path, error)
    return JournalError(error.path, error.reason, error.advice, error.code)


def _write_file(path: Path, lines: list[bytes], *, durable: bool) -> int:
    """Make a file of ``lines`` take the name ``path``, and return it open for appending."""
    new = temporary.name(path.parent)
    fd = create_private(new)
    try:
        temporary.claim(fd)
        write_all(fd, b"".join(lines))
        if durable:
            os.fsync(fd)
        os.replace(new, path)
    except BaseException:
        discard(fd, new)
        raise
    return fd
