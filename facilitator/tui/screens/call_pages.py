"""What leads away from the main screen: pages that lie over it, and the way out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .call import CallScreen


LOOK_SECONDS = 2.0
"""How long a slow disk may take to say whether somebody else has saved the minutes."""


class Pages:
    """The pages of the main screen, each loaded when it is first asked for."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen

    async def do_landings_show(self) -> None:
        """Show what others changed during the call."""
        from .landings import LandingsScreen

        await self.screen.app.push_screen(LandingsScreen())

    def do_landings_look(self) -> None:
        """Look for changes of others now, and say what came of it."""
        self.screen.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self) -> None:
        app = self.screen.app
        before = len(app.meeting.landings)
        app.session.look()
        await asyncio.to_thread(app.session.storage.flush, LOOK_SECONDS)
        landing = app.session.catch_up()
        if landing is not None:
            self.screen.landed(landing)
        elif app.session.question is not None:
            self.screen.repaint()  # the row that stands for it says what to do
        elif app.session.storage.noticed is not None:
            self.screen.notice("Somebody is saving: it shows once it is whole", "$quiet")
        elif len(app.meeting.landings) == before:
            self.screen.notice("Nothing new from anybody else", "$quiet")

    async def do_clock_big(self) -> None:
        """Show the clock as large as the terminal."""
        from .big_clock import BigClockScreen

        await self.screen.app.push_screen(BigClockScreen())

    async def do_roll_call(self) -> None:
        """Call the roll."""
        from .roll_call import RollCallScreen

        await self.screen.app.push_screen(RollCallScreen())

    async def do_save_elsewhere(self) -> None:
        """Ask for another file to save in."""
        from .elsewhere import ElsewhereScreen

        await self.screen.app.push_screen(ElsewhereScreen())

    async def do_call_wrap_up(self) -> None:
        """Show what the call came to, and offer to adjourn."""
        from .wrap_up import WrapUpScreen

        await self.screen.app.push_screen(WrapUpScreen())

    async def do_help_show(self) -> None:
        """Show the keys."""
        from .help import HelpScreen

        await self.screen.app.push_screen(HelpScreen())

    async def do_help_palette(self) -> None:
        """Offer every command by name."""
        from .palette import palette

        await self.screen.app.push_screen(palette(self.screen))

    def do_call_leave(self) -> None:
        """Leave; the call goes on."""
        self.screen.app.exit("left")
