"""In what manner a section is written: its own where it has text, else that of the sections around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from facilitator.core.block import bullets

if TYPE_CHECKING:
    from facilitator.core.document import Document

NEIGHBOURS = 8
"""How many written sections on either side show the manner of a section that has none of its own."""

_BULLET = re.compile(rb"^ {0,3}([-*+])[ \t]+[^\s]", re.M)
_FIRST_LINE = re.compile(rb"[^\r\n]*")
_FAR = 64
"""How many sections away a neighbour may be."""
_BEGINNING = 4096
"""So many bytes of a neighbour show its manner."""


def bullet(document: Document, index: int) -> bytes:
    """Return the section's own bullet, else the one most used around it, else a dash."""
    own = [b.marker for b in bullets(document.blocks(index)) if b.depth == 0 and not b.marker[0].isdigit()]
    if own:
        return own[-1].encode()
    used = Counter(m for text in _neighbours(document, index) for m in _BULLET.findall(text))
    return max(used, key=lambda marker: (used[marker], marker == b"-"), default=b"-")


def is_tight(document: Document, index: int) -> bool:
    """Say whether the nearest written section begins right below its heading."""
    first = _FIRST_LINE.match(next(_neighbours(document, index), b""))
    return bool(first and first[0].strip())


def _neighbours(document: Document, index: int) -> Iterator[bytes]:
    """Yield how the nearest written sections begin, those above and below in turn."""
    last = len(document.sections)
    above = _written_sections(document, range(index - 1, max(index - _FAR, 0), -1))
    below = _written_sections(document, range(index + 1, min(index + _FAR, last)))
    for pair in zip_longest(islice(above, NEIGHBOURS), islice(below, NEIGHBOURS)):
        yield from filter(None, pair)


def _written_sections(document: Document, indexes: range) -> Iterator[bytes]:
    for index in indexes:
        start, end = document.own(index)
        text = document.source[start : min(end, start + _BEGINNING)]
        if text.strip():
            yield text
