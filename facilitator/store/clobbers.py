"""Sections that commits wiped in the history of the minutes, though their authors meant to edit others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from facilitator.core.clobber import lost, restored
from facilitator.core.lines import lines
from facilitator.core.marks import visible
from facilitator.core.merge import Clobber, merge
from facilitator.store import git

COMMITS = 2_000
"""How many commits are looked at, the latest ones."""

_Text = bytes | None


@dataclass(frozen=True, slots=True)
class Wiped:
    """A commit that wiped sections that others had written in."""

    commit: git.Commit
    sections: tuple[str, ...]
    """Their titles."""
    before: bytes
    """The minutes before it; where it joined two lines of history, as joining them would have left the minutes."""
    after: bytes

    def missing_in(self, now: bytes) -> bool:
        """Say whether what it wiped is still missing."""
        return self.healed(now) != now

    def healed(self, now: bytes) -> bytes:
        """Return the minutes with what it wiped, and is still missing, put back."""
        return restored(now, self.before, self.after)


def find(path: Path) -> tuple[Wiped, ...]:
    """Return the commits that wiped what somebody else had written, the oldest first.

    Raises:
        GitError: where git fails.

    """
    commits = git.history(path, COMMITS)
    texts = _texts(path, commits)
    writers: dict[bytes, str] = {}
    found = []
    for commit in reversed(commits):
        before = _before(path, commit, texts)
        if commit.content is not None:
            if before is not None and (gone := _others(lost(before, commit.content), writers, commit.author)):
                sections = tuple(dict.fromkeys(one.title for one in gone))
                found.append(Wiped(commit, sections, before, commit.content))
            for text in _written(commit.content):
                writers.setdefault(text, commit.author)
    return tuple(found)


def healed(now: bytes, wiped: Iterable[Wiped]) -> bytes:
    """Return the minutes with all that was wiped, and is still missing, put back."""
    for one in wiped:
        now = one.healed(now)
    return now


def line(wiped: Wiped, now: bytes, at: float, *, heal: bool = False) -> str:
    """Say in one line what a commit wiped and what has become of it; ``at`` is now, in seconds since the epoch."""
    missing = "put back now" if heal else "still missing"
    state = missing if wiped.missing_in(now) else "restored since"
    sections = "; ".join(title or "the text before the first heading" for title in wiped.sections)
    commit = wiped.commit
    return visible(f"{commit.id[:10]}  {ago(at - commit.at)}  {commit.author}  wiped {sections}  ({state})")


def ago(seconds: float) -> str:
    """Say how long ago something was, in the largest unit that there are two of."""
    for size, unit in ((365 * 86_400, "years"), (86_400, "days"), (3_600, "hours")):
        if seconds >= 2 * size:
            return f"{seconds // size:.0f} {unit} ago"
    minutes = max(0, int(seconds // 60))
    return f"{minutes} minute{'' if minutes == 1 else 's'} ago"


def _texts(path: Path, commits: Sequence[git.Commit]) -> dict[str, _Text]:
    """Return the minutes in the commits and in their parents, by id."""
    texts = {commit.id: commit.content for commit in commits}
    unknown = sorted({parent for commit in commits for parent in commit.parents} - texts.keys())
    return texts | dict(zip(unknown, git.contents(path, unknown), strict=True))


def _before(path: Path, commit: git.Commit, texts: Mapping[str, _Text]) -> _Text:
    """Return the minutes that a commit replaced; None where there were none."""
    parents = [text for parent in commit.parents if (text := texts[parent]) is not None]
    if not parents:
        return None
    before = parents[0]
    for parent in parents[1:]:
        if parent == before:
            continue
        joined = git.merge_base(path, commit.parents)
        base = git.contents(path, [joined])[0] if joined else None
        before = merge(base or b"", before, parent, guard=False).source
    return before


def _others(gone: Iterable[Clobber], writers: Mapping[bytes, str], author: str) -> list[Clobber]:
    """Return the removals of what others wrote: who takes back their own text wipes nobody's."""
    return [one for one in gone if any(writers.get(text) != author for text in _written(one.removed))]


def _written(source: bytes) -> Iterable[bytes]:
    return (line.text.strip() for line in lines(source) if not line.blank)
