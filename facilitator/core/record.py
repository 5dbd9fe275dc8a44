"""Typed entries, and their Markdown in the house style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """Prose; ``by`` holds the initials of whom it is attributed to."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was agreed."""

    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when; owners are full names where the roster knows them."""

    text: str
    owners: tuple[str, ...] = ()
    due: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer to something elsewhere."""

    text: str
    url: str


Entry = Note | Decision | Action | Link
"""What the capture line can put into the minutes."""
