"""The minutes on the disk: read with suspicion, noticed when they change, saved whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from facilitator.store import exchanging, in_place, temporary
from facilitator.store.disk import Fault, create, discard, opened, read_all, shown, sync_directory, write_all
from facilitator.store.exchanging import Replaced
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
            return _read(path, fd)
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


def write(
    path: str | os.PathLike[str],
    content: bytes,
    last: Snapshot | None,
    *,
    copies: Path | None = None,
    anew: bool = False,
    replaced: Replaced | None = None,
) -> Snapshot:
    """Save the minutes and return them as they now stand on the disk.

    ``last`` is what we last saw there, None where there must be no file yet; ChangedOnDisk where that is not
    so. Where the file can't be exchanged for a new one (it has other names, belongs to somebody else, its
    directory is closed) it is written in place, after a copy was made in the directory ``copies``. Nothing is
    written where nothing changed, except ``anew``: a save that failed may have left a text that only the
    system's memory holds. The file that was exchanged is watched by ``replaced``. MinutesError where the save
    failed; the old file is then as it was.
    """
    target = Path(os.path.realpath(path))
    if copies is not None:
        _finish(target, copies)
    _settle(target, last)
    now = _present(target)
    known = (now.content if now else None) == (last.content if last else None)
    if not known and (now is None or now.content != content):
        raise ChangedOnDisk(target, now)
    if now is not None and now.content == content and not anew:
        return now
    try:
        if now is None:
            return _write_new(target, content)
        return _write_over(target, content, now, copies, replaced)
    except OSError as error:
        raise MinutesError.of(target, error) from error


def tidy(path: str | os.PathLike[str], copies: Path | None = None) -> bool:
    """Clear away what a facilitator killed while writing has left, and finish its save where it was in place.

    To be called before the minutes are read for a call. True where a half-written file was made whole.
    MinutesError where it can't be.
    """
    target = Path(os.path.realpath(path))
    for directory in filter(None, (target.parent, copies)):
        with contextlib.suppress(OSError):  # what can't be swept today does no harm
            temporary.sweep(directory)
    _settle(target, None)
    return copies is not None and _finish(target, copies)


def bring_back(path: str | os.PathLike[str], last: Snapshot | None, replaced: Replaced) -> None:
    """Look whether anybody still wrote to files that were exchanged, and put that where it was meant to be.

    It is then found there like any other landing. ``last`` is what we last saw there. MinutesError where the disk
    refuses.
    """
    target = Path(os.path.realpath(path))
    if last is None or not (late := replaced.late()):
        return
    try:
        for text in late:
            exchanging.lay_aside(target, text, last.content)
    except OSError as error:
        raise MinutesError.of(target, error) from error
    _settle(target, last)


def _settle(target: Path, last: Snapshot | None) -> None:
    with contextlib.suppress(OSError):  # what can't be settled today waits
        exchanging.settle(target, last.content if last else None)


def _finish(target: Path, copies: Path) -> bool:
    """Make whole what an earlier write in place has left half-written; True where there was such a thing."""
    try:
        return in_place.recover(target, copies)
    except OSError as error:
        raise MinutesError.of(target, error) from error


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


def _read(path: str | os.PathLike[str], fd: int) -> Snapshot:
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


def _present(target: Path) -> Snapshot | None:
    try:
        return _reread(target)
    except MissingMinutes:
        return None


def _write_new(target: Path, content: bytes) -> Snapshot:
    """Give the new file its name by a link, which fails where the name was taken meanwhile.

    Directories that are missing are made: an agenda's pattern names one for every year.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = temporary.name(target.parent)
    fd = create(new, 0o666)  # as the umask has it, like any new document
    try:
        temporary.claim(fd)
        write_all(fd, content)
        os.fsync(fd)
        _name(new, target)
        sync_directory(target.parent)
        return Snapshot(content, Fingerprint.of(os.fstat(fd)))
    finally:
        discard(fd, new)


def _name(new: Path, target: Path) -> None:
    try:
        os.link(new, target)
        os.unlink(new)
    except FileExistsError:
        raise ChangedOnDisk(target, _present(target)) from None
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
            raise
        _reserve(new, target)


def _reserve(new: Path, target: Path) -> None:
    """Where the file system has no hard links: take the name with an empty file, then exchange that."""
    try:
        os.close(create(target))
    except FileExistsError:
        raise ChangedOnDisk(target, _present(target)) from None
    try:
        os.replace(new, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(target)
        raise


def _write_over(
    target: Path, content: bytes, now: Snapshot, copies: Path | None, replaced: Replaced | None
) -> Snapshot:
    found = os.stat(target)
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        if os.statvfs(target).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        raise MinutesError(target, "it is write-protected", "make it writable or save elsewhere")
    if found.st_nlink == 1 and os.access(target.parent, os.W_OK | os.X_OK):
        with contextlib.suppress(temporary.Unlike):
            return _exchange(target, content, now, found, replaced)
    return _overwrite(target, content, now, copies)


def _exchange(
    target: Path, content: bytes, now: Snapshot, found: os.stat_result, replaced: Replaced | None
) -> Snapshot:
    """Write a new file that is like the old one but for its text, and let it take the name."""
    new = temporary.name(target.parent)
    fd = create(new)
    try:
        temporary.claim(fd)
        temporary.liken(fd, target, found)
        write_all(fd, content)
        os.fsync(fd)
        present = _present(target)
        if present is None or present.content != now.content:
            raise ChangedOnDisk(target, present)
        try:
            old = exchanging.put(new, target, now.content, content)
        except PermissionError as error:  # a sticky directory, or one where no name may be removed
            raise temporary.Unlike from error
        except FileNotFoundError:
            raise ChangedOnDisk(target, _present(target)) from None
        if old is None:
            raise ChangedOnDisk(target, _present(target))
        if replaced is not None:
            replaced.keep(old, now.content)
        else:
            os.close(old)
        sync_directory(target.parent)
        return Snapshot(content, Fingerprint.of(os.fstat(fd)))
    finally:
        discard(fd, new)


def _overwrite(target: Path, content: bytes, now: Snapshot, copies: Path | None) -> Snapshot:
    try:
        copy = in_place.keep_copy(target, now.content, content, copies) if copies else None
    except OSError as error:
        raise MinutesError.of(copies or target, error) from error
    try:
        with opened(target, os.O_RDWR | os.O_NOFOLLOW) as fd:
            present = _read(target, fd)
            if present.content != now.content:
                raise ChangedOnDisk(target, present)
            in_place.overwrite(fd, now.content, content)
            return Snapshot(content, Fingerprint.of(os.fstat(fd)))
    except in_place.HalfWritten as error:
        where = f"its whole text is in {shown(copy)}" if copy else "its text is on the screen only"
        copy = None  # the next save, or the next start, makes the file whole from it
        raise MinutesError(target, f"it is half written and {where}", "look after the disk") from error
    finally:
        if copy:
            in_place.drop_copy(copy)
