"""The entries of this call, to think them over: correct one, make it another kind, move it, strike it."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual import events, on
from textual.content import Content

from ...core import amending, directing, running_order
from ...core.directing import CannotPlace
from ...core.events import Event, Redone, Undone
from ...core.fold import CannotUndo, describe
from ...core.history import Captured
from ...core.line import Kind
from ...core.summary import count, shown
from ...core.writing import Swallowed
from ..keys import Stroke
from ..text import between, clip, literal
from ..widgets.lines import Lines
from .page import PageScreen

_HEAD = 4
"""Rows above the first entry."""

_ROOMY = 90
"""Columns in which there is room for who moved it, or when it is due."""

_KINDS: dict[str, Kind] = {
    "entries.action": "action",
    "entries.decision": "decision",
    "entries.note": "note",
    "entries.motion": "motion",
}


class EntriesScreen(PageScreen):
    """A list of the entries, oldest first, of which one is chosen."""

    PLACE = "entries"

    def __init__(self) -> None:
        """Choose the latest entry."""
        super().__init__()
        self._at: int | None = None
        self._goal: str | None = None
        """A part of the name of the item that the entry is to go to, while that is typed."""
        self._said = ""

    @property
    def _entries(self) -> tuple[Captured, ...]:
        return amending.entries(self.app.meeting)

    @property
    def _chosen(self) -> Captured | None:
        entries = self._entries
        self._at = len(entries) - 1 if self._at is None else max(0, min(self._at, len(entries) - 1))
        return entries[self._at] if entries else None

    def rows(self, width: int) -> list[Content]:
        """Return the entries, and what is asked or was done."""
        entries, chosen = self._entries, self._chosen
        tail = literal(count(len(entries), "entry", "entries"), "$quiet")
        return [
            literal(""),
            between(literal("Recorded in this call", "bold"), tail, width),
            literal(clip(self._asked() or self._said, width), "$now" if self._goal is not None else "$quiet"),
            literal(""),
            *(self._row(one, one is chosen, width) for one in entries),
            *([] if entries else [literal("nothing so far", "$faint")]),
        ]

    def _row(self, one: Captured, chosen: bool, width: int) -> Content:
        mark, words, aside = shown(one.entry, self.app.meeting.date)
        aside = aside if width >= _ROOMY else ""
        title = clip(self.app.meeting.item(one.item).title, width // 4)
        beside = max(width // 4, width - 12 - cell_len(words) - cell_len(title))
        tail = literal(f"{clip(aside, beside)}   " if aside else "", "$quiet") + literal(title, "$quiet")
        said = literal(f"{mark} ", "$quiet" if mark == "•" else "$now") + literal(
            clip(words, width - 8 - tail.cell_length)
        )
        row = literal("▌ " if chosen else "  ", "$now") + between(said, tail, width - 2)
        return row.stylize("on $looking") if chosen else row

    def _asked(self) -> str:
        """Return what is typed to move the entry, and where that leads."""
        if self._goal is None:
            return ""
        key = running_order.find(self.app.meeting, self._goal)
        title = self.app.meeting.item(key).title if key else "no item is called so"
        return f"to {self._goal}▏  " + (f"enter: {title}" if self._goal else "type a part of an item's name")

    def draw(self) -> None:
        """Show the rows, the chosen one among them."""
        super().draw()
        self.page.show(self.page.lines, self.page.keep_visible(_HEAD + (self._at or 0)))
        self.draw_keys()

    async def take(self, stroke: Stroke) -> bool:
        """Type where the entry is to go, or do what the key means."""
        if self._goal is None or not isinstance(stroke, events.Key):
            return await super().take(stroke)
        match stroke.key:
            case "escape":
                self._goal = None
            case "enter":
                self._move(self._goal)
            case "backspace":
                self._goal = self._goal[:-1]
            case _ if stroke.is_printable and stroke.character:
                self._goal += stroke.character
        self.draw()
        return True

    def run(self, command: str) -> None:
        """Change the chosen entry, choose another, or go back."""
        chosen = self._chosen
        match command:
            case "entries.back":
                self.app.pop_screen()
                return
            case "entries.undo" | "entries.redo":
                self._turn(redo=command == "entries.redo")
            case "entries.down" | "entries.up" if self._at is not None:
                self._at += 1 if command == "entries.down" else -1
                self._said = ""
            case _ if chosen is not None:
                self._change(command, chosen)
        if self.app.screen is self:
            self.draw()

    def _change(self, command: str, chosen: Captured) -> None:
        meeting, now = self.app.meeting, self.app.now()
        if command == "entries.correct":
            self.app.pop_screen()
            self.app.main.recording.recall(chosen)
        elif command == "entries.move":
            self._goal = ""
        elif command == "entries.strike":
            self._do(lambda: amending.struck(meeting, chosen, now), f"{describe(chosen.entry)} struck")
        elif describe(chosen.entry).startswith(kind := _KINDS[command]):
            self._said = f"it is a {describe(chosen.entry)} already"
        else:
            context = directing.context(meeting, directing.people(meeting), chosen.item)
            said = f"{describe(chosen.entry)} is a {kind} now"
            self._do(lambda: amending.retyped(meeting, chosen, kind, context, now), said)

    def _move(self, goal: str) -> None:
        meeting, now, chosen = self.app.meeting, self.app.now(), self._chosen
        key = running_order.find(meeting, goal)
        if not key or chosen is None:
            return
        self._goal = None
        if key == chosen.item:
            self._said = "it stands there already"
            return
        said = f"{describe(chosen.entry)} moved to {meeting.item(key).title}"
        self._do(lambda: amending.moved(meeting, chosen, key, now), said)

    def _do(self, change: Callable[[], Event], said: str) -> None:
        try:
            self.app.record(change())
        except (CannotPlace, Swallowed) as error:
            self._said = str(error)
        else:
            self._said = f"{said[0].upper()}{said[1:]}: {self.app.key('change.undo')} takes it back"

    def _turn(self, *, redo: bool) -> None:
        meeting, now = self.app.meeting, self.app.now()
        steps = meeting.undone if redo else meeting.done
        try:
            self.app.record(Redone(now) if redo else Undone(now))
        except CannotUndo as error:
            self._said = str(error)
        else:
            self._said = f"{'Redone' if redo else 'Undone'}: {steps[-1].label}"

    @on(Lines.Clicked, "#page")
    def _on_entry_clicked(self, event: Lines.Clicked) -> None:
        if 0 <= event.line - _HEAD < len(self._entries):
            self._at = event.line - _HEAD
            self.draw()
