"""Where an entry goes in the minutes: under its item, and under a new heading where the item has none yet."""

from __future__ import annotations

from collections.abc import Sequence

from . import ledger, record
from .agenda import Agenda
from .document import Document, ListItem
from .headings import name_key
from .items import Item
from .record import Entry, Motion, Outcome
from .spans import Span, Splice
from .template import heading_text, project_heading
from .writing import insertions, new_heading

_SECTION, _PROJECT = 2, 3
"""Levels of new headings where there are none to go by."""


def entry(document: Document, item: Item, entry: Entry) -> Splice:
    """Return the insertion of an entry at the end of the item's own text; an outcome goes below its motion.

    Raises as ``entries`` does.
    """
    return entries(document, item, [entry])[0]


def entries(document: Document, item: Item, entries: Sequence[Entry]) -> tuple[Splice, tuple[int, ...]]:
    """Return one insertion of several entries, outcomes not among them, and how many of its bytes each takes up.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow them.
        ValueError: where the item has no heading yet.

    """
    if item.section is None:
        raise ValueError(f"{item.title} has no heading to write under")
    bullets = document.list_items(item.section)
    under = None if item.bullet is None else bullets[item.bullet]
    if isinstance(entries[0], Outcome) and (found := unsettled(document, item)):
        under = found[0]
    return insertions(document, item.section, [record.lines(entry) for entry in entries], under)


def unsettled(document: Document, item: Item) -> tuple[ListItem, Motion] | None:
    """Return the last motion under the item that has no outcome, and where it stands; None where there is none."""
    if item.section is None or b"**Motion:**" not in document.source[slice(*document.own(item.section))]:
        return None
    bullets = document.list_items(item.section)
    within = Span(0, len(document.source)) if item.bullet is None else bullets[item.bullet].span
    for at in reversed(range(len(bullets))):
        if "**Motion:**" in bullets[at].text and within.start <= bullets[at].span.start < within.end:
            found = ledger.read(bullets, at)
            if isinstance(found, Motion) and found.outcome is None:
                return bullets[at], found
    return None


def headings(
    document: Document, items: Sequence[Item], item: Item, agenda: Agenda | None
) -> tuple[Splice, ...]:
    """Return the splices that give an item its heading, where the agenda has it; first its group's, if that is missing.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow the heading.

    """
    made = []
    level = _PROJECT if item.group else _SECTION
    at = _place(document, items, item)
    siblings = [one.section for one in items if one.group == item.group and one.section is not None]
    if siblings:
        level = document.sections[siblings[0]].level
    elif item.group and not _has_heading(document, item.group):
        made.append(new_heading(document, _SECTION, heading_text(item.group), at))
        document = document.apply(made[0])
        at += made[0].delta
    made.append(new_heading(document, level, heading_text(_title(item, agenda)), at))
    return tuple(made)


def _place(document: Document, items: Sequence[Item], item: Item) -> int:
    """Return the byte where the next item in running order that has a heading begins; the end where none has."""
    at = next(place for place, one in enumerate(items) if one.key == item.key)
    before = [one for one in items[:at] if one.sections]
    if before:
        return document.own(max(before[-1].sections)).end
    after = next((one.section for one in items[at + 1 :] if one.section is not None), None)
    return len(document.source) if after is None else document.sections[after].heading.start


def _has_heading(document: Document, title: str) -> bool:
    return any(name_key(section.title) == name_key(title) for section in document.sections)


def _title(item: Item, agenda: Agenda | None) -> str:
    for project in agenda.projects if agenda else ():
        if item.kind == "project" and name_key(project.name) == name_key(item.title):
            return project_heading(project)
    return item.title
