"""What an agenda may say: every key, its type, and how they hang together.

``agenda.schema.json`` beside this file says the same for editors; a test holds the two together.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any, cast, get_args

from facilitator.core.agenda import (
    Agenda,
    Person,
    Project,
    RecordOptions,
    Schedule,
    Section,
    SyncOptions,
    Weigh,
    is_initials,
    minutes_name,
    title,
)
from facilitator.core.datepattern import has_date
from facilitator.core.duration import format_duration
from facilitator.core.schedule import calls
from facilitator.store.schedule_values import SCHEDULE_KEYS, read_schedule
from facilitator.store.strict_yaml import Mapping, Node, Problem, Scalar, StoppedError, quoted
from facilitator.store.yaml_values import Values, kind

KEYS = {
    "agenda": (
        *("title", "minutes", "output", "schedule", "duration", "chair"),
        *("people", "quorum", "agenda", "record", "sync"),
    ),
    "schedule": SCHEDULE_KEYS,
    "person": ("name", "initials", "handle"),
    "section": ("time", "topics", "motions", "total", "each", "weigh", "projects"),
    "project": ("lead", "status", "parts"),
    "record": ("attendance", "timing", "carry"),
    "sync": ("git", "every"),
}
"""The keys of every mapping of an agenda."""
REQUIRED = {
    "title": "title: Team Meeting {date}",
    "minutes": 'minutes: "{date}-team.md"',
    "agenda": "agenda:",
}
"""Keys without which there is no agenda, each with a line that a chair could write."""
WEIGH: tuple[str, ...] = get_args(Weigh)
"""How a group's time can be shared."""
TIMING = ("off", "comment", "table")
"""How the times of the items can be kept."""
GIT = ("auto", "off")
"""Whether landings can be fetched."""

NO_EFFECT_YET = frozenset(
    {
        "motions",
        "weigh: history",
        "quorum",
        "record.attendance",
        "record.timing",
        "record.carry",
        "sync.git",
        "sync.every",
    }
)
"""What is read and checked, and changes nothing so far; a check says so."""


def read_agenda(tree: Node) -> tuple[Agenda | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Read an agenda from its YAML tree. Returns it, None where it is wrong, the problems and the notes."""
    reader = _Reader()
    agenda = None
    with suppress(StoppedError):
        agenda = reader.agenda(tree)
    problems = tuple(reader.problems.found)
    return (None if problems else agenda), problems, tuple(reader.notes)


class _Reader(Values):
    """One pass over the tree of an agenda."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Problem] = []
        self._named: dict[tuple[str, str], int] = {}

    def agenda(self, tree: Node) -> Agenda:
        keys = self.keys(tree, "agenda", KEYS["agenda"])
        if isinstance(tree, Mapping):
            for key, example in REQUIRED.items():
                if not any(key == written.text for written, _ in tree.entries):
                    self.wrong(tree, f"'{key}' is missing; write {example}")
        sections = self.sections(keys.get("agenda"))
        schedule = keys.get("schedule")
        optional: dict[str, Any] = {
            "duration": self.seconds(keys.get("duration"), "duration"),
            "output": self.made(keys.get("output"), "output", _directory),
            "quorum": self.quorum(keys.get("quorum")),
        }
        agenda = Agenda(
            title=self.text(keys.get("title"), "title") or "",
            minutes=self.text(keys.get("minutes"), "minutes") or "",
            sections=sections,
            schedule=read_schedule(self, schedule) if schedule else None,
            chair=self.text(keys.get("chair"), "chair") or "",
            people=self.people(keys.get("people")),
            record=self.record(keys.get("record")),
            sync=self.sync(keys.get("sync")),
            **{key: value for key, value in optional.items() if value is not None},
        )
        self.check_names(agenda, keys)
        self.check_times(agenda, keys.get("duration") or keys.get("agenda") or tree)
        return agenda

    def without_effect(self, name: str, node: Node) -> None:
        """Note a key that is read and changes nothing so far."""
        if name in NO_EFFECT_YET:
            self.notes.append(Problem(node.line, f"'{name}' is understood, but has no effect yet"))

    # sections and projects

    def sections(self, node: Node | None) -> tuple[Section, ...]:
        items = self.items(node, "agenda")
        if node is not None and not items and not isinstance(node, Scalar | Mapping):
            self.wrong(node, "agenda has no sections; write one a line, such as - Announcements: 2m")
        return tuple(section for item in items if (section := self.section(item)))

    def section(self, node: Node) -> Section | None:
        """Read ``Announcements``, ``Announcements: 2m`` or ``Discussion: {time: 8m, topics: true}``."""
        name, value = self.named(node, "section")
        if name is None:
            return None
        if value is None:
            return Section(name)
        if isinstance(value, Scalar):
            return Section(name, time=self.seconds(value, quoted(name)))
        if not isinstance(value, Mapping):
            self.wrong(value, f"{quoted(name)} must have a time or keys such as projects:, not {kind(value)}")
            return None
        return self.section_keys(name, value)

    def section_keys(self, name: str, node: Mapping) -> Section:
        keys = self.keys(node, f"section {quoted(name)}", KEYS["section"])
        weigh = self.choice(keys.get("weigh"), "weigh", WEIGH) or WEIGH[0]
        motions = self.flag(keys.get("motions"), "motions")
        if motions:
            self.without_effect("motions", keys["motions"])
        if "weigh" in keys:
            self.without_effect(f"weigh: {weigh}", keys["weigh"])
        if "projects" in keys:
            if "time" in keys:
                self.wrong(keys["time"], "a section with projects has a 'total' for all or a time for 'each'")
            if "topics" in keys:
                self.wrong(keys["topics"], "a section has topics or projects, not both")
        for key in ("total", "each", "weigh"):
            if key in keys and "projects" not in keys:
                self.wrong(keys[key], f"'{key}' shares time among projects, and {quoted(name)} has none")
        if "total" in keys and "each" in keys:
            self.wrong(
                keys["each"], "a section has a 'total' for all projects or a time for 'each', not both"
            )
        return Section(
            name,
            time=self.seconds(keys.get("time"), "time"),
            topics=self.flag(keys.get("topics"), "topics"),
            motions=motions,
            total=self.seconds(keys.get("total"), "total"),
            each=self.seconds(keys.get("each"), "each"),
            weigh=cast("Weigh", weigh),
            projects=self.projects(keys.get("projects")),
        )

    def projects(self, node: Node | None) -> tuple[Project, ...]:
        items = self.items(node, "projects")
        return tuple(project for item in items if (project := self.project(item)))

    def project(self, node: Node) -> Project | None:
        """Read ``CLI``, ``CLI: Abby Chau`` or ``Eirini: {lead: Julz Friedman, status: incubating}``."""
        name, value = self.named(node, "project")
        if name is None:
            return None
        if value is None:
            return Project(name)
        if isinstance(value, Scalar):
            return Project(name, _lead(self.text(value, "lead") or ""))
        keys = self.keys(value, f"project {quoted(name)}", KEYS["project"])
        parts = self.items(keys.get("parts"), "parts")
        return Project(
            name,
            lead=_lead(self.text(keys.get("lead"), "lead") or ""),
            status=self.text(keys.get("status"), "status") or "",
            parts=tuple(part for item in parts if (part := self.text(item, "a part"))),
        )

    def named(self, node: Node, what: str) -> tuple[str | None, Node | None]:
        """Return the name of a list item and what stands behind its colon."""
        value: Node | None = None
        if isinstance(node, Mapping) and node.entries:
            (node, value), *others = node.entries
            if others:
                hint = f"indent what belongs to {quoted(node.text)} below it"
                self.wrong(others[0][0], f"a list item names one {what}; {hint}")
                return None, None
        elif not isinstance(node, Scalar):
            self.wrong(node, f"a {what} must be a name, or a name, a colon and more, not {kind(node)}")
            return None, None
        name = self.text(node, f"a {what}'s name")
        if name is not None:
            self.once(what, name, node)
        return name, None if isinstance(value, Scalar) and not value.text else value

    def once(self, what: str, name: str, node: Node) -> None:
        """See that no name stands twice: people address sections and projects by them."""
        key = (what, " ".join(name.casefold().split()))
        if key in self._named:
            self.wrong(node, f"{what} {quoted(name)} stands twice; it was in line {self._named[key]}")
        self._named.setdefault(key, node.line)

    # people, quorum, options

    def people(self, node: Node | None) -> tuple[Person, ...]:
        found: list[Person] = []
        for item in self.items(node, "people"):
            keys = self.keys(item, "a person", KEYS["person"])
            name = self.text(keys.get("name"), "name")
            if name is None:
                if "name" not in keys and isinstance(item, Mapping):
                    self.wrong(
                        item, "a person has a name; write - {name: Ann Lee, initials: AL, handle: annlee}"
                    )
                continue
            handle = (self.text(keys.get("handle"), "handle") or "").removeprefix("@")
            person = Person(name, self.text(keys.get("initials"), "initials") or "", handle)
            if person.initials and not is_initials(person.initials):
                text = (
                    f"initials are up to five letters beginning with a capital, not {quoted(person.initials)}"
                )
                self.wrong(keys["initials"], text)
            if " " in person.handle:
                self.wrong(keys["handle"], f"handle must be one word, not {quoted(person.handle)}")
            for key in KEYS["person"]:
                if getattr(person, key):
                    self.once(key, getattr(person, key), keys[key])
            found.append(person)
        return tuple(found)

    def quorum(self, node: Node | None) -> float | int | None:
        if node is not None:
            self.without_effect("quorum", node)
        return self.made(node, "quorum", _quorum)

    def record(self, node: Node | None) -> RecordOptions:
        keys = self.keys(node, "record", KEYS["record"]) if node else {}
        options = RecordOptions(
            attendance=self.flag(keys.get("attendance"), "attendance"),
            timing=cast("Any", self.choice(keys.get("timing"), "timing", TIMING) or TIMING[0]),
            carry=self.flag(keys.get("carry"), "carry"),
        )
        for key in keys:
            if getattr(options, key) not in (False, "off"):
                self.without_effect(f"record.{key}", keys[key])
        return options

    def sync(self, node: Node | None) -> SyncOptions:
        keys = self.keys(node, "sync", KEYS["sync"]) if node else {}
        for key in keys:
            self.without_effect(f"sync.{key}", keys[key])
        every = self.seconds(keys.get("every"), "every")
        git = self.choice(keys.get("git"), "git", GIT) or GIT[0]
        return SyncOptions(cast("Any", git), every) if every else SyncOptions(cast("Any", git))

    # what only the whole shows

    def check_names(self, agenda: Agenda, keys: dict[str, Node]) -> None:
        """Try the patterns of title and minutes on calls of the series."""
        first = date(2024, 1, 31) if not agenda.schedule else agenda.schedule.start or date(2024, 1, 1)
        if agenda.title:
            self.made(keys["title"], "title", lambda _: title(agenda, first))
        if not agenda.minutes:
            return
        node = keys["minutes"]
        if self.made(node, "minutes", lambda _: minutes_name(agenda, first)) is None:
            return
        if not has_date(agenda.minutes):
            self.wrong(node, "minutes: without {date} every call would have the same file")
        elif agenda.schedule:
            self.check_files(agenda, agenda.schedule, first, node)

    def check_files(self, agenda: Agenda, schedule: Schedule, first: date, node: Node) -> None:
        """See that the calls of some months have files of their own."""
        taken: dict[str, date] = {}
        for day in calls(schedule, first, 14):
            earlier = taken.setdefault(minutes_name(agenda, day), day)
            if earlier != day:
                name = minutes_name(agenda, day)
                self.wrong(
                    node, f"minutes: the calls of {earlier} and {day} would share the file {quoted(name)}"
                )
                return

    def check_times(self, agenda: Agenda, node: Node) -> None:
        """See that the sections' times fit into the duration, with something left for those without one."""
        planned = [_planned(section) for section in agenda.sections]
        total = sum(seconds or 0 for seconds in planned)
        duration = format_duration(agenda.duration)
        if total > agenda.duration:
            more = format_duration(total - agenda.duration)
            self.wrong(
                node,
                f"the times add up to {format_duration(total)}, {more} more than the {duration} of the call",
            )
        elif total == agenda.duration and None in planned:
            name = agenda.sections[planned.index(None)].title
            self.wrong(
                node, f"the times take up the whole {duration}, and nothing is left for {quoted(name)}"
            )


def _planned(section: Section) -> int | None:
    if section.each is not None:
        return section.each * len(section.projects)
    return section.total if section.total is not None else section.time


def _lead(text: str) -> str:
    """Return the lead's name; a project said to be vacant has none."""
    return "" if text.casefold().strip("() ") == "vacant" else text


def _directory(text: str) -> str:
    """Return a directory below the current one: an agenda by somebody else must not reach out of it."""
    if text.startswith(("/", "~")) or "\\" in text or ".." in text.split("/"):
        raise ValueError(
            f"{quoted(text)} must be a directory below the current one; --output can name any other"
        )
    return text


def _quorum(text: str) -> float | int:
    found = re.fullmatch(r"([0-9]{1,4})( ?%)?", text)
    number = int(found.group(1)) if found else 0
    if not found or number < 1 or (found.group(2) and number > 100):
        raise ValueError(
            f"{quoted(text)} is not a quorum; write a share of the leads such as 50%, or a number such as 7"
        )
    return number / 100 if found.group(2) else number
