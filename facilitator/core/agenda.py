"""The model of an agenda: what a recurring meeting is made of, what it is called and who takes part.

Reading it from YAML is the business of ``store.agenda_file``, the dates of its calls are
``core.schedule``'s; these are plain values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from facilitator.core.datepattern import expand, without_date
from facilitator.core.schedule import Schedule as Schedule
from facilitator.core.schedule import first_call

Weigh = Literal["words", "equally", "history"]
"""How a group's time is shared: by what was written, evenly, or by what past calls took."""

Adapting = Literal["one-way", "two-way", "off"]
"""How budgets follow the clock: they are only shortened, shortened and lengthened, or left as planned."""


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
    pinned: bool = False
    """Whether its budget stays as it is planned, whatever the clock says."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the agenda; a group of projects where it has any. Times are seconds."""

    title: str
    time: int | None = None
    topics: bool = False
    motions: bool = False
    """Whether it is a place for motions; where no section is, all are."""
    total: int | None = None
    each: int | None = None
    weigh: Weigh = "words"
    projects: tuple[Project, ...] = ()
    pinned: bool = False
    """Whether its budgets stay as they are planned, whatever the clock says."""


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What the minutes keep beyond notes, decisions and action items."""

    attendance: bool = False
    """Whether the roll call belongs to the record."""
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
    """Title heading of the minutes; a date pattern (``core.datepattern``)."""
    minutes: str
    """Where the minutes go, relative to ``output``; a date pattern with ``/`` between its parts."""
    sections: tuple[Section, ...]
    duration: int = 30 * 60
    schedule: Schedule | None = None
    chair: str = ""
    people: tuple[Person, ...] = ()
    quorum: float | int | None = None
    objections: int | None = None
    """Seconds to object to a motion in; without an objection it is then approved by lazy consensus."""
    record: RecordOptions = field(default_factory=RecordOptions)
    sync: SyncOptions = field(default_factory=SyncOptions)
    adapt: Adapting = "one-way"
    output: str = "."
    """Directory that ``minutes`` lies under, relative to the current one."""

    @property
    def projects(self) -> tuple[Project, ...]:
        """Every project of the roster, in running order."""
        return tuple(project for section in self.sections for project in section.projects)


def title(agenda: Agenda, day: date) -> str:
    """Say what the call of that day is called. Raises ValueError for a pattern that cannot be read."""
    return expand(agenda.title, day)


def series_title(agenda: Agenda) -> str:
    """Say what the series is called: the title without its date."""
    return without_date(agenda.title)


def call_date(agenda: Agenda, today: date) -> date:
    """Return the date of the call to chair: today's, else the next one; today where none is scheduled."""
    return (first_call(agenda.schedule, today) if agenda.schedule else None) or today


def weighs_by_history(agenda: Agenda) -> bool:
    """Say whether the plan depends on what past calls took."""
    return any(section.weigh == "history" and section.projects for section in agenda.sections)


NAME_LIMIT = 100
"""Longest part of a minutes path, in bytes."""

_PART = re.compile(r"[a-z0-9_][a-z0-9._-]*")


def minutes_name(agenda: Agenda, day: date) -> str:
    """Return where the minutes of that day's call go, relative to the agenda's output directory.

    Only lower-case letters, digits, ``.``, ``_`` and ``-`` may stand in a part, at most 100 bytes, and
    none begins with a dot or a dash: such a name is the same on every file system, never hidden, never
    above the directory, never an option. Raises ValueError with one line that says what is wrong.
    """
    name = expand(agenda.minutes, day)
    for part in name.split("/"):
        if not part:
            raise ValueError(f"'{name}' must be relative, with a name between slashes")
        if not _PART.fullmatch(part):
            raise ValueError(
                f"'{part}' cannot name a file: use a-z, 0-9, '.', '_' and '-', not beginning with '.' or '-'"
            )
        if len(part) > NAME_LIMIT:
            raise ValueError(f"'{part[:20]}…' is longer than {NAME_LIMIT} bytes")
    if not name.endswith(".md"):
        raise ValueError(f"'{name}' does not end in .md")
    return name


_BETWEEN_NAMES = re.compile(r"\s*[/&,;]\s*|\s+and\s+")


def names(lead: str) -> tuple[str, ...]:
    """Split the lead of a project into people: ``Ann Lee / Bo Ek`` are two."""
    return tuple(name for name in _BETWEEN_NAMES.split(lead.strip()) if name)


def is_initials(word: str) -> bool:
    """Say whether ``[word]`` before a note can say whose it is: one to five letters, the first a capital.

    A lone ``X`` is no initials: ``[X]`` is a ticked task box.
    """
    return word.isalpha() and len(word) <= 5 and word[0].isupper() and word != "X"


def people_of(agenda: Agenda) -> tuple[Person, ...]:
    """Return everybody whom the agenda names: its people, then the chair and the leads it does not list."""
    leads = (agenda.chair, *(project.lead for project in agenda.projects))
    return named(agenda.people, (name for lead in leads for name in names(lead)))


def named(people: Iterable[Person], others: Iterable[str]) -> tuple[Person, ...]:
    """Return ``people`` and whoever else is named, each once.

    Who has no initials gets those of the name where nobody else has the same.
    """
    found = {person.name.casefold(): person for person in people}
    for name in others:
        found.setdefault(name.casefold(), Person(name))
    taken = Counter(person.initials or _initials(person.name) for person in found.values())
    return tuple(
        person if person.initials else replace(person, initials=_unless_shared(_initials(person.name), taken))
        for person in found.values()
    )


def _initials(name: str) -> str:
    """Return the first letters of the words; nothing for a single word, whose letter says too little."""
    initials = "".join(re.findall(r"(?<!\S)\W*(\w)", name)).upper()
    return initials if is_initials(initials) and len(initials) > 1 else ""


def _unless_shared(initials: str, taken: Counter[str]) -> str:
    return initials if taken[initials] == 1 else ""
