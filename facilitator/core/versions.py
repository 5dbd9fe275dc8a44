"""Which section of one version of the minutes is which of another: kept, moved, renamed or copied.

A section is known by its title and text; where it was edited, by its title; where its heading was edited, by the
project in it (the lead's name may change) or by its place and what is left of its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from facilitator.core.document import Document
from facilitator.core.headings import heading, name_key
from facilitator.core.lines import Line, Pair, lines, matches

LONGEST_TITLE = 200
"""Characters of a title that are read for a project or compared with another."""
ALIKE = 0.6
"""How much of two headings must be the same for one to be the other with a change."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the minutes by lines and sections; make it with ``of``."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    """The line in which each section begins."""
    owns: tuple[int, ...]
    """The line after each section's heading."""
    titles: tuple[str, ...]
    levels: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Version:
        """Read a version."""
        cut = lines(document.source)
        offsets = list(accumulate((len(line.text) + len(line.ending) for line in cut), initial=0))
        starts, owns, titles, levels = [0], [0], [""], [0]
        for section in document.sections[1:]:
            start = bisect_right(offsets, section.heading.start) - 1
            starts.append(start)
            owns.append(bisect_right(offsets, section.heading.end - 1))
            titles.append(section.title)
            levels.append(section.level)
            cut[start] = cut[start]._replace(heading=True)
        return cls(tuple(cut), tuple(starts), tuple(owns), tuple(titles), tuple(levels))

    def end(self, section: int) -> int:
        """Return the line after a section's own text."""
        return self.starts[section + 1] if section + 1 < len(self.starts) else len(self.lines)

    def section_of(self, line: int) -> int:
        """Return the section that holds a line."""
        return bisect_right(self.starts, line) - 1

    def own(self, section: int) -> Sequence[Line]:
        """Return the lines below a section's heading."""
        return self.lines[self.owns[section] : self.end(section)]


class Stretch(NamedTuple):
    """Lines of three versions that are merged with each other: a heading, or the text between two."""

    base: range
    ours: range
    theirs: range


def follow(base: Version, side: Version) -> list[int | None]:
    """Return which section of a side each section of the base is; None where it is gone."""
    found: list[int | None] = [None] * len(base.starts)
    found[0] = 0
    taken = {0}

    def take(pairs: Iterable[Pair]) -> None:
        for i, j in pairs:
            if found[i] is None and j not in taken:
                found[i] = j
                taken.add(j)

    take(matches(_fingerprints(base), _fingerprints(side)))
    for key in (_title, _project):
        for b_gap, s_gap in _gaps(found, len(side.starts)):
            pairs = matches([key(base, i) for i in b_gap], [key(side, j) for j in s_gap])
            take((b_gap[i], s_gap[j]) for i, j in pairs)
        free_i = [i for i, j in enumerate(found) if j is None]
        free_j = [j for j in range(len(side.starts)) if j not in taken]
        take(_unique(base, side, free_i, free_j, key))
    for b_gap, s_gap in _gaps(found, len(side.starts)):
        if len(b_gap) == len(s_gap):
            take((i, j) for i, j in zip(b_gap, s_gap, strict=True) if _renamed(base, i, side, j))
    return found


def stretches(
    base: Version,
    ours: Version,
    theirs: Version,
    to_ours: Sequence[int | None],
    to_theirs: Sequence[int | None],
) -> list[Stretch]:
    """Return what is merged with what, in the order of the side that moved sections (theirs where both did).

    A section that is not in all three belongs to the one above it.
    """
    rows = ((i, o, t) for i, (o, t) in enumerate(zip(to_ours, to_theirs, strict=True)))
    in_all = [(i, o, t) for i, o, t in rows if o is not None and t is not None]
    ends = [_ends(version, [row[k] for row in in_all]) for k, version in enumerate((base, ours, theirs))]
    moved = [row[2] for row in in_all] != sorted(row[2] for row in in_all)
    made = []
    for i, o, t in sorted(in_all, key=lambda row: row[2] if moved else row[1]):
        made.append(
            Stretch(
                range(base.starts[i], base.owns[i]),
                range(ours.starts[o], ours.owns[o]),
                range(theirs.starts[t], theirs.owns[t]),
            )
        )
        made.append(
            Stretch(
                range(base.owns[i], ends[0][i]),
                range(ours.owns[o], ends[1][o]),
                range(theirs.owns[t], ends[2][t]),
            )
        )
    return made


def _ends(version: Version, anchors: Sequence[int]) -> dict[int, int]:
    """Return the line at which each of some sections, with those that belong to it, ends."""
    order = sorted(anchors)
    ends = [version.starts[following] for following in order[1:]] + [len(version.lines)]
    return dict(zip(order, ends, strict=True))


def _fingerprints(version: Version) -> list[Hashable]:
    texts = [line.text for line in version.lines]
    return [
        (level, title, tuple(texts[version.owns[i] : version.end(i)]))
        for i, (level, title) in enumerate(zip(version.levels, version.titles, strict=True))
    ]


def _title(version: Version, section: int) -> Hashable:
    return version.titles[section]


def _project(version: Version, section: int) -> Hashable:
    title = version.titles[section][:LONGEST_TITLE]
    return name_key(heading(title).project) or title


def _gaps(found: Sequence[int | None], of_side: int) -> list[tuple[list[int], list[int]]]:
    """Return the sections of base and side between neighbours that follow each other in both."""
    taken = {j for j in found if j is not None}
    gaps = []
    for i, j in enumerate(found):
        if j is None or i + 1 >= len(found) or found[i + 1] is not None:
            continue
        last_i, last_j = i + 1, j + 1
        while last_i < len(found) and found[last_i] is None:
            last_i += 1
        while last_j < of_side and last_j not in taken:
            last_j += 1
        if last_j > j + 1:
            gaps.append((list(range(i + 1, last_i)), list(range(j + 1, last_j))))
    return gaps


def _unique(
    base: Version,
    side: Version,
    free_i: Sequence[int],
    free_j: Sequence[int],
    key: Callable[[Version, int], Hashable],
) -> list[Pair]:
    """Match sections that were moved: those alone in having their key on either side."""
    by_key: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in free_i:
        by_key[key(base, i)][0].append(i)
    for j in free_j:
        by_key[key(side, j)][1].append(j)
    return [(i[0], j[0]) for i, j in by_key.values() if len(i) == 1 and len(j) == 1]


def _renamed(base: Version, i: int, side: Version, j: int) -> bool:
    """Say whether a section at the same place is the same: by its heading's wording, or by its text."""
    if base.levels[i] != side.levels[j]:
        return False
    old, new = base.titles[i][:LONGEST_TITLE], side.titles[j][:LONGEST_TITLE]
    if SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE:
        return True
    texts = {line.text for line in base.own(i) if not line.blank}
    left = texts.intersection(line.text for line in side.own(j))
    return 2 * len(left) > len(texts)
