"""What becomes of the record on the main screen: the outcome of a motion, what is copied, what is thought over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ...core import amending, copying, directing, floor, recall
from ...core.copying import What
from ...core.directing import CannotPlace
from ...core.history import Captured
from ...core.record import Outcome
from ...core.writing import Swallowed
from ...system import clipboard
from ..commands import footer, shown, word

if TYPE_CHECKING:
    from .call import CallScreen

_NAMES: dict[What, str] = {
    "item": "item",
    "actions": "action items",
    "decisions": "decisions and motions",
    "digest": "digest",
    "everything": "whole minutes",
}


class Recording:
    """The record's part of the main screen, beside the capture line."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self._brought = ""
        """The recalled entry as it was put into the line."""

    def do_motion_settle(self) -> None:
        """Record the outcome of the open motion as it stands."""
        screen = self.screen
        try:
            event = directing.settled(screen.meeting, screen.in_view, screen.app.now())
        except (CannotPlace, Swallowed) as error:
            screen.notice(str(error), "$soon")
            return
        verdict = event.entry.verdict if isinstance(event.entry, Outcome) else "Approved"
        against = floor.doubts(screen.meeting, screen.in_view, verdict)
        screen.record(event)
        screen.notice(
            f"{verdict} {against}".rstrip(), keeps=f": {screen.app.key('change.undo')} takes it back"
        )

    async def do_entries_show(self) -> None:
        """Show what was recorded in this call, to think it over."""
        from .entries import EntriesScreen

        await self.screen.app.push_screen(EntriesScreen())

    # Recalling

    def do_write_recall(self) -> None:
        """Bring the last entry back into the line to correct it, and then the one before."""
        self._recall(-1)

    def do_write_later(self) -> None:
        """Bring the entry after the recalled one into the line; after the last one, nothing."""
        self._recall(1)

    def _recall(self, by: int) -> None:
        writing, entries = self.screen.writing, amending.entries(self.screen.meeting)
        at = entries.index(writing.recalled) if writing.recalled in entries else len(entries)
        if writing.finding or (writing.text.strip() and writing.text != self._brought):
            return
        if at + by == len(entries) and writing.recalled is not None:
            writing.recalled = None
            writing.clear()
        elif 0 <= at + by < len(entries):
            self.recall(entries[at + by])

    def recall(self, captured: Captured) -> None:
        """Bring an entry of this call into the line, to correct it."""
        writing = self.screen.writing
        writing.recalled = captured
        self.screen.look_at(captured.item)
        self._brought = recall.typed(captured.entry, replace(writing.context(), kind="note"))
        writing.open("note", self._brought)
        writing.typed()

    # Copying

    def do_call_copy(self) -> None:
        """Offer what can be copied; one more key chooses."""
        asked = "Copy what? One more key says it"
        if not self.screen.panes.footer:
            choices, width = footer(self.screen.app.commands, "copy"), self.screen.panes.width
            told = (one for one in choices if one.id != "copy.back")  # any other key does that as well
            asked = " ".join(f"{shown(one.keys[0])} {word(one, width)}" for one in told)
        self._choose("copy", asked)

    def do_copy_item(self) -> None:
        """Copy the item in view."""
        self._copy("item")

    def do_copy_actions(self) -> None:
        """Copy the action items."""
        self._copy("actions")

    def do_copy_decisions(self) -> None:
        """Copy the decisions and motions."""
        self._copy("decisions")

    def do_copy_digest(self) -> None:
        """Copy the digest, for the mailing list."""
        self._copy("digest")

    def do_copy_everything(self) -> None:
        """Copy the whole minutes."""
        self._copy("everything")

    def do_copy_back(self) -> None:
        """Copy nothing."""
        self._choose("list")

    def _choose(self, place: Literal["copy", "list"], asked: str = "") -> None:
        self.screen.view.place, self.screen.view.notice = place, asked
        self.screen.view.notice_style = self.screen.view.keeps = ""
        self.screen.repaint()

    def _copy(self, what: What) -> None:
        self._choose("list")
        text = copying.copied(self.screen.meeting, what, self.screen.in_view)
        if text:
            self.screen.run_worker(self._copied(text, _NAMES[what]), exclusive=True, group="copy")
        else:
            self.screen.notice(f"Nothing to copy: no {_NAMES[what]} yet", "$quiet")

    async def _copied(self, text: str, name: str) -> None:
        """Copy by a program of the desktop and by the terminal, and say which of them worked."""
        self.screen.app.copy_to_clipboard(text)
        way = await asyncio.to_thread(clipboard.copy, text)
        if way:
            self.screen.notice(f"Copied the {name} by {way}")
        else:
            self.screen.notice(f"Asked the terminal to copy the {name}")
