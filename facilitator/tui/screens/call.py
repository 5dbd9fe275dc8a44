"""The main screen: the running order, the item in view, and the capture line.

It shows the state it is told (``panes.frame`` draws it) and turns keys into events; what a key means is decided in
``core.chair``.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import cached_property
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer

from ...core.events import Event, FloorGiven
from ...core.fold import CannotUndo
from ...core.landing import Landing, words
from ...core.meeting import Meeting
from ...core.summary import count
from ..commands import Commands, by_key
from ..keys import Stroke
from ..panes import footer, frame
from ..panes.frame import View
from ..panes.geometry import Geometry, geometry
from ..timers import FiresTimers
from ..widgets.capture_line import CaptureLine
from ..widgets.lines import Lines
from .call_painting import Painting

if TYPE_CHECKING:
    from ..app import FacilitatorApp
    from .call_editing import Editing
    from .call_pages import Pages
    from .call_recording import Recording
    from .call_steering import Steering
    from .call_writing import Writing

NOTICE_SECONDS = 6
READ_AHEAD_SECONDS = 0.1
"""After a step, so that rendering what comes next does not hold up the terminal's writer."""
WHEEL_ROWS = 3


class CallScreen(FiresTimers, Screen[None], inherit_bindings=False):
    """One call, from before its start to its adjournment."""

    BLANK = True  # its panes cover it; what lies behind them need not be drawn row by row
    app: FacilitatorApp

    def __init__(self, commands: Commands) -> None:
        """Begin with the current item in view; keys mean what the table says."""
        super().__init__()
        self.view = View(commands=commands)
        self.top, self.order, self.right, self.bottom = map(Lines, ("top", "order", "right", "bottom"))
        self.capture = CaptureLine("capture-line")
        self.painting = Painting(self)
        self._notice: Timer | None = None
        self._brought = ""  # what is being said of the call that was resumed
        self._lasting = False
        """Whether what is said has come by itself."""
        self._left = True
        """Whether there may be something unfinished that was not brought back yet."""

    @cached_property
    def writing(self) -> Writing:
        """The capture line's part of the screen; its grammar is loaded after the first frame."""
        from .call_writing import Writing

        return Writing(self)

    @cached_property
    def steering(self) -> Steering:
        """What keys do to the clock, the running order and what is looked at."""
        from .call_steering import Steering

        return Steering(self)

    @cached_property
    def pages(self) -> Pages:
        """The pages that lie over the screen, and what leaves it."""
        from .call_pages import Pages

        return Pages(self)

    @property
    def rooms(self) -> tuple[object, ...]:
        """Who carries commands out; each command of the table is in one of them."""
        return (self.steering, self.writing, self.recording, self.editing, self.pages)

    @cached_property
    def recording(self) -> Recording:
        """What becomes of what was recorded."""
        from .call_recording import Recording

        return Recording(self)

    @cached_property
    def editing(self) -> Editing:
        """The editor's part of the screen."""
        from .call_editing import Editing

        return Editing(self)

    def compose(self) -> ComposeResult:
        """Lay out the frame, and the capture line over it."""
        yield from (self.top, self.order, self.right, self.bottom)
        yield self.capture

    # What is shown

    @property
    def meeting(self) -> Meeting:
        """The call as it stands."""
        return self.app.meeting

    @property
    def in_view(self) -> str:
        """The key of the item in view: the current one, unless the chair looks at another."""
        return self.view.in_view(self.meeting)

    @property
    def panes(self) -> Geometry:
        """Where the panes are now."""
        return geometry(self.size.width, self.size.height, bool(self.view.troubles))

    def on_resize(self) -> None:
        """Draw everything for the new size."""
        self.bring_into_view()
        self.repaint()

    def begin(self) -> None:
        """After the first frame: take up drafts, say what was brought back, and let the clock run."""
        self.call_later(self._take_up)
        self.call_later(lambda: self.rooms)  # the first key should not wait for what it loads
        self._tick()
        said = self.app.remark
        if resumed := self.app.session.resumed:
            since = datetime.fromtimestamp(resumed.since, self.app.zone)
            entries = count(resumed.entries, "entry", "entries")
            brought = f"Resumed: {entries} since {since:%H:%M}"
            said = f"{brought}; {said}" if said else brought
        if said:
            self.notice(said, "$soon" if self.app.remark else "", lasting=True)
            self._brought = brought if resumed else ""

    async def _take_up(self) -> None:
        """Bring back what was left unfinished, once, and before the first key has any effect."""
        left, self._left = self._left, False
        if left and self.meeting.draft is not None:
            self.writing.restore()
        if left and self.meeting.text_draft is not None:
            await self.editing.restore()

    def repaint(self, event: Event | None = None) -> None:
        """Show the state as it is after ``event``, or all of it."""
        self.painting.after(event)

    def _tick(self) -> None:
        """Show the time, and come back when the next second begins: time is read, ticks are not counted."""
        if self.meeting.running and self.view.place != "follow":
            self.steering.ask()
        self.app.attention.look()
        self.painting.time()
        self.app.look()  # after painting: what it finds is examined on a thread that takes half of the time there is
        meeting, now = self.meeting, self.app.now()
        since = meeting.timeline[-1].start if meeting.timeline else now
        later = 1.01 - (now - since) % 1.0
        asyncio.get_running_loop().call_later(
            later, self.call_later, self._tick
        )  # a timer costs ten times that

    def notice(self, text: str, style: str = "", keeps: str = "", *, lasting: bool = False) -> None:
        """Say something for a few seconds, where the chair looks while writing; ``keeps`` ends it and is never cut.

        What a key has caused is told until the chair goes on to something else; what comes by itself is ``lasting``.
        """
        self.view.notice, self.view.keeps, self.view.notice_style = text, keeps, style
        self._brought, self._lasting = "", lasting
        if self._notice is not None:
            self._notice.stop()
        self._notice = self.set_timer(NOTICE_SECONDS, self._unnotice)
        self.repaint()

    def tell_change(self) -> None:
        """Say what was changed last, and which key takes it back."""
        self.notice(self.meeting.done[-1].label, keeps=f": {self.app.key('change.undo')} takes it back")

    def _unnotice(self) -> None:
        self.view.notice = self._brought = ""
        self.repaint()

    def look_at(self, item: str) -> None:
        """Bring an item into view; the call stays where it is."""
        self.view.looking = "" if item == self.meeting.current else item
        self.view.text_top = 0
        self.bring_into_view()
        self.repaint()

    def bring_into_view(self) -> None:
        """Scroll the running order so that the item in view and its neighbours show."""
        rows = self.view.rows
        at = next((at for at, row in enumerate(rows) if row.item == self.in_view), 0)
        height = max(1, self.panes.bottom - self.panes.top)
        lowest, highest = at + 3 - height, max(0, at - 2)
        self.view.order_top = max(0, min(max(self.view.order_top, lowest), highest, len(rows) - height))

    # What keys do

    async def take(self, stroke: Stroke) -> bool:
        """Do what a key or paste means where the chair is; what was said before is told no more once that is over."""
        await self._take_up()
        said, meeting, place = (self._notice, self.view.notice), self.meeting, self.view.place
        taken = await self._take(stroke)
        went_on = self.meeting is not meeting or self.view.place not in (place, "list")
        if went_on and said[1] and said == (self._notice, self.view.notice) and not self._lasting:
            self._unnotice()
        return taken

    async def _take(self, stroke: Stroke) -> bool:
        if self.steering.answers(stroke):
            return True
        place = self.view.place
        self.app.session.see(self.in_view)
        if isinstance(stroke, events.Key) and (command := by_key(self.app.commands, place).get(stroke.key)):
            await self.run(command.id)
            return True
        if place == "edit":
            return await self.editing.take(stroke)
        if place == "write":
            return await self.writing.take(stroke)
        if place == "copy":
            self.recording.do_copy_back()
            return True
        if isinstance(stroke, events.Paste):
            self.writing.open("note")
            return await self.writing.take(stroke)
        return False

    async def run(self, command: str) -> None:
        """Carry out a command of the table, by its id."""
        name = f"do_{command.replace('.', '_')}"
        room = next(room for room in self.rooms if hasattr(room, name))
        result = getattr(room, name)()
        if isawaitable(result):
            await result

    def record(self, event: Event | None) -> bool:
        """Let something happen, if there is anything; say so where it can't."""
        if event is None:
            return False
        try:
            self.app.record(event)
        except CannotUndo as error:
            self.notice(str(error), "$soon")
            return False
        return True

    def scroll_text(self, by: int) -> None:
        """Scroll the item's text by so many rows."""
        self.view.text_top += by
        self.repaint()

    def go(self, event: Event | None, otherwise: str = "") -> bool:
        """Go to another item, which is then in view; where there is none, say why.

        False where the current item is not left unasked.
        """
        if event is not None and self.steering.holds(event):
            return False
        self.view.looking, self.view.text_top = "", 0
        if event is not None:
            self.record(event)
            if isinstance(event, FloorGiven):
                self.tell_change()
        elif otherwise:
            self.notice(otherwise, "$quiet")
        top = self.view.order_top
        self.bring_into_view()
        if event is None or self.view.order_top != top:
            self.repaint()
        asyncio.get_running_loop().call_later(READ_AHEAD_SECONDS, self.call_later, self._read_ahead)
        return True

    def _read_ahead(self) -> None:
        """Render the item that comes next, while nobody waits for it."""
        stops = self.meeting.stops
        at = self.meeting.index(self.meeting.current) + 1
        if at < len(stops):
            view = View(looking=stops[at].key, as_source=self.view.as_source)
            self.right.prepare(frame.text_rows(self.meeting, view, self.panes)[: self.panes.item])

    def landed(self, landing: Landing) -> None:
        """Show and say who has written what; what would have been wiped stands there until the chair has answered."""
        said, brought = words(landing), self._brought
        if landing.open:
            shows = self.app.key("landings.show")
            kept = f": kept, {shows} shows it"
            self.notice(said, "$overtime", f"{kept}; {brought}" if brought else kept, lasting=True)
        else:
            self.notice(f"{brought}; {said}" if brought else said, lasting=True)

    # The mouse

    @on(Lines.Clicked, "#order")
    def _on_order_clicked(self, event: Lines.Clicked) -> None:
        at = event.line + self.view.order_top
        item = self.view.rows[at].item if at < len(self.view.rows) else ""
        if item and item == self.in_view:
            self.steering.do_highlight_go()
        elif item:
            self.look_at(item)

    @on(Lines.Clicked, "#right")
    def _on_item_clicked(self, event: Lines.Clicked) -> None:
        if event.line >= self.panes.capture - self.panes.top and self.view.place == "list":
            self.writing.open("note")

    @on(Lines.Clicked, "#bottom")
    async def _on_footer_clicked(self, event: Lines.Clicked) -> None:
        panes = self.panes
        if panes.footer and event.line == panes.height - panes.bottom - 1:
            words = frame.footer_words(self.meeting, self.view)
            aside = frame.footer_aside(self.meeting, self.app.now())
            commands, place = self.app.commands, self.view.place
            if command := footer.command_at(commands, place, words, aside, panes.width, event.column):
                await self.run(command)

    @on(Lines.Wheeled)
    def _on_wheeled(self, event: Lines.Wheeled) -> None:
        if event.lines is self.order:
            lowest = max(0, len(self.view.rows) - (self.panes.bottom - self.panes.top))
            self.view.order_top = max(0, min(self.view.order_top + event.by * WHEEL_ROWS, lowest))
            self.repaint()
        else:
            self.scroll_text(event.by * WHEEL_ROWS)
