"""Writing on the main screen: what the capture line holds, what it will become, and where that goes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from textual import events

from ...core import capture, chair, directives, recall, record, running_order
from ...core.agenda import people_of
from ...core.events import Drafted, TextEdited
from ...core.history import Captured
from ...core.line import Capture, Context, Kind, Suggestion
from ...core.people import People
from ...core.schedule import next_call
from ...core.spans import Splice
from ...core.writing import Swallowed
from ..keys import Stroke

if TYPE_CHECKING:
    from .call import CallScreen

_PROMPTS: dict[Kind, str] = {"note": "›", "action": "☐", "decision": "◆", "motion": "◇", "hand": "✋"}
_EMPTY: dict[Kind, str] = {
    "note": "a note, or ACTION: …, RESOLVED: …, #agreed …",
    "action": "who to do what by when",
    "decision": "what was decided",
    "motion": "what is moved, and by whom",
    "hand": "who wants to speak",
}


class Writing:
    """The capture line's part of the main screen; ``kind`` is what plain text becomes."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self.kind: Kind = "note"
        self.finding = False
        self.recalled: Captured | None = None
        """The entry of this call that is being corrected."""
        self._offered: tuple[Suggestion, ...] = ()
        self._closing: Splice | None = None
        """What would close the fence or comment that swallows an entry here."""

    @property
    def text(self) -> str:
        """What the capture line holds."""
        return self.screen.capture.value

    @cached_property
    def _people(self) -> People:
        agenda = self.screen.meeting.agenda
        return People(people_of(agenda) if agenda else ())

    def context(self) -> Context:
        """Return what a line is read against now."""
        meeting = self.screen.meeting
        schedule = meeting.agenda.schedule if meeting.agenda else None
        return Context(
            today=meeting.date,
            people=self._people,
            leads=meeting.item(self.screen.in_view).leads,
            items=tuple(item.title for item in meeting.items),
            next_call=next_call(schedule, meeting.date) if schedule else None,
            kind=self.kind,
        )

    # Opening and closing

    def restore(self) -> None:
        """Take up the draft that was left in the line."""
        draft = self.screen.meeting.draft
        if draft is not None:
            self.screen.look_at(draft.item)
            self.open(draft.kind, draft.text)

    def open(self, kind: Kind, text: str | None = None) -> None:
        """Focus the line; what is typed is a ``kind`` unless it says otherwise. ``text`` replaces what it holds."""
        self.kind, self.finding = kind, False
        self._focus(text)

    def find(self) -> None:
        """Use the line to look for an item."""
        self.finding = True
        self._focus("")

    def _focus(self, text: str | None) -> None:
        if text is not None:
            self.screen.capture.put(text)
        self.screen.view.place = "write"
        self.screen.set_focus(self.screen.capture, scroll_visible=False)
        self.screen.repaint()

    def show(self) -> None:
        """Tell the view the prompt, and what Enter would make of the line."""
        view = self.screen.view
        view.line = self.text
        if view.place != "write":
            view.prompt, view.chip = "›", "draft kept: i goes on with it" if self.text else ""
            return
        view.prompt, view.chip_style = self._prompt(), "$faint"
        if self.finding:
            view.chip = "a part of a name; enter goes there, escape back"
        elif not self.text:
            view.chip = _EMPTY[self.kind]
        else:
            self._show_reading(capture.read(self.text, self.context()))

    def _show_reading(self, reading: Capture) -> None:
        said = [part for part in (reading.chip or "note", reading.hint) if part]
        if reading.suggestions:
            said.append(f"tab: {reading.suggestions[0].chip}")
        entry = reading.entries[0] if reading.entries else None
        plain = isinstance(entry, record.Note) and not reading.hint
        self.screen.view.chip, self.screen.view.chip_style = "   ".join(said), "$quiet" if plain else "$now"

    def _prompt(self) -> str:
        if self.finding:
            return "/"
        screen = self.screen
        mark = "↻" if self.recalled else _PROMPTS[self.kind]
        looking = screen.view.looking
        return f"{screen.meeting.item(looking).title} {mark}" if looking else mark

    # Typing

    async def take(self, stroke: Stroke) -> bool:
        """Edit the line by a key or a paste; many pasted lines become many entries."""
        if isinstance(stroke, events.Paste) and len(lines := _lines(stroke.text)) > 1 and not self.finding:
            self._paste(lines)
            return True
        before = self.text
        taken = await self.screen.capture.take(stroke)
        if self.text != before:
            self._typed()
        return taken

    def _typed(self) -> None:
        self._closing = None
        if self.finding:
            found = running_order.find(self.screen.meeting, self.text)
            self.screen.look_at(found or self.screen.meeting.current)
        else:
            self._keep_draft()

    def _keep_draft(self) -> None:
        screen = self.screen
        screen.app.record(Drafted(screen.app.now(), screen.in_view, self.kind, self.text))

    def _paste(self, lines: list[str]) -> None:
        first, *middle, last = lines
        self.screen.capture.put(self.text + first)
        self.do_write_record()
        for line in middle:
            self.screen.capture.put(line)
            self.do_write_record()
        self.screen.capture.put(last)
        self._typed()
        self.screen.notice(
            f"{len(lines) - 1} lines recorded, the last one is in the line: u undoes one at a time"
        )

    # Commands

    def do_write_note(self) -> None:
        """Write a note, or what the line says."""
        self.open("note")

    def do_write_action(self) -> None:
        """Write an action item."""
        self.open("action")

    def do_write_decision(self) -> None:
        """Write a decision."""
        self.open("decision")

    def do_write_record(self) -> None:
        """Record what the line holds, and stay."""
        if self.finding:
            self.finding = False
            self._clear()
            self.do_write_leave()
            self.screen.do_highlight_go()
            return
        if not self.text.strip():
            return
        reading = capture.read(self.text, self.context())
        for directive in reading.directives:
            self._obey(directive)
        try:
            for entry in reading.entries:
                self._write(entry)
        except Swallowed as error:
            self._closing = error.closing
            self.screen.notice(f"{error}" + (": tab closes it" if error.closing else ""), "$overtime")
            return
        if reading.entries or reading.directives:
            self.kind, self.recalled = "note", None
            self._clear()

    def _write(self, entry: record.Entry) -> None:
        screen = self.screen
        now = screen.app.now()
        if self.recalled in screen.meeting.captured and self.recalled is not None:
            screen.record(chair.correct(screen.meeting, self.recalled, entry, now))
            self.recalled = None
        else:
            screen.record(chair.write(screen.meeting, screen.in_view, entry, now))

    def _obey(self, directive: directives.Directive) -> None:
        screen = self.screen
        match directive:
            case directives.Undo():
                screen.do_change_undo()
            case directives.Redo():
                screen.do_change_redo()
            case directives.ChooseTopic(_, index) if index is not None:
                screen.view.looking = ""
                screen.record(chair.go(screen.meeting, screen.meeting.items[index].key, screen.app.now()))
            case directives.ChooseTopic(name):
                screen.notice(f"No item is called {name}", "$soon")
            case directives.Substitute(old, new, every):
                self._substitute(old, new, every)
            case _:
                screen.notice(
                    "That is not kept in the minutes yet: a leading \\ records the line as a note", "$soon"
                )

    def _substitute(self, old: str, new: str, every: bool) -> None:
        for captured in reversed(self.screen.meeting.captured):
            changed = record.substitute(captured.entry, old, new, every)
            if changed is not None:
                self.screen.record(
                    chair.correct(self.screen.meeting, captured, changed, self.screen.app.now())
                )
                return
        self.screen.notice(f"No entry of this call holds {old}", "$soon")

    def _clear(self) -> None:
        self.screen.capture.put("")
        if self.screen.meeting.draft is not None:
            self._keep_draft()
        self.screen.repaint()

    def do_write_accept(self) -> None:
        """Take the suggestion, the next one when pressed again."""
        if self._closing is not None:
            closing, self._closing = self._closing, None
            self.screen.record(TextEdited(self.screen.app.now(), self.screen.in_view, (closing,)))
            self.screen.notice("Closed; enter records your entry")
            return
        lines = [one.line for one in self._offered]
        if self.text in lines:
            following = lines[(lines.index(self.text) + 1) % len(lines)]
        else:
            self._offered = capture.read(self.text, self.context()).suggestions
            if not self._offered:
                return
            following = self._offered[0].line
        self.screen.capture.put(following)
        self._typed()

    def do_write_recall(self) -> None:
        """Bring the last entry back into the line, to correct it."""
        captured = self.screen.meeting.captured
        if self.finding or not captured or self.text.strip():
            return
        self.recalled = captured[-1]
        self.screen.look_at(self.recalled.item)
        self.open("note", recall.typed(self.recalled.entry, replace(self.context(), kind="note")))
        self._typed()

    def do_write_next(self) -> None:
        """Go to the next item, and stay in the line."""
        self.screen.do_item_next()

    def do_write_previous(self) -> None:
        """Go to the previous item, and stay in the line."""
        self.screen.do_item_previous()

    def do_write_saved(self) -> None:
        """Say where the minutes are saved."""
        self.screen.notice(self.screen.app.session.saved())

    def do_write_leave(self) -> None:
        """Go back to the running order; a draft stays in the line."""
        if self.finding:
            self.finding = False
            self.screen.capture.put("")
            self.screen.look_at(self.screen.meeting.current)
        elif self.recalled is not None:
            self.recalled = None
            self._clear()
        self.screen.view.place = "list"
        self.screen.set_focus(None)
        self.screen.repaint()


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
