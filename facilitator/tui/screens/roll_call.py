"""The roll call: one key per person, filtered by typing; a name that nobody has is a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from ...core import attendance, directing, roll_call
from ...core.directives import Present, Regrets
from ...core.people import fold
from ...core.writing import Swallowed
from ..commands import by_key
from ..keys import Stroke
from ..panes import footer
from ..text import between, literal
from ..widgets.lines import Lines

if TYPE_CHECKING:
    from ..app import FacilitatorApp

_HEAD = 4
"""Rows above the first name."""


class RollCallScreen(Screen[None], inherit_bindings=False):
    """Everybody who may be on the call, and who is."""

    CSS_PATH = "roll_call.tcss"
    app: FacilitatorApp

    def __init__(self) -> None:
        """Begin with the first name."""
        super().__init__()
        self._page = Lines("roll")
        self._keys = Lines("roll-keys")
        self._typed = ""
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the names and the keys."""
        yield self._page
        yield self._keys

    def on_resize(self) -> None:
        """Draw for the new size, once the page has it."""
        self.call_after_refresh(self._draw)

    @property
    def _names(self) -> tuple[str, ...]:
        """Whom to call, as far as what was typed leaves them."""
        meeting = self.app.meeting
        leads = [*roll_call.projects(meeting), *(person.name for person in directing.people(meeting).people)]
        return attendance.to_call(leads, roll_call.roll(meeting).attendees, self._typed)

    def _draw(self) -> None:
        meeting, width = self.app.meeting, self._page.size.width
        quorum = roll_call.quorum(meeting)
        count = f"{quorum[0]} of {quorum[1]} leads present" if quorum else "nobody called yet"
        reached = not quorum or roll_call.quorate(meeting)
        tail = literal(count, "$quiet") + literal("" if reached else ", no quorum", "$soon")
        find = (
            literal(f" {self._typed}▏", "")
            if self._typed
            else literal(" type to filter, or to name a guest", "$faint")
        )
        names = self._names
        self._at = max(0, min(self._at, len(names) - 1))
        rows = [self._row(at, name, width) for at, name in enumerate(names)]
        if not names and self._typed:
            rows = [literal(f"  {self._typed}: enter marks them present as a guest", "$now")]
        head = [literal(""), between(literal("Roll call", "bold"), tail, width, margin=1), find, literal("")]
        self._page.show([*head, *rows])
        self._page.show(self._page.lines, self._page.keep_visible(_HEAD + self._at))
        self._keys.show([footer.keys("roll call", {}, "", self._keys.size.width)])

    def _row(self, at: int, name: str, width: int) -> Content:
        listed = next(
            (one for one in roll_call.roll(self.app.meeting).attendees if fold(one.name) == fold(name)), None
        )
        mark = literal("  ") if listed is None else literal("– " if listed.regrets else "✓ ", "$now")
        project = roll_call.projects(self.app.meeting).get(name, listed.project if listed else "")
        right = literal("regrets" if listed and listed.regrets else project, "$quiet")
        bar = literal("▌ " if at == self._at else "  ", "$now")
        row = bar + between(mark + literal(name), right, width - 3) + literal(" ")
        return row.stylize("on $looking") if at == self._at else row

    async def take(self, stroke: Stroke) -> bool:
        """Mark, move, filter, or go back."""
        if not isinstance(stroke, events.Key):
            return False
        if command := by_key("roll call").get(stroke.key):
            self.run(command.id)
        elif stroke.key in ("down", "up"):
            self._at += 1 if stroke.key == "down" else -1
        elif stroke.key == "backspace":
            self._typed = self._typed[:-1]
        elif stroke.is_printable and stroke.character:
            self._typed, self._at = self._typed + stroke.character, 0
        self._draw()
        return True

    def run(self, command: str) -> None:
        """Mark the name that is highlighted, or typed; or go back, first to all names."""
        if command == "roll.back":
            if self._typed:
                self._typed = ""
            else:
                self.app.pop_screen()
            return
        names = self._names
        name = names[self._at] if names else self._typed.strip()
        if not name:
            return
        mark = Present((name,)) if command == "roll.present" else Regrets((name,))
        meeting = self.app.meeting
        try:
            event = directing.done(meeting, meeting.current, mark, self.app.now())
        except (directing.CannotPlace, Swallowed) as error:
            self.app.pop_screen()
            self.app.say(str(error))
            return
        if event is not None:
            self.app.record(event)
        self._typed = ""
        self._at = self._names.index(name) + 1 if name in self._names else 0

    @on(Lines.Clicked, "#roll")
    def _on_roll_clicked(self, event: Lines.Clicked) -> None:
        if 0 <= event.line - _HEAD < len(self._names):
            self._at = event.line - _HEAD
            self.run("roll.present")
            self._draw()

    @on(Lines.Clicked, "#roll-keys")
    def _on_keys_clicked(self, event: Lines.Clicked) -> None:
        if command := footer.command_at("roll call", {}, "", self._keys.size.width, event.column):
            self.run(command)
            self._draw()
