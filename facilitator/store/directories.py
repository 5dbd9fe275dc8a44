"""Where journals live: the state directory, and where else when that can't be written.

A directory is used only if it is a real directory of this user that nobody else may enter, so that nothing
can be planted under the names the journal will use.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar

from facilitator.store.disk import Fault, opened, shown
from facilitator.store.replay import journal_path

Kind = Literal["state", "minutes", "temporary"]
"""The state directory, a hidden directory beside the minutes, one in the temporary directory."""

_BESIDE = ".facilitator"
"""What a directory for journals is called that lies beside the minutes."""

NO_JOURNAL = "no journal can be kept, only the minutes are saved"
"""What the chair is told where no directory takes one."""

T = TypeVar("T")


class DirectoryError(Fault):
    """A directory that can't be used for journals."""


class Place(NamedTuple):
    """A directory that may hold the journal; it need not exist yet."""

    kind: Kind
    path: Path


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """What came of trying every place in turn."""

    opened: T | None
    """What was opened, or None where no place would do and only memory is left."""

    place: Place | None
    refusals: tuple[Fault, ...]
    """Why each place before it was no good; the chair is told."""


def state_directory() -> Path:
    """Name the directory for journals: ``$FACILITATOR_STATE_DIR``, else the user's own for state."""
    named = os.environ.get("FACILITATOR_STATE_DIR")
    if named:
        return Path(os.path.abspath(named))
    import platformdirs  # only where it is needed: it costs milliseconds of every start

    return Path(os.path.abspath(platformdirs.user_state_dir("facilitator", appauthor=False)))


def places(minutes: str | os.PathLike[str]) -> tuple[Place, ...]:
    """List every place for a journal of ``minutes``: one that holds it already, then the best first."""
    beside = Path(os.path.dirname(os.path.realpath(minutes)), _BESIDE)
    found = (Place("state", state_directory()), Place("minutes", beside), Place("temporary", _temporary()))
    return tuple(sorted(found, key=lambda place: not os.path.lexists(journal_path(place.path, minutes))))


def everywhere(below: Path) -> tuple[Path, ...]:
    """List the directories that may hold journals of minutes nobody has named.

    Journals that lie beside their minutes are looked for in ``below`` and in the directories in it, which is as far
    as an agenda's pattern leads.
    """
    beside = sorted(path for pattern in (_BESIDE, f"*/{_BESIDE}") for path in below.glob(pattern))
    return tuple(
        dict.fromkeys(
            (state_directory(), _temporary(), *(path.absolute() for path in beside if path.is_dir()))
        )
    )


def _temporary() -> Path:
    shared = os.environ.get("TMPDIR") or "/tmp"  # ``tempfile`` would say the same, and costs every start
    return Path(os.path.abspath(shared), f"facilitator-{os.geteuid()}")


def prepare(path: Path, *, parents: bool = False) -> Path:
    """Make ``path`` a directory that this user alone may enter, and return it; ``parents`` too where missing.

    DirectoryError where it can't be made, is a symbolic link, or belongs to somebody else.
    """
    try:
        if parents:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise DirectoryError(path, "it is a symbolic link", "name its target in FACILITATOR_STATE_DIR")
        _make_private(path)
    except OSError as error:
        raise DirectoryError.of(path, error) from error
    return path


def _make_private(path: Path) -> None:
    with opened(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW) as fd:
        found = os.fstat(fd)
        if found.st_uid != os.geteuid():
            raise DirectoryError(path, "it belongs to another user", "name another in FACILITATOR_STATE_DIR")
        if stat.S_IMODE(found.st_mode) != 0o700:
            os.fchmod(fd, 0o700)


def said(settled: Settled[T]) -> tuple[str, ...]:
    """Say in a line that the journal is not where it should be, and why; nothing where it is."""
    if not settled.refusals:
        return ()
    where = f"the journal is in {shown(settled.place.path)}" if settled.place else NO_JOURNAL
    why = settled.refusals[0]
    return (f"{where}: {why.reason}, {why.advice} ({shown(why.path)})",)


def settle(minutes: str | os.PathLike[str], open_in: Callable[[Path], T]) -> Settled[T]:
    """Call ``open_in`` with each place in turn until one works; a Fault moves on to the next.

    Other exceptions of ``open_in`` pass through: another facilitator holds the journal, a newer one wrote it.
    """
    refusals: list[Fault] = []
    for place in places(minutes):
        try:
            directory = prepare(place.path, parents=place.kind == "state")
            return Settled(open_in(directory), place, tuple(refusals))
        except Fault as fault:
            refusals.append(fault)
    return Settled(None, None, tuple(refusals))
