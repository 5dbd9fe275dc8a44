"""The capture line's values: what a line is read against, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from .people import People

if TYPE_CHECKING:
    from .directives import Directive
    from .record import Entry

Kind = Literal["note", "action", "decision", "motion", "hand"]
"""What the capture line was opened for: i, a, d, m, h."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a line is read against."""

    today: date
    people: People = field(default_factory=People)
    leads: tuple[str, ...] = ()
    """Who leads the current item, by full name."""
    items: tuple[str, ...] = ()
    """What ``Topic:`` may choose, in running order."""
    next_call: date | None = None
    """When the series meets next: the due date of an action item that names none."""
    motion: bool = False
    """Whether the current item has a motion without an outcome."""
    motions_in: tuple[str, ...] = ()
    """The sections that motions belong in, where the current item is in none of them."""
    kind: Kind = "note"
    now: datetime | None = None
    """This moment in the zone in which times of day are told; None where nobody is at the screen."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that Tab puts in place of the one typed, and what Enter would then make of it."""

    line: str
    chip: str


@dataclass(frozen=True, slots=True)
class Capture:
    """What Enter makes of a line."""

    entries: tuple[Entry, ...] = ()
    directives: tuple[Directive, ...] = ()
    chip: str = ""
    """What it is taken for, in a few words: ``☐ Eric Malm, due next call (18 Sep)``."""
    hint: str = ""
    """What the chair may want to put right first; never a reason not to record."""
    suggestions: tuple[Suggestion, ...] = ()
    """What Tab offers, in turn."""
