"""Two sets of changes to a text brought into one.

Three versions are merged by the changes that each side made to the base (diff3; Khanna, Kunal and Pierce, "A
Formal Investigation of Diff3", 2007), with two differences: changes to neighbouring lines do not disturb each
other, and where changes clash both stay, theirs first. An ending is merged like any other change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facilitator.core.lines import Line, Pair, hunks
from facilitator.core.union import statements, union

MOST = 500
"""Lines up to which additions at neighbouring places are looked through for what they share."""


@dataclass(slots=True)
class _Group:
    """Changes of either side that meet in lines ``lo`` to ``hi`` of the base."""

    lo: int
    hi: int
    theirs: list[Line]
    ours: list[Line]
    clash: bool = False
    """Whether both sides changed the same lines."""


def three_way(
    base: Sequence[Line],
    ours: Sequence[Line],
    theirs: Sequence[Line],
    to_ours: Sequence[Pair],
    to_theirs: Sequence[Pair],
) -> list[Line]:
    """Bring the changes of both sides into one text, given the lines of the base that each side kept.

    Every line that either side added is in the result, and every line that neither removed. Lines of clashing
    changes are marked.
    """
    our, their = dict(to_ours), dict(to_theirs)

    def kept(lo: int, hi: int) -> list[Line]:
        return [
            _settled(base[i], ours[our[i]], theirs[their[i]])
            for i in range(lo, hi)
            if i in our and i in their
        ]

    groups: list[_Group] = []
    for group in _once(_groups(base, ours, theirs, to_ours, to_theirs)):
        last = groups[-1] if groups else None
        if last and all(line.blank for line in base[last.hi : group.lo]) and _belong(base, last, group):
            between = kept(last.hi, group.lo)
            shared = between if last.clash and group.clash and last.ours and group.ours else []
            last.theirs += between + group.theirs
            last.ours += shared + group.ours
            last.hi, last.clash = group.hi, last.clash or group.clash
        else:
            groups.append(group)
    merged: list[Line] = []
    at = 0
    for group in groups:
        merged += kept(at, group.lo)
        merged += _both(group)
        at = group.hi
    return merged + kept(at, len(base))


def _groups(
    base: Sequence[Line],
    ours: Sequence[Line],
    theirs: Sequence[Line],
    to_ours: Sequence[Pair],
    to_theirs: Sequence[Pair],
) -> list[_Group]:
    """Gather the hunks of both sides that change the same lines or insert at the same place."""
    changes = [(hunk.lo, hunk.hi, 0, hunk) for hunk in hunks(to_theirs, len(base), len(theirs))]
    changes += [(hunk.lo, hunk.hi, 1, hunk) for hunk in hunks(to_ours, len(base), len(ours))]
    cores = [(-1, -1), (-1, -1)]  # what each side changed last
    groups: list[_Group] = []
    for lo, hi, side, hunk in sorted(changes):
        last = groups[-1] if groups else None
        if last is None or not (lo < last.hi or last.lo == lo == hi == last.hi):
            last = _Group(lo, hi, [], [])
            groups.append(last)
        last.hi = max(last.hi, hi)
        cores[side] = _core(base, lo, hi)
        last.clash = last.clash or _clash(*cores)
        if side:
            last.ours += ours[hunk.start : hunk.end]
        else:
            last.theirs += theirs[hunk.start : hunk.end]
    return groups


def _once(groups: list[_Group]) -> list[_Group]:
    """Leave out of ours what theirs adds at another place: text that both put back after it was wiped."""
    theirs = {key for group in groups for key in statements(group.theirs)}
    for group in groups if theirs else ():
        here = statements(group.theirs)
        for key, span in reversed(statements(group.ours).items()):
            if key in theirs and key not in here:
                del group.ours[span.start : span.stop]
    return groups


def _core(base: Sequence[Line], lo: int, hi: int) -> tuple[int, int]:
    """Return the lines that a change replaces, without blank ones around them."""
    while lo < hi and base[hi - 1].blank:
        hi -= 1
    while lo < hi and base[lo].blank:
        lo += 1
    return lo, hi


def _clash(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two changes replace the same lines, or one adds in the midst of what the other replaces."""
    (first, last), (start, end) = sorted((one, other))
    return start < last if start < end else first < start < last


def _belong(base: Sequence[Line], first: _Group, second: _Group) -> bool:
    """Say whether changes with nothing but blank lines between them are one.

    They are where both are clashes; where both sides added the same text, on either side of a blank line; and where
    the second adds to a section from which the first, by adding a section on the other side, would cut it off.
    """
    if first.clash and second.clash:
        return True
    if not all(line.blank for line in base[second.lo : second.hi]):
        return False
    cut_off = (_begins(first.theirs) and second.ours) or (_begins(first.ours) and second.theirs)
    return bool(cut_off) or _same(first.theirs, second.ours) or _same(first.ours, second.theirs)


def _same(one: Sequence[Line], other: Sequence[Line]) -> bool:
    """Say whether two texts, neither of them long, have a line in common."""
    if max(len(one), len(other)) > MOST:
        return False
    return not {line.text for line in one if not line.blank}.isdisjoint(line.text for line in other)


def _begins(text: Sequence[Line]) -> bool:
    """Say whether a section begins in a text."""
    return any(line.heading for line in text)


def _both(group: _Group) -> list[Line]:
    """Return the text of a group, marked where its changes clash and neither holds the other."""
    merged = union(group.theirs, group.ours)
    if not group.clash:
        return merged
    sides = [[line.text for line in side] for side in (group.theirs, group.ours) if side]
    if len(sides) == 2 and [line.text for line in merged] in sides:
        return merged
    return [line if line.blank else line._replace(mark="conflict") for line in merged]


def _settled(base: Line, ours: Line, theirs: Line) -> Line:
    """Return a line that both sides kept, with the ending of the one that changed it."""
    chosen = theirs if ours.ending == base.ending else ours
    heading, mark = ours.heading or theirs.heading, ours.mark or theirs.mark
    return theirs._replace(ending=chosen.ending, heading=heading, mark=mark)
