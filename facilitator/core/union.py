"""Two texts for one place: both, theirs first, and what they have in common once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from facilitator.core.lines import UNCOMMON, Line, matches

_BULLET = re.compile(rb"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_FENCE = re.compile(rb"[ \t]*(`{3,}|~{3,})")
_LEANS = re.compile(rb" {0,3}(?:[=-]+[ \t]*$|<)")
"""What would underline a paragraph above it, or be a tag in it."""
_WORD = re.compile(rb"[A-Za-z0-9\x80-\xff]")


def union(theirs: Sequence[Line], ours: Sequence[Line]) -> list[Line]:
    """Return both texts: what continues the section they stand in, then the sections that either adds."""
    their_head, their_rest = _at_heading(theirs)
    our_head, our_rest = _at_heading(ours)
    return _heads(their_head, our_head) + _sections(their_rest, our_rest)


def statements(text: Sequence[Line]) -> dict[tuple[bytes, ...], range]:
    """Return the list items and paragraphs of a text, below no other, that are too long to be alike by chance.

    With each goes the place of its lines in the text, where it stands last.
    """
    found: dict[tuple[bytes, ...], range] = {}
    at = 0
    for unit in _units(text):
        texts = _bare(unit)
        if len(b" ".join(texts).split()) >= UNCOMMON and not _indent(unit[0]) and not unit[0].heading:
            found.pop(texts, None)
            found[texts] = range(at, at + len(texts))
        at += len(unit)
    return found


def _at_heading(text: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Cut a text before its first heading."""
    at = next((i for i, line in enumerate(text) if line.heading), len(text))
    return list(text[:at]), list(text[at:])


def _sections(theirs: list[Line], ours: list[Line]) -> list[Line]:
    """Return both sides' new sections; one that both add is added once, with both texts."""
    added = _by_heading(ours)
    twins: dict[bytes, list[int]] = {}
    for number, section in reversed(list(enumerate(added))):
        twins.setdefault(section[0].text, []).append(number)
    merged: list[Line] = []
    for section in _by_heading(theirs):
        twin: list[Line] = []
        if same := twins.get(section[0].text):
            number = same.pop()
            twin, added[number] = added[number], []
        merged += [section[0], *_heads(section[1:], twin[1:])]
    return merged + [line for section in added for line in section]


def _by_heading(text: list[Line]) -> list[list[Line]]:
    sections: list[list[Line]] = []
    for line in text:
        if line.heading:
            sections.append([])
        sections[-1].append(line)
    return sections


def _heads(theirs: list[Line], ours: list[Line]) -> list[Line]:
    """Return both texts, theirs first; blank lines around them are not added up."""
    if not theirs or not ours or [line.text for line in theirs] == [line.text for line in ours]:
        return theirs or ours
    lead, middle, trail = _trimmed(theirs)
    our_lead, our_middle, our_trail = _trimmed(ours)
    if not middle or not our_middle:
        full, blanks = (ours, theirs) if our_middle else (theirs, ours)
        return full + _missing([line for line in full if line.blank], blanks)
    between = our_lead or trail or [line for line in middle + our_middle if line.blank]
    return [
        *lead,
        *_missing(lead, our_lead),
        *_middles(middle, our_middle, between),
        *trail,
        *_missing(trail, our_trail),
    ]


def _missing(blank: list[Line], other: list[Line]) -> list[Line]:
    """Return the blank lines that one text has more than another, or of another kind."""
    there = {line.text for line in blank}
    new = [line for line in other if line.text not in there]
    return new + other[: max(len(other) - len(blank) - len(new), 0)]


def _trimmed(text: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the blank lines before, the text, and the blank lines after it."""
    written = [i for i, line in enumerate(text) if not line.blank]
    if not written:
        return text, [], []
    return text[: written[0]], text[written[0] : written[-1] + 1], text[written[-1] + 1 :]


def _middles(theirs: list[Line], ours: list[Line], blanks: list[Line]) -> list[Line]:
    """Join two texts; list items and paragraphs, with what is nested in them, that both hold stand once."""
    # What is indented deeper than their first line continues what stands above: it stays there.
    depth = _indent(theirs[0])
    nested = next((i for i, line in enumerate(ours) if not line.blank and _indent(line) <= depth), len(ours))
    merged = ours[:nested]
    their_units, our_units = _units(theirs), _units(ours[nested:])
    shared = matches(_keys(their_units, 0), _keys(our_units, 1))
    i = j = 0
    for to_i, to_j in [*shared, (len(their_units), len(our_units))]:
        for unit in their_units[i:to_i]:
            merged += unit
        if to_i > i and to_j > j:
            merged += _gap(merged, our_units[j], blanks)
        for unit in our_units[j:to_j]:
            merged += unit
        if to_i < len(their_units):
            longer = len(our_units[to_j]) > len(their_units[to_i])
            merged += our_units[to_j] if longer else their_units[to_i]
        i, j = to_i + 1, to_j + 1
    return merged


def _indent(line: Line) -> int:
    expanded = line.text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _units(text: Sequence[Line]) -> list[list[Line]]:
    """Cut a text into lines with what is indented below them; a code fence is one unit."""
    units: list[list[Line]] = []
    fence = b""
    for line in text:
        inside = bool(fence)
        if m := _FENCE.match(line.text):
            if not inside:
                fence = m[1]
            elif m[1].startswith(fence) and not line.text[m.end() :].strip():
                fence = b""
        if units and (inside or line.blank or _indent(line) > _indent(text[0])):
            units[-1].append(line)
        else:
            units.append([line])
    return units


def _keys(units: list[list[Line]], side: int) -> list[object]:
    """Return what makes units the same; one without a word, such as a rule, is like no other."""
    return [
        texts if any(map(_WORD.search, texts := _bare(unit))) else (side, number)
        for number, unit in enumerate(units)
    ]


def _bare(unit: list[Line]) -> tuple[bytes, ...]:
    """Return the texts of a unit without the blank lines after it, and the long ones without white space behind."""
    texts = [line.text.rstrip() if len(line.text.split()) >= UNCOMMON else line.text for line in unit]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def _gap(above: list[Line], below: list[Line], blanks: list[Line]) -> list[Line]:
    """Return the blank line that keeps a text apart from another which it would continue."""
    if not above or above[-1].blank:
        return []
    if _LEANS.match(below[0].text):
        return [above[-1]._replace(text=b"", heading=False)]
    return [] if _BULLET.match(below[0].text) else blanks[:1]
