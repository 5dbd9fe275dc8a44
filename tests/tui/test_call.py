"""A chair's call on the main screen."""

from __future__ import annotations

from tests.chairing import MINUTES, OpenCall


async def test_the_running_order_and_the_current_item_show_before_the_call_starts(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        frame = chair.frame()
    assert "▌Announcements" in frame
    assert "[AB] No 32-bit builds? [x]" in frame
    assert "Summer of code? [/ipfs/x]" in frame
    assert "not started" in frame


async def test_the_clock_counts_down_warns_and_counts_overtime(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(30)
        assert "1:30 left of 2:00" in chair.frame()
        await chair.pass_time(120)
        assert "0:30 over of 2:00" in chair.frame()
        assert "2:30 / 30:00" in chair.frame()


async def test_what_is_written_goes_under_its_item_and_is_on_the_disk(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "n", "n", "n", "i")
        await chair.type("Upgrade before Monday [EM]")
        await chair.press("enter", "escape", "a")
        await chair.type("tomas to write the guide due 2024-06-10")
        await chair.press("enter")
        await chair.type("RESOLVED: no 32-bit builds")
        await chair.press("enter", "escape")
        saved = chair.saved()
        frame = chair.frame()
    added = (
        "- Upgrade before Monday [EM]\n"
        "- [ ] **Action:** Tomas Rey: write the guide (due 2024-06-10)\n"
        "- **Decision:** no 32-bit builds\n"
    )
    before, after = MINUTES.split("\n### Lantern")
    assert saved == f"{before}{added}\n### Lantern{after}"
    assert "☐ Tomas Rey: write the guide" in frame
    assert "◆ no 32-bit builds" in frame
