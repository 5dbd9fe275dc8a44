"""Reading versions of the same minutes, most of which differ in a few places only."""

from __future__ import annotations

from itertools import accumulate

from facilitator.core.document import Document
from facilitator.core.lines import matches
from facilitator.core.spans import Splice
from facilitator.core.versions import Version

LATEST = 16
"""How many versions are kept read: those that a landing is weighed against are so again at the next one."""


class Reader:
    """Reads versions of one file, each once; one that is much like the one before costs what differs.

    For one thread at a time. What it returns depends on the bytes alone.
    """

    def __init__(self, document: Document | None = None) -> None:
        """Begin with a document that was read elsewhere, if there is one."""
        self._last = document
        self._read: dict[bytes, tuple[Document, Version | None]] = {}

    def take(self, document: Document) -> None:
        """Have a document that was read elsewhere."""
        self._last = document
        self._keep(document, self._read.get(document.source, (document, None))[1])

    def document(self, source: bytes) -> Document:
        """Return the document of some bytes; raise ``TooLarge``."""
        known = self._read.get(source)
        if known is None:
            document = Document.parse(source) if self._last is None else _near(self._last, source)
            known = document, None
        self._last = known[0]
        self._keep(*known)
        return known[0]

    def __call__(self, source: bytes) -> Version:
        """Return the version of some bytes; raise ``TooLarge``."""
        document = self.document(source)
        version = self._read[source][1] or Version.of(document)
        self._keep(document, version)
        return version

    def _keep(self, document: Document, version: Version | None) -> None:
        self._read.pop(document.source, None)
        self._read[document.source] = document, version
        if len(self._read) > LATEST:
            del self._read[next(iter(self._read))]


def splices(ours: bytes, merged: bytes) -> tuple[Splice, ...]:
    """Return what turns one text into the other, by line, last place first.

    A line of which only the ending changed stays, but for that.
    """
    before, after = ours.splitlines(keepends=True), merged.splitlines(keepends=True)
    starts = list(accumulate(map(len, before), initial=0))
    made: list[Splice] = []

    def change(start: int, removed: bytes, inserted: bytes) -> None:
        if made and made[-1].start == start:  # behind a last line that had no ending
            last = made.pop()
            start, removed, inserted = last.start, last.removed + removed, last.inserted + inserted
        made.append(Splice(start, removed, inserted))

    i_at = j_at = 0
    pairs = matches(ours.splitlines(), merged.splitlines())
    for i, j in [*pairs, (len(before), len(after))]:
        if i > i_at or j > j_at:
            change(starts[i_at], b"".join(before[i_at:i]), b"".join(after[j_at:j]))
        if i < len(before) and before[i] != after[j]:
            text = len(before[i].rstrip(b"\r\n"))
            change(starts[i] + text, before[i][text:], after[j][text:])
        i_at, j_at = i + 1, j + 1
    return tuple(reversed(made))


def _near(document: Document, source: bytes) -> Document:
    """Read a source that is much like a document's; few changes cost no more than the sections they touch."""
    return document.apply_all(splices(document.source, source))
