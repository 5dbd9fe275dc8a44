"""The first line: which call, what time it is, how far it has come and when it will end."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.content import Content

from ...core import pacing
from ...core.meeting import Meeting
from ..text import between, literal

AT_EASE = 15
"""Seconds ahead or behind that are not worth a word."""


def header(meeting: Meeting, title: str, now: float, zone: tzinfo | None, width: int) -> Content:
    """Show title, wall clock, elapsed of total, projected end, pace; what does not fit goes, least needed first."""
    figures = _figures(meeting, now, zone)
    room = max(width - 2 - min(len(title), 24), width * 2 // 3)
    while len(figures) > 1 and sum(len(figure) + 4 for figure in figures) > room:
        figures.pop(0 if len(figures) != 3 else 1)
    return between(literal(title, "bold"), literal("    ").join(figures), width, margin=1)


def _figures(meeting: Meeting, now: float, zone: tzinfo | None) -> list[Content]:
    pace = pacing.pace(meeting, now)
    wall = literal(datetime.fromtimestamp(now, zone).strftime("%H:%M"), "$quiet")
    ends = f"{datetime.fromtimestamp(pace.ends, zone):%H:%M}"
    total = pacing.clock(meeting.duration)
    if not meeting.timeline:
        would = literal(f"would end {ends}", "$quiet")
        return [wall, literal(f"{total} planned"), would, literal("not started", "$soon")]
    if meeting.adjourned_at is not None:
        return [wall, literal(f"{pacing.clock(pace.elapsed)} / {total}"), literal("adjourned", "$quiet")]
    late = "bold" if pace.elapsed <= meeting.duration else "bold $overtime"
    elapsed = literal(f"{pacing.clock(pace.elapsed)} / {total}", late)
    end = literal(f"ends {ends}", "$overtime" if pace.over >= AT_EASE else "$quiet")
    standing = literal("paused", "$soon") if meeting.paused else _standing(pace)
    return [wall, elapsed, end, standing]


def _standing(pace: pacing.Pace) -> Content:
    if pace.late > AT_EASE:
        return literal(f"{pacing.clock(pace.late)} behind", "$overtime" if pace.over >= AT_EASE else "$soon")
    if pace.late < -AT_EASE:
        return literal(f"{pacing.clock(-pace.late)} ahead", "$quiet")
    return literal("on time", "$quiet")
