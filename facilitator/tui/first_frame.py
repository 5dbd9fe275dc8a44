"""The first frame, on the terminal while textual's app is still being imported.

Most of a start is imports. The panes are drawn by pure functions that need little of textual, so the running order
and the current item can be read before the rest is loaded; the app then draws the same cells over them. Only its keys
come a moment later, when it is known which ones are the chair's own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import tzinfo
from functools import cache

from rich.color import ColorSystem
from textual.color import Color
from textual.content import Content
from textual.style import Style

from ..core.meeting import Meeting
from .colours import DARK
from .panes.frame import View, draw
from .panes.geometry import geometry
from .terminal import Terminal

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H"


def first_frame(
    terminal: Terminal,
    meeting: Meeting,
    view: View,
    now: float,
    zone: tzinfo | None,
    drawn: Sequence[Content] = (),
) -> Sequence[Content]:
    """Show the call at once, and return its rows; of a frame that is ``drawn`` already, only what differs."""
    stream = sys.__stderr__
    assert stream is not None
    width, height = os.get_terminal_size(stream.fileno())
    panes = geometry(width, height, bool(view.troubles))
    terminal.drawn = True
    rows = draw(meeting, view, now, zone, panes).rows
    if drawn:
        changed = [
            at for at, (old, new) in enumerate(zip(drawn, rows, strict=False)) if old.plain != new.plain
        ]
        stream.write("".join(f"\x1b[{at + 1};1H{_row(rows[at], width)}" for at in changed))
    else:
        stream.write(_ENTER + "\r\n".join(_row(row, width) for row in rows))
    stream.flush()
    return rows


def _row(row: Content, width: int) -> str:
    """Return a row as the escape sequences that draw it."""
    full = row.truncate(width, pad=True)
    return "".join(
        style.rich_style.render(text, color_system=_color_system())
        for text, style in full.render(_base(), end="", parse_style=_style)
    )


@cache
def _color_system() -> ColorSystem:
    """Return what the terminal says it can do, as rich finds it for the app."""
    told = os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit")
    return ColorSystem.TRUECOLOR if told else ColorSystem.EIGHT_BIT


@cache
def _base() -> Style:
    return Style(background=Color.parse(DARK["background"]), foreground=Color.parse(DARK["foreground"]))


@cache
def _style(style: str | Style) -> Style:
    return Style.parse(style, DARK) if isinstance(style, str) else style
