"""The chair thinks again about an entry: another kind, another item, not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import amending, chair, directing, floor
from facilitator.core.directing import CannotPlace
from facilitator.core.directives import CastVote
from facilitator.core.events import Directed, Event, Redone, TextEdited, Undone
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Action, Decision, Entry, Fenced, Motion, Note, Outcome
from facilitator.core.spans import Splice

MINUTES = (
    b"# Harbor Council\n\n## Beacon - Tomas Rey\n\n- lit\n\n## Lantern - Ingrid Solheim\n\n## Mole - Bo Ek\n"
)


def call(*entries: Entry) -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), 1800)
    for entry in entries:
        meeting = apply(meeting, directing.entered(meeting, meeting.current, entry, 1.0))
    return meeting


def text(meeting: Meeting, event: Event) -> str:
    changed = apply(meeting, event)
    assert apply(changed, Undone(2.0)).document.source == meeting.document.source
    assert apply(changed, Undone(2.0)).captured == meeting.captured
    return changed.document.source.decode()


def test_a_note_becomes_an_action_item_where_it_stands() -> None:
    meeting = call(Note("Tomas to oil it"), Note("later"))
    context = directing.context(meeting, directing.people(meeting), meeting.current)
    event = amending.retyped(meeting, meeting.captured[0], "action", context, 1.0)
    assert "- lit\n- [ ] **Action:** Tomas Rey: oil it\n- later\n" in text(meeting, event)
    empty = call(Note("x"), Note(""))
    with pytest.raises(CannotPlace):
        amending.retyped(empty, empty.captured[1], "action", context, 1.0)


def test_an_entry_that_is_corrected_is_no_later_for_that() -> None:
    meeting = call(Note("oen"), Note("two"))
    meeting = apply(meeting, chair.correct(meeting, meeting.captured[0], Note("one"), 1.0))
    assert [one.entry for one in meeting.captured] == [Note("one"), Note("two")]
    again = apply(apply(meeting, Undone(2.0)), Redone(2.0))
    assert again.captured == meeting.captured


def test_what_is_undone_is_named_by_what_was_done_to_which_entry() -> None:
    meeting = call(Note("one"), Note("a longer one, with more words in it than a line of hints has room for"))
    assert meeting.done[-1].label == "note “a longer one, with more words in it…”"
    (first, _), away = meeting.captured, meeting.stops[1].key
    for event, label in (
        (chair.correct(meeting, first, Note("won"), 1.0), "change of note “one”"),
        (amending.moved(meeting, first, away, 1.0), "move of note “one”"),
        (amending.struck(meeting, first, 1.0), "striking of note “one”"),
    ):
        assert apply(meeting, event).done[-1].label == label


def test_a_correction_keeps_what_no_line_can_say() -> None:
    meeting = call(Motion("ship it"))
    meeting = apply(meeting, Directed(1.0, meeting.current, CastVote(("Bo Ek",), "for")))
    meeting = apply(meeting, directing.entered(meeting, meeting.current, Outcome("Approved"), 1.0))
    event = amending.corrected(meeting, meeting.captured[1], Outcome("Rejected", "too early"), 1.0)
    assert "  - **Rejected:** too early, 1 for, 0 against, 0 abstained\n" in text(meeting, event)
    carried = call(Action("oil it", done=True, since=date(2024, 5, 21)))
    event = amending.corrected(carried, carried.captured[0], Action("oil them"), 1.0)
    assert "- [x] **Action:** oil them (from 2024-05-21)\n" in text(carried, event)


def test_an_entry_goes_to_another_item_and_nothing_of_it_stays() -> None:
    meeting = call(Note("one"), Decision("two"), Note("three"))
    event = amending.moved(meeting, meeting.captured[1], meeting.items[1].key, 1.0)
    assert "- lit\n- one\n- three\n\n## Lantern - Ingrid Solheim\n\n- **Decision:** two\n\n## Mole" in text(
        meeting, event
    )
    assert [one.item for one in apply(meeting, event).captured if one.entry == Decision("two")] == [
        meeting.items[1].key
    ]


def test_a_motion_takes_its_outcome_along_and_its_votes() -> None:
    meeting = call(Motion("ship it"))
    meeting = apply(meeting, Directed(1.0, meeting.current, CastVote(("Bo Ek",), "for")))
    mole = meeting.items[2].key
    moved = apply(meeting, amending.moved(meeting, meeting.captured[0], mole, 1.0))
    motion = floor.open_motion(moved, mole)
    assert motion is not None
    assert motion.votes == (("Bo Ek", "for"),)
    closed = apply(meeting, directing.entered(meeting, meeting.current, Outcome("Approved"), 1.0))
    event = amending.moved(closed, closed.captured[0], mole, 1.0)
    assert text(closed, event).endswith(
        "## Mole - Bo Ek\n\n- **Motion:** ship it\n  - **Approved:** 1 for, 0 against, 0 abstained\n"
    )
    assert "**" not in text(closed, amending.struck(closed, closed.captured[0], 1.0))


def test_an_outcome_stays_with_its_motion() -> None:
    meeting = call(Motion("ship it"), Outcome("Rejected", "no"))
    with pytest.raises(CannotPlace, match="below its motion"):
        amending.moved(meeting, meeting.captured[1], meeting.items[1].key, 1.0)
    struck = text(meeting, amending.struck(meeting, meeting.captured[1], 1.0))
    assert "- **Motion:** ship it\n\n## Lantern" in struck


@pytest.mark.parametrize("entry", [Note("one"), Motion("one")])
def test_what_others_wrote_below_an_entry_is_not_taken_along(entry: Entry) -> None:
    meeting = call(entry)
    below = Splice(meeting.captured[0].end, b"", b"  - theirs\n")
    meeting = apply(meeting, TextEdited(1.0, meeting.current, (below,)))
    for change in (
        lambda: amending.moved(meeting, meeting.captured[0], meeting.items[1].key, 1.0),
        lambda: amending.struck(meeting, meeting.captured[0], 1.0),
    ):
        with pytest.raises(CannotPlace, match="written below it"):
            change()


WORDS = st.text(st.sampled_from("ab #*-_`>[]1.~:"), min_size=1, max_size=8).filter(str.strip)
ENTRIES = (
    st.builds(Note, WORDS)
    | st.builds(Decision, WORDS)
    | st.builds(Action, WORDS)
    | st.just(Fenced(("- a", "", "b")))
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(ENTRIES, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_what_is_moved_stands_as_if_it_had_been_typed_there(
    entries: list[Entry], moves: list[tuple[int, int]]
) -> None:
    meeting = call(*entries)
    places: list[list[Entry]] = [list(entries), [], []]
    keys = [item.key for item in meeting.items]
    for which, to in moves:
        captured = meeting.captured[which % len(meeting.captured)]
        there = sorted(
            (one for one in meeting.captured if one.item == captured.item), key=lambda one: one.start
        )
        entry = places[keys.index(captured.item)].pop(there.index(captured))
        if to == 3:
            meeting = apply(meeting, amending.struck(meeting, captured, 1.0))
        else:
            meeting = apply(meeting, amending.moved(meeting, captured, keys[to], 1.0))
            places[to].append(entry)
        if not meeting.captured:
            break
    typed = call()
    for key, held in zip(keys, places, strict=True):
        for entry in held:
            typed = apply(typed, chair.write(typed, key, entry, 1.0))
    assert meeting.document.source.split() == typed.document.source.split()
