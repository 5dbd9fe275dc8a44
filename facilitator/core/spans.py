"""Places in a source text and changes to it, in bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Bytes of a source from ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Splice:
    """At the byte ``start`` of a source, ``removed`` makes way for ``inserted``."""

    start: int
    removed: bytes
    inserted: bytes

    @property
    def span(self) -> Span:
        """What is removed, in the source before the splice."""
        return Span(self.start, self.start + len(self.removed))

    @property
    def result(self) -> Span:
        """What was inserted, in the source after the splice."""
        return Span(self.start, self.start + len(self.inserted))

    @property
    def inverse(self) -> Splice:
        """The splice that takes this one back."""
        return Splice(self.start, self.inserted, self.removed)

    @property
    def delta(self) -> int:
        """How many bytes longer the source becomes."""
        return len(self.inserted) - len(self.removed)
