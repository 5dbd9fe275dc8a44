"""The running order as a chair reads it: groups, items, how far each is and what it took.

Pure: rows of plain values, made from the meeting and a moment. Screens draw them, the wrap-up lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import timeline
from .meeting import Meeting

State = Literal["coming", "now", "done", "passed"]
"""``passed`` is an item the call went by without stopping."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the running order: a group's title (``item`` is empty), or an item with its time in seconds."""

    title: str
    item: str = ""
    indent: int = 0
    state: State = "coming"
    budget: int = 0
    spent: float = 0.0
    quiet: bool = False
    entries: int = 0
    """How many entries were captured under it."""


def rows(meeting: Meeting, now: float) -> list[Row]:
    """Return the rows at ``now``, in running order, each group's title before its first item."""
    spent = timeline.spent(meeting.timeline, now)
    here = meeting.index(meeting.current)
    made: list[Row] = []
    group = ""
    for at, item in enumerate(meeting.items):
        if item.group != group:
            group = item.group
            if group:
                made.append(Row(group))
        made.append(
            Row(
                title=item.title,
                item=item.key,
                indent=1 if group else 0,
                state=_state(at, here, item.key in spent, meeting),
                budget=meeting.budget(item.key),
                spent=spent.get(item.key, 0.0),
                quiet=not item.words,
                entries=sum(1 for one in meeting.captured if one.item == item.key),
            )
        )
    return made


def _state(at: int, here: int, visited: bool, meeting: Meeting) -> State:
    if at == here and meeting.adjourned_at is None:
        return "now"
    if visited:
        return "done"
    return "passed" if at < here and meeting.timeline else "coming"


def find(meeting: Meeting, typed: str) -> str:
    """Return the key of the item that a part of its title or of its lead's name means; empty for none.

    A title that begins so comes first, then a word in a title, then anything that holds it.
    """
    wanted = typed.casefold().strip()
    if not wanted:
        return ""
    ranked = []
    for at, item in enumerate(meeting.items):
        title = item.title.casefold()
        names = [title, *(lead.casefold() for lead in item.leads)]
        if title.startswith(wanted):
            ranked.append((0, at))
        elif any(word.startswith(wanted) for name in names for word in name.split()):
            ranked.append((1, at))
        elif any(wanted in name for name in names):
            ranked.append((2, at))
    return meeting.items[min(ranked)[1]].key if ranked else ""
