"""When the current item's time calls for attention."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import events
from facilitator.core.alerts import Alert, due
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened

MINUTES = b"# Sync\n\n## A (2m)\n\n- a\n\n## B (2m)\n\n- b\n"
A = "section:a"


def call(*happened: events.Event) -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), 1800)
    for event in (events.CallStarted(1000.0), *happened):
        meeting = apply(meeting, event)
    return meeting


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        (1000, 1095, None),
        (1095, 1096, Alert("warning", A)),
        (1096, 1119, None),
        (1119, 1120, Alert("time", A)),
        (1120, 1179, None),
        (1179, 1180, Alert("overtime", A, 1)),
        (1180, 1239, None),
        (1200, 1240, Alert("overtime", A, 2)),
        (1000, 4720, Alert("overtime", A, 60)),
        (1000, 1125, Alert("time", A)),
        (1120, 1120, None),
    ],
)
def test_alerts_come_at_80_percent_at_time_and_at_every_minute_of_overtime(
    since: float, now: float, expected: Alert | None
) -> None:
    assert due(call(), since, now) == expected


def test_a_pause_alerts_nobody_and_its_time_does_not_count() -> None:
    paused = call(events.CallPaused(1090.0))
    assert due(paused, 1090.0, 2000.0) is None
    resumed = call(events.CallPaused(1090.0), events.CallResumed(2000.0))
    assert due(resumed, 2000.0, 2005.0) is None
    assert due(resumed, 2005.0, 2006.0) == Alert("warning", A)


def test_an_item_without_time_is_over_at_once_and_only_once() -> None:
    meeting = call(events.TimeboxChanged(1001.0, A, -120))
    gone = apply(meeting, events.ItemEntered(1010.0, "section:b"))
    back = apply(apply(gone, events.TimeboxChanged(1010.0, "section:b", -120)), events.CallPaused(1011.0))
    assert due(apply(back, events.CallResumed(1012.0)), 1012.0, 1013.0) is None


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_however_often_one_looks_every_alert_comes_once(waits: list[int]) -> None:
    meeting, now, heard = call(), 1000.0, []
    for wait in waits:
        alert = due(meeting, now, now + wait)
        heard += [alert] if alert else []
        now += wait
    assert len(heard) == len(set(heard))
    over = int(now - 1120) // 60
    assert (Alert("overtime", A, over) in heard) == (over > 0)
    assert (heard != []) == (now >= 1096)
