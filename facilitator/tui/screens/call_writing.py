"""Writing on the main screen: what the capture line holds, what it will become, and where that goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from operator import is_
from typing import TYPE_CHECKING

from textual import events

from ...core import amending, capture, chair, directing, directives, record, running_order, script
from ...core.directing import CannotPlace
from ...core.events import Drafted, Event, TextEdited
from ...core.history import Captured
from ...core.line import Capture, Context, Kind, Suggestion
from ...core.spans import Splice
from ...core.writing import Swallowed
from ..keys import Stroke
from ..panes import chip
from ..panes.chip import Chip
from ..panes.frame import FIND

if TYPE_CHECKING:
    from .call import CallScreen

_PROMPTS: dict[Kind, str] = {"note": "›", "action": "☐", "decision": "◆", "motion": "◇", "hand": "✋"}


class Writing:
    """The capture line's part of the main screen; ``kind`` is what plain text becomes."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self.kind: Kind = "note"
        self.finding = False
        self._draft = ""
        """What stood in the line before it was used to look for an item."""
        self._begun = False
        """Whether a key of the running order put a command into the line, and goes back when it is done."""
        self.recalled: Captured | None = None
        """The entry of this call that is being corrected."""
        self.pasted = ""
        """Pasted lines, with what stood in the line before them, until Enter or Tab says what they become."""
        self._offered: tuple[Suggestion, ...] = ()
        self._known: tuple[tuple[object, ...], Context] | None = None
        """What a line was read against last, and what that was made of."""
        self._closing: Splice | None = None
        """What would close the fence or comment that swallows an entry here."""

    @property
    def text(self) -> str:
        """What the capture line holds."""
        return self.pasted or self.screen.capture.value

    @property
    def _records(self) -> str:
        return self.screen.app.key("write.record")

    @property
    def _leaves(self) -> str:
        return self.screen.app.key("write.leave")

    @property
    def _accepts(self) -> str:
        return self.screen.app.key("write.accept")

    def context(self) -> Context:
        """Return what a line is read against now: but for the moment, the same until the minutes or the item change."""
        meeting, key = self.screen.meeting, self.screen.in_view
        known = (meeting.document, meeting.items, key)
        if self._known is None or not all(map(is_, self._known[0], known)):
            self._known = known, directing.context(meeting, directing.people(meeting), key)
        app = self.screen.app
        now = datetime.fromtimestamp(app.now(), app.zone).astimezone(app.zone)
        return replace(self._known[1], kind=self.kind, now=now)

    # Opening and closing

    def restore(self) -> None:
        """Take up the draft that was left in the line."""
        draft = self.screen.meeting.draft
        if draft is not None:
            self.screen.look_at(draft.item)
            self.open(draft.kind, draft.text)

    def open(self, kind: Kind, text: str | None = None) -> None:
        """Focus the line; what is typed is a ``kind`` unless it says otherwise. ``text`` replaces what it holds."""
        self.kind, self.finding, self._begun = kind, False, False
        self._focus(text)

    def begin(self, command: str) -> None:
        """Open the line on a command that only lacks its rest, until it is done; not over a draft."""
        if self.text.strip():
            self.open("note")
            self.screen.notice(f"A draft stands here: {self._records} records it first", "$soon")
        else:
            self.open("note", f"{command} ")
            self._begun = True

    def find(self) -> None:
        """Use the line to look for an item."""
        self.finding, self._draft = True, self.text
        self._focus("")

    def _found(self) -> None:
        """Look for an item no more; the draft that stood in the line stands there again."""
        self.finding = False
        self._put(self._draft)

    def _focus(self, text: str | None) -> None:
        if text is not None:
            self._put(text)
        self.screen.view.place = "write"
        self.screen.set_focus(self.screen.capture, scroll_visible=False)
        self.screen.repaint()

    def _put(self, text: str) -> None:
        """Put a text into the line; of several lines the first one shows."""
        first, *more = text.splitlines() or [""]
        self.pasted = text if more else ""
        self.screen.capture.put(f"{first} …" if more else text)

    def show(self) -> None:
        """Tell the view the prompt, and what Enter would make of the line."""
        view = self.screen.view
        view.line = self.screen.capture.value
        if view.place == "follow":
            return
        if view.place != "write":
            kept = f"draft kept: {self.screen.app.key('write.note')} goes on with it"
            view.prompt, view.chip = "›", kept if self.text else ""
            return
        view.prompt = self._prompt()
        view.chip, view.chip_style = self._chip()

    def _chip(self) -> Chip:
        if self.finding:
            return Chip(f"{self._records} goes there, {self._leaves} back: type a part of a name", "$faint")
        if self.pasted:
            entries, block = script.pasted(self.pasted, self.context())
            return chip.pasted(len(block.lines), len(entries), self._records, self._accepts)
        if not self.text:
            made = chip.empty(self.kind, self._closes(), self._accepts)
            told = self.screen.panes.footer  # which has the way back
            return made if told else made._replace(words=f"{self._leaves} back; {made.words}")
        reading = capture.read(self.text, self.context())
        return chip.read(reading, self.screen.meeting, self.screen.in_view, self._accepts)

    def _closes(self) -> str:
        """Return the line that ends the open motion, which Tab puts into an empty line."""
        screen = self.screen
        return chip.closing(screen.meeting, screen.in_view, self.context(), screen.app.now())

    def _prompt(self) -> str:
        if self.finding:
            return FIND
        screen = self.screen
        mark = "↻" if self.recalled else _PROMPTS[self.kind]
        looking = screen.view.looking
        return f"{screen.meeting.item(looking).title} {mark}" if looking else mark

    # Typing

    async def take(self, stroke: Stroke) -> bool:
        """Edit the line by a key or a paste; pasted lines wait for what they are to become."""
        if self.pasted:
            return False
        if (
            isinstance(stroke, events.Paste)
            and len(stroke.text.strip().splitlines()) > 1
            and not self.finding
        ):
            self._put(self.screen.capture.value + stroke.text.strip("\r\n"))
            self._keep_draft()
            return True
        before = self.text
        taken = await self.screen.capture.take(stroke)
        if self.text != before:
            self.typed()
        return taken

    def typed(self) -> None:
        """Show and keep what the line holds now."""
        self._closing = None
        self.screen.view.notice = ""
        if self.finding:
            found = running_order.find(self.screen.meeting, self.text)
            self.screen.look_at(found or self.screen.meeting.current)
        else:
            self._keep_draft()

    def _keep_draft(self) -> None:
        screen = self.screen
        screen.app.record(Drafted(screen.app.now(), screen.in_view, self.kind, self.text))

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

    def do_write_motion(self) -> None:
        """Write a motion."""
        self.open("motion")

    def do_write_hand(self) -> None:
        """Put somebody on the speaker queue."""
        self.open("hand")

    def do_write_record(self) -> None:
        """Record what the line holds, and stay."""
        if self.finding:
            self._found()
            self.do_write_leave()
            self.screen.steering.do_highlight_go()
        elif self.pasted:
            entries, _ = script.pasted(self.pasted, self.context())
            self._record(Capture(entries))
        elif self.text.strip():
            self._record(capture.read(self.text, self.context()))

    def _record(self, reading: Capture) -> None:
        """Record and do what a line says; where that can't be, say why and leave the line as it is."""
        try:
            if not all(self._obey(directive) for directive in reading.directives):
                return
            self._write(reading.entries)
        except CannotPlace as error:
            self.screen.notice(f"Not recorded: {error}", "$soon")
            return
        except Swallowed as error:
            self._closing = error.closing
            way_out = f": {self._accepts} closes it" if error.closing else error.advice
            self.screen.notice(error.found, "$overtime", way_out)
            return
        if reading.entries or reading.directives:
            self.kind, self.recalled = "note", None
            self.clear()
            if self._begun and reading.directives:
                self.do_write_leave()

    def _write(self, entries: tuple[record.Entry, ...]) -> None:
        screen, now = self.screen, self.screen.app.now()
        if len(entries) > 1:
            screen.record(chair.write_all(screen.meeting, screen.in_view, entries, now))
            return
        for entry in entries:
            if self.recalled is not None and self.recalled in screen.meeting.captured:
                screen.record(amending.corrected(screen.meeting, self.recalled, entry, now))
            else:
                screen.record(directing.entered(screen.meeting, screen.in_view, entry, now))

    def _obey(self, directive: directives.Directive) -> bool:
        """Do what a line asks for; False where the chair was asked first, and may press Enter again."""
        screen = self.screen
        match directive:
            case directives.Undo():
                screen.steering.do_change_undo()
            case directives.Redo():
                screen.steering.do_change_redo()
            case directives.ChooseTopic() | directives.WentOnAt():
                return screen.go(self._done(directive))
            case directives.AddItem() | directives.StartedAt():
                if screen.record(self._done(directive)):
                    screen.tell_change()
            case _:
                screen.record(self._done(directive))
        return True

    def _done(self, directive: directives.Directive) -> Event | None:
        screen = self.screen
        return directing.done(screen.meeting, screen.in_view, directive, screen.app.now())

    def clear(self) -> None:
        """Empty the line."""
        self._put("")
        if self.screen.meeting.draft is not None:
            self._keep_draft()
        self.screen.repaint()

    def do_write_accept(self) -> None:
        """Take the suggestion, the next one when pressed again; pasted lines become one block of code."""
        if self._closing is not None:
            closing, self._closing = self._closing, None
            self.screen.record(TextEdited(self.screen.app.now(), self.screen.in_view, (closing,)))
            self.screen.notice(f"Closed; {self._records} records your entry")
            return
        if self.pasted:
            self._record(Capture((script.pasted(self.pasted, self.context())[1],)))
            return
        lines = [one.line for one in self._offered]
        if self.text in lines:
            following = lines[(lines.index(self.text) + 1) % len(lines)]
        else:
            self._offered = capture.read(self.text, self.context()).suggestions
            following = self._offered[0].line if self._offered else "" if self.text else self._closes()
        if not following:
            return
        self._put(following)
        self.typed()

    def do_write_next(self) -> None:
        """Go to the next item, and stay in the line."""
        self.screen.steering.do_item_next()

    def do_write_previous(self) -> None:
        """Go to the previous item, and stay in the line."""
        self.screen.steering.do_item_previous()

    def do_write_saved(self) -> None:
        """Say where the minutes are saved."""
        self.screen.notice(self.screen.app.session.saved())

    def do_write_leave(self) -> None:
        """Go back to the running order; a draft stays in the line."""
        if self.finding:
            self._found()
            self.screen.look_at(self.screen.meeting.current)
        elif self.recalled is not None:
            self.recalled = None
            self.clear()
        elif self._begun and len(self.text.split()) < 2:
            self.clear()  # a command without its rest is nobody's draft
        self.screen.view.place = "list"
        self.screen.set_focus(None)
        self.screen.repaint()
