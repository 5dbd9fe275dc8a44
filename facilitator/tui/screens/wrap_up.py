"""The wrap-up: what was decided, who does what by when, where the time went, and where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from ...core import chair, pacing, summary
from ...core.history import Captured
from ...core.running_order import Row
from ..commands import by_key
from ..keys import Stroke
from ..panes import footer
from ..text import between, literal
from ..widgets.lines import Lines

if TYPE_CHECKING:
    from ..app import FacilitatorApp

_MOVES = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10}


class WrapUpScreen(Screen[None], inherit_bindings=False):
    """The call at its end, before it is adjourned."""

    CSS_PATH = "wrap_up.tcss"
    app: FacilitatorApp

    def __init__(self) -> None:
        """Show the call as it stands."""
        super().__init__()
        self._page = Lines("wrap-up")
        self._keys = Lines("wrap-up-keys")

    def compose(self) -> ComposeResult:
        """Lay out the page and its keys."""
        yield self._page
        yield self._keys

    def on_resize(self) -> None:
        """Draw for the new size, once the page has it."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self._page.size.width
        self._page.show([literal(" ") + line for line in self._lines(width - 2)])
        self._keys.show([footer.keys("wrap up", {}, "", width)])

    def _lines(self, width: int) -> list[Content]:
        meeting, session = self.app.meeting, self.app.session
        made = summary.summary(meeting, self.app.now())
        took = f"{pacing.clock(made.elapsed)} of {pacing.clock(made.duration)}"
        lines = [
            literal(""),
            between(literal(session.title, "bold"), literal(took, "bold"), width),
            literal(""),
        ]
        lines += self._entries("Decisions", made.decisions, width)
        lines += self._entries("Action items", made.actions, width)
        if meeting.draft is not None and meeting.draft.text.strip():
            lines += [literal("Still in the capture line, recorded as a note on adjourning", "$soon")]
            lines += [literal(f"  {meeting.draft.text}"), literal("")]
        lines += [between(literal("Time", "bold $quiet"), literal("spent  planned", "$quiet"), width)]
        lines += [_time(row, meeting.planned.get(row.item, 0), width) for row in made.rows]
        lines += [literal(""), literal(session.saved(), "$quiet")]
        return lines

    def _entries(self, title: str, entries: tuple[Captured, ...], width: int) -> list[Content]:
        lines = [literal(title, "bold $quiet")]
        for one in entries:
            mark, words, tail = summary.shown(one.entry, self.app.meeting.date)
            for number, row in enumerate(literal(words).wrap(max(10, width - 4 - len(tail) - 2))):
                start = literal(f"  {mark} ", "$now") if not number else literal("    ")
                lines.append(between(start + row, literal("" if number else tail, "$quiet"), width))
        return [*lines, *([] if entries else [literal("  none", "$faint")]), literal("")]

    async def take(self, stroke: Stroke) -> bool:
        """Adjourn, go back, or scroll."""
        if not isinstance(stroke, events.Key):
            return False
        if command := by_key("wrap up").get(stroke.key):
            self.run(command.id)
        elif stroke.key in _MOVES:
            self._page.scroll(_MOVES[stroke.key])
        return True

    def run(self, command: str) -> None:
        """Adjourn and leave, or go back to the call."""
        if command == "wrap_up.adjourn":
            for event in chair.adjourn(self.app.meeting, self.app.now()):
                self.app.record(event)
            self.app.exit("adjourned")
        else:
            self.app.pop_screen()

    @on(Lines.Clicked, "#wrap-up-keys")
    def _on_footer_clicked(self, event: Lines.Clicked) -> None:
        if command := footer.command_at("wrap up", {}, "", self._keys.size.width, event.column):
            self.run(command)


def _time(row: Row, planned: int, width: int) -> Content:
    if not row.item:
        return literal(f"  {row.title}", "$quiet")
    if row.waits:
        return literal("  " + "  " * row.indent + row.title, "$quiet")
    over = row.spent > planned and row.state != "coming"
    visited = row.state == "done" or row.spent > 0
    spent = literal(pacing.clock(row.spent) if visited else "–", "$soon" if over else "")
    times = (
        literal(" " * max(0, 7 - spent.cell_length))
        + spent
        + literal(f"{pacing.clock(planned):>9}", "$quiet")
    )
    title = literal("  " + "  " * row.indent + row.title, "" if visited else "$quiet")
    return between(title, times, width)
