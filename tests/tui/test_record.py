"""Motions, votes, hands, attendance: the record at typing speed."""

from __future__ import annotations

from textual import events

from tests.chairing import OpenCall


async def test_a_motion_is_put_voted_on_and_closed(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("Ship 4.0 on Monday (moved by Tomas Rey)")
        await chair.press("enter")
        assert "any objections?" in chair.frame()
        await chair.type("/vote tomas yes")
        await chair.press("enter")
        await chair.type("/vote ingrid no")
        await chair.press("enter")
        await chair.type("/vote priya yes")
        await chair.press("enter")
        assert "2 for, 1 against, 0 abstained" in chair.frame()
        await chair.type("/approve")
        await chair.press("enter")
        saved = chair.saved()
    assert "- **Motion:** Ship 4.0 on Monday (moved by Tomas Rey)\n" in saved
    assert "  - **Approved:** 2 for, 1 against, 0 abstained\n" in saved


async def test_an_outcome_without_a_motion_stays_in_the_line_and_says_why(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("/approve")
        await chair.press("enter")
        frame = chair.frame()
    assert "no motion is open" in frame
    assert "› /approve" in frame


async def test_hands_wait_in_order_and_points_of_order_come_first(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "h")
        await chair.type("tomas")
        await chair.press("enter")
        await chair.type("q+ priya: point of order")
        await chair.press("enter")
        assert "✋ Priya Nair (point of order), Tomas Rey" in chair.frame()
        await chair.type("q-")
        await chair.press("enter")
        assert "✋ Tomas Rey" in chair.frame()
        await chair.press("escape", "u")
        assert "✋ Priya Nair (point of order), Tomas Rey" in chair.frame()


async def test_the_roll_is_called_with_one_key_a_person(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "r")
        await chair.pilot.pause()
        assert "Ingrid Solheim" in chair.frame()
        await chair.press("enter", "tab")
        await chair.type("Quinn")
        assert "Quinn: enter marks them present as a guest" in chair.frame()
        await chair.press("enter", "escape")
        saved = chair.saved()
    attendees = saved[saved.index("## Attendees") :]
    assert "- Tomas Rey (Beacon)\n- Ingrid Solheim (regrets)\n- Quinn\n" in attendees


async def test_pasted_lines_become_a_block_of_code_on_tab(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        chair.app.post_message(events.Paste("$ make\n  ok\n# done\n"))
        await chair.pilot.pause()
        assert "3 lines: enter records 3 entries, tab one block of code" in chair.frame()
        await chair.press("tab")
        saved = chair.saved()
        await chair.press("escape", "u")
        undone = chair.saved()
    assert "- ```\n  $ make\n    ok\n  # done\n  ```\n" in saved
    assert "make" not in undone
