"""The journal of a call that was opened: begun, or gone on with."""

from __future__ import annotations

import os

from facilitator.store import replay
from facilitator.store.directories import NO_JOURNAL
from facilitator.store.journal import Journal
from facilitator.store.opening import Opened
from facilitator.store.replay import Header, JournalError
from facilitator.store.spare import Spares


def journal(opened: Opened) -> tuple[Journal, tuple[str, ...]]:
    """Resume a call's journal or begin one, in memory where the system refuses; return it and what the chair is told.

    What stood in its place and could not be read is kept aside.
    """
    header = _header(opened)
    if opened.directory is None:
        return Journal.in_memory(header), ()
    left, spares = opened.left, Spares.beside(opened.directory, opened.call.path)
    try:
        if left is None:
            path = replay.journal_path(opened.directory, opened.call.path)
            made = Journal.create(path, header, opened.lock, spares)
        else:
            made = Journal.resume(left.replay, opened.lock, spares)
    except JournalError as error:
        return Journal.in_memory(header), (f"{NO_JOURNAL}: {error.reason}, {error.advice}",)
    if made.kept_aside is None:
        return made, ()
    what = "an earlier one could not be read" if left is None else left.replay.damage
    said = f"{JournalError.named(made.kept_aside.with_suffix('.jsonl'))}: {what}"
    return made, (f"{said}, look into {made.kept_aside.name} there",)


def _header(opened: Opened) -> Header:
    clock = opened.clock
    return Header(
        path=os.path.realpath(opened.call.path),
        base=opened.meeting.document.source,
        pid=os.getpid(),
        boot_id=clock.boot_id(),
        wall=clock.now(),
        boot=clock.boot(),
    )
