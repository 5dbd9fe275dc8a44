"""A call that somebody else chairs, on a second terminal or a shared screen: the same panes, keys to look around."""

from __future__ import annotations

from textual import events

from ..store.following import Followed
from .app import FacilitatorApp
from .commands import by_key
from .keys import Stroke
from .screens.call import CallScreen
from .terminal import Terminal

LOOK_SECONDS = 0.25
"""How often the journal is looked at; reading it is a matter of what has changed."""


class FollowerScreen(CallScreen):
    """The main screen without anything that changes the call."""

    app: FollowerApp

    def begin(self) -> None:
        """Let the clock run, and say who chairs the call."""
        self.view.place = "follow"
        self.view.chip = self.app.followed.standing
        self._tick()

    async def take(self, stroke: Stroke) -> bool:
        """Look around."""
        if isinstance(stroke, events.Key) and (command := by_key("follow").get(stroke.key)):
            await self.run(command.id)
        return True

    async def run(self, command: str) -> None:
        """Carry out one of the commands below; there are no others here."""
        if command.startswith("follow."):
            getattr(self, f"do_{command.replace('.', '_')}")()

    do_follow_down = CallScreen.do_highlight_down
    do_follow_up = CallScreen.do_highlight_up
    do_follow_back = CallScreen.do_highlight_back
    do_follow_text_down = CallScreen.do_text_down
    do_follow_text_up = CallScreen.do_text_up
    do_follow_source = CallScreen.do_item_source
    do_follow_leave = CallScreen.do_call_leave


class FollowerApp(FacilitatorApp):
    """Shows a call and takes no part in it."""

    def __init__(self, followed: Followed, terminal: Terminal) -> None:
        """Follow this call."""
        super().__init__(followed, terminal=terminal)
        self.followed = followed

    def get_default_screen(self) -> FollowerScreen:
        """Return the main screen."""
        return FollowerScreen()

    def begin(self) -> None:
        """Begin to look for what the chair does."""
        self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        current = self.meeting.current
        if self.followed.refresh():
            main = self.screen_stack[0]
            assert isinstance(main, FollowerScreen)
            main.view.chip = self.followed.standing
            if self.meeting.current != current:
                main.look_at(self.meeting.current)
            main.repaint()
