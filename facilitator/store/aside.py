"""Keeping aside what stands where a journal is to be and is none: it may hold somebody's words all the same."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from facilitator.store.disk import create_private, discard, sync_directory, unguessable, write_all


def save(path: Path, rest: bytes) -> Path:
    """Keep ``rest`` durably in a new file beside the journal, and return it; OSError where the system refuses."""
    aside = _name(path)
    fd = create_private(aside)
    try:
        write_all(fd, rest)
        os.fsync(fd)
    except BaseException:
        discard(fd, aside)
        raise
    os.close(fd)
    sync_directory(aside.parent)
    return aside


def move(path: Path) -> Path | None:
    """Give what stands at ``path``, whatever it is, another name, and return that; OSError where that is refused.

    None for an empty file, which holds nothing to keep.
    """
    found = os.lstat(path)
    if stat.S_ISREG(found.st_mode) and found.st_size == 0:
        return None
    aside = _name(path)
    os.rename(path, aside)
    return aside


def _name(path: Path) -> Path:
    return unguessable(path.parent, f"{path.stem}.aside-", "")
