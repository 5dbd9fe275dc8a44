"""The capture line: one line in which typing becomes notes, decisions and action items."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.widgets import Input

from ..keys import Stroke, run_own_binding
from ..text import editable


class CaptureLine(Input):
    """An input whose keys have their effect in the order they came, and that keeps every line of a paste.

    It knows nothing of entries: the screen reads ``value`` and decides.
    """

    DEFAULT_CSS = """
    CaptureLine, CaptureLine:focus {
        border: none; height: 1; padding: 0; background: $background; background-tint: $background 0%;
    }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """How wide the text is. textual lays the whole screen out anew where it changes; nothing here depends on it."""

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id=id, compact=True, select_on_focus=False, highlighter=None, validate_on=())
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        """What is drawn: the value with nothing in it that could reach the terminal as a command."""
        return editable(self.value)

    def on_resize(self) -> None:
        """Bring the cursor into sight: a draft that is brought back is put in before the line has any room."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def put(self, text: str) -> None:
        """Replace what the line holds, the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)

    async def take(self, stroke: Stroke) -> bool:
        """Edit the line by one key or paste."""
        with self.prevent(
            Input.Changed
        ):  # nobody listens, and each would pass through every queue up to the app
            return await self._edit(stroke)

    async def _edit(self, stroke: Stroke) -> bool:
        if isinstance(stroke, events.Paste):
            self._insert(" ".join(stroke.text.splitlines()))
            return True
        if stroke.is_printable and stroke.character:
            self._insert(stroke.character)
            return True
        return await run_own_binding(self, stroke.key)

    def _insert(self, text: str) -> None:
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *sorted(self.selection))
