"""When the current item's time calls for attention."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import events
from facilitator.core.alerts import Alert, Threshold, due, passed, title, words
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened

MINUTES = b"# Sync\n\n## A (2m)\n\n- a\n\n## B (2m)\n\n- b\n"
A = "section:a"


def call(*happened: events.Event) -> Meeting:
    meeting = opened(MINUTES, None, date(2024, 6, 4), 1800)
    for event in (events.CallStarted(1000.0), *happened):
        meeting = apply(meeting, event)
    return meeting


def told(meeting: Meeting, *moments: float) -> list[Alert]:
    """Return what is told of a call by somebody who looks at these moments."""
    behind: set[Threshold] = set()
    heard = []
    for now in moments:
        if alert := due(meeting, now, behind):
            heard.append(alert)
            behind |= passed(meeting, now)
    return heard


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (1095, None),
        (1096, Alert("warning", A)),
        (1119, Alert("warning", A)),
        (1120, Alert("time", A)),
        (1179, Alert("time", A)),
        (1180, Alert("overtime", A, 1)),
        (1240, Alert("overtime", A, 2)),
        (4720, Alert("overtime", A, 60)),
    ],
)
def test_alerts_come_at_80_percent_at_time_and_at_every_minute_of_overtime(
    now: float, expected: Alert | None
) -> None:
    assert due(call(), now, ()) == expected
    assert due(call(), now, passed(call(), now)) is None


def test_a_pause_alerts_nobody_and_its_time_does_not_count() -> None:
    assert due(call(events.CallPaused(1100.0)), 2000.0, ()) is None
    resumed = call(events.CallPaused(1090.0), events.CallResumed(1095.0))
    assert told(resumed, 1100.0, 1101.0, 1102.0) == [Alert("warning", A)]


def test_an_item_without_time_is_over_at_once_and_only_once() -> None:
    gone = call(events.ItemEntered(1010.0, "section:b"), events.TimeboxChanged(1010.0, "section:b", -120))
    assert told(gone, 1010.0, 1011.0, 1012.0) == [Alert("time", "section:b")]


def test_more_time_by_hand_has_an_end_of_its_own_and_taking_it_back_tells_nothing() -> None:
    behind = passed(call(), 1130.0)
    longer = call(events.TimeboxChanged(1130.0, A, 60))
    assert due(longer, 1140.0, behind) is None
    assert due(longer, 1180.0, behind | passed(longer, 1150.0)) == Alert("time", A)
    assert due(apply(longer, events.TimeboxChanged(1131.0, A, -60)), 1150.0, behind) is None


def test_what_passed_in_other_items_is_behind_as_well() -> None:
    left = call(events.ItemEntered(1130.0, "section:b"))
    assert passed(left, 1131.0) == passed(call(), 1130.0)
    back = apply(left, events.ItemEntered(1140.0, A))
    assert due(back, 1141.0, passed(left, 1135.0)) is None


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_however_often_one_looks_every_alert_comes_once(waits: list[int]) -> None:
    moments = [1000.0 + sum(waits[: at + 1]) for at in range(len(waits))]
    heard, over = told(call(), *moments), int(moments[-1] - 1120) // 60
    assert len(heard) == len(set(heard))
    assert (Alert("overtime", A, over) in heard) == (over > 0)
    assert (heard != []) == (moments[-1] >= 1096)


def test_alerts_and_titles_are_told_in_a_few_words() -> None:
    said = [
        words(call(), alert, 1100.0)
        for alert in (Alert("warning", A), Alert("time", A), Alert("overtime", A, 1))
    ]
    assert said == ["A: 0:20 left", "A: time is up", "A: 1 minute over"]
    before = opened(MINUTES, None, date(2024, 6, 4), 1800)
    over = call(events.CallAdjourned(1100.0))
    shown = [title(call(), "Sync", now) for now in (1000.0, 1000.5, 1005.0, 1116.0, 1120.0, 1124.9, 1125.0)]
    assert shown == [
        f"{time}, A · Sync" for time in ("2:00", "2:00", "1:55", "0:05", "0:00", "0:00", "0:05 over")
    ]
    assert [title(one, "Sync", 1200.0) for one in (before, over)] == ["Sync", "Sync"]
    assert title(call(events.CallPaused(1010.0)), "Sync", 1020.0) == "paused, A · Sync"
