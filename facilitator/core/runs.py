"""Rendered text: lines of runs, each with the names of its styles.

A screen decides what a name looks like. Runs hold the text as people wrote it: what draws them puts marks for
characters that act (``core.marks``).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Style = Literal[
    "strong",
    "emphasis",
    "strike",
    "code",
    "link",
    "heading",
    "quote",  # the bar beside a quotation, and its text
    "bullet",  # the marker of a list item
    "task",  # an open box
    "done",  # a ticked box
    "fence",  # a block of code
    "rule",  # a thematic break
    "html",  # HTML as written
    "note",  # what the page says beside the text: targets, images, definitions
]
"""The names a screen has to know."""

Align = Literal["left", "center", "right"]


class Run(NamedTuple):
    """A piece of text without line ends, and its styles, outermost first."""

    text: str
    style: tuple[Style, ...] = ()


class Line(NamedTuple):
    """A line to be wrapped: ``lead`` stands before its first row, ``hang`` before the others."""

    runs: tuple[Run, ...] = ()
    lead: tuple[Run, ...] = ()
    hang: tuple[Run, ...] = ()
    verbatim: bool = False
    """Spaces count: those that it begins with stand before all of its rows, and those between words are kept."""


class Table(NamedTuple):
    """Rows of cells, the heads first; each row has as many cells as ``align`` has entries."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    align: tuple[Align, ...]
    lead: tuple[Run, ...] = ()
    hang: tuple[Run, ...] = ()


class Link(NamedTuple):
    """Something that can be opened: what the text calls it, and its whole target."""

    text: str
    url: str


class Page(NamedTuple):
    """An item's text, rendered."""

    lines: tuple[Line | Table, ...] = ()
    links: tuple[Link, ...] = ()
    """What can be opened, in the order of the text; each target once."""
