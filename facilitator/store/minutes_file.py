"""The minutes on the disk: read with suspicion, noticed when they change."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

from facilitator.store.disk import Fault, opened, read_all, shown
from facilitator.store.replay import content_hash

LIMIT = 8_000_000
"""Bytes. Minutes of a call have thousands; a file beyond this is something else."""

KEEP = "keep your text"
"""What the chair can always do about a file that something happened to; a screen adds the key to that."""

_TRIES = 3
"""Times a file is read that changes while it is being read."""


class MinutesError(Fault):
    """Minutes that can't be read or saved."""

    otherwise = " or save elsewhere"


class MissingMinutes(MinutesError):
    """There is no file of that name (yet, or any more)."""


class ChangedOnDisk(Exception):
    """Somebody else saved the minutes since we last saw them: merge before saving again."""

    def __init__(self, path: Path, now: Snapshot | None) -> None:
        """``now`` is what stands there, None where the file is gone."""
        what = "somebody else has saved it meanwhile" if now else "it has been removed meanwhile"
        super().__init__(f"{shown(path)}: {what}")
        self.path = path
        self.now = now


class Fingerprint(NamedTuple):
    """What tells at a glance that a file was touched; that it was not, only its hash can tell."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> Fingerprint:
        """Take the fingerprint from the result of a ``stat``."""
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class Snapshot(NamedTuple):
    """The minutes as they stood on the disk at one moment."""

    content: bytes
    fingerprint: Fingerprint

    @property
    def hash(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return content_hash(self.content)


def read(path: str | os.PathLike[str]) -> Snapshot:
    """Read the minutes; symbolic links are followed.

    MissingMinutes where there is no such file; MinutesError where it is none that can be chaired (a
    directory, a pipe, a device, links in a circle, too large) or the system refuses.
    """
    try:
        _check(path, os.stat(path))  # before opening: that alone would wake up who writes to a pipe
        with opened(path, os.O_RDONLY) as fd:
            return read_open(path, fd)
    except FileNotFoundError as error:
        raise MissingMinutes.of(path, error) from error
    except OSError as error:
        raise MinutesError.of(path, error) from error


def changed(path: str | os.PathLike[str], last: Snapshot | None) -> Snapshot | None:
    """Return what stands at ``path`` if its text is not that of ``last``, else None; errors as with ``read``.

    ``last`` is None where there was no file. As long as the fingerprint is the same nothing is read.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError as error:
        if last is None:
            return None
        raise MissingMinutes.of(path, error) from error
    except OSError as error:
        raise MinutesError.of(path, error) from error
    if last is not None and Fingerprint.of(found) == last.fingerprint:
        return None
    now = _reread(path)
    return None if last is not None and now.content == last.content else now


def _check(path: str | os.PathLike[str], found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise MinutesError(path, "it is a directory", "name a Markdown file in it")
    if not stat.S_ISREG(found.st_mode):
        raise MinutesError(path, "it is a pipe, socket or device", "name a regular file")
    if found.st_size > LIMIT:
        size = found.st_size / 1e6
        raise MinutesError(
            path, f"{size:.1f} MB is too large for minutes (limit 8 MB)", "name a smaller file"
        )


def read_open(path: str | os.PathLike[str], fd: int) -> Snapshot:
    """Read until nobody wrote during the reading; who never stops writing is met again at the next look."""
    for _ in range(_TRIES):
        before = os.fstat(fd)
        _check(path, before)
        os.lseek(fd, 0, os.SEEK_SET)
        content = read_all(fd, LIMIT + 1)
        after = os.fstat(fd)
        if Fingerprint.of(before) == Fingerprint.of(after) and len(content) == after.st_size:
            break
    if len(content) > LIMIT:
        raise MinutesError(path, "it is too large for minutes (limit 8 MB)", "name a smaller file")
    return Snapshot(content, Fingerprint.of(before))


def _reread(path: str | os.PathLike[str]) -> Snapshot:
    """Read minutes that were there before; what has taken their place is to go, and not to be named otherwise."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(os.stat(path).st_mode):
            advice = f"move that away{MinutesError.otherwise}"
            raise MinutesError(path, "something else has its name now", advice)
    return read(path)


def present(target: Path) -> Snapshot | None:
    """Read minutes that were there before, or None where they are gone; MinutesError as with ``read``."""
    try:
        return _reread(target)
    except MissingMinutes:
        return None
