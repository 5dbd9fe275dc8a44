"""What a version of the minutes that appeared on disk is, and mending what an earlier one wiped.

Nobody says which version they edited. It is taken to be the known one that is nearest to what they saved: who
overwrites others' text with a stale copy is then merged like anybody else, and wipes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from facilitator.core.document import Document
from facilitator.core.guard import Side, clobbered, removed_words
from facilitator.core.lines import beyond, lines, matches
from facilitator.core.merge import Clobber, Merged, merge
from facilitator.core.reading import Reader
from facilitator.core.versions import Version, follow, stretches

LIKELY = 12
"""How many of the versions that differ least from a landing are weighed as its base, beside the newest."""

Kind = Literal["same", "touched", "put back", "emptied", "landing"]


@dataclass(frozen=True, slots=True)
class Landing:
    """What stands on disk, beside what is open."""

    kind: Kind
    """``same``: what is open. ``touched``: the last version that both knew, so nothing landed. ``put back``: exactly
    an older one, as a checkout or a stash leaves it: the save is held until the chair answers. ``emptied``:
    nothing but white space where there was text. ``landing``: somebody's edit of ``base``."""
    base: bytes
    """The known version that it is, or that it was made from."""


def classify(
    known: Sequence[bytes],
    ours: bytes,
    disk: bytes,
    *,
    captured: Collection[bytes] = (),
    read: Reader | None = None,
) -> Landing:
    """Say what stands on disk, given the versions that were there before, oldest first, and what is open.

    ``captured`` are the lines recorded in this call, without their endings; ``read`` may know some of the versions
    already. Raises ``ValueError`` where no version is known.
    """
    base = nearest(known, disk, captured=captured, read=read)
    if disk == ours:
        return Landing("same", disk)
    if disk == known[-1]:
        return Landing("touched", disk)
    if not disk.strip() and known[-1].strip():
        return Landing("emptied", known[-1])
    if disk == base:
        return Landing("put back", disk)
    return Landing("landing", base)


def nearest(
    candidates: Sequence[bytes],
    landed: bytes,
    *,
    captured: Collection[bytes] = (),
    read: Reader | None = None,
) -> bytes:
    """Return the version, of some oldest first, that what landed was most likely made from.

    It is the newest, unless lines would have been wiped from it: from sections that the author added nothing to, or
    of those captured in this call; a section brought back to what it was in another version is wiped, too. (Counting
    the lines that differ would take an author who reworks their own text for one with a stale copy.) Then it is the
    one from which least had to be wiped, removed, moved or brought back, the newest of several. Raises ``ValueError``
    where there is none.
    """
    if not candidates:
        raise ValueError("no version is known that this one could have been made from")
    if landed in candidates:
        return landed
    here = _counted(landed)
    if not beyond(_counted(candidates[-1]), here):
        return candidates[-1]
    counts = [_counted(candidate) for candidate in candidates]
    old = {text for candidate in candidates for text in candidate.splitlines()}
    newest = len(counts) - 1
    read = read or Reader()
    scales = _Scales(read(landed), here, captured, old, {text.strip() for text in old})
    weighed = scales.weigh(read(candidates[newest]), counts[newest])
    if not weighed.wiped:
        return candidates[newest]
    apart = [_apart(here, count) for count in counts]
    near = sorted(range(newest), key=lambda i: (apart[i], -i))[:LIKELY]
    best, least = newest, weighed
    for i in sorted(near, reverse=True):
        weighed = scales.weigh(read(candidates[i]), counts[i])
        if weighed.doubt < least.doubt:
            best, least = i, weighed
        if not least.doubt:
            break
    return candidates[best]


def closest(candidates: Sequence[bytes], landed: bytes) -> bytes:
    """Return the version from which fewest lines differ, the newest of several."""
    here = _counted(landed)
    return min(reversed(candidates), key=lambda candidate: _apart(here, _counted(candidate)))


def heal(before: bytes, after: bytes, base: bytes | None) -> Merged:
    """Bring what the author of ``after`` meant into ``before``, which it replaced, so that nothing goes.

    ``base`` is the stale version that was edited. Where it is not known, what was wiped stays, and is told.
    """
    if base is None:
        return merge(before, before, after)
    return merge(base, before, after, guard=False)


def lost(before: bytes, after: bytes) -> tuple[Clobber, ...]:
    """Return the sections that were wiped when one version replaced another.

    Their places are those in ``heal(before, after, None).source``.
    """
    return heal(before, after, None).clobbers


def restored(now: bytes, before: bytes, after: bytes) -> bytes:
    """Put what was wiped when one version replaced another, and is still missing, back into what came of it since.

    A line that stands anywhere in the minutes again is not missing. The result is ``now`` where nothing is.
    """
    here = {line.text.strip() for line in lines(now)}
    healed = heal(before, after, None)
    source = healed.source
    for clobber in reversed(healed.clobbers):
        for span in reversed(clobber.spans):
            wiped = Version.of(Document.parse(source[span.start : span.end])).lines
            missing = [line for line in wiped if line.heading or line.blank or line.text.strip() not in here]
            if all(line.heading or line.blank for line in missing):
                missing = []
            text = b"".join(line.text + line.ending for line in missing)
            source = source[: span.start] + text + source[span.end :]
    return merge(after, now, source, guard=False).source


class _Weighed(NamedTuple):
    """What speaks against one version having been made from another, in lines."""

    doubt: int
    """Which its author would have wiped, or removed, or brought back from yet other versions, and sections moved."""
    wiped: int


class _Scales(NamedTuple):
    """What landed, against which one version after the other is weighed."""

    now: Version
    counted: Counter[bytes]
    captured: Collection[bytes]
    known: Collection[bytes]
    """The lines of all versions."""
    bare: Collection[bytes]
    """The same, not indented."""

    def weigh(self, was: Version, before: Counter[bytes]) -> _Weighed:
        """Return what speaks against a version, whose lines were counted before."""
        now, known = self.now, self.known
        followed = follow(was, now)
        aligned = []
        for part in stretches(was, was, now, range(len(followed)), followed):
            old = [line.text for line in was.lines[part.base.start : part.base.stop]]
            new = [line.text for line in now.lines[part.theirs.start : part.theirs.stop]]
            aligned.append((part, matches(old, new)))
        side = Side(
            now, followed, {part.base[i]: part.theirs[j] for part, pairs in aligned for i, j in pairs}
        )
        held = clobbered(was, side, known) | removed_words(was, now, aligned, self.captured, known)
        headings = [
            (was.lines[was.starts[i]].text, now.lines[now.starts[j]].text)
            for i, j in enumerate(followed)
            if i and j
        ]
        renamed_back = sum(old != new and new in known for old, new in headings)
        wiped = renamed_back + sum(not was.lines[i].blank for i in held)
        less = beyond(before, self.counted)
        texts = {line.text for line in was.lines if line.text.strip() in less} if less else set()
        gone = removed_words(was, now, aligned, texts, known).keys() - held.keys()
        back = sum(n for text, n in beyond(self.counted, before).items() if text in self.bare)
        homes = [j for j in followed if j is not None]
        moved = len(homes) - len(matches(homes, sorted(homes)))
        return _Weighed(wiped + len(gone) + back + moved, wiped)


def _counted(source: bytes) -> Counter[bytes]:
    """Count the lines that are not blank, however they are indented."""
    return Counter(filter(None, map(bytes.strip, source.splitlines())))


def _apart(one: Counter[bytes], other: Counter[bytes]) -> int:
    return beyond(one, other).total() + beyond(other, one).total()
