"""The capture line without a screen: a script of entries, recorded one line after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from facilitator.core.events import CallAdjourned
from facilitator.core.history import Captured
from facilitator.core.record import Motion
from facilitator.core.script import chunks, reaches
from facilitator.store.dictation import Dictation, Remark
from facilitator.store.opening import Opened
from facilitator.store.session import Session

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a script."""

    entries: int
    """How many entries were recorded and not taken back."""
    remarks: tuple[Remark, ...]
    troubles: tuple[str, ...]
    """Why not everything is on the disk; empty where it is."""

    @property
    def complete(self) -> bool:
        """Whether every line was recorded and is on the disk."""
        return not self.troubles and all(remark.placed for remark in self.remarks)


def take(opened: Opened, script: str) -> Taken:
    """Record a script in the call that was opened, and let the call go.

    A call that was going on goes on. One that was opened for the script alone is over with it and leaves no journal,
    once everything is on the disk.
    """
    session = Session(opened)
    lines = _LINE_END.split(script)
    before = _count(session.meeting.captured)
    steps = list(chunks(lines))
    taker = Dictation(session)
    try:
        for chunk, reach in zip(steps, reaches(steps), strict=True):
            taker.reach = reach
            taker.take(chunk)
        taker.end()
        if opened.left is None and session.meeting.begun:
            session.record(CallAdjourned(session.clock.now()))
    finally:
        clean = session.close()
    troubles = session.troubles or (() if clean else (session.saved(),))
    entries = _count(session.meeting.captured) - before
    refused = {remark.line for remark in taker.remarks if not remark.placed}
    told = [remark for remark in taker.remarks if not (remark.placed and remark.line in refused)]
    return Taken(entries, tuple(sorted(told, key=lambda one: one.line)), troubles)


def _count(captured: Sequence[Captured]) -> int:
    """Count entries; a motion that was written together with its outcome is two."""
    motions = (one.entry for one in captured if isinstance(one.entry, Motion))
    return len(captured) + sum(motion.outcome is not None for motion in motions)
