"""What becomes of a call that ends without its chair: by a signal, a fault, or a machine that went down.

Everything is in the journal at every moment. Here the minutes get what is not finished yet too, the draft in the
capture line and the text in the editor, so that nobody misses words in the file; whoever resumes the call finds them
where they were typed, and the minutes without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from types import FrameType

from facilitator.core import chair, codec
from facilitator.core.events import (
    ClockJumped,
    Drafted,
    EntryRecorded,
    Event,
    Landed,
    LandingsSeen,
    TextDrafted,
    TextEdited,
    Undone,
)
from facilitator.core.fold import CannotUndo
from facilitator.core.marks import visible
from facilitator.core.meeting import Meeting
from facilitator.store.call import DEFAULT_DURATION, Call
from facilitator.store.disk import shown
from facilitator.store.opening import Opened, open_call
from facilitator.store.session import Session
from facilitator.store.storage import SAVING
from facilitator.store.unfinished import Unfinished
from facilitator.system.clock import Clock

SECONDS_TO_SAVE = 0.5
"""How long a program that is told to end waits for a slow disk."""

_SET_DOWN = "set down"
"""The key of the record that says how many events behind it wrote down what was unfinished."""

_DRAFTS = "drafts"
"""Its other key: the events that bring that back to where it was typed."""

_IMPORTING = "importlib._bootstrap"
"""Whose code runs while a module is imported, with its locks held."""

_NOT_DONE = Landed | LandingsSeen | ClockJumped
"""What may have happened to a call since it was set down that is no going on with it."""


def save_at_once(session: Session) -> str:
    """Save because the program is told to end, in the middle of whatever it does; say how the call stands."""
    set_down(session)
    session.storage.flush(SECONDS_TO_SAVE)
    session.acknowledge()
    return how_it_stands(session)


def how_it_stands(session: Session) -> str:
    """Say in a line where the call is and how it goes on."""
    saved = session.saved()
    if session.storage.journal.path is None:
        return f"No journal could be kept: the call can't be resumed, its minutes are what there is. {saved}"
    return f"The call goes on; the same command resumes it. {saved}"


def set_down(session: Session) -> None:
    """Write what is unfinished into the minutes, so that it can be taken up again."""
    meeting, now = session.meeting, session.clock.now()
    events = chair.unfinished(meeting, now)
    if events and meeting.adjourned_at is None:
        drafts = [codec.encode(event) for event in _drafts(meeting, now)]
        session.storage.append({_SET_DOWN: len(events), _DRAFTS: drafts})
        for event in events:
            session.record(event)


def take_up(session: Session, opened: Opened) -> None:
    """Put what was set down back to where it was typed, and take it out of the minutes again.

    Where that text was changed since, it stays in the minutes.
    """
    if opened.left is None or session.resumed is None:
        return
    records = [record for record in opened.left.replay.records if SAVING not in record]
    at = max((at for at, record in enumerate(records) if _SET_DOWN in record), default=-1)
    if at < 0:
        return
    since = [codec.event(record["event"]) for record in records[at + 1 :] if "event" in record]
    happened = [event for event in since if not isinstance(event, _NOT_DONE)]
    written = list(takewhile(lambda event: isinstance(event, EntryRecorded | TextEdited), happened))
    written = written[: records[at][_SET_DOWN]]
    now = session.clock.now()
    steps = [replace(codec.event(draft), at=now) for draft in records[at][_DRAFTS]]
    steps += [Undone(now)] * len(written)
    done = [type(event) for event in happened[len(written) :]]
    if done != [type(step) for step in steps[: len(done)]]:
        return  # the call went on since
    for step in steps[
        len(done) :
    ]:  # all of them, unless the last one to take it up was cut off in the middle
        try:
            session.record(step)
        except CannotUndo:
            break
    session.resumed = replace(session.resumed, entries=len(session.meeting.captured))


def recover(one: Unfinished, clock: Clock) -> tuple[Path, list[str]]:
    """Write the minutes of a call that was cut off, and leave it to be resumed; return where, and what went wrong.

    Raises:
        CannotOpen: where it is open.
        Fault: where the disk refuses.

    """
    opened = open_call(Call(one.minutes, one.date, DEFAULT_DURATION), clock)
    session = Session(opened)
    if session.resumed is not None:
        set_down(session)
    session.close()
    return session.path, list(session.troubles)


def line(one: Unfinished) -> str:
    """Say which call this is: its minutes, what it is called, what is in it, and who has it open."""
    opened = datetime.fromtimestamp(one.since).strftime("%Y-%m-%d %H:%M")
    open_now = f", facilitator {one.pid} has it open" if one.pid is not None else ""
    entries = "1 entry" if one.entries == 1 else f"{one.entries} entries"
    return f"{shown(one.minutes)}: {visible(one.title)}, {entries} since {opened}{open_now}"


def _drafts(meeting: Meeting, now: float) -> Iterator[Event]:
    if (draft := meeting.draft) is not None:
        yield Drafted(now, draft.item, draft.kind, draft.text)
    if (text := meeting.text_draft) is not None:
        yield TextDrafted(now, text.item, 0, text.before, text.text, text.before)


def is_busy(session: Session, frame: FrameType | None) -> bool:
    """Say whether a session may not be saved where it was interrupted.

    That is where it was just taking in a change, and where a module was being imported: while that is looked for no
    other thread can import one, and the one that saves may have to.
    """
    while frame is not None:
        held = frame.f_locals
        if frame.f_code in _CHANGES and session in (held.get("self"), held.get("session")):
            return True
        if frame.f_globals.get("__name__") == _IMPORTING:
            return True
        frame = frame.f_back
    return False


_CHANGES = frozenset(
    one.__code__
    for one in (
        Session.record,
        Session.mind_clock,
        Session.catch_up,
        Session.acknowledge,
        Session.keep,
        Session.accept,
        Session.save_elsewhere,
        take_up,
    )
)
"""Every way by which a session changes, or where its minutes are saved does."""
