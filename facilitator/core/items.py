"""What the chair steps through: the items of a document.

With an agenda, a heading that names a project of the roster is that project's item wherever the outline
puts it, a heading that names a section of the agenda is that section's, and every other heading belongs to
the item above it. A section with topics gives one item for each of its top-level list items. A group of
projects is no item. What the document lacks is an item without a section, at its place in the agenda.

Without an agenda the outline decides:

1. The first heading is the title, and no item, if a deeper heading comes next. Sections are the headings of
   the highest level below it (of its own level where the title is not of level 1 and that level goes on).
2. A heading above the sections' level further down was pasted and belongs to the item it stands in, unless
   it has no text of its own and a section comes next: then it divides, and names the group of what follows.
3. A section with several subsections, or one that names its lead, and at most ``outline_items.LITTLE`` words
   of its own is a group: its subsections are the items. Deeper headings belong to their item.
4. A section called agenda that names other headings is a table of contents, one that is empty announces
   what follows, and neither is an item; any other agenda gives one topic for each of its top-level list
   items. So does every section with two or more of those, of which at least half grant themselves a timebox.
5. Attendance, links and other particulars of the meeting are no items (``outline_items.PARTICULARS``).
6. Where nothing is left, the document is one item.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from facilitator.core.agenda_items import by_agenda, has_topics
from facilitator.core.following import follow
from facilitator.core.headings import heading
from facilitator.core.item import Item, with_own_keys
from facilitator.core.outline_items import by_outline
from facilitator.core.spans import Span
from facilitator.core.steps import counted, steps, topic

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.core.document import Document

__all__ = ["Item", "follow", "heading", "infer", "refresh", "spans"]


def infer(
    document: Document, agenda: Agenda | None = None, captured: Collection[int] = ()
) -> tuple[Item, ...]:
    """Find the items of a document, in the agenda's order, else in the file's.

    The list items that begin at the bytes ``captured`` are entries of the call, and no topics.
    """
    if agenda and agenda.sections:
        return with_own_keys(by_agenda(document, agenda, captured))
    return with_own_keys(by_outline(document, captured))


def spans(document: Document, item: Item) -> tuple[Span, ...]:
    """Return an item's text in file order, without its own heading; a topic's is its list item."""
    pieces: list[Span] = []
    for index in item.sections:
        if index == item.section:
            piece = topic(document, item).span if item.bullet is not None else document.own(index)
        else:
            section = document.sections[index]
            piece = Span(section.heading.start, section.own.end)
        if pieces and pieces[-1].end == piece.start:
            piece = Span(pieces.pop().start, piece.end)
        pieces.append(piece)
    return tuple(pieces)


def refresh(
    items: tuple[Item, ...],
    document: Document,
    agenda: Agenda | None,
    section: int,
    captured: Collection[int] = (),
) -> tuple[Item, ...]:
    """Return the items after an edit inside one section's own text that changed no heading.

    The work is that of the one section. Whether a section is a group is not asked again: the running order
    does not change under the chair because of a sentence more. ``captured`` is as for ``infer``.
    """
    touched = [place for place, item in enumerate(items) if section in item.sections]
    if not touched:
        return items
    first, after = touched[0], touched[-1] + 1
    old = items[first:after]
    if section != old[0].section:
        new: Sequence[Item] = [counted(document, item) for item in old]
    else:
        whole = counted(document, replace(old[0], bullet=None, sections=old[-1].sections))
        if whole.kind == "topic":
            whole = replace(whole, kind="section", title=whole.group, group="", timebox=None)
        topics = has_topics(agenda, whole.title) if agenda and agenda.sections else None
        new = follow(old, with_own_keys(steps(document, whole, topics, captured)))
    return items[:first] + tuple(new) + items[after:]
