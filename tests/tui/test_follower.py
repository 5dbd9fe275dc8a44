"""Looking on at a call that somebody else chairs."""

from __future__ import annotations

from facilitator.store.call import Call
from facilitator.store.config import DEFAULTS
from facilitator.store.following import Followed
from facilitator.tui.follower import FollowerApp
from tests.chairing import DAY, Chair, OpenCall


async def test_who_looks_on_before_the_start_sees_the_call_s_name_and_who_chairs_it(
    open_call: OpenCall,
) -> None:
    async with open_call(agenda=None) as chair:
        followed = Followed(Call(chair.path, DAY, 30 * 60), chair.clock)
        app = FollowerApp(followed, None, DEFAULTS)
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.pause()
            frame = Chair(app, pilot, chair.clock, chair.path).frame()
    assert "Harbor Council 2024-06-04" in frame
    assert "chairs this call" in frame
    assert "writes a note" not in frame
