"""What a landing may not remove unasked.

A landing clobbers a section when text of it is gone, has not moved elsewhere, and its author added nothing to the
section: nobody reworks a section by emptying it. It also may not remove lines that were captured in this call.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from facilitator.core.lines import UNCOMMON, Mark, Pair, hunks
from facilitator.core.versions import Stretch, Version

REWORDED = 0.6
"""How much of a line must be the same for another in its place to be it, reworded."""
CORRECTED = 0.8
"""How much of it must be the same where few of its words are: their letters were corrected."""
SHARED = 0.5
"""How many of its words must be the same else: other words of the same letters are no rewording."""
MOST_PAIRS = 1_000
"""Lines gone times lines new at a place, up to which rewordings are looked for."""
LONGEST_REWORDED = 2_000
"""Bytes of the longest line that is compared with another word by word."""


class Side(NamedTuple):
    """One side of a merge as seen from the base."""

    version: Version
    followed: Sequence[int | None]
    """Where each section of the base went."""
    kept: Mapping[int, int]
    """Which line of the version each line of the base is."""


def clobbered(base: Version, side: Side, known: Collection[bytes] = ()) -> dict[int, Mark]:
    """Return the lines that a landing removed from sections that its author added nothing to.

    A line that is ``known`` from other versions is none that the author added: a stale copy brings it back. Where a
    landing clobbers any text, sections that vanished without a trace stay too, empty as they may be.
    """
    theirs, followed, kept = side
    gone, new = _changed(base, side)
    moved = _moved(base, side, gone, new)
    written = {
        theirs.section_of(j)
        for j in new
        if not (line := theirs.lines[j]).blank
        and line.text not in known
        and j >= theirs.owns[theirs.section_of(j)]
    }
    held: dict[int, Mark] = {}
    vanished: list[int] = []
    for section in sorted({base.section_of(i) for i in gone}):
        home = followed[section]
        whole = range(base.starts[section], base.end(section))
        own = range(base.owns[section], base.end(section))
        left = [i for i in whole if i not in kept and i not in moved]
        homes = {theirs.section_of(kept[i]) for i in own if i in kept and not base.lines[i].blank}
        homes |= set() if home is None else {home}
        if not homes & written and any(i in own and not base.lines[i].blank for i in left):
            held.update((i, "held") for i in left)
        elif home in (None, 0) and len(left) == len(whole):
            vanished += whole
    if held:
        held.update((i, "held") for i in vanished)
    return held


def removed_words(
    base: Version,
    theirs: Version,
    aligned: Sequence[tuple[Stretch, Sequence[Pair]]],
    words: Collection[bytes],
    known: Collection[bytes] = (),
) -> dict[int, Mark]:
    """Return the lines captured in this call that a landing removed; rewording or moving one is no removal.

    ``aligned`` says which lines of each stretch the landing kept. A line ``known`` from other versions rewords none.
    """
    held: dict[int, Mark] = {}
    if not words:
        return held
    changed = [
        (stretch, hunk)
        for stretch, pairs in aligned
        if not len(pairs) == len(stretch.base) == len(stretch.theirs)
        for hunk in hunks(pairs, len(stretch.base), len(stretch.theirs))
    ]
    less = Counter(base.lines[i].text for part, hunk in changed for i in part.base[hunk.lo : hunk.hi])
    less -= Counter(
        theirs.lines[j].text for part, hunk in changed for j in part.theirs[hunk.start : hunk.end]
    )
    for stretch, hunk in changed:
        new = [theirs.lines[j].text for j in stretch.theirs[hunk.start : hunk.end]]
        new = [text for text in new if text not in known]
        old = stretch.base[hunk.lo : hunk.hi]
        gone = [i for i in old if base.lines[i].text in words and less[base.lines[i].text]]
        if len(gone) * len(new) <= MOST_PAIRS:
            gone = [i for i in gone if not any(_reworded(base.lines[i].text, text) for text in new)]
        held.update((i, "held") for i in gone)
    return held


def written_to(base: Version, remover: Side, writer: Side) -> dict[int, Mark]:
    """Return the lines of sections that one side removed while the other added to them.

    Text that the remover put elsewhere is not among them.
    """
    if None not in remover.followed:
        return {}
    known, old = set(writer.kept.values()), set(remover.kept.values())
    elsewhere = Counter(line.text for j, line in enumerate(remover.version.lines) if j not in old)
    held: dict[int, Mark] = {}
    for section, (gone, home) in enumerate(zip(remover.followed, writer.followed, strict=True)):
        if gone is not None or home is None:
            continue
        own = range(writer.version.owns[home], writer.version.end(home))
        if all(j in known or writer.version.lines[j].blank for j in own):
            continue
        for i in range(base.starts[section], base.end(section)):
            line = base.lines[i]
            if i not in remover.kept and elsewhere[line.text] and not (line.heading or line.blank):
                elsewhere[line.text] -= 1
            else:
                held[i] = "conflict"
    return held


def _changed(base: Version, side: Side) -> tuple[list[int], list[int]]:
    """Return the lines of the base that the side did not keep, and those of the side that are new."""
    new = set(range(len(side.version.lines))).difference(side.kept.values())
    return sorted(set(range(len(base.lines))).difference(side.kept)), sorted(new)


def _moved(base: Version, side: Side, gone: Sequence[int], new: Sequence[int]) -> set[int]:
    """Return the lines of the base that stand elsewhere in theirs: in a new section, or word for word."""
    theirs, homes = side.version, set(side.followed)
    came = {theirs.lines[j].text.strip() for j in new}
    known_again = {text for i in gone if len((text := base.lines[i].text.strip()).split()) >= UNCOMMON} & came
    added: Counter[bytes] = Counter()
    # Neighbours among the new lines have the same distance to their numbers in the list.
    for (_, section), run in groupby(
        enumerate(new), key=lambda at: (at[1] - at[0], theirs.section_of(at[1]))
    ):
        texts = [theirs.lines[j].text.strip() for _, j in run]
        if section not in homes or any(text in known_again for text in texts):
            added.update(filter(None, texts))
    moved = set()
    for i in gone:
        text = base.lines[i].text.strip()
        if added[text] > 0 or text in known_again:
            added[text] -= 1
            moved.add(i)
    return moved


def _reworded(line: bytes, other: bytes) -> bool:
    if max(len(line), len(other)) > LONGEST_REWORDED:
        return False
    if line.strip() and re.search(
        rb"(?<![\w\x80-\xff])" + re.escape(line.strip()) + rb"(?![\w\x80-\xff])", other
    ):
        return True  # something was written beside it, which is no removal however short it was
    letters = SequenceMatcher(None, line, other, autojunk=False)
    if letters.quick_ratio() < REWORDED or (alike := letters.ratio()) < REWORDED:
        return False
    return alike >= CORRECTED or SequenceMatcher(None, line.split(), other.split()).ratio() >= SHARED
