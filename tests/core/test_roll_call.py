"""People are marked on the roll, and marks taken back, whatever the manner of the section."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.core import directing, roll_call
from facilitator.core.directives import Present, Regrets
from facilitator.core.events import AttendanceMarked, Undone
from facilitator.core.fold import apply
from facilitator.core.meeting import opened

MINUTES = "# Council\n\n## Attendees\n\n{people}\n## Beacon\n\n- lit\n"


@pytest.mark.parametrize(
    ("people", "left"),
    [
        ("- Ann Lee\n- Bo Ek (Beacon)\n", "- Ann Lee\n"),
        ("- Bo Ek\n", ""),
        ("- [x] Ann Lee\n- [x] Bo Ek (Beacon)\n", "- [x] Ann Lee\n- [ ] Bo Ek (Beacon)\n"),
        ("- [ ] Bo Ek (regrets)\n", "- [ ] Bo Ek\n"),
        ("- [ ] Bo Ek\n", "- [ ] Bo Ek\n"),
        ("- **Bo Ek**\n- Bo Ekman\n", "- Bo Ekman\n"),
        ("- Bo Ek\n  - joined late\n", "- Bo Ek\n  - joined late\n"),
        ("- Ann Lee\n", "- Ann Lee\n"),
    ],
)
def test_a_mark_is_taken_back(people: str, left: str) -> None:
    meeting = opened(MINUTES.format(people=people).encode(), None, date(2024, 6, 4), 1800)
    splices = roll_call.unmarked(meeting, "bo ek")
    after = apply(meeting, AttendanceMarked(1.0, (), splices))
    assert after.document.source.decode() == MINUTES.format(people=left)
    assert apply(after, Undone(2.0)).document.source == meeting.document.source


NAMES = ("Ann Lee", "Bo Ek", "Cy Fox", "Di Orr", "*Eve*")


@given(
    st.lists(st.sampled_from(NAMES), unique=True),
    st.sampled_from(
        ("- {}\n", "- {} (regrets)\n", "- [ ] {}\n", "- [x] {} (Beacon)\n", "* **{}**\n  - late\n")
    ),
    st.lists(
        st.tuples(st.sampled_from((Present, Regrets)), st.sampled_from(NAMES)), unique_by=lambda one: one[1]
    ),
)
def test_marked_together_people_stand_as_if_marked_one_by_one(
    listed: list[str], line: str, called: list[tuple[type[Present | Regrets], str]]
) -> None:
    source = MINUTES.format(people="".join(line.format(name) for name in listed)).encode()
    meeting = one_by_one = opened(source, None, date(2024, 6, 4), 1800)
    marks = [mark((name,)) for mark, name in called]
    for mark in marks:
        if event := directing.marked(one_by_one, [mark], 1.0):
            one_by_one = apply(one_by_one, event)
    together = directing.marked(meeting, marks, 1.0)
    after = apply(meeting, together) if together else meeting
    assert after.document.source == one_by_one.document.source
    assert (apply(after, Undone(2.0)) if together else after).document.source == source
