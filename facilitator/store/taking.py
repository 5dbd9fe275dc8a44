"""The capture line without a screen: a script of entries, recorded one line after the other.

Every line is read and recorded by the functions the screen uses. What goes under one item is written in one step,
because a look at the minutes costs the same for one entry and for a hundred (``core.batch``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from facilitator.core import capture, chair, directing, roll_call
from facilitator.core.batch import Batch, Waiting
from facilitator.core.directives import (
    CallVote,
    CastVote,
    ChooseTopic,
    Directive,
    LowerHand,
    Object,
    Present,
    RaiseHand,
    Redo,
    Regrets,
    Substitute,
    Undo,
)
from facilitator.core.events import CallAdjourned, Event
from facilitator.core.history import Captured
from facilitator.core.line import Capture, Context
from facilitator.core.people import People
from facilitator.core.record import Entry, Fenced, Motion, Outcome
from facilitator.core.script import Chunk, asks, chunks, reaches
from facilitator.store.opening import Opened
from facilitator.store.session import Session

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a line of the script."""

    line: int
    """From 1."""
    text: str
    placed: bool
    """Whether the line was recorded all the same."""

    def __str__(self) -> str:
        """Give it as it stands behind the name of a script."""
        return f"{self.line}: {'note' if self.placed else 'not recorded'}: {self.text}"


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
    taker = _Taker(session, redos=any(asks(chunk, Redo) for chunk in steps))
    try:
        for chunk, reach in zip(steps, reaches(steps), strict=True):
            taker.reach = reach
            taker.take(chunk)
        taker.reach = 0
        taker.write()
        if opened.left is None and session.meeting.begun:
            session.record(CallAdjourned(session.clock.now()))
    finally:
        clean = session.close()
    troubles = session.troubles or (() if clean else (session.saved(),))
    entries = _count(session.meeting.captured) - before
    refused = {remark.line for remark in taker.remarks if not remark.placed}
    told = [remark for remark in taker.remarks if not (remark.placed and remark.line in refused)]
    return Taken(entries, tuple(sorted(told, key=lambda one: one.line)), troubles)


class _State(NamedTuple):
    """What waits after a line, and where the script is then."""

    batch: Batch
    at: str
    """The key of the item that is written to."""
    line: int = 0
    made: Entry | Directive | None = None
    """What the line asked for; None where nothing waits yet."""


@dataclass(slots=True)
class _Taker:
    """Where in the script the session is.

    What the lines say waits for as long as it can: undo goes back to the state before, and what is written together
    costs one look at the minutes for each item.
    """

    session: Session
    redos: bool
    """Whether a line makes again what was taken back: then nothing is taken back before it is written."""
    reach: int = 0
    """How many of the last steps the rest of the script may take back: those are written one by one."""
    remarks: list[Remark] = field(default_factory=list)
    _states: list[_State] = field(init=False)
    """After each line since the batch was written last; before the first of them, nothing waits."""
    _together: int = 0
    """How many steps there were when lines were written together last: what they made is no line's step."""
    _astray: str = ""
    """The topic that was asked for and is no item; what follows belongs to it."""
    _context: Context | None = None
    _people: People = field(init=False)

    def __post_init__(self) -> None:
        self._start()
        self._people = directing.people(self.session.meeting)

    def take(self, chunk: Chunk) -> None:
        """Do what one line, or one fence, says."""
        if isinstance(chunk.content, Fenced):
            reading = Capture((chunk.content,))
        else:
            reading = capture.read(chunk.content, self._read_against())
        if not reading.entries and not reading.directives:
            self._refuse(chunk.number, reading.hint or "nothing to record")
            return
        if self._astray and not all(_has_no_topic(one) for one in (*reading.entries, *reading.directives)):
            self._refuse(chunk.number, f"it stands below the topic {self._astray}, which is no item")
            return
        placed = [self._obey(chunk.number, reading, one) for one in reading.directives]
        for entry in reading.entries:
            self._enter(chunk.number, entry)
        if reading.hint and all(placed):
            self.remarks.append(Remark(chunk.number, reading.hint, placed=True))

    def write(self) -> None:
        """Write what waits, item by item; the steps that lines to come may take back, one by one."""
        together = max(0, len(self._states) - 1 - self.reach)
        base, steps = self._states[together], self._states[together + 1 :]
        self._states = [base._replace(batch=Batch())]
        for item, waiting in base.batch.by_item().items():
            self._write_together(item, waiting)
        if base.batch.waiting:
            self._together = len(self.session.meeting.done)
        self._go(base.at)
        for state in steps:
            if isinstance(state.made, ChooseTopic):
                self._go(state.at)
            elif isinstance(state.made, Entry):
                self._write_one((state.line,), state.at, state.made)
            elif state.made is not None:
                self._perform(state.line, Capture(), state.made, state.at)
            self._states = [state._replace(batch=Batch())]

    def _read_against(self) -> Context:
        if self._context is None:
            self._context = directing.context(self.session.meeting, self._people, self._now.at)
        waits = not self._context.motion and self._now.batch.has_motion(self._now.at)
        return replace(self._context, motion=True) if waits else self._context

    @property
    def _now(self) -> _State:
        return self._states[-1]

    def _wait(self, line: int, made: Entry | Directive, batch: Batch, at: str = "") -> None:
        self._states.append(_State(batch, at or self._now.at, line, made))

    def _enter(self, line: int, entry: Entry) -> None:
        state, batch = self._now, None
        if not isinstance(entry, Outcome):
            batch = state.batch.entered(line, state.at, entry)
        elif state.batch.has_motion(state.at):
            batch = state.batch.settled(line, state.at, entry, roll_call.quorum(self.session.meeting))
        if batch is None:
            self.write()
            self._write_one((line,), state.at, entry)
        else:
            self._wait(line, entry, batch)

    def _obey(self, line: int, reading: Capture, directive: Directive) -> bool:
        """Do what a line asks for; say whether it could be done."""
        if isinstance(directive, Undo | Redo):
            return self._turn(line, reading, directive)
        if isinstance(directive, ChooseTopic) and directive.index is not None:
            key = self.session.meeting.items[directive.index].key
            if key != self._now.at:
                self._context = None
                self._wait(line, directive, self._now.batch, key)
            self._astray = ""
            return True
        if batch := self._waiting(line, directive):
            self._wait(line, directive, batch)
            return True
        if self.reach or not isinstance(directive, Present | Regrets | RaiseHand | LowerHand):
            self.write()
        elif isinstance(directive, RaiseHand | LowerHand):  # who waits to speak does so until the next item
            self._go(self._now.at)
        return self._perform(line, reading, directive, self._now.at)

    def _waiting(self, line: int, directive: Directive) -> Batch | None:
        """Return what waits after a directive that concerns nothing else."""
        batch, at = self._now.batch, self._now.at
        match directive:
            case Substitute():
                return batch.substituted(line, directive)
            case CallVote(question) if question:
                return batch.entered(line, at, Motion(question))
            case CallVote() | CastVote() | Object():
                return batch.said(line, at, directive)
        return None

    def _turn(self, line: int, reading: Capture, directive: Undo | Redo) -> bool:
        """Take the latest step back, or make it again."""
        if isinstance(directive, Undo) and len(self._states) > 1 and not self.redos:
            self._states.pop()
            self._context = None
            return True
        self.write()
        if isinstance(directive, Undo) and 0 < len(self.session.meeting.done) <= self._together:
            self._refuse(line, "the line before was written together with others: take them back by hand")
            return False
        done = self._perform(line, reading, directive, self._now.at)
        self._start()
        return done

    def _start(self) -> None:
        self._states = [_State(Batch(), self.session.meeting.current)]

    def _perform(self, line: int, reading: Capture, directive: Directive, item: str) -> bool:
        meeting = self.session.meeting
        try:
            self._record(directing.done(meeting, item, directive, self.session.clock.now()))
        except ValueError as error:
            self._refuse(line, _why(error, reading))
            if isinstance(directive, ChooseTopic):
                self._astray = directive.name
            return False
        return True

    def _go(self, key: str) -> None:
        self._record(chair.go(self.session.meeting, key, self.session.clock.now()))

    def _write_together(self, item: str, waiting: Sequence[Waiting]) -> None:
        if len(waiting) == 1:
            self._write_one(waiting[0].lines, item, waiting[0].entry)
        else:
            entries = [one.entry for one in waiting]
            try:
                now = self.session.clock.now()
                self._record(chair.write_all(self.session.meeting, item, entries, now))
            except ValueError as error:
                for one in waiting:
                    self._refuse_all(one.lines, str(error))
        for one in waiting:
            for directive in one.said:
                self._perform(one.lines[-1], Capture(), directive, item)

    def _write_one(self, lines: Sequence[int], item: str, entry: Entry) -> None:
        try:
            self._record(directing.entered(self.session.meeting, item, entry, self.session.clock.now()))
        except ValueError as error:
            self._refuse_all(lines, str(error))

    def _record(self, event: Event | None) -> None:
        if event is not None:
            self.session.record(event)
            self._context = None

    def _refuse(self, line: int, why: str) -> None:
        self.remarks.append(Remark(line, why, placed=False))

    def _refuse_all(self, lines: Sequence[int], why: str) -> None:
        for line in lines:
            self._refuse(line, why)


def _count(captured: Sequence[Captured]) -> int:
    """Count entries; a motion that was written together with its outcome is two."""
    motions = (one.entry for one in captured if isinstance(one.entry, Motion))
    return len(captured) + sum(motion.outcome is not None for motion in motions)


def _has_no_topic(made: Entry | Directive) -> bool:
    """Say whether something stands outside of every topic, or chooses one."""
    return isinstance(made, ChooseTopic | Present | Regrets)


def _why(error: ValueError, reading: Capture) -> str:
    """Return what is wrong, with what the reading of the line had to say about it."""
    near = ", ".join(offer.line for offer in reading.suggestions)
    return (reading.hint or str(error)) + (f"; there is {near}" if near else "")
