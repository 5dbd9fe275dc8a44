"""A call that somebody else chairs, on a second terminal or a shared screen: the same panes, keys to look around."""

from __future__ import annotations

from textual import events

from ..store.config import Settings
from ..store.following import Followed
from .app import FacilitatorApp
from .commands import Commands, by_key
from .keys import Stroke
from .screens.call import CallScreen
from .terminal import Terminal

LOOK_SECONDS = 0.25
"""How often the journal is looked at; reading it is a matter of what has changed."""


_MEANS = {
    "follow.down": "highlight.down",
    "follow.up": "highlight.up",
    "follow.back": "highlight.back",
    "follow.text_down": "text.down",
    "follow.text_up": "text.up",
    "follow.source": "item.source",
    "follow.leave": "call.leave",
}
"""What may be done here, as the main screen calls it."""


class FollowerScreen(CallScreen):
    """The main screen without anything that changes the call."""

    app: FollowerApp

    def __init__(self, commands: Commands, standing: str) -> None:
        """Look on from the first frame on; ``standing`` says who chairs the call."""
        super().__init__(commands)
        self.view.place = "follow"
        self.view.chip = standing

    def begin(self) -> None:
        """Let the clock run."""
        self._tick()

    async def take(self, stroke: Stroke) -> bool:
        """Look around."""
        if isinstance(stroke, events.Key) and (
            command := by_key(self.app.commands, "follow").get(stroke.key)
        ):
            await self.run(command.id)
        return True

    async def run(self, command: str) -> None:
        """Carry out a command that changes nothing; there are no others here."""
        if command in _MEANS:
            await super().run(_MEANS[command])


class FollowerApp(FacilitatorApp):
    """Shows a call and takes no part in it."""

    def __init__(self, followed: Followed, terminal: Terminal | None, settings: Settings) -> None:
        """Follow this call."""
        self.followed = followed
        super().__init__(followed, terminal=terminal, settings=settings)

    def main_screen(self) -> CallScreen:
        """Return a main screen that changes nothing."""
        return FollowerScreen(self.commands, self.followed.standing)

    def begin(self) -> None:
        """Begin to look for what the chair does."""
        self.set_interval(LOOK_SECONDS, self._look)

    def look(self) -> None:
        """Look at nothing else: the minutes are the chair's."""

    def _look(self) -> None:
        current = self.meeting.current
        if self.followed.refresh():
            self.main.view.chip = self.followed.standing
            if self.meeting.current != current:
                self.main.look_at(self.meeting.current)
            self.main.repaint()
