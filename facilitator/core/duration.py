"""Lengths of time as people write them in an agenda: ``30m``, ``90s``, ``1h30m``, ``2 min``."""

from __future__ import annotations

import re

_UNITS = {"h": 3600, "m": 60, "s": 1}
_DURATION = re.compile(
    r"(?:(?P<h>[0-9]{1,3}) ?(?:hours?|hrs?|h))?"
    r" ?(?:(?P<m>[0-9]{1,4}) ?(?:minutes?|mins?|m))?"
    r" ?(?:(?P<s>[0-9]{1,5}) ?(?:seconds?|secs?|s))?",
    re.IGNORECASE,
)
LONGEST = 24 * 3600
"""Seconds; what is longer is a slip of the unit."""


def parse_duration(text: str) -> int:
    """Return the seconds that a text such as ``30m`` means. Raises ValueError with one line.

    A unit always stands there: ``2`` and ``1:30`` are refused, for half the readers take them for minutes and
    half for hours or seconds.
    """
    found = _DURATION.fullmatch(text.strip())
    if not found or found.lastgroup is None:
        hint = f"'{text}' has no unit; write {text}m or {text}s" if re.fullmatch(r"[0-9]+", text) else ""
        raise ValueError(hint or f"'{text}' is not a time; write it like 30m, 90s or 1h30m")
    seconds = sum(int(number) * _UNITS[unit] for unit, number in found.groupdict("0").items())
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"'{text}' must be more than nothing and at most 24h")
    return seconds


def format_duration(seconds: int) -> str:
    """Write seconds the way ``parse_duration`` reads them, in as few parts as it takes."""
    parts = [(seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s")]
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"
