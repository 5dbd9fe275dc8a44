"""The wrap-up: what was decided, who does what by when, where the time went, and where it is written."""

from __future__ import annotations

from textual.content import Content

from ...core import chair, pacing, summary
from ...core.history import Captured
from ...core.running_order import Row
from ..text import between, literal
from .page import PageScreen


class WrapUpScreen(PageScreen):
    """The call at its end, before it is adjourned."""

    PLACE = "wrap up"

    def rows(self, width: int) -> list[Content]:
        """Return what the call came to."""
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

    def run(self, command: str) -> None:
        """Adjourn and leave, or go back to the call."""
        if command == "wrap_up.adjourn":
            for event in chair.adjourn(self.app.meeting, self.app.now()):
                self.app.record(event)
            self.app.exit("adjourned")
        else:
            self.app.pop_screen()


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
