"""The running order: every item with its state, the time it took and the time it has."""

from __future__ import annotations

from textual.content import Content

from ...core import pacing
from ...core.meeting import Meeting
from ...core.running_order import Row, rows
from ..text import literal
from .lines import Lines, between

ROOMY = 34
"""From this width on there are two columns of time, what was spent and what was granted; below it one."""


class RunningOrder(Lines):
    """Rows of the running order. The one that is now has a bar; the one looked at has a background."""

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id)
        self.rows: list[Row] = []

    def update(self, meeting: Meeting, looking: str, now: float) -> None:
        """Show the call as it stands at ``now``, with the item of key ``looking`` highlighted."""
        self.rows = rows(meeting, now)
        width = self.size.width
        self.show([_line(row, row.item == looking, meeting, width) for row in self.rows])

    def bring_into_view(self, item: str) -> None:
        """Scroll so that the item's row and its neighbours can be seen."""
        at = next((at for at, row in enumerate(self.rows) if row.item == item), 0)
        self.show(self.lines, self.keep_visible(at, margin=2))

    def item_at(self, line: int) -> str:
        """Return the key of the item in a line; empty for none."""
        return self.rows[line].item if 0 <= line < len(self.rows) else ""


def _line(row: Row, looking: bool, meeting: Meeting, width: int) -> Content:
    now = row.state == "now"
    bar = literal("▌", "$now") if now else literal(" ")
    title = literal("  " * row.indent + row.title, _title_style(row))
    line = between(title, _times(row, meeting, width), width - 1)
    made = bar + line
    return made.stylize("on $looking") if looking else made


def _title_style(row: Row) -> str:
    if not row.item:
        return "bold $quiet"
    if row.state == "now":
        return "bold $now"
    return "$quiet" if row.quiet or row.state in ("done", "passed") else ""


def _times(row: Row, meeting: Meeting, width: int) -> Content:
    if not row.item:
        return literal("")
    budget = pacing.clock(row.budget)
    if row.state == "now" and meeting.timeline:
        over = row.spent >= row.budget
        left = literal(pacing.clock(row.budget - row.spent), "bold $overtime" if over else "bold $now")
        if width < ROOMY:
            return left
        spent = literal(f"{pacing.clock(row.spent):>7}", "$overtime" if over else "$now")
        return spent + literal(f"{budget:>7}", "$quiet")
    done = (
        literal("✓ ", "$quiet") + literal(pacing.clock(row.spent), "$quiet") if row.state == "done" else None
    )
    if width < ROOMY:
        return done or literal("–" if row.state == "passed" else budget, "$quiet")
    granted = literal(f"{budget:>7}", "$faint" if done or row.state == "passed" else "$quiet")
    return done + granted if done else literal("–", "$faint") + granted if row.state == "passed" else granted
