"""The main screen: the running order, the item in view, and the capture line.

It shows the state it is told and turns keys into events; what a key means is decided in ``core.chair``. As the
terminal gets smaller, panes go in this order: below 110 columns the running order has one column of time, below 72 it
goes; below 20 rows the rules and the bar go, below 12 the footer.
"""

from __future__ import annotations

from datetime import datetime
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from ...core import chair, pacing
from ...core.events import Drafted, Event, Redone, Undone
from ...core.meeting import CannotUndo, Meeting
from ..commands import Place, by_key
from ..keys import Stroke
from ..text import literal
from ..widgets.capture_pane import CapturePane
from ..widgets.footer import Footer
from ..widgets.header import Header
from ..widgets.item_pane import ItemPane
from ..widgets.lines import Lines
from ..widgets.running_order import RunningOrder
from .call_editing import Editing
from .call_writing import Writing

if TYPE_CHECKING:
    from ..app import FacilitatorApp

NOTICE_SECONDS = 6


class CallScreen(Screen[None], inherit_bindings=False):
    """One call, from before its start to its adjournment."""

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (72, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (20, "-high")]
    app: FacilitatorApp

    def __init__(self) -> None:
        """Begin with the current item in view."""
        super().__init__()
        self.header = Header("header")
        self.order = RunningOrder("order")
        self.item = ItemPane("item")
        self.capture = CapturePane("capture")
        self.footer = Footer("footer")
        self.looking = ""
        self.writing = Writing(self)
        self.editing = Editing(self)
        self._notice: Timer | None = None
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out header, running order, item, capture line and footer."""
        yield self.header
        yield Lines("top-rule")
        with Horizontal(id="body"):
            yield self.order
            yield Lines("divider")
            with Vertical(id="right"):
                yield self.item
                yield Lines("capture-rule")
                yield self.capture
        yield Lines("bottom-rule")
        yield Lines("standing")
        yield self.footer

    # What is shown

    @property
    def meeting(self) -> Meeting:
        """The call as it stands."""
        return self.app.meeting

    @property
    def in_view(self) -> str:
        """The key of the item in view: the current one, unless the chair looks at another."""
        return self.looking or self.meeting.current

    @property
    def place(self) -> Place:
        """Where a key is pressed now."""
        if self.item.editor is not None:
            return "edit"
        return "write" if self.capture.is_open else "list"

    def on_mount(self) -> None:
        """Show the call once sizes are known."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.writing.restore()
        self.repaint()
        self.order.bring_into_view(self.in_view)
        self._tick()
        if resumed := self.app.session.resumed:
            since = datetime.fromtimestamp(resumed.since, self.app.zone)
            self.notice(
                f"Resumed: {resumed.entries} entries since {since:%H:%M}" + f" {resumed.damage}".rstrip()
            )

    def on_resize(self) -> None:
        """Draw everything for the new size, once the panes have theirs."""
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._draw_rules()
        self.repaint()
        self.order.bring_into_view(self.in_view)

    def repaint(self, event: Event | None = None) -> None:
        """Show the state as it is after ``event``, or all of it."""
        if not self.is_mounted or not self.size:
            return
        if isinstance(event, Drafted):
            self.writing.show()
            return
        self._show_time()
        self.item.show(self.meeting, self.in_view, self.app.now())
        self.writing.show()
        self._show_footer()
        self._show_standing()

    def _show_time(self) -> None:
        """Show what changes by the second."""
        now = self.app.now()
        self.header.update(self.meeting, self.app.session.title, now, self.app.zone)
        self.order.update(self.meeting, self.in_view, now)
        self.item.tick(self.meeting, self.in_view, now)

    def _tick(self) -> None:
        """Show the time, and come back when the next second begins: time is read, ticks are not counted."""
        self._show_time()
        meeting, now = self.meeting, self.app.now()
        since = meeting.timeline[-1].start if meeting.timeline else now
        wait = 1.0 - (now - since) % 1.0 + 0.01 if meeting.timeline else 1.0
        self._ticking = self.set_timer(wait, self._tick)

    def _show_footer(self) -> None:
        meeting = self.meeting
        words = {"clock.toggle": "pause" if meeting.running else "resume" if meeting.timeline else "start"}
        pace = pacing.pace(meeting, self.app.now())
        average = sum(meeting.planned.values()) / max(1, len(meeting.planned))
        advice = pacing.recovery(pace, average) if meeting.timeline else ""
        self.footer.update(self.place, words, literal(f"to end on time: {advice}" if advice else "", "$soon"))

    def _show_standing(self) -> None:
        troubles = self.app.session.troubles
        bar = self.query_one("#standing", Lines)
        if bar.display != bool(troubles):
            bar.display = bool(troubles)
            self.call_after_refresh(self._resized)
        bar.show([literal(f" ✗ {trouble}", "bold $overtime") for trouble in troubles[:1]])

    def _draw_rules(self) -> None:
        """Draw the lines between the panes; they meet where the running order ends."""
        width, left = self.size.width, self.order.outer_size.width if self.order.display else 0
        split = 0 < left < width
        for name, joint in (("top-rule", "┬"), ("bottom-rule", "┴")):
            rule = "─" * left + joint + "─" * (width - left - 1) if split else "─" * width
            self.query_one(f"#{name}", Lines).show([literal(rule, "$faint")])
        capture_rule = self.query_one("#capture-rule", Lines)
        capture_rule.show([literal("─" * capture_rule.size.width, "$faint")])
        divider = self.query_one("#divider", Lines)
        joint_at = capture_rule.region.y - divider.region.y
        rows = range(divider.size.height)
        divider.show([literal("├" if row == joint_at else "│", "$faint") for row in rows])

    def notice(self, text: str, style: str = "") -> None:
        """Say something for a few seconds, where the chair looks while writing."""
        self.capture.notice(text, style)
        if self._notice is not None:
            self._notice.stop()
        self._notice = self.set_timer(NOTICE_SECONDS, self.capture.unnotice)

    # What keys do

    async def take(self, stroke: Stroke) -> bool:
        """Do what a key or paste means where the chair is."""
        place = self.place
        if place != "list" and isinstance(stroke, events.Key) and (second := _after_escape(stroke)):
            await self.take(events.Key("escape", None))
            return await self.take(second)
        if isinstance(stroke, events.Key) and (command := by_key(place).get(stroke.key)):
            await self.run(command.id)
            return True
        if place == "edit" and self.item.editor is not None:
            return await self.item.editor.take(stroke)
        if place == "write":
            return await self.writing.take(stroke)
        if isinstance(stroke, events.Paste):
            self.writing.open("note")
            return await self.writing.take(stroke)
        return False

    async def run(self, command: str) -> None:
        """Carry out a command of the table, by its id."""
        name = f"do_{command.replace('.', '_')}"
        room = next(room for room in (self, self.writing, self.editing) if hasattr(room, name))
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

    def do_clock_toggle(self) -> None:
        """Start, pause or resume."""
        self.record(chair.toggle_clock(self.meeting, self.app.now()))

    def do_item_next(self) -> None:
        """Go to the next item."""
        self._step(1)

    def do_item_previous(self) -> None:
        """Go to the previous item."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.looking = ""
        if not self.record(chair.step(self.meeting, by, self.app.now())):
            self.repaint()
            end = "last" if by > 0 else "first"
            self.notice(f"This is the {end} item" + (": w wraps up" if by > 0 else ""), "$quiet")
        self.order.bring_into_view(self.in_view)

    def do_highlight_down(self) -> None:
        """Look at the item below."""
        self._look(1)

    def do_highlight_up(self) -> None:
        """Look at the item above."""
        self._look(-1)

    def _look(self, by: int) -> None:
        items = self.meeting.items
        at = min(max(0, self.meeting.index(self.in_view) + by), len(items) - 1)
        self.look_at(items[at].key)

    def look_at(self, item: str) -> None:
        """Bring an item into view; the call stays where it is."""
        self.looking = "" if item == self.meeting.current else item
        self.repaint()
        self.order.bring_into_view(item)

    def do_highlight_go(self) -> None:
        """Go to the item in view."""
        item, self.looking = self.in_view, ""
        self.record(chair.go(self.meeting, item, self.app.now()))

    def do_highlight_back(self) -> None:
        """Look at the current item again."""
        self.look_at(self.meeting.current)

    def do_item_find(self) -> None:
        """Find an item by typing."""
        self.writing.find()

    def do_text_down(self) -> None:
        """Scroll the item's text down."""
        self.item.scroll_text(1)

    def do_text_up(self) -> None:
        """Scroll the item's text up."""
        self.item.scroll_text(-1)

    def do_timebox_longer(self) -> None:
        """Grant the item in view a minute more."""
        self.record(chair.change_timebox(self.meeting, self.in_view, chair.MINUTE, self.app.now()))

    def do_timebox_shorter(self) -> None:
        """Grant the item in view a minute less."""
        self.record(chair.change_timebox(self.meeting, self.in_view, -chair.MINUTE, self.app.now()))

    def do_item_source(self) -> None:
        """Show the item as its source, or rendered again."""
        self.item.as_source = not self.item.as_source
        self.repaint()

    def do_change_undo(self) -> None:
        """Take the latest change back, and name it."""
        label = self.meeting.done[-1].label if self.meeting.done else ""
        if self.record(Undone(self.app.now())):
            self._moved_back(f"Undone: {label}")

    def do_change_redo(self) -> None:
        """Make the change undone last again, and name it."""
        label = self.meeting.undone[-1].label if self.meeting.undone else ""
        if self.record(Redone(self.app.now())):
            self._moved_back(f"Redone: {label}")

    def _moved_back(self, said: str) -> None:
        self.looking = ""
        self.repaint()
        self.order.bring_into_view(self.in_view)
        self.notice(said)

    async def do_call_wrap_up(self) -> None:
        """Show what the call came to, and offer to adjourn."""
        from .wrap_up import WrapUpScreen

        await self.app.push_screen(WrapUpScreen())

    async def do_help_show(self) -> None:
        """Show the keys."""
        from .help import HelpScreen

        await self.app.push_screen(HelpScreen())

    async def do_help_palette(self) -> None:
        """Offer every command by name."""
        from .palette import palette

        await self.app.push_screen(palette(self))

    def do_call_leave(self) -> None:
        """Leave; the call goes on."""
        self.app.exit("left")

    # The mouse

    @on(Lines.Clicked, "#order")
    def _on_order_clicked(self, event: Lines.Clicked) -> None:
        item = self.order.item_at(event.line)
        if not item:
            return
        if item == self.in_view:
            self.do_highlight_go()
        else:
            self.look_at(item)

    @on(Lines.Clicked, "#footer")
    async def _on_footer_clicked(self, event: Lines.Clicked) -> None:
        if command := self.footer.command_at(event.column):
            await self.run(command)


def _after_escape(key: events.Key) -> events.Key | None:
    """Return the key that came so soon after an escape that the terminal took both for one with alt held."""
    rest = key.key.removeprefix("alt+")
    if rest == key.key or not key.character:
        return None
    return events.Key(rest, key.character)
