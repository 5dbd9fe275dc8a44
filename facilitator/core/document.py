"""Minutes as the bytes people wrote, and the sections and list items in them.

Nothing is ever rendered back. An edit is a splice: some bytes at one place make way for others, and every
other byte stays as it was, whatever it is. Documents are values; an edit returns a new one.

A heading closes every block before it and lets nothing into it, so a text that begins right after a heading
and ends with one can be read by itself. An edit therefore costs as much as the sections it touches: they are
read again together with the heading that follows them, and only if that heading is lost the rest is, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from facilitator.core import blocks, front_matter
from facilitator.core.block import Block, Heading, bullets
from facilitator.core.spans import Span, Splice

__all__ = ["Document", "ListItem", "Section", "Sections", "Span", "Splice", "TooLarge"]

_ATX = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_LINE_END = re.compile(r"\r\n|\n|\r")

FEW = 32
"""Splices up to which each is carried out by itself; more cost less all at once."""

LARGEST = 4 << 20
"""Bytes of the largest file that is taken for minutes."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it; ``sections[0]``, at level 0, is the text before any heading."""

    index: int
    """Its place in ``Document.sections``."""
    level: int
    title: str
    """The source of the heading's text, white space joined to single blanks, markup kept."""
    heading: Span
    own: Span
    """From the end of the heading to the next heading of any level, or to the end of the file."""
    whole: Span
    """The heading, its own text and its subsections."""


class ListItem(NamedTuple):
    """A list item in a section's own text."""

    section: int
    """Index of the section."""
    span: Span
    """Its lines and those of the items in it, up to the end of the last one that is not blank."""
    depth: int
    """How many list items it stands in."""
    task: bool | None
    """Whether its box is ticked; None where it has none."""
    text: str
    """Its first paragraph as written, box included, without marker and indentation."""
    marker: str
    """``-``, ``*``, ``+``, ``7.`` or ``7)``."""


class TooLarge(ValueError):
    """A file that is not taken for minutes because of its size; the message is one line."""


class Sections(Sequence[Section]):
    """The sections of a document in file order, each made when it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document._levels)

    @overload
    def __getitem__(self, index: int) -> Section: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Section]: ...
    def __getitem__(self, index: int | slice) -> Section | Sequence[Section]:
        places = range(len(self))[index]
        if isinstance(places, int):
            return self._document._section(places)
        return [self._document._section(place) for place in places]

    def __iter__(self) -> Iterator[Section]:
        return (self._document._section(place) for place in range(len(self)))


class Document:
    """One source and its structure; make it with ``parse``, change it with ``replace`` and ``apply``."""

    __slots__ = ("_applied", "_blocks", "_endings", "_levels", "_owns", "_starts", "source")

    source: bytes
    """The file, byte for byte."""

    def __init__(self, source: bytes, levels: list[int], starts: list[int], owns: list[int]) -> None:
        self.source = source
        self._levels = levels
        self._starts = starts  # of headings
        self._owns = owns  # of the texts below them
        self._blocks: dict[int, list[Block]] = {}
        self._endings: tuple[int, int, int] | None = None
        self._applied: tuple[Splice, Document] | None = None  # an insertion is looked at before it is applied

    @classmethod
    def parse(cls, data: bytes) -> Document:
        """Read any bytes; raise ``TooLarge`` beyond ``LARGEST``."""
        _check_size(data)
        headings = blocks.outline(data, top=True)
        return cls(
            data,
            [0, *(h.level for h in headings)],
            [0, *(h.start for h in headings)],
            [0, *(h.end for h in headings)],
        )

    @property
    def sections(self) -> Sections:
        """All sections in file order."""
        return Sections(self)

    @property
    def newline(self) -> bytes:
        """The line ending that most lines have; LF where there is none."""
        if self._endings is None:
            self._endings = _endings(self.source)
        crlf, lf, cr = self._endings
        return max((lf, b"\n"), (crlf, b"\r\n"), (cr, b"\r"), key=lambda pair: pair[0])[1]

    def text(self, span: Span) -> str:
        """Decode some bytes; those that are not UTF-8 become lone surrogates."""
        return self.source[span.start : span.end].decode("utf-8", "surrogateescape")

    def section_at(self, offset: int) -> Section:
        """Return the section whose heading or own text holds a byte."""
        return self._section(bisect_right(self._starts, offset, lo=1) - 1)

    def line(self, offset: int) -> int:
        """Return which line holds a byte, from 1."""
        return sum(_endings(self.source[:offset])) + 1

    def list_items(self, section: Section | int) -> tuple[ListItem, ...]:
        """Return the list items in a section's own text, nested ones too, in the order of their markers."""
        index = _index(section)
        base = self._owns[index]
        return tuple(
            ListItem(index, Span(base + b.start, base + b.end), b.depth, b.task, b.text, b.marker)
            for b in bullets(self.blocks(index))
        )

    def blocks(self, section: Section | int) -> list[Block]:
        """Return the blocks of a section's own text; their offsets count from its start."""
        index = _index(section)
        if index not in self._blocks:
            start, end = self.own(index)
            self._blocks[index] = blocks.blocks(self.source[start:end], top=index == 0)
        return self._blocks[index]

    def own(self, section: Section | int) -> Span:
        """Return a section's own text without making the section."""
        index = _index(section)
        following = index + 1
        return Span(
            self._owns[index], self._starts[following] if following < len(self._starts) else len(self.source)
        )

    def replace(self, span: Span, new: bytes) -> Document:
        """Put other bytes in the place of some; ``ValueError`` where the span is not in the source."""
        if not 0 <= span.start <= span.end <= len(self.source):
            raise ValueError(
                f"bytes {span.start} to {span.end} are not in a text of {len(self.source)} bytes"
            )
        return self._spliced(span, new)

    def apply(self, splice: Splice) -> Document:
        """Carry a splice out; ``ValueError`` where other bytes stand in the place of those it removes."""
        if self._applied and self._applied[0] is splice:
            return self._applied[1]
        span = splice.span
        if span.start < 0 or self.source[span.start : span.end] != splice.removed:
            raise ValueError(f"the text at byte {span.start} has changed since")
        self._applied = splice, self._spliced(span, splice.inserted)
        return self._applied[1]

    def apply_all(self, splices: Sequence[Splice]) -> Document:
        """Carry splices out one after the other; many at once by reading what comes of them anew."""
        if len(splices) <= FEW:
            document = self
            for splice in splices:
                document = document.apply(splice)
            return document
        source = bytearray(self.source)
        for splice in splices:
            if source[splice.start : splice.span.end] != splice.removed:
                raise ValueError(f"the text at byte {splice.start} has changed since")
            source[splice.start : splice.span.end] = splice.inserted
        return Document.parse(bytes(source))

    def insertion(
        self, section: Section | int, lines: Sequence[str], under: ListItem | None = None
    ) -> Splice:
        """Return the splice that writes an entry in the section's manner, see ``writing.insertion``."""
        from facilitator.core import writing  # only what is read is needed before the first frame

        return writing.insertion(self, _index(section), lines, under)

    def append(self, section: Section | int, lines: Sequence[str], under: ListItem | None = None) -> Document:
        """Write an entry at the end of a section's own text, or of an item in it."""
        return self.apply(self.insertion(section, lines, under))

    def new_section(self, level: int, title: str, *, after: Section | int | None = None) -> Splice:
        """Return the splice that puts an empty section after another and its subsections, else at the end."""
        at = len(self.source) if after is None else self.sections[_index(after)].whole.end
        from facilitator.core import writing

        return writing.new_heading(self, level, title, at)

    def _spliced(self, span: Span, new: bytes) -> Document:
        source = b"".join((self.source[: span.start], new, self.source[span.end :]))
        _check_size(source)
        first = max(bisect_right(self._owns, span.start) - 1, 0)
        while first and not _ends_line(source, self._owns[first]):
            first -= 1  # the heading above was in the last line, which had no end
        if front_matter.may_open_front_matter(source) and (
            first == 0 or front_matter.preamble(source) <= len(front_matter.BOM)
        ):
            return Document.parse(source)
        base, delta = self._owns[first], len(new) - (span.end - span.start)
        last = bisect_left(self._starts, span.end, lo=first + 1)  # the heading that follows what was changed
        if last < len(self._starts):
            level, start, end = self._levels[last], self._starts[last] + delta, self._owns[last] + delta
            found = blocks.outline(source[base:end], top=first == 0)
            if found and found[-1] == Heading(level, start - base, end - base):
                return self._joined(source, first, found[:-1], last, delta)
        found = blocks.outline(source[base:], top=first == 0)
        return self._joined(source, first, found, len(self._starts), delta)

    def _joined(self, source: bytes, first: int, found: list[Heading], last: int, delta: int) -> Document:
        """Make the document whose headings after ``first`` and before ``last`` are ``found``."""
        base, after = self._owns[first], first + 1
        levels = self._levels
        if found or last != after:
            levels = [*levels[:after], *(h.level for h in found), *levels[last:]]
        starts = [
            *self._starts[:after],
            *(base + h.start for h in found),
            *[s + delta for s in self._starts[last:]],
        ]
        owns = [*self._owns[:after], *(base + h.end for h in found), *[o + delta for o in self._owns[last:]]]
        new = Document(source, levels, starts, owns)
        moved = len(levels) - len(self._levels)
        new._blocks = {  # of what was not touched; their offsets count from the start of their section
            index + moved * (index >= last): known
            for index, known in self._blocks.items()
            if not first <= index < last
        }
        if self._endings is not None:
            old_end = self._starts[last] if last < len(self._starts) else len(self.source)
            gone, come = _endings(self.source[base:old_end]), _endings(source[base : old_end + delta])
            crlf, lf, cr = self._endings
            new._endings = crlf - gone[0] + come[0], lf - gone[1] + come[1], cr - gone[2] + come[2]
        return new

    def _section(self, index: int) -> Section:
        level, start = self._levels[index], self._starts[index]
        own = self.own(index)
        following = index + 1
        while index and following < len(self._levels) and self._levels[following] > level:
            following += 1
        end = self._starts[following] if following < len(self._starts) else len(self.source)
        heading = Span(start, own.start)
        return Section(index, level, _title(self.text(heading)), heading, own, Span(start, end))


def _index(section: Section | int) -> int:
    return section if isinstance(section, int) else section.index


def _ends_line(source: bytes, offset: int) -> bool:
    """Say whether a line ends at an offset."""
    before = source[offset - 1 : offset]
    return before == b"\n" or (before == b"\r" and source[offset : offset + 1] != b"\n")


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST:
        raise TooLarge(
            f"{len(data) >> 20} MB is more than minutes can have ({LARGEST >> 20} MB); split the file"
        )


def _endings(source: bytes) -> tuple[int, int, int]:
    """Count the line endings: CRLF, LF alone, CR alone."""
    crlf = source.count(b"\r\n")
    return crlf, source.count(b"\n") - crlf, source.count(b"\r") - crlf


def _title(heading: str) -> str:
    """Return the text of an ATX or setext heading."""
    lines = _LINE_END.split(heading.strip("\r\n"))
    if m := _ATX.match(lines[0]):
        text = lines[0][m.end() :].strip(" \t")
        bare = text.rstrip("#")
        lines = [bare if not bare or bare[-1] in " \t" else text]
    elif len(lines) > 1:
        lines.pop()
    return " ".join(" ".join(lines).split())
