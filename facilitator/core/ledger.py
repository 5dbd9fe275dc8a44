"""What stands recorded in minutes: every entry with its place, action items and attendance above all.

A list item is an action item if it says so, or if what it stands under does: a heading ``Action Items``, a
line ``Action items:`` right before its list, or a bullet with these words that it is nested in. Boxes alone
say nothing: most boxes in real minutes are attendance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from . import recorded
from .document import Document, ListItem, Section, Span
from .record import Action, Attendee, Entry, Motion

_ACTIONS = re.compile(
    r"(?:(?:open|new|current|carried|outstanding)\s+)?(?:action(?:\s+item)?s?|to-?dos?)(?:\s+from\s.*)?",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:in\s+)?attend(?:ees|ance)|participants|(?:members\s+|people\s+)?present|roll\s?-?call", re.IGNORECASE
)
_NOTHING = frozenset({"", "none", "n/a", "na", "tbd", "nothing"})
_DECORATION = "*_#:~ \t"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry and the list item it stands in."""

    entry: Entry
    item: ListItem


def entries(document: Document) -> Iterator[Recorded]:
    """Read every list item in file order; a motion comes with its outcome."""
    for index in range(len(document.sections)):
        items = document.list_items(index)
        for at, (item, said) in enumerate(zip(items, _said(document, index, items), strict=True)):
            if said and not _is_nothing(item.text):
                yield Recorded(recorded.action(item.text, item.task), item)
            else:
                yield Recorded(read(items, at), item)


def actions(document: Document) -> tuple[tuple[Action, ListItem], ...]:
    """Return the action items, done ones too, in file order."""
    return tuple((one.entry, one.item) for one in entries(document) if isinstance(one.entry, Action))


def attendance(document: Document) -> tuple[Attendee, ...]:
    """Return who is listed in the sections on attendance; where people have boxes, those that are ticked."""
    found: list[Attendee] = []
    for section in attendance_sections(document):
        items = [item for item in document.list_items(section) if item.depth == 0]
        boxes = any(item.task is not None for item in items)
        came = [item for item in items if item.task or not boxes]
        found += [recorded.attendee(item.text) for item in came if not _is_nothing(item.text)]
    return tuple(found)


def attendance_sections(document: Document) -> tuple[Section, ...]:
    """Return the sections that say who is there."""
    return tuple(section for section in document.sections if is_attendance(section.title))


def is_action_list(title: str) -> bool:
    """Say whether a section of this title, or what stands below a line like it, holds action items."""
    return bool(_ACTIONS.fullmatch(title.strip(_DECORATION)))


def is_attendance(title: str) -> bool:
    """Say whether a section of this title says who is there."""
    return bool(_PEOPLE.fullmatch(title.strip(_DECORATION)))


def _said(document: Document, index: int, items: Sequence[ListItem]) -> Iterator[bool]:
    """Say for each item whether what it stands under makes it an action item."""
    title = document.sections[index].title if index else ""
    headed, listed = is_action_list(title), False
    end = document.own(index).start
    parents: list[bool] = []
    for item in items:
        if item.depth == 0:
            before = document.text(Span(end, item.span.start)).strip()
            listed = is_action_list(before[-120:].splitlines()[-1]) if before else listed
            end = item.span.end
        del parents[item.depth :]
        parents += [False] * (item.depth - len(parents))
        yield parents[-1] if item.depth else headed or listed
        parents.append(is_action_list(item.text))


def _is_nothing(text: str) -> bool:
    """Say whether an item only fills a place: ``none``, ``N/A``, a dash."""
    return text.strip(_DECORATION + "-().!?").casefold() in _NOTHING


def read(items: Sequence[ListItem], at: int) -> Entry:
    """Read one of the list items of a section by itself; a motion comes with the outcome below it."""
    item = items[at]
    entry = recorded.read(item.text)
    if not isinstance(entry, Motion):
        return entry
    below = takewhile(lambda one: one.depth > item.depth, items[at + 1 :])
    return recorded.read(item.text, nested=[one.text for one in below if one.depth == item.depth + 1])
