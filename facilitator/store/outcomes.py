"""What comes of waiting for the disk, as values to pass on to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from facilitator.store.disk import Fault
    from facilitator.store.minutes_file import Snapshot

Room = Literal["journal", "minutes", "watch"]
"""What can fail: making records durable, saving the minutes, looking whether somebody else has."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not work now, and is shown until it does."""

    room: Room
    error: Fault
    since: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The minutes are on the disk."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Noticed:
    """Another text than ours stands on the disk, None where the file is gone. Saving waits for the answer."""

    snapshot: Snapshot | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure has begun, or has another reason now."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Healed:
    """A failure is over."""

    room: Room


Outcome = Saved | Noticed | Failed | Healed
