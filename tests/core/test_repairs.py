"""What the chair forgot, put right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from facilitator.core import chair, events, pacing, repairs, timeline
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Note
from facilitator.system.clock import ManualClock
from tests.simulating import after

MINUTES = b"# Sync\n\n## A\n\n- a\n\n## B\n\n- b\n\n## C\n\n- c\n"
A, B, C = "section:a", "section:b", "section:c"


def call(*happened: events.Event) -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), 900)
    return after(meeting, *happened)


def spent(meeting: Meeting, now: float) -> dict[str, float]:
    return timeline.spent(meeting.timeline, now)


RUNNING = (events.CallStarted(1000.0), events.ItemEntered(1300.0, B))


@pytest.mark.parametrize(("seconds", "expected"), [(-15, (285, 115)), (15, (315, 85))])
def test_the_boundary_with_the_item_before_is_moved(seconds: int, expected: tuple[float, float]) -> None:
    meeting = after(call(*RUNNING), repairs.shift(call(*RUNNING), seconds, 1400.0))
    assert (spent(meeting, 1400.0)[A], spent(meeting, 1400.0)[B]) == expected
    assert after(meeting, events.Undone(1401.0)).timeline == call(*RUNNING).timeline


def test_a_boundary_stays_between_its_neighbours() -> None:
    meeting = after(call(*RUNNING), repairs.shift(call(*RUNNING), -900, 1400.0))
    assert spent(meeting, 1400.0) == {A: 0.0, B: 400.0}
    assert repairs.shift(meeting, -15, 1400.0) is None
    meeting = after(call(*RUNNING), repairs.shift(call(*RUNNING), 900, 1400.0))
    assert spent(meeting, 1400.0) == {A: 400.0, B: 0.0}


def test_the_boundary_is_where_the_item_began_whatever_was_paused_since() -> None:
    meeting = call(*RUNNING, events.CallPaused(1350.0), events.CallResumed(1380.0))
    meeting = after(meeting, repairs.shift(meeting, -15, 1400.0))
    assert spent(meeting, 1400.0) == {A: 285.0, B: 85.0, "": 30.0}


def test_what_was_paused_before_an_item_is_no_part_of_it() -> None:
    meeting = call(
        RUNNING[0], events.CallPaused(1200.0), events.ItemEntered(1250.0, B), events.CallResumed(1300.0)
    )
    assert repairs.shift(meeting, 0, 1400.0) is None
    meeting = after(meeting, repairs.shift(meeting, 15, 1400.0))
    assert spent(meeting, 1400.0) == {A: 200.0, "": 115.0, B: 85.0}


def test_the_first_item_has_the_start_of_the_call_for_a_boundary() -> None:
    meeting = after(call(RUNNING[0]), repairs.shift(call(RUNNING[0]), -15, 1100.0))
    assert meeting.started_at == 985.0


def test_a_late_start_is_back_dated_before_and_after_the_key_was_pressed() -> None:
    assert after(call(), repairs.start_at(call(), 900.0, 1000.0)).started_at == 900.0
    late = call(*RUNNING)
    assert after(late, repairs.start_at(late, 900.0, 1400.0)).started_at == 900.0
    assert spent(after(late, repairs.start_at(late, 1290.0, 1400.0)), 1400.0)[A] == 10.0


def test_a_late_advance_is_back_dated() -> None:
    meeting = call(*RUNNING)
    meeting = after(meeting, repairs.advance_at(meeting, 1340.0, 1400.0))
    assert spent(meeting, 1400.0) == {A: 300.0, B: 40.0, C: 60.0}
    assert repairs.advance_at(meeting, 1400.0, 1400.0) is None


def test_what_was_cut_for_somebody_who_had_not_run_over_is_given_back() -> None:
    seemed = after(call(events.CallStarted(0.0)), events.ItemEntered(500.0, B))
    assert seemed.budget(C) < 300
    assert after(seemed, repairs.begin_at(seemed, 300.0, 510.0)).budget(C) == 300
    told = call(events.CallStarted(0.0))
    assert after(told, repairs.advance_at(told, 300.0, 500.0)).budget(C) == 300


def test_a_second_advance_right_behind_the_first_is_a_slip() -> None:
    meeting = call(*RUNNING)
    assert repairs.too_soon(meeting, 1301.0)
    assert not repairs.too_soon(meeting, 1301.5)
    assert not repairs.too_soon(call(RUNNING[0]), 1000.5)
    assert not repairs.too_soon(call(), 1000.5)


def test_who_goes_back_jumps_or_writes_in_between_means_it() -> None:
    back = call(*RUNNING, events.ItemEntered(1310.0, A))
    assert not repairs.too_soon(back, 1310.5)
    jumped = call(RUNNING[0], events.ItemEntered(1300.0, C))
    assert not repairs.too_soon(jumped, 1300.5)
    noted = after(call(*RUNNING), chair.write(call(*RUNNING), B, Note("quick"), 1300.5))
    assert not repairs.too_soon(noted, 1301.0)
    resumed = call(*RUNNING, events.CallPaused(1310.0), events.CallResumed(1320.0))
    assert not repairs.too_soon(resumed, 1320.5)


def test_after_three_timeboxes_of_silence_somebody_asks_where_the_call_is() -> None:
    meeting = call(events.CallStarted(0.0))
    assert meeting.budget(A) == 300
    assert repairs.nudge(meeting, 899.0) is None
    nudge = repairs.nudge(meeting, 900.0)
    assert nudge is not None
    assert nudge.item == C
    there = after(meeting, repairs.moved_on(meeting, nudge, 900.0))
    assert there.current == C
    assert spent(there, 900.0) == {A: nudge.since, C: 900.0 - nudge.since}
    assert repairs.nudge(meeting, 900.0, pressed_at=100.0) is None
    typed = after(meeting, chair.write(meeting, A, Note("still here"), 500.0))
    assert repairs.nudge(typed, 900.0) is None
    assert repairs.nudge(after(meeting, events.CallPaused(10.0)), 5000.0) is None


def test_after_a_long_silence_on_the_last_item_somebody_asks_whether_the_call_is_over() -> None:
    meeting = call(events.CallStarted(0.0), events.ItemEntered(10.0, B), events.ItemEntered(20.0, C))
    nudge = repairs.nudge(meeting, 2000.0)
    assert nudge is not None
    assert nudge.item == ""
    assert repairs.moved_on(meeting, nudge, 2000.0) is None


def test_no_second_drifts_in_a_thousand_pauses_a_suspend_and_a_clock_that_is_stepped() -> None:
    clock = ManualClock(wall=1_717_511_400.0)
    meeting = call(events.CallStarted(clock.now()))
    began = clock.now()
    for _ in range(1000):
        clock.advance(1.25)
        meeting = apply(meeting, events.CallPaused(clock.now()))
        clock.advance(0.5)
        meeting = apply(meeting, events.CallResumed(clock.now()))
    clock.suspend(3600.0)
    clock.step_wall(3600.0)
    clock.step_wall(-7200.0)
    assert clock.now() - began == 1000 * 1.75 + 3600.0
    assert spent(meeting, clock.now()) == {A: 1250.0 + 3600.0, "": 500.0}


@pytest.mark.parametrize("day", [date(2018, 3, 11), date(2018, 11, 4)])
def test_no_second_drifts_when_clocks_are_put_forward_or_back(day: date) -> None:
    pacific = ZoneInfo("America/Los_Angeles")
    began = datetime.combine(day, time(1, 50), pacific)
    meeting = call(events.CallStarted(began.timestamp()))
    over = datetime.combine(day, time(3, 10), pacific)
    turned = over.utcoffset() - began.utcoffset()  # type: ignore[operator]
    assert abs(turned) == timedelta(hours=1)
    elapsed = 80 * 60 - turned.total_seconds()
    assert spent(meeting, over.timestamp()) == {A: elapsed}
    assert pacing.pace(meeting, over.timestamp()).elapsed == elapsed
