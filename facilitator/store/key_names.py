"""Keys as people write them in settings: ``+``, ``Ctrl+X``, ``page down``, ``F8``.

A terminal sends bytes, and not every key has bytes of its own; those that have none are refused here, with what to
write instead, as a key that never comes would be no help to anybody.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from unicodedata import name

_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters that textual calls otherwise than Unicode does."""

_NEVER = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+enter": "enter",
    "shift+enter": "enter",
    "ctrl+[": "escape",
}
"""What terminals send as another key, and which."""

_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_FUNCTION = tuple(f"f{number}" for number in range(1, 25))
_NAMED = frozenset(
    (
        *("enter", "escape", "space", "tab", "shift+tab", "backspace"),
        *(f"ctrl+{letter}" for letter in ascii_lowercase),
        *(modifier + key for modifier in ("", "ctrl+", "shift+", "ctrl+shift+") for key in _MOVING),
        *(modifier + key for modifier in ("", "ctrl+") for key in _FUNCTION),
    )
)


def key(text: str) -> str:
    """Return textual's name of a key.

    Raises:
        ValueError: for what is no key, or none that a terminal sends; one line that says what to write.

    """
    if len(text) == 1 and text.isprintable():
        return text if text.isalnum() else _of_character(text)
    named = re.sub(r"(?<=page)[ _-](?=up|down)", "", re.sub(r" *\+ *", "+", text.casefold()))
    if named in _NEVER:
        raise ValueError(f"'{text}' never comes: terminals send {_NEVER[named]} for it")
    if named not in _NAMED:
        raise ValueError(
            f"'{text[:40]}' is no key; write a character such as x or \"+\", or a name such as f8, ctrl+x, page down"
        )
    return named


def types(named: str) -> bool:
    """Say whether a key, by textual's name, writes a character where one types."""
    return named == "space" or named not in _NAMED


def _of_character(character: str) -> str:
    """Return textual's name of a character that is neither letter nor digit."""
    found = name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(found, found) or character
