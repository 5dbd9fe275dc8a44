"""Reading a journal back: what a call left behind, as far as it can be trusted.

A journal is a file of lines, each ``checksum SP json LF``: the CRC-32 of the JSON in eight hexadecimal
digits, and one JSON object in ASCII. The first line is the header; every further one is a record as it was
appended. A journal that was cut short or damaged is good up to the first line that does not hold.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from facilitator.store.disk import Fault, opened, read_all, shown

VERSION = 1
"""Of the journal's format. A journal of a later version is left untouched."""

Record = Mapping[str, Any]
"""What is appended: a JSON object."""

SAVED = "saved"
"""The key of the record that says which text of the minutes was saved, by its SHA-256, hexadecimal."""

OVER = "over"
"""The key of the last record of a call that is over: its minutes held everything, and are not this call's any more."""

_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NAME = re.compile(r"[0-9a-f]{64}\.jsonl")


class JournalError(Fault):
    """A journal that can't be read, written or made durable."""

    @staticmethod
    def named(path: str | os.PathLike[str]) -> str:
        """Name a journal by where it is: its own name is a hash."""
        path = Path(path)
        return f"the journal in {shown(path.parent)}" if path.suffix == ".jsonl" else shown(path)


class FutureJournal(Exception):
    """A journal that a later version wrote: not read, not touched."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{shown(path)}: a newer facilitator wrote it (journal version {version}, {VERSION} is known here),"
            " use that one or move the file away"
        )
        self.path = path


class Header(NamedTuple):
    """The first line: which minutes, what stood in them, and when and by whom the journal was begun."""

    path: str
    """The real path of the minutes; bytes that are no UTF-8 are surrogates, as Python has them."""

    base: bytes
    """The minutes when the journal was begun; empty where there was no file yet."""

    pid: int
    boot_id: str
    wall: float
    """Seconds since the epoch, steady (``Clock.now``)."""

    boot: float
    """Seconds since boot at the same moment."""

    version: int = VERSION

    @property
    def base_hash(self) -> str:
        """SHA-256 of the base text, hexadecimal."""
        return content_hash(self.base)

    def record(self) -> Record:
        """Write the header as a JSON object."""
        return {
            "facilitator": self.version,
            "path": self.path,
            "base": self.base.decode("utf-8", "surrogateescape"),
            "sha256": self.base_hash,
            "pid": self.pid,
            "boot_id": self.boot_id,
            "wall": self.wall,
            "boot": self.boot,
        }

    @classmethod
    def of(cls, record: Record) -> Header:
        """Read the header back; ValueError where it is none, or its base text is not the one hashed."""
        try:
            header = cls(
                path=str(record["path"]),
                base=record["base"].encode("utf-8", "surrogateescape"),
                pid=int(record["pid"]),
                boot_id=str(record["boot_id"]),
                wall=float(record["wall"]),
                boot=float(record["boot"]),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError("a part is missing") from error
        if header.base_hash != record.get("sha256"):
            raise ValueError("the base text is not the one that was hashed")
        return header


class Replay(NamedTuple):
    """What a journal holds, up to the first line that does not hold."""

    path: Path
    header: Header | None
    """None where the file is no journal of the minutes it is named after: nothing of it can be used."""

    records: tuple[Record, ...]
    damage: str
    """Why reading stopped before the end; empty where it did not. A torn last line is no damage."""

    good: bytes
    """The trusted lines, as they stand in the file."""

    rest: bytes
    """What follows them: damaged lines, or the torn last one."""


class OpenCall(NamedTuple):
    """A journal found in a directory: a call that ended without adjourning, or is going on."""

    path: Path
    replay: Replay | None
    problem: str
    """Why it can't be read; empty where it can."""


def content_hash(content: bytes) -> str:
    """Hash with SHA-256, hexadecimal: how journal and minutes name a text."""
    return hashlib.sha256(content).hexdigest()


def journal_name(minutes: str | os.PathLike[str]) -> str:
    """Name the journal of ``minutes``, without suffix; one real path has one journal."""
    return content_hash(os.fsencode(os.path.realpath(minutes)))


def journal_path(directory: Path, minutes: str | os.PathLike[str]) -> Path:
    """Say where the journal of ``minutes`` is in ``directory``."""
    return directory / f"{journal_name(minutes)}.jsonl"


def encode(record: Record) -> bytes:
    """One line of a journal; ValueError or TypeError where the record is not JSON."""
    import json  # not before the first frame

    text = json.dumps(record, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def decode(line: bytes) -> Record:
    """Read one line, given without its line feed; ValueError where it does not hold."""
    checksum, space, text = line[:8], line[8:9], line[9:]
    if space != b" " or checksum != b"%08x" % zlib.crc32(text):
        raise ValueError("its checksum is wrong")
    import json

    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(record, dict):
        raise ValueError("it is no JSON object")
    return record


def read(path: Path) -> Replay | None:
    """Read the journal at ``path``, which is not changed; None where there is none.

    JournalError where the system refuses, FutureJournal where a later version wrote it. Everything else, a
    damaged, empty, foreign or planted file included, is a Replay that says so.
    """
    try:
        content = _content(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JournalError.of(path, error) from error
    if isinstance(content, str):
        return Replay(path, None, (), content, b"", b"")
    return _parse(path, content)


def reopen(replay: Replay) -> int:
    """Open the file for appending if it ends where the trusted lines end and has no other name, else -1.

    OSError where the system refuses.
    """
    if replay.rest or not replay.good.endswith(b"\n"):
        return -1
    try:
        fd = os.open(replay.path, _APPENDING)
    except FileNotFoundError:
        return -1  # it was read in another place
    found = os.fstat(fd)
    if found.st_size == len(replay.good) and found.st_nlink == 1 and found.st_uid == os.geteuid():
        return fd
    os.close(fd)
    return -1


def open_calls(directory: Path) -> tuple[OpenCall, ...]:
    """Every journal in ``directory``, the latest begun first; those that can't be read come last."""
    try:
        names = sorted(name for name in os.listdir(directory) if _NAME.fullmatch(name))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JournalError.of(directory, error) from error
    calls = [_open_call(directory / name) for name in names]
    return tuple(sorted((call for call in calls if call), key=_begun, reverse=True))


def _open_call(path: Path) -> OpenCall | None:
    try:
        replay = read(path)
    except (JournalError, FutureJournal) as error:
        return OpenCall(path, None, str(error))
    if replay is None:
        return None
    return OpenCall(path, replay, "" if replay.header else f"{shown(path)}: {replay.damage}, move it away")


def _begun(call: OpenCall) -> float:
    return call.replay.header.wall if call.replay and call.replay.header else float("-inf")


def _content(path: Path) -> bytes | str:
    """Return the file's bytes, or why it is not even opened."""
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        return "it is a symbolic link, which is not followed"
    if not stat.S_ISREG(found.st_mode):
        return "it is not a regular file"
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    try:
        with opened(path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            if not os.path.samestat(found, os.fstat(fd)):
                return "it was exchanged while being opened"
            return read_all(fd)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "it is a symbolic link, which is not followed"
        raise


def _parse(path: Path, content: bytes) -> Replay:
    records: list[Record] = []
    start = 0
    damage = ""
    while start < len(content) and not damage:
        feed = content.find(b"\n", start)
        end = len(content) if feed < 0 else feed
        try:
            records.append(decode(content[start:end]))
        except ValueError as error:
            if feed >= 0:
                damage = f"line {len(records) + 1} is damaged: {error}"
            break
        start = end + 1
    good, rest = content[:start], content[start:]
    if not records:
        return Replay(path, None, (), damage or ("it is torn" if content else "it is empty"), b"", content)
    problem, header = _header(path, records[0])
    if header is None:
        return Replay(path, None, (), problem, b"", content)
    return Replay(path, header, tuple(records[1:]), damage, good, rest)


def _header(path: Path, record: Record) -> tuple[str, Header | None]:
    version = record.get("facilitator")
    if isinstance(version, int) and version > VERSION:
        raise FutureJournal(path, version)
    if version != VERSION:
        return "it is no journal", None
    try:
        header = Header.of(record)
    except ValueError as error:
        return f"its header is damaged: {error}", None
    if f"{content_hash(os.fsencode(header.path))}.jsonl" != path.name:
        return "it is the journal of another document", None
    return "", header
