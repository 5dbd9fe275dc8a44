"""The running order as the chair reads it."""

from __future__ import annotations

from datetime import date

from facilitator.core import chair, events, merge, running_order
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Note
from facilitator.core.running_order import find, rows
from tests.simulating import after

MINUTES = b"""\
# Sync

## News

- hello

## Reviews

### Alpha - Ann Lee

- a

### Beta - Bo Ek

### Alphabet - Cy Dorn

- c
"""


def call() -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), 900)
    return after(meeting, chair.toggle_clock(meeting, 0.0))


def test_rows_stand_below_the_title_of_their_group_and_tell_how_far_they_are() -> None:
    meeting = after(call(), events.ItemEntered(60.0, "project:alphabet"))
    meeting = after(meeting, chair.write(meeting, "project:alphabet", Note("one"), 70.0))
    made = rows(meeting, 90.0)
    assert [(row.indent, row.title, row.state) for row in made] == [
        (0, "News", "done"),
        (0, "Reviews", "coming"),
        (1, "Alpha", "passed"),
        (1, "Alphabet", "now"),
        (1, "Roll call: 1 quiet", "coming"),
        (2, "Beta", "coming"),
    ]
    assert [row.spent for row in made if row.item] == [60.0, 0.0, 30.0, 0.0, 0.0]
    assert made[3].entries == 1
    assert (made[5].waits, made[5].quiet, made[5].lead) == (True, True, "Bo Ek")


def test_when_the_call_is_over_nothing_is_now() -> None:
    meeting = after(call(), *chair.adjourn(call(), 60.0))
    assert "now" not in {row.state for row in rows(meeting, 999.0)}
    assert rows(meeting, 999.0)[0].spent == 60.0


def test_what_can_be_looked_at_stands_in_the_order_of_the_rows() -> None:
    assert running_order.keys(call()) == [row.item for row in rows(call(), 0.0) if row.item]


def test_an_item_is_found_by_its_title_or_its_lead_the_beginning_first() -> None:
    assert find(call(), "alpha") == "project:alpha"
    assert find(call(), "ALPHAB") == "project:alphabet"
    assert find(call(), "dorn") == "project:alphabet"
    assert find(call(), "eta") == "project:beta"
    assert find(call(), "roll") == "roll call:Reviews"
    assert find(call(), " ") == find(call(), "nobody") == ""


def test_when_a_landing_takes_the_current_item_away_its_neighbour_has_the_time() -> None:
    meeting = after(call(), events.ItemEntered(60.0, "project:alphabet"))
    theirs = MINUTES[: MINUTES.index(b"### Alphabet")]
    meeting = after(meeting, events.Landed(100.0, merge.splices(MINUTES, theirs)))
    assert meeting.current == "roll call:Reviews"
    assert sum(row.spent for row in rows(meeting, 130.0)) == 90.0
    assert [stint.item for stint in meeting.timeline] == ["section:news", "project:alphabet", meeting.current]
    assert after(meeting, chair.toggle_clock(meeting, 140.0)).paused
