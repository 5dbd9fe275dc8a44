"""The meeting as a fold over its events: ``apply(meeting, event)`` returns the next state.

Undo works on two levels: what the chair steers (clock, current item, timeboxes) goes back to the value it had, and
text goes back by the inverse of its splices, so that what others wrote meanwhile stays.
"""

from __future__ import annotations

from dataclasses import replace

from . import events, history, items, landing, pacing, timeline
from .events import Event
from .history import Captured, Change
from .meeting import Draft, Meeting, TextDraft
from .record import Entry, Motion, Outcome
from .spans import Splice


class CannotUndo(ValueError):
    """There is nothing to undo or redo, or somebody else has changed the text since. Nothing was changed."""


def apply(meeting: Meeting, event: Event) -> Meeting:
    """Return the meeting after ``event``.

    Raises:
        CannotUndo: for an undo or redo that is not possible; the meeting stays as it was.
        ValueError: for a splice that does not fit the minutes.

    """
    match event:
        case events.Drafted(_, item, kind, text):
            return replace(meeting, draft=Draft(item, kind, text) if text else None)
        case events.TextDrafted():
            return replace(meeting, text_draft=_drafted(meeting, event))
        case events.Undone() | events.Redone():
            return _undo(meeting) if isinstance(event, events.Undone) else _redo(meeting)
        case events.Landed() | events.LandingsSeen() | events.RemovalAnswered():
            return _of_landing(meeting, event)
        case events.CallAdjourned(at):
            ended = timeline.begin(meeting.timeline, "", at) if meeting.timeline else ()
            return replace(meeting, adjourned_at=at, steering=replace(meeting.steering, timeline=ended))
        case events.EntryRecorded(_, item, entry, splices):
            size = len(splices[-1].inserted)
            written = _write(meeting, describe(entry), splices, item, (entry,), (size,))
            return replace(written, draft=None)
        case events.EntriesRecorded(_, item, entries, splices, sizes):
            return _write(meeting, f"{len(entries)} entries", splices, item, entries, sizes)
        case events.AttendanceMarked(_, _, splices):
            return _write(meeting, "attendance", splices)
        case events.TextEdited(_, item, splices):
            edited = _write(meeting, f"edit of {meeting.item(item).title}", splices, item)
            done = edited.text_draft is not None and edited.text_draft.item == item
            return replace(edited, text_draft=None) if done else edited
    return _steer(meeting, event)


def _drafted(meeting: Meeting, event: events.TextDrafted) -> TextDraft | None:
    """Return what the editor holds after a change; nothing where that is what it was given."""
    draft = meeting.text_draft
    if event.before is not None:
        draft = TextDraft(event.item, event.before, event.before)
    end = event.start + len(event.removed)
    if draft is None or draft.text[event.start : end] != event.removed:
        raise ValueError("the editor held another text")
    text = draft.text[: event.start] + event.inserted + draft.text[end:]
    return None if text == draft.before else replace(draft, text=text)


def describe(entry: Entry) -> str:
    """Return what kind of entry this is, in a word or two."""
    kind = type(entry).__name__.lower()
    return "action item" if kind == "action" else kind


def _steer(meeting: Meeting, event: Event) -> Meeting:
    """Return the meeting after an event that moves the clock, the current item or a timebox, and no text."""
    steering = meeting.steering
    match event:
        case events.CallStarted(at):
            label = "start"
            planned = pacing.plan(meeting.items, meeting.agenda, meeting.duration)
            meeting = replace(meeting, planned=planned)
            after = replace(steering, timeline=timeline.begin((), steering.current, at))
        case events.CallPaused(at):
            label = "pause"
            after = replace(steering, timeline=timeline.begin(steering.timeline, "", at))
        case events.CallResumed(at):
            label = "resume"
            after = replace(steering, timeline=timeline.begin(steering.timeline, steering.current, at))
        case events.ItemEntered(at, item):
            label = f"going to {meeting.item(item).title}"
            moved = timeline.begin(steering.timeline, item, at) if meeting.running else steering.timeline
            after = replace(steering, current=item, timeline=moved, hands=())
        case events.TimeboxChanged(_, item, seconds):
            label = (
                f"{'+' if seconds > 0 else '−'}{pacing.clock(abs(seconds))} for {meeting.item(item).title}"
            )
            after = replace(steering, extra={**steering.extra, item: steering.extra.get(item, 0) + seconds})
        case events.Directed(_, item, directive):
            from . import floor  # few calls have need of it

            label = floor.name(directive)
            after = floor.obeyed(meeting, item, directive)
        case _:
            raise TypeError(f"no meeting knows what to do with {type(event).__name__}")
    return _change(meeting, Change(label, steering, after))


def _change(meeting: Meeting, change: Change) -> Meeting:
    return replace(meeting, steering=change.after, done=(*meeting.done, change), undone=())


def _write(
    meeting: Meeting,
    label: str,
    splices: tuple[Splice, ...],
    item: str = "",
    entries: tuple[Entry, ...] = (),
    sizes: tuple[int, ...] = (),
) -> Meeting:
    """Return the meeting with the text changed, and the entries that were written among the captured."""
    written, lost = _splice(meeting, splices)
    made: list[Captured] = []
    start = splices[-1].start if splices else 0
    for entry, size in zip(entries, sizes, strict=True):
        made.append(Captured(item, entry, start, start + size))
        start += size
    written = replace(written, captured=(*written.captured, *made))
    steering = meeting.steering
    if any(isinstance(entry, Motion | Outcome) for entry in entries):
        from . import floor  # few calls have need of it

        steering = floor.recorded(meeting, written, item, entries, lost)
    return _change(written, Change(label, meeting.steering, steering, splices, tuple(made), lost))


def _splice(meeting: Meeting, splices: tuple[Splice, ...]) -> tuple[Meeting, tuple[Captured, ...]]:
    """Return the meeting with the splices made one after the other, and the entries whose text they cut into."""
    document, found = meeting.document, meeting.items
    for splice in splices:
        section, count = document.section_at(splice.start), len(document.sections)
        if splice.start == section.heading.start and section.index and not splice.removed:
            section = document.sections[section.index - 1]  # what goes before a heading ends the text above
        inside = section.own.start <= splice.start and splice.span.end <= section.own.end
        document = document.apply(splice)
        whole = len(document.sections) == count
        if inside and whole and document.own(section.index).end == section.own.end + splice.delta:
            found = items.refresh(found, document, meeting.agenda, section.index)
        else:
            found = items.follow(found, items.infer(document, meeting.agenda))
    captured, lost = history.carry(meeting.captured, splices)
    return replace(meeting, document=document, captured=captured, items=found), lost


def _of_landing(
    meeting: Meeting, event: events.Landed | events.LandingsSeen | events.RemovalAnswered
) -> Meeting:
    match event:
        case events.Landed():
            return _land(meeting, event)
        case events.LandingsSeen(_, seen):
            return replace(meeting, landings=landing.see(meeting.landings, seen))
        case events.RemovalAnswered():
            return _answer(meeting, event)


def _land(meeting: Meeting, event: events.Landed) -> Meeting:
    """Return the meeting with somebody else's changes in it; every earlier step can still be undone."""
    landed, _ = _splice(meeting, event.splices)
    what = landing.landing(event, landed.document, landed.items)
    done = history.rebase(meeting.done, event.splices)
    return replace(landed, done=done, undone=(), landings=(*meeting.landings, what))


def _answer(meeting: Meeting, event: events.RemovalAnswered) -> Meeting:
    """Return the meeting with a removal kept out, or carried out, which can be undone like any edit."""
    taken = bool(event.splices)
    landings = landing.answered(meeting.landings, event.landing, event.removal, taken=taken)
    if taken:
        one = landings[event.landing].removals[event.removal]
        meeting = _write(meeting, f"removal in {one.title}", event.splices, one.item)
    return replace(meeting, landings=landings)


def _undo(meeting: Meeting) -> Meeting:
    if not meeting.done:
        raise CannotUndo("Nothing to undo")
    change = meeting.done[-1]
    if change.overrun:
        raise CannotUndo(f"The text of that {change.label} was changed since: nothing undone")
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
        captured=(*made.captured, *change.made),
        done=(*meeting.done, change),
        undone=meeting.undone[:-1],
    )
