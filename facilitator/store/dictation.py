"""Lines of a script on their way into the minutes.

Every line is read and recorded by the functions the screen uses. What goes under one item is written in one step,
because a look at the minutes costs the same for one entry and for a hundred (``core.batch``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from facilitator.core import capture, chair, directing, roll_call
from facilitator.core.batch import Batch, Waiting
from facilitator.core.directives import (
    CallVote,
    CastVote,
    CastVotes,
    ChooseTopic,
    CountVotes,
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
from facilitator.core.events import Event
from facilitator.core.history import Change
from facilitator.core.line import Capture, Context
from facilitator.core.people import fold
from facilitator.core.record import Entry, Fenced, Motion, Note, Outcome
from facilitator.core.script import Chunk
from facilitator.store.session import Session


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


class _State(NamedTuple):
    """What waits after a line, and where the script is then."""

    batch: Batch
    at: str
    """The key of the item that is written to."""
    line: int = 0
    made: Entry | Directive | None = None
    """What the line asked for; None where nothing waits yet."""


@dataclass(slots=True)
class Dictation:
    """Where in the script the session is.

    What the lines say waits for as long as it can: undo goes back to the state before, redo does once more what led
    from it, and what is written together costs one look at the minutes for each item.
    """

    session: Session
    reach: int = 0
    """How many of the last steps the rest of the script may take back: those are written one by one."""
    remarks: list[Remark] = field(default_factory=list)
    _states: list[_State] = field(init=False)
    """After each line since the batch was written last; before the first of them, nothing waits."""
    _back: list[_State] = field(default_factory=list)
    """What waited and was taken back, the latest last; it can be made again until something new is done."""
    _outdated: int = 0
    """How many steps the session would make again, but for lines that waited since."""
    _marks: list[tuple[int, Capture, Present | Regrets]] = field(default_factory=list)
    """Marks on the roll that wait; no two are of the same person."""
    _called: set[str] = field(default_factory=set)
    """Who is marked by them."""
    _together: int = 0
    """How many steps there were when lines were written together last: what they made is no line's step."""
    _astray: str = ""
    """The topic that was asked for and is no item; what follows belongs to it."""
    _context: Context | None = None
    _newcomers: bool = False
    """Whether people were marked since names were last looked up; a list of marks is not looked through for each."""

    def __post_init__(self) -> None:
        self._start()

    def take(self, chunk: Chunk) -> None:
        """Do what one line, or one fence, says."""
        if isinstance(chunk.content, Fenced):
            reading = Capture((chunk.content,))
        else:
            reading = capture.read(chunk.content, self._read_against())
            made = (*reading.entries, *reading.directives)
            if self._newcomers and not all(isinstance(one, Note | Present | Regrets) for one in made):
                self._context, self._newcomers = None, False
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

    def end(self) -> None:
        """Write whatever waits: no line is to come."""
        self.reach = 0
        self._write()

    def _write(self) -> None:
        """Write what waits, item by item; the steps that lines to come may take back, one by one."""
        self._mark()
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
            waiting = (name for _, _, mark in self._marks for name in mark.names)
            known = directing.people(self.session.meeting, waiting)
            self._context = directing.context(self.session.meeting, known, self._now.at)
        waits = not self._context.motion and self._now.batch.has_motion(self._now.at)
        return replace(self._context, motion=True) if waits else self._context

    @property
    def _now(self) -> _State:
        return self._states[-1]

    def _wait(self, line: int, made: Entry | Directive, batch: Batch, at: str = "") -> None:
        self._states.append(_State(batch, at or self._now.at, line, made))
        self._back.clear()
        self._outdated = len(self.session.meeting.undone)

    def _enter(self, line: int, entry: Entry) -> None:
        state, batch = self._now, None
        if not isinstance(entry, Outcome):
            batch = state.batch.entered(line, state.at, entry)
        elif state.batch.has_motion(state.at):
            self._mark()  # who is present is counted
            batch = state.batch.settled(line, state.at, entry, roll_call.quorum(self.session.meeting))
        if batch is None:
            self._write()
            before = self.session.meeting.done
            self._write_one((line,), state.at, entry)
            self._forget(before)
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
        if not self.reach and isinstance(directive, Present | Regrets):
            self._call(line, reading, directive)
            return True
        if not self.reach and isinstance(directive, RaiseHand | LowerHand):
            self._go(self._now.at)  # who waits to speak does so until the next item
        else:
            self._write()
        before = self.session.meeting.done
        done = self._perform(line, reading, directive, self._now.at)
        self._forget(before)
        return done

    def _waiting(self, line: int, directive: Directive) -> Batch | None:
        """Return what waits after a directive that concerns nothing else."""
        batch, at = self._now.batch, self._now.at
        match directive:
            case Substitute():
                return batch.substituted(line, directive)
            case CallVote(question) if question:
                return batch.entered(line, at, Motion(question))
            case CallVote() | CastVote() | CastVotes() | CountVotes() | Object():
                return batch.said(line, at, directive)
        return None

    def _turn(self, line: int, reading: Capture, directive: Undo | Redo) -> bool:
        """Take the latest step back, or make it again."""
        self._mark()
        if isinstance(directive, Undo) and len(self._states) > 1:
            self._back.append(self._states.pop())
            self._context = None
            return True
        meeting = self.session.meeting
        if isinstance(directive, Redo) and len(meeting.undone) <= self._outdated:
            return self._make_again(line)
        if isinstance(directive, Undo) and 0 < len(meeting.done) <= self._together:
            self._refuse(line, "the line before was written together with others: take them back by hand")
            return False
        done = self._perform(line, reading, directive, self._now.at)
        self._start()
        return done

    def _make_again(self, line: int) -> bool:
        """Let what waited, and was taken back last, wait once more."""
        if not self._back:
            self._refuse(line, "Nothing to redo")
            return False
        *back, state = self._back
        if isinstance(state.made, ChooseTopic):
            self._wait(state.line, state.made, self._now.batch, state.at)
        elif isinstance(state.made, Entry):
            self._enter(state.line, state.made)
        elif state.made is not None:
            self._obey(state.line, Capture(), state.made)
        self._back, self._context = back, None
        return True

    def _forget(self, before: Sequence[Change]) -> None:
        """Keep nothing to be made again where there is a new step since there were those ``before``."""
        if self.session.meeting.done is not before:
            self._back.clear()

    def _call(self, line: int, reading: Capture, mark: Present | Regrets) -> None:
        """Let a mark on the roll wait for others: a list of names is looked through once for all of them."""
        names = {fold(name) for name in mark.names}
        if names & self._called:
            self._mark()
        self._called |= names
        self._newcomers = True
        self._marks.append((line, reading, mark))

    def _mark(self) -> None:
        """Write the marks that wait, as one step."""
        marks, self._marks, self._called = self._marks, [], set()
        before = self.session.meeting.done
        try:
            if len(marks) > 1:
                now = self.session.clock.now()
                self._record(directing.marked(self.session.meeting, [mark for _, _, mark in marks], now))
                self._together = len(self.session.meeting.done)
                marks = []
        except ValueError:
            pass  # then each by itself, so that only those are refused that have no place
        for line, reading, mark in marks:
            self._perform(line, reading, mark, self._now.at)
        self._forget(before)

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
            self._outdated = min(self._outdated, len(self.session.meeting.undone))
            self._context = None

    def _refuse(self, line: int, why: str) -> None:
        self.remarks.append(Remark(line, why, placed=False))

    def _refuse_all(self, lines: Sequence[int], why: str) -> None:
        for line in lines:
            self._refuse(line, why)


def _has_no_topic(made: Entry | Directive) -> bool:
    """Say whether something stands outside of every topic, or chooses one."""
    return isinstance(made, ChooseTopic | Present | Regrets)


def _why(error: ValueError, reading: Capture) -> str:
    """Return what is wrong, with what the reading of the line had to say about it."""
    near = ", ".join(offer.line for offer in reading.suggestions)
    return (reading.hint or str(error)) + (f"; there is {near}" if near else "")
