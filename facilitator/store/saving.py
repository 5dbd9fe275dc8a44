"""Saving the minutes whole or not at all, over nothing that nobody has looked at."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from facilitator.store import exchanging, in_place, temporary
from facilitator.store.disk import create, discard, opened, shown, sync_directory, write_all
from facilitator.store.exchanging import Replaced
from facilitator.store.minutes_file import (
    ChangedOnDisk,
    Fingerprint,
    MinutesError,
    Snapshot,
    present,
    read_open,
)


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
    now = present(target)
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
        raise ChangedOnDisk(target, present(target)) from None
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
            raise
        _reserve(new, target)


def _reserve(new: Path, target: Path) -> None:
    """Where the file system has no hard links: take the name with an empty file, then exchange that."""
    try:
        os.close(create(target))
    except FileExistsError:
        raise ChangedOnDisk(target, present(target)) from None
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
        latest = present(target)
        if latest is None or latest.content != now.content:
            raise ChangedOnDisk(target, latest)
        try:
            old = exchanging.put(new, target, now.content, content)
        except PermissionError as error:  # a sticky directory, or one where no name may be removed
            raise temporary.Unlike from error
        except FileNotFoundError:
            raise ChangedOnDisk(target, present(target)) from None
        if old is None:
            raise ChangedOnDisk(target, present(target))
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
            found = read_open(target, fd)
            if found.content != now.content:
                raise ChangedOnDisk(target, found)
            in_place.overwrite(fd, now.content, content)
            return Snapshot(content, Fingerprint.of(os.fstat(fd)))
    except in_place.HalfWritten as error:
        where = f"its whole text is in {shown(copy)}" if copy else "its text is on the screen only"
        copy = None  # the next save, or the next start, makes the file whole from it
        raise MinutesError(target, f"it is half written and {where}", "look after the disk") from error
    finally:
        if copy:
            in_place.drop_copy(copy)
