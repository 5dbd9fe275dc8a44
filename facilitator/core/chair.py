"""What the chair does, as events: pure functions of the meeting, a wish and a moment.

Screens and commands ask here what a key means; ``fold.apply`` says what follows from the answer. ``None`` means
that there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from . import editing, pacing, placing, record, writing
from .agenda import Adapting
from .events import (
    AdaptingChanged,
    BudgetPinned,
    CallAdjourned,
    CallPaused,
    CallResumed,
    CallStarted,
    EntriesRecorded,
    EntryRecorded,
    Event,
    ItemEntered,
    TextDrafted,
    TextEdited,
    TimeboxChanged,
    TimingKept,
)
from .fold import apply
from .history import Captured
from .meeting import Meeting, TextDraft
from .spans import Span, Splice
from .writing import Swallowed

MINUTE = 60


def toggle_clock(meeting: Meeting, now: float) -> Event | None:
    """Start the call, or pause it, or go on."""
    if meeting.adjourned_at is not None:
        return None
    if not meeting.timeline:
        return CallStarted(now)
    return CallPaused(now) if meeting.running else CallResumed(now)


def step(meeting: Meeting, by: int, now: float) -> Event | None:
    """Go ``by`` items on in the running order, or back where negative."""
    stops, at = meeting.stops, meeting.index(meeting.current) + by
    return ItemEntered(now, stops[at].key) if 0 <= at < len(stops) else None


def go(meeting: Meeting, item: str, now: float) -> Event | None:
    """Go to an item by its key; a quiet project that waits in a roll call is given the floor."""
    stops = meeting.stops
    if any(item in stop.members for stop in stops):
        from . import quiet  # few calls have need of it

        return quiet.give_floor(meeting, item, now)
    known = {*(stop.key for stop in stops), *meeting.steering.parked} - {meeting.current}
    return ItemEntered(now, item) if item in known else None


def change_timebox(meeting: Meeting, item: str, seconds: int, now: float) -> Event | None:
    """Grant an item more time, or less: never less than nothing.

    Once the call runs and has no time to spare, more is borrowed from the stop to come that can best do without.
    """
    seconds = max(seconds, -pacing.budgets(meeting, now).get(item, 0))
    lender = ""
    if seconds > 0 and meeting.timeline and pacing.pace(meeting, now).over + seconds > 0:
        from . import adapting  # before the start there is nobody to borrow from

        name, lent = adapting.lender(meeting, item, seconds, now)
        lender = name if lent == seconds else ""
    return TimeboxChanged(now, item, seconds, lender) if seconds else None


def pin(meeting: Meeting, item: str, now: float) -> Event | None:
    """Keep an item's budget from adapting, or let it adapt again; who waits in a roll call has none."""
    if not any(item == stop.key for stop in meeting.stops):
        return None
    return BudgetPinned(now, item, item not in meeting.pinned)


def adapt(meeting: Meeting, adapting: Adapting, now: float) -> Event | None:
    """Let budgets follow the clock in another way."""
    return AdaptingChanged(now, adapting) if adapting != meeting.steering.adapting else None


def write(meeting: Meeting, key: str, entry: record.Entry, now: float) -> EntryRecorded:
    """Record an entry under an item.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow it.

    """
    meeting, headings = _headed(meeting, key, now)
    splice = placing.entry(meeting.document, meeting.item(key), entry)
    return EntryRecorded(now, key, entry, (*headings, splice))


def write_all(meeting: Meeting, key: str, entries: Sequence[record.Entry], now: float) -> EntriesRecorded:
    """Record entries that are no outcomes under an item, as one step: a thousand cost little more than one.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow them.

    """
    meeting, headings = _headed(meeting, key, now)
    splice, sizes = placing.entries(meeting.document, meeting.item(key), entries)
    return EntriesRecorded(now, key, tuple(entries), (*headings, splice), sizes)


def _headed(meeting: Meeting, key: str, now: float) -> tuple[Meeting, tuple[Splice, ...]]:
    """Return the meeting with a heading for the item, and the splices that make it where it has none yet."""
    if meeting.item(key).section is not None:
        return meeting, ()
    waiting = meeting.members(key)
    item = waiting[0] if waiting else meeting.item(key)
    splices = placing.headings(meeting.document, meeting.items, item, meeting.agenda)
    if waiting:  # a roll call's own text is that of its group's heading, which then is the first to be made
        splices = splices[:1]
    return apply(meeting, TextEdited(now, key, splices)), splices


def correct(meeting: Meeting, captured: Captured, entry: record.Entry, now: float) -> EntryRecorded:
    """Write an entry of this call anew, where it stands.

    Raises:
        Swallowed: where it would become part of something else there.

    """
    place = Span(captured.start, captured.end)
    splice = writing.rewriting(meeting.document, place, record.lines(entry))
    return EntryRecorded(now, captured.item, entry, (splice,))


def adjourn(meeting: Meeting, now: float) -> list[Event]:
    """End the call; what is still in the capture line or the editor goes into the minutes first."""
    made = unfinished(meeting, now)
    from . import timekeeping  # once in a call is soon enough

    if kept := timekeeping.splices(reduce(apply, made, meeting), now):
        made.append(TimingKept(now, kept))
    return [*made, CallAdjourned(now)]


def unfinished(meeting: Meeting, now: float) -> list[Event]:
    """Write what is not finished into the minutes: a draft as a note, an item's text as it stands in the editor.

    Where the text does not fit any more, the lines that were written there become notes.
    """
    made: list[Event] = []
    if meeting.text_draft is not None:
        made += _edited(meeting, meeting.text_draft, now)
    if meeting.draft is not None and meeting.draft.text.strip():
        after = reduce(apply, made, meeting)
        made += _noted(after, meeting.draft.item, [" ".join(meeting.draft.text.split())], now)
    return made


def _edited(meeting: Meeting, draft: TextDraft, now: float) -> list[Event]:
    try:
        event = edit(meeting, draft.item, draft.before, draft.text, now)
    except editing.Misfit:
        before = set(draft.before.split("\n"))
        return _noted(
            meeting, draft.item, [line for line in draft.text.split("\n") if line not in before], now
        )
    return [event] if event else []


def _noted(meeting: Meeting, key: str, lines: Sequence[str], now: float) -> list[Event]:
    """Write lines as notes, and close first what would swallow them."""
    made: list[Event] = []
    for note in (record.Note(line.strip()) for line in lines if line.strip()):
        after = reduce(apply, made, meeting)
        try:
            made.append(write(after, key, note, now))
        except Swallowed as error:
            if error.closing is not None:
                made.append(TextEdited(now, key, (error.closing,)))
                made.append(write(apply(after, made[-1]), key, note, now))
    return made


def draft_text(meeting: Meeting, key: str, before: str, text: str, now: float) -> TextDrafted | None:
    """Keep what the editor holds, which was given ``before``, as the change since it was kept last."""
    draft = meeting.text_draft
    first = draft is None or (draft.item, draft.before) != (key, before)
    kept = before if draft is None or first else draft.text
    start = _common(kept, text)
    rest = min(len(kept), len(text)) - start
    end = _common(kept[: -rest - 1 : -1], text[: -rest - 1 : -1]) if rest else 0
    removed, inserted = kept[start : len(kept) - end], text[start : len(text) - end]
    if not removed and not inserted:
        return None
    return TextDrafted(now, key, start, removed, inserted, before if first else None)


def _common(one: str, other: str) -> int:
    """Return how many characters at the start of both are the same, by halving what may be."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def edit(meeting: Meeting, key: str, before: str, after: str, now: float) -> TextEdited | None:
    """Change an item's own text from what the editor was given to what it holds now.

    What somebody else wrote there meanwhile stays, as in any landing.

    Raises:
        editing.Misfit: where the new text would swallow or split other items.

    """
    now_there = editing.text(meeting.document, meeting.item(key))
    if now_there != before:
        after = _merged(before.encode(), after.encode(), now_there.encode()).decode()
    splices = editing.splices(meeting.document, meeting.item(key), now_there, after)
    return TextEdited(now, key, splices) if splices else None


def edit_bytes(meeting: Meeting, key: str, before: bytes, after: bytes, now: float) -> TextEdited | None:
    """Change an item's own text, as bytes, from what another program was given to what it left.

    What somebody else wrote there meanwhile stays, as in any landing.

    Raises:
        editing.Misfit: where the new text would swallow or split other items.

    """
    here = editing.span(meeting.document, meeting.item(key))
    now_there = meeting.document.source[here.start : here.end]
    if now_there != before:
        after = _merged(before, after, now_there)
    splices = editing.byte_splices(meeting.document, meeting.item(key), now_there, after)
    return TextEdited(now, key, splices) if splices else None


def _merged(before: bytes, ours: bytes, theirs: bytes) -> bytes:
    from .merge import merge  # only where somebody wrote into the very text that is being edited

    return merge(before, ours, theirs, guard=False).source
