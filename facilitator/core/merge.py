"""Somebody else's version of the minutes and ours, brought into one.

Sections are followed first, wherever they went and whatever their heading says now; then each is merged by line
(``diff3``), and where both sides changed the same lines both stay, theirs before ours. The result is text like
any other: which of it is in doubt is said beside it, never in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from facilitator.core.diff3 import three_way
from facilitator.core.document import Document, Span
from facilitator.core.guard import Side, clobbered, removed_words, written_to
from facilitator.core.lines import Line, Mark, Pair, matches
from facilitator.core.reading import Reader, splices
from facilitator.core.versions import Stretch, Version, follow, stretches

__all__ = ["Clobber", "Conflict", "Merged", "merge", "splices", "take"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A section in which both sides changed the same lines; both versions are in it."""

    section: int
    """Its index in the merged document."""
    title: str
    spans: tuple[Span, ...]
    """The lines in doubt, in the merged source."""


@dataclass(frozen=True, slots=True)
class Clobber:
    """A section that a landing emptied or cut down though its author added nothing to it."""

    section: int
    """Its index in the merged document."""
    title: str
    spans: tuple[Span, ...]
    """The lines that were to go, in the merged source, where they stay."""
    removed: bytes
    """What was to go."""
    emptied: bool
    """Whether nothing of the section's own text would be left."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of a merge."""

    source: bytes
    conflicts: tuple[Conflict, ...] = ()
    clobbers: tuple[Clobber, ...] = ()


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    guard: bool = True,
    *,
    captured: Collection[bytes] = (),
    read: Reader | None = None,
) -> Merged:
    """Merge two versions that were made from ``base``.

    With ``guard``, theirs is a landing: text that it clobbers stays in the result, and so do the lines that were
    captured in this call (given without their endings). Without it, this is the plain three-way merge. ``read`` may
    know some of the versions already. Raises ``TooLarge``.
    """
    if guard and (whole := _uncut(base, theirs)) != theirs:
        merged = merge(base, ours, whole, captured=captured, read=read)
        if merged.clobbers:
            return merged
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base and not guard:
        return Merged(theirs)
    read = read or Reader()
    document = read.document(base)
    three = read(base), read(ours), read(theirs)
    to_ours, to_theirs = follow(three[0], three[1]), follow(three[0], three[2])
    pieces = [_aligned(three, stretch) for stretch in stretches(*three, to_ours, to_theirs)]
    our_holds, their_holds = _holds(three, to_ours, to_theirs, pieces, guard, captured)
    if ours == base and not their_holds:
        return Merged(theirs)
    text = [line for piece in pieces for line in _merged(three, piece, our_holds, their_holds)]
    return _told(_ended(text, document.newline))


def take(now: bytes, merged: Merged, clobber: Clobber) -> bytes:
    """Carry out a removal that was held back, in a text that ``merged`` has become since."""
    gone = merged.source
    for span in reversed(clobber.spans):
        gone = gone[: span.start] + gone[span.end :]
    return merge(merged.source, now, gone, guard=False).source


def _uncut(base: bytes, theirs: bytes) -> bytes:
    """Return theirs without the piece of a line at which the file was cut off: nobody wrote that."""
    if not base.startswith(theirs) or base[len(theirs) :][:1] in (b"", b"\r", b"\n"):
        return theirs
    return theirs[: max(theirs.rfind(b"\n"), theirs.rfind(b"\r")) + 1]


def _source(text: Iterable[Line]) -> bytes:
    return b"".join([line.text + line.ending for line in text])


_Marks = dict[int, Mark]
"""Lines of the base that stay although a side removed them, and how they are marked."""


class _Piece(NamedTuple):
    """A stretch, and the lines of it that each side kept."""

    stretch: Stretch
    to_ours: list[Pair]
    to_theirs: list[Pair]


def _aligned(three: Sequence[Version], stretch: Stretch) -> _Piece:
    old, our, their = (
        [line.text for line in version.lines[part.start : part.stop]]
        for version, part in zip(three, stretch, strict=True)
    )
    return _Piece(stretch, matches(old, our), matches(old, their))


def _holds(
    three: Sequence[Version],
    to_ours: Sequence[int | None],
    to_theirs: Sequence[int | None],
    pieces: Sequence[_Piece],
    guard: bool,
    words: Collection[bytes],
) -> tuple[_Marks, _Marks]:
    """Return what is held back of ours and of theirs.

    A section that one side removed while the other wrote to it stays, with or without the guard.
    """
    base = three[0]
    ours = Side(
        three[1], to_ours, {p.stretch.base[i]: p.stretch.ours[j] for p in pieces for i, j in p.to_ours}
    )
    theirs = Side(
        three[2], to_theirs, {p.stretch.base[i]: p.stretch.theirs[j] for p in pieces for i, j in p.to_theirs}
    )
    our_marks, their_marks = written_to(base, ours, theirs), written_to(base, theirs, ours)
    if guard:
        aligned = [(p.stretch, p.to_theirs) for p in pieces]
        held = clobbered(base, theirs) | removed_words(base, three[2], aligned, words)
        if held:  # a copy that is stale in one place is so in others
            everything = {line.text for line in base.lines if not line.blank}
            held |= removed_words(base, three[2], aligned, everything)
        # What ours changed as well is a conflict, and a heading that ours wrote below is one already.
        told = (i for i in held if i in ours.kept and not (base.lines[i].heading and i in their_marks))
        their_marks |= {i: held[i] for i in told}
    return our_marks, their_marks


def _merged(three: Sequence[Version], piece: _Piece, our_holds: _Marks, their_holds: _Marks) -> list[Line]:
    base, ours, theirs = three
    old, our, their = piece.stretch
    theirs_here = theirs.lines[their.start : their.stop]
    if base.lines[old.start : old.stop] == ours.lines[our.start : our.stop] == theirs_here:
        return list(theirs_here)
    our_lines, to_ours = _held(base, old, ours, our, piece.to_ours, our_holds)
    their_lines, to_theirs = _held(base, old, theirs, their, piece.to_theirs, their_holds)
    return three_way(base.lines[old.start : old.stop], our_lines, their_lines, to_ours, to_theirs)


def _held(
    base: Version, old: range, side: Version, new: range, pairs: Sequence[Pair], holds: _Marks
) -> tuple[Sequence[Line], Sequence[Pair]]:
    """Return a side's lines as if it had not made the changes that are held back, and which it kept."""
    if not holds:
        return side.lines[new.start : new.stop], pairs
    made: list[Line] = []
    kept: list[Pair] = []
    i_at = j_at = 0
    for i, j in [*pairs, (len(old), len(new))]:
        was, now = old[i_at:i], new[j_at:j]
        # Text that goes on with a section stays above the sections that begin here.
        was_cut, now_cut = _to_heading(base, was), _to_heading(side, now)
        for olds, news in ((was[:was_cut], now[:now_cut]), (was[was_cut:], now[now_cut:])):
            for at in olds:
                if at in holds:
                    kept.append((at - old.start, len(made)))
                    made.append(base.lines[at]._replace(mark=holds[at]))
            made += [side.lines[at] for at in news]
        if i < len(old):
            kept.append((i, len(made)))
            made.append(side.lines[new[j]])
        i_at, j_at = i + 1, j + 1
    return made, kept


def _to_heading(version: Version, part: range) -> int:
    return next((k for k, at in enumerate(part) if version.lines[at].heading), len(part))


def _ended(text: Sequence[Line], newline: bytes) -> list[Line]:
    """Give every line but the last an ending, and keep a lone CR from joining the blank line after it."""
    ended: list[Line] = []
    for line in text:
        if ended and not ended[-1].ending:
            ended[-1] = ended[-1]._replace(ending=newline)
        if ended and ended[-1].ending == b"\r" and not line.text and line.ending == b"\n":
            line = line._replace(ending=b"\r")
        ended.append(line)
    return ended


def _told(text: Sequence[Line]) -> Merged:
    """Join the lines and gather what is marked in them by section."""
    source = _source(text)
    marked: list[tuple[Mark, Span]] = []
    at = 0
    for line in text:
        span = Span(at, at + len(line.text) + len(line.ending))
        if line.mark:
            marked.append((line.mark, span))
        at = span.end
    if not marked:
        return Merged(source)
    document = Document.parse(source)
    conflicts, clobbers = [], []
    for index, found in groupby(marked, key=lambda mark: document.section_at(mark[1].start).index):
        spans: dict[Mark, list[Span]] = {"conflict": [], "held": []}
        for mark, span in found:
            spans[mark].append(span)
        title = document.sections[index].title
        if spans["conflict"]:
            conflicts.append(Conflict(index, title, _joined(spans["conflict"])))
        if spans["held"]:
            clobbers.append(_clobber(document, index, _joined(spans["held"])))
    return Merged(source, tuple(conflicts), tuple(clobbers))


def _clobber(document: Document, index: int, spans: tuple[Span, ...]) -> Clobber:
    own = document.own(index)
    rest, at = b"", own.start
    for span in spans:
        rest += document.source[at : max(span.start, at)]
        at = max(span.end, own.start)
    rest += document.source[at : own.end]
    removed = b"".join(document.source[span.start : span.end] for span in spans)
    return Clobber(index, document.sections[index].title, spans, removed, emptied=not rest.strip())


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Make one of spans that touch."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
