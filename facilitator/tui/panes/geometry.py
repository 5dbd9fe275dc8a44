"""Where the panes are in a terminal of a given size.

As it gets smaller, panes go in this order: below 110 columns the running order has one column of time, below 72 it
goes; below 20 rows the rules and the bar go, below 12 the footer.
"""

from __future__ import annotations

from typing import NamedTuple

TOO_SMALL = (30, 6)
"""Columns and rows below which nothing useful can be shown."""


class Geometry(NamedTuple):
    """Rows and columns of the panes; every pane is as wide as the terminal, or as the part beside the order."""

    width: int
    height: int
    order: int
    """Columns of the running order; 0 where it is not shown."""
    rules: bool
    """Whether lines part the panes."""
    footer: bool
    standing: bool
    """Whether a row says what is wrong."""

    @property
    def too_small(self) -> bool:
        """Whether nothing but that can be said."""
        return self.width < TOO_SMALL[0] or self.height < TOO_SMALL[1]

    @property
    def top(self) -> int:
        """First row of the running order and the item."""
        return 2 if self.rules else 1

    @property
    def bottom(self) -> int:
        """First row below them."""
        return self.height - self.footer - self.standing - self.rules

    @property
    def left(self) -> int:
        """First column of the item and the capture line."""
        return self.order + 1 if self.order else 0

    @property
    def right(self) -> int:
        """Columns of the item and the capture line."""
        return self.width - self.left

    @property
    def capture(self) -> int:
        """Row of the capture line; its chip is in the next one."""
        return self.bottom - 2

    @property
    def item(self) -> int:
        """Rows of the item, its head included."""
        return self.capture - self.top - self.rules

    @property
    def head(self) -> int:
        """Rows of the item's head."""
        return 3 if self.rules else 1


def geometry(width: int, height: int, standing: bool = False) -> Geometry:
    """Return where the panes are in a terminal of so many columns and rows."""
    order = 42 if width >= 110 else 29 if width >= 72 else 0
    return Geometry(width, height, order, height >= 20, height >= 12, standing)
