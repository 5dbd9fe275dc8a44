"""The lines of a text, and those that two versions of it share.

Versions are aligned at the lines that stand once in both (patience diff, Bram Cohen), and between those by
``difflib``. Lines are compared without their endings: a file that somebody's editor saved with other line endings
has not changed at every line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

DEEPEST = 12
"""How often a stretch is divided at lines that stand once in it."""
DEAREST = 10_000
"""Pairs of equal lines up to which ``difflib``, quadratic in them, is asked."""
FARTHEST = 64
"""Lines ahead in which a stretch too dear for ``difflib`` looks for the next equal one."""
UNCOMMON = 6
"""Words that a text must have to be known again elsewhere; a shorter one may stand in two places by chance."""

Pair = tuple[int, int]
"""Places of a line in one version and in the other."""
Mark = Literal["", "conflict", "held"]


class Line(NamedTuple):
    """One line of a version."""

    text: bytes
    """Without its ending."""
    ending: bytes
    """CRLF, LF, CR or, in the last line only, nothing."""
    heading: bool = False
    """Whether a section begins here."""
    mark: Mark = ""
    """``conflict``: one of two versions that both stay; ``held``: a removal that was not carried out."""

    @property
    def blank(self) -> bool:
        """Whether it holds white space only."""
        return not self.text.strip()


class Hunk(NamedTuple):
    """Lines ``lo`` to ``hi`` of the base make way for lines ``start`` to ``end`` of a side."""

    lo: int
    hi: int
    start: int
    end: int


def lines(source: bytes) -> list[Line]:
    """Cut a text into lines; joined again they are the text."""
    texts = source.splitlines()
    whole = source.splitlines(keepends=True)
    return list(map(Line, texts, [one[len(text) :] for text, one in zip(texts, whole, strict=True)]))


def beyond(one: Counter[bytes], other: Counter[bytes]) -> Counter[bytes]:
    """Return what is more often in the one, as ``one - other`` does, in a third of the time."""
    of = other.get
    return Counter({text: count - of(text, 0) for text, count in one.items() if count > of(text, 0)})


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Return the places of equal elements, rising in both; nearly linear whatever the input is."""
    if a == b:  # most stretches of most versions
        return [(i, i) for i in range(len(a))]
    found: list[Pair] = []
    todo = [(0, len(a), 0, len(b), 0)]
    while todo:
        a_lo, a_hi, b_lo, b_hi, depth = todo.pop()
        while a_lo < a_hi and b_lo < b_hi and a[a_lo] == b[b_lo]:
            found.append((a_lo, b_lo))
            a_lo, b_lo = a_lo + 1, b_lo + 1
        while a_lo < a_hi and b_lo < b_hi and a[a_hi - 1] == b[b_hi - 1]:
            a_hi, b_hi = a_hi - 1, b_hi - 1
            found.append((a_hi, b_hi))
        if a_lo == a_hi or b_lo == b_hi:
            continue
        in_a, in_b = Counter(a[a_lo:a_hi]), Counter(b[b_lo:b_hi])
        anchors = _anchors(a, b, (a_lo, a_hi, b_lo, b_hi), in_a, in_b) if depth < DEEPEST else []
        if not anchors:
            found += _unanchored(a, b, (a_lo, a_hi, b_lo, b_hi), in_a, in_b)
            continue
        for i, j in [*anchors, (a_hi, b_hi)]:
            todo.append((a_lo, i, b_lo, j, depth + 1))
            a_lo, b_lo = i, j
    found.sort()
    return found


def hunks(pairs: Iterable[Pair], of_a: int, of_b: int) -> list[Hunk]:
    """Return what lies between matching lines of two versions that have ``of_a`` and ``of_b`` lines."""
    made = []
    a_at = b_at = 0
    for i, j in [*pairs, (of_a, of_b)]:
        if i > a_at or j > b_at:
            made.append(Hunk(a_at, i, b_at, j))
        a_at, b_at = i + 1, j + 1
    return made


def _anchors(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    stretch: tuple[int, int, int, int],
    in_a: Counter[Hashable],
    in_b: Counter[Hashable],
) -> list[Pair]:
    """Return the longest rising run of elements that stand once in either stretch."""
    a_lo, a_hi, b_lo, b_hi = stretch
    places = {b[j]: j for j in range(b_lo, b_hi) if in_b[b[j]] == 1}
    ends: list[int] = []
    tails: list[int] = []
    once: list[tuple[Pair, int]] = []
    for i in range(a_lo, a_hi):
        j = places.get(a[i], -1)
        if j < 0 or in_a[a[i]] != 1:
            continue
        length = bisect_left(ends, j)
        once.append(((i, j), tails[length - 1] if length else -1))
        if length == len(ends):
            ends.append(j)
            tails.append(len(once) - 1)
        else:
            ends[length], tails[length] = j, len(once) - 1
    run: list[Pair] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        pair, at = once[at]
        run.append(pair)
    return run[::-1]


def _unanchored(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    stretch: tuple[int, int, int, int],
    in_a: Counter[Hashable],
    in_b: Counter[Hashable],
) -> list[Pair]:
    """Match a stretch in which no element stands once: by difflib, or step by step where that is too dear."""
    a_lo, a_hi, b_lo, b_hi = stretch
    cost = sum(count * in_b[element] for element, count in in_a.items() if element in in_b)
    if cost == 0:
        return []
    if cost <= DEAREST:
        blocks = SequenceMatcher(None, a[a_lo:a_hi], b[b_lo:b_hi], autojunk=False).get_matching_blocks()
        return [(a_lo + i + k, b_lo + j + k) for i, j, size in blocks for k in range(size)]
    found = []
    i, j = a_lo, b_lo
    while i < a_hi and j < b_hi:
        for ahead in range(FARTHEST):
            if j + ahead < b_hi and a[i] == b[j + ahead]:
                j += ahead
                break
            if i + ahead < a_hi and a[i + ahead] == b[j]:
                i += ahead
                break
        else:
            i, j = i + 1, j + 1
            continue
        found.append((i, j))
        i, j = i + 1, j + 1
    return found
