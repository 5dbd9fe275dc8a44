"""What becomes of a call that ends without its chair: by a signal, a fault, or a machine that went down.

Everything is in the journal at every moment. Here the minutes get what is not finished yet too, the draft in the
capture line and the text in the editor, so that nobody misses words in the file; whoever resumes the call finds them
where they were typed, and the minutes without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from types import FrameType

from facilitator.core import chair, codec
from facilitator.core.events import Drafted, Event, Landed, LandingsSeen, TextDrafted, Undone
from facilitator.core.fold import CannotUndo
from facilitator.core.marks import visible
from facilitator.core.meeting import Meeting
from facilitator.store import directories, replay
from facilitator.store.call import DEFAULT_DURATION, Call
from facilitator.store.disk import Fault, shown
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


def save_at_once(session: Session, interrupted: FrameType | None) -> str:
    """Save because the program is told to end, in the middle of whatever it does; say how the call stands.

    A change that is being taken in right now is in the journal or not at all: nothing may come between.
    """
    if not _is_changing(session, interrupted):
        set_down(session)
    session.storage.flush(SECONDS_TO_SAVE)
    return how_it_stands(session)


def how_it_stands(session: Session) -> str:
    """Say in a line where the call is and how it goes on."""
    return f"The call goes on; the same command resumes it. {session.saved()}"


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
    happened = [codec.event(record["event"]) for record in records[at + 1 :] if "event" in record]
    written = [event for event in happened if not isinstance(event, Landed | LandingsSeen)]
    if len(written) > records[at][_SET_DOWN]:
        return  # the call went on since
    for draft in records[at][_DRAFTS]:
        session.record(replace(codec.event(draft), at=session.clock.now()))
    for _ in written:
        try:
            session.record(Undone(session.clock.now()))
        except CannotUndo:
            break
    session.resumed = replace(session.resumed, entries=len(session.meeting.captured))


def recover(one: Unfinished, clock: Clock) -> Iterator[str]:
    """Write the minutes of a call that was cut off, and leave it to be resumed; give what is to be said of it.

    Raises:
        CannotOpen: where it is open.
        Fault: where the disk refuses.

    """
    opened = open_call(Call(one.minutes, one.date, DEFAULT_DURATION), clock)
    session = Session(opened)
    if session.resumed is not None:
        set_down(session)
        yield from [session.resumed.damage] if session.resumed.damage else []
    session.close()
    yield from session.troubles


def line(one: Unfinished) -> str:
    """Say which call this is: its minutes, what it is called, what is in it, and who has it open."""
    opened = datetime.fromtimestamp(one.since).strftime("%Y-%m-%d %H:%M")
    open_now = f", facilitator {one.pid} has it open" if one.pid is not None else ""
    entries = "1 entry" if one.entries == 1 else f"{one.entries} entries"
    return f"{shown(one.minutes)}: {visible(one.title)}, {entries} since {opened}{open_now}"


def unreadable() -> list[str]:
    """Return what is wrong with the journals that can't be read, a line each."""
    try:
        found = replay.open_calls(directories.state_directory())
    except Fault as fault:
        return [str(fault)]
    return [one.problem for one in found if one.problem]


def _drafts(meeting: Meeting, now: float) -> Iterator[Event]:
    if (draft := meeting.draft) is not None:
        yield Drafted(now, draft.item, draft.kind, draft.text)
    if (text := meeting.text_draft) is not None:
        yield TextDrafted(now, text.item, 0, text.before, text.text, text.before)


def _is_changing(session: Session, frame: FrameType | None) -> bool:
    """Say whether the session was just taking in a change when it was interrupted."""
    changing = (Session.record.__code__, Session.catch_up.__code__)
    while frame is not None:
        if frame.f_code in changing and frame.f_locals.get("self") is session:
            return True
        frame = frame.f_back
    return False
