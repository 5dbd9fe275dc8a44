"""The screens as text, in the sizes people have. ``UPDATE_FRAMES=1`` writes them anew: look at the difference."""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path

import pytest

from facilitator.core.meeting import opened
from facilitator.tui.panes.header import header
from tests.chairing import DAY, MINUTES, Chair, OpenCall
from tests.tui.test_landings import LANTERN, ask, land

FRAMES = Path(__file__).parent / "frames"
SIZES = [(120, 40), (80, 24), (60, 20), (40, 10)]


def compare(chair: Chair, name: str, size: tuple[int, int]) -> None:
    """Hold the screen to the frame that is kept."""
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    frame = chair.frame() + "\n"
    if os.environ.get("UPDATE_FRAMES"):
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
async def test_before_the_call(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        compare(chair, "before", size)


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_middle_of_a_call_while_writing(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        for seconds in (90, 200, 280):
            await chair.pass_time(seconds)
            await chair.press("n")
        await chair.press("i")
        await chair.type("Ready for 4.0")
        await chair.press("enter")
        await chair.type("RESOLVED: ship it on Monday")
        await chair.press("enter")
        await chair.type("ACTION: priya to announce it")
        await chair.pass_time(500)
        compare(chair, "writing", size)


@pytest.mark.parametrize("size", SIZES)
async def test_looking_at_another_item_in_overtime(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        await chair.pass_time(31 * 60)
        await chair.press("down", "down")
        compare(chair, "looking", size)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_editing_an_item(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        await chair.go_on(3)
        await chair.press("e")
        await chair.press("down", "end")
        await chair.type(", all of you")
        compare(chair, "editing", size)


@pytest.mark.parametrize("size", SIZES)
async def test_the_wrap_up(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        await chair.pass_time(100)
        await chair.press("n", "d")
        await chair.type("No 32-bit builds from 5.0 on")
        await chair.press("enter", "escape", "a")
        await chair.type("ada to tell the packagers")
        await chair.press("enter")
        await chair.type("and then")
        await chair.press("escape")
        await chair.pass_time(300)
        await chair.press("w")
        await chair.pilot.pause()
        compare(chair, "wrap-up", size)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_the_keys(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("question_mark")
        await chair.pilot.pause()
        compare(chair, "keys", size)


async def test_a_terminal_too_small_to_chair_in(open_call: OpenCall) -> None:
    async with open_call(size=(20, 4)) as chair:
        assert chair.frame().startswith("too small: make the")
        await chair.pilot.resize_terminal(120, 40)
        await chair.pilot.pause()
        assert "Announcements" in chair.frame()


@pytest.mark.parametrize("size", SIZES)
async def test_a_motion_that_is_objected_to(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space", "m")
        await chair.type("Ship 4.0 on Monday (moved by Tomas Rey)")
        await chair.press("enter")
        await chair.type("/object ingrid: too soon")
        await chair.press("enter", "escape")
        compare(chair, "motion", size)


@pytest.mark.parametrize("size", SIZES)
async def test_the_entries_of_the_call(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space", "i")
        for line in (
            "The pier is open again",
            "ACTION: ingrid to oil the lamp",
            "RESOLVED: ship it on Monday",
        ):
            await chair.type(line)
            await chair.press("enter")
        await chair.press("escape", "l")
        await chair.pilot.pause()
        await chair.press("k", "t")
        await chair.type("fog")
        compare(chair, "entries", size)


@pytest.mark.parametrize("size", SIZES)
async def test_what_to_copy(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("y")
        compare(chair, "copy", size)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_what_landed(open_call: OpenCall, size: tuple[int, int]) -> None:
    wiped = MINUTES.replace("- First three outside contributors\n", "")
    async with open_call(size=size) as chair:
        await chair.press("space")
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n- Fewer moths\n"))
        await land(
            chair, wiped.replace("## Discussion\n", "## Discussion\n\n- [TR] Who has the spare key?\n")
        )
        await chair.press("c")
        await chair.pilot.pause()
        compare(chair, "landings", size)


@pytest.mark.parametrize("size", SIZES)
async def test_an_older_version_was_put_back(open_call: OpenCall, size: tuple[int, int]) -> None:
    landed = MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n- Fewer moths\n")
    async with open_call(size=size) as chair:
        await chair.press("space")
        await land(chair, landed)
        await ask(chair, MINUTES)
        compare(chair, "put-back", size)
        await chair.press("c")
        await chair.pilot.pause()
        compare(chair, "put-back-page", size)


def test_a_title_that_is_too_long_keeps_its_date() -> None:
    meeting = opened(MINUTES.encode(), None, DAY, 30 * 60)
    row = header(meeting, "Harbor Council Planning and Review 2024-06-04", 1_717_511_400.0, UTC, 80).plain
    assert row.startswith(" Harbor Council")
    assert "… 2024-06-04 " in row
    narrow = header(meeting, "Harbor Council Planning and Review 2024-06-04", 1_717_511_400.0, UTC, 40).plain
    assert narrow.startswith(" Harbor Council")
