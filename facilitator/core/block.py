"""Headings, blocks and list items by their bytes, as ``blocks`` finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["front matter", "heading", "paragraph", "list", "code", "html", "quote", "break", "definition"]


class Heading(NamedTuple):
    """A heading of ``level`` 1 to 6 and its bytes, from its first line's start to its last line's end."""

    level: int
    start: int
    end: int


class Bullet(NamedTuple):
    """A list item. Offsets are bytes, columns count from 0 with tab stops every 4."""

    start: int
    """Where the line begins that holds its marker."""
    end: int
    """After its last line that is not blank."""
    depth: int
    text: str
    """Its first paragraph as written, without the marker and the lines' indentation."""
    task: bool | None
    marker: str
    """``-``, ``*``, ``+``, ``7.`` or ``7)``."""
    marker_end: int
    """After the marker."""
    indent: int
    """The marker's column."""
    content: int
    """The column that its further lines must reach to belong to it."""
    last: Block | None
    """The last block in it."""
    loose: bool
    """A blank line stands before the next item of its list."""


class Block(NamedTuple):
    """A block at the top level of a text; its bytes go to the end of its last line that is not blank."""

    kind: Kind
    start: int
    end: int
    closing: str
    """What ends the block where nothing does: a closing fence, ``-->``; empty for what needs no end."""
    bullets: tuple[Bullet, ...] = ()
    """The items of a list and of the lists in it, in the order of their markers."""


def bullets(found: Sequence[Block]) -> list[Bullet]:
    """Return the items of all lists among some blocks."""
    return [bullet for block in found for bullet in block.bullets]
