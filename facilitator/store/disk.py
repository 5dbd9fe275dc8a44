"""The few dealings with the disk that journal and minutes share, and what its errors mean to the chair."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from facilitator.core.marks import visible

_MEANINGS = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space"),
    errno.EROFS: ("the file system is read-only", "make it writable"),
    errno.EACCES: ("permission denied", "ask for it"),
    errno.EPERM: ("not permitted", "ask for permission"),
    errno.EIO: ("the disk reports an error", "look after the disk"),
    errno.ENOENT: ("there is no such file or directory", "put it back"),
    errno.ENOTDIR: ("a part of its path is not a directory", "correct the path"),
    errno.EISDIR: ("it is a directory", "name a file in it"),
    errno.ELOOP: ("its symbolic links go in a circle", "mend the links"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten it"),
    errno.ESTALE: ("the network file system has lost it", "mount it again"),
    errno.EMFILE: ("too many files are open", "close some"),
    errno.ENOLCK: ("the file system gives no locks", "keep it on another one"),
}

NOT_SYNCABLE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What ``fsync`` says where a kind of file or file system simply has none; anything else is a failure."""


class Fault(Exception):
    """Something the disk refused: reads ``path: what is wrong, what to do``, in one line."""

    otherwise = ""
    """What else can be done, in the room that raises it."""

    def __init__(self, path: str | os.PathLike[str], reason: str, advice: str, code: int = 0) -> None:
        """Keep the parts; ``code`` is the ``errno`` where a system call failed, else 0."""
        super().__init__(f"{self.named(path)}: {reason}, {advice}")
        self.path = Path(path)
        self.reason = reason
        self.advice = advice
        self.code = code

    @staticmethod
    def named(path: str | os.PathLike[str]) -> str:
        """Name what is refused, as the chair knows it."""
        return shown(path)

    @classmethod
    def of(cls, path: str | os.PathLike[str], error: OSError) -> Self:
        """Say what a failed system call on ``path`` means."""
        code = error.errno or 0
        reason, advice = _MEANINGS.get(code, ((error.strerror or str(error)).lower(), "try again"))
        return cls(path, reason, advice + cls.otherwise, code)


def shown(path: str | os.PathLike[str]) -> str:
    """Name a file in a message: in one line, and with nothing in it that a terminal would obey."""
    return visible(os.fspath(path)).translate({ord("\n"): "␤", ord("\t"): "␉"})


def write_all(fd: int, content: bytes) -> None:
    """Write every byte, however many calls it takes; OSError where the disk refuses."""
    rest = memoryview(content)
    while rest:
        written = os.write(fd, rest)
        if written == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


def read_all(fd: int, limit: int | None = None) -> bytes:
    """Read from the present position to the end, or ``limit`` bytes where that is less."""
    pieces: list[bytes] = []
    size = 0
    while limit is None or size < limit:
        piece = os.read(fd, 1 << 20 if limit is None else min(1 << 20, limit - size))
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


@contextlib.contextmanager
def opened(path: str | os.PathLike[str], flags: int) -> Iterator[int]:
    """Open a file and close it again, never waiting for a pipe's other end or handing it to children.

    What closing has to say is of no interest: who writes has asked for an fsync before.
    """
    fd = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        yield fd
    finally:
        with contextlib.suppress(OSError):
            os.close(fd)


def create(path: Path, mode: int = 0o600) -> int:
    """Create a file that must not exist yet and open it for writing; whatever is planted there is refused."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_APPEND
    return os.open(path, flags, mode)


def create_private(path: Path) -> int:
    """Like ``create``, for its owner's eyes alone whatever the umask."""
    fd = create(path)
    try:
        os.fchmod(fd, 0o600)
    except OSError:
        discard(fd, path)
        raise
    return fd


def unguessable(directory: Path, prefix: str, suffix: str) -> Path:
    """Make up a name in ``directory`` that nobody can have planted beforehand."""
    return directory / f"{prefix}{os.urandom(8).hex()}{suffix}"


def sync_directory(directory: Path) -> None:
    """Make the names in ``directory`` durable; file systems that know no such thing are let be."""
    with opened(directory, os.O_RDONLY | os.O_DIRECTORY) as fd:
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in NOT_SYNCABLE:
                raise


def discard(fd: int, path: Path) -> None:
    """Close and remove a file that came to nothing; its own troubles would only hide the first one."""
    with contextlib.suppress(OSError):
        os.close(fd)
    with contextlib.suppress(OSError):
        os.unlink(path)
