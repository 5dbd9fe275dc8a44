"""What stands in minutes: action items above all, and no attendance box among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import ledger
from facilitator.core.document import Document
from facilitator.core.record import Action, Attendee, Decision, Entry, Motion, Note, Outcome, lines

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"

MINUTES = Document.parse(
    b"""# Example 2018-09-04

## Attendees

- Ada Okafor (Router)
- Zed
- Ken Ojuka (regrets)

## Discussion

- [x] not attendance, only ticked
- Should we?
  - **Decision:** we should
  - [ ] **Action:** Ada Okafor: write the guide
    and send it (due 2018-09-18)
- **Motion:** adopt it (moved by Ada Okafor)
  - discussed at length
  - **Approved:** no objections (2 of 3 leads present)
- Action items:
  - Ken to reply
    - and to whom?
  - none

### Storage

Follow-ups

* [ ] see below

**Action Items:**

* [ ] Mike to move it
* [x] ~~Ada to ask~~

  in writing

Notes

* Ada to sleep

## Action Items from Previous Meetings

1. [ ] **Action:** Iris Tanaka: answer (due 2018-08-21, from 2018-08-07)
2. N/A
"""
)


def test_action_items_are_found_where_they_say_so_or_stand_under_such_words() -> None:
    assert [action.text for action, _ in ledger.actions(MINUTES)] == [
        "write the guide and send it",
        "reply",
        "move it",
        "ask",
        "answer",
    ]
    by_text = {action.text: action for action, _ in ledger.actions(MINUTES)}
    assert by_text["reply"] == Action("reply", ("Ken",))
    assert by_text["ask"] == Action("ask", ("Ada",), done=True)
    assert by_text["answer"].since is not None


def test_an_action_item_comes_with_its_place() -> None:
    (_, item), *_ = ledger.actions(MINUTES)
    assert MINUTES.text(item.span).startswith("  - [ ] **Action:** Ada Okafor: write the guide\n")


def test_a_motion_comes_with_its_outcome() -> None:
    found = [one.entry for one in ledger.entries(MINUTES)]
    assert Motion("adopt it", "Ada Okafor", Outcome("Approved", "no objections", None, 2, 3)) in found
    assert Decision("we should") in found
    assert Note("Should we?") in found


def test_attendance_is_who_is_listed_or_ticked() -> None:
    assert ledger.attendance(MINUTES) == (
        Attendee("Ada Okafor", "Router"),
        Attendee("Zed"),
        Attendee("Ken Ojuka", regrets=True),
    )
    boxes = Document.parse(b"## Present\n\n- [x] Ada Okafor (AO)\n- [ ] Ken Ojuka (KO)\n")
    assert ledger.attendance(boxes) == (Attendee("Ada Okafor", "AO"),)
    assert ledger.actions(boxes) == ()


def test_minutes_without_anything_have_nothing() -> None:
    empty = Document.parse(b"")
    assert list(ledger.entries(empty)) == []
    assert ledger.attendance(empty) == ()


WORDS = st.lists(
    st.sampled_from(["a", "TODO:", "**", "`", "b:", "[x]", "(due 2018-09-18)", "#", "1.", "Ada", "to", "~~"]),
    min_size=1,
    max_size=5,
).map(" ".join)
ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    st.builds(Note, WORDS),
    st.builds(Decision, WORDS),
    st.builds(Action, WORDS, st.lists(WORDS, max_size=2).map(tuple), st.none() | st.dates(), st.booleans()),
    st.builds(Motion, WORDS, WORDS, st.none() | st.builds(Outcome, st.just("Approved"), WORDS)),
)


@given(st.lists(ENTRIES, max_size=3), st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_is_written_into_minutes_is_found_there_again(written: list[Entry], nested: bool) -> None:
    minutes = Document.parse(b"# M\r\n\r\n## Discussion\r\n\r\n* [EM] Roadmap?\r\n\r\n## Next\r\n")
    for entry in written:
        under = minutes.list_items(2)[0] if nested else None
        minutes = minutes.append(2, lines(entry), under)
    found = [one.entry for one in ledger.entries(minutes) if not isinstance(one.entry, Outcome)]
    assert found == [Note("Roadmap?", "EM"), *written]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no real minutes here")
def test_the_action_items_of_real_minutes_are_found_and_no_attendance_box_is_one() -> None:
    found = {
        path.name: [(action.owners, action.done) for action, _ in actions]
        for path in sorted((CORPUS / "files").rglob("*"))
        if path.is_file() and (actions := ledger.actions(Document.parse(path.read_bytes())))
    }
    assert found == {
        "2015-05-19-utilities.md": [
            (("Mike",), False),
            (("Gert",), False),
            (("Mike Dalessio",), False),
            (("Chip",), False),
        ],
        "2019-07-25.md": [(("Vlad",), False), (("Kilian",), False), (("Kilian",), False)],
        "2020-02-06.md": [
            (("centril",), True),
            (("Centril",), False),
            (("Niko",), True),
            (("Centril",), False),
            (("Niko",), False),
        ],
    }
