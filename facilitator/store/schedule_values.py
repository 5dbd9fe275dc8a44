"""The ``schedule`` of an agenda: when its calls take place.

- ``every``: ``day``, ``week`` or ``month``, with a number before it where it is not each one: ``2 weeks``.
- ``on``: a day of the week, ``tuesday`` or ``tue``; with months also which one, ``first tuesday``.
- ``from``: the date of a call that the others are counted from. Without ``on`` it gives the day as well.
- ``at`` and ``timezone``: when the call starts, ``10:30`` and ``America/Los_Angeles``.
"""

from __future__ import annotations

import re
from datetime import time
from typing import Literal, cast

from facilitator.core.agenda import Schedule
from facilitator.core.datepattern import WEEKDAYS
from facilitator.store.strict_yaml import Node, quoted
from facilitator.store.yaml_values import Values, nearest

SCHEDULE_KEYS = ("every", "on", "at", "timezone", "from")
"""What a schedule may say; ``every`` must be there."""

Unit = Literal["days", "weeks", "months"]
_UNITS = ("day", "days", "week", "weeks", "month", "months")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_DAYS = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}


def read_schedule(values: Values, node: Node) -> Schedule | None:
    """Read a schedule; None where something is wrong with it."""
    before = len(values.problems.found)
    keys = values.keys(node, "schedule", SCHEDULE_KEYS)
    if not keys and len(values.problems.found) > before:
        return None
    if "every" not in keys:
        values.wrong(node, "schedule says no 'every', such as every: 2 weeks")
    every, unit = values.made(keys.get("every"), "every", _every) or (1, "weeks")
    weekday, nth = values.made(keys.get("on"), "on", _on) or (None, None)
    schedule = Schedule(
        every=every,
        unit=unit,
        weekday=weekday,
        at=values.made(keys.get("at"), "at", _clock),
        timezone=values.made(keys.get("timezone"), "timezone", _timezone),
        start=values.day(keys.get("from"), "from"),
        nth=nth,
    )
    if len(values.problems.found) == before:
        for text in _contradictions(schedule):
            values.wrong(node, text)
    return schedule if len(values.problems.found) == before else None


def _contradictions(schedule: Schedule) -> list[str]:
    """Say what the keys, each right by itself, leave open or contradict."""
    said = []
    monthly = schedule.unit == "months"
    if schedule.every > 1 and schedule.start is None:
        said.append(f"every {schedule.every} {schedule.unit} needs 'from', the date of one of the calls")
    if schedule.unit == "days" and schedule.weekday is not None:
        said.append("'on' has no place where calls are every so many days; write every: week")
    if schedule.nth is not None and not monthly:
        said.append("the first, second, … of a month needs every: month")
    if monthly and schedule.weekday is not None and schedule.nth is None and schedule.start is None:
        said.append(f"which one of the month? Write on: first {WEEKDAYS[schedule.weekday].lower()}")
    if schedule.unit != "days" and schedule.weekday is None and schedule.start is None and not said:
        said.append("schedule says no day; write on: tuesday, or 'from' with the date of a call")
    return said


def _every(text: str) -> tuple[int, Unit]:
    found = re.fullmatch(r"(?:([0-9]{1,3}) +)?([a-z]+)", text.casefold())
    if not found:
        raise ValueError(f"{quoted(text)} is not a rhythm; write it like week, 2 weeks or month")
    number, unit = int(found.group(1) or 1), found.group(2)
    if unit not in _UNITS:
        raise ValueError(f"{quoted(unit)} is not known; {nearest(unit, _UNITS)}")
    if number == 0:
        raise ValueError("the number must be 1 or more")
    return number, cast("Unit", unit.removesuffix("s") + "s")


def _on(text: str) -> tuple[int, int | None]:
    words = text.casefold().split()
    day = words[-1]
    nth = None
    if len(words) > 1:
        which = " ".join(words[:-1])
        if which not in _NTH:
            raise ValueError(f"{quoted(which)} is not known; {nearest(which, _NTH)}")
        nth = _NTH[which]
    number = next((number for name, number in _DAYS.items() if day in (name, name[:3])), None)
    if number is None:
        raise ValueError(f"{quoted(day)} is not a day of the week; {nearest(day, _DAYS)}")
    return number, nth


def _clock(text: str) -> time:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    hour, minute = (int(found.group(1)), int(found.group(2))) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"{quoted(text)} is not a time of day; write it like 10:30 or 16:00")
    return time(hour, minute)


def _timezone(text: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones  # only where a time zone stands

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # unknown, above the database's directory, a directory of it
        known = sorted(available_timezones())
        if not known:  # a machine without the database cannot tell
            return text
        near = _nearest_zone(text, known)
        raise ValueError(f"{quoted(text)} is not a time zone{near}") from None
    return text


def _nearest_zone(text: str, known: list[str]) -> str:
    import difflib

    wanted = text[:80].casefold().replace(" ", "_")
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in known}
    zones = {zone.casefold(): zone for zone in known}
    for names in (zones, cities):
        near = difflib.get_close_matches(wanted.rpartition("/")[2] if names is cities else wanted, names, n=1)
        if near:
            return f"; did you mean '{names[near[0]]}'?"
    return "; write it like America/Los_Angeles or UTC"
