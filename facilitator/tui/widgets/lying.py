"""Widgets that lie over the frame, where it leaves room for them."""

from __future__ import annotations

from textual.css.scalar import Scalar
from textual.widget import Widget


def lie(widget: Widget, column: int, row: int, width: int, height: int, *, shown: bool) -> None:
    """Give a widget a place on the screen, in cells, or none; nothing that is so already is touched."""
    if widget.display != shown:
        widget.display = shown
    styles, width, height = widget.styles, max(1, width), max(1, height)
    if (styles.offset.x.value, styles.offset.y.value) != (column, row):
        styles.offset = (column, row)
    if not _is(styles.width, width):
        styles.width = width
    if not _is(styles.height, height):
        styles.height = height


def _is(size: Scalar | None, cells: int) -> bool:
    return size is not None and size.is_cells and size.value == cells
