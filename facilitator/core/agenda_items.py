"""The items of a document whose agenda is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from facilitator.core import headings
from facilitator.core.agenda import Agenda, Project, names
from facilitator.core.agenda import Section as AgendaSection
from facilitator.core.headings import heading, name_key
from facilitator.core.inline import plain
from facilitator.core.item import Item
from facilitator.core.steps import counted, steps

if TYPE_CHECKING:
    from facilitator.core.document import Document

RECORD = frozenset(
    {"agenda", "parking lot", "action items from previous meetings", "attendees", "time taken"}
)
"""Names of sections that belong to the record as a whole, never to the item above them."""


_Entry = AgendaSection | Project


class _Names:
    """The names an agenda knows, from its own spelling to the most lenient that is not ambiguous."""

    def __init__(self, agenda: Agenda) -> None:
        entries: list[tuple[AgendaSection | Project, str]] = [
            (entry, entry.title) for entry in agenda.sections
        ]
        entries += [(entry, entry.name) for entry in agenda.projects]
        self._spellings: list[dict[str, _Entry]] = []
        for spell in _SPELLINGS:
            keys = Counter(spell(name) for _, name in entries)
            self._spellings.append({spell(name): e for e, name in entries if keys[spell(name)] == 1})

    def find(self, title: str) -> _Entry | None:
        """Return what a heading names."""
        candidates = headings.projects(title)
        for spell, known in zip(_SPELLINGS, self._spellings, strict=True):
            for candidate in candidates:
                if (found := known.get(spell(candidate))) and spell(candidate):
                    return found
        return None


def _spelled(name: str) -> str:
    return name_key(plain(name))


def _without_parentheses(name: str) -> str:
    return _spelled(re.sub(r"\([^()]*\)", " ", plain(name)))


def singular(name: str) -> str:
    """Return a name without parentheses and the plural of its words."""
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") else w for w in _without_parentheses(name).split()
    )


def _unspaced(name: str) -> str:
    return _without_parentheses(name).replace(" ", "")


_SPELLINGS = (_spelled, _without_parentheses, singular, _unspaced)


def has_topics(agenda: Agenda, title: str) -> bool:
    """Say whether the list items of a section are topics."""
    found = _Names(agenda).find(title)
    return isinstance(found, AgendaSection) and found.topics


def by_agenda(document: Document, agenda: Agenda, captured: Collection[int] = ()) -> list[Item]:
    """Find the items of a document in the agenda's order; what was ``captured`` is no topic."""
    known = _sections_by_name(document, agenda)
    items: list[Item] = []
    for section in agenda.sections:
        if not section.projects:
            item = Item("", "section", _plain(section.title), pinned=section.pinned)
            items += _placed(document, item, known.get(id(section), ()), section.topics, captured)
        for project in section.projects:
            item = Item("", "project", _plain(project.name), _plain(section.title), names(project.lead))
            item = replace(item, status=project.status, pinned=project.pinned or section.pinned)
            items += _placed(document, item, known.get(id(project), ()), False, captured)
    return items


def _sections_by_name(document: Document, agenda: Agenda) -> dict[int, list[int]]:
    """Return which sections belong to each entry of the agenda (by ``id``), its own heading first."""
    known_names = _Names(agenda)
    sections = list(document.sections)[1:]
    named = [(section, known_names.find(section.title)) for section in sections]
    top = min((section.level for section, entry in named if entry), default=1)
    usual = Counter(section.level for section, entry in named if isinstance(entry, Project))
    deepest = max(usual, key=lambda level: (usual[level], -level), default=top)
    levels: dict[int, int] = {}  # a name below the usual level is a remark, unless it stands nowhere else
    for section, entry in named:
        if entry:
            levels[id(entry)] = max(deepest, min(section.level, levels.get(id(entry), section.level)))
    found: dict[int, list[int]] = {}
    current: int | None = None
    for section, entry in named:
        if entry and section.level <= levels[id(entry)]:
            current = id(entry)
        elif section.level <= top and name_key(plain(section.title)) in RECORD:
            current = None
        if current is not None:
            found.setdefault(current, []).append(section.index)
    return found


def _placed(
    document: Document, item: Item, sections: Sequence[int], topics: bool, captured: Collection[int]
) -> list[Item]:
    """Fill in what the document says of an item of the agenda."""
    if not sections:
        return [item]
    said = heading(document.sections[sections[0]].title)
    item = replace(item, section=sections[0], sections=tuple(sections), timebox=said.timebox)
    if item.kind == "project":
        leads = said.leads if said.leads or said.remark else item.leads
        item = replace(item, leads=leads, status=said.status or item.status, remark=said.remark)
    return steps(document, counted(document, item), topics, captured)


def _plain(title: str) -> str:
    return headings.title(title)
