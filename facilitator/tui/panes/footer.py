"""The last line: the most useful keys of the moment, and what it takes to end on time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from textual.content import Content

from ..commands import Commands, Place, footer, gap, shown, word
from ..text import between, literal

_FIRST = 2
"""So many keys come before the way back where there is little room; the others after it."""


def keys(commands: Commands, place: Place, words: Mapping[str, str], aside: str, width: int) -> Content:
    """Draw the keys of a place, as many as fit whole, the way back among the first; ``aside`` is at the right.

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
    hints = []
    for command in footer(commands, place):
        if named := words.get(command.id, word(command, width)):
            hint = literal(shown(command.keys[0]), "bold") + literal(f" {named}", "$quiet")
            hints.append((command.id, hint))
    back = place != "copy" and hints and hints[-1][0].endswith(".back")  # any key leaves that question
    apart = gap(commands, place, width)
    if _wide(hints, apart) > room:
        apart = min(apart, 2)
    while _wide(hints, apart) > room and len(hints) > 1:
        if back and len(hints) <= _FIRST + 1 and apart > 1:
            apart = 1
        else:
            hints.pop(-2 if back else -1)
    if hints and _wide(hints, apart) > room:
        hints.pop()
    made = literal("")
    spots: list[tuple[int, str]] = []
    for command_id, hint in hints:
        made += literal(" " * apart * bool(spots)) + hint
        spots.append((1 + made.cell_length, command_id))
    return between(made, right, width, margin=1), spots


def _wide(hints: list[tuple[str, Content]], apart: int) -> int:
    return sum(hint.cell_length + apart for _, hint in hints) - apart
