"""The keys, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from ..commands import by_key, by_place, keys_width
from ..keys import Stroke
from ..text import between, literal
from ..widgets.lines import Lines

if TYPE_CHECKING:
    from ..app import FacilitatorApp

_MOVES = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10, "space": 10}
_LEAVE = ("escape", "q", "enter", "ctrl+c")


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """The table of keys over the call, which goes on."""

    CSS_PATH = "help.tcss"
    app: FacilitatorApp

    def __init__(self) -> None:
        """Show the table."""
        super().__init__()
        self._page = Lines("help")
        self._keys = Lines("help-keys")

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield self._page
        yield self._keys

    def on_lines_sized(self) -> None:
        """Draw for the size that the rows have now."""
        self._draw()

    def _draw(self) -> None:
        lines, width = [], keys_width(self.app.commands)
        for title, rows in by_place(self.app.commands).items():
            lines.append(literal(title, "bold $quiet"))
            for keys, one in rows:
                told = literal(one.help).wrap(max(10, self._page.size.width - width - 3))
                starts = (f"  {keys:<{width}} ", *[" " * (width + 3)] * len(told))
                lines += [literal(start, "$now") + row for start, row in zip(starts, told, strict=False)]
            lines.append(literal(""))
        self._page.show(lines[:-1])
        self._draw_keys()

    def _draw_keys(self) -> None:
        below = len(self._page.lines) - self._page.top - self._page.size.height
        more = literal(f"↓ {below} more" if below > 0 else "", "$quiet")
        back = literal("escape", "bold") + literal(" back", "$quiet")
        self._keys.show([between(back, more, self._keys.size.width)])

    async def take(self, stroke: Stroke) -> bool:
        """Scroll, or go back."""
        if isinstance(stroke, events.Key):
            again = by_key(self.app.commands, "list").get(stroke.key)
            if stroke.key in _LEAVE or (again and again.id == "help.show"):
                self.dismiss()
            elif stroke.key in _MOVES:
                self._page.scroll(_MOVES[stroke.key])
                self._draw_keys()
        return True
