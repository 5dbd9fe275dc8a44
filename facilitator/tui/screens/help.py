"""The keys, on one page."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen

from ..commands import table
from ..keys import Stroke
from ..text import literal
from ..widgets.lines import Lines

_MOVES = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10, "space": 10}
_LEAVE = ("escape", "question_mark", "q", "enter", "ctrl+c")


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """The table of keys over the call, which goes on."""

    CSS_PATH = "help.tcss"

    def __init__(self) -> None:
        """Show the table."""
        super().__init__()
        self._page = Lines("help")

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield self._page

    def on_lines_sized(self) -> None:
        """Draw for the size that the rows have now."""
        self._draw()

    def _draw(self) -> None:
        lines = [_line(line) for line in table().splitlines()]
        self._page.show([*lines, literal(""), literal("escape goes back", "$quiet")])

    async def take(self, stroke: Stroke) -> bool:
        """Scroll, or go back."""
        if isinstance(stroke, events.Key):
            if stroke.key in _LEAVE:
                self.dismiss()
            elif stroke.key in _MOVES:
                self._page.scroll(_MOVES[stroke.key])
        return True


def _line(line: str) -> Content:
    if not line.startswith("  "):
        return literal(line, "bold $quiet")
    return literal(line[:19], "$now") + literal(line[19:])
