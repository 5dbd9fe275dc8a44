"""Saving a call's minutes in another file than the one that was opened: a new one, for the rest of the call."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from facilitator.store.minutes_file import MinutesError
from facilitator.store.replay import Replay

ELSEWHERE = "elsewhere"
"""The key of the record that says where the minutes are saved from there on."""


def new_file(typed: str) -> Path:
    """Return the file that somebody named, ``~`` and relative names as a shell has them.

    Raises:
        MinutesError: where it can't be made, because there is such a file already, or no such directory.

    """
    name = typed.strip()
    with suppress(RuntimeError):  # no such user: then it is an odd name like any other
        name = str(Path(name).expanduser())
    path = Path(os.path.abspath(name))
    try:
        if os.path.lexists(path):
            raise MinutesError(path, "that is there already", "choose another name")
        if not path.parent.is_dir():
            raise MinutesError(path.parent, "there is no such directory", "make it or choose another")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise MinutesError(path.parent, "nothing can be written there", "choose another directory")
    except ValueError:
        raise MinutesError(path, "no file can have this name", "choose another") from None
    return path


def suggestion(minutes: Path, *, refused: bool) -> Path | None:
    """Return a file that could be made instead of ``minutes``: beside them, else at home or where temporary files are.

    Where saving there is ``refused`` (the disk may be full), not beside them unless nothing else can be.
    """
    import tempfile  # few calls have need of it

    beside, others = minutes.parent, [Path("~").expanduser(), Path(tempfile.gettempdir())]
    for directory in [*others, beside] if refused else [beside, *others]:
        for number in ("", *(f"-{number}" for number in range(2, 10))):
            with suppress(MinutesError):
                return new_file(str(directory / f"{minutes.stem}{number}{minutes.suffix}"))
    return None


def left_at(journal: Replay) -> Path | None:
    """Return where a call's minutes were saved last, if that is not where they were opened."""
    named = next((one[ELSEWHERE] for one in reversed(journal.records) if ELSEWHERE in one), None)
    return Path(named) if isinstance(named, str) else None
