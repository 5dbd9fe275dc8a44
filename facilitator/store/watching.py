"""What is known of the file that others save too, what was found there last, and what the chair is asked about it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from facilitator.core.clobber import closest
from facilitator.core.meeting import Meeting
from facilitator.core.reading import Reader
from facilitator.store import git, landings, minutes_file
from facilitator.store.landings import Examined, Question
from facilitator.store.minutes_file import MinutesError, Snapshot
from facilitator.store.opening import Left, Opened
from facilitator.store.outcomes import Noticed, Outcome, Saved

PATIENCE = 2
"""Looks for which a text that breaks off waits for its rest: somebody may be in the middle of writing it."""


class Watch:
    """Keeps an eye on one file; ``delivered`` is for the storage thread, all else for the caller's."""

    def __init__(self, path: Path, known: Sequence[bytes]) -> None:
        """Begin with the texts that stood there before, oldest first."""
        self._path = path
        self._versions = landings.Versions(known)
        self._read = Reader()
        self._head = git.head(path)
        self._found: Examined | None = None
        self._settled: Examined | None = None
        self._waiting: Examined | None = None  # for the chair's answer, or to become whole
        self._patience = 0
        self._saved = self._said = ""

    def delivered(self, outcome: Outcome, meeting: Meeting) -> None:
        """Look closely at what was saved or noticed, where nobody waits for it."""
        if isinstance(outcome, Saved):
            self._versions.add(outcome.snapshot.content)
            self._head = git.head(self._path)
            self._saved = outcome.snapshot.hash
        elif isinstance(outcome, Noticed):
            known = self._versions.all()
            self._found = landings.examine(self._path, outcome, meeting, known, self._head, self._read)

    def unsaid(self) -> str | None:
        """Return the hash of what was saved last, None where that was returned before."""
        before, self._said = self._said, self._saved
        return self._said if self._said != before else None

    def question(self, noticed: Noticed | None) -> Question | None:
        """Return what the chair is asked, while somebody else's text stands there."""
        return self._waiting.question if self._waiting is not None and noticed is not None else None

    def asked(self, noticed: Noticed | None) -> Examined | None:
        """Return what the question is about, if that is what stands there now."""
        question = self.question(noticed)
        if question is None or noticed is None or question.version != _text(noticed):
            return None
        return self._waiting

    def ready(self, noticed: Noticed | None, *, patient: bool) -> Examined | None:
        """Return what is to be taken in now; what raises a question, or may become whole yet if ``patient``, is not."""
        found = self._found
        if noticed is None or found is None or found is self._settled or found.version != _text(noticed):
            return None  # nothing, or what is there is being examined
        if patient and self._breaks_off(found):
            return None
        if found.question is not None:
            self._waiting, self._patience = found, 0
            return None
        return found

    def settle(self, found: Examined, noticed: Noticed) -> None:
        """Note that something was taken in, or the question about it answered."""
        self._settled, self._waiting, self._patience = found, None, 0
        self._head = git.head(self._path)
        if noticed.snapshot is not None:
            self._versions.add(noticed.snapshot.content)

    def wait(self, noticed: Noticed | None, meeting: Meeting) -> bool:
        """Let a second go by; return whether what was waiting may be ready now."""
        if noticed is not None and self.asked(noticed) is not None and self._is_back(noticed):
            self.delivered(noticed, meeting)
            return True
        if self._patience:
            self._patience -= 1
            return not self._patience
        return False

    def _breaks_off(self, found: Examined) -> bool:
        """Say whether a text is the beginning of the last one that was known, and its rest may be on its way."""
        last = self._versions.all()[-1]
        if not found.version or found.version == last or not last.startswith(found.version):
            return False
        if self._waiting is not found:
            self._waiting, self._patience = found, PATIENCE
        return self._patience > 0

    def _is_back(self, noticed: Noticed) -> bool:
        """Say whether the call's branch is checked out again, and that version stands there: a rebase, say, is over."""
        question = self.question(noticed)
        if question is None or question.kind != "other branch" or git.head(self._path) != self._head:
            return False
        with suppress(MinutesError):
            return minutes_file.changed(self._path, noticed.snapshot) is None
        return False


def known(opened: Opened) -> tuple[bytes, ...]:
    """Return the texts that stood on the disk before a call was opened, as far as anybody knows, oldest first.

    Of those that were announced since the last one that stood there for certain, any may have been the last there:
    what is there now tells which.
    """
    left, disk = opened.left, opened.minutes
    if left is None:
        return (disk.content if disk else opened.meeting.document.source,)
    if disk is None:
        return left.known
    there = closest(left.known[left.certain - 1 :], disk.content)
    return (*(one for one in left.known if one != there), there)


def is_strange(disk: Snapshot | None, left: Left) -> bool:
    """Say whether somebody else has been at the minutes of a call since it was left."""
    if disk is None:  # saved at least once, as that was said or a further save announced: they were removed
        return left.certain > 1 or len(left.known) > 2
    return disk.content not in left.known[left.certain - 1 :]


def _text(noticed: Noticed) -> bytes | None:
    return noticed.snapshot.content if noticed.snapshot else None
