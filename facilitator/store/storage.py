"""The one thread that waits for the disk, so that nobody who types ever does.

Records reach the journal's file at once, by the caller; here they are made durable: finished ones
immediately, drafts within a quarter of a second. Minutes are saved here too, the latest text only, and
always after the journal is durable that holds their hash (``{"saving": sha256}``): after a power cut one can
tell which of the journal's records the minutes on the disk already contain. Where the journal can't be made
durable the minutes are saved nevertheless.

What fails stays in ``failures`` until a later try succeeds; tries come by themselves, further and further
apart, and at once with everything new that is finished.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.store import exchanging, minutes_file, saving
from facilitator.store.exchanging import Replaced
from facilitator.store.minutes_file import ChangedOnDisk, MinutesError, MissingMinutes, Snapshot
from facilitator.store.outcomes import Failure, Noticed, Outcome, Saved
from facilitator.store.replay import JournalError, Record, content_hash
from facilitator.store.standing import Standing

if TYPE_CHECKING:
    from facilitator.store.journal import Journal

SAVING = "saving"
"""The key of the record that announces a save; its value is the SHA-256 of the text, hexadecimal."""

DRAFT_DELAY = 0.25
"""Seconds an unfinished draft may wait to be made durable."""

_HELD = math.inf
"""When a save is due that waits for an answer to what was noticed."""


@dataclass(frozen=True, slots=True)
class _Save:
    content: bytes
    path: Path
    last: Snapshot | None
    """What stood on the disk when the caller made this text."""

    rebased: bool
    """Whether ``last`` is the caller's; else it is what was last saved or seen here."""


class Storage:
    """Journal and minutes of one call. All methods but ``run_pending`` are for one thread, the caller's.

    Nothing runs until ``start``; without it ``run_pending`` and ``flush`` do the work where they are called.
    """

    def __init__(
        self,
        journal: Journal,
        minutes: Path,
        last: Snapshot | None,
        *,
        now: Callable[[], float],
        deliver: Callable[[Outcome], object],
        copies: Path | None = None,
    ) -> None:
        """Save to ``minutes``, where ``last`` was read (None: there is no file yet).

        ``now`` gives seconds since the epoch, steadily. ``deliver`` is given each outcome, on the storage
        thread or the caller's, and must only pass it on. ``copies`` is the directory for copies of minutes
        that are written in place.
        """
        self.journal = journal
        self._minutes = minutes
        self._last = last
        self._now = now
        self._standing = Standing(deliver)
        self._copies = copies
        self._wake = threading.Condition()  # over a re-entrant lock: a signal's handler may come to flush
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._busy = False
        self._passes = 0
        self._sync_due: float | None = None
        self._save: _Save | None = None
        self._save_due = 0.0
        self._look = False
        self._ours: set[str] = set()  # hashes of what failed saves may have brought to the disk after all
        self._noticed: Noticed | None = None
        self._replaced = Replaced()
        if journal.fault is not None:
            self._standing.fail("journal", journal.fault, now())
            self._sync_due = now()

    @property
    def minutes(self) -> Path:
        """Where the minutes are saved."""
        return self._minutes

    @property
    def last(self) -> Snapshot | None:
        """The minutes as last saved or seen here."""
        return self._last

    @property
    def noticed(self) -> Noticed | None:
        """Somebody else's text on the disk, which the caller has not taken in yet."""
        return self._noticed

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What does not work now, the longest standing first."""
        return self._standing.all()

    def start(self) -> None:
        """Begin to work on a thread of its own; it never keeps the process from ending."""
        exchanging.prepare()
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    def append(self, record: Record, *, draft: bool = False) -> None:
        """Write a record to the journal, and see to it that it is made durable."""
        self._append(record)
        with self._wake:
            now, due = self._now(), self._sync_due
            if not draft:
                self._sync_due = now
            elif "journal" not in self._standing or due is None:
                self._sync_due = _earliest(due, now + DRAFT_DELAY)
            if self._sync_due != due:  # else the thread knows when to wake: a typed key does not rouse it
                self._wake.notify_all()

    def save(self, content: bytes, *, seen: Noticed | None = None) -> None:
        """Have the minutes saved; a text still waiting gives way to this one.

        ``seen`` is somebody else's version that ``content`` takes into account. Every ``Noticed`` is to be
        answered so, also where taking it in changed nothing: until then the save is held, unless the disk is
        found to be as it was.
        """
        self._append({SAVING: content_hash(content)})
        with self._wake:
            if seen is not None:
                self._noticed = None
                self._save = _Save(content, self._minutes, seen.snapshot, rebased=True)
            elif self._save is not None:
                self._save = replace(self._save, content=content)
            else:
                self._save = _Save(content, self._minutes, None, rebased=False)
            self._sync_due = self._save_due = self._now()
            self._wake.notify_all()

    def redirect(self, minutes: Path, content: bytes) -> None:
        """Save elsewhere from now on, beginning with ``content``; no such file may exist yet."""
        with self._wake:
            self._minutes = minutes
            self._last = self._noticed = self._save = None
            self._ours.clear()
            self._standing.heal("minutes")
            self._standing.heal("watch")
        self.save(content)

    def look(self) -> None:
        """Look whether somebody else has saved the minutes, and whether the journal is still there.

        To be called about once a second.
        """
        with self._wake:
            self._look = True
            self._wake.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until all is on the disk, at most ``timeout`` seconds; False where it is not.

        What failed before is tried again once. May be called by a signal's handler.
        """
        with self._wake:
            self._hurry()
            if self._thread is None or not self._thread.is_alive():
                self.run_pending(self._now())
            else:
                passes = self._passes + (2 if self._busy else 1)
                self._wake.notify_all()
                self._wake.wait_for(lambda: not self._is_waiting() or self._passes >= passes, timeout)
            failing = "journal" in self._standing or "minutes" in self._standing
            return not (self._is_waiting() or self._noticed or failing)

    def close(self, timeout: float) -> bool:
        """Flush, then end the thread, in ``timeout`` seconds at most; the journal stays open."""
        deadline = time.monotonic() + timeout
        clean = self.flush(timeout)
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(max(0.0, deadline - time.monotonic()))
        return clean

    def run_pending(self, now: float) -> float | None:
        """Do what is due at ``now`` and say when the next is, None where nothing waits.

        The thread's own work; for callers only where there is no thread.
        """
        with self._wake:
            save = self._save if self._save is not None and self._save_due <= now else None
            sync = save is not None or (self._sync_due is not None and self._sync_due <= now)
            look, self._look = self._look, False
            if not sync and not look:
                return self._next_due()
            self._busy = True
            if sync:
                self._sync_due = None
            if save:
                self._save = None
        try:
            if sync or (look and self.journal.astray):
                self._sync_journal(now)
            if save:
                self._save_minutes(save, now)
            elif look:
                self._look_at_minutes(now)
        finally:
            with self._wake:
                self._busy = False
                self._passes += 1
                self._wake.notify_all()
        return self._next_due()

    def _run(self) -> None:
        while True:
            self.run_pending(self._now())
            with self._wake:
                if self._stopping:
                    return
                due = self._next_due()
                pause = None if due is None else due - self._now()
                if not self._look and (pause is None or pause > 0):
                    self._wake.wait(pause)

    def _next_due(self) -> float | None:
        waits = self._save is not None and self._save_due != _HELD
        return _earliest(self._sync_due, self._save_due if waits else None)

    def _is_waiting(self) -> bool:
        return self._busy or self._look or self._sync_due is not None or self._save is not None

    def _hurry(self) -> None:
        if self._sync_due is not None:
            self._sync_due = self._now()
        self._save_due = self._now()

    def _append(self, record: Record) -> None:
        try:
            self.journal.append(record)
        except JournalError as error:
            self._standing.fail("journal", error, self._now())

    def _sync_journal(self, now: float) -> None:
        try:
            self.journal.sync()
        except JournalError as error:
            pause = self._standing.fail("journal", error, now, tried=True)
            with self._wake:
                self._sync_due = _earliest(self._sync_due, now + pause)
        else:
            self._standing.heal("journal")

    def _save_minutes(self, save: _Save, now: float) -> None:
        if not save.rebased:
            save = replace(save, last=self._last)
        try:
            snapshot = self._write(save)
        except ChangedOnDisk as found:
            self._put_back(save, _HELD)
            self._notice(Noticed(found.now))
        except MinutesError as error:
            self._put_back(save, now + self._standing.fail("minutes", error, now, tried=True))
            self._ours.add(content_hash(save.content))
        else:
            with self._wake:
                if save.path == self._minutes:
                    self._last, self._noticed = snapshot, None
                    self._ours.clear()
            self._standing.heal("minutes")
            self._standing.tell(Saved(snapshot))

    def _put_back(self, save: _Save, due: float) -> None:
        """Let a save wait that did not succeed, unless a newer one does already or it goes elsewhere now."""
        with self._wake:
            if self._save is None and save.path == self._minutes:
                self._save, self._save_due = save, due

    def _write(self, save: _Save) -> Snapshot:
        write = partial(
            saving.write,
            save.path,
            save.content,
            copies=self._copies,
            anew="minutes" in self._standing,
            replaced=self._replaced,
        )
        try:
            return write(save.last)
        except ChangedOnDisk as found:
            if found.now is None or found.now.hash not in self._ours:
                raise
            return write(found.now)

    def _look_at_minutes(self, now: float) -> None:
        try:
            saving.bring_back(self._minutes, self._last, self._replaced)
            snapshot = minutes_file.changed(self._minutes, self._last)
        except MissingMinutes:
            self._notice(Noticed(None))
        except MinutesError as error:
            self._standing.fail("watch", error, now)
        else:
            if snapshot is None:
                self._release()
            elif snapshot.hash not in self._ours:
                self._notice(Noticed(snapshot))
            self._standing.heal("watch")

    def _release(self) -> None:
        """Go on with a save that was held: what others did has been undone by them."""
        with self._wake:
            self._noticed = None
            if self._save_due == _HELD:
                self._save_due = self._now()

    def _notice(self, noticed: Noticed) -> None:
        """Pass on what others did, once: a look every second must not say it every second."""
        before, self._noticed = self._noticed, noticed
        if before is None or _text(before) != _text(noticed):
            self._standing.tell(noticed)


def _earliest(*moments: float | None) -> float | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _text(noticed: Noticed) -> bytes | None:
    return noticed.snapshot.content if noticed.snapshot else None
