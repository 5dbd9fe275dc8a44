"""The item's text in an editor, in place of its rendering."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea

from ..keys import Stroke, run_own_binding
from ..text import editable


class ItemEditor(TextArea):
    """An editor of plain lines whose keys have their effect in the order they came.

    The text it was opened with is kept beside it, so that what was changed can be told.
    """

    DEFAULT_CSS = """
    ItemEditor, ItemEditor:focus {
        border: none; padding: 0 0 0 1; background: $background; background-tint: $background 0%;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, text: str, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="indent",
            compact=True,
            theme="css",
        )
        self.cursor_blink = False
        self.opened_with = text

    def get_line(self, line_index: int) -> Text:
        """Return what is drawn for a line: its text with nothing that could reach the terminal as a command."""
        return editable(self.document.get_line(line_index))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows of a part; blank ones once it is removed, which a frame may come before all see."""
        if self.is_attached:
            return super().render_lines(crop)
        return [
            Strip.blank(crop.width) for _ in crop.line_range
        ]  # its styles are gone, to ask for them is a fault

    def load(self, text: str) -> None:
        """Hold another text, the cursor where it was as far as there is such a place."""
        cursor = self.cursor_location
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(cursor)

    async def take(self, stroke: Stroke) -> bool:
        """Edit the text by one key or paste."""
        if isinstance(stroke, events.Paste):
            self._insert(stroke.text)
        elif stroke.key == "enter":
            self._insert("\n")
        elif stroke.key == "tab":
            self._insert("  ")
        elif stroke.is_printable and stroke.character:
            self._insert(stroke.character)
        else:
            return await run_own_binding(self, stroke.key)
        return True

    def _insert(self, text: str) -> None:
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)
