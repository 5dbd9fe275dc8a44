"""The capture line without a screen: a script of entries, recorded one line after the other.

Every line is read and recorded by the functions the screen uses. What stands next to each other under one item is
written in one step, because a look at the minutes costs the same for one entry and for a hundred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from facilitator.core import capture, chair, directing
from facilitator.core.directives import ChooseTopic, Directive, Present, Regrets, Undo
from facilitator.core.events import CallAdjourned, Event
from facilitator.core.line import Capture, Context
from facilitator.core.people import People
from facilitator.core.record import Entry, Fenced, Motion, Outcome
from facilitator.core.script import Chunk, chunks
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
    before = len(session.meeting.captured)
    taker = _Taker(session, sum(_takes_back(line) for line in lines))
    try:
        for chunk in chunks(lines):
            taker.take(chunk)
        taker.write()
        if opened.left is None and session.meeting.begun:
            session.record(CallAdjourned(session.clock.now()))
    finally:
        clean = session.close()
    troubles = session.troubles or (() if clean else (session.saved(),))
    entries = len(session.meeting.captured) - before
    refused = {remark.line for remark in taker.remarks if not remark.placed}
    told = [remark for remark in taker.remarks if not (remark.placed and remark.line in refused)]
    return Taken(entries, tuple(sorted(told, key=lambda one: one.line)), troubles)


@dataclass(slots=True)
class _Taker:
    """Where in the script the session is."""

    session: Session
    undos: int
    """How many lines of the script take something back: so many of the last entries are steps of their own."""
    remarks: list[Remark] = field(default_factory=list)
    _waiting: list[tuple[int, Entry]] = field(default_factory=list)
    """Entries for the current item that are not written yet, with their lines."""
    _astray: str = ""
    """The topic that was asked for and is no item; what follows belongs to it."""
    _context: Context | None = None
    _people: People = field(init=False)

    def __post_init__(self) -> None:
        self._people = directing.people(self.session.meeting)

    def take(self, chunk: Chunk) -> None:
        """Record what one line, or one fence, says."""
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
        """Write the entries that wait."""
        waiting, self._waiting = self._waiting, []
        together = waiting[: -self.undos] if self.undos else waiting
        if len(together) > 1:
            meeting, entries = self.session.meeting, [entry for _, entry in together]
            try:
                self._record(chair.write_all(meeting, meeting.current, entries, self.session.clock.now()))
            except ValueError as error:
                for number, _ in together:
                    self._refuse(number, str(error))
            waiting = waiting[len(together) :]
        for number, entry in waiting:
            self._write_one(number, entry)

    def _read_against(self) -> Context:
        if self._context is None:
            meeting = self.session.meeting
            self._context = directing.context(meeting, self._people, meeting.current)
        return self._context

    def _enter(self, number: int, entry: Entry) -> None:
        if isinstance(entry, Motion | Outcome):
            self.write()
            self._write_one(number, entry)
        else:
            self._waiting.append((number, entry))

    def _write_one(self, number: int, entry: Entry) -> None:
        meeting = self.session.meeting
        try:
            self._record(directing.entered(meeting, meeting.current, entry, self.session.clock.now()))
        except ValueError as error:
            self._refuse(number, str(error))

    def _obey(self, number: int, reading: Capture, directive: Directive) -> bool:
        """Do what a line asks for; say whether it could be done."""
        self.write()
        meeting = self.session.meeting
        try:
            self._record(directing.done(meeting, meeting.current, directive, self.session.clock.now()))
        except ValueError as error:
            self._refuse(number, _why(error, reading))
            if isinstance(directive, ChooseTopic):
                self._astray = directive.name
            return False
        if isinstance(directive, ChooseTopic):
            self._astray = ""
        return True

    def _record(self, event: Event | None) -> None:
        if event is not None:
            self.session.record(event)
            self._context = None

    def _refuse(self, number: int, why: str) -> None:
        self.remarks.append(Remark(number, why, placed=False))


def _takes_back(line: str) -> bool:
    """Say whether a line undoes something, wherever it stands."""
    anywhere = Context(date.min)
    return "undo" in line.lower() and any(
        isinstance(one, Undo) for one in capture.read(line, anywhere).directives
    )


def _has_no_topic(made: Entry | Directive) -> bool:
    """Say whether something stands outside of every topic, or chooses one."""
    return isinstance(made, ChooseTopic | Present | Regrets)


def _why(error: ValueError, reading: Capture) -> str:
    """Return what is wrong, with what the reading of the line had to say about it."""
    near = ", ".join(offer.line for offer in reading.suggestions)
    return (reading.hint or str(error)) + (f"; there is {near}" if near else "")
