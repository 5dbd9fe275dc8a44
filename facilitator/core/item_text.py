"""An item's text as it is shown: without what this call's entries added to it."""

from __future__ import annotations

from collections.abc import Iterable

from . import items
from .document import Document
from .items import Item


def source(document: Document, item: Item, without: Iterable[tuple[int, int]] = ()) -> bytes:
    """Return the bytes of the item's text, the spans (start, end) in ``without`` left out."""
    cuts = sorted(without)
    parts = []
    for start, end in items.spans(document, item):
        for cut_start, cut_end in cuts:
            if start <= cut_start and cut_end <= end:
                parts.append(document.source[start:cut_start])
                start = cut_end
        parts.append(document.source[start:end])
    return b"".join(parts)
