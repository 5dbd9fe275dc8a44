from __future__ import annotations

from itertools import count

import pytest
from textual import _time
from textual.app import App

from facilitator.tui.timers import FiresTimers


class Plain(App[None]):
    fired = 0

    def fire(self) -> None:
        self.fired += 1


class Firing(FiresTimers, Plain):
    pass


@pytest.mark.parametrize(("kind", "fires"), [(Plain, 0), (Firing, 1)])
async def test_a_timer_that_is_late_fires_late(
    kind: type[Plain], fires: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = kind()
    async with app.run_test() as pilot:
        with monkeypatch.context() as busy:
            busy.setattr(_time, "get_time", map(float, count()).__next__)  # a second between any two looks
            app.set_timer(0.01, app.fire)
            await pilot.pause()
            await pilot.pause()
    assert app.fired == fires
