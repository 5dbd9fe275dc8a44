"""Taking a file's name so that nobody's words go with it, not even those saved in that very moment.

Between a last look at a file and the rename that replaces it anybody may save it once more. So the two files change
places in one system call, and what came out is looked at: if it is not what was there at the last look, they change
back, and it is a landing like any other. Where the system can't do that, the last look and the rename follow upon
each other at once, and what is saved between them is lost.

The name under which a file lies meanwhile says whose it is and what may be in it. What a crash leaves under it is
removed by ``settle``, or put back where it is somebody's landing.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from facilitator.store import temporary
from facilitator.store.disk import create, discard, opened, read_all, write_all
from facilitator.store.replay import content_hash

_SUFFIX = ".facilitator-swap"
_DIGITS = 16
"""Hexadecimal digits of the hashes in a name."""

_AT_FDCWD = -100
"""Names as seen from the current directory."""
_EXCHANGE = 2
"""RENAME_EXCHANGE for Linux' ``renameat2``, RENAME_SWAP for macOS' ``renamex_np``."""
_UNABLE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV}
"""What the system says where it, or the file system, can't exchange two files."""


def prepare() -> None:
    """Find out how the system exchanges two files, before there is a thread that needs it.

    What is needed for that is imported here: on that thread an import could wait for one that a signal has interrupted,
    until the program is over.
    """
    _exchange()


def swap(one: Path, other: Path) -> bool:
    """Let two files change names in one step; False where that can't be had here, OSError where it fails."""
    exchange = _exchange()
    if exchange is None:
        return False
    code = exchange(one, other)
    if code in _UNABLE:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(other))
    return True


def put(new: Path, target: Path, was: bytes, content: bytes) -> int | None:
    """Give a new file that holds ``content`` the name of another, which held ``was`` when last looked at.

    Returns the file that was there, still open. None where something else was there by then: it is there again, and
    the new file is gone. OSError where the system refuses; the new file may be there then under its old name.
    """
    aside = _aside(target, was, content)
    os.rename(new, aside)
    try:
        if not swap(aside, target):
            return _replace(aside, target)
    except OSError:
        os.rename(aside, new)
        raise
    try:
        return _taken_out(aside, was)
    except FileNotFoundError:  # another facilitator has settled it
        return os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except _Landed:
        swap(aside, target)
        _drop(aside, content)
        return None
    except OSError:
        swap(aside, target)
        os.rename(aside, new)
        raise


def lay_aside(target: Path, text: bytes, last: bytes) -> None:
    """Keep a text that somebody has saved to a file without a name, until ``settle`` finds ``last`` in its place."""
    new = temporary.name(target.parent)
    fd = create(new)
    try:
        temporary.claim(fd)
        with contextlib.suppress(temporary.Unlike):
            temporary.liken(fd, target, os.stat(target))
        write_all(fd, text)
        os.fsync(fd)
        os.rename(new, _aside(target, last, last))
    finally:
        discard(fd, new)


def settle(target: Path, last: bytes | None = None) -> None:
    """Clear away what was left under our names for ``target``; a landing among it is put where it was saved to.

    That is done where the file holds what we wrote, or ``last``, which the caller knows; else it waits for another
    time. OSError where the directory can't be read.
    """
    beginning = _aside(target, b"", b"").name[: _DIGITS + 2]
    for entry in os.listdir(target.parent):
        if entry.startswith(beginning) and entry.endswith(_SUFFIX):
            with contextlib.suppress(OSError):
                _settle(target.parent / entry, target, last)


class Replaced:
    """Files whose name ours has taken: who had one open still writes to it, and must be heard."""

    LOOKS = 5
    """For how many looks, a second apart, a file is watched."""
    MOST = 16
    """How many files are watched, the latest ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self._watched: list[_Watched] = []

    def keep(self, fd: int, content: bytes) -> None:
        """Watch an open file that held ``content`` when its name was taken."""
        self._watched.append(_Watched(fd, content))
        while len(self._watched) > self.MOST:
            self._watched.pop(0).close()

    def late(self) -> list[bytes]:
        """Return what was written to such files since; each is said once."""
        found = [text for one in self._watched if (text := one.late()) is not None]
        for one in [one for one in self._watched if not one.looks]:
            self._watched.remove(one)
            one.close()
        return found

    def close(self) -> None:
        """Watch them no more."""
        while self._watched:
            self._watched.pop().close()


class _Watched:
    """One open file, and what is known of it."""

    def __init__(self, fd: int, content: bytes) -> None:
        self._fd = fd
        self._content = self._seen = content
        self.looks = Replaced.LOOKS

    def late(self) -> bytes | None:
        """Return what stands in it now, if that is new and was there at the last look already."""
        os.lseek(self._fd, 0, os.SEEK_SET)
        before, self._seen = self._seen, read_all(self._fd)
        if self._seen == self._content:
            self.looks -= 1
            return None
        self.looks = Replaced.LOOKS
        if self._seen != before or not self._seen.strip():
            return None
        self._content = self._seen
        return self._seen

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._fd)


def _aside(target: Path, old: bytes, new: bytes) -> Path:
    """Name a file that lies beside ``target`` while one text takes the place of another there."""
    return target.parent / f".{_hash(os.fsencode(target.name))}.{_hash(old)}.{_hash(new)}{_SUFFIX}"


def _hash(content: bytes) -> str:
    return content_hash(content)[:_DIGITS]


def _settle(aside: Path, target: Path, last: bytes | None) -> None:
    """Settle one file; OSError where it is another facilitator's that lives, or can't be."""
    old, new = aside.name.removesuffix(_SUFFIX).split(".")[2:]
    with opened(aside, os.O_RDONLY | os.O_NOFOLLOW) as fd:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _hash(read_all(fd)) in (old, new):
            os.unlink(aside)
            return
        with opened(target, os.O_RDONLY | os.O_NOFOLLOW) as present:
            known = read_all(present)
        if known != last and _hash(known) != new:
            return
        if swap(aside, target):
            _drop(aside, known)
        else:
            os.rename(aside, target)


class _Landed(Exception):
    """What was taken out is not what was there before."""


def _taken_out(aside: Path, was: bytes) -> int:
    """Open what was taken out and remove its name; _Landed where it is not what it was."""
    try:
        out = os.open(aside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _Landed if error.errno == errno.ELOOP else error from error
    try:
        if not _is(out, was):
            raise _Landed
        os.unlink(aside)
    except BaseException:
        os.close(out)
        raise
    return out


def _replace(aside: Path, target: Path) -> int:
    """Take the name without a look at what had it."""
    out = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.replace(aside, target)
    except OSError:
        os.close(out)
        raise
    return out


def _is(fd: int, content: bytes) -> bool:
    """Say whether a file is a regular one with just this text."""
    found = os.fstat(fd)
    return stat.S_ISREG(found.st_mode) and found.st_size == len(content) and read_all(fd) == content


def _drop(aside: Path, content: bytes) -> None:
    """Remove a file that holds nothing but our own text; another was saved meanwhile, and waits for ``settle``."""
    with contextlib.suppress(OSError), opened(aside, os.O_RDONLY | os.O_NOFOLLOW) as fd:
        if _is(fd, content):
            os.unlink(aside)


@cache
def _exchange() -> Callable[[Path, Path], int] | None:
    """Return what lets two files change names and gives the ``errno``, 0 for success; None where there is no such."""
    import ctypes  # a millisecond that the first frame need not wait for

    try:
        system = ctypes.CDLL(None, use_errno=True)
        call = system.renamex_np if sys.platform == "darwin" else system.renameat2
    except (OSError, AttributeError):
        return None

    def exchange(one: Path, other: Path) -> int:
        names = ctypes.c_char_p(os.fsencode(one)), ctypes.c_char_p(os.fsencode(other))
        if sys.platform == "darwin":
            failed = call(*names, ctypes.c_uint(_EXCHANGE))
        else:
            here = ctypes.c_int(_AT_FDCWD)
            failed = call(here, names[0], here, names[1], ctypes.c_uint(_EXCHANGE))
        return ctypes.get_errno() if failed else 0

    return exchange
