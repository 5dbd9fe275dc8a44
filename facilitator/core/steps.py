"""What a section gives the chair to step through: itself or its topics, and how much is written there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from facilitator.core import headings
from facilitator.core.headings import heading, name_key
from facilitator.core.item import Item

if TYPE_CHECKING:
    from facilitator.core.document import Document, ListItem

AGENDA = frozenset({"agenda", "agenda items", "topics", "table of contents", "contents"})
"""Names of sections whose list items are topics where no agenda file says otherwise."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_PLACEHOLDER = re.compile(r"^[ \t>*+-]*\[[^\]\n]{4,}\][ \t]*$", re.M)
_WORD = re.compile(r"\w\S*")
"""One match for each run without white space that holds a letter or digit."""
_RECORDED = re.compile(r"(?:\[[ xX]\] )?\*\*(?:Action|Decision|Motion):\*\*")
_BOX = re.compile(r"\[[ xX]\]\s+")


def steps(document: Document, item: Item, topics: bool | None, captured: Collection[int] = ()) -> list[Item]:
    """Return the topics of a section's item where it has any, else the item; None asks the outline's rule.

    The list items that begin at the bytes ``captured`` are none.
    """
    assert item.section is not None
    asked = topics is None and name_key(item.title) not in AGENDA
    if asked and not headings.may_hold_timebox(document.text(document.own(item.section))):
        return [item]
    listed = document.list_items(item.section)
    bullets = [
        (number, bullet)
        for number, bullet in enumerate(listed)
        if bullet.depth == 0
        and bullet.span.start not in captured
        and bullet.text.strip()
        and not _RECORDED.match(bullet.text)
    ]
    boxes = [_bullet_timebox(listed, number) for number, _ in bullets]
    if topics is None:
        many = len(bullets) > 1 and 2 * sum(box is not None for box in boxes) >= len(bullets)
        topics = many or name_key(item.title) in AGENDA
    if not topics or not bullets:
        return [item]
    found = []
    for (number, bullet), box in zip(bullets, boxes, strict=True):
        name = headings.title(_BOX.sub("", bullet.text)) or "…"
        lead = heading(bullet.text).leads if box is not None else ()
        topic = Item("", "topic", name, item.title, lead, timebox=box, section=item.section)
        found.append(replace(topic, sections=(item.section,), bullet=number, pinned=item.pinned))
    found[-1] = replace(found[-1], sections=item.sections)
    return [counted(document, topic) for topic in found]


def _bullet_timebox(listed: Sequence[ListItem], number: int) -> int | None:
    """Return the timebox in a list item's text, or in an item right below it that says nothing else."""
    own = headings.timebox(listed[number].text)
    if own is not None:
        return own
    for child in listed[number + 1 :]:
        if child.depth <= listed[number].depth:
            break
        box = headings.timebox(child.text, trailing=True)
        if child.depth == listed[number].depth + 1 and box is not None and headings.is_timebox(child.text):
            return box
    return None


def topic(document: Document, item: Item) -> ListItem:
    """Return the list item of a topic."""
    assert item.section is not None
    assert item.bullet is not None
    return document.list_items(item.section)[item.bullet]


def counted(document: Document, item: Item) -> Item:
    """Count the words of an item again."""
    texts = []
    for index in item.sections:
        whole = index != item.section or item.bullet is None
        texts.append(document.text(document.own(index) if whole else topic(document, item).span))
    return replace(item, words=sum(map(words, texts)))


def words(text: str) -> int:
    """Count words; comments and what a template says in brackets (``[add updates here]``) are none."""
    text = _PLACEHOLDER.sub("", _COMMENT.sub("", text))
    return len(_WORD.findall(text))
