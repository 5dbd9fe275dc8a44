"""The item in view: whose it is, its clock, its text, and what was captured under it in this call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...core import pacing
from ...core.history import Captured
from ...core.item import Item
from ...core.meeting import Meeting
from ..text import between, clip, content, literal

if TYPE_CHECKING:
    from ...core.floor import Standing

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


def captured(entries: Sequence[Captured], today: date, width: int, height: int) -> list[Content]:
    """Draw the last entries, as many as fit whole, under a quiet title; nothing where there are none."""
    if not entries or height < 2:
        return []
    drawn: list[Content] = []
    for one in reversed(entries):
        rows = _entry(one, today, width, height - 1)
        if len(drawn) + len(rows) > height - 1:
            break
        drawn = rows + drawn
    return [literal(" in this call", "$quiet"), *drawn]


def _entry(one: Captured, today: date, width: int, height: int) -> list[Content]:
    """Draw an entry in at most ``height`` rows; the last of them is cut where there is more."""
    from ...core.summary import shown  # no call begins with entries

    mark, words, right = shown(one.entry, today)
    tail = literal(clip(right, width // 3), "$quiet")
    room = max(2, width - 6 - tail.cell_length)
    parts = [words]
    if height > 1 and cell_len(words) > room:
        parts = [row.plain for row in literal(words.replace("\n", " ")).wrap(room)]
        parts[height - 1 :] = [" ".join(parts[height - 1 :])] if len(parts) >= height else []
    first = literal(f" {mark} ", "$quiet" if mark == "•" else "$now") + literal(clip(parts[0], room))
    return [
        between(first, tail, width, margin=1),
        *(literal(f"    {clip(part, room)}") for part in parts[1:]),
    ]


def roll_call_rows(
    members: Sequence[Item], confirmed: Collection[str], keys: str, width: int
) -> list[Content]:
    """Draw who is asked at a roll call; who has been is told quietly. ``keys`` says what can be done."""
    rows = []
    for one in members:
        asked = one.key in confirmed
        name = literal(f" {'✓' if asked else '·'} {one.title}", "$quiet" if asked else "")
        leads = clip(", ".join(one.leads), width // 2)
        rows.append(between(name, literal(leads, "$quiet"), width, margin=1))
    if keys:
        rows += [literal(""), *(literal(" ") + row for row in literal(keys, "$quiet").wrap(width - 2))]
    return rows


def floor_rows(meeting: Meeting, key: str, now: float, width: int, settles: str) -> list[Content]:
    """Draw what is open on the item's floor: its motion and how that stands, and who waits to speak.

    ``settles`` is the key that records the motion's outcome.
    """
    if not meeting.timeline:
        return []
    from ...core import floor  # motions and hands come later in a call than its first frame

    drawn = []
    if standing := floor.standing(meeting, key, now):
        motion = standing.motion.motion
        tail = literal(clip(f"moved by {motion.by}" if motion.by else "open", width // 3), "$quiet")
        words = clip(motion.text, width - 6 - len(tail))
        drawn.append(between(literal(" ◇ ", "$now") + literal(words), tail, width, margin=1))
        drawn.append(_standing(standing, settles, width))
    if meeting.steering.hands and key == meeting.current:
        waiting = [
            f"{hand.name} (point of order)" if hand.order else hand.name for hand in meeting.steering.hands
        ]
        drawn.append(literal(clip(f" ✋ {', '.join(waiting)}", width), "$soon"))
    return drawn


def _standing(standing: Standing, settles: str, width: int) -> Content:
    """Say how an open motion stands, and what the key that settles it would record."""
    motion, tally = standing.motion, standing.motion.tally
    names = ", ".join(dict.fromkeys(name for one in motion.objections for name in one.names))
    parts = [f"objections by {names}"] if names else []
    if tally:
        parts.append(f"{tally.votes_for} for, {tally.against} against, {tally.abstained} abstained")
    elif motion.called:
        parts.append("put to the vote")
    elif standing.left:
        parts.append(f"any objections? {pacing.clock(standing.left)}")
    elif not names:
        parts.append("no objections" if standing.left == 0 else "any objections?")
    if not standing.quorate:
        parts.append("no quorum")
    waits = standing.left or (motion.called and not tally)
    style = "$soon" if waits or names or not standing.quorate else "$now"
    right = literal("" if waits else f"{settles}: {standing.verdict.lower()}", f"bold {style}")
    left = literal(clip(f"   {', '.join(parts)}", width - right.cell_length - 3), style)
    return between(left, right, width, margin=1)


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
