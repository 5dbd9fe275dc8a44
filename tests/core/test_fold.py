"""A call as a fold: whatever the chair does can be undone and made again, whatever lands meanwhile stays."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import amending, chair, directives, events, merge
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.editing import Misfit
from facilitator.core.editing import text as item_text
from facilitator.core.fold import CannotUndo, apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Action, Decision, Entry, Motion, Note, Outcome
from facilitator.core.spans import Splice
from facilitator.core.writing import Swallowed
from tests.simulating import STEERING
from tests.simulating import Wish as Steered

DAY = date(2024, 6, 4)
AGENDA = Agenda(
    "Harbor Council",
    "{date}.md",
    (
        Section("Announcements", time=120),
        Section("Discussion", time=480, topics=True),
        Section(
            "Reviews",
            total=1200,
            projects=(Project("Beacon", "Tomas Rey"), Project("Lantern"), Project("Foghorn", "Priya Nair")),
        ),
    ),
)
MINUTES = b"""\
# Harbor Council

## Announcements

## Discussion

- builds
- summer

## Reviews

### Beacon - Tomas Rey

- fixed

### Foghorn - Priya Nair
"""

ENTRIES = st.sampled_from(
    [
        Note("a note"),
        Note("by them", "TR"),
        Action("write it", ("Tomas Rey",)),
        Decision("yes"),
        Motion("we adopt it"),
        Outcome("Approved", "no objections"),
    ]
)


def call() -> Meeting:
    return opened(MINUTES, AGENDA, DAY, 1800)


Wish = Callable[[Meeting, float], events.Event | None]


def _write(place: int, entry: Entry) -> Wish:
    return lambda meeting, now: chair.write(meeting, _key(meeting, place), entry, now)


def _correct(place: int, entry: Entry) -> Wish:
    def wish(meeting: Meeting, now: float) -> events.Event | None:
        if not meeting.captured:
            return None
        try:
            return chair.correct(meeting, meeting.captured[place % len(meeting.captured)], entry, now)
        except Swallowed:
            return None

    return wish


def _edit(place: int, words: str) -> Wish:
    def wish(meeting: Meeting, now: float) -> events.Event | None:
        item = meeting.item(_key(meeting, place))
        if item.section is None:
            return None
        before = item_text(meeting.document, item)
        try:
            return chair.edit(meeting, item.key, before, f"{before}\n- {words}".strip(), now)
        except Misfit:
            return None

    return wish


def _steered(wish: Steered, rng: random.Random) -> Wish:
    return lambda meeting, now: wish(meeting, rng, now)


def _key(meeting: Meeting, place: int) -> str:
    return meeting.items[place % len(meeting.items)].key


PLACES = st.integers(0, 9)
WISHES: st.SearchStrategy[Wish] = st.one_of(
    st.just(chair.toggle_clock),
    st.sampled_from([1, -1]).map(lambda by: lambda meeting, now: chair.step(meeting, by, now)),
    PLACES.map(lambda place: lambda meeting, now: chair.go(meeting, _key(meeting, place), now)),
    st.tuples(PLACES, st.sampled_from([60, -60])).map(
        lambda drawn: (
            lambda meeting, now: chair.change_timebox(meeting, _key(meeting, drawn[0]), drawn[1], now)
        )
    ),
    st.builds(_write, PLACES, ENTRIES),
    st.builds(_correct, PLACES, ENTRIES),
    st.builds(_edit, PLACES, st.sampled_from(["first", "second"])),
    st.builds(_steered, st.sampled_from(STEERING), st.randoms(use_true_random=False)),
    st.just(
        lambda meeting, now: events.Directed(now, meeting.current, directives.RaiseHand(("Priya Nair",)))
    ),
)


def chaired(meeting: Meeting, wishes: list[Wish], now: float = 1000.0) -> Meeting:
    for wish in wishes:
        now += 7
        event = wish(meeting, now)
        if event is not None:
            meeting = apply(meeting, event)
    return meeting


def standing(meeting: Meeting) -> tuple[object, ...]:
    """What the chair sees of a meeting, apart from what can be undone."""
    return meeting.document.source, meeting.steering, set(meeting.captured), meeting.items, meeting.planned


@given(st.lists(WISHES, max_size=8))
@settings(max_examples=60, deadline=None)
def test_everything_is_undone_in_turn_and_made_again(wishes: list[Wish]) -> None:
    states = [call()]
    for wish in wishes:
        after = chaired(states[-1], [wish], 1000.0 + 10 * len(states))
        if len(after.done) > len(states[-1].done):
            states.append(after)
    meeting = states[-1]
    for state in reversed(states[:-1]):
        meeting = apply(meeting, events.Undone(5000.0))
        assert standing(meeting)[:3] == standing(state)[:3]
    with pytest.raises(CannotUndo):
        apply(meeting, events.Undone(5000.0))
    for state in states[1:]:
        meeting = apply(meeting, events.Redone(6000.0))
        assert standing(meeting)[:3] == standing(state)[:3]
        for one in meeting.captured:
            assert meeting.document.source[one.start : one.end].strip()
    with pytest.raises(CannotUndo):
        apply(meeting, events.Redone(6000.0))


LANDINGS = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["add", "cut", "alter"])), max_size=3)


def landed(meeting: Meeting, changes: list[tuple[int, str]], at: float) -> Meeting:
    """Let somebody's version with lines added, cut or altered land."""
    theirs = meeting.document.source.splitlines(keepends=True)
    for place, what in changes:
        place %= len(theirs)
        if what == "add":
            theirs.insert(place, b"- theirs\n")
        elif what == "cut" or not theirs[place].startswith(b"#"):
            theirs[place : place + 1] = [] if what == "cut" else [b"- altered\n"]
    return apply(meeting, events.Landed(at, merge.splices(meeting.document.source, b"".join(theirs))))


@given(st.lists(WISHES, max_size=6), LANDINGS, st.lists(WISHES, max_size=3))
@settings(max_examples=80, deadline=None)
def test_what_lands_stays_whatever_is_undone(
    before: list[Wish], changes: list[tuple[int, str]], after: list[Wish]
) -> None:
    meeting = chaired(call(), before)
    meeting = landed(meeting, changes, 3000.0)
    theirs = meeting.document.source.count(b"- theirs\n")
    altered = meeting.document.source.count(b"- altered\n")
    meeting = chaired(meeting, after, 4000.0)
    refused = False
    while meeting.done and not refused:
        try:
            meeting = apply(meeting, events.Undone(5000.0))
        except CannotUndo:
            refused = True
        assert meeting.document.source.count(b"- theirs\n") == theirs
        assert meeting.document.source.count(b"- altered\n") == altered
    if not refused and not changes:
        assert meeting.document.source == MINUTES
    while meeting.undone:
        try:
            meeting = apply(meeting, events.Redone(6000.0))
        except CannotUndo:
            break
        assert meeting.document.source.count(b"- theirs\n") == theirs


def test_a_lead_writes_elsewhere_and_the_note_can_still_be_undone() -> None:
    meeting = apply(call(), chair.write(call(), "project:beacon", Note("ours"), 1.0))
    landing = merge.splices(meeting.document.source, meeting.document.source + b"\n- out on Friday\n")
    meeting = apply(meeting, events.Landed(2.0, landing))
    meeting = apply(meeting, events.Undone(3.0))
    assert meeting.document.source == MINUTES + b"\n- out on Friday\n"
    assert meeting.captured == ()


def test_a_note_that_a_lead_rewrote_is_not_undone() -> None:
    meeting = apply(call(), chair.write(call(), "project:beacon", Note("ours"), 1.0))
    theirs = meeting.document.source.replace(b"- ours", b"- ours, and more")
    meeting = apply(meeting, events.Landed(2.0, merge.splices(meeting.document.source, theirs)))
    with pytest.raises(CannotUndo, match="note “ours” was changed since"):
        apply(meeting, events.Undone(3.0))
    assert meeting.document.source == theirs


def test_the_same_words_by_somebody_else_are_not_undone() -> None:
    meeting = apply(call(), chair.write(call(), "project:beacon", Note("ours"), 1.0))
    (splice,) = meeting.done[-1].splices
    anew = (splice.inverse, splice)
    meeting = apply(meeting, events.Landed(2.0, anew))
    with pytest.raises(CannotUndo, match="note “ours” was changed since"):
        apply(meeting, events.Undone(3.0))


def test_a_draft_is_kept_until_its_line_is_empty_or_recorded() -> None:
    meeting = apply(call(), events.Drafted(1.0, "project:beacon", "note", "half a tho"))
    assert meeting.draft is not None
    assert meeting.begun
    assert apply(meeting, events.Drafted(2.0, "project:beacon", "note", "")).draft is None
    assert apply(meeting, chair.write(meeting, "project:beacon", Note("half a thought"), 3.0)).draft is None


def test_an_event_nobody_knows_is_no_accident() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Teleported(events.Event):
        pass

    with pytest.raises(TypeError, match="Teleported"):
        apply(call(), Teleported(1.0))


TOPICS = b"# T\n\n## Welcome\n\n## Three\n\n## Last\n\n- old [EM]\n"
_TOPICS_AGENDA = Agenda(
    "T", "t.md", sections=(Section("Welcome"), Section("Three", topics=True), Section("Last", topics=True))
)
_CALL = st.sampled_from(["note", "decision", "action", "motion", "strike", "lead", "undo", "redo", "next"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_CALL, st.integers(0, 40)), max_size=14), st.sampled_from([_TOPICS_AGENDA, None]))
def test_what_was_captured_in_this_call_is_never_a_topic(
    happened: list[tuple[str, int]], agenda: Agenda | None
) -> None:
    source = TOPICS if agenda else b"# T\n\n## Welcome\n\n## Topics\n\n## Last\n\n- old (5m)\n- new (5m)\n"
    meeting = opened(source, agenda, date(2024, 6, 4), 600)
    for now, (wish, place) in enumerate(happened, 1):
        meeting = _one_more(meeting, wish, place, float(now))
        lines = meeting.document.source.decode().splitlines()
        topics = [item for item in meeting.items if item.kind == "topic"]
        assert not [item.title for item in topics if item.title.startswith("captured")], lines
        led = [line for line in lines if line.startswith(("- lead", "- old", "- new"))]
        assert agenda is None or len(topics) == len(led), lines
        assert len({item.key for item in meeting.items}) == len(meeting.items)


def _one_more(meeting: Meeting, wish: str, place: int, now: float) -> Meeting:
    """Return the meeting after the chair, or a lead in the text of a section of topics, did one more thing."""
    words = f"captured at {now:.0f}"
    made: dict[str, Entry] = {
        "note": Note(words),
        "decision": Decision(words),
        "action": Action(words),
        "motion": Motion(words),
    }
    key = meeting.items[place % len(meeting.items)].key
    if wish in made:
        return apply(meeting, chair.write(meeting, key, made[wish], now))
    if wish == "next":
        return apply(meeting, events.ItemEntered(now, key))
    if wish == "strike" and meeting.captured:
        event = amending.struck(meeting, meeting.captured[place % len(meeting.captured)], now)
        return apply(meeting, event) if event else meeting
    if wish == "lead":
        first, end = (meeting.document.own(index) for index in (3, 4))
        span = (first, end)[place % 2]
        text = meeting.document.source[span.start : span.end]
        ends = [at + 1 for at, byte in enumerate(text) if byte == ord("\n")] or [len(text)]
        at = span.start + ends[place % len(ends)]
        return apply(meeting, events.Landed(now, (Splice(at, b"", f"- lead at {now:.0f} (5m)\n".encode()),)))
    try:
        return apply(meeting, (events.Undone if wish == "undo" else events.Redone)(now))
    except CannotUndo:
        return meeting
