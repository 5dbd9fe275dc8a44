"""The items of a document by its outline alone; the rule is written down in ``items``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from facilitator.core import headings
from facilitator.core.agenda_items import singular
from facilitator.core.headings import heading, name_key
from facilitator.core.inline import plain
from facilitator.core.item import Item
from facilitator.core.steps import AGENDA, counted, steps, words

if TYPE_CHECKING:
    from facilitator.core.document import Document, Section

LITTLE = 40
"""Words that a group may have of its own."""

PARTICULARS = frozenset(
    {
        "attendees",
        "attendance",
        "attending",
        "participants",
        "present",
        "regrets",
        "apologies",
        "absent",
        "roll call",
        "links",
        "logistics",
        "registration",
        "when where",
        "zoom info",
        "upcoming meetings",
        "time taken",
        "contents",
        "table of contents",
        "dates and locations of future meetings",
    }
)
"""Names of sections that say who, when and where; there is nothing in them to speak about."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A section of the outline and what stands in it."""

    section: Section
    divider: str
    members: list[Section]


def by_outline(document: Document, captured: Collection[int] = ()) -> list[Item]:
    """Find the items of a document in its own order; what was ``captured`` is no topic."""
    sections = list(document.sections)
    nodes = _nodes(document, sections)
    others = {singular(section.title) for section in sections[1:]}
    found = [item for node in nodes for item in _of_node(document, node, others, captured)]
    if found:
        return found
    last = len(sections) > 1
    title = headings.title(sections[1].title, heading=True) if last else "Minutes"
    whole = Item("", "section", title, section=int(last), sections=tuple(range(int(last), len(sections))))
    return [counted(document, whole)]


def _nodes(document: Document, sections: list[Section]) -> list[_Node]:
    """Cut the document into the sections of its outline."""
    levels = [section.level for section in sections[1:]]
    if not levels:
        return []
    title_ends = 2 if len(levels) == 1 or levels[1] > levels[0] else 1
    rest = levels[title_ends - 1 :]
    if title_ends == 1 or (levels[0] > 1 and levels[0] in rest):
        level = levels[0]
    else:
        level = min((other for other in rest if other > levels[0]), default=levels[0])
    nodes: list[_Node] = []
    divider = ""
    for section in sections[title_ends:]:
        follows = section.index + 1
        if section.level == level:
            nodes.append(_Node(section, divider, []))
        elif (
            section.level < level
            and follows < len(sections)
            and sections[follows].level == level
            and not _own(document, section)
        ):
            divider = headings.title(section.title, heading=True)
        elif nodes:
            nodes[-1].members.append(section)
    return nodes


def _parts(members: Sequence[Section], level: int) -> list[tuple[Section, list[Section]]]:
    """Cut a group into its subsections of a level, each with what belongs to it."""
    found: list[tuple[Section, list[Section]]] = []
    for member in members:
        if member.level == level:
            found.append((member, []))
        elif found:
            found[-1][1].append(member)
    return found


def _is_particular(title: str) -> bool:
    """Say whether a section holds particulars; ``Present: Ann`` made a heading by a line of dashes does."""
    shown = plain(title)
    return name_key(shown) in PARTICULARS or (
        name_key(shown.partition(":")[0]) in PARTICULARS and ":" in shown.rstrip(" :")
    )


def _own(document: Document, section: Section) -> int:
    return words(document.text(section.own))


def _of_node(document: Document, node: _Node, others: set[str], captured: Collection[int]) -> Iterator[Item]:
    section, name = node.section, name_key(plain(node.section.title))
    if _is_particular(section.title):
        return
    deeper = [member.level for member in node.members if member.level > section.level]
    said = heading(section.title)
    parts = [member for member in node.members if deeper and member.level == min(deeper)]
    led = [part for part in parts if heading(part.title).leads]
    own = _own(document, section)
    if parts and not said.leads and own <= LITTLE and (len(parts) > 1 or led or not own):
        projects = bool(led) or any(heading(part.title).status for part in parts)
        for part, belonging in _parts(node.members, min(deeper)):
            if not _is_particular(part.title):
                yield from _of_heading(
                    document, part, belonging, headings.title(section.title, heading=True), projects, captured
                )
        return
    if name in AGENDA:
        listed = [item for item in document.list_items(section) if item.depth == 0]
        if not own or any(singular(item.text) in others for item in listed):
            return
    yield from _of_heading(document, section, node.members, node.divider, bool(said.leads), captured)


def _of_heading(
    document: Document,
    section: Section,
    members: Sequence[Section],
    group: str,
    project: bool,
    captured: Collection[int],
) -> list[Item]:
    said = heading(section.title)
    title = plain(said.project) if project else headings.title(section.title, heading=True)
    item = Item("", "project" if project else "section", title, group, said.leads, said.status, said.remark)
    indexes = (section.index, *(member.index for member in members))
    item = replace(item, timebox=said.timebox, section=section.index, sections=indexes)
    return steps(document, counted(document, item), None, captured)
