"""Roll call: who is on the call, who sent regrets, and who may still be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .directives import Present, Regrets
from .people import fold
from .record import Attendee


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who was called, in the order they were first marked."""

    attendees: tuple[Attendee, ...] = ()

    @property
    def present(self) -> tuple[str, ...]:
        """The names of those on the call."""
        return tuple(attendee.name for attendee in self.attendees if not attendee.regrets)

    def marked(self, *marks: Present | Regrets, projects: Mapping[str, str] | None = None) -> Roll:
        """Return the roll with people marked, a later mark over an earlier.

        ``projects`` says by full name what they speak for.
        """
        roll = {fold(attendee.name): attendee for attendee in self.attendees}
        for mark in marks:
            present = isinstance(mark, Present)
            for name in mark.names:
                project = (projects or {}).get(name, "") if present else ""
                roll[fold(name)] = Attendee(name, project, regrets=not present)
        return Roll(tuple(roll.values()))


def to_call(leads: Sequence[str], others: Iterable[str], typed: str = "") -> tuple[str, ...]:
    """Return whom to call, each once: the leads, then others; only names that hold ``typed``."""
    names: dict[str, str] = {}
    for name in (*leads, *others):
        names.setdefault(fold(name), name)
    return tuple(name for key, name in names.items() if key and fold(typed) in key)
