"""Every command by name: the palette that comes with textual, over the one table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from ..commands import Command, shown

if TYPE_CHECKING:
    from .call import CallScreen


def palette(screen: CallScreen) -> CommandPalette:
    """Return a palette of the commands of the running order."""

    class Commands(Provider):
        """The table, as the palette asks for it. Its texts are the program's own, so its markup is harmless."""

        async def discover(self) -> Hits:
            """Offer everything there is."""
            for command in _offered(screen):
                yield DiscoveryHit(_name(command), partial(screen.run, command.id))

        async def search(self, query: str) -> Hits:
            """Offer what matches."""
            matcher = self.matcher(query)
            for command in _offered(screen):
                score = matcher.match(_name(command))
                if score > 0:
                    yield Hit(score, matcher.highlight(_name(command)), partial(screen.run, command.id))

    return CommandPalette(providers=[Commands], placeholder="What to do; escape back")


def _offered(screen: CallScreen) -> list[Command]:
    commands = screen.app.commands
    return [command for command in commands if command.place == "list" and command.id != "help.palette"]


def _name(command: Command) -> str:
    return f"{command.help}  ({shown(command.keys[0])})"
