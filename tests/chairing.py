"""A call on a screen without a terminal, on a clock that the test moves: what the tests of screens share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from facilitator.core.repairs import TOO_SOON
from facilitator.system.clock import ManualClock
from facilitator.tui.app import FacilitatorApp

DAY = date(2024, 6, 4)

AGENDA = """\
title: Harbor Council {date}
minutes: "{date}-council.md"
schedule: {every: 2 weeks, on: tuesday, from: 2024-06-04}
duration: 30m
chair: Ada Brandt
people: [{name: Ada Brandt, initials: AB, handle: adab}]
agenda:
  - Announcements: 2m
  - Discussion: {time: 8m, topics: true}
  - Reviews:
      total: 20m
      projects:
        - Beacon: Tomas Rey
        - Lantern: Ingrid Solheim
        - Foghorn: {lead: Priya Nair, status: incubating}
"""

MINUTES = """\
# Harbor Council 2024-06-04

## Announcements


## Discussion

- [AB] No 32-bit builds? [x]
- Summer of code? [/ipfs/x]


## Reviews

### Beacon - Tomas Rey

- Reconnect storms are **fixed**, see [the change](https://example.org/812)
  - upgrade before release week

### Lantern - Ingrid Solheim


### Foghorn (incubating) - Priya Nair

- First three outside contributors
"""


@dataclass
class Chair:
    """A call on the screen, and what a chair does with it."""

    app: FacilitatorApp
    pilot: Pilot[str]
    clock: ManualClock
    path: Path

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def go_on(self, times: int = 1) -> None:
        """Go to the next item, so many times, and never so soon that it were a slip."""
        for _ in range(times):
            self.clock.advance(TOO_SOON)
            await self.pilot.press("n")

    async def adjourn(self) -> None:
        """Wrap up, look, and adjourn, however early it is."""
        await self.press("w")
        await self.pass_time(TOO_SOON)
        await self.press("enter")
        if self.app.return_value != "adjourned":
            await self.pass_time(TOO_SOON)
            await self.press("enter")

    async def type(self, text: str) -> None:
        """Type without a gap between the keys."""
        for character in text:
            self.send(character)
        await self.pilot.pause()

    def send(self, key: str) -> None:
        """Send a key without waiting for its effect."""
        self.app.post_message(events.Key(_key(key), key if len(key) == 1 else None))

    async def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.app.repaint()
        await self.pilot.pause()

    def frame(self) -> str:
        """The screen as text, a line each."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def colour_of(self, text: str) -> str:
        """The colour that a text on the screen has, as ``#rrggbb``."""
        for strip in self.app.screen._compositor.render_strips():
            for segment in strip:
                if text in segment.text and segment.style and segment.style.color:
                    return segment.style.color.get_truecolor().hex
        raise AssertionError(f"{text!r} is not on the screen")

    def saved(self) -> str:
        assert self.app.session.storage.flush(5)
        return self.path.read_bytes().decode()


def _key(character: str) -> str:
    return "space" if character == " " else character


OpenCall = Callable[..., AbstractAsyncContextManager[Chair]]
