"""What past calls of a series took and who was there, from their minutes: what a call is planned and called by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from facilitator.core import ledger, timekeeping
from facilitator.core.agenda import Agenda, minutes_name
from facilitator.core.document import Document
from facilitator.core.inline import plain
from facilitator.core.people import fold

CALLS = 10
"""So many calls teach what items take; the ones before were other meetings."""

DAYS = 366
"""How far back they are looked for."""

LARGEST = 4_000_000
"""Bytes; what is larger is left alone."""


def read(path: Path, agenda: Agenda, day: date) -> tuple[tuple[str, int], ...]:
    """Return what items took on average in the calls before the one of ``day``, in seconds by name key.

    ``path`` is where that one's minutes are; those of the others are looked for beside it, whatever day they were on.
    """
    kept: list[str] = []
    for text in _earlier(path, agenda, day):
        if timekeeping.read(text):
            kept.append(text)
        if len(kept) == CALLS:
            break
    return tuple(sorted(timekeeping.past(kept).items()))


def attendees(path: Path, agenda: Agenda, day: date) -> tuple[tuple[str, date], ...]:
    """Return who was at the calls before the one of ``day``, each with the last of those, the latest first."""
    last: dict[str, tuple[str, date]] = {}
    for text, when in islice(_dated(path, agenda, day), CALLS):
        for one in ledger.attendance(Document.parse(text.encode())):
            if not one.regrets:
                last.setdefault(fold(one.name), (plain(one.name), when))
    return tuple(last.values())


def _earlier(path: Path, agenda: Agenda, day: date) -> Iterator[str]:
    return (text for text, _ in _dated(path, agenda, day))


def _dated(path: Path, agenda: Agenda, day: date) -> Iterator[tuple[str, date]]:
    """Give the minutes of earlier calls with their dates, the latest first, as far as they can be read."""
    own = minutes_name(agenda, day)
    depth = own.count("/")
    if path.parts[-1 - depth :] != tuple(own.split("/")):
        return  # these minutes are not where the agenda has them, so there is no telling where the others are
    root = path.parents[depth]
    seen = {own}
    for ago in range(1, DAYS + 1):
        when = day - timedelta(days=ago)
        name = minutes_name(agenda, when)
        if name not in seen:
            seen.add(name)
            file = root / name
            try:
                if file.is_file() and file.stat().st_size <= LARGEST:
                    yield file.read_text(encoding="utf-8", errors="replace"), when
            except OSError:
                continue
