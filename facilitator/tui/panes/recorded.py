"""What was recorded under the item in view in this call: its entries, its open motion, and who waits to speak."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from ...core import floor, pacing
from ...core.floor import Standing
from ...core.meeting import Meeting
from ...core.summary import Shown, shown
from ..text import between, clip, literal

_MOTION = 3
"""Rows that the words of an open motion may have."""


def recorded(
    meeting: Meeting, key: str, now: float, width: int, height: int, free: int, settles: str
) -> list[Content]:
    """Draw the last entries, as many as fit whole into ``height`` rows, and what is open on the item's floor.

    Together they may have as much as is ``free``, where that is more.
    They stand as in the minutes, so that an outcome follows its motion. An open motion shows always, with how it stands
    and ``settles``, the key that records its outcome.
    """
    entries = sorted((one for one in meeting.captured if one.item == key), key=lambda one: one.start)
    standing = floor.standing(meeting, key, now) if meeting.timeline else None
    motion: list[Content] = []
    at = 0  # so many entries stand above the open motion
    if standing is not None:
        put = standing.motion.motion
        told = Shown("◇", put.text, f"moved by {put.by}" if put.by else "open")
        motion = [*_entry(told, width, _MOTION), _standing(standing, settles, width)]
        at = max((place for place, one in enumerate(entries) if one.entry == put), default=0)
        del entries[at : at + bool(entries and entries[at].entry == put)]
    waiting = _waiting(meeting, key, width)
    height = max(height, free - len(motion) - len(waiting))
    drawn: list[list[Content]] = []
    for one in reversed(entries):
        rows = _entry(shown(one.entry, meeting.date), width, height - 1)
        if sum(map(len, drawn)) + len(rows) > height - 1:
            break
        drawn.insert(0, rows)
    first = max(0, at - (len(entries) - len(drawn)))
    before = [row for rows in drawn[:first] for row in rows]
    after = [row for rows in drawn[first:] for row in rows]
    title = [literal(" in this call", "$quiet")] if entries and height > 1 else []
    return [*title, *before, *motion, *after, *waiting]


def _entry(told: Shown, width: int, height: int) -> list[Content]:
    """Draw an entry in at most ``height`` rows, its tail beside its first words or below them; what is over is cut."""
    mark, words, right = told
    words = words.replace("\n", " ")
    beside = max(width // 3, width - 6 - cell_len(words))
    apart = height > 1 and cell_len(right) > beside
    tail = literal("" if apart else clip(right, beside), "$quiet")
    room = max(2, width - 6 - tail.cell_length)
    rows = _rows(words, room, height - apart)
    first = literal(f" {mark} ", "$quiet" if mark == "•" else "$now") + literal(rows[0])
    below = _rows(right, room, height - len(rows)) if apart else []
    return [
        between(first, tail, width, margin=1),
        *(literal(f"    {row}") for row in rows[1:]),
        *(literal(f"    {row}", "$quiet") for row in below),
    ]


def _rows(text: str, width: int, height: int) -> Sequence[str]:
    """Wrap a text into at most ``height`` rows, one at least; the last of them is cut where there is more."""
    rows = [row.plain for row in literal(text).wrap(width)] if cell_len(text) > width else [text]
    last = max(1, height) - 1
    return [*rows[:last], clip(" ".join(rows[last:]), width)] if len(rows) > last else rows


def _waiting(meeting: Meeting, key: str, width: int) -> list[Content]:
    """Name who waits to speak to the current item."""
    hands = meeting.steering.hands
    if not hands or key != meeting.current:
        return []
    whys = [", ".join(filter(None, ("point of order" * hand.order, hand.about))) for hand in hands]
    waiting = [f"{hand.name} ({why})" if why else hand.name for hand, why in zip(hands, whys, strict=True)]
    return [literal(clip(f" ✋ {', '.join(waiting)}", width), "$soon")]


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
        parts.insert(0, "no quorum")
    waits = standing.left or (motion.called and not tally)
    style = "$soon" if waits or names or not standing.quorate else "$now"
    right = literal("" if waits else f"{settles}: {standing.verdict.lower()}", f"bold {style}")
    left = literal(clip(f"   {', '.join(parts)}", width - right.cell_length - 3), style)
    return between(left, right, width, margin=1)
