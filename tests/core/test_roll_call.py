"""Marks on the roll are taken back, whatever the manner of the section."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator.core import roll_call
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
