"""Two calls of a series, of which the second one is planned by what the first one took."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator.system.clock import ManualClock
from tests.chairing import AGENDA, MINUTES, OpenCall

NEXT = date(2024, 6, 18)


@pytest.mark.parametrize("form", ["comment", "table"])
async def test_the_next_call_is_planned_by_what_this_one_took(open_call: OpenCall, form: str) -> None:
    agenda = AGENDA.replace("total: 20m", "total: 20m\n      weigh: history")
    agenda += f"record: {{timing: {form}}}\n"
    async with open_call(agenda=agenda) as chair:
        assert chair.app.meeting.planned["project:beacon"] == 648, "by what was written"
        await chair.press("space")
        await chair.go_on(3)
        await chair.pass_time(180)
        await chair.go_on()
        await chair.pass_time(60)
        await chair.adjourn()
        await chair.pilot.pause()
        assert chair.app.return_value == "adjourned"
    minutes = MINUTES.replace("2024-06-04", "2024-06-18")
    later = ManualClock(wall=1_718_721_000.0)
    async with open_call(minutes, agenda, clock=later, day=NEXT) as chair:
        await chair.app.workers.wait_for_complete()
        await chair.pilot.pause()
        planned = chair.app.meeting.planned
        assert (
            planned["project:beacon"] + planned["project:foghorn"] + planned["roll call:Reviews"] == 20 * 60
        )
        assert 2.8 < planned["project:beacon"] / planned["project:foghorn"] < 3.1
        await chair.press("q")
        await chair.pilot.pause()
    async with open_call(minutes, agenda, clock=later, day=NEXT) as chair:
        assert not chair.app.session.resumed, "nothing was done in it"
