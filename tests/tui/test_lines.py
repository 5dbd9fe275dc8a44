"""Rows that repaint only what differs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from facilitator.tui.widgets.lines import changed_up_to

_STYLES = [Style(color="red"), Style(bold=True)]
_TEXT = st.text(alphabet="ab :9─●日本é\u0301🚀", max_size=12)
_STRIPS = st.lists(st.tuples(_TEXT, st.sampled_from(_STYLES)), max_size=5).map(
    lambda pieces: Strip([Segment(text, style) for text, style in pieces])
)


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
    end = changed_up_to(old, new)
    assert [*after[:end], *before[end:]] == after
    assert end == width or after[end][0] != "", "what is painted ends within a wide character"


def test_what_is_painted_ends_with_the_last_cell_that_differs() -> None:
    assert changed_up_to(Strip([Segment("0:41 left")]), Strip([Segment("0:42 left")])) == 4
    assert changed_up_to(Strip([Segment("0:41 left")]), Strip([Segment("0:41 left")])) == 0
