"""A disk that refuses, dawdles, or loses what was not synced, under a program that runs in a terminal.

Everything the program asks of the system goes through ``os`` (and one exchange of names), so that is where it is met:
the program is started by way of ``under``, which lets ``install`` take those calls over before anything else.
"""

from __future__ import annotations

import errno
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

_CALLS = {
    "open": ("open", "mkdir"),
    "write": ("write", "pwrite", "ftruncate"),
    "fsync": ("fsync",),
    "rename": ("replace", "rename", "link", "unlink"),
    "look": ("stat", "lstat", "listdir", "access", "read", "fstat"),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_real = {name: getattr(os, name) for names in _CALLS.values() for name in names}


def under(directory: Path) -> str:
    """Return what runs first in a program whose disk is a ``Disk`` kept in a directory."""
    root = Path(__file__).parents[2]
    return (
        f"import sys; sys.path.insert(0, {str(root)!r}); from tests.end_to_end import disk; "
        f"disk.install({str(directory)!r}); "
    )


class Disk:
    """The disk as the test has it: what goes wrong on it now, and what a power cut would leave."""

    def __init__(self, directory: Path, *kept: Path) -> None:
        """Keep the books in ``directory``; the power is cut to the directories ``kept``."""
        self._directory = directory
        self._kept = kept
        self._directory.mkdir()
        (self._directory / "durable").mkdir()
        self.heal()
        self.settle()

    def fail(self, *rules: tuple[str, Path, str | float]) -> None:
        """From now on let calls of a kind below a path fail with an error, by its name, or take so many seconds."""
        new = self._directory / "rules.new"
        new.write_text(json.dumps([(kind, str(path), effect) for kind, path, effect in rules]))
        new.replace(self._directory / "rules")

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        self.fail()

    def settle(self) -> None:
        """Take what stands on the disk now for durable."""
        for place in self._kept:
            _note_tree(self._directory, place)

    def cut(self, chance: random.Random) -> None:
        """Leave what a power cut leaves of the directories; the program is dead already.

        What was synced is there. Of the rest, names may or may not have changed, and appended bytes may be there.
        """
        for place in self._kept:
            names = self._names(place, chance)
            for path in [place / name for name in os.listdir(place)] if place.is_dir() else []:
                path.unlink()
            if not names:
                continue
            place.mkdir(mode=0o700, exist_ok=True)
            for name, content in names.items():
                (place / name).write_bytes(content)
                (place / name).chmod(0o600)
        self.settle()

    def _names(self, place: Path, chance: random.Random) -> dict[str, bytes]:
        """Return the files in a directory as they come back."""
        durable = json.loads(_durable(self._directory, f"names-{_slug(place)}") or b"{}")
        now = {one.name: one.stat().st_ino for one in place.iterdir()} if place.is_dir() else {}
        if durable and chance.random() < 0.5:
            durable = now  # the new names have reached the disk by themselves
        found = {}
        for name, inode in durable.items():
            content = _durable(self._directory, str(inode)) or b""
            if now.get(name) == inode:
                whole = (place / name).read_bytes()
                if whole.startswith(content) and chance.random() < 0.5:
                    content = whole[: chance.randint(len(content), len(whole))]
            found[name] = content
        return found


def install(directory: str) -> None:
    """Take over, in the program, what it asks of the disk."""
    books = Path(directory)
    for kind, names in _CALLS.items():
        for name in names:
            setattr(os, name, _taken_over(kind, name, books))
    from facilitator.store import exchanging

    swap = exchanging.swap

    def swapped(one: Path, other: Path) -> bool:
        _suffer("rename", str(other), books)
        return swap(one, other)

    exchanging.swap = swapped


def _taken_over(kind: str, name: str, books: Path) -> Callable[..., Any]:
    real = _real[name]

    def call(*arguments: Any, **named: Any) -> Any:
        meant = kind
        if name == "open" and not arguments[1] & _WRITING:
            meant = "look"
        if arguments and isinstance(arguments[0], int) and arguments[0] < 3:
            return real(*arguments, **named)  # the terminal
        _suffer(meant, _path(arguments[0] if arguments else "."), books)
        if name == "fsync":
            return _fsync(arguments[0], books)
        result = real(*arguments, **named)
        if name == "open" and arguments[1] & os.O_EXCL:  # another file had the number before, perhaps
            with suppress(FileNotFoundError):
                _real["unlink"](_book(books, str(_real["fstat"](result).st_ino)))
        return result

    return call


def _fsync(fd: int, books: Path) -> None:
    """Sync, and note down what is durable by that: what was there when it began."""
    path = _path(fd)
    listing = os.path.isdir(path)
    if listing:
        noted, content = f"names-{_slug(Path(path))}", _listing(path)
    else:
        noted, content = str(_real["fstat"](fd).st_ino), _content(f"/proc/self/fd/{fd}")
    _real["fsync"](fd)
    _note(books, noted, content)


def _suffer(kind: str, path: str, books: Path) -> None:
    """Fail, or wait, where that is the rule."""
    for kinds, below, effect in json.loads(_content(str(books / "rules"))):
        if kind not in kinds.split("+") and kinds != "*":
            continue
        if path != below and not path.startswith(f"{below}/"):
            continue
        if isinstance(effect, str):
            code = getattr(errno, effect)
            raise OSError(code, os.strerror(code), path)
        time.sleep(effect)


def _path(named: Any) -> str:
    if isinstance(named, int):
        with suppress(OSError):
            return os.readlink(f"/proc/self/fd/{named}").removesuffix(" (deleted)")
        return ""
    return os.path.abspath(os.fsdecode(named))


def _content(path: str) -> bytes:
    fd = _real["open"](path, os.O_RDONLY)
    try:
        return b"".join(iter(lambda: _real["read"](fd, 1 << 20), b""))
    finally:
        os.close(fd)


def _listing(path: str | Path) -> bytes:
    found = {}
    for name in _real["listdir"](path):
        with suppress(FileNotFoundError):
            found[name] = _real["lstat"](os.path.join(path, name)).st_ino
    return json.dumps(found).encode()


def _slug(path: Path) -> str:
    return str(path).replace("/", "_")


def _book(books: Path, name: str) -> str:
    return str(books / "durable" / name)


def _note(books: Path, name: str, content: bytes) -> None:
    """Keep what is durable now, in one step: the program may be killed at any moment."""
    new = _book(books, f"{name}.{time.monotonic_ns()}.new")
    fd = _real["open"](new, os.O_WRONLY | os.O_CREAT, 0o600)
    _real["write"](fd, content)
    os.close(fd)
    _real["replace"](new, _book(books, name))


def _durable(books: Path, name: str) -> bytes | None:
    with suppress(FileNotFoundError):
        return _content(_book(books, name))
    return None


def _note_tree(books: Path, place: Path) -> None:
    """What stands in a directory at the beginning is durable."""
    if not place.is_dir():
        return
    _note(books, f"names-{_slug(place)}", _listing(place))
    for path in _files(place):
        _note(books, str(path.stat().st_ino), path.read_bytes())


def _files(place: Path) -> Iterator[Path]:
    return (path for path in place.iterdir() if path.is_file())
