"""Date patterns: text with ``{date}`` or ``{date:%Y}`` in it, as titles and file names of minutes are given.

The directives are those of ``strftime`` that mean the same everywhere; names are English whatever the
locale, because a series must not change its file names with the chair's laptop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English names of the months, January first."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""English names of the days, Monday first as in ``date.weekday``."""

_DIRECTIVES: dict[str, Callable[[date], str]] = {
    "Y": lambda day: f"{day.year:04}",
    "y": lambda day: f"{day.year % 100:02}",
    "m": lambda day: f"{day.month:02}",
    "-m": lambda day: f"{day.month}",
    "d": lambda day: f"{day.day:02}",
    "-d": lambda day: f"{day.day}",
    "B": lambda day: MONTHS[day.month - 1],
    "b": lambda day: MONTHS[day.month - 1][:3],
    "A": lambda day: WEEKDAYS[day.weekday()],
    "a": lambda day: WEEKDAYS[day.weekday()][:3],
    "j": lambda day: f"{day.timetuple().tm_yday:03}",
    "G": lambda day: f"{day.isocalendar().year:04}",
    "V": lambda day: f"{day.isocalendar().week:02}",
}
_FIELD = re.compile(r"\{date(?::([^{}]*))?\}")
_DIRECTIVE = re.compile(r"%(-?.)?")


def expand(pattern: str, day: date) -> str:
    """Put the day into the pattern. Raises ValueError with one line that says what cannot be read."""
    stray = re.search(r"\{[^{}]*\}?|\}", _FIELD.sub("", pattern))
    if stray:
        raise ValueError(f"'{stray.group()}' is not known; write {{date}} or {{date:%Y-%m-%d}}")
    return _FIELD.sub(lambda found: _format(found.group(1) or "%Y-%m-%d", day), pattern)


def has_date(pattern: str) -> bool:
    """Say whether the pattern has a date in it."""
    return _FIELD.search(pattern) is not None


def without_date(pattern: str) -> str:
    """Return the pattern's text with dates and the punctuation that led to them left out."""
    text = re.sub(r"\s*[(\[]?\s*\{date(?::[^{}]*)?\}\s*[)\]]?", "", pattern)
    return " ".join(text.split()).strip("-–—:,· ")


def _format(wanted: str, day: date) -> str:
    def directive(found: re.Match[str]) -> str:
        make = _DIRECTIVES.get(found.group(1) or "")
        if make is None:
            known = " ".join(f"%{name}" for name in _DIRECTIVES)
            raise ValueError(f"'{found.group()}' is not known in a date; there are {known}")
        return make(day)

    return _DIRECTIVE.sub(directive, wanted)
