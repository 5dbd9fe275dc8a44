"""Which call is meant: an agenda and a date, or a file of minutes, as what a session opens."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from facilitator.core import agenda as agendas
from facilitator.core.agenda import Agenda
from facilitator.store import agenda_file

DEFAULT_DURATION = 30 * 60
"""Seconds of a call whose agenda nobody wrote."""

_DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


class NoSuchCall(ValueError):
    """A call that can't be opened; the message is one line that says what to do."""


class Call(NamedTuple):
    """One call: where its minutes are, or will be, and what it is made of. ``duration`` is seconds."""

    path: Path
    date: date
    duration: int
    agenda: Agenda | None = None

    @property
    def title(self) -> str:
        """What the call is called."""
        return agendas.title(self.agenda, self.date) if self.agenda else self.path.stem

    def new_minutes(self) -> bytes:
        """Return the minutes to begin with where there is no file yet."""
        from facilitator.core import template  # most calls have their file already

        return template.minutes(self.agenda, self.date) if self.agenda else b""


def today(agenda: Agenda, now: datetime) -> date:
    """Return the day it is, at a moment that knows its zone, where the series has its calls."""
    zone = agenda.schedule.timezone if agenda.schedule else None
    if zone is None:
        return now.date()
    from zoneinfo import ZoneInfo  # reading the agenda has loaded it

    try:
        return now.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError):  # a machine without the database of zones
        return now.date()


def of_agenda(path: Path, day: date | None, now: datetime, output: Path | None = None) -> Call:
    """Return the call of an agenda on a day, or the next one; today is where the series has its calls.

    Raises:
        AgendaErrors: with everything that is wrong with the agenda.
        NoSuchCall: where its minutes would lie outside the output directory.

    """
    agenda = agenda_file.load(path)
    chosen = day or agendas.call_date(agenda, today(agenda, now))
    root = output or Path(agenda.output or ".")
    try:
        minutes = root / agendas.minutes_name(agenda, chosen)
    except ValueError as error:
        raise NoSuchCall(f"{path}: minutes: {error}") from None
    if not minutes.resolve().is_relative_to(root.resolve()):
        raise NoSuchCall(f"{minutes}: a link leads out of {root}; remove it, or choose another pattern")
    return Call(minutes, chosen, agenda.duration, agenda)


def of_minutes(
    path: Path, day: date | None, today: date, duration: int | None, agenda: Agenda | None = None
) -> Call:
    """Return the call whose minutes are a file; its date is in the file's name, or it is today's.

    Raises:
        NoSuchCall: where there is no such file, and no agenda to make it from.

    """
    if agenda is None and not path.exists():
        raise NoSuchCall(f"{path}: there is no such file; name an agenda (.yaml) or minutes (.md)")
    length = duration or (agenda.duration if agenda else DEFAULT_DURATION)
    return Call(path, day or dated(path.name) or today, length, agenda)


def dated(name: str) -> date | None:
    """Return the date in a file's name; None where there is none."""
    match = _DATE.search(name)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
