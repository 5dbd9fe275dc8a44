"""What a change of the minutes removed and added, line by line, under the headings that the lines stand below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from .document import Document
from .lines import lines
from .spans import Span, Splice


class Changed(NamedTuple):
    """A line that was removed or added; blank ones are not told."""

    title: str
    """The heading it stands below, as written, or that it is; empty above the first one."""
    mark: Literal["−", "+"]
    text: bytes
    """Without its ending."""


def passages(before: bytes, after: bytes, splices: Sequence[Splice]) -> list[tuple[str, list[Changed]]]:
    """Return what ``splices``, the last place first, changed in a text that became ``after``, by heading.

    In file order; of what makes way for one another under one heading, the removed lines come first.
    """
    old, new = Document.parse(before), Document.parse(after)
    told: list[Changed] = []
    delta = 0
    for splice in reversed(splices):
        made = [*_below(old, splice.start, splice.removed, "−")]
        made += _below(new, splice.start + delta, splice.inserted, "+")
        delta += splice.delta
        titles = list(dict.fromkeys(one.title for one in made))
        told += sorted(made, key=lambda one: titles.index(one.title))
    return _by_title(told)


def held(source: bytes, spans: Iterable[Span]) -> list[tuple[str, list[Changed]]]:
    """Return the lines at some places of a text, in file order, as those that are to be removed, by heading."""
    document = Document.parse(source)
    return _by_title(
        one for span in spans for one in _below(document, span.start, source[span.start : span.end], "−")
    )


def _below(document: Document, start: int, text: bytes, mark: Literal["−", "+"]) -> Iterator[Changed]:
    for line in lines(text):
        if not line.blank:
            yield Changed(document.section_at(start).title, mark, line.text)
        start += len(line.text) + len(line.ending)


def _by_title(told: Iterable[Changed]) -> list[tuple[str, list[Changed]]]:
    return [(title, list(group)) for title, group in groupby(told, key=lambda one: one.title)]
