"""Steering on the main screen: the clock, the running order, and what is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events

from ...core import chair, floor, order, quiet, rearranging, repairs, running_order
from ...core.agenda import Adapting
from ...core.events import Event, Redone, Undone
from ...core.meeting import Meeting
from ...core.writing import Swallowed
from ..commands import by_key
from ..keys import Stroke
from ..panes import frame
from ..text import clip

if TYPE_CHECKING:
    from .call import CallScreen


_ROOMY = 48
"""Columns from which on a question has room for a time of day."""
ANSWER_SECONDS = 6
"""How long a question stands that a second press answers."""
_ADAPTING: dict[Adapting, str] = {
    "one-way": "they are cut when time runs short",
    "two-way": "cut when time runs short, lengthened when there is more",
    "off": "they stay as they are",
}


class Steering:
    """The running order's part of the main screen."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self._nudge: repairs.Nudge | None = None
        self._left_open: tuple[str, float] = ("", 0.0)
        """The open motion about which the chair was asked last, by its words, and when."""

    @property
    def _meeting(self) -> Meeting:
        return self.screen.meeting

    @property
    def _last(self) -> str:
        return f"This is the last item: {self.screen.app.key('call.wrap_up')} wraps up"

    @property
    def _now(self) -> float:
        return self.screen.app.now()

    # What the chair is asked

    def ask(self) -> None:
        """Ask whether the call has moved on, where nothing was pressed for long."""
        self._nudge = repairs.nudge(self._meeting, self._now, self.screen.app.pressed_at)
        self.screen.view.nudge = self._question(self._nudge) if self._nudge else ""

    def _question(self, nudge: repairs.Nudge) -> str:
        if not nudge.item:
            return f"Is the call over by now? {self.screen.app.key('call.wrap_up')} wraps up"
        room = self.screen.panes.right
        since = datetime.fromtimestamp(nudge.since, self.screen.app.zone)
        when = f", since {since:%H:%M}" if room >= _ROOMY else ""
        yes = self.screen.app.key("write.record" if self.screen.view.place == "write" else "highlight.go")
        asked = f"by now? {yes}: yes{when}"
        return f"On {clip(self._meeting.item(nudge.item).title, max(8, room - len(asked) - 8))} {asked}"

    def answers(self, stroke: Stroke) -> bool:
        """Take a stroke for the answer to what is asked, if it is; any other one says no, and means what it means."""
        nudge, self._nudge = self._nudge, None
        if nudge is None:
            return False
        screen, self.screen.view.nudge = self.screen, ""
        screen.repaint()
        meanings = by_key(screen.app.commands, screen.view.place)
        command = meanings.get(stroke.key) if isinstance(stroke, events.Key) else None
        free = command is not None and (
            (command.id == "highlight.go" and not screen.view.looking)
            or (command.id == "write.record" and not screen.writing.text.strip())
        )
        moved = repairs.moved_on(self._meeting, nudge, self._now) if free else None
        if moved is not None:
            screen.go(moved)
        return moved is not None

    def holds(self, event: Event) -> bool:
        """Ask before an open motion is left behind; the second time in a row it is meant."""
        motion = floor.left_open(self._meeting, event)
        if motion is None:
            return False
        (asked, when), self._left_open = self._left_open, (motion.motion.text, self._now)
        again = asked == motion.motion.text and self._now - when < ANSWER_SECONDS
        if again and when >= (self._meeting.acted_at or 0.0):
            self._left_open = ("", 0.0)
            return False
        self.screen.notice("Motion open: once more leaves it so", "$soon")
        return True

    # The clock

    def do_clock_toggle(self) -> None:
        """Start, pause or resume; the call starts with its current item, whatever the chair was reading."""
        begins = not self._meeting.timeline
        self.screen.record(chair.toggle_clock(self._meeting, self._now))
        if begins:
            self.screen.look_at(self._meeting.current)
        if begins and self._meeting.index(self._meeting.current):
            title = self._meeting.item(self._meeting.current).title
            back = f": {self.screen.app.key('item.previous')} goes to what stands before it"
            self.screen.notice(f"Started with {title}", keeps=back)

    def do_clock_started(self) -> None:
        """Say when the call really started."""
        self.screen.writing.begin("/started")

    def do_timebox_longer(self) -> None:
        """Grant the item in view a minute more."""
        self._change_timebox(chair.MINUTE)

    def do_timebox_shorter(self) -> None:
        """Grant the item in view a minute less."""
        self._change_timebox(-chair.MINUTE)

    def _change_timebox(self, seconds: int) -> None:
        if self.screen.record(chair.change_timebox(self._meeting, self.screen.in_view, seconds, self._now)):
            self.screen.tell_change()

    def do_timebox_pin(self) -> None:
        """Keep the budget of the item in view as it is, or let it adapt again."""
        if self.screen.record(chair.pin(self._meeting, self.screen.in_view, self._now)):
            self.screen.tell_change()
        else:
            self.screen.notice("Who waits in a roll call has no time to pin", "$quiet")

    def do_timebox_adapt(self) -> None:
        """Let budgets follow the clock in the next of three ways."""
        ways = list(_ADAPTING)
        following = ways[(ways.index(self._meeting.steering.adapting) + 1) % len(ways)]
        self.screen.record(chair.adapt(self._meeting, following, self._now))
        self.screen.notice(f"Budgets {following}: {_ADAPTING[following]}")

    def do_boundary_earlier(self) -> None:
        """Let the current item have begun earlier, at the cost of the one before it."""
        self._shift(-repairs.STEP)

    def do_boundary_later(self) -> None:
        """Let the current item have begun later."""
        self._shift(repairs.STEP)

    def _shift(self, seconds: int) -> None:
        if not self.screen.record(repairs.shift(self._meeting, seconds, self._now)):
            self.screen.notice("The boundary with the item before can't be moved any further", "$quiet")

    # The running order

    def do_item_next(self) -> None:
        """Go to the next item; twice within a moment counts once. Before the call starts, only look at it."""
        if not self._meeting.timeline:
            self._read(1)
            return
        if repairs.too_soon(self._meeting, self._now):
            self.screen.notice(
                f"Twice within a moment counts once: {self.screen.app.key('item.previous')} goes back",
                "$quiet",
            )
            return
        self.screen.go(chair.step(self._meeting, 1, self._now), self._last)

    def do_item_began(self) -> None:
        """Go to the next item, which began at a moment that is past."""
        self.screen.writing.begin("/next")

    def do_item_previous(self) -> None:
        """Go to the previous item; before the call starts, only look at it."""
        if not self._meeting.timeline:
            self._read(-1)
            return
        self.screen.go(chair.step(self._meeting, -1, self._now), "This is the first item")

    def _read(self, by: int) -> None:
        """Look at another item of a call that has not started, and say with which one it will."""
        self._look(by)
        start, first = self.screen.app.key("clock.toggle"), self._meeting.item(self._meeting.current).title
        self.screen.notice(f"Not started yet: {start} starts with {first}", "$quiet")

    def do_item_add(self) -> None:
        """Add an item that comes next."""
        self.screen.writing.begin("/add")

    def do_item_skip(self) -> None:
        """Put the item in view off to the end of its group."""
        item = self.screen.in_view
        self._rearrange(
            rearranging.skip(self._meeting, item, self._now), item, "put off", "is the last of its group"
        )

    def do_item_park(self) -> None:
        """Take the item in view off the call, and write it down in the parking lot."""
        item = self.screen.in_view
        try:
            event = rearranging.park(self._meeting, item, self._now)
        except Swallowed as error:
            self.screen.notice(error.found, "$overtime", error.advice)
            return
        self._rearrange(event, item, "is in the parking lot", "can't be parked")

    def do_item_up(self) -> None:
        """Move the item in view up the running order; its text stays where it is."""
        self._move(-1)

    def do_item_down(self) -> None:
        """Move the item in view down the running order; its text stays where it is."""
        self._move(1)

    def _move(self, by: int) -> None:
        item = self.screen.in_view
        if self.screen.record(rearranging.move(self._meeting, item, by, self._now)):
            self.screen.look_at(item)
        elif self._meeting.timeline and item == self._meeting.current:
            self.screen.notice("The call is on it: look at another item to move that", "$quiet")
        else:
            self.screen.notice(f"It can't move further {'up' if by < 0 else 'down'}", "$quiet")

    def _rearrange(self, event: Event | None, item: str, done: str, otherwise: str) -> None:
        title = self._meeting.item(item).title
        if event is None:
            self.screen.notice(title, "$quiet", f" {otherwise}")
            return
        if self.screen.go(event):
            back = f": {self.screen.app.key('change.undo')} brings it back"
            self.screen.notice(title, keeps=f" {done}{back}")

    # What is looked at

    def do_highlight_down(self) -> None:
        """Look at the item below."""
        self._look(1)

    def do_highlight_up(self) -> None:
        """Look at the item above."""
        self._look(-1)

    def _look(self, by: int) -> None:
        keys = running_order.keys(self._meeting)
        here = keys.index(self.screen.in_view) if self.screen.in_view in keys else 0
        self.screen.look_at(keys[min(max(0, here + by), len(keys) - 1)])

    def do_highlight_go(self) -> None:
        """Go to the item in view; on a roll call, take it that nobody else has an update, and go on."""
        screen = self.screen
        if screen.in_view == self._meeting.current and order.called_group(screen.in_view) is not None:
            confirmed = quiet.confirm(self._meeting, self._now)
            gone = screen.go(confirmed or chair.step(self._meeting, 1, self._now), self._last)
            if gone and confirmed is not None and screen.in_view == self._meeting.stops[-1].key:
                screen.notice(self._last, "$quiet")
        else:
            screen.go(chair.go(self._meeting, screen.in_view, self._now))

    def do_highlight_back(self) -> None:
        """Look at the current item again."""
        self.screen.look_at(self._meeting.current)

    def do_item_find(self) -> None:
        """Find an item by typing."""
        self.screen.writing.find()

    def do_item_source(self) -> None:
        """Show the item as its source, or rendered again."""
        self.screen.view.as_source = not self.screen.view.as_source
        self.screen.repaint()

    def do_text_down(self) -> None:
        """Scroll the item's text down."""
        self.screen.scroll_text(self._page())

    def do_text_up(self) -> None:
        """Scroll the item's text up."""
        self.screen.scroll_text(-self._page())

    def _page(self) -> int:
        return max(1, frame.text_height(self._meeting, self.screen.view, self._now, self.screen.panes) - 2)

    # Undo

    def do_change_undo(self) -> None:
        """Take the latest change back, and name it."""
        label = self._meeting.done[-1].label if self._meeting.done else ""
        if self.screen.record(Undone(self._now)):
            self._moved_back(f"Undone: {label}")

    def do_change_redo(self) -> None:
        """Make the change undone last again, and name it."""
        label = self._meeting.undone[-1].label if self._meeting.undone else ""
        if self.screen.record(Redone(self._now)):
            self._moved_back(f"Redone: {label}")

    def _moved_back(self, said: str) -> None:
        self.screen.view.looking = ""
        self.screen.bring_into_view()
        self.screen.notice(said)
