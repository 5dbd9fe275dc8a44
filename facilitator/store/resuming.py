"""From a journal back to the state of its call: the same fold that made it."""

from __future__ import annotations

from facilitator.core import codec
from facilitator.core.events import CallOpened, Event, Landed
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened
from facilitator.store.replay import Record, Replay, content_hash
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
    known, certain = [journal.header.base], 1
    state: Meeting | None = None
    try:
        for one in journal.records:
            if "event" in one:
                event = codec.event(one["event"])
                state = _after(state, event, journal.header.base)
                if isinstance(event, Landed):
                    known.append(event.version)
                    certain = len(known)
            elif state is not None and one.get(SAVING) == content_hash(state.document.source):
                known.append(state.document.source)
    except NotThisVersion:
        raise
    except codec.UnknownKind as error:
        raise NotThisVersion(f"a newer facilitator wrote it ({error}), use that one") from None
    except ValueError as error:
        raise NotThisVersion(f"what is in it does not fit together ({error}), move it away") from None
    if state is None:
        raise NotThisVersion("it holds no call, move it away")
    return state, tuple(known), certain


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
