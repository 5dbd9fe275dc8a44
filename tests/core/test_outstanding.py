"""Open action items across a series: each once, the oldest first."""

from __future__ import annotations

from datetime import date

from facilitator.core.document import Document
from facilitator.core.outstanding import Outstanding, of_owner, outstanding

AUGUST, SEPTEMBER = date(2018, 8, 21), date(2018, 9, 4)
OLD = b"# x\n\n- [ ] **Action:** Ada Okafor: publish (due 2018-09-04)\n- [ ] **Action:** Ken Ojuka: reply\n"


def told(new: bytes, *, done: bool = False) -> list[Outstanding]:
    return outstanding(
        [("new.md", SEPTEMBER, Document.parse(new)), ("old.md", AUGUST, Document.parse(OLD))], done=done
    )


def places(found: list[Outstanding]) -> list[tuple[str, int, date | None]]:
    return [(one.minutes, one.line, one.day) for one in found]


def test_the_oldest_come_first() -> None:
    found = told(b"- TODO: Ada Okafor: call\n")
    assert places(found) == [("old.md", 3, AUGUST), ("old.md", 4, AUGUST), ("new.md", 1, SEPTEMBER)]


def test_one_that_was_carried_over_stands_once_where_it_stands_now() -> None:
    found = told(b"\n- [ ] **Action:** Ada Okafor: publish (due 2018-09-18, from 2018-08-21)\n")
    assert places(found) == [("new.md", 2, AUGUST), ("old.md", 4, AUGUST)]


def test_one_that_was_carried_over_and_done_is_not_open() -> None:
    done = b"- [x] **Action:** Ada Okafor: publish (due 2018-09-04, from 2018-08-21)\n"
    assert places(told(done)) == [("old.md", 4, AUGUST)]
    assert places(told(done, done=True)) == [("new.md", 1, AUGUST), ("old.md", 4, AUGUST)]


def test_the_same_words_again_are_another_action_item() -> None:
    found = told(b"- [ ] **Action:** Ken Ojuka: reply\n- [x] **Action:** Ken Ojuka: reply\n")
    assert places(found) == [("old.md", 3, AUGUST), ("old.md", 4, AUGUST), ("new.md", 1, SEPTEMBER)]


def test_an_owner_goes_by_name_first_name_and_initials() -> None:
    found = told(b"- AI: Ada: call\n- AI: Adam Smith: go\n")
    for name in ("ada okafor", "AO"):
        assert places(of_owner(found, name)) == [("old.md", 3, AUGUST)]
    assert places(of_owner(found, "ada")) == [("old.md", 3, AUGUST), ("new.md", 1, SEPTEMBER)]
    assert of_owner(found, "nobody") == []
