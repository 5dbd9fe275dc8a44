"""What an agenda may say: the type of every key, and how they hang together."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any, cast

from facilitator.core.agenda import (
    Agenda,
    Person,
    RecordOptions,
    Section,
    SyncOptions,
    is_initials,
    minutes_name,
    title,
)
from facilitator.core.datepattern import has_date
from facilitator.core.duration import format_duration
from facilitator.core.schedule import calls
from facilitator.store.agenda_keys import ADAPT, GIT, KEYS, REQUIRED, TIMING
from facilitator.store.schedule_values import read_schedule
from facilitator.store.section_values import SectionValues
from facilitator.store.strict_yaml import Mapping, Node, Problem, StoppedError, quoted


def read_agenda(tree: Node) -> tuple[Agenda | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Read an agenda from its YAML tree. Returns it, None where it is wrong, the problems and the notes."""
    reader = _Reader()
    agenda = None
    with suppress(StoppedError):
        agenda = reader.agenda(tree)
    problems = tuple(reader.problems.found)
    return (None if problems else agenda), problems, tuple(reader.notes)


class _Reader(SectionValues):
    """One pass over the tree of an agenda."""

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
            "quorum": self.made(keys.get("quorum"), "quorum", _quorum),
            "adapt": self.choice(keys.get("adapt"), "adapt", ADAPT),
            "objections": self.seconds(keys.get("objections"), "objections"),
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
        if "duration" not in keys or optional["duration"] is not None:
            self.check_times(agenda, keys.get("duration") or keys.get("agenda") or tree)
        return agenda

    def people(self, node: Node | None) -> tuple[Person, ...]:
        return tuple(person for item in self.items(node, "people") if (person := self.person(item)))

    def person(self, node: Node) -> Person | None:
        keys = self.keys(node, "a person", KEYS["person"])
        if "name" not in keys and isinstance(node, Mapping):
            self.wrong(node, "a person has a name; write - {name: Ann Lee, initials: AL, handle: annlee}")
        person = Person(
            name=self.text(keys.get("name"), "name") or "",
            initials=self.made(keys.get("initials"), "initials", _initials) or "",
            handle=self.made(keys.get("handle"), "handle", _handle) or "",
        )
        for key in KEYS["person"]:
            if getattr(person, key):
                self.once(key, getattr(person, key), keys[key])
        return person if person.name else None

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
        if agenda.minutes:
            self.made(keys["minutes"], "minutes", lambda _: _files(agenda, first))

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
        elif total == agenda.duration and None in planned and not self.problems.found:
            name = agenda.sections[planned.index(None)].title
            self.wrong(
                node, f"the times take up the whole {duration}, and nothing is left for {quoted(name)}"
            )


def _files(agenda: Agenda, first: date) -> dict[str, date]:
    """Return the files of the next calls. Raises ValueError where a call has none, or not one of its own."""
    minutes_name(agenda, first)
    if not has_date(agenda.minutes):
        raise ValueError("without {date} every call would have the same file")
    files: dict[str, date] = {}
    for day in calls(agenda.schedule, first, 14) if agenda.schedule else ():
        name = minutes_name(agenda, day)
        if name in files:
            raise ValueError(f"the calls of {files[name]} and {day} would share the file {quoted(name)}")
        files[name] = day
    return files


def _planned(section: Section) -> int | None:
    if section.each is not None:
        return section.each * len(section.projects)
    return section.total if section.total is not None else section.time


def _initials(text: str) -> str:
    if not is_initials(text):
        raise ValueError(f"{quoted(text)} should be up to five letters beginning with a capital, such as EM")
    return text


def _handle(text: str) -> str:
    if " " in text:
        raise ValueError(f"{quoted(text)} should be one word")
    return text.removeprefix("@")


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
