"""A page of rows that lies over the main screen, with its keys in the last line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from ..commands import NARROW, Place, by_key
from ..keys import Stroke
from ..panes import footer
from ..text import literal
from ..widgets.lines import Lines

if TYPE_CHECKING:
    from ..app import FacilitatorApp

SCROLLS = {"down": 1, "j": 1, "up": -1, "pagedown": 10, "space": 10, "pageup": -10}
"""The keys that scroll a page, and by how many rows."""
"""The keys that scroll a page, and by how many rows."""


class PageScreen(Screen[None], inherit_bindings=False):
    """What the pages share; each says what its rows are and what its commands do."""

    CSS_PATH = "page.tcss"
    PLACE: ClassVar[Place]
    """Where its keys are pressed."""
    app: FacilitatorApp

    def __init__(self) -> None:
        """Begin at the top."""
        super().__init__()
        self.page = Lines("page")
        self._keys = Lines("page-keys")
        self._width = 0
        """Columns that the keys have in the last line."""

    def compose(self) -> ComposeResult:
        """Lay out the rows and the keys."""
        yield self.page
        yield self._keys

    def on_lines_sized(self) -> None:
        """Draw for the size that the rows have now."""
        self.draw()

    def draw(self) -> None:
        """Show the rows as they are now."""
        width = self.page.size.width
        self.page.show([literal(" ") + row for row in self.rows(width - 2)])
        self.draw_keys()

    def draw_keys(self) -> None:
        """Show the keys, and how many rows there are below those that show."""
        below = len(self.page.lines) - self.page.top - self.page.size.height
        width = self._keys.size.width
        ways = [f"↓ {below} more ", "↓"] if below > 0 else [""]
        drawn = {more: self._hints(width - len(more)) for more in ways}
        told = [more for more in ways if _same(drawn[more], self._hints(width))] if width < NARROW else []
        more = (told or ways)[0]  # where there is little room, a key is worth more than a number
        self._width = width - len(more)
        self._keys.show([drawn[more] + literal(more, "$quiet")])

    def _hints(self, width: int) -> Content:
        return footer.keys(self.app.commands, self.PLACE, self.words(), "", width)

    def rows(self, width: int) -> list[Content]:
        """Return the rows of the page."""
        raise NotImplementedError

    def words(self) -> Mapping[str, str]:
        """Return what commands, by id, are called in the last line just now; empty for one that would do nothing."""
        return {}

    def run(self, command: str) -> None:
        """Carry out one of the page's commands."""
        raise NotImplementedError

    async def take(self, stroke: Stroke) -> bool:
        """Carry out the command of a key, or scroll."""
        if not isinstance(stroke, events.Key):
            return False
        if command := by_key(self.app.commands, self.PLACE).get(stroke.key):
            self.run(command.id)
        elif not self.other(stroke) and stroke.key in SCROLLS:
            self.page.scroll(SCROLLS[stroke.key])
            self.draw_keys()
        return True

    def other(self, key: events.Key) -> bool:
        """Do what a key means here beside the commands; return whether it meant anything."""
        return False

    @on(Lines.Clicked, "#page-keys")
    def _on_keys_clicked(self, event: Lines.Clicked) -> None:
        spot = self._width, event.column
        if command := footer.command_at(self.app.commands, self.PLACE, self.words(), "", *spot):
            self.run(command)


def _same(one: Content, other: Content) -> bool:
    """Say whether two rows tell the same keys."""
    return one.plain.split() == other.plain.split()
