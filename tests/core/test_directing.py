"""Whatever a line asks for happens as an event: written down, told again from the journal, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import capture, chair, codec, directing, floor, ledger, roll_call
from facilitator.core.agenda import Agenda, Person, Project, Section
from facilitator.core.directing import CannotPlace
from facilitator.core.directives import (
    AddItem,
    CastVote,
    ChooseTopic,
    Directive,
    LowerHand,
    Present,
    RaiseHand,
    StartedAt,
    WentOnAt,
)
from facilitator.core.events import CallStarted, EntriesRecorded, Event, ItemEntered, Landed, Undone
from facilitator.core.fold import CannotUndo, apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Action, Attendee, Decision, Entry, Fenced, Link, Motion, Note
from facilitator.core.spans import Splice
from facilitator.core.writing import Swallowed

DAY = date(2024, 6, 4)
ROSTER = (Project("Beacon", "Tomas Rey"), Project("Lantern", "Ingrid Solheim"), Project("Mole", "Tomas Rey"))
AGENDA = Agenda(
    "Harbor Council",
    "{date}.md",
    (Section("Attendees"), Section("Talk", topics=True), Section("Reviews", total=600, projects=ROSTER)),
    people=(Person("Ada Brandt", "AB"),),
    quorum=0.5,
)
MINUTES = b"""\
# Harbor Council

## Talk

- builds
- summer

## Reviews

### Beacon - Tomas Rey

- lit
"""


def test_motions_are_without_remark_only_where_the_agenda_has_them_if_it_says_where() -> None:
    attendees, talk, reviews = AGENDA.sections
    placed = replace(
        AGENDA, sections=(attendees, replace(talk, motions=True), replace(reviews, motions=True))
    )
    for agenda, remarks in ((AGENDA, [""] * 6), (placed, ["motions belong in Talk or Reviews", *[""] * 5])):
        meeting = call(agenda)
        assert len(meeting.items) == len(remarks)
        for item, remark in zip(meeting.items, remarks, strict=True):
            read_against = directing.context(meeting, directing.people(meeting), item.key)
            for line in ("PROPOSED: ship it", "#vote Ship it?"):
                reading = capture.read(line, read_against)
                assert reading.hint == remark
                assert reading.entries or reading.directives


def call(agenda: Agenda | None = AGENDA, source: bytes = MINUTES) -> Meeting:
    return opened(source, agenda, DAY, 1800)


def typed(meeting: Meeting, line: str, key: str = "") -> Iterable[Event]:
    """Give the events of one line, each made of the state that those before it lead to."""
    key = key or meeting.current
    reading = capture.read(line, directing.context(meeting, directing.people(meeting), key))
    for directive in reading.directives:
        if event := directing.done(meeting, key, directive, 1.0):
            yield event
    for entry in reading.entries:
        yield directing.entered(meeting, key, entry, 1.0)


def after(meeting: Meeting, *lines: str) -> Meeting:
    for line in lines:
        for event in typed(meeting, line):
            meeting = apply(meeting, event)
    return meeting


LINES = st.sampled_from(
    [
        "a note",
        "ACTION: AB to call",
        "Topic: Beacon",
        "Topic: Lantern",
        "Topic: builds",
        "PROPOSED: ship it",
        "PROPOSED: Ada moves to wait",
        "#vote Ada, Tomas +1",
        "#vote Ada -1",
        "#vote Ship today?",
        "#vote",
        "/object Tomas: too soon",
        "/approve",
        "/defer to 2024-07-02",
        "s/i/y/",
        "s/ship/wait/",
        "present+ Ada, Ingrid",
        "regrets+ Ingrid",
        "q+ Ada about lamps",
        "q+ point of order: Tomas",
        "q-",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_every_line_is_journalled_and_undone(lines: list[str]) -> None:
    meetings, replayed = [call()], call()
    for line in lines:
        try:
            for event in typed(meetings[-1], line):
                assert codec.event(codec.encode(event)) == event
                meetings.append(apply(meetings[-1], event))
                replayed = apply(replayed, codec.event(codec.encode(event)))
        except CannotPlace:
            assert meetings[-1].steering.ballots == replayed.steering.ballots
    assert replayed.document.source == meetings[-1].document.source
    assert replayed.steering == meetings[-1].steering
    back = meetings[-1]
    for before in reversed(meetings[:-1]):
        back = apply(back, Undone(1.0))
        assert back.document.source == before.document.source
        assert back.steering == before.steering
        assert sorted(map(repr, back.captured)) == sorted(map(repr, before.captured))
    with pytest.raises(CannotUndo):
        apply(back, Undone(1.0))


WORDS = st.text(st.sampled_from("ab #*-_`>[]()\\<!1.~:é"), min_size=1, max_size=12).filter(str.strip)
ENTRIES = st.lists(
    st.builds(Note, WORDS)
    | st.builds(Decision, WORDS)
    | st.builds(Action, WORDS, st.just(("Ada Brandt",)))
    | st.builds(Motion, WORDS)
    | st.just(Link("x", "https://example.org"))
    | st.just(Fenced(("- a", "", "b"))),
    min_size=1,
    max_size=5,
)
SECTIONS = st.sampled_from(
    [
        "",
        "\n",
        "\n- one\n",
        "\n- one\n\n- two\n",
        "\n* one\n*\n",
        "\n1. one\n2. two\n",
        "\nprose\n",
        "\n- one\n  - nested\n\n  - more",
        "\n- one\n\n\n",
        "\n    code\n",
        "\n> quote",
    ]
)


def written(meeting: Meeting) -> list[tuple[Entry, bytes]]:
    source = meeting.document.source
    return [(one.entry, source[one.start : one.end].rstrip(b"\r\n")) for one in meeting.captured]


@settings(max_examples=120, deadline=None)
@given(
    SECTIONS,
    st.sampled_from(["", "\n## Next\n\n- x\n", "## Next\n"]),
    ENTRIES,
    st.sampled_from(["\n", "\r\n"]),
)
def test_entries_at_once_stand_as_they_would_one_by_one(
    text: str, rest: str, entries: list[Entry], newline: str
) -> None:
    meeting = call(None, ("# T\n\n## A\n" + text + rest).replace("\n", newline).encode())
    key = meeting.items[0].key
    singly = meeting
    for entry in entries:
        singly = apply(singly, chair.write(singly, key, entry, 1.0))
    event = chair.write_all(meeting, key, entries, 1.0)
    together = apply(meeting, event)
    assert together.document.source == singly.document.source
    assert written(together) == written(singly)
    assert [entry for entry, _ in written(together)] == entries
    assert apply(together, Undone(1.0)).document.source == meeting.document.source


@settings(max_examples=120, deadline=None)
@given(
    SECTIONS,
    st.sampled_from(["", "\n## Next\n\n- x\n", "## Next\n"]),
    ENTRIES,
    st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=3),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_corrected_entry_stands_as_if_it_had_been_typed_so(
    text: str, rest: str, entries: list[Entry], corrections: list[tuple[int, str]], newline: str
) -> None:
    meeting = call(None, ("# T\n\n## A\n" + text + rest).replace("\n", newline).encode())
    key = meeting.items[0].key
    corrected = typed_so = meeting
    for entry in entries:
        corrected = apply(corrected, chair.write(corrected, key, entry, 1.0))
    wanted = list(entries)
    for place, words in corrections:
        at = place % len(wanted)
        old = sorted(corrected.captured, key=lambda one: one.start)[at]
        wanted[at] = Note(words)
        corrected = apply(corrected, chair.correct(corrected, old, wanted[at], 1.0))
    for entry in wanted:
        typed_so = apply(typed_so, chair.write(typed_so, key, entry, 1.0))
    assert corrected.document.source == typed_so.document.source
    assert sorted(map(repr, written(corrected))) == sorted(map(repr, written(typed_so)))


class TestBatches:
    def test_what_lands_moves_each_entry_and_undo_still_takes_all(self) -> None:
        meeting = call()
        beacon = meeting.items[-3].key
        event = chair.write_all(meeting, beacon, [Note("one"), Note("two")], 1.0)
        assert isinstance(event, EntriesRecorded)
        meeting = apply(apply(meeting, event), Landed(2.0, (Splice(0, b"", b"Intro\n\n"),)))
        texts = [meeting.document.source[one.start : one.end] for one in meeting.captured]
        assert texts == [b"- one\n", b"- two\n"]
        assert apply(meeting, Undone(3.0)).document.source == b"Intro\n\n" + MINUTES

    def test_one_of_them_can_be_corrected(self) -> None:
        meeting = call()
        meeting = apply(
            meeting, chair.write_all(meeting, meeting.items[-3].key, [Note("won"), Note("two")], 1.0)
        )
        meeting = after(meeting, "s/won/one/")
        assert b"- lit\n- one\n- two\n" in meeting.document.source

    def test_an_open_fence_takes_none(self) -> None:
        meeting = call(None, b"# T\n\n## A\n\n```\n")
        with pytest.raises(Swallowed):
            chair.write_all(meeting, meeting.items[0].key, [Note("one"), Note("two")], 1.0)


class TestTheFloor:
    def test_the_queue_is_of_one_item_and_undo_brings_it_back(self) -> None:
        meeting = after(call(), "q+ Ada, Tomas", "q+ point of order: Ingrid")
        assert [hand.name for hand in meeting.steering.hands] == ["Ingrid Solheim", "Ada Brandt", "Tomas Rey"]
        moved = apply(meeting, ItemEntered(2.0, meeting.items[-1].key))
        assert moved.steering.hands == ()
        assert apply(moved, Undone(3.0)).steering.hands == meeting.steering.hands

    def test_a_ballot_ends_with_its_motion(self) -> None:
        meeting = after(call(), "PROPOSED: ship it", "#vote Ada +1")
        motion = floor.open_motion(meeting, meeting.current)
        assert motion is not None
        assert motion.votes == (("Ada Brandt", "for"),)
        closed = after(meeting, "/approve", "PROPOSED: ship it")
        again = floor.open_motion(closed, closed.current)
        assert again is not None
        assert again.votes == ()

    def test_a_vote_that_is_called_is_known_to_be(self) -> None:
        meeting = after(call(), "PROPOSED: ship it", "#vote")
        motion = floor.open_motion(meeting, meeting.current)
        assert motion is not None
        assert motion.called

    def test_a_motion_that_is_corrected_keeps_its_ballot_under_its_new_words(self) -> None:
        meeting = after(call(), "PROPOSED: shp it", "#vote Ada +1", "s/shp/ship/")
        motion = floor.open_motion(meeting, meeting.current)
        assert motion is not None
        assert motion.motion == Motion("ship it")
        assert motion.votes == (("Ada Brandt", "for"),)

    def test_a_motion_is_of_its_topic(self) -> None:
        meeting = after(call(), "Topic: builds", "PROPOSED: ship it", "Topic: summer")
        assert floor.open_motion(meeting, meeting.current) is None
        with pytest.raises(CannotPlace, match="none is open in summer"):
            after(meeting, "/approve")
        assert b"  - **Motion:** ship it\n    - **Approved:** no objections\n- summer" in (
            after(meeting, "Topic: builds", "/approve").document.source
        )

    @pytest.mark.parametrize(
        "directive", [CastVote(("Ada Brandt",), "for"), LowerHand(("Ada Brandt",)), LowerHand()]
    )
    def test_what_finds_nothing_to_act_on_is_refused(self, directive: CastVote | LowerHand) -> None:
        meeting = call()
        with pytest.raises(CannotPlace):
            directing.done(meeting, meeting.current, directive, 1.0)

    def test_a_journal_of_another_hand_does_no_harm(self) -> None:
        meeting = call()
        assert floor.obeyed(meeting, meeting.current, CastVote(("Ada",), "for")) == meeting.steering
        assert directing.done(meeting, meeting.current, ChooseTopic("x", 0), 1.0) is None
        assert directing.done(meeting, meeting.current, RaiseHand(("Ada",)), 1.0) is not None


class TestTheRoll:
    def test_the_section_stands_where_the_agenda_puts_it(self) -> None:
        meeting = after(call(), "present+ Tomas, ada")
        assert meeting.document.source.startswith(
            b"# Harbor Council\n\n## Attendees\n\n- Tomas Rey (Beacon, Mole)\n- Ada Brandt\n\n## Talk\n"
        )
        assert ledger.attendance(meeting.document)[1] == Attendee("Ada Brandt")

    def test_who_is_marked_already_is_left_alone(self) -> None:
        meeting = after(call(), "present+ Tomas")
        assert roll_call.marked(meeting, Present(("Tomas Rey",)))[1] == ()

    def test_the_quorum_counts_each_lead_once(self) -> None:
        meeting = call()
        assert roll_call.quorum(meeting) is None
        assert not roll_call.quorate(meeting)
        meeting = after(meeting, "present+ Tomas, Ada", "regrets+ Ingrid")
        assert roll_call.quorum(meeting) == (1, 2)
        assert roll_call.quorate(meeting)
        assert roll_call.quorate(call(None))

    def test_without_an_agenda_people_are_who_the_minutes_name(self) -> None:
        meeting = after(call(None), "present+ Zoe Quist")
        assert [person.initials for person in directing.people(meeting).people] == ["TR", "ZQ"]

    def test_who_is_named_in_the_minutes_is_known_beside_the_agenda(self) -> None:
        minutes = MINUTES.replace(b"Tomas Rey", b"Usha Raman") + (
            b"\n## Attendees\n\n- Michael Dawson @mhdawson\n- Kim Lee (TSC)\n- Ada\n"
        )
        meeting = opened(minutes, AGENDA, DAY, 1800)
        people = directing.people(meeting)
        for typed, name in (
            ("usha", "Usha Raman"),
            ("usha raman", "Usha Raman"),
            ("mhdawson", "Michael Dawson"),
            ("@mhdawson", "Michael Dawson"),
            ("kim", "Kim Lee"),
            ("ada", "Ada Brandt"),
            ("AB", "Ada Brandt"),
        ):
            assert [one.name for one in people.find(typed)] == [name]
        meeting = after(meeting, "present+ usha raman", "regrets+ mhdawson", "present+ mhdawson")
        assert b"- Usha Raman (Beacon)\n" in meeting.document.source
        assert meeting.document.source.count(b"awson") == 2
        assert b"- Michael Dawson @mhdawson\n" in meeting.document.source
        assert "Michael Dawson" in roll_call.roll(meeting).present


class TestWhatTheChairForgot:
    def test_the_start_and_a_step_are_told_late(self) -> None:
        meeting = apply(call(), CallStarted(1000.0))
        meeting = apply(meeting, done(meeting, StartedAt(700.0), 1010.0))
        assert meeting.started_at == 700.0
        meeting = apply(meeting, done(meeting, WentOnAt(900.0), 1020.0))
        assert meeting.timeline[-1].start == 900.0
        assert meeting.done[-1].label == "going to builds"

    def test_before_the_start_only_that_can_be_told(self) -> None:
        assert done(call(), StartedAt(700.0), 1000.0) == CallStarted(1000.0, 700.0)
        with pytest.raises(CannotPlace, match="/started"):
            done(call(), WentOnAt(900.0), 1000.0)

    def test_what_does_not_fit_the_other_moments_is_refused(self) -> None:
        meeting = apply(apply(call(), CallStarted(1000.0)), ItemEntered(1300.0, call().stops[1].key))
        with pytest.raises(CannotPlace, match="over by then"):
            done(meeting, StartedAt(1380.0), 1500.0)
        with pytest.raises(CannotPlace, match="before this item began"):
            done(meeting, WentOnAt(1200.0), 1500.0)
        near = apply(meeting, done(meeting, WentOnAt(1270.0), 1500.0))
        assert near.timeline[-1].start == 1300.0, "times of day are typed without seconds"
        last = apply(meeting, ItemEntered(1400.0, meeting.stops[-1].key))
        with pytest.raises(CannotPlace, match="last item"):
            done(last, WentOnAt(1450.0), 1500.0)

    def test_an_item_is_added_and_what_cannot_be_is_refused(self) -> None:
        meeting = apply(call(), done(call(), AddItem("fees", 120), 1.0))
        assert b"- fees (2m)\n" in meeting.document.source
        with pytest.raises(CannotPlace, match="title"):
            done(call(), AddItem(" "), 1.0)


def done(meeting: Meeting, directive: Directive, now: float) -> Event:
    event = directing.done(meeting, meeting.current, directive, now)
    assert event is not None
    return event
