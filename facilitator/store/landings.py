"""Somebody else's text found where the minutes are: what it is, and what is to become of it.

``examine`` does the long work, finding the version it was made from and merging, and is pure but for asking git; it
runs on the storage thread. What is taken in is an event; what is no edit but an accident, most likely (the file gone,
emptied, put back to an older version, of another branch, half merged), is a question: nothing is saved until the
chair has answered it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from facilitator.core.clobber import classify
from facilitator.core.events import Landed
from facilitator.core.fold import CannotUndo
from facilitator.core.history import Captured
from facilitator.core.lines import lines
from facilitator.core.meeting import Meeting
from facilitator.core.merge import Clobber, Conflict, Merged, merge, splices, take
from facilitator.core.reading import Reader
from facilitator.core.spans import Splice
from facilitator.store import git
from facilitator.store.disk import shown
from facilitator.store.minutes_file import KEEP
from facilitator.store.outcomes import Noticed

Accident = Literal["gone", "emptied", "put back", "other branch", "conflicted", "unmergeable"]

KNOWN = 100
"""How many of the latest versions are remembered, beside the first one."""
COMMITS = 40
"""How many of the latest versions in git are asked for."""
GIT_SECONDS = 2.0
"""How long git may take while the call waits for a landing."""

_SAID: dict[Accident, str] = {
    "gone": f"somebody removed it, {KEEP} to write it anew",
    "emptied": f"somebody emptied it, {KEEP} or take theirs",
    "put back": f"an older version was put back, {KEEP} or take that one",
    "other branch": f"another branch was checked out, {KEEP} or take that one",
    "conflicted": f"git left conflict markers in it, settle them there or {KEEP}",
    "unmergeable": f"its new text can't be merged, {KEEP}",
}
_MARKERS = (b"<<<<<<< ", b">>>>>>> ")
"""How the lines begin between which git leaves what it could not merge."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that happened to the file and is no edit, most likely; saving is held until it is answered."""

    kind: Accident
    text: str
    """What happened and what can be done, in one line."""
    version: bytes | None
    """What stands on the disk; None where there is nothing."""
    by: str = ""
    """Who put it there; empty where nobody knows."""

    @property
    def takable(self) -> bool:
        """Whether what stands on the disk can be taken in place of ours."""
        return self.kind in ("emptied", "put back", "other branch")


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out about a text on the disk."""

    version: bytes | None
    """It; None where there is none."""
    ours: bytes
    """Our text at that time."""
    base: bytes
    """The version both were made from."""
    by: str
    question: Question | None
    merged: Merged | None
    """None where there is a question."""
    splices: tuple[Splice, ...] = ()
    """What leads from our text to the merged one."""

    @property
    def silent(self) -> bool:
        """Whether nothing came of it that the chair should hear of."""
        return self.merged is not None and not (self.splices or self.merged.conflicts or self.merged.clobbers)

    def event(self, now: float, *, taken: bool = False) -> Landed:
        """Return the landing as what is recorded at ``now``; ``taken`` if the chair said so."""
        assert self.merged is not None
        assert self.version is not None
        return Landed(
            now,
            self.splices,
            self.version,
            self.by,
            tuple(_places(one) for one in self.merged.conflicts),
            tuple(_places(one) for one in self.merged.clobbers),
            taken,
        )


class Versions:
    """The texts that stood on the disk, as far as this call knows: the first one, and the latest ones.

    May be added to on one thread while another reads.
    """

    def __init__(self, known: Sequence[bytes]) -> None:
        self._known = tuple(known[:1])
        for version in known[1:]:
            self.add(version)

    def add(self, version: bytes) -> None:
        """Remember what was read or saved; known before, it is the latest again."""
        kept = tuple(one for one in self._known[1:] if one != version)[-KNOWN:]
        self._known = (*self._known[:1], *kept, version)

    def all(self) -> tuple[bytes, ...]:
        """Return them, oldest first."""
        return self._known


def examine(
    path: Path, noticed: Noticed, meeting: Meeting, known: Sequence[bytes], head: bytes, read: Reader
) -> Examined:
    """Find out what a text on the disk is, and merge it with ours.

    ``known`` are the versions that stood there before, oldest first, ``head`` what the checkout was on when the last of
    them did. ``read`` knows those of them that were looked at lately.
    """
    ours = meeting.document.source
    version = noticed.snapshot.content if noticed.snapshot else None
    commits: tuple[git.Commit, ...] = ()
    if version is not None:
        with suppress(git.GitError):
            commits = git.history(path, COMMITS, GIT_SECONDS)
    by, older = _authors(commits, known, version), _older(commits, known, version)
    try:
        return _classified(path, version, meeting, (*older, *known), by, git.head(path) != head, read)
    except Exception:  # the thread that saves must outlive whatever text it meets
        return Examined(version, ours, ours, by, _question(path, "unmergeable", version, by), None)


def again(examined: Examined, meeting: Meeting) -> Examined:
    """Merge once more, now that something was recorded since."""
    ours = meeting.document.source
    if examined.version is None or examined.ours == ours:
        return examined
    read = Reader(meeting.document)
    merged = merge(examined.base, ours, examined.version, captured=captured_lines(meeting), read=read)
    return replace(examined, ours=ours, merged=merged, splices=splices(ours, merged.source))


def accepted(examined: Examined, meeting: Meeting) -> Examined:
    """Take what stands on the disk in place of ours, but for what was captured in this call, which stays in it.

    ``ValueError`` where nothing stands there that can be taken.
    """
    if examined.version is None or examined.question is None or not examined.question.takable:
        raise ValueError("there is nothing on the disk to take")
    ours = meeting.document.source
    merged = Merged(merge(_without(meeting, examined.version), ours, examined.version, guard=False).source)
    made = splices(ours, merged.source)
    return replace(examined, ours=ours, question=None, merged=merged, splices=made)


def removal(meeting: Meeting, landing: int, place: int) -> tuple[Splice, ...]:
    """Return what carries out a removal that was held back; nothing where the text is gone anyway."""
    landed = meeting.landings[landing]
    one = landed.removals[place]
    held = Clobber(0, one.title, one.spans, one.text, emptied=False)
    ours = meeting.document.source
    return splices(ours, take(ours, Merged(landed.after), held))


def taken_back(meeting: Meeting, landing: int) -> tuple[Splice, ...]:
    """Return what takes a landing's changes out of the text as it is now, with all that was written since in it.

    Raises:
        CannotUndo: where somebody has changed the same lines since, or nothing of it stands there any more.

    """
    landed = meeting.landings[landing]
    merged = merge(landed.after, meeting.document.source, landed.before, guard=False)
    if merged.conflicts:
        title = merged.conflicts[0].title
        raise CannotUndo(f"What landed in {title} was changed since: nothing undone")
    made = splices(meeting.document.source, merged.source)
    if not made:
        raise CannotUndo("Nothing of that landing stands there any more")
    return made


def captured_lines(meeting: Meeting) -> frozenset[bytes]:
    """Return the lines of what was captured in this call, without their endings."""
    source = meeting.document.source
    found = (line for one in meeting.captured for line in lines(source[one.start : one.end]))
    return frozenset(line.text for line in found if not line.blank)


def _classified(
    path: Path,
    version: bytes | None,
    meeting: Meeting,
    known: Sequence[bytes],
    by: str,
    moved: bool,
    read: Reader,
) -> Examined:
    ours = meeting.document.source
    if version is None:
        return Examined(None, ours, known[-1], by, _question(path, "gone", None, by), None)
    captured = captured_lines(meeting)
    read.take(meeting.document)
    found = classify(known, ours, version, captured=captured, read=read)
    if found.kind in ("same", "touched"):
        return Examined(version, ours, found.base, by, None, Merged(ours))
    accident: Accident | None = None
    if moved:
        accident = "other branch"
    elif found.kind == "emptied":
        accident = "emptied"
    elif found.kind == "put back":
        accident = "put back"
    elif all(any(line.text.startswith(marker) for line in lines(version)) for marker in _MARKERS):
        accident = "conflicted"
    if accident:
        return Examined(version, ours, found.base, by, _question(path, accident, version, by), None)
    merged = merge(found.base, ours, version, captured=captured, read=read)
    return Examined(version, ours, found.base, by, None, merged, splices(ours, merged.source))


def _places(doubtful: Conflict | Clobber) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in doubtful.spans)


def _question(path: Path, kind: Accident, version: bytes | None, by: str) -> Question:
    return Question(kind, f"{shown(path)}: {_SAID[kind]}", version, by)


def _without(meeting: Meeting, version: bytes) -> bytes:
    """Return our text without what was captured in this call, but for what a version holds as well."""
    source = meeting.document.source
    there = {line.text for line in lines(version)}

    def missing(one: Captured) -> bool:
        written = (line.text for line in lines(source[one.start : one.end]) if not line.blank)
        return not all(text in there for text in written)

    for one in sorted(meeting.captured, key=lambda one: one.start, reverse=True):
        if missing(one):
            source = source[: one.start] + source[one.end :]
    return source


def _authors(commits: Sequence[git.Commit], known: Collection[bytes], version: bytes | None) -> str:
    """Name who made a version: the authors of the commits that led to it from one that was known."""
    names: list[str] = []
    if version is None or not commits or commits[0].content != version:
        return ""
    for commit in commits:
        if commit.content in known:
            break
        names.append(commit.author)
    return ", ".join(dict.fromkeys(reversed(names)))


def _older(
    commits: Sequence[git.Commit], known: Collection[bytes], version: bytes | None
) -> tuple[bytes, ...]:
    """Return the versions in git that are older than those known, oldest first.

    Where none of them is known, a version that is committed already is no older one either.
    """
    texts = [commit.content for commit in commits]
    start = next((at for at, text in enumerate(texts) if text in known), None)
    apart = {*known, version} if start is None else {*known}
    return tuple(text for text in reversed(texts[start or 0 :]) if text is not None and text not in apart)
