"""A clock for a shared screen: whose turn it is, how long, and who comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from ...core import pacing
from ..commands import by_key
from ..keys import Stroke
from ..panes import digits
from ..panes.header import standing
from ..panes.item import STYLES, whose
from ..text import clip, literal
from ..widgets.lines import Lines

if TYPE_CHECKING:
    from ..app import FacilitatorApp

_STILL = frozenset(
    {"clock.toggle", "item.next", "item.previous", "timebox.longer", "timebox.shorter", "change.undo"}
)
"""Commands of the running order that work here too."""
_COMING = 2
_ROOMY = 12
"""Rows from which on so many items to come are told; below it one."""


class BigClockScreen(Screen[None], inherit_bindings=False):
    """The current item's clock in figures as large as the terminal."""

    CSS_PATH = "big_clock.tcss"
    app: FacilitatorApp

    def __init__(self) -> None:
        """Show the current item."""
        super().__init__()
        self._page = Lines("big-clock")

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield self._page

    def on_mount(self) -> None:
        """Look at the clock several times a second: what is shown changes only with the figures."""
        self.set_interval(0.2, self._draw)

    def on_lines_sized(self) -> None:
        """Draw for the size that the rows have now."""
        self._draw()

    def _draw(self) -> None:
        width, height = self._page.size
        if width and height:
            self._page.show(self._lines(width, height))

    def _lines(self, width: int, height: int) -> list[Content]:
        meeting, now = self.app.meeting, self.app.now()
        item, clock = meeting.item(meeting.current), pacing.item_clock(meeting, meeting.current, now)
        style = STYLES[clock.state] if meeting.running else "$quiet"
        left = pacing.clock(clock.left)
        at = meeting.index(meeting.current)
        told = _COMING if height >= _ROOMY else 1
        coming = [meeting.item(stop.key) for stop in meeting.stops[at + 1 : at + 1 + told]]
        ahead = [literal(clip(f"next: {one.title}", width), "$quiet") for one in coming]
        room = height - 4 - len(ahead)
        scale = digits.fitting(left, width - 2, room)
        shown = digits.figures(left, scale) if scale else [left]
        notice = self.app.main.view.said(width) if self.app.main.view.notice else ""
        words = literal(notice, "$soon") if notice else standing(meeting, pacing.pace(meeting, now))
        rows = [
            literal(clip(item.title, width), "bold"),
            literal(clip(whose(item), width), "$quiet"),
            *[literal(row, style) for row in shown],
            words,
            *ahead,
        ]
        above = max(0, (height - 1 - len(rows)) // 2)
        below = max(0, height - 1 - len(rows) - above)
        rows = [*[literal("")] * above, *rows, *[literal("")] * below, literal("escape back", "$faint")]
        return [_centred(row, width) for row in rows]

    async def take(self, stroke: Stroke) -> bool:
        """Go back, or do what the key does on the running order."""
        if not isinstance(stroke, events.Key):
            return False
        command = by_key(self.app.commands, "list").get(stroke.key)
        if stroke.key in ("escape", "q", "ctrl+c") or (command and command.id == "clock.big"):
            self.app.pop_screen()
        elif command and command.id in _STILL:
            await self.app.main.run(command.id)
            self._draw()
        return True


def _centred(row: Content, width: int) -> Content:
    return literal(" " * max(0, (width - row.cell_length) // 2)) + row
