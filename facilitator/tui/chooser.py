"""The chooser: which series to chair, when it meets next, and whether a call of it was left unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.screen import Screen

from ..store.series import Series
from ..store.unfinished import Unfinished
from .driver import TerminalDriver
from .keys import Stroke, TakesKeysInOrder
from .terminal import Terminal
from .text import between, literal
from .theme import DARK
from .timers import FiresTimers
from .widgets.lines import Lines


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the chooser: a series, and the call of it that goes on."""

    series: Series
    going_on: Unfinished | None = None


def choose(choices: Sequence[Choice], heading: str, today: date) -> Path | None:
    """Let the chair choose, or leave; the terminal is as it was, however that ends."""
    with Terminal() as terminal:
        app = ChooserApp(choices, heading, today)
        app.terminal = terminal
        terminal.drawn = True
        chosen = app.run()
        terminal.drawn = False
    return chosen


class ChooserApp(TakesKeysInOrder, FiresTimers, App[Path], inherit_bindings=False):
    """Ends with the path of an agenda, or of unfinished minutes; with nothing where the chair leaves."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "ChooserScreen { background: $background; color: $foreground; padding: 1 2; }"

    def __init__(self, choices: Sequence[Choice], heading: str, today: date) -> None:
        """Offer these choices."""
        super().__init__(driver_class=TerminalDriver)
        self.terminal: Terminal | None = None
        self.choices = choices
        self.heading = heading
        self.today = today
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_default_screen(self) -> ChooserScreen:
        """Return the list."""
        return ChooserScreen(self.choices, self.heading, self.today)


class ChooserScreen(Screen[None], inherit_bindings=False):
    """A list; up and down move, enter chooses."""

    app: ChooserApp

    def __init__(self, choices: Sequence[Choice], heading: str, today: date) -> None:
        """Highlight the first choice that can be made."""
        super().__init__()
        self._choices = choices
        self._heading = heading
        self._today = today
        self._at = 0
        self._list = Lines("series")

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield self._list

    def on_lines_sized(self) -> None:
        """Draw for the size that the rows have now."""
        self._draw()

    def _draw(self) -> None:
        width = self._list.size.width
        rows = [self._row(at, choice, width) for at, choice in enumerate(self._choices)]
        keys = (
            literal("enter", "bold")
            + literal(" opens   ", "$quiet")
            + literal("q", "bold")
            + literal(" leaves", "$quiet")
        )
        self._list.show([literal(self._heading, "bold"), literal(""), *rows, literal(""), keys])
        self._list.show(self._list.lines, self._list.keep_visible(self._at + 2))

    def _row(self, at: int, choice: Choice, width: int) -> Content:
        series = choice.series
        if series.error:
            right = literal(series.error, "$overtime")
        elif choice.going_on is not None:
            right = literal(f"unfinished: {choice.going_on.date}", "$soon")
        else:
            right = literal(self._when(series.next_date), "$quiet")
        bar = literal("▌ " if at == self._at else "  ", "$now")
        line = bar + between(
            literal(series.title, "bold" if at == self._at else ""), right.truncate(width - 24), width - 2
        )
        return line.stylize("on $looking") if at == self._at else line

    def _when(self, day: date | None) -> str:
        if day is None:
            return "no schedule"
        return "today" if day == self._today else f"{day:%a} {day.isoformat()}"

    async def take(self, stroke: Stroke) -> bool:
        """Move, choose or leave."""
        if not isinstance(stroke, events.Key):
            return False
        match stroke.key:
            case "down" | "j":
                self._at = min(self._at + 1, len(self._choices) - 1)
            case "up" | "k":
                self._at = max(self._at - 1, 0)
            case "enter":
                self._choose()
            case "q" | "escape" | "ctrl+c" | "ctrl+q":
                self.app.exit()
        self._draw()
        return True

    def _choose(self) -> None:
        choice = self._choices[self._at]
        if not choice.series.error:
            self.app.exit(choice.going_on.minutes if choice.going_on else choice.series.path)

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        """Highlight what was clicked, choose it when clicked again."""
        at = event.line - 2
        if not 0 <= at < len(self._choices):
            return
        again, self._at = at == self._at, at
        self._draw()
        if again:
            self._choose()
