"""A row of cells of which the terminal is sent only those that changed."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.control import Control
from rich.segment import ControlType, Segment
from textual.strip import Strip


class Row(Strip):
    """A strip whose first ``shown`` cells the terminal has already: where its beginning is painted, they are passed.

    textual paints what changed in a row from the left edge of its widget on. A clock at the end of a row would have
    the row sent once a second; so it costs a step of the cursor and a digit.
    """

    __slots__ = ("_painted", "shown")

    def __init__(self, segments: Iterable[Segment], cell_length: int, shown: int = 0) -> None:
        """Make a row of ``cell_length`` cells."""
        super().__init__(segments, cell_length)
        self.shown = shown
        self._painted = False

    def after(self, old: Row) -> int:
        """Follow ``old``, which the terminal shows or is about to; return the cell behind the last that differs.

        It is 0 where none differs.
        """
        start, end = changed(old, self)
        self.shown = start if old._painted else min(start, old.shown)
        return end

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return a part of the row: for one from the left edge on, how to get there and what differs."""
        if start or end is None or end >= self.cell_length:
            return super().crop(start, end)
        self._painted = True
        if not 0 < self.shown < end:
            return super().crop(0, end)
        step = Control((ControlType.CURSOR_FORWARD, self.shown)).segment
        return Strip([step, *super().crop(self.shown, end)], end)


def changed(old: Strip, new: Strip) -> tuple[int, int]:
    """Return the first cell in which two rows of the same width differ, and the one behind the last; (0, 0) for none.

    A row in which characters join the one before them differs as a whole.
    """
    before, after = list(old), list(new)
    start = _same(before, after, 0)
    if not before and not after:
        return 0, 0
    if 0 in _widths(old, new):
        return 0, new.cell_length
    end = new.cell_length - _same(before, after, -1)
    return min(start, end), end


def _same(before: list[Segment], after: list[Segment], at: int) -> int:
    """Return the cells that are the same at the beginning (``at`` 0) or the end (-1); whole segments are taken off."""
    cells = 0
    while before and after and before[at] == after[at]:
        cells += cell_len(after.pop(at).text)
        before.pop(at)
    if before and after and before[at].style == after[at].style:
        step = 1 if at == 0 else -1
        cells += _same_cells(before[at].text[::step], after[at].text[::step])
    return cells


def _same_cells(one: str, other: str) -> int:
    """Return the cells of what two texts have in common before they differ."""
    cells = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        cells += cell_len(left)
    return cells


def _widths(*strips: Strip) -> set[int]:
    """Return the cells that characters take in these rows."""
    texts = [segment.text for strip in strips for segment in strip if not segment.text.isascii()]
    return {cell_len(char) for char in set().union(*texts)}
