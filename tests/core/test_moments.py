"""Times of day as people type them: always the last such moment."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.capture import Context, read
from facilitator.core.moments import past

PACIFIC = ZoneInfo("America/Los_Angeles")


@given(st.datetimes(datetime(2018, 1, 1), datetime(2026, 1, 1), timezones=st.just(PACIFIC)), st.times())
def test_a_time_of_day_is_a_moment_of_the_last_day_that_shows_so_on_the_clock(
    now: datetime, time: object
) -> None:
    moment = past(f"{time:%H:%M}", now)
    assert moment is not None
    assert moment.timestamp() <= now.timestamp()
    assert now.timestamp() - moment.timestamp() <= 26 * 3600
    assert f"{moment:%H:%M}" == f"{time:%H:%M}" or f"{moment:%I:%M}" == f"{time:%I:%M}"


@pytest.mark.parametrize(
    ("now", "typed", "ago"),
    [
        ((10, 45), "10:32", 13),
        ((0, 10), "23:55", 15),
        ((0, 10), "11:55", 15),
        ((12, 10), "11:55", 15),
        ((12, 10), "11:55 am", 15),
        ((13, 0), "12:50", 10),
        ((13, 0), "12:50 p.m.", 10),
        ((0, 30), "12:10 am", 20),
    ],
)
def test_half_a_day_is_understood(now: tuple[int, int], typed: str, ago: int) -> None:
    moment = datetime(2024, 6, 4, *now, tzinfo=UTC)
    found = past(typed, moment)
    assert found is not None
    assert (moment - found).total_seconds() == 60 * ago


def test_where_clocks_are_put_back_the_later_of_two_such_times_is_meant_once_it_has_been() -> None:
    first = datetime(2018, 11, 4, 1, 55, tzinfo=PACIFIC)
    found = past("1:50", first)
    assert found is not None
    assert first.timestamp() - found.timestamp() == 300
    second = first.replace(fold=1)
    found = past("1:50", second)
    assert found is not None
    assert second.timestamp() - found.timestamp() == 300


def test_without_a_screen_no_moment_is_meant() -> None:
    reading = read("/started 10:32", Context(datetime(2024, 6, 4).date()))
    assert not reading.directives
    assert "on the screen" in reading.hint
