"""One facilitator per minutes: a lock the kernel takes back when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from pathlib import Path

from facilitator.store.disk import opened, read_all, shown, write_all
from facilitator.store.replay import JournalError, journal_name

_TRIES = 10
_PAUSE = 0.01
"""Seconds between tries while the holder is one that is just looking, or has not yet said who it is."""


class Locked(Exception):
    """Another facilitator of this user has these minutes open; this one can only follow."""

    def __init__(self, minutes: str | os.PathLike[str], pid: int) -> None:
        """``pid`` is the holder's, 0 where it is not known."""
        who = f"facilitator {pid}" if pid else "another facilitator"
        super().__init__(f"{shown(minutes)}: {who} has it open, follow it or leave it there first")
        self.minutes = Path(minutes)
        self.pid = pid


class Lock:
    """Held from ``take`` until ``release`` or until the process ends. Children do not inherit it."""

    def __init__(self, path: Path, fd: int, minutes: str | os.PathLike[str]) -> None:
        self._path = path
        self._fd = fd
        self._minutes = minutes

    @classmethod
    def take(cls, directory: Path, minutes: str | os.PathLike[str]) -> Lock:
        """Lock the journal of ``minutes`` in ``directory``; Locked names the holder."""
        path = _path(directory, minutes)
        return cls(path, _take(path, minutes), minutes)

    def lost(self) -> bool:
        """Say whether its file is there no more: others see no lock then. OSError where that can't be seen."""
        try:
            return not os.path.samestat(os.fstat(self._fd), os.lstat(self._path))
        except FileNotFoundError:
            return True

    def renew(self) -> None:
        """Take it again where it was lost; JournalError where another facilitator was there before."""
        if self.lost():
            try:
                old, self._fd = self._fd, _take(self._path, self._minutes)
            except Locked as locked:
                who = f"facilitator {locked.pid}" if locked.pid else "another facilitator"
                journal = self._path.with_suffix(".jsonl")
                raise JournalError(journal, f"{who} has it open too", "leave it there") from locked
            os.close(old)

    def release(self, *, forget: bool = False) -> None:
        """Let others in; ``forget`` also removes the lock's file, where no journal is left to lock."""
        with contextlib.suppress(OSError):
            if forget and not self.lost():
                os.unlink(self._path)
        os.close(self._fd)


def holder(directory: Path, minutes: str | os.PathLike[str]) -> int | None:
    """Find the pid of the facilitator that has ``minutes`` open: 0 if unknown, None if there is none."""
    path = _path(directory, minutes)
    try:
        with opened(path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _signature(path)
    except OSError:
        pass
    return None


def _path(directory: Path, minutes: str | os.PathLike[str]) -> Path:
    return directory / f"{journal_name(minutes)}.lock"


def _take(path: Path, minutes: str | os.PathLike[str]) -> int:
    """Lock the file at ``path``, patient with who only looks, and sign it."""
    fd = None
    try:
        for _ in range(_TRIES):
            fd = _try(path)
            if fd is not None or _alive(_signature(path)):
                break
            time.sleep(_PAUSE)
    except OSError as error:
        raise JournalError.of(path, error) from error
    if fd is None:
        raise Locked(minutes, _signature(path))
    _sign(fd)
    return fd


def _try(path: Path) -> int | None:
    """Lock the file at ``path``, or None where somebody else has; a file removed meanwhile is no lock."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_nlink > 1:
            raise JournalError(path, "it is no lock of ours", "remove it")
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(found, os.lstat(path)):
            return fd
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(fd)
        raise
    os.close(fd)
    return None


def _sign(fd: int) -> None:
    """Write down who holds it. That is for people to read: a full disk must not cost the lock itself."""
    with contextlib.suppress(OSError):
        os.fchmod(fd, 0o600)
        os.ftruncate(fd, 0)
        write_all(fd, b"%d\n" % os.getpid())


def _signature(path: Path) -> int:
    try:
        with opened(path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            return int(read_all(fd, 32))
    except (OSError, ValueError):
        return 0


def _alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
