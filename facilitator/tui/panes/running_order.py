"""The running order: every item with its state, the time it took and the time it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from textual.content import Content

from ...core import pacing
from ...core.running_order import GLANCE, Row, State
from ..text import between, literal

ROOMY = 34
"""From this width on there are two columns of time: what was spent, or planned where that is another, and what is
granted; below it one."""
_MARKS: dict[State, str] = {"done": "✓ ", "put off": "… ", "parked": ""}
"""What stands before the time of an item that had some."""


def running_order(
    rows: Sequence[Row],
    looking: str,
    marks: Mapping[str, str],
    started: bool,
    width: int,
    height: int,
    joint: int,
) -> list[Content]:
    """Draw ``height`` rows and the line that parts them from the item, which has a joint in row ``joint``.

    The item that is now has a bar before it, the one in view a background of its own, and a pinned budget a ``=``.
    ``marks`` holds, by item, the style of a dot: somebody else has written there.
    """
    edges = ["├" if at == joint else "│" for at in range(height)]
    shown = [
        _line(row, row.item == looking, marks.get(row.item, ""), started, width, edge)
        for row, edge in zip(rows, edges, strict=False)
    ]
    return [*shown, *(_blank(width, edge) for edge in edges[len(shown) :])]


@lru_cache(maxsize=8)
def _blank(width: int, edge: str) -> Content:
    return literal(" " * width) + literal(edge, "$faint")


@lru_cache(maxsize=256)
def _line(row: Row, looking: bool, mark: str, started: bool, width: int, edge: str) -> Content:
    bar = literal("▌", "$now") if row.state == "now" else literal(" ")
    title = literal("  " * row.indent + row.title, _title_style(row))
    times = (
        literal("● ", mark) + _times(row, started, width)
        if mark and row.item
        else _times(row, started, width)
    )
    made = bar + between(title, times, width - 2) + literal(" ")
    made = made.stylize("on $looking") if looking and row.item else made
    return made + literal(edge, "$faint")


def _title_style(row: Row) -> str:
    if not row.item:
        return "bold $quiet"
    if row.state == "now":
        return "bold $now"
    return "$quiet" if row.quiet or row.state in ("done", "passed", "parked") else ""


def _times(row: Row, started: bool, width: int) -> Content:
    if not row.item or row.waits:
        return literal("✓" if row.state == "done" else "", "$quiet")
    budget = f"{'=' if row.pinned else ''}{pacing.clock(row.budget)}"
    granted = literal(
        f"{budget:>{8 if width >= ROOMY else 0}}",
        "$faint" if row.state in ("done", "passed") else "$quiet",
    )
    if row.state == "now" and started:
        return _running(row, granted, width)
    if row.state == "coming" and row.planned not in (0, row.budget) and width >= ROOMY:
        return literal(f"{pacing.clock(row.planned)} → ", "$faint") + literal(budget, "$quiet")
    if row.state == "coming" or row.state == "now":
        return granted
    spent = literal(f"{_MARKS[row.state]}{pacing.clock(row.spent)}" if row.spent >= GLANCE else "–", "$quiet")
    if width < ROOMY:
        return spent
    return spent + (literal(" " * granted.cell_length) if row.state == "parked" else granted)


def _running(row: Row, granted: Content, width: int) -> Content:
    over = row.spent >= row.budget
    if width < ROOMY:
        return literal(pacing.clock(row.budget - row.spent), "bold $overtime" if over else "bold $now")
    return literal(pacing.clock(row.spent), "$overtime" if over else "$now") + granted
