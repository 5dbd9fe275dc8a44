"""The last line: the most useful keys of the moment, and what it takes to end on time."""

from __future__ import annotations

from textual.content import Content

from ..commands import Place, footer, shown
from ..text import literal
from .lines import Lines, between


class Footer(Lines):
    """At most six keys, as many as fit whole; a click on one is the key."""

    DEFAULT_CSS = "Footer { height: 1; }"

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id)
        self._spots: list[tuple[int, str]] = []

    def update(self, place: Place, words: dict[str, str] | None = None, aside: Content | None = None) -> None:
        """Show the keys of a place; ``words`` may replace a command's word, ``aside`` stands at the right."""
        aside = aside or literal("")
        room = self.size.width - 2 - (aside.cell_length + 2 if aside.cell_length else 0)
        made, used, self._spots = literal(""), 1, []
        for command in footer(place):
            word = (words or {}).get(command.id, command.footer)
            hint = literal(shown(command.keys[0]), "bold") + literal(f" {word}", "$quiet")
            if used + hint.cell_length > room:
                break
            self._spots.append((used + hint.cell_length, command.id))
            made += hint + literal("   ")
            used += hint.cell_length + 3
        self.show([between(made, aside, self.size.width, margin=1)])

    def command_at(self, column: int) -> str:
        """Return the id of the command whose hint stands at a column; empty for none."""
        return next((command for end, command in self._spots if column < end), "")
