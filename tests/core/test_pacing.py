"""How a call stands: ahead or behind, when it will end, and what it takes to end on time."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator.core import adapting, chair, events, pacing, rearranging
from facilitator.core.meeting import Meeting, opened
from facilitator.core.pacing import Pace, clock, item_clock, pace, recovery
from tests.simulating import after

MINUTES = b"# Sync\n\n## A (5m)\n\n- a\n\n## B (5m)\n\n- b\n\n## C (5m)\n\n- c\n\n## D (5m)\n\n- d\n"
A, B, C, D = (f"section:{name}" for name in "abcd")


def call(*happened: events.Event, duration: int = 1200) -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), duration)
    return after(meeting, *happened)


STARTED = events.CallStarted(0.0)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3600, "1:00:00"), (-61, "−1:01"), (-0.5, "0:00")],
)
def test_durations_are_read_like_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_before_the_start_the_end_is_told_as_if_it_started_now() -> None:
    standing = pace(call(), 500.0)
    assert (standing.elapsed, standing.ends, standing.late, standing.over) == (0.0, 1700.0, 0.0, 0.0)


def test_what_does_not_fit_is_said_before_the_call_starts() -> None:
    assert pacing.unfit(call(duration=1000)) == "planned 3:20 more than the 16:40 of the call"
    assert pacing.unfit(call()) == ""


def test_overtime_makes_the_call_late_and_an_early_end_ahead() -> None:
    assert pace(call(STARTED), 300.0).late == 0.0
    assert pace(call(STARTED), 400.0) == Pace(elapsed=400.0, ends=1300.0, late=100.0, over=100.0, coming=3)
    assert pace(call(STARTED, events.ItemEntered(100.0, B)), 100.0).late == -200.0


def test_late_is_later_than_planned_and_over_is_beyond_the_hard_stop() -> None:
    standing = pace(call(STARTED, duration=1800), 400.0)
    assert (standing.late, standing.over) == (100.0, -500.0)


def test_what_is_planned_beyond_the_hard_stop_is_late_from_the_start() -> None:
    standing = pace(call(STARTED, duration=900), 0.0)
    assert (standing.late, standing.over) == (300.0, 300.0)


def test_who_had_a_turn_already_is_not_waited_for() -> None:
    meeting = call(STARTED, events.ItemEntered(100.0, C), events.ItemEntered(200.0, A))
    assert adapting.coming(meeting) == [B, D]
    assert pace(meeting, 200.0).coming == 2


def test_who_was_put_off_after_beginning_is_waited_for_with_what_is_left() -> None:
    meeting = call(STARTED, events.ItemSkipped(100.0, A, D, B))
    assert (pace(meeting, 100.0).coming, pace(meeting, 100.0).late) == (3, 0.0)
    parked = after(meeting, rearranging.park(meeting, A, 100.0))
    assert pace(parked, 100.0).late == -200.0


def test_a_pause_does_not_move_the_hard_stop() -> None:
    meeting = call(STARTED, events.CallPaused(100.0))
    assert pace(meeting, 700.0).over == 600.0
    assert item_clock(meeting, A, 700.0).spent == 100.0


def test_what_it_takes_to_end_on_time() -> None:
    late = Pace(elapsed=400.0, ends=1240.0, late=40.0, over=40.0, coming=3)
    assert recovery(late, 300.0) == "−15 s each, or park one"
    assert recovery(Pace(0, 0, 0, 600.0, 3), 300.0) == "park two"
    assert recovery(Pace(0, 0, 0, 15.0, 3), 300.0) == "", "what budgets let pass is not worth a word"
    assert recovery(Pace(0, 0, 0, 600.0, 0), 300.0) == ""


def test_budgets_are_cut_by_their_share_beyond_a_deadband_in_its_steps() -> None:
    meeting = call(STARTED)
    assert pacing.budgets(meeting, 315.0)[B] == 300
    assert pacing.budgets(meeting, 316.0) == {A: 300, B: 290, C: 290, D: 290}
    assert pacing.budgets(meeting, 345.0) == {A: 300, B: 285, C: 285, D: 285}


def test_what_nobody_was_planned_for_goes_first_and_then_no_budget_is_more_than_is_left() -> None:
    meeting = call(STARTED, duration=1220)
    assert pacing.budgets(meeting, 320.0)[B] == 300
    assert pacing.budgets(meeting, 321.0) == {A: 300, B: 295, C: 295, D: 295}
    assert pacing.budgets(meeting, 336.0) == {A: 300, B: 290, C: 290, D: 290}


def test_one_way_keeps_what_was_cut_and_two_way_gives_it_back() -> None:
    late = call(STARTED, events.ItemEntered(391.0, B))
    assert [late.budget(key) for key in (B, C, D)] == [265, 265, 265]
    early = after(late, events.ItemEntered(431.0, C))
    assert [early.budget(key) for key in (C, D)] == [265, 265]
    both = after(call(STARTED), chair.adapt(call(STARTED), "two-way", 1.0))
    both = after(both, events.ItemEntered(391.0, B), events.ItemEntered(431.0, C))
    assert [both.budget(key) for key in (C, D)] == [382, 383]
    off = after(call(STARTED), chair.adapt(call(STARTED), "off", 1.0))
    off = after(off, events.ItemEntered(391.0, B))
    assert [off.budget(key) for key in (B, C, D)] == [300, 300, 300]


def test_what_is_pinned_stays_at_the_cost_of_the_others() -> None:
    meeting = after(call(STARTED), chair.pin(call(STARTED), D, 1.0))
    assert pacing.budgets(meeting, 361.0) == {A: 300, B: 262, C: 262, D: 300}
    assert after(meeting, chair.pin(meeting, D, 2.0)).pinned == frozenset()


def test_no_budget_falls_below_its_floor_and_the_pace_says_what_is_missing() -> None:
    meeting = call(STARTED)
    assert pacing.budgets(meeting, 1190.0) == {A: 300, B: 30, C: 30, D: 30}
    assert recovery(pace(meeting, 1190.0), 300.0) == "park three"


def test_a_minute_more_is_borrowed_once_there_is_none_to_spare() -> None:
    slack = call(STARTED, duration=1800)
    assert chair.change_timebox(slack, A, 60, 10.0) == events.TimeboxChanged(10.0, A, 60)
    tight = call(STARTED)
    event = chair.change_timebox(tight, A, 60, 10.0)
    assert event == events.TimeboxChanged(10.0, A, 60, B)
    meeting = after(tight, event)
    assert (meeting.budget(A), meeting.budget(B), meeting.budget(C)) == (360, 240, 300)
    assert meeting.done[-1].label == "+1:00 for A, from B"
    assert after(meeting, events.Undone(11.0)).budget(B) == 300


def test_nobody_lends_below_the_floor() -> None:
    meeting = call(STARTED)
    assert adapting.lender(meeting, A, 3600, 0.0) == (B, 270)
    assert adapting.lender(after(meeting, events.ItemEntered(1.0, D)), D, 60, 1.0) == ("", 0)
