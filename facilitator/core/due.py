"""Due dates: the words people use for a day, and the short way a day is shown.

Dates are read in English and only where they are unmistakable: ``6/3`` means two days to two readers and is
left alone. Month and day names are spelled out here because ``strftime`` would follow the machine's language.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Short names as shown; January first."""

RECENT = timedelta(days=60)
"""A day without a year that lies no further back than this is a slip, not next year's day."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|" + "|".join(_LONG_MONTHS) + r")\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_DAY_MONTH = re.compile(rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", re.ASCII)
_MONTH_DAY = re.compile(rf"{_MONTH}\s+{_DAY}{_YEAR}", re.ASCII)
_DAYS = re.compile(
    r"(?<![\w-])(?:\d{4}-\d{2}-\d{2}|[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3,9}\.?,?\s+\d{4}"
    r"|[a-z]{3,9}\.?\s+[0-3]?\d(?:st|nd|rd|th)?,?\s+\d{4})(?![\w-])",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?:(?:this|next|on)\s+)?(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_SPAN = re.compile(r"in\s+(\d{1,3}|" + "|".join(_NUMBERS) + r")\s+(day|week|month)s?", re.ASCII)
_CALL = re.compile(r"(?:the\s+)?next\s+(?:call|meeting|time)")

_TRAILING = re.compile(r"(?:^|(?<=[\s,;(]))\(?(?:due|by)\b:?\s+(?:on\s+|by\s+)?", re.IGNORECASE)
_LONGEST = 40
"""Characters: no way of naming a day is longer."""


@dataclass(frozen=True, slots=True)
class Due:
    """A due date found at the end of a line."""

    day: date
    call: bool
    """Whether it was named as the next call."""
    text: str
    """What was said before it."""
    words: str
    """The words that named it, as typed."""


def parse(words: str, today: date, next_call: date | None = None) -> date | None:
    """Give the day that ``words`` name, seen from ``today``; None where they name none.

    A weekday is the first one after today, with or without ``next`` (as GNU date reads it). A day and month
    without a year is the coming one, unless it has just gone by (``RECENT``): then it is meant as written and
    lies in the past.
    """
    text = " ".join(words.lower().split()).rstrip(".")
    if match := _ISO.fullmatch(text):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text):
        return _named(match, today)
    if match := _WEEKDAY.fullmatch(text):
        weekday = next(index for index, name in enumerate(_WEEKDAYS) if name.startswith(match[1]))
        return _later(today, (weekday - today.weekday() - 1) % 7 + 1)
    if match := _SPAN.fullmatch(text):
        count = _NUMBERS.get(match[1]) or int(match[1])
        return (
            _months(today, count)
            if match[2] == "month"
            else _later(today, count * (7 if match[2] == "week" else 1))
        )
    if _CALL.fullmatch(text):
        return next_call
    return {
        "today": today,
        "tomorrow": _later(today, 1),
        "next week": _later(today, 7),
        "next month": _months(today, 1),
        "end of week": _later(today, (4 - today.weekday()) % 7),
        "end of the week": _later(today, (4 - today.weekday()) % 7),
        "end of month": _months_end(today),
        "end of the month": _months_end(today),
    }.get(text)


def days_in(text: str) -> list[date]:
    """Return the days a text names in full: ``2018-09-04``, ``4 September 2018``, ``Sep 4, 2018``."""
    found = []
    for match in _DAYS.finditer(text.lower()):
        if day := parse(match[0], date.min):
            found.append(day)
    return found


def trailing(line: str, today: date, next_call: date | None = None) -> Due | None:
    """Find ``due …`` or ``by …`` at the end of ``line``, or in parentheses; None where no day is named."""
    end = line.rstrip()
    for match in _TRAILING.finditer(end, max(0, len(end) - _LONGEST)):
        words = end[match.end() :]
        opened = match[0].startswith("(")
        if opened != words.endswith(")"):
            continue
        words = words.removesuffix(")").strip()
        day = parse(words, today, next_call)
        if day is not None:
            text = end[: match.start()].rstrip().rstrip(",;").rstrip()
            return Due(day, bool(_CALL.fullmatch(" ".join(words.lower().split()))), text, words)
    return None


def anniversary(day: date, today: date) -> date:
    """Return the first day from ``today`` on with this month and day (28 February for a leap day)."""
    for year in range(max(day.year, today.year), date.max.year + 1):
        found = _day(year, day.month, day.day) or date(year, 2, 28)
        if found >= today:
            return found
    return today


def short(day: date, today: date) -> str:
    """Show ``day`` as ``18 Sep``, with its year where it is half a year or more away from ``today``."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if abs((day - today).days) < 183 else f"{words} {day.year}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _later(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _named(match: re.Match[str], today: date) -> date | None:
    month = next(index for index, name in enumerate(_LONG_MONTHS, 1) if name.startswith(match["month"][:3]))
    if match["year"]:
        return _day(int(match["year"]), month, int(match["day"]))
    # A leap day may be up to eight years away.
    days = (_day(today.year + ahead, month, int(match["day"])) for ahead in range(-1, 9))
    return next((day for day in days if day and today - day <= RECENT), None)


def _months(today: date, count: int) -> date | None:
    years, month = divmod(today.month - 1 + count, 12)
    year = today.year + years
    if year > date.max.year:
        return None
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _months_end(today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])
