"""Where an entry goes in a section, and in what manner: the section's own bullet, indent and blank lines.

Every change made here is one contiguous insertion. An entry is placed by the structure of the text, written,
and then looked for: what cannot be found again as a list item at its place was swallowed, and is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from facilitator.core import house_style
from facilitator.core.block import Block, Bullet, bullets
from facilitator.core.front_matter import preamble
from facilitator.core.grammar import interrupts
from facilitator.core.spans import Span, Splice

if TYPE_CHECKING:
    from facilitator.core.document import Document, ListItem

_FENCE = re.compile(r"(`{3,}|~{3,})")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Swallowed(ValueError):
    """An entry would become part of something that is still open, such as a code fence."""

    def __init__(self, what: str, line: int, closing: Splice | None) -> None:
        self.found = f"line {line}: {what} is not closed and would swallow the entry"
        """Without what to do about it."""
        self.advice = f"; {'close it first' if closing else 'write below it by hand'}"
        super().__init__(f"{self.found}{self.advice}")
        self.what = what
        """``a code fence``, ``a comment``..."""
        self.line = line
        """The line it begins in, from 1."""
        self.closing = closing
        """What closes it; None where nothing does."""


class _Place(NamedTuple):
    """Where an entry goes and what stands before its text."""

    at: int
    indent: bytes
    bullet: bytes
    gap: bytes
    """Between the bullet and the text."""
    width: int
    """Columns from the indent to the text."""
    depth: int
    blank: bool = False
    """A blank line goes before it."""
    after: bool = False
    """A blank line goes after it."""
    fills: int | None = None
    """Where the line begins whose empty bullet the entry fills."""
    loose: bool = False
    """Blank lines stand between the items of the list."""


def insertion(document: Document, index: int, lines: Sequence[str], under: ListItem | None) -> Splice:
    """Place an entry at the end of a section's own text, or nested at the end of an item ``under``.

    ``lines`` are its Markdown without bullet: the first line, then lines that belong to it; those that
    begin with ``- `` are items one level below. Raises ``Swallowed``, and ``ValueError`` for a line that is
    several.
    """
    return insertions(document, index, [lines], under)[0]


def insertions(
    document: Document, index: int, entries: Sequence[Sequence[str]], under: ListItem | None
) -> tuple[Splice, tuple[int, ...]]:
    """Place entries one after the other, as ``insertion`` does one, with a single look at the document.

    Returns the splice, and how many of its bytes each entry takes up.
    """
    if not all(entries) or any("\n" in line or "\r" in line for lines in entries for line in lines):
        raise ValueError("an entry is one or more lines, each without a line ending")
    place = _at_end(document, index) if under is None else _below(document, index, under)
    if place.fills is None and _continues(document.source, place.at):
        place = place._replace(after=True)
    newline = document.newline
    following = place._replace(gap=place.gap or b" ", fills=None)
    pieces = [_written(place, entries[0], newline)]
    pieces += [newline * place.loose + _written(following, lines, newline) for lines in entries[1:]]
    if place.fills is not None and len(pieces) > 1:  # the line that is filled has its ending already
        pieces[0] += newline
        pieces[-1] = pieces[-1].removesuffix(newline)
    text = b"".join(pieces)
    splice = Splice(place.at, b"", _fitted(document, place, text))
    sizes = [len(piece) for piece in pieces]
    before = splice.inserted.index(text)
    sizes[0] += before
    sizes[-1] += len(splice.inserted) - before - len(text)
    _check(document, index, splice, place, sizes)
    return splice, tuple(sizes)


def rewriting(document: Document, span: Span, lines: Sequence[str]) -> Splice:
    """Return the splice that puts other words into an item written before: ``span`` is what was inserted for it.

    Raises ``Swallowed`` where it would not be that item any more.
    """
    index = document.section_at(span.start).index
    base = document.own(index).start
    holding = [b for b in bullets(document.blocks(index)) if base + b.start <= span.start < base + b.end]
    if not holding:
        raise Swallowed("the text above", _line_number(document.source, span.start), None)
    bullet, old = holding[-1], document.source[span.start : span.end]
    place = _beside(document, base, [bullet])._replace(fills=None)
    before = span.start - base - bullet.start  # of a bullet that was there already
    new = _written(place, lines, document.newline)[before:]
    if not old.endswith((b"\n", b"\r")):
        new = new.removesuffix(document.newline)
    splice = Splice(span.start, old, new)
    place = place._replace(fills=base + bullet.start)
    _check(document, index, splice, place, [len(new)])
    return splice


def new_heading(document: Document, level: int, title: str, at: int) -> Splice:
    """Place a heading where a section begins or the file ends, with the blank lines usual there.

    ``title`` is Markdown. Raises ``Swallowed``, and ``ValueError`` for a level that is none or a title that
    does not fit on one line.
    """
    if not 1 <= level <= 6 or not title.strip() or "\n" in title or "\r" in title:
        raise ValueError("a heading is of level 1 to 6 and its title one line")
    source, newline = document.source, document.newline
    above = source[:at][-4096:]
    written = above.rstrip(b" \t\r\n")
    gap = max(_line_endings(above[len(written) :]) - 1, 0)
    place = _Place(at, b"", b"", b"", 0, 0, blank=bool(written) and not gap)
    text = b"#" * level + b" " + _encoded(title.strip()) + newline
    if at < len(source):
        text += newline * max(gap, 1)
    splice = Splice(at, b"", _fitted(document, place, text))
    last = len(document.sections) - 1
    if len(document.apply(splice).sections) == last + 1:
        raise _open_block(document, last) or Swallowed("the text above", _line_number(source, at), None)
    return splice


def _continues(source: bytes, at: int) -> bool:
    """Say whether the line at ``at`` would continue the paragraph of an entry put before it."""
    m = _LINE.match(source, at)
    return bool(m and m[0].strip(b" \t\r\n") and not interrupts(m[0]))


def _at_end(document: Document, index: int) -> _Place:
    """After the last block of a section's own text."""
    found, base = document.blocks(index), document.own(index).start
    if not found:
        return _in_empty(document, index)
    last = found[-1]
    if swallowed := _open_block(document, index):
        raise swallowed
    top = [bullet for bullet in last.bullets if bullet.depth == 0]
    if top and not top[-1].marker[0].isdigit():
        return _beside(document, base, top)
    return _Place(base + last.end, b"", house_style.bullet(document, index), b" ", 2, 0, blank=True)


def _in_empty(document: Document, index: int) -> _Place:
    """After the first blank line of an empty section, and what is missing of blank lines around the entry."""
    source, own = document.source, document.own(index)
    start = own.start + (preamble(source) if index == 0 else 0)
    lines = _LINE.findall(source, start, own.end)
    after_heading = index > 0
    tight = after_heading and not lines and house_style.is_tight(document, index)
    return _Place(
        start + (len(lines[0]) if lines and after_heading else 0),
        b"",
        house_style.bullet(document, index),
        b" ",
        2,
        0,
        blank=after_heading and not lines and not tight,
        after=own.end < len(source) and len(lines) < 1 + after_heading and not tight,
    )


def _beside(document: Document, base: int, siblings: list[Bullet]) -> _Place:
    """After the last of some items, as one more of them; into it where it is empty."""
    source, last = document.source, siblings[-1]
    start, indent = base + last.marker_end, _indent(source, base, last)
    rest = source[start : base + last.end]
    loose = len(siblings) > 1 and siblings[-2].loose
    gap = rest[: len(rest) - len(rest.lstrip(b" \t"))]
    if last.last is None:
        gap = gap if 1 <= len(gap) <= 4 and b"\t" not in gap else b""
        place = _Place(
            start + len(gap), indent, last.marker.encode(), gap or b" ", len(gap or b" ") + 1, last.depth
        )
        return place._replace(fills=base + last.start, loose=loose)
    width = last.content - last.indent
    if not gap or len(gap) > 4 or rest[len(gap) : len(gap) + 1] in (b"\r", b"\n"):
        gap, width = b" ", 2
    return _Place(
        base + last.end, indent, last.marker.encode(), gap, width, last.depth, blank=loose, loose=loose
    )


def _below(document: Document, index: int, under: ListItem) -> _Place:
    """After the last block in an item, one level below it."""
    found, base, source = bullets(document.blocks(index)), document.own(index).start, document.source
    places = [(base + bullet.start, bullet.depth) for bullet in found]
    if under.section != index or (under.span.start, under.depth) not in places:
        raise ValueError("the list item is no longer where it was")
    number = places.index((under.span.start, under.depth))
    item = found[number]
    end = next((n for n in range(number + 1, len(found)) if found[n].depth <= item.depth), len(found))
    children = [bullet for bullet in found[number + 1 : end] if bullet.depth == item.depth + 1]
    kind = item.last.kind if item.last else "paragraph"
    if kind == "list" and children and not children[-1].marker[0].isdigit():
        return _beside(document, base, children)
    indent = _indent(source, base, item) + b" " * (item.content - item.indent)
    if item.last and item.last.closing:
        raise _swallowed(document, base, item.last, indent)
    bullet = house_style.bullet(document, index) if item.marker[0].isdigit() else item.marker.encode()
    return _Place(base + item.end, indent, bullet, b" ", 2, item.depth + 1, blank=kind in ("html", "list"))


def _indent(source: bytes, base: int, bullet: Bullet) -> bytes:
    """Return what stands before an item's marker, as blanks where the marker of another item does."""
    before = source[base + bullet.start : base + bullet.marker_end - len(bullet.marker)]
    return before if not before.strip(b" \t") else b" " * bullet.indent


def _written(place: _Place, lines: Sequence[str], newline: bytes) -> bytes:
    """Write the lines of an entry; within a fence a ``- `` is no bullet."""
    further, fence = place.indent + b" " * place.width, ""
    written = []
    for number, line in enumerate(lines):
        text = _encoded(line)
        if number and not fence and line.startswith("- "):
            text = place.bullet + text[1:]
        written.append(further + text if number and text.strip() else text)
        if fence and line.startswith(fence) and not line.strip(fence[0] + " "):
            fence = ""
        elif not fence and (opener := _FENCE.match(line)):
            fence = opener[0]
    if place.fills is None:
        return place.indent + place.bullet + place.gap + newline.join(written) + newline
    return newline.join(written)


def _fitted(document: Document, place: _Place, text: bytes) -> bytes:
    """Add the line endings and blank lines that a text needs where it goes."""
    source, newline = document.source, document.newline
    before, following = source[place.at - 1 : place.at], source[place.at : place.at + 1]
    if place.fills is not None:
        return text if before in (b" ", b"\t") else place.gap + text
    text = newline * place.blank + text + newline * place.after
    if place.at > preamble(source) and before not in (b"\n", b"\r"):
        text = newline + text
    if before == b"\r" and text.startswith(b"\n"):
        text = b"\n" + text  # the first LF only completes a CRLF
    if text.endswith(b"\r") and following == b"\n":
        text += b"\r"  # so that the LF there still ends a line of its own
    return text


def _check(document: Document, index: int, splice: Splice, place: _Place, sizes: Sequence[int]) -> None:
    """Raise ``Swallowed`` unless the entries stand in the section as the list items they are meant to be."""
    new = document.apply(splice)
    if len(new.sections) == len(document.sections):
        base = new.own(index).start
        found = {base + b.start for b in bullets(new.blocks(index)) if b.depth == place.depth}
        if found.issuperset(_starts(splice, place, sizes)):
            return
    raise Swallowed("the text above", _line_number(document.source, splice.start), None)


def _starts(splice: Splice, place: _Place, sizes: Sequence[int]) -> Iterator[int]:
    """Give where the line of each entry begins."""
    at = 0
    for number, size in enumerate(sizes):
        written = splice.inserted[at : at + size]
        start = splice.start + at + len(written) - len(written.lstrip(b"\r\n"))
        yield place.fills if place.fills is not None and number == 0 else start
        at += size


def _open_block(document: Document, index: int) -> Swallowed | None:
    """Return what is wrong where the last block of a section is still open."""
    found = document.blocks(index)
    if found and found[-1].closing:
        return _swallowed(document, document.own(index).start, found[-1], b"")
    return None


def _swallowed(document: Document, base: int, block: Block, indent: bytes) -> Swallowed:
    """Say which block is open, and how to close it at the end of its last line."""
    place = _Place(base + block.end, indent, b"", b"", 0, 0)
    closing = _fitted(document, place, indent + block.closing.encode() + document.newline)
    what = (
        "a comment" if block.closing == "-->" else "an HTML block" if block.kind == "html" else "a code fence"
    )
    return Swallowed(what, _line_number(document.source, base + block.start), Splice(place.at, b"", closing))


def _encoded(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")


def _line_endings(text: bytes) -> int:
    return len(_LINE_END.findall(text))


def _line_number(source: bytes, offset: int) -> int:
    return _line_endings(source[:offset]) + 1
