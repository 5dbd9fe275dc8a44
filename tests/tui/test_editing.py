"""An item's own text in the editor of the main screen."""

from __future__ import annotations

from textual.geometry import Region

from facilitator.tui.widgets.item_editor import ItemEditor
from tests.chairing import MINUTES, OpenCall


async def test_a_text_is_edited_in_place(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("n", "n", "n", "e", "end")
        await chair.type(" now")
        await chair.press("escape")
        assert "[the change](https://example.org/812) now\n" in chair.saved()
        assert "Reconnect storms are fixed, see the change now" in chair.frame()
        await chair.press("u")
        assert chair.saved() == MINUTES


async def test_an_edit_that_would_swallow_the_next_project_stays_in_the_editor(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("n", "n", "n", "e", "end", "enter")
        await chair.type("```")
        await chair.press("escape")
        assert "would swallow" in chair.frame()
        assert chair.path.read_text(encoding="utf-8") == MINUTES
        await chair.press("enter")
        await chair.type("```")
        await chair.press("escape")
        assert chair.saved().count("```") == 2


async def test_a_text_that_the_editor_cannot_hold_is_refused_with_what_to_do(open_call: OpenCall) -> None:
    strange = MINUTES.replace("First three", "First\u2028three")
    async with open_call(strange) as chair:
        await chair.press("n", "n", "n", "n", "e")
        assert "holds U+2028" in chair.frame()
        assert "edit in E" in chair.frame()
        assert chair.saved() == strange


async def test_an_empty_item_right_before_the_next_heading_is_filled_in_the_editor(
    open_call: OpenCall,
) -> None:
    tight = MINUTES.replace("## Announcements\n\n\n", "## Announcements\n")
    async with open_call(tight) as chair:
        await chair.press("e")
        await chair.type("Release week")
        await chair.press("escape")
        saved = chair.saved()
    assert saved.index("## Announcements") < saved.index("Release week") < saved.index("## Discussion")


async def test_a_frame_that_comes_before_the_closed_editor_is_out_of_the_layout_is_drawn(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        await chair.press("e")
        editor = chair.app.screen.query_one(ItemEditor)
        await chair.press("escape")
        editor.notify_style_update()  # it has lost the focus, and looks different
        rows = editor.render_lines(Region(0, 0, 20, 2))
        assert [row.text for row in rows] == [" " * 20] * 2
