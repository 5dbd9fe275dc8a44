"""What a line of the capture line does to the meeting, as events: the same for the screen and for a script.

``capture.read`` says what a line means; here that meets the meeting. Pure functions; what cannot be done is
``CannotPlace``, with one line that says why and what to do, and nothing has happened then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import agenda, chair, directives, floor, headings, rearranging, record, repairs, roll_call
from .directives import Directive
from .events import AttendanceMarked, Directed, EntryRecorded, Event, Redone, Undone
from .line import Context
from .people import People
from .record import Entry, Motion, Outcome
from .schedule import next_call

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .history import Captured
    from .line import Kind
    from .meeting import Meeting

_MINUTE = 60
"""Seconds; times of day are typed without any."""


class CannotPlace(ValueError):
    """What a line asks for has nothing here to act on."""


def people(meeting: Meeting, marked: Iterable[str] = ()) -> People:
    """Return whom names may mean: the agenda's people, who leads by the headings, and who is listed as attending.

    ``marked`` are about to be listed. Who is somebody else by another name, as Ada is Ada Brandt, is no one more.
    """
    known = People(agenda.people_of(meeting.agenda) if meeting.agenda else ())
    leads = (agenda.Person(lead) for item in meeting.items for lead in item.leads)
    called = (agenda.Person(name) for name in marked)
    found = list(known.people)
    for others in (leads, roll_call.listed(meeting), called):
        for one in others:
            meant = known.find(one.name)
            if not meant:
                found.append(one)
            elif len(meant) == 1 and one.handle and not meant[0].handle:
                found[found.index(meant[0])] = replace(meant[0], handle=one.handle)
        known = People(agenda.named(found, ()))
        found = list(known.people)
    return known


def context(
    meeting: Meeting, known: People, key: str, kind: Kind = "note", now: datetime | None = None
) -> Context:
    """Return what a line is read against at an item; ``known`` is ``people(meeting)``, indexed once.

    ``now`` is this moment where somebody is at the screen, in the zone in which times of day are told.
    """
    schedule = meeting.agenda.schedule if meeting.agenda else None
    return Context(
        today=meeting.date,
        people=known,
        leads=meeting.item(key).leads,
        items=tuple(item.title for item in meeting.items),
        next_call=next_call(schedule, meeting.date) if schedule else None,
        motion=floor.open_motion(meeting, key) is not None,
        motions_in=_motions_in(meeting, key),
        kind=kind,
        now=now,
    )


def _motions_in(meeting: Meeting, key: str) -> tuple[str, ...]:
    """Return the sections that the agenda has for motions; none where the item is in one of them."""
    sections = meeting.agenda.sections if meeting.agenda else ()
    places = tuple(headings.title(section.title) for section in sections if section.motions)
    item = meeting.item(key)
    return () if (item.group or item.title) in places else places


def entered(meeting: Meeting, key: str, entry: Entry, now: float) -> EntryRecorded:
    """Record an entry under an item; an outcome comes with the votes, the objections and the quorum of its motion.

    Raises:
        CannotPlace: for an outcome where no motion is open.
        Swallowed: where an unclosed fence or comment would swallow it.

    """
    if isinstance(entry, Outcome):
        motion = floor.open_motion(meeting, key)
        if motion is None:
            raise CannotPlace(f"put a motion first, PROPOSED: …; none is open in {meeting.item(key).title}")
        entry = motion.closed(entry.verdict, entry.reason, roll_call.quorum(meeting), entry.until)
    return chair.write(meeting, key, entry, now)


def settled(meeting: Meeting, key: str, now: float) -> EntryRecorded:
    """Record the outcome of the item's open motion as it stands.

    Raises:
        CannotPlace: where no motion is open.
        Swallowed: where an unclosed fence or comment would swallow it.

    """
    found = floor.standing(meeting, key, now)
    return entered(meeting, key, Outcome(found.verdict if found else "Approved"), now)


def done(meeting: Meeting, key: str, directive: Directive, now: float) -> Event | None:
    """Return what a directive does at an item; None where everything is as it asks already.

    Raises:
        CannotPlace: where there is nothing it could act on.
        Swallowed: where an unclosed fence or comment would swallow what it writes.

    """
    match directive:
        case directives.Undo():
            return Undone(now)
        case directives.Redo():
            return Redone(now)
        case directives.ChooseTopic(_, index) if index is not None:
            return chair.go(meeting, meeting.items[index].key, now)
        case directives.ChooseTopic(name):
            raise CannotPlace(f"no item is called {name}")
        case directives.AddItem() | directives.StartedAt() | directives.WentOnAt():
            return _steered(meeting, directive, now)
        case directives.Substitute():
            return _substituted(meeting, directive, now)
        case directives.Present() | directives.Regrets():
            return marked(meeting, [directive], now)
        case directives.CallVote(question) if question:
            return chair.write(meeting, key, Motion(question), now)
    return _asked(meeting, key, directive, now)


def marked(
    meeting: Meeting, marks: Iterable[directives.Present | directives.Regrets], now: float
) -> AttendanceMarked | None:
    """Mark people on the roll as one step; None where all of them are marked so already.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow a name or the heading.

    """
    people, splices = roll_call.marked(meeting, *marks)
    return AttendanceMarked(now, people, splices) if splices else None


def _steered(
    meeting: Meeting, directive: directives.AddItem | directives.StartedAt | directives.WentOnAt, now: float
) -> Event | None:
    """Add an item, or put right when the call began or went on."""
    match directive:
        case directives.AddItem(title, seconds):
            try:
                return rearranging.add(meeting, title, seconds, now)
            except rearranging.CannotAdd as error:
                raise CannotPlace(str(error)) from None
        case directives.StartedAt(moment):
            if len(meeting.timeline) > 1 and moment > meeting.timeline[1].start + _MINUTE:
                raise CannotPlace("the first item was over by then")
            return repairs.start_at(meeting, moment, now)
        case directives.WentOnAt(moment):
            if not meeting.running:
                raise CannotPlace("the clock does not run; /started says since when it should")
            if moment < meeting.timeline[-1].start - _MINUTE:
                raise CannotPlace(f"that is before this item began: {meeting.item(meeting.current).title}")
            event = repairs.advance_at(meeting, moment, now)
            if event is None:
                raise CannotPlace("this is the last item")
            return event


def substituted(meeting: Meeting, wish: directives.Substitute) -> tuple[Captured, Entry] | None:
    """Return the nearest earlier entry of this call that holds the words, and what becomes of it; None for none."""
    for captured in reversed(meeting.captured):
        changed = record.substitute(captured.entry, wish.old, wish.new, wish.every)
        if changed is not None:
            return captured, changed
    return None


def _substituted(meeting: Meeting, wish: directives.Substitute, now: float) -> EntryRecorded:
    found = substituted(meeting, wish)
    if found is None:
        raise CannotPlace(f"no entry of this call holds {wish.old}")
    return chair.correct(meeting, *found, now)


def _asked(meeting: Meeting, key: str, directive: Directive, now: float) -> Event:
    """Return what leaves no text: hands, votes, objections."""
    if isinstance(directive, directives.LowerHand):
        if floor.obeyed(meeting, key, directive).hands == meeting.steering.hands:
            raise CannotPlace(f"{', '.join(directive.names) or 'nobody'} is not waiting to speak")
    elif not isinstance(directive, directives.RaiseHand):
        motion = floor.open_motion(meeting, key)
        if motion is None:
            raise CannotPlace(f"put a motion first, PROPOSED: …; none is open in {meeting.item(key).title}")
        if motion.count and isinstance(directive, directives.CastVote | directives.CastVotes):
            raise CannotPlace("the votes were counted: say the new count, or undo that one first")
    return Directed(now, key, directive)
