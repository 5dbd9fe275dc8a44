"""The last line: the most useful keys of the moment, and what it takes to end on time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from textual.content import Content

from ..commands import Commands, Place, footer, gap, shown, word
from ..text import between, literal


def keys(commands: Commands, place: Place, words: Mapping[str, str], aside: str, width: int) -> Content:
    """Draw the keys of a place, as many as fit whole; ``aside`` is at the right.

    ``words`` may replace a command's word; an empty one leaves the command out.
    """
    return _drawn(commands, place, tuple(words.items()), aside, width)[0]


def command_at(
    commands: Commands, place: Place, words: Mapping[str, str], aside: str, width: int, column: int
) -> str:
    """Return the id of the command whose hint stands at a column; empty for none."""
    spots = _drawn(commands, place, tuple(words.items()), aside, width)[1]
    return next((command for end, command in spots if column < end), "")


@lru_cache(maxsize=32)
def _drawn(
    commands: Commands, place: Place, said: tuple[tuple[str, str], ...], aside: str, width: int
) -> tuple[Content, list[tuple[int, str]]]:
    words = dict(said)
    right = literal(aside, "$soon")
    room = width - 2 - (right.cell_length + 2 if aside else 0)
    made, used, apart = literal(""), 1, gap(commands, place, width)
    spots: list[tuple[int, str]] = []
    for command in footer(commands, place):
        named = words.get(command.id, word(command, width))
        if not named:
            continue
        hint = literal(shown(command.keys[0]), "bold") + literal(f" {named}", "$quiet")
        if used + hint.cell_length > room:
            break
        made += literal(" " * apart * bool(spots)) + hint
        spots.append((used + hint.cell_length, command.id))
        used += hint.cell_length + apart
    return between(made, right, width, margin=1), spots
