"""The series at hand: where agendas lie, and what a chooser shows of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from facilitator.core.agenda import minutes_name, series_title
from facilitator.core.schedule import first_call
from facilitator.store.agenda_file import AgendaErrors, load
from facilitator.store.call import today


@dataclass(frozen=True, slots=True)
class Series:
    """An agenda in a chooser."""

    path: Path
    title: str
    """Title of the series without a date; the file's name where the agenda cannot be read."""
    next_date: date | None
    """Its next call, today's included; None where none is scheduled."""
    error: str = ""
    """The first thing that is wrong with the agenda, as one line."""


def find_agendas(directory: Path) -> list[Path]:
    """Return the agendas in the ``agendas`` folder of a directory, by name."""
    return _agendas_in(directory / "agendas")


def bundled() -> list[Path]:
    """Return the agendas that come with the program: in the package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    return _agendas_in(package / "agendas") or _agendas_in(package.parent / "agendas")


def overview(agendas: Iterable[Path], now: datetime) -> list[Series]:
    """Return what there is to choose from, the soonest call first, then what has no date, by name."""
    found = [_series(path, now) for path in agendas]
    return sorted(found, key=lambda series: (series.next_date or date.max, series.path.name))


def agenda_of(minutes: Path, day: date | None) -> Path | None:
    """Return the agenda that has a day's minutes just there: of the current directory, or of one above the minutes."""
    if day is None:
        return None
    place = minutes.resolve()
    for root in dict.fromkeys((Path().resolve(), *place.parents)):
        for path in find_agendas(root):
            try:
                agenda = load(path)
                written = root / agenda.output / minutes_name(agenda, day)
            except ValueError:  # an agenda that can't be read has no minutes
                continue
            if written.resolve() == place:
                return path
    return None


def _agendas_in(folder: Path) -> list[Path]:
    try:
        paths = [path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file()]
    except OSError:  # no such folder, or not ours to read: no agendas
        return []
    return sorted(path for path in paths if not path.name.startswith("."))


def _series(path: Path, now: datetime) -> Series:
    try:
        agenda = load(path)
    except AgendaErrors as errors:
        return Series(path, path.stem, None, str(errors.findings[0]))
    next_date = first_call(agenda.schedule, today(agenda, now)) if agenda.schedule else None
    return Series(path, series_title(agenda) or path.stem, next_date)
