"""From a journal back to the state of its call: the same fold that made it."""

from __future__ import annotations

from facilitator.core import codec
from facilitator.core.events import CallOpened, Event, Landed
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.store.elsewhere import ELSEWHERE
from facilitator.store.replay import SAVED, Record, Replay, content_hash
from facilitator.store.storage import SAVING
from facilitator.system.clock import Clock


class NotThisVersion(ValueError):
    """A journal of things that this version does not know."""


def record(event: Event, clock: Clock) -> Record:
    """Return an event as it is journalled, with what a clock has to know to go on from it."""
    return {
        "event": codec.encode(event),
        "wall": clock.wall(),
        "boot": clock.boot(),
        "boot_id": clock.boot_id(),
    }


def fold(journal: Replay) -> tuple[Meeting, tuple[bytes, ...], int]:
    """Return the state a journal leads to, and the minutes that may be on the disk, oldest first.

    With them goes how many of those, the first ones, stood there for certain.

    Raises:
        NotThisVersion: where it holds what this version does not know.

    """
    assert journal.header is not None
    texts = _Texts(journal.header.base)
    state: Meeting | None = None
    try:
        for one in journal.records:
            if "event" in one:
                event = codec.event(one["event"])
                state = _after(state, event, journal.header.base)
                if isinstance(event, Landed):
                    texts.announced(event.version)
                    texts.saved(content_hash(event.version))
            elif state is not None:
                texts.told(one, state.document.source)
    except NotThisVersion:
        raise
    except codec.UnknownKind as error:
        raise NotThisVersion(f"a newer facilitator wrote it ({error}), use that one") from None
    except ValueError as error:
        raise NotThisVersion(f"what is in it does not fit together ({error}), move it away") from None
    if state is None:
        raise NotThisVersion("it holds no call, move it away")
    return state, tuple(texts.known), texts.certain


class _Texts:
    """The minutes that may be on the disk, as a journal tells, and how many of them stood there for certain."""

    def __init__(self, first: bytes) -> None:
        self.known: list[bytes] = []
        self._hashes: list[str] = []
        self.begin(first)

    def begin(self, text: bytes) -> None:
        """Begin with another file."""
        self.known, self._hashes, self.certain = [text], [content_hash(text)], 1

    def told(self, record: Record, ours: bytes) -> None:
        """Take in a record about saving; our text is ``ours`` there."""
        if ELSEWHERE in record:
            self.begin(ours)
        elif SAVING in record and record[SAVING] == content_hash(ours):
            self.announced(ours)
        elif SAVED in record:
            self.saved(record[SAVED])

    def announced(self, text: bytes) -> None:
        """Add a text that may be there from now on."""
        self.known.append(text)
        self._hashes.append(content_hash(text))

    def saved(self, digest: str) -> None:
        """Take the latest text of that hash for one that was there."""
        if digest in self._hashes:
            self.certain = len(self._hashes) - self._hashes[::-1].index(digest)


def _after(state: Meeting | None, event: Event, base: bytes) -> Meeting:
    if state is not None:
        return apply(state, event)
    if not isinstance(event, CallOpened):
        raise NotThisVersion("it does not begin with a call, move it away")
    return opened(base, event.agenda, event.date, event.duration)


def set_clock(clock: Clock, journal: Replay) -> None:
    """Set the clock going on from the last moment the journal holds."""
    last = next((one for one in reversed(journal.records) if "event" in one), None)
    if last is not None:
        clock.resume(float(last["event"]["at"]), float(last["boot"]), str(last["boot_id"]))
