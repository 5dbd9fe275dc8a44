"""Figures large enough for the back of a room, drawn in blocks at any whole scale."""

from __future__ import annotations

_FONT = {
    "0": ("111", "101", "101", "101", "111"),
    "1": ("010", "110", "010", "010", "111"),
    "2": ("111", "001", "111", "100", "111"),
    "3": ("111", "001", "111", "001", "111"),
    "4": ("101", "101", "111", "001", "001"),
    "5": ("111", "100", "111", "001", "111"),
    "6": ("111", "100", "111", "101", "111"),
    "7": ("111", "001", "010", "010", "010"),
    "8": ("111", "101", "111", "101", "111"),
    "9": ("111", "101", "111", "001", "111"),
    ":": ("0", "1", "0", "1", "0"),
    "−": ("000", "000", "111", "000", "000"),
}
"""Five rows of dots for each figure; a dot is drawn two columns wide, so that it is about square."""

ROWS = 5


def size(text: str, scale: int) -> tuple[int, int]:
    """Return the columns and rows that ``figures`` takes for a text."""
    dots = sum(len(_FONT[char][0]) for char in text) + len(text) - 1
    return 2 * scale * dots, ROWS * scale


def fitting(text: str, width: int, height: int) -> int:
    """Return the largest scale at which a text fits; 0 where none does."""
    scale = 0
    while (larger := size(text, scale + 1))[0] <= width and larger[1] <= height:
        scale += 1
    return scale


def figures(text: str, scale: int) -> list[str]:
    """Return rows of blocks that draw a time such as ``−12:05``."""
    rows = []
    for row in range(ROWS):
        dots = "0".join(_FONT[char][row] for char in text)
        rows += ["".join(("██" if dot == "1" else "  ") * scale for dot in dots)] * scale
    return rows
