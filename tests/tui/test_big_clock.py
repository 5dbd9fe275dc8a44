"""A clock that the whole room can read."""

from __future__ import annotations

import pytest

from facilitator.tui.panes import digits
from tests.chairing import OpenCall


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
async def test_item_time_and_what_comes_next_fill_the_terminal(
    open_call: OpenCall, size: tuple[int, int]
) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        await chair.go_on(3)
        await chair.press("t")
        chair.clock.advance(60)
        await chair.pilot.pause(0.3)
        frame = chair.frame()
        assert "Beacon" in frame
        assert "Tomas Rey" in frame
        assert "next: " in frame
        assert "██" in frame
        assert max(map(len, frame.splitlines())) <= size[0]
        await chair.press("n")
        assert "Tomas Rey" not in chair.frame()
        await chair.press("t")
        assert chair.app.screen is chair.app.main


def test_the_largest_figures_that_fit_are_as_large_as_said() -> None:
    for text in ("0:00", "12:34", "−1:02:03"):
        for scale in (1, 2, 3):
            rows = digits.figures(text, scale)
            assert (len(rows[0]), len(rows)) == digits.size(text, scale)
            assert digits.fitting(text, *digits.size(text, scale)) == scale
    assert digits.fitting("0:00", 10, 10) == 0
