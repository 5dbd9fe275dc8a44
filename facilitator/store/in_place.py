"""Writing over a file that can't be exchanged for a new one, so that no crash in the middle costs a word.

Before the first byte is written, a copy of both texts is made durable elsewhere. What a crash left is then
recognised, each of its bytes being one of the old or the new text, and made whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from facilitator.store import temporary
from facilitator.store.disk import (
    create_private,
    discard,
    opened,
    read_all,
    sync_directory,
    write_all,
)
from facilitator.store.replay import decode, encode, journal_name


class HalfWritten(Exception):
    """The write failed and so did putting the old text back."""


def keep_copy(target: Path, old: bytes, new: bytes, copies: Path) -> Path:
    """Make both texts durable in ``copies``; OSError where they can't be."""
    copy = _copy_path(target, copies)
    new_copy = temporary.name(copies)
    fd = create_private(new_copy)
    try:
        temporary.claim(fd)
        write_all(fd, encode({"old": _text(old), "new": _text(new)}))
        os.fsync(fd)
        os.replace(new_copy, copy)
        sync_directory(copies)
    finally:
        discard(fd, new_copy)
    return copy


def drop_copy(copy: Path) -> None:
    """Remove the copy: the file is whole. One that stays is seen to be of no use the next time."""
    with contextlib.suppress(OSError):
        os.unlink(copy)


def overwrite(fd: int, old: bytes, new: bytes) -> None:
    """Turn the file from ``old`` to ``new`` and wait for the disk.

    What makes the file longer is written first, since that is where a disk turns out to be full. OSError
    where it fails and the old text stands again, HalfWritten where it does not.
    """
    try:
        _put(fd, old, new)
        os.fsync(fd)
    except OSError as error:
        try:
            _put(fd, b"", old)
            os.fsync(fd)
        except OSError:
            raise HalfWritten from error
        raise


def recover(target: Path, copies: Path) -> bool:
    """Finish a write that a crash interrupted; True where there was one.

    OSError where it can't be finished; the copy is kept then.
    """
    copy = _copy_path(target, copies)
    texts = _read_copy(copy)
    if texts is None:
        return False
    old, new = texts
    recovered = False
    with contextlib.suppress(FileNotFoundError), opened(target, os.O_RDWR | os.O_NOFOLLOW) as fd:
        present = read_all(fd)
        if present not in (old, new) and _is_mixture(present, old, new):
            _put(fd, b"", new)
            recovered = True
        os.fsync(fd)
    drop_copy(copy)
    return recovered


def _put(fd: int, old: bytes, new: bytes) -> None:
    size = len(old)
    _write_at(fd, new[size:], size)
    _write_at(fd, new[:size], 0)
    os.ftruncate(fd, len(new))


def _write_at(fd: int, content: bytes, offset: int) -> None:
    while content:
        written = os.pwrite(fd, content, offset)
        if written == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        content = content[written:]
        offset += written


def _is_mixture(present: bytes, old: bytes, new: bytes) -> bool:
    """Tell whether ``present`` can be what a crash left of writing ``new`` over ``old``.

    Beyond the old text, zeros are blocks that never reached the disk.
    """
    if not min(len(old), len(new)) <= len(present) <= max(len(old), len(new)):
        return False
    befores = old.ljust(len(present), b"\0")
    afters = new + old[len(new) :]
    return all(byte in pair for byte, *pair in zip(present, befores, afters, strict=False))


def _copy_path(target: Path, copies: Path) -> Path:
    return copies / f"{journal_name(target)}.copy"


def _read_copy(copy: Path) -> tuple[bytes, bytes] | None:
    try:
        with opened(copy, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            record = decode(read_all(fd).rstrip(b"\n"))
        return _bytes(record["old"]), _bytes(record["new"])
    except (FileNotFoundError, ValueError, KeyError, AttributeError):
        return None


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
