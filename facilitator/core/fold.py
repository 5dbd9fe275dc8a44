"""The meeting as a fold over its events: ``apply(meeting, event)`` returns the next state.

Undo works on two levels: what the chair steers (clock, current item, timeboxes) goes back to the value it had, and
text goes back by the inverse of its splices, so that what others wrote meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import events, history, items, joining, landing, steer
from .agenda import Agenda
from .document import FEW, Document
from .events import Event
from .history import Captured, Change, Steering
from .item import Item
from .meeting import Draft, Meeting, TextDraft
from .order import Move
from .record import Entry, Motion, Outcome, text_of
from .spans import Splice

_REPLANNED = events.PastRead | events.CallStarted | events.Undone | events.Redone
"""What changes the plan, or the current item behind everybody's back, also where no text changes."""

_HAPPENS_BY_ITSELF = events.Landed | events.LandingsSeen | events.PastRead | events.ClockJumped
"""What is no sign of the chair."""


WORDS = 40
"""Characters of an entry that tell which one it is."""


class CannotUndo(ValueError):
    """There is nothing to undo or redo, or somebody else has changed the text since. Nothing was changed."""


def apply(meeting: Meeting, event: Event) -> Meeting:
    """Return the meeting after ``event``.

    Raises:
        CannotUndo: for an undo or redo that is not possible; the meeting stays as it was.
        ValueError: for a splice that does not fit the minutes.

    """
    after = _applied(meeting, event)
    if not isinstance(event, _HAPPENS_BY_ITSELF):
        after = replace(after, acted_at=event.at)
    if after.items is meeting.items and not isinstance(event, _REPLANNED):
        return after
    return joining.joined(meeting, after, event.at)


def _applied(meeting: Meeting, event: Event) -> Meeting:
    match event:
        case events.Drafted(_, item, kind, text):
            return replace(meeting, draft=Draft(item, kind, text) if text else None)
        case events.TextDrafted():
            return replace(meeting, text_draft=_drafted(meeting, event))
        case events.Undone() | events.Redone():
            return _undo(meeting) if isinstance(event, events.Undone) else _redo(meeting)
        case events.PastRead(_, past):
            return replace(meeting, past=dict(past))
        case events.ClockJumped():
            return meeting
        case events.Landed() | events.LandingsSeen() | events.RemovalAnswered():
            return _of_landing(meeting, event)
    written = _written(meeting, event)
    if written is not None:
        return written
    label, after = steer.steered(meeting, event)
    return _change(meeting, Change(label, meeting.steering, after))


def _written(meeting: Meeting, event: Event) -> Meeting | None:
    """Return the meeting after the chair changed its text; None where that is not what happened."""
    match event:
        case events.EntryRecorded(at, item, entry, splices):
            size = len(splices[-1].inserted)
            written = _write(meeting, _label(entry), splices, item, (entry,), (size,), at)
            return replace(_amended(written, item), draft=None)
        case events.EntriesRecorded(at, item, entries, splices, sizes):
            return _write(meeting, f"{len(entries)} entries", splices, item, entries, sizes, at)
        case events.AttendanceMarked(_, _, splices):
            return _write(meeting, "attendance", splices)
        case events.TextEdited(_, item, splices):
            edited = _amended(_write(meeting, f"edit of {meeting.item(item).title}", splices, item), item)
            done = edited.text_draft is not None and edited.text_draft.item == item
            return replace(edited, text_draft=None) if done else edited
        case events.LandingTakenBack(_, place, splices):
            return _write(
                meeting, f"taking back the landing of {meeting.landings[place].by or 'somebody'}", splices
            )
        case events.TimingKept(_, splices):
            return _write(meeting, "time kept", splices)
        case events.ItemParked():
            return _park(meeting, event)
        case events.ItemAdded():
            return _add(meeting, event)
    return None


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


def _label(entry: Entry) -> str:
    """Name an entry by its kind and its first words."""
    words = " ".join(text_of(entry).split())
    if len(words) > WORDS:
        words = f"{words[:WORDS].rpartition(' ')[0] or words[:WORDS]}…"
    return f"{describe(entry)} “{words}”" if words else describe(entry)


def _change(meeting: Meeting, change: Change) -> Meeting:
    return replace(meeting, steering=change.after, done=(*meeting.done, change), undone=())


def _amended(meeting: Meeting, item: str) -> Meeting:
    """Return the meeting with the latest step named by the entry that it changed, moved or struck, where it did."""
    step = meeting.done[-1]
    if not step.lost or (not step.made and any(splice.inserted for splice in step.splices)):
        return meeting
    old = step.lost[0]
    what = "striking" if not step.made else "change" if old.item == item else "move"
    return replace(meeting, done=(*meeting.done[:-1], replace(step, label=f"{what} of {_label(old.entry)}")))


def _write(
    meeting: Meeting,
    label: str,
    splices: tuple[Splice, ...],
    item: str = "",
    entries: tuple[Entry, ...] = (),
    sizes: tuple[int, ...] = (),
    at: float = 0.0,
) -> Meeting:
    """Return the meeting with the text changed, and the entries that were written among the captured."""
    made: list[Captured] = []
    within = 0
    for entry, size in zip(entries, sizes, strict=True):
        before, own = history.own_lines(splices[-1].inserted[within : within + size])
        start = splices[-1].start + within + before
        made.append(Captured(item, entry, start, start + own))
        within += size
    written, lost = _splice(meeting, splices, made)
    places = tuple(at for at, one in enumerate(meeting.captured) if one in lost) if lost else ()
    written = replace(written, captured=history.put_in(written.captured, made, places[:1]))
    steering = meeting.steering
    if any(isinstance(entry, Motion | Outcome) for entry in entries):
        from . import floor  # few calls have need of it

        steering = floor.recorded(meeting, written, item, entries, lost, at)
    return _change(written, Change(label, meeting.steering, steering, splices, tuple(made), lost, places))


def _splice(
    meeting: Meeting, splices: tuple[Splice, ...], made: Sequence[Captured] = ()
) -> tuple[Meeting, tuple[Captured, ...]]:
    """Return the meeting with the splices made one after the other, and the entries whose text they cut into.

    ``made`` are entries that they write. No entry is a topic.
    """
    document, found = meeting.document, meeting.items
    captured, lost = history.carry(meeting.captured, splices)
    written = (*captured, *made)
    if len(splices) > FEW:
        document = document.apply_all(splices)
        found = items.follow(found, items.infer(document, meeting.agenda, history.starts(written)))
    else:
        standing = meeting.captured
        for splice in splices:
            standing = history.shift(standing, splice)[0]
            entries = written if splice is splices[-1] else standing
            document, found = _spliced(meeting, document, found, splice, history.starts(entries))
    return replace(meeting, document=document, captured=captured, items=found), lost


def _spliced(
    meeting: Meeting,
    document: Document,
    found: tuple[Item, ...],
    splice: Splice,
    captured: frozenset[int],
) -> tuple[Document, tuple[Item, ...]]:
    """Return document and items after one splice; what it does not touch is not asked again."""
    section, count = document.section_at(splice.start), len(document.sections)
    if splice.start == section.heading.start and section.index and not splice.removed:
        section = document.sections[section.index - 1]  # what goes before a heading ends the text above
    inside = section.own.start <= splice.start and splice.span.end <= section.own.end
    document = document.apply(splice)
    whole = len(document.sections) == count
    if inside and whole and document.own(section.index).end == section.own.end + splice.delta:
        return document, items.refresh(found, document, meeting.agenda, section.index, captured)
    return document, items.follow(found, items.infer(document, meeting.agenda, captured))


def _park(meeting: Meeting, event: events.ItemParked) -> Meeting:
    """Return the meeting with an item off the call, and what parking wrote in no part of the call either."""
    label = f"parking of {meeting.item(event.item).title}"
    written = _write(meeting, label, event.splices, "", (event.entry,), (len(event.splices[-1].inserted),))
    known = {item.key for item in meeting.items}
    made = tuple(item.key for item in written.items if item.key not in known)
    after = steer.parked(written, event)
    after = replace(after, aside=(*after.aside, *made))
    after = steer.adapted(replace(written, steering=meeting.steering), after, event.at, anew=True)
    return _restep(written, steering=after)


def _add(meeting: Meeting, event: events.ItemAdded) -> Meeting:
    """Return the meeting with one more item, which comes next."""
    agendas = None
    if event.agenda is not None and meeting.agenda is not None:
        agendas = meeting.agenda, event.agenda
    base = replace(meeting, agenda=event.agenda) if agendas else meeting
    written = _write(base, f"adding {event.title}", event.splices)
    if agendas:
        written = _reread(written)
    known = {
        (item.key, item.title) for item in meeting.items
    }  # a section's first topic has the section's key
    new = [item.key for item in written.items if (item.key, item.title) not in known]
    moves = [Move(key, meeting.current) for key in new if key != meeting.current]
    steering = replace(written.steering, moved=(*written.steering.moved, *moves))
    return _restep(written, steering=steering, agendas=agendas)


def _reread(meeting: Meeting) -> Meeting:
    """Return the meeting with the items that its agenda has now."""
    found = items.infer(meeting.document, meeting.agenda, history.starts(meeting.captured))
    return replace(meeting, items=items.follow(meeting.items, found))


def _restep(meeting: Meeting, *, steering: Steering, agendas: tuple[Agenda, Agenda] | None = None) -> Meeting:
    """Return the meeting whose latest step also steers, and changes the agenda."""
    change = replace(meeting.done[-1], after=steering, agendas=agendas)
    return replace(meeting, steering=steering, done=(*meeting.done[:-1], change))


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
    """Return the meeting with somebody else's changes in it; every step can still be undone, or made again.

    A version that the chair was asked about, and took, is a step like any other.
    """
    landed, cut = _splice(meeting, event.splices)
    again: tuple[Captured, ...] = ()
    if cut:
        again = history.found_again(cut, meeting.document.source, landed.document.source, landed.captured)
        order = {id(one.entry): at for at, one in enumerate(meeting.captured)}
        captured = sorted((*landed.captured, *again), key=lambda one: order[id(one.entry)])
        landed = _reread(replace(landed, captured=tuple(captured), items=meeting.items))
    what = landing.landing(event, landed.document, landed.items)
    landed = replace(landed, landings=(*meeting.landings, what))
    if event.taken:
        places = tuple(at for at, one in enumerate(meeting.captured) if one in cut)
        label, steering = "taking what stood on the disk", meeting.steering
        return _change(landed, Change(label, steering, steering, event.splices, again, cut, places))
    done = history.rebase(meeting.done, event.splices)
    undone = history.rebase_undone(meeting.undone, event.splices)
    return replace(landed, done=done, undone=undone)


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
    if change.agendas:
        meeting = replace(meeting, agenda=change.agendas[0])
    try:
        back, _ = _splice(meeting, tuple(splice.inverse for splice in reversed(change.splices)), change.lost)
    except ValueError:
        raise CannotUndo(f"The text of that {change.label} was changed since: nothing undone") from None
    if change.agendas:
        back = _reread(back)
    return replace(
        back,
        steering=change.before,
        captured=history.put_in(back.captured, change.lost, change.places),
        done=meeting.done[:-1],
        undone=(*meeting.undone, change),
    )


def _redo(meeting: Meeting) -> Meeting:
    if not meeting.undone:
        raise CannotUndo("Nothing to redo")
    change = meeting.undone[-1]
    if change.overrun:
        raise CannotUndo(f"The text around that {change.label} was changed since: nothing redone")
    if change.agendas:
        meeting = replace(meeting, agenda=change.agendas[1])
    try:
        made, _ = _splice(meeting, change.splices, change.made)
    except ValueError:
        raise CannotUndo(f"The text around that {change.label} was changed since: nothing redone") from None
    return replace(
        _reread(made) if change.agendas else made,
        steering=change.after,
        captured=history.put_in(made.captured, change.made, change.places[:1]),
        done=(*meeting.done, change),
        undone=meeting.undone[:-1],
    )
