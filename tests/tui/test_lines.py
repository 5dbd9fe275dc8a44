"""Rows that repaint only what differs."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from facilitator.tui.widgets.row import Row, changed

_STYLES = [Style(color="red"), Style(bold=True)]
_TEXT = st.text(alphabet="ab :9─●日本é\u0301🚀", max_size=12)
_STRIPS = st.lists(st.tuples(_TEXT, st.sampled_from(_STYLES)), max_size=5).map(
    lambda pieces: Strip([Segment(text, style) for text, style in pieces])
)
_CONSOLE = Console(force_terminal=True, color_system="truecolor")
_WIDTH = 20


def cells(strip: Strip) -> list[tuple[str, Style | None]]:
    """What a terminal shows in each cell."""
    shown: list[tuple[str, Style | None]] = []
    for text, style, _ in strip:
        for char in text:
            width = cell_len(char)
            if not width and shown:
                shown[-1] = (shown[-1][0] + char, shown[-1][1])
            shown += [(char if not at else "", style) for at in range(width)]
    return shown


@settings(max_examples=300, deadline=None)
@given(_STRIPS, _STRIPS)
def test_what_is_left_unpainted_is_the_same(old: Strip, new: Strip) -> None:
    width = max(old.cell_length, new.cell_length) + 1
    old, new = old.adjust_cell_length(width), new.adjust_cell_length(width)
    before, after = cells(old), cells(new)
    start, end = changed(old, new)
    assert [*before[:start], *after[start:end], *before[end:]] == after
    assert end == width or after[end][0] != "", "what is painted ends within a wide character"


def test_what_is_painted_are_the_cells_that_differ() -> None:
    assert changed(Strip([Segment("0:41 left")]), Strip([Segment("0:42 left")])) == (3, 4)
    assert changed(Strip([Segment("0:41 left")]), Strip([Segment("0:41 left")])) == (0, 0)


def row(text: str) -> Row:
    return Row([Segment(text.ljust(_WIDTH), _STYLES[0])], _WIDTH)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(alphabet="ab9 ", max_size=_WIDTH), st.booleans()), min_size=1, max_size=8))
def test_a_terminal_shows_the_last_row_however_many_came_between_two_paints(
    rows: list[tuple[str, bool]],
) -> None:
    screen = pyte.Screen(_WIDTH, 1)
    terminal = pyte.Stream(screen)
    now, last = row(""), 0
    for text, paints in [*rows, ("the end", True)]:
        old, now = now, row(text)
        last = max(last, now.after(old))
        if paints and last:
            terminal.feed("\x1b[1;1H" + now.crop(0, last).render(_CONSOLE))
            last = 0
    assert screen.display == ["the end".ljust(_WIDTH)]


def test_a_digit_at_the_end_of_a_row_is_sent_alone() -> None:
    old, new = row("Beacon      0:41"), row("Beacon      0:42")
    old.crop(0, 1)
    sent = new.crop(0, new.after(old)).render(_CONSOLE)
    assert "Beacon" not in sent
    assert sent.startswith("\x1b[15C")
