"""Calls that were opened and not adjourned, as their journals tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator.core import agenda as agendas
from facilitator.store import directories, replay, resuming
from facilitator.store.lock import holder
from facilitator.store.replay import JournalError, OpenCall


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A call that goes on: its minutes, what it is called, and what is in its journal."""

    minutes: Path
    title: str
    series: str
    """The title of its series; empty where it has no agenda."""
    date: date
    since: float
    """The moment it was opened, in seconds since the epoch."""
    entries: int
    pid: int | None
    """Who has it open now; None where nobody has."""


def unfinished() -> list[Unfinished]:
    """Return the calls that were begun and not adjourned, the latest first; journals that can't be read are none."""
    found: dict[Path, Unfinished] = {}  # of a journal and a copy of it, the one that holds more
    for call in _journals()[0]:
        one = _of(call)
        if one is not None and (one.minutes not in found or one.entries > found[one.minutes].entries):
            found[one.minutes] = one
    return sorted(found.values(), key=lambda one: one.since, reverse=True)


def unreadable() -> list[str]:
    """Return what is wrong with the journals, and directories for them, that can't be read, a line each."""
    found, refused = _journals()
    return [*(str(fault) for fault in refused), *(call.problem for call in found if call.problem)]


def _journals() -> tuple[list[OpenCall], list[JournalError]]:
    """Return the journals wherever they may be, seen from here, and the directories that can't be looked into."""
    found: list[OpenCall] = []
    refused: list[JournalError] = []
    for directory in directories.everywhere(Path()):
        try:
            found += replay.open_calls(directory)
        except JournalError as fault:
            refused.append(fault)
    return found, refused


def _of(call: OpenCall) -> Unfinished | None:
    found = call.replay
    if found is None or found.header is None or not found.records or replay.OVER in found.records[-1]:
        return None
    try:
        meeting, _, _ = resuming.fold(found)
    except resuming.NotThisVersion:
        return None
    if not meeting.begun:
        return None
    minutes, agenda = Path(found.header.path), meeting.agenda
    return Unfinished(
        minutes=minutes,
        title=agendas.title(agenda, meeting.date) if agenda else minutes.stem,
        series=agendas.series_title(agenda) if agenda else "",
        date=meeting.date,
        since=found.header.wall,
        entries=len(meeting.captured),
        pid=holder(call.path.parent, minutes),
    )
