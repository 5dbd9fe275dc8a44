"""The application: it owns the open call and is the one door through which it changes."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from ..core.agenda import Agenda, weighs_by_history
from ..core.events import Event, PastRead
from ..core.meeting import Meeting
from ..store.config import DEFAULTS, Settings
from ..system.alerts import takes_titles
from .commands import first_key, remapped
from .driver import TerminalDriver
from .keys import TakesKeysInOrder
from .screens.call import CallScreen
from .theme import DARK, LIGHT
from .timers import FiresTimers

if TYPE_CHECKING:
    from ..store.outcomes import Outcome
    from ..store.session import Session
    from .attention import Attention
    from .terminal import Terminal

SWITCH_SECONDS = 0.0005
"""For how long a thread that merges may go on while another waits; Python's own 5 ms are felt at every key."""

_SIGNS = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class FacilitatorApp(TakesKeysInOrder, FiresTimers, App[str], inherit_bindings=False):
    """A call on a screen. It ends with ``"left"`` or ``"adjourned"``."""

    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "screens/call.tcss"  # textual reads no stylesheet of a default screen itself

    def __init__(
        self,
        session: Session,
        zone: tzinfo | None = None,
        theme: str = DARK.name,
        terminal: Terminal | None = None,
        settings: Settings = DEFAULTS,
    ) -> None:
        """Show an open call; times of day are told in ``zone``, the machine's own where that is None."""
        super().__init__(driver_class=TerminalDriver)
        self.settings = settings
        self.remark = ""
        """Said when the call is on the screen."""
        self.commands = remapped(settings.keys)
        """What can be done, with the chair's own keys."""
        self.terminal = terminal
        self.session = session
        self.zone = zone
        self.pressed_at = 0.0
        """When the chair last pressed a key or the mouse, on the call's own clock."""
        self.main = self.main_screen()
        """The main screen; the others lie on it."""
        for each in (DARK, LIGHT):
            self.register_theme(each)
        self.theme = theme

    @property
    def meeting(self) -> Meeting:
        """The call as it stands."""
        return self.session.meeting

    @property
    def fault(self) -> Exception | None:
        """What ended the app, where the chair did not."""
        return self._exception

    def _print_error_renderables(self) -> None:
        """Print no traceback over the chair's shell: who runs the app says in a line what happened."""

    async def on_event(self, event: events.Event) -> None:
        """Note every sign of the chair."""
        if isinstance(event, _SIGNS):
            self.pressed_at = self.now()
        await super().on_event(event)

    def key(self, command: str) -> str:
        """Return the key that a command, named by its id, is told with."""
        return first_key(self.commands, command)

    def now(self) -> float:
        """Return this moment on the call's own clock."""
        return self.session.clock.now()

    def record(self, event: Event) -> Meeting:
        """Let something happen: journal it, take it into the state, save what follows, show it.

        Raises:
            CannotUndo: for an undo or redo that is not possible; nothing has happened then.

        """
        meeting = self.session.record(event)
        self.repaint(event)
        return meeting

    def repaint(self, event: Event | None = None) -> None:
        """Show the state as it is after ``event`` on the main screen, which the others lie on."""
        self.main.repaint(event)

    def say(self, text: str, keeps: str = "") -> None:
        """Say something for a few seconds on the main screen; ``keeps`` ends it and is never cut."""
        self.main.notice(text, keeps=keeps)

    @property
    def away(self) -> bool:
        """Whether another program has the terminal now."""
        return isinstance(self._driver, TerminalDriver) and self._driver.away

    @property
    def titled(self) -> bool:
        """Whether the terminal's title tells the time left."""
        return self.settings.title and self.terminal is not None and takes_titles(os.environ)

    @cached_property
    def attention(self) -> Attention:
        """What calls for attention outside the window."""
        from .attention import Attention

        return Attention(self)

    def send(self, sequence: str) -> None:
        """Send the terminal what draws nothing, also while an editor has it."""
        if self.away and self.terminal is not None:
            self.terminal.tell(sequence)
        elif isinstance(self._driver, TerminalDriver):
            self._driver.write(sequence)

    def main_screen(self) -> CallScreen:
        """Return a new main screen."""
        return CallScreen(self.commands)

    def get_default_screen(self) -> CallScreen:
        """Return the main screen."""
        return self.main

    def on_ready(self) -> None:
        """After the first frame: collect garbage again, but never what start-up made, and begin to work."""
        gc.freeze()
        gc.enable()
        self.main.view.ahead = self.session.clock.stepped()
        if isinstance(self._driver, TerminalDriver):
            self._driver.mind_size()
        self.begin()
        self.main.begin()

    def begin(self) -> None:
        """Begin to save, and to look for what others save, on a thread that keeps no key waiting for long."""
        sys.setswitchinterval(SWITCH_SECONDS)
        loop = asyncio.get_running_loop()
        self.session.deliver = lambda outcome: loop.call_soon_threadsafe(
            self.call_later, self._delivered, outcome
        )
        self.session.storage.start()
        agenda = self.meeting.agenda
        if agenda and weighs_by_history(agenda) and not (self.meeting.timeline or self.meeting.past):
            self.run_worker(self._learn(agenda), group="past")

    async def _learn(self, agenda: Agenda) -> None:
        """Read what past calls took, while the screen is shown already, and plan by it."""
        from ..store import past

        took = await asyncio.to_thread(past.read, self.session.path, agenda, self.meeting.date)
        if took:
            self.record(PastRead(self.now(), took))

    def look(self) -> None:
        """Once a second: see whether a clock has jumped, and whether somebody else has saved the minutes."""
        jump = self.session.mind_clock()
        if jump is not None:
            from ..core.jumps import words  # few calls have need of it

            self.main.view.ahead = self.session.clock.stepped()
            self.main.notice(words(jump), lasting=True)
        if self.session.look():
            self.repaint()

    def _delivered(self, outcome: Outcome) -> None:
        """Take in what others did to the minutes, and show what came of saving and looking."""
        landing = self.session.catch_up()
        if landing is not None:
            self.main.landed(landing)
        else:
            self.repaint()
