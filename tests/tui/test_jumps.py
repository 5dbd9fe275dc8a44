"""The machine sleeps, its clock is set, the day ends: no timer moves but for the sleep, which counts and is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.store import replay
from facilitator.system.clock import ManualClock
from tests.chairing import Chair, OpenCall


def jumps(state: Path, chair: Chair) -> list[tuple[float, float, str]]:
    """Return what the journal holds of the clocks: seconds slept, seconds set ahead, and what is believed."""
    found = replay.read(replay.journal_path(state, chair.path))
    assert found is not None
    happened = [record["event"] for record in found.records if "event" in record]
    return [(one["slept"], one["stepped"], one["believed"]) for one in happened if one["is"] == "ClockJumped"]


async def look(chair: Chair) -> str:
    """Let a second's look around be due, and return the screen."""
    chair.app.look()
    await chair.pilot.pause()
    return chair.frame()


async def test_twenty_minutes_with_the_lid_closed_count_and_are_said(
    open_call: OpenCall, state_directory: Path
) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(60)
        await look(chair)
        assert jumps(state_directory, chair) == []
        chair.clock.suspend(20 * 60)
        frame = await look(chair)
        assert "The machine slept for 20:00, which counts" in frame
        assert "21:00 / 30:00" in frame
        assert "14:51" in frame
        assert jumps(state_directory, chair) == [(1200.0, 0.0, "wall")]
        await look(chair)
        assert len(jumps(state_directory, chair)) == 1, "said once"


@pytest.mark.parametrize(("seconds", "way", "shown"), [(3600, "ahead", "15:31"), (-3600, "back", "13:31")])
async def test_a_wall_clock_that_is_set_moves_no_timer(
    open_call: OpenCall, state_directory: Path, seconds: int, way: str, shown: str
) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(60)
        before = chair.frame()
        chair.clock.step_wall(seconds)
        frame = await look(chair)
        assert f"The wall clock was set {way} by 1:00:00, no timer has moved" in frame
        assert f" {shown}    1:00 / 30:00    ends " in frame
        assert before.splitlines()[2:20] == frame.splitlines()[2:20]
        assert jumps(state_directory, chair) == [(0.0, float(seconds), "wall")]
    async with open_call(clock=_later(chair.clock, 60)) as chair:
        frame = chair.frame()
        assert f" {shown[:-1]}2    2:00 / 30:00" in frame
        assert jumps(state_directory, chair)[-1] == (0.0, float(seconds), "boottime")


async def test_what_is_believed_after_a_reboot_is_recorded(
    open_call: OpenCall, state_directory: Path
) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(60)
        await chair.press("n")
    chair.clock.advance(120)
    chair.clock.reboot("boot-2")
    async with open_call(clock=_later(chair.clock, 0)) as chair:
        assert "3:00 / 30:00" in chair.frame()
        assert jumps(state_directory, chair)[-1] == (0.0, 0.0, "wall")
    chair.clock.reboot("boot-3")
    chair.clock.step_wall(-7200)
    async with open_call(clock=_later(chair.clock, 0)) as chair:
        assert "3:00 / 30:00" in chair.frame(), "no time passes backwards"
        slept, stepped, believed = jumps(state_directory, chair)[-1]
        assert (slept, believed) == (0.0, "journal")
        assert stepped == pytest.approx(-7200)


async def test_a_call_that_has_not_begun_journals_no_jump(open_call: OpenCall, state_directory: Path) -> None:
    async with open_call() as chair:
        chair.clock.suspend(600)
        assert "The machine slept for 10:00" in await look(chair)
        assert jumps(state_directory, chair) == []


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.delenv("TZ")
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("wall", "before", "after"),
    [
        (1_711_846_200.0, "01:50", "03:10"),  # the last Sunday of March: no 2 o'clock
        (1_729_990_200.0, "02:50", "02:10"),  # the last Sunday of October: 2 o'clock comes twice
        (1_717_537_800.0, "23:50", "00:10"),  # midnight
    ],
    ids=["spring forward", "fall back", "midnight"],
)
async def test_neither_midnight_nor_daylight_saving_moves_a_timer(
    open_call: OpenCall, state_directory: Path, wall: float, before: str, after: str
) -> None:
    async with open_call(clock=ManualClock(wall=wall)) as chair:
        chair.app.zone = None  # the machine's own
        await chair.press("space")
        assert f"{before}    0:00 / 30:00" in chair.frame()
        await chair.pass_time(20 * 60)
        assert f"{after}    20:00 / 30:00" in await look(chair)
        assert jumps(state_directory, chair) == []


def _later(clock: ManualClock, seconds: float) -> ManualClock:
    """Return the clock that another process finds on the same machine, so many seconds later."""
    clock.advance(seconds)
    return ManualClock(wall=clock.wall(), boot=clock.boot(), boot_id=clock.boot_id())
