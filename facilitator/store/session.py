"""An open call: its state, its journal and its minutes file. ``record`` is the one door for change.

An event is taken into a new state first (what can't be is refused there, with nothing written), then appended to the
journal, and only then becomes the state that is shown; the minutes are saved behind it by the storage thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from facilitator.core.events import (
    CallOpened,
    ClockJumped,
    Drafted,
    Event,
    LandingsSeen,
    LandingTakenBack,
    RemovalAnswered,
    TextDrafted,
)
from facilitator.core.fold import apply
from facilitator.core.landing import Landing
from facilitator.core.meeting import Meeting
from facilitator.core.spans import Splice
from facilitator.store import beginning, landings, replay, resuming, watching
from facilitator.store.elsewhere import ELSEWHERE
from facilitator.store.landings import Examined, Question
from facilitator.store.minutes_file import Fingerprint, Snapshot
from facilitator.store.opening import Opened
from facilitator.store.outcomes import Noticed, Outcome
from facilitator.store.replay import JournalError
from facilitator.store.storage import Storage
from facilitator.store.watching import Watch
from facilitator.system.clock import Jumps

FLUSH_SECONDS = 10.0
"""How long leaving waits for a slow disk."""

LANDINGS_AT_ONCE = 20
"""How many landings a flush takes in one after the other; who saves faster than that is met at the next look."""

_NEVER_SEEN = Fingerprint(0, 0, 0, 0, 0)
"""Of a text that stood on the disk once: whatever stands there now is another file."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was brought back from the journal of a call that was left or cut off."""

    entries: int
    since: float
    """The moment the call was opened."""


class Session:
    """One open call; every change goes through ``record``, ``close`` lets it go."""

    def __init__(self, opened: Opened) -> None:
        """Go on with what was opened: begin its journal, or append to the one that was left."""
        self.clock = opened.clock
        self.meeting = opened.meeting
        self.resumed: Resumed | None = None
        self.refusals = opened.refusals
        """Why the journal is not where it should be, or not all of it; the chair is told."""
        self.deliver: Callable[[Outcome], object] = lambda outcome: None
        """Given each outcome of the storage thread, on that thread."""
        self._watch = Watch(opened.call.path, watching.known(opened))
        call = opened.call
        self._opening: CallOpened | None = None
        if opened.left is None:
            self._opening = CallOpened(self.clock.now(), call.date, call.duration, call.agenda)
        if opened.left is not None and opened.left.replay.header is not None:
            self.resumed = Resumed(len(self.meeting.captured), opened.left.replay.header.wall)
        self.storage = self._storage(opened)
        self._jumps = Jumps(self.clock)
        if self.resumed is not None:
            self._happen(ClockJumped(self.clock.now(), 0.0, self.clock.stepped(), self.clock.belief))

    @property
    def title(self) -> str:
        """What the call is called."""
        return self.meeting.title or self.path.stem

    @property
    def path(self) -> Path:
        """Where the minutes are."""
        return self.storage.minutes

    @property
    def troubles(self) -> tuple[str, ...]:
        """What does not work now, and what to do about it; shown until it does."""
        standing = [str(failure.error) for failure in self.storage.failures]
        if self.question is not None:
            standing.append(self.question.text)
        return (*standing, *self.refusals)

    @property
    def journalled(self) -> bool:
        """Whether a journal on the disk holds all that has happened, as far as the system says."""
        return self.storage.journal.held

    @property
    def landings(self) -> tuple[Landing, ...]:
        """What others changed during the call, in the order it was taken in."""
        return self.meeting.landings

    @property
    def question(self) -> Question | None:
        """What happened to the file that the chair is asked about; ``keep`` or ``accept`` answers it."""
        return self._watch.question(self.storage.noticed)

    def record(self, event: Event) -> Meeting:
        """Take an event into the state, journal it, and see to it that what follows is saved.

        Raises:
            CannotUndo: for an undo or redo that is not possible; nothing has happened then.

        """
        before = self.meeting.document
        after = self._happen(event)
        begun = after.timeline or after.adjourned_at is not None
        if after.document is not before or (begun and self.storage.last is None):
            self.storage.save(after.document.source)
        return after

    def mind_clock(self) -> ClockJumped | None:
        """See whether the machine has slept or its wall clock was set; to be called about once a second.

        What is found is journalled, once the call has begun, and returned, to be said.
        """
        slept, stepped = self._jumps.since()
        if not slept and not stepped:
            return None
        jump = ClockJumped(self.clock.now(), slept, stepped, self.clock.belief)
        if self.meeting.begun and self.meeting.adjourned_at is None:
            self._happen(jump)
        return jump

    def look(self) -> bool:
        """Look whether somebody else has saved the minutes; to be called about once a second.

        Returns whether there is something new to show already: what was waiting has been taken in, or is asked about.
        """
        waited = self._watch.wait(self.storage.noticed, self.meeting)
        if waited:
            self.catch_up()
        self.storage.look()
        return waited

    def catch_up(self, *, patient: bool = True) -> Landing | None:
        """Take in what was noticed on the disk, or ask about it; to be called after each outcome.

        Returns the landing that came of it. A text that breaks off is left alone for a moment if ``patient``.
        """
        self.acknowledge()
        noticed = self.storage.noticed
        found = self._watch.ready(noticed, patient=patient)
        if found is None or noticed is None:
            return None
        return self._take_in(landings.again(found, self.meeting), found, noticed)

    def acknowledge(self) -> None:
        """Note in the journal which text was saved last: after a crash only those announced since are in doubt."""
        if (saved := self._watch.unsaid()) is not None:
            self.storage.append({replay.SAVED: saved}, draft=True)

    def keep(self) -> None:
        """Answer the question by keeping our text: it is saved over what stands on the disk."""
        noticed = self.storage.noticed
        asked = self._watch.asked(noticed)
        if noticed is not None and asked is not None:
            self._answer(asked, noticed)

    def accept(self) -> None:
        """Answer the question by taking what stands on the disk, with all that was captured in this call in it.

        That can be undone.

        Raises:
            ValueError: where there is nothing to take.

        """
        noticed = self.storage.noticed
        asked = self._watch.asked(noticed)
        if noticed is not None and asked is not None:
            self._take_in(landings.accepted(asked, self.meeting), asked, noticed, taken=True)

    def save_elsewhere(self, path: Path) -> None:
        """Save in a new file from now on; what was opened stays as it is."""
        content = self.meeting.document.source
        self._watch = Watch(path, (content,))
        self.storage.append({ELSEWHERE: str(path)})
        self.storage.redirect(path, content)

    def taking(self) -> tuple[Splice, ...]:
        """Return what ``accept`` would change in our text; nothing where there is nothing to take."""
        asked = self._watch.asked(self.storage.noticed)
        if asked is None or asked.question is None or not asked.question.takable:
            return ()
        return landings.accepted(asked, self.meeting).splices

    def keep_removed(self, landing: int, removal: int) -> None:
        """Keep text that a landing would have wiped, and ask no more; both are named by their places."""
        self.record(RemovalAnswered(self.clock.now(), landing, removal))

    def take_removal(self, landing: int, removal: int) -> None:
        """Carry out a removal that was held back; both are named by their places. It can be undone."""
        splices = landings.removal(self.meeting, landing, removal)
        self.record(RemovalAnswered(self.clock.now(), landing, removal, splices))

    def take_back(self, landing: int) -> None:
        """Undo what a landing, named by its place, has changed. That can be undone in turn.

        Raises:
            CannotUndo: where somebody has changed the same text since; nothing has happened then.

        """
        made = landings.taken_back(self.meeting, landing)
        self.record(LandingTakenBack(self.clock.now(), landing, made))

    def see(self, *items: str) -> None:
        """Note that the chair has looked at what landed in some items, by their keys."""
        if any(one.unseen & set(items) for one in self.landings):
            self.record(LandingsSeen(self.clock.now(), items))

    def flush(self, timeout: float) -> bool:
        """Wait until all is on the disk, at most ``timeout`` seconds at a time; what landed meanwhile is taken in.

        False where something is not: the disk refuses, or a question waits for its answer.
        """
        clean = self.storage.flush(timeout)
        for _ in range(LANDINGS_AT_ONCE):
            noticed = self.storage.noticed
            self.catch_up(patient=False)
            if clean or self.storage.noticed is noticed:
                break
            clean = self.storage.flush(timeout)
        return clean

    def saved(self) -> str:
        """Say whether the minutes are on the disk, and where; waits a moment for a save under way."""
        clean = self.storage.flush(0.2)
        last = self.storage.last
        if last is None and clean:
            return f"{self.path} is made when the call starts"
        if clean and last is not None and last.content == self.meeting.document.source:
            return f"Saved in {self.path}"
        held = "everything is in the journal" if self.journalled else "no journal holds it either"
        return f"Not saved yet in {self.path}; {held}"

    def close(self) -> bool:
        """Wait until all is on the disk and let the call go; an adjourned one leaves no journal behind.

        Returns whether everything is on the disk.
        """
        self.flush(FLUSH_SECONDS)
        clean = self.storage.close(FLUSH_SECONDS)
        if clean and (self.meeting.adjourned_at is not None or not self.meeting.begun):
            self.storage.append({replay.OVER: True})  # so that it is not resumed where it can't be removed
            try:
                self.storage.journal.remove()
            except JournalError as error:
                self.refusals = (*self.refusals, str(error))
                return False
        else:
            self.storage.journal.close()
        return clean

    def _happen(self, event: Event) -> Meeting:
        """Take an event into the state and journal it."""
        after = apply(self.meeting, event)
        if self._opening is not None:  # a call of which nothing is recorded leaves nothing
            opening, self._opening = self._opening, None
            self.storage.append(resuming.record(opening, self.clock))
        self.storage.append(
            resuming.record(event, self.clock), draft=isinstance(event, Drafted | TextDrafted)
        )
        self.meeting = after
        return after

    def _delivered(self, outcome: Outcome) -> None:
        """On the storage thread: examine what was noticed, and pass it on."""
        self._watch.delivered(outcome, self.meeting)
        self.deliver(outcome)

    def _take_in(
        self, made: Examined, found: Examined, noticed: Noticed, *, taken: bool = False
    ) -> Landing | None:
        """Let a version land as what was ``made`` of what was ``found``, and save what comes of it."""
        if not made.silent:
            self._happen(made.event(self.clock.now(), taken=taken))
        self._answer(found, noticed)
        return None if made.silent else self.landings[-1]

    def _answer(self, found: Examined, noticed: Noticed) -> None:
        """Save our text over a version that it takes into account."""
        self._watch.settle(found, noticed)
        self.storage.save(self.meeting.document.source, seen=noticed)

    def _storage(self, opened: Opened) -> Storage:
        disk, left = opened.minutes, opened.left
        strange = left is not None and watching.is_strange(disk, left)
        if left is not None and strange:
            disk = Snapshot(left.known[-1], _NEVER_SEEN)
        journal, said = beginning.journal(opened)
        self.refusals = (*self.refusals, *said)
        storage = Storage(
            journal,
            opened.call.path,
            disk,
            now=self.clock.now,
            deliver=self._delivered,
            copies=opened.directory,
        )
        if strange:
            storage.look()
        elif left is not None and (disk is None or disk.content != self.meeting.document.source):
            storage.save(self.meeting.document.source)
        return storage
