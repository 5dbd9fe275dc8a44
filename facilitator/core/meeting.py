"""A meeting as a fold over its events: ``apply(meeting, event)`` returns the next state.

The state is one frozen value. Undo works on two levels: what the chair steers (clock, current item, timeboxes)
goes back to the value it had, and text goes back by the inverse of its splices, so that what others wrote meanwhile
stays.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from . import history, pacing, timeline
from . import items as items_
from .agenda import Agenda
from .document import Document
from .events import (
    CallAdjourned,
    CallOpened,
    CallPaused,
    CallResumed,
    CallStarted,
    Drafted,
    EntryRecorded,
    Event,
    ItemEntered,
    Landed,
    Redone,
    TextEdited,
    TimeboxChanged,
    Undone,
)
from .history import Captured, Change, Steering
from .items import Item
from .line import Kind
from .record import Action, Decision, Entry, Link, Note
from .spans import Splice
from .timeline import Timeline


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands unfinished in the capture line."""

    item: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One call's state. ``duration`` and ``planned`` are seconds; ``planned`` holds the timebox of each item."""

    agenda: Agenda | None
    date: datetime.date
    duration: int
    document: Document
    items: tuple[Item, ...]
    planned: pacing.Plan
    steering: Steering
    captured: tuple[Captured, ...] = ()
    """The entries recorded in this call, in the order they were written."""
    adjourned_at: float | None = None
    draft: Draft | None = None
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    @property
    def current(self) -> str:
        """The key of the item the call is on."""
        return self.steering.current

    @property
    def timeline(self) -> Timeline:
        """Who had the time so far."""
        return self.steering.timeline

    @property
    def started_at(self) -> float | None:
        """The moment the clock was first started."""
        return self.timeline[0].start if self.timeline else None

    @property
    def paused(self) -> bool:
        """Whether the call has started and its time belongs to nobody now."""
        return bool(self.timeline) and not self.timeline[-1].item and self.adjourned_at is None

    @property
    def running(self) -> bool:
        """Whether an item's clock is running."""
        return bool(self.timeline) and bool(self.timeline[-1].item)

    def item(self, key: str) -> Item:
        """Return the item of that key; the first one where a landing took it away."""
        return next((item for item in self.items if item.key == key), self.items[0])

    def index(self, key: str) -> int:
        """Return the place of an item in the running order."""
        return next((at for at, item in enumerate(self.items) if item.key == key), 0)

    def budget(self, key: str) -> int:
        """Return the seconds the item is granted now."""
        return max(0, self.planned.get(key, 0) + self.steering.extra.get(key, 0))


class CannotUndo(ValueError):
    """There is nothing to undo or redo, or somebody else has changed the text since. Nothing was changed."""


def opened(event: CallOpened, source: bytes) -> Meeting:
    """Return the meeting that a ``CallOpened`` begins on minutes of these bytes."""
    document = Document.parse(source)
    found = items_.infer(document, event.agenda)
    return Meeting(
        agenda=event.agenda,
        date=event.date,
        duration=event.duration,
        document=document,
        items=found,
        planned=pacing.plan(found, event.agenda, event.duration),
        steering=Steering(current=found[0].key),
    )


def apply(meeting: Meeting, event: Event) -> Meeting:
    """Return the meeting after ``event``.

    Raises:
        CannotUndo: for an undo or redo that is not possible; the meeting stays as it was.
        ValueError: for a splice that does not fit the minutes.

    """
    match event:
        case Drafted(_, item, kind, text):
            return replace(meeting, draft=Draft(item, kind, text) if text else None)
        case Undone():
            return _undo(meeting)
        case Redone():
            return _redo(meeting)
        case Landed(_, splices):
            return _land(meeting, splices)
        case CallAdjourned(at):
            ended = timeline.begin(meeting.timeline, "", at) if meeting.timeline else ()
            return replace(meeting, adjourned_at=at, steering=replace(meeting.steering, timeline=ended))
        case EntryRecorded(_, item, entry, splices):
            return replace(_write(meeting, describe(entry), splices, item, entry), draft=None)
        case TextEdited(_, item, splices):
            return _write(meeting, f"edit of {meeting.item(item).title}", splices, item)
    return _steer(meeting, event)


def describe(entry: Entry) -> str:
    """Return what kind of entry this is, in a word or two."""
    match entry:
        case Note():
            return "note"
        case Action():
            return "action item"
        case Decision():
            return "decision"
        case Link():
            return "link"
    return type(entry).__name__.lower()


def _steer(meeting: Meeting, event: Event) -> Meeting:
    """Return the meeting after an event that moves the clock, the current item or a timebox, and no text."""
    steering = meeting.steering
    match event:
        case CallStarted(at):
            label = "start"
            planned = pacing.plan(meeting.items, meeting.agenda, meeting.duration)
            meeting = replace(meeting, planned=planned)
            after = replace(steering, timeline=timeline.begin((), steering.current, at))
        case CallPaused(at):
            label = "pause"
            after = replace(steering, timeline=timeline.begin(steering.timeline, "", at))
        case CallResumed(at):
            label = "resume"
            after = replace(steering, timeline=timeline.begin(steering.timeline, steering.current, at))
        case ItemEntered(at, item):
            label = f"going to {meeting.item(item).title}"
            moved = timeline.begin(steering.timeline, item, at) if meeting.running else steering.timeline
            after = replace(steering, current=item, timeline=moved)
        case TimeboxChanged(_, item, seconds):
            label = (
                f"{'+' if seconds > 0 else '−'}{pacing.clock(abs(seconds))} for {meeting.item(item).title}"
            )
            after = replace(steering, extra={**steering.extra, item: steering.extra.get(item, 0) + seconds})
        case _:
            raise TypeError(f"no meeting knows what to do with {type(event).__name__}")
    return _change(meeting, Change(label, steering, after))


def _change(meeting: Meeting, change: Change) -> Meeting:
    return replace(meeting, steering=change.after, done=(*meeting.done, change), undone=())


def _write(
    meeting: Meeting, label: str, splices: tuple[Splice, ...], item: str, entry: Entry | None = None
) -> Meeting:
    """Return the meeting with the text changed, and the entry, where there is one, among the captured."""
    written, lost = _splice(meeting, splices)
    made = None
    if entry is not None:
        last = splices[-1]
        made = Captured(item, entry, last.start, last.start + len(last.inserted))
        written = replace(written, captured=(*written.captured, made))
    change = Change(label, meeting.steering, meeting.steering, splices, made, lost)
    return _change(written, change)


def _splice(meeting: Meeting, splices: tuple[Splice, ...]) -> tuple[Meeting, tuple[Captured, ...]]:
    """Return the meeting with the splices made one after the other, and the entries whose text they cut into."""
    document, found, captured = meeting.document, meeting.items, meeting.captured
    lost: tuple[Captured, ...] = ()
    for splice in splices:
        section = document.section_at(splice.start).index
        count = len(document.sections)
        document = document.apply(splice)
        captured, cut = history.shift(captured, splice)
        lost += cut
        if len(document.sections) == count:
            found = items_.refresh(found, document, meeting.agenda, section)
        else:
            found = items_.follow(found, items_.infer(document, meeting.agenda))
    return replace(meeting, document=document, captured=captured, items=found), lost


def _land(meeting: Meeting, splices: tuple[Splice, ...]) -> Meeting:
    """Return the meeting with somebody else's changes in it; every earlier step can still be undone."""
    landed, _ = _splice(meeting, splices)
    return replace(landed, done=history.rebase(meeting.done, splices), undone=())


def _undo(meeting: Meeting) -> Meeting:
    if not meeting.done:
        raise CannotUndo("Nothing to undo")
    change = meeting.done[-1]
    try:
        back, _ = _splice(meeting, tuple(splice.inverse for splice in reversed(change.splices)))
    except ValueError:
        raise CannotUndo(f"The text of that {change.label} was changed since: nothing undone") from None
    captured = sorted((*back.captured, *change.lost), key=lambda one: one.start)
    return replace(
        back,
        steering=change.before,
        captured=tuple(captured) if change.lost else back.captured,
        done=meeting.done[:-1],
        undone=(*meeting.undone, change),
    )


def _redo(meeting: Meeting) -> Meeting:
    if not meeting.undone:
        raise CannotUndo("Nothing to redo")
    change = meeting.undone[-1]
    try:
        made, _ = _splice(meeting, change.splices)
    except ValueError:
        raise CannotUndo(f"The text around that {change.label} was changed since: nothing redone") from None
    return replace(
        made,
        steering=change.after,
        captured=(*made.captured, change.made) if change.made else made.captured,
        done=(*meeting.done, change),
        undone=meeting.undone[:-1],
    )
