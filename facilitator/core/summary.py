"""What a call came to: what was decided, who does what by when, and where the time went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from . import pacing
from .due import short
from .history import Captured
from .meeting import Meeting
from .record import Action, Attendee, Decision, Entry, Fenced, Link, Motion, Note, Outcome, text_of
from .running_order import Row, rows


class Shown(NamedTuple):
    """An entry in one line: a mark for its kind, its words, and what stands at the end of the line."""

    mark: str
    words: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The call at its end; ``elapsed``, ``duration`` and the times in ``rows`` are seconds."""

    decisions: tuple[Captured, ...]
    """Decisions, and motions each followed by what became of it, as they stand in the minutes."""
    settled: int
    """How many of these decide something."""
    actions: tuple[Captured, ...]
    notes: int
    """How many other entries were made."""
    rows: tuple[Row, ...]
    elapsed: float
    duration: int


def shown(entry: Entry, today: date) -> Shown:
    """Return an entry as one line; dates are told as seen from ``today``."""
    match entry:
        case Action(text, owners, due):
            box = "☑" if entry.done else "☐"
            whose = f"{', '.join(owners)}: " if owners else ""
            return Shown(box, whose + text, f"due {short(due, today)}" if due else "")
        case Decision(text):
            return Shown("◆", text)
        case Motion(text, by, outcome):
            moved = f"moved by {by}" if by else ""
            return Shown(
                "◇", text, ", ".join(filter(None, (moved, outcome.verdict.lower() if outcome else "")))
            )
        case Outcome(verdict, reason, tally, until=until):
            when = f"to {short(until, today)}" if until else ""
            votes = (
                f"{tally.votes_for} for, {tally.against} against, {tally.abstained} abstained"
                if tally
                else ""
            )
            said = f"{verdict} {when}".rstrip()
            return Shown("◆", f"{said}: {reason}" if reason else said, votes)
        case Fenced(lines):
            return Shown("▤", next((line for line in lines if line.strip()), ""), count(len(lines), "line"))
        case Link(text, url):
            return Shown("→", text, url)
        case Note(text, by):
            return Shown("•", f"[{by}] {text}" if by else text)
        case Attendee():
            return Shown("•", entry.name, "regrets" if entry.regrets else entry.project)
    return Shown("•", text_of(entry))


def summary(meeting: Meeting, now: float) -> Summary:
    """Return what the call has come to at ``now``."""
    decided = _of(meeting.captured, Decision, Motion, Outcome)
    decisions = tuple(sorted(decided, key=lambda one: one.start))
    settled = sum(not isinstance(one.entry, Motion) or one.entry.outcome is not None for one in decisions)
    actions = _of(meeting.captured, Action)
    return Summary(
        decisions=decisions,
        settled=settled,
        actions=actions,
        notes=len(meeting.captured) - settled - len(actions),
        rows=tuple(rows(meeting, now)),
        elapsed=pacing.pace(meeting, now).elapsed,
        duration=meeting.duration,
    )


def _of(captured: Iterable[Captured], *kinds: type) -> tuple[Captured, ...]:
    return tuple(one for one in captured if isinstance(one.entry, kinds))


def text(meeting: Meeting, now: float) -> str:
    """Return the summary as plain lines, for a terminal after the call."""
    made = summary(meeting, now)
    took = f"{pacing.clock(made.elapsed)} of {pacing.clock(made.duration)}"
    lines = [
        f"{count(made.settled, 'decision')}, {count(len(made.actions), 'action item')}, "
        f"{count(made.notes, 'other entry', 'other entries')} in {took}"
    ]
    for one in (*made.decisions, *made.actions):
        mark, words, tail = shown(one.entry, meeting.date)
        lines.append(f"  {mark} {words}" + (f" ({tail})" if tail else ""))
    return "\n".join(lines)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{number} {one if number == 1 else many or one + 's'}"
