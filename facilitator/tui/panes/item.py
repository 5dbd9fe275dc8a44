"""The item in view: whose it is, its clock, and its text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from ...core import pacing
from ...core.item import Item
from ...core.meeting import Meeting
from ..text import between, clip, content, literal

STYLES = {"calm": "$now", "warning": "$soon", "overtime": "$overtime"}
_ROOMY = 60
"""Columns from which on there is room for what was planned, too."""
_LEAD = 4
"""Columns from which on a lead's name is begun beside the title."""
_NOTHING = "nothing written yet"
_EMPTY = literal("")


def head(meeting: Meeting, key: str, now: float, width: int, rows: int, looking: str) -> list[Content]:
    """Draw title and lead, the time left, and, where there is room, a bar that runs with it.

    ``looking`` is said in the time's place where the call is on another item.
    """
    item = meeting.item(key)
    words, bar = _clock(meeting, key, now, width, looking)
    name = clip(item.title, max(8, width - words.cell_length - 4))
    room = width - words.cell_length - cell_len(name) - 5
    lead = clip(whose(item), room) if room >= _LEAD else ""
    left = literal(name, "bold") + literal(f"  {lead}".rstrip(), "$quiet")
    return [between(left, words, width, margin=1), bar, _EMPTY][:rows]


@lru_cache(maxsize=64)
def text(source: bytes, topic: bool, as_source: bool, width: int) -> Sequence[Content]:
    """Draw an item's text, rendered or as it is written."""
    if not source.strip():
        return [literal(f" {_NOTHING}", "$faint")]
    from ...core import render  # a call often begins with an item nobody has written into

    page = render.as_written(source) if as_source else render.render(source, topic=topic)
    rows = content(page.lines, max(2, width - 2)) or [literal(_NOTHING, "$faint")]
    return [literal(" ") + row for row in rows]


def scrolled(rows: Sequence[Content], top: int, height: int, width: int, key: str) -> list[Content]:
    """Cut ``height`` rows out, from ``top`` on; where there are more below, the last one says how many.

    ``key`` shows them; empty where none does.
    """
    shown = list(rows[top : top + height])
    below = len(rows) - top - height
    if below > 0 and height > 1:
        more = f"↓ {below + 1} more" + (f", {key}" if key else "")
        shown[-1] = between(literal(""), literal(more, "$quiet"), width, margin=1)
    return shown + [_EMPTY] * (height - len(shown))


def roll_call_rows(
    members: Sequence[Item], confirmed: Collection[str], keys: str, width: int
) -> list[Content]:
    """Draw who is asked at a roll call; who has been is told quietly. ``keys`` says what can be done.

    That comes first: who is asked may be more than there are rows.
    """
    rows = []
    for one in members:
        asked = one.key in confirmed
        name = literal(f" {'✓' if asked else '·'} {one.title}", "$quiet" if asked else "")
        leads = clip(", ".join(one.leads), width // 2)
        rows.append(between(name, literal(leads, "$quiet"), width, margin=1))
    told = [literal(" ") + row for row in literal(keys, "$quiet").wrap(width - 2)] if keys else []
    return [*told, *([literal("")] if told else []), *rows]


def _clock(meeting: Meeting, key: str, now: float, width: int, looking: str) -> tuple[Content, Content]:
    """Return the words about the item's time, and its bar."""
    clock = pacing.item_clock(meeting, key, now)
    budget = pacing.clock(clock.budget)
    if key != meeting.current:
        return literal(looking, "$quiet"), _bar(0, width, "$faint")
    if not meeting.timeline or meeting.adjourned_at is not None:
        return literal(budget, "$quiet"), _bar(0, width, "$faint")
    style = STYLES[clock.state]
    share = clock.spent / clock.budget if clock.budget else 1.0
    left = clock.left
    if left <= 0:
        words = literal(f"{pacing.clock(left)[1 if left <= -1 else 0 :]} over", f"bold {style}")
    else:
        words = literal(pacing.clock(left), f"bold {style}") + literal(" left")
    planned = meeting.planned.get(key, clock.budget)
    aside = f", planned {pacing.clock(planned)}" if planned != clock.budget and width >= _ROOMY else ""
    return words + literal(f" of {budget}{aside}", "$quiet"), _bar(share, width, style)


def whose(item: Item) -> str:
    """Return status, leads and remark of an item, as far as it has them."""
    return " · ".join(part for part in (item.status, ", ".join(item.leads), item.remark) if part)


def _bar(share: float, width: int, style: str) -> Content:
    """Return a bar of ``width`` cells, filled to half a cell's precision."""
    room = max(0, width - 2)
    full, half = divmod(min(2 * room, round(2 * room * share)), 2)
    filled = "━" * full + ("╸" if half else "")
    return literal(" ") + literal(filled, style) + literal("─" * (room - len(filled)), "$faint")
