"""What stands unfinished in the capture line or the editor: kept at every key, and never dropped at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import chair, codec, editing
from facilitator.core.events import Drafted, TextDrafted, TextEdited
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened

MINUTES = b"# Call\n\n## Beacon\n\n- first\n- second\n\n## Lantern\n\nplain words\n"
DAY = date(2024, 6, 4)


def call() -> Meeting:
    return opened(MINUTES, None, DAY, 1800)


def drafted(meeting: Meeting, key: str, *texts: str) -> Meeting:
    for text in texts:
        before = editing.text(meeting.document, meeting.item(key))
        event = chair.draft_text(meeting, key, before, text, 1.0)
        if event is not None:
            assert codec.event(codec.encode(event)) == event
            meeting = apply(meeting, event)
    return meeting


def finished(meeting: Meeting) -> str:
    return reduce(apply, chair.unfinished(meeting, 2.0), meeting).document.source.decode()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("ab\n -日", max_size=12), max_size=6))
def test_the_draft_is_what_the_editor_holds_after_every_key(texts: list[str]) -> None:
    meeting = call()
    key = meeting.items[0].key
    before = editing.text(meeting.document, meeting.item(key))
    for text in texts:
        meeting = drafted(meeting, key, text)
        kept = meeting.text_draft
        assert (kept.text if kept else before) == text
        assert meeting.document.source == MINUTES


def test_a_key_costs_what_it_changed() -> None:
    meeting = drafted(call(), call().items[0].key, "- first\n- secon\n", "- first\n- secon \n")
    key = meeting.items[0].key
    before = editing.text(meeting.document, meeting.item(key))
    event = chair.draft_text(meeting, key, before, "- first\n- secon d\n", 1.0)
    assert event == TextDrafted(1.0, key, 16, "", "d")


def test_taking_every_change_back_leaves_no_draft() -> None:
    meeting = call()
    key = meeting.items[0].key
    text = editing.text(meeting.document, meeting.item(key))
    assert drafted(meeting, key, text + "more", text).text_draft is None
    assert chair.draft_text(meeting, key, text, text, 1.0) is None


def test_an_edit_ends_the_draft_and_the_next_one_begins_there() -> None:
    meeting = call()
    key = meeting.items[0].key
    text = editing.text(meeting.document, meeting.item(key))
    meeting = drafted(meeting, key, text.replace("first", "1st"))
    edit = chair.edit(meeting, key, text, text.replace("first", "1st"), 2.0)
    assert edit is not None
    meeting = drafted(apply(meeting, edit), key, text.replace("first", "first of all"))
    assert meeting.text_draft is not None
    assert "1st" in meeting.text_draft.before


def test_what_is_unfinished_goes_into_the_minutes() -> None:
    meeting = call()
    beacon, lantern = meeting.items[0].key, meeting.items[1].key
    text = editing.text(meeting.document, meeting.item(beacon))
    meeting = drafted(meeting, beacon, text.replace("second", "third"))
    meeting = apply(meeting, Drafted(1.0, lantern, "note", "half a sent"))
    assert finished(meeting) == MINUTES.decode().replace("second", "third") + "\n- half a sent\n"


def test_a_text_that_was_changed_meanwhile_is_merged() -> None:
    meeting = call()
    beacon = meeting.items[0].key
    text = editing.text(meeting.document, meeting.item(beacon))
    meeting = drafted(meeting, beacon, text.replace("second", "third"))
    stale = meeting.text_draft
    assert stale is not None
    moved = chair.edit(meeting, beacon, text, text.replace("first", "1st"), 2.0)
    assert isinstance(moved, TextEdited)
    meeting = replace(apply(meeting, moved), text_draft=stale)
    assert "- 1st\n- third\n" in finished(meeting)


def test_a_text_that_would_swallow_the_next_item_becomes_notes() -> None:
    meeting = call()
    beacon = meeting.items[0].key
    text = editing.text(meeting.document, meeting.item(beacon))
    meeting = drafted(meeting, beacon, f"{text}\n```\nstill open")
    written = finished(meeting)
    assert text in written
    assert "- still open\n" in written
    assert "## Lantern\n\nplain words\n" in written


def test_nothing_unfinished_is_nothing_to_write() -> None:
    assert chair.unfinished(call(), 1.0) == []
    assert finished(apply(call(), Drafted(1.0, call().items[0].key, "note", "  "))) == MINUTES.decode()
