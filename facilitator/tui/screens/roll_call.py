"""The roll call: one key per person, filtered by typing; a name that nobody has is a guest."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from textual import events, on
from textual.content import Content

from ...core import attendance, directing, roll_call
from ...core.directives import Present, Regrets
from ...core.due import short
from ...core.events import AttendanceMarked
from ...core.people import fold
from ...core.writing import Swallowed
from ..text import between, literal
from ..widgets.lines import Lines
from .page import PageScreen

if TYPE_CHECKING:
    from ...core.agenda import Agenda

_HEAD = 4
"""Rows above the first name."""


class RollCallScreen(PageScreen):
    """Everybody who may be on the call, and who is."""

    PLACE = "roll call"

    def __init__(self) -> None:
        """Begin with the first name."""
        super().__init__()
        self._typed = ""
        self._at = 0
        self._came: dict[str, date] = {}
        """Who was at past calls, and the last of those."""

    def on_mount(self) -> None:
        """Read who was at past calls, while the names can be called already."""
        if self.app.meeting.agenda is not None:
            self.run_worker(self._recall(self.app.meeting.agenda))

    async def _recall(self, agenda: Agenda) -> None:
        from ...store import past

        path, day = self.app.session.path, self.app.meeting.date
        self._came = dict(await asyncio.to_thread(past.attendees, path, agenda, day))
        self.draw()

    @property
    def _names(self) -> tuple[str, ...]:
        """Whom to call, as far as what was typed leaves them."""
        meeting = self.app.meeting
        leads = [*roll_call.projects(meeting), *(person.name for person in directing.people(meeting).people)]
        listed = (one.name for one in roll_call.roll(meeting).attendees)
        return attendance.to_call(leads, (*listed, *self._came), self._typed)

    def rows(self, width: int) -> list[Content]:
        """Return the names, and how many leads are present."""
        quorum = roll_call.quorum(self.app.meeting)
        count = f"{quorum[0]} of {quorum[1]} leads present" if quorum else "nobody called yet"
        reached = not quorum or roll_call.quorate(self.app.meeting)
        tail = literal(count, "$quiet") + literal("" if reached else ", no quorum", "$soon")
        filtering = (
            literal(f"{self._typed}▏")
            if self._typed
            else literal("type to filter, or to name a guest", "$faint")
        )
        names = self._names
        self._at = max(0, min(self._at, len(names) - 1))
        rows = [self._row(at, name, width) for at, name in enumerate(names)]
        if not names and self._typed:
            rows = [
                literal(
                    f"{self._typed}: {self.app.key('roll.present')} marks them present as a guest", "$now"
                )
            ]
        return [
            literal(""),
            between(literal("Roll call", "bold"), tail, width),
            filtering,
            literal(""),
            *rows,
        ]

    def draw(self) -> None:
        """Show the rows, the highlighted name among them."""
        super().draw()
        self.page.show(self.page.lines, self.page.keep_visible(_HEAD + self._at))
        self.draw_keys()

    def _row(self, at: int, name: str, width: int) -> Content:
        listed = next(
            (one for one in roll_call.roll(self.app.meeting).attendees if fold(one.name) == fold(name)), None
        )
        mark = literal("  ") if listed is None else literal("– " if listed.regrets else "✓ ", "$now")
        project = roll_call.projects(self.app.meeting).get(name, listed.project if listed else "")
        came = self._came.get(name)
        known = project or (f"was here {short(came, self.app.meeting.date)}" if came else "")
        right = literal("regrets" if listed and listed.regrets else known, "$quiet")
        bar = literal("▌ " if at == self._at else "  ", "$now")
        row = bar + between(mark + literal(name), right, width - 2)
        return row.stylize("on $looking") if at == self._at else row

    def other(self, key: events.Key) -> bool:
        """Move, or filter by what is typed."""
        if key.key in ("down", "up"):
            self._at += 1 if key.key == "down" else -1
        elif key.key == "backspace":
            self._typed = self._typed[:-1]
        elif key.is_printable and key.character:
            self._typed, self._at = self._typed + key.character, 0
        self.draw()
        return True

    def run(self, command: str) -> None:
        """Mark the name that is highlighted, or typed; or go back, first to all names."""
        if command == "roll.back":
            if self._typed:
                self._typed = ""
                self.draw()
            else:
                self.app.pop_screen()
            return
        names = self._names
        name = names[self._at] if names else self._typed.strip()
        if command == "roll.unmark":
            if splices := roll_call.unmarked(self.app.meeting, name):
                self.app.record(AttendanceMarked(self.app.now(), (), splices))
            self.draw()
            return
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
        self.draw()

    @on(Lines.Clicked, "#page")
    def _on_name_clicked(self, event: Lines.Clicked) -> None:
        if 0 <= event.line - _HEAD < len(self._names):
            self._at = event.line - _HEAD
            self.run("roll.present")
