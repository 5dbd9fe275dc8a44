"""Who had the time: sums of differences of moments."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.timeline import Stint, Timeline, begin, spent, stints

ITEMS = st.sampled_from(["a", "b", "c", ""])
MOMENTS = st.integers(0, 10_000).map(lambda eighths: 1_700_000_000 + eighths / 8)
"""Moments that floats hold exactly, so that sums must be exact, too."""


@given(st.lists(st.tuples(ITEMS, MOMENTS), max_size=30), MOMENTS)
@settings(max_examples=300, deadline=None)
def test_items_and_pauses_add_up_to_the_call_whatever_the_clock_does(
    entered: list[tuple[str, float]], now: float
) -> None:
    line: Timeline = ()
    for item, at in entered:
        line = begin(line, item, at)
    if line:
        elapsed = max(now, line[-1].start) - line[0].start
        assert sum(spent(line, now).values()) == elapsed
        assert all(seconds >= 0 for _, seconds in stints(line, now))
    else:
        assert spent(line, now) == {}


def test_an_item_that_is_returned_to_goes_on_from_what_it_had() -> None:
    line: Timeline = ()
    for at, item in enumerate(["a", "b", "a", "", "a"]):
        line = begin(line, item, 10.0 * at)
    assert spent(line, 45.0) == {"a": 25.0, "b": 10.0, "": 10.0}


def test_going_where_one_is_begins_nothing() -> None:
    line = begin((), "a", 1.0)
    assert begin(line, "a", 5.0) == line


def test_a_clock_that_was_put_back_gives_nobody_less_than_nothing() -> None:
    line = begin(begin((), "a", 100.0), "b", 40.0)
    assert line == (Stint(100.0, "a"), Stint(100.0, "b"))
    assert spent(line, 50.0) == {"a": 0.0, "b": 0.0}


def test_a_thousand_pauses_lose_nothing() -> None:
    line, at = begin((), "a", 0.0), 0.0
    for _ in range(1000):
        line = begin(begin(line, "", at + 1.25), "a", at + 2.0)
        at += 2.0
    assert spent(line, at) == {"a": 1250.0, "": 750.0}
