"""The wrap-up: what was decided, who does what by when, where the time went, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from textual import events
from textual.content import Content

from ...core import adjourning, chair, pacing, roll_call, summary
from ...core.history import Captured
from ...core.running_order import GLANCE, Row
from ..keys import Stroke
from ..text import between, literal
from .page import SCROLLS, PageScreen

_ROOMY = 50
"""Columns from which on there are three of time."""


class WrapUpScreen(PageScreen):
    """The call at its end, before it is adjourned."""

    PLACE = "wrap up"

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._asked = adjourning.Asked(self.app.now())
        self._said = ""

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
        if remarks := self._remarks():
            for remark in remarks:
                lines += literal(remark, "$soon").wrap(max(10, width))
            lines.append(literal(""))
        title = "Decisions and motions" if made.motions else "Decisions"
        lines += self._entries(title, made.decisions, made, width)
        lines += self._entries("Action items", made.actions, made, width)
        if meeting.draft is not None and meeting.draft.text.strip():
            lines += [literal("Still in the capture line, recorded as a note on adjourning", "$soon")]
            lines += [literal(f"  {meeting.draft.text}"), literal("")]
        lines += [
            between(literal("Time", "bold $quiet"), _columns("planned", "granted", "actual", width), width)
        ]
        for waits, group in groupby(made.rows, key=attrgetter("waits")):
            rows = list(group)
            lines += _quiet(rows, width) if waits else [_time(row, width) for row in rows]
        lines += [literal(""), literal(session.saved(), "$quiet")]
        return lines

    def _remarks(self) -> list[str]:
        """Return what the chair should know before the call ends: what was said to the last key, what is left."""
        meeting = self.app.meeting
        said = [self._said] if self._said else []
        if roll_call.left_out(meeting):
            back, call = self.app.key("wrap_up.back"), self.app.key("roll.call")
            said.append(f"Nobody is marked present: {back}, then {call} calls the roll")
        return [*said, *adjourning.unfinished(meeting)]

    def _entries(
        self, title: str, entries: tuple[Captured, ...], made: summary.Summary, width: int
    ) -> list[Content]:
        lines = [literal(title, "bold $quiet")]
        for one in entries:
            mark, words, tail = summary.told_of(one, made, self.app.meeting.date)
            style = "$soon" if one in made.open else "$quiet"
            for number, row in enumerate(literal(words).wrap(max(10, width - 4 - len(tail) - 2))):
                start = literal(f"  {mark} ", "$now") if not number else literal("    ")
                lines.append(between(start + row, literal("" if number else tail, style), width))
        return [*lines, *([] if entries else [literal("  none", "$faint")]), literal("")]

    def words(self) -> Mapping[str, str]:
        """Say of Enter that it is asked for once more, or that it would leave something open."""
        if self._asked.pressed is not None:
            return {"wrap_up.adjourn": "once more adjourns"}
        left = len(adjourning.unfinished(self.app.meeting))
        if not left or self.size.width < _ROOMY:
            return {}
        return {"wrap_up.adjourn": f"adjourn with {summary.count(left, 'matter')} left open"}

    def run(self, command: str) -> None:
        """Adjourn and leave, or go back to the call."""
        if command == "wrap_up.adjourn":
            self._adjourn()
        else:
            self.app.pop_screen()

    def _adjourn(self) -> None:
        meeting, now = self.app.meeting, self.app.now()
        if self._asked.adjourns(meeting, now):
            for event in chair.adjourn(meeting, now):
                self.app.record(event)
            self.app.exit("adjourned")
            return
        self._asked = self._asked.told(now)
        once_more = f"{self.app.key('wrap_up.adjourn')} once more adjourns"
        reason = self._nothing_written if self._asked.strayed else adjourning.early(meeting, now)
        self._say(f"{reason}; {once_more}" if reason else once_more[0].upper() + once_more[1:])

    async def take(self, stroke: Stroke) -> bool:
        """Take a key; a paste is meant for the capture line."""
        if isinstance(stroke, events.Paste):
            self._stray()
        return await super().take(stroke)

    def other(self, key: events.Key) -> bool:
        """Say of a key that means nothing here where it would mean something."""
        strays = key.key not in SCROLLS
        if strays:
            self._stray()
        return strays

    def _stray(self) -> None:
        self._asked = self._asked.stray()
        self._say(self._nothing_written)

    @property
    def _nothing_written(self) -> str:
        back, write = self.app.key("wrap_up.back"), self.app.key("write.note")
        return f"Nothing is written here: {back}, then {write} writes a note"

    def _say(self, text: str) -> None:
        self._said, self.page.top = text, 0
        self.draw()


def _time(row: Row, width: int) -> Content:
    """Draw what an item was planned to take, was granted, and took."""
    title = literal("  " + "  " * row.indent + row.title, "" if row.state in ("done", "now") else "$quiet")
    if not row.item:
        return title
    visited = row.state == "now" or row.spent >= GLANCE
    times = _columns(
        pacing.clock(row.planned) if row.planned else "–",
        "–" if row.state == "parked" else pacing.clock(row.budget),
        pacing.clock(row.spent) if visited else "–",
        width,
        "$soon" if visited and row.spent >= row.budget + 1 else "",
    )
    return between(title, times, width)


def _quiet(rows: Sequence[Row], width: int) -> list[Content]:
    """Draw who waited in a roll call: who was asked and had no update, and who was not asked."""
    margin = "  " + "  " * rows[0].indent
    lines: list[Content] = []
    for said, names in (
        ("no update", [row.title for row in rows if row.state == "done"]),
        ("not asked", [row.title for row in rows if row.state != "done"]),
    ):
        if names:
            told = literal(f"{said}: {', '.join(names)}", "$quiet")
            lines += [literal(margin) + line for line in told.wrap(max(10, width - len(margin)))]
    return lines


def _columns(planned: str, granted: str, actual: str, width: int, style: str = "$quiet") -> Content:
    """Draw the three times of an item; where there is little room, what was granted is left out."""
    first = f"{planned:>7}" + (f"{granted:>9}" if width >= _ROOMY else "")
    return literal(first, "$quiet") + literal(f"{actual:>9}", style)
