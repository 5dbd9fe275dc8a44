"""The sections and projects of an agenda.

- A section is its name, its name and timebox, or its name and keys: ``Discussion: {time: 8m, topics: true}``.
- A project is its name (vacant), its name and lead, or its name and keys: ``Eirini: {lead: Julz, status: new}``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from facilitator.core.agenda import Project, Section, Weigh
from facilitator.store.agenda_keys import KEYS, NO_EFFECT_YET, WEIGH
from facilitator.store.strict_yaml import Mapping, Node, Problem, Scalar, quoted
from facilitator.store.yaml_values import Values, kind


class SectionValues(Values):
    """Reads sections, and gathers notes on what has no effect yet."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Problem] = []
        self._named: dict[tuple[str, str], int] = {}

    def without_effect(self, name: str, node: Node) -> None:
        """Note a key that is read and changes nothing so far."""
        if name in NO_EFFECT_YET:
            self.notes.append(Problem(node.line, f"'{name}' is understood, but has no effect yet"))

    def sections(self, node: Node | None) -> tuple[Section, ...]:
        """Read the sections; there is at least one."""
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
        """Read a section with keys."""
        keys = self.keys(node, f"section {quoted(name)}", KEYS["section"])
        weigh = self.choice(keys.get("weigh"), "weigh", WEIGH) or WEIGH[0]
        for key, text in _contradictions(name, keys):
            self.wrong(keys[key], text)
        return Section(
            name,
            time=self.seconds(keys.get("time"), "time"),
            topics=self.flag(keys.get("topics"), "topics"),
            motions=self.flag(keys.get("motions"), "motions"),
            total=self.seconds(keys.get("total"), "total"),
            each=self.seconds(keys.get("each"), "each"),
            weigh=cast("Weigh", weigh),
            projects=self.projects(keys.get("projects")),
            pinned=self.flag(keys.get("pinned"), "pinned"),
        )

    def projects(self, node: Node | None) -> tuple[Project, ...]:
        """Read the projects of a section."""
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
            pinned=self.flag(keys.get("pinned"), "pinned"),
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


def _lead(text: str) -> str:
    """Return the lead's name; a project said to be vacant has none."""
    return "" if text.casefold().strip("() ") == "vacant" else text


def _contradictions(name: str, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield keys of a section that do not go with the others, and why."""
    if "projects" not in keys:
        for key in ("total", "each", "weigh"):
            if key in keys:
                yield key, f"'{key}' shares time among projects, and {quoted(name)} has none"
        return
    if "time" in keys:
        yield "time", "a section with projects has a 'total' for all or a time for 'each'"
    if "topics" in keys:
        yield "topics", "a section has topics or projects, not both"
    if "total" in keys and "each" in keys:
        yield "each", "a section has a 'total' for all projects or a time for 'each', not both"
