"""The digest of minutes: what was decided, who does what by when, motions, and where the time went.

It is made from the minutes as they stand, so that it can be had of any file and at any time. All its words are
people's: they are shown as they were typed, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from . import headings, items, ledger, timekeeping
from .document import Document, Span
from .inline import plain
from .marks import visible
from .pacing import clock
from .prose import escape, escape_title
from .record import Action, Attendee, Decision, Entry, Motion, lines
from .render import html
from .running_order import GLANCE
from .summary import shown
from .timing import Timed

if TYPE_CHECKING:
    from .agenda import Agenda

Format = Literal["markdown", "text", "html", "json"]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, and the title of the item it stands under; empty where that is none."""

    entry: Entry
    item: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What one meeting came to."""

    title: str
    day: date | None
    attendees: tuple[Attendee, ...]
    entries: tuple[Told, ...]
    """Decisions, action items and motions, in file order."""
    timed: tuple[Timed, ...]
    """Planned and actual time, where the minutes keep it."""


def digest(document: Document, day: date | None, agenda: Agenda | None = None) -> Digest:
    """Return the digest of minutes; ``day`` is the meeting's, where it is known."""
    title = next((section.title for section in document.sections if section.level == 1), "")
    places = _places(document, agenda)
    told = []
    for one in ledger.entries(document):
        if isinstance(one.entry, Decision | Action | Motion):
            start = one.item.span.start
            held = (name for place, name in places if place.start <= start < place.end)
            told.append(Told(one.entry, next(held, "")))
    return Digest(
        title=headings.title(title, heading=True) or "Minutes",
        day=day,
        attendees=ledger.attendance(document),
        entries=tuple(told),
        timed=timekeeping.read(document.text(Span(0, len(document.source)))),
    )


def _places(document: Document, agenda: Agenda | None) -> list[tuple[Span, str]]:
    return [
        (place, item.title)
        for item in items.infer(document, agenda)
        if not ledger.is_action_list(item.title)
        for place in items.spans(document, item)
    ]


def written(made: Digest, form: Format) -> str:
    """Return the digest in one of its forms, with a line ending at its end."""
    match form:
        case "json":
            return json.dumps(_values(made), indent=2) + "\n"
        case "html":
            return html(_markdown(made))
        case "markdown":
            return visible(_markdown(made))
    return visible(_text(made))


def listed(made: Digest, *kinds: type[Entry]) -> str:
    """Return the entries of some kinds as a Markdown list; empty where there are none."""
    rows = [_row(told, made.day or date.min) for told in made.entries if isinstance(told.entry, kinds)]
    return visible("".join(f"- {escape(row)}\n" for row in rows))


def _markdown(made: Digest) -> str:
    parts = [f"# {escape_title(made.title)}"]
    for heading, rows in _parts(made):
        parts += [f"## {heading}", "\n".join(f"- {escape(row)}" for row in rows)]
    return "\n\n".join(parts) + "\n"


def _text(made: Digest) -> str:
    parts = [made.title]
    parts += ["\n".join((heading, *(f"  {row}" for row in rows))) for heading, rows in _parts(made)]
    return "\n\n".join(parts) + "\n"


def _parts(made: Digest) -> Iterator[tuple[str, list[str]]]:
    """Give what there is to tell, each part with its heading."""
    today = made.day or date.min
    yielded = False
    for heading, kind in (("Decisions", Decision), ("Action items", Action), ("Motions", Motion)):
        rows = [_row(told, today) for told in made.entries if isinstance(told.entry, kind)]
        if rows:
            yielded = True
            yield heading, rows
    if not yielded:
        yield "Decisions and action items", ["none"]
    if made.attendees:
        yield "Attendance", list(_attendance(made.attendees))
    if made.timed:
        yield "Time", [*map(_time, made.timed), _time(_total(made.timed))]


def _row(told: Told, today: date) -> str:
    """Return an entry as one line: its item, its words, its dates or its outcome."""
    entry = told.entry
    if isinstance(entry, Action):
        line = action_line(entry)
    else:
        bare = replace(entry, outcome=None) if isinstance(entry, Motion) else entry
        _, words, tail = shown(bare, today)
        line = f"{words} ({tail})" if tail else words
    if isinstance(entry, Motion):
        line += f": {plain(lines(entry.outcome)[0])}" if entry.outcome else ": open"
    return f"{line} — {told.item}" if told.item else line


def action_line(action: Action) -> str:
    """Return an action item in one line, its dates written out: ``☐ Ann Lee: publish it (due 2018-09-18)``."""
    mark, words, _ = shown(action, date.min)
    dates = (f"due {action.due}" if action.due else "", f"from {action.since}" if action.since else "")
    tail = ", ".join(filter(None, dates))
    return f"{mark} {words} ({tail})" if tail else f"{mark} {words}"


def _attendance(attendees: tuple[Attendee, ...]) -> Iterator[str]:
    for label, regrets in (("present", False), ("regrets", True)):
        names = [one.name for one in attendees if one.regrets is regrets]
        if names:
            yield f"{label}: {', '.join(names)}"


def _time(row: Timed) -> str:
    if row.actual < GLANCE and row.planned is not None:
        return f"{row.title}: not taken up, planned {clock(row.planned)}"
    planned = f" of {clock(row.planned)}" if row.planned is not None else ""
    return f"{row.title}: {clock(row.actual)}{planned}"


def _total(timed: tuple[Timed, ...]) -> Timed:
    return Timed("in all", sum(row.planned or 0 for row in timed), sum(row.actual for row in timed))


def _values(made: Digest) -> dict[str, Any]:
    """Return the digest as what JSON can hold; times are seconds."""
    told = made.entries
    return {
        "title": made.title,
        "date": _iso(made.day),
        "present": [one.name for one in made.attendees if not one.regrets],
        "regrets": [one.name for one in made.attendees if one.regrets],
        "decisions": [
            {"item": one.item, "text": one.entry.text} for one in told if isinstance(one.entry, Decision)
        ],
        "actions": [
            {"item": one.item, **action_values(one.entry)} for one in told if isinstance(one.entry, Action)
        ],
        "motions": [
            {"item": one.item, **_motion_values(one.entry)} for one in told if isinstance(one.entry, Motion)
        ],
        "time": [row._asdict() for row in made.timed],
    }


def action_values(action: Action) -> dict[str, Any]:
    """Return an action item as what JSON can hold."""
    return {
        "text": action.text,
        "owners": list(action.owners),
        "due": _iso(action.due),
        "done": action.done,
        "since": _iso(action.since),
    }


def _motion_values(motion: Motion) -> dict[str, Any]:
    made = motion.outcome
    if made is None:
        return {"text": motion.text, "by": motion.by, "outcome": None}
    tally = made.tally
    return {
        "text": motion.text,
        "by": motion.by,
        "outcome": {
            "verdict": made.verdict,
            "reason": made.reason,
            "until": _iso(made.until),
            "for": tally and tally.votes_for,
            "against": tally and tally.against,
            "abstained": tally and tally.abstained,
            "present": made.present,
            "leads": made.leads,
        },
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
