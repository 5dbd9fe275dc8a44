"""What leads away from the main screen: pages that lie over it, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .call import CallScreen


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
        """Look for changes of others now."""
        self.screen.app.session.look()

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
