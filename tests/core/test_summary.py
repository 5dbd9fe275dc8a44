"""Entries in one line, as the screen and the terminal after the call tell them."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator.core.record import Entry, Fenced, Motion, Outcome, Tally
from facilitator.core.summary import Shown, shown

DAY = date(2024, 6, 4)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Outcome("Deferred", until=date(2024, 6, 18)), Shown("◆", "Deferred to 18 Jun")),
        (
            Outcome("Rejected", "too early", Tally(1, 2, 0)),
            Shown("◆", "Rejected: too early", "1 for, 2 against, 0 abstained"),
        ),
        (Motion("ship it", "Bo Ek"), Shown("◇", "ship it", "moved by Bo Ek")),
        (Motion("ship it", outcome=Outcome("Approved")), Shown("◇", "ship it", "approved")),
        (Fenced(("", "$ make", "ok")), Shown("▤", "$ make", "3 lines")),
        (Fenced(()), Shown("▤", "", "0 lines")),
    ],
)
def test_an_entry_is_told_in_one_line(entry: Entry, line: Shown) -> None:
    assert shown(entry, DAY) == line
