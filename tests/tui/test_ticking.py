"""What is drawn once a second is what drawing everything would have shown."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import chair
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.record import Motion
from facilitator.tui.panes import frame, ticking
from facilitator.tui.panes.frame import View
from facilitator.tui.panes.geometry import geometry
from tests.calls import CALL, DAY, MINUTES

STARTED = 1_717_511_400.0


def chaired(waits: list[int]) -> tuple[Meeting, float]:
    """A call that was started, and stepped on after so many seconds each."""
    meeting, now = opened(MINUTES, None, DAY, CALL), STARTED
    started = chair.toggle_clock(meeting, now)
    assert started is not None
    meeting = apply(meeting, started)
    for seconds in waits:
        now += seconds
        if (step := chair.step(meeting, 1, now)) is not None:
            meeting = apply(meeting, step)
    return meeting, now


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 700), max_size=4),
    st.lists(st.integers(1, 400), min_size=1, max_size=6),
    st.sampled_from([(120, 40), (80, 24), (60, 20), (40, 10)]),
    st.integers(0, 2),
)
def test_time_moves_on_the_screen_what_it_moves_in_the_call(
    waits: list[int], ticks: list[int], size: tuple[int, int], top: int
) -> None:
    meeting, now = chaired(waits)
    panes, view = geometry(*size, False), View(title="Harbor Council", order_top=top, ahead=3600.0)
    shown = frame.draw(meeting, view, now, UTC, panes)
    for seconds in ticks:
        now += seconds
        moved = ticking.moved(meeting, view, now, UTC, panes)
        whole = frame.draw(
            meeting, View(title="Harbor Council", order_top=top, ahead=3600.0), now, UTC, panes
        )
        if moved is None:
            shown = frame.draw(meeting, view, now, UTC, panes)
            continue
        shown.top[0] = moved.header
        for at, row in moved.order.items():
            shown.order[at] = row
        shown.right[: len(moved.head)] = moved.head
        if moved.footer is not None:
            shown.bottom[-1] = moved.footer
        assert all(one.is_same(other) for one, other in zip(shown.rows, whole.rows, strict=True))


def test_a_second_of_a_quiet_call_draws_little() -> None:
    meeting, now = chaired([60])
    panes, view = geometry(120, 40, False), View()
    frame.draw(meeting, view, now, UTC, panes)
    moved = ticking.moved(meeting, view, now + 1, UTC, panes)
    assert moved is not None
    assert len(moved.order) == 1


def test_all_is_drawn_where_objections_may_have_a_time() -> None:
    meeting, now = chaired([60])
    meeting = apply(meeting, chair.write(meeting, meeting.current, Motion("Open the second pier"), now))
    panes, view = geometry(120, 40, False), View()
    frame.draw(meeting, view, now, UTC, panes)
    assert ticking.moved(meeting, view, now + 1, UTC, panes) is None
