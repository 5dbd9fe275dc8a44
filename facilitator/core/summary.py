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
from .spans import Span


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
    motions: int
    """How many motions were put, or closed, in this call."""
    open: tuple[Captured, ...]
    """Those among ``decisions`` that have no outcome."""
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


def told_of(one: Captured, made: Summary, today: date) -> Shown:
    """Return an entry of the summary as one line; of a motion without an outcome, that it is open."""
    line = shown(one.entry, today)
    return line._replace(tail=", ".join(filter(None, (line.tail, "open")))) if one in made.open else line


def summary(meeting: Meeting, now: float) -> Summary:
    """Return what the call has come to at ``now``."""
    from . import ledger  # no call begins with motions

    decided = _of(meeting.captured, Decision, Motion, Outcome)
    decisions = tuple(sorted(decided, key=lambda one: one.start))
    actions = _of(meeting.captured, Action)
    put = _of(decisions, Motion, Outcome)
    stand = [
        (motion.entry, among)
        for motion in (ledger.entries(meeting.document) if put else ())
        if isinstance(motion.entry, Motion) and (among := _within(put, motion.item.span))
    ]
    return Summary(
        decisions=decisions,
        motions=len(stand),
        open=tuple(one for motion, among in stand if motion.outcome is None for one in among),
        actions=actions,
        notes=len(meeting.captured) - len(decisions) - len(actions),
        rows=tuple(rows(meeting, now)),
        elapsed=pacing.pace(meeting, now).elapsed,
        duration=meeting.duration,
    )


def _of(captured: Iterable[Captured], *kinds: type) -> tuple[Captured, ...]:
    return tuple(one for one in captured if isinstance(one.entry, kinds))


def _within(entries: Iterable[Captured], span: Span) -> tuple[Captured, ...]:
    return tuple(one for one in entries if one.start < span.end and span.start < one.end)


def text(meeting: Meeting, now: float) -> str:
    """Return the summary as plain lines, for a terminal after the call."""
    made = summary(meeting, now)
    took = f"{pacing.clock(made.elapsed)} of {pacing.clock(made.duration)}"
    still = f" ({len(made.open)} open)" if made.open else ""
    told = [
        count(len(_of(made.decisions, Decision)), "decision"),
        *([count(made.motions, "motion") + still] if made.motions else []),
        count(len(made.actions), "action item"),
        count(made.notes, "other entry", "other entries"),
    ]
    lines = [f"{', '.join(told)} in {took}"]
    for one in (*made.decisions, *made.actions):
        mark, words, tail = told_of(one, made, meeting.date)
        lines.append(f"  {mark} {words}" + (f" ({tail})" if tail else ""))
    return "\n".join(lines)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{number} {one if number == 1 else many or one + 's'}"
