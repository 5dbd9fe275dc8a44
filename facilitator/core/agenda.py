"""The model of an agenda: what a recurring meeting is made of.

Reading it from YAML is the business of ``store.agenda_file``; these are plain values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Weigh = Literal["words", "equally", "history"]
"""How a group's time is shared: by what was written, evenly, or by what past calls took."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in the meeting."""

    name: str
    initials: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A backlog under review and the person who reports on it; ``lead`` is empty where vacant."""

    name: str
    lead: str = ""
    status: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the agenda; a group of projects where it has any. Times are seconds."""

    title: str
    time: int | None = None
    topics: bool = False
    motions: bool = False
    total: int | None = None
    each: int | None = None
    weigh: Weigh = "words"
    projects: tuple[Project, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the meeting takes place: every ``every`` days, weeks or months from ``start`` on."""

    every: int
    unit: Literal["days", "weeks", "months"]
    weekday: int | None
    """0 is Monday."""
    at: time | None
    timezone: str | None
    start: date | None


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What the minutes keep beyond notes, decisions and action items."""

    attendance: bool = False
    timing: Literal["comment", "table", "off"] = "off"
    carry: bool = False


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """Whether and how often landings are fetched; ``every`` is seconds."""

    git: Literal["auto", "off"] = "auto"
    every: int = 20


@dataclass(frozen=True, slots=True)
class Agenda:
    """A recurring meeting. ``duration`` is seconds; ``quorum`` is a share of the leads or a head count."""

    title: str
    minutes: str
    sections: tuple[Section, ...]
    duration: int = 30 * 60
    schedule: Schedule | None = None
    chair: str = ""
    people: tuple[Person, ...] = ()
    quorum: float | int | None = None
    record: RecordOptions = field(default_factory=RecordOptions)
    sync: SyncOptions = field(default_factory=SyncOptions)

    @property
    def projects(self) -> tuple[Project, ...]:
        """Every project of the roster, in running order."""
        return tuple(project for section in self.sections for project in section.projects)
