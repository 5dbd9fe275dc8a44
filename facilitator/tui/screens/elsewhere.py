"""Saving elsewhere: what is wrong with the old file, and the name of a new one."""

from __future__ import annotations

from textual import events
from textual.content import Content

from ...store.elsewhere import new_file, suggestion
from ...store.minutes_file import MinutesError
from ..keys import Stroke
from ..text import literal
from .page import PageScreen


class ElsewhereScreen(PageScreen):
    """One line to type a path in; a name that could be taken stands there already."""

    PLACE = "elsewhere"

    def __init__(self) -> None:
        """Begin without a name: what to suggest is known once there is a call."""
        super().__init__()
        self._typed: str | None = None
        self._suggested = True
        """Whether the name that stands there is the one suggested, which typing replaces."""
        self._refused = ""

    def rows(self, width: int) -> list[Content]:
        """Return what is wrong, where the minutes are saved now, and what is typed."""
        session = self.app.session
        if self._typed is None:
            self._typed = str(suggestion(session.path, refused=bool(session.storage.failures)) or "")
        said = (
            self._refused or "a new file; the old one stays as it is, and the same command resumes the call"
        )
        rows = [literal(""), literal("Save elsewhere", "bold"), literal("")]
        name = literal(self._typed, "on $looking" if self._suggested else "")
        rows += (literal("› ") + name + literal("▏")).wrap(width)
        rows += [*literal(said, "$soon" if self._refused else "$faint").wrap(width), literal("")]
        for trouble in session.troubles:
            rows += literal(f"✗ {trouble}", "$overtime").wrap(width)
        return [*rows, *literal(f"until now: {session.path}", "$quiet").wrap(width)]

    async def take(self, stroke: Stroke) -> bool:
        """Take a pasted path too, its first line."""
        if isinstance(stroke, events.Paste):
            self._type(self._before() + "".join(stroke.text.splitlines()[:1]))
            return True
        return await super().take(stroke)

    def other(self, key: events.Key) -> bool:
        """Type."""
        if key.key == "backspace":
            self._type((self._typed or "")[:-1])
        elif key.key in ("right", "end"):
            self._type(self._typed or "")
        elif key.key == "ctrl+u":
            self._type("")
        elif key.is_printable and key.character:
            self._type(self._before() + key.character)
        return True

    def _before(self) -> str:
        """Return what goes before what is typed now."""
        return "" if self._suggested else self._typed or ""

    def _type(self, text: str) -> None:
        self._typed, self._refused, self._suggested = text, "", False
        self.draw()

    def run(self, command: str) -> None:
        """Save there, or say why that can't be; or go back."""
        if command == "elsewhere.save":
            try:
                path = new_file(self._typed or "")
            except MinutesError as error:
                self._refused = str(error)
                self.draw()
                return
            self.app.session.save_elsewhere(path)
            self.app.say(self.app.session.saved())
        self.app.pop_screen()
