"""The first line: which call, what time it is, how far it has come and when it will end."""

from __future__ import annotations

from datetime import datetime, tzinfo

from rich.cells import cell_len
from textual.content import Content

from ...core import pacing
from ...core.meeting import Meeting
from ...core.pacing import Pace
from ..text import between, clip, literal

_GAP = literal("    ")
_ROOM_FOR_TITLE = 16
_ROOM_FOR_NAME = 12
"""Cells below which the beginning of a title tells nothing."""


def header(
    meeting: Meeting, title: str, now: float, zone: tzinfo | None, width: int, ahead: float = 0.0
) -> Content:
    """Show title, wall clock, elapsed of total, projected end, pace; what does not fit goes, least needed first.

    ``ahead`` is how many seconds the wall clock is ahead of the call's own, since it was set during the call.
    """
    figures = _figures(meeting, now, zone, ahead)
    room = width - 2 - min(len(title), _ROOM_FOR_TITLE)
    for least_needed in ("wall", "ends"):
        if sum(len(figure) + len(_GAP) for figure in figures.values()) > room:
            figures.pop(least_needed, None)
    right = _GAP.join(figures.values())
    return between(literal(_short(title, width - 3 - right.cell_length), "bold"), right, width, margin=1)


def _short(title: str, width: int) -> str:
    """Cut a title to so many cells; its last word, which is most often the date, stays where there is room for more."""
    name, _, last = title.rpartition(" ")
    if cell_len(title) <= width or not name or width - cell_len(last) < _ROOM_FOR_NAME:
        return clip(title, width)
    return f"{clip(name, width - cell_len(last) - 1)} {last}"


def _figures(meeting: Meeting, now: float, zone: tzinfo | None, ahead: float) -> dict[str, Content]:
    pace = pacing.pace(meeting, now)
    wall = literal(datetime.fromtimestamp(now + ahead, zone).strftime("%H:%M"), "$quiet")
    ends = f"{datetime.fromtimestamp(pace.ends + ahead, zone):%H:%M}"
    total = pacing.clock(meeting.duration)
    elapsed = f"{pacing.clock(pace.elapsed)} / {total}"
    if not meeting.timeline:
        would = literal(f"would end {ends}", "$quiet")
        return {
            "wall": wall,
            "total": literal(total),
            "ends": would,
            "standing": literal("not started", "$soon"),
        }
    if meeting.adjourned_at is not None:
        return {"wall": wall, "total": literal(elapsed), "standing": literal("adjourned", "$quiet")}
    return {
        "wall": wall,
        "total": literal(elapsed, "bold" if pace.elapsed <= meeting.duration else "bold $overtime"),
        "ends": literal(f"ends {ends}", "$overtime" if pace.over > pacing.AT_EASE else "$quiet"),
        "standing": standing(meeting, pace),
    }


def standing(meeting: Meeting, pace: Pace) -> Content:
    """Say how far ahead of its plan or behind it the call is."""
    if not meeting.timeline:
        return literal("not started", "$soon")
    if meeting.paused:
        return literal("paused", "$soon")
    if pace.late > pacing.AT_EASE:
        return literal(
            f"{pacing.clock(pace.late)} behind", "$overtime" if pace.over > pacing.AT_EASE else "$soon"
        )
    if pace.late < -pacing.AT_EASE:
        return literal(f"{pacing.clock(-pace.late)} ahead", "$quiet")
    return literal("on time", "$quiet")
