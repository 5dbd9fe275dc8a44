"""What time alone moves on the main screen: the header, the current item's row, its clock, the advice in the footer.

Once a second nothing else has to be drawn, and a screen that stands open for an hour should cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from textual.content import Content

from ...core import running_order as order
from ...core.meeting import Meeting
from . import footer, frame
from .frame import View
from .geometry import Geometry
from .header import header


class Moved(NamedTuple):
    """Rows to put in the place of those that stand there, each pane's from its top."""

    header: Content
    order: Mapping[int, Content]
    head: list[Content]
    footer: Content | None
    """None where there is none."""


def moved(meeting: Meeting, view: View, now: float, zone: tzinfo | None, panes: Geometry) -> Moved | None:
    """Return what time has moved since the same state was drawn; None where all of it has to be drawn anew."""
    rows = order.later(view.rows, meeting, now)
    timed = bool(meeting.steering.ballots)  # objections may have a time to be made in
    if rows is None or timed or panes.too_small:
        return None
    before, view.rows = view.rows, rows
    shown = range(min(panes.bottom - panes.top, len(rows) - view.order_top) if panes.order else 0)
    changed = [at for at in shown if rows[view.order_top + at] is not before[view.order_top + at]]
    words, advice = frame.footer_words(meeting, view), frame.footer_aside(meeting, now)
    return Moved(
        header(meeting, view.title, now, zone, panes.width, view.ahead),
        {at: frame.order_rows(meeting, view, at, 1, panes)[0] for at in changed},
        frame.head(meeting, view, now, panes),
        footer.keys(view.commands, view.place, words, advice, panes.width) if panes.footer else None,
    )
