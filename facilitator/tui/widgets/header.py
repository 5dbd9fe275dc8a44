"""The first line: which call, what time it is, how far it has come and when it will end."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.content import Content

from ...core import pacing
from ...core.meeting import Meeting
from ..text import literal
from .lines import Lines, between

AT_EASE = 15
"""Seconds ahead or behind that are not worth a word."""


class Header(Lines):
    """Title, wall clock, elapsed of total, projected end, pace. What does not fit goes, least needed first."""

    DEFAULT_CSS = "Header { height: 1; }"

    def update(self, meeting: Meeting, title: str, now: float, zone: tzinfo | None) -> None:
        """Show the call as it stands at ``now``."""
        figures = _figures(meeting, now, zone)
        room = self.size.width - 2
        while figures and sum(len(figure) + 4 for figure in figures) > max(room - 12, room * 2 // 3):
            figures.pop(0 if len(figures) > 3 else min(1, len(figures) - 1))
        right = literal("    ").join(figures)
        self.show([between(literal(title, "bold"), right, self.size.width, margin=1)])


def _figures(meeting: Meeting, now: float, zone: tzinfo | None) -> list[Content]:
    pace = pacing.pace(meeting, now)
    wall = literal(datetime.fromtimestamp(now, zone).strftime("%H:%M"), "$quiet")
    ends = f"{datetime.fromtimestamp(pace.ends, zone):%H:%M}"
    total = pacing.clock(meeting.duration)
    if not meeting.timeline:
        return [
            wall,
            literal(f"{total} planned"),
            literal(f"would end {ends}", "$quiet"),
            literal("not started", "$soon"),
        ]
    if meeting.adjourned_at is not None:
        return [wall, literal(f"{pacing.clock(pace.elapsed)} / {total}"), literal("adjourned", "$quiet")]
    elapsed = literal(
        f"{pacing.clock(pace.elapsed)} / {total}",
        "bold" if pace.elapsed <= meeting.duration else "bold $overtime",
    )
    end = literal(f"ends {ends}", "$overtime" if pace.over >= AT_EASE else "$quiet")
    standing = literal("paused", "$soon") if meeting.paused else _standing(pace)
    return [wall, elapsed, end, standing]


def _standing(pace: pacing.Pace) -> Content:
    if pace.late > AT_EASE:
        return literal(f"{pacing.clock(pace.late)} behind", "$overtime" if pace.over >= AT_EASE else "$soon")
    if pace.late < -AT_EASE:
        return literal(f"{pacing.clock(-pace.late)} ahead", "$quiet")
    return literal("on time", "$quiet")
