"""What is wrong with minutes, as far as that can be seen in them; each finding says what to do about it.

Findings are for minutes of a call that has been: what an empty file for a call to come lacks is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from . import headings, items, ledger, timekeeping
from .agenda import Person, named
from .document import Document, Section, Span
from .due import days_in
from .headings import name_key
from .inline import plain
from .people import People
from .record import Action, Decision, Motion

if TYPE_CHECKING:
    from .agenda import Agenda
    from .items import Item
    from .ledger import Recorded
    from .timing import Timed


class Problem(NamedTuple):
    """Something to put right at a line, counted from 1."""

    line: int
    text: str


_PARKING = "parking lot"
_DATE_SHAPED = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_BULLET = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*(?:\[[ xX]\][ \t]+)?")
_UNFILLED = re.compile(
    r"\[(?:please\s+)?(?:add|insert|fill|enter|your|name|replace|describe|topic|text|update|notes?|link)"
    r"\b[^\]]*\]\.?(?![(\[:])"
    r"|(?:.{1,40}:[*_ ]*)?[*_]*(?:TBD|TBA|FIXME|XXX|\?\?\?)[*_]*\.?"
    r"|lorem ipsum\b.*",
    re.IGNORECASE,
)
_DATE_TO_COME = re.compile(r"\bY{2,4}-MM-DD\b|\b\d{4}-MM-DD\b|\{date[^}]*\}", re.IGNORECASE)


def problems(
    document: Document,
    name: str,
    day: date | None,
    people: Sequence[Person] = (),
    agenda: Agenda | None = None,
    attendance: bool = True,
) -> list[Problem]:
    """Return what is wrong with minutes, in the order of lines.

    ``name`` is the file's, ``day`` the date in it. Who is known is ``people``, whoever leads something, and whoever
    is listed as present; where nobody is, owners are not judged. Without the series' ``agenda`` the outline says what
    the items are. ``attendance`` says whether the roll call belongs to the record.
    """
    recorded = list(ledger.entries(document))
    steps = items.infer(document, agenda)
    found = [
        *_actions(document, recorded),
        *_unknown(document, recorded, steps, people),
        *_motions(document, recorded),
        *(_nobody(document, recorded) if attendance else ()),
        *_placeholders(document),
        *_unclosed(document),
        *_dates(document, name, day),
        *_twice(document, steps),
        *_passed_over(document, steps),
    ]
    return sorted(found)


def _at(document: Document, one: Recorded) -> int:
    return document.line(one.item.span.start)


def _actions(document: Document, recorded: Sequence[Recorded]) -> Iterator[Problem]:
    for one in recorded:
        if isinstance(one.entry, Action) and not one.entry.done:
            if not one.entry.owners:
                yield Problem(
                    _at(document, one), "action item without owner, begin it with a name and a colon"
                )
            if one.entry.due is None:
                yield Problem(
                    _at(document, one), "action item without due date, end it with (due YYYY-MM-DD)"
                )


def _unknown(
    document: Document, recorded: Sequence[Recorded], steps: Sequence[Item], people: Sequence[Person]
) -> Iterator[Problem]:
    leads = [lead for item in steps for lead in item.leads]
    listed = [attendee.name.partition(",")[0] for attendee in ledger.attendance(document)]
    known = People(named(people, (*leads, *listed)))
    if not known.people:
        return
    for one in recorded:
        for owner in one.entry.owners if isinstance(one.entry, Action) else ():
            found = known.find(owner)
            if not found:
                yield Problem(_at(document, one), f"nobody here is called {owner}, write the name in full")
            elif len(found) > 1:
                few = " or ".join(person.name for person in found[:3])
                yield Problem(_at(document, one), f"{owner} may be {few}, write the name in full")


def _motions(document: Document, recorded: Sequence[Recorded]) -> Iterator[Problem]:
    for one in recorded:
        if isinstance(one.entry, Motion) and one.entry.outcome is None:
            ends = "nest **Approved:**, **Rejected:**, **Deferred:** or **Withdrawn:** below it"
            yield Problem(_at(document, one), f"motion without outcome, {ends}")


def _nobody(document: Document, recorded: Sequence[Recorded]) -> Iterator[Problem]:
    if any(not attendee.regrets for attendee in ledger.attendance(document)):
        return
    if _timed(document) or any(isinstance(one.entry, Decision | Action | Motion) for one in recorded):
        section = next(iter(ledger.attendance_sections(document)), None)
        if section is None:
            yield Problem(1, "nobody is listed as present, add a section Attendees")
        elif not _says_otherwise(document, section):
            yield Problem(document.line(section.heading.start), "nobody is listed as present, list who was")


def _says_otherwise(document: Document, section: Section) -> bool:
    """Say whether an attendance section holds more than a list: a table, a sentence, subsections."""
    below = document.text(Span(section.own.end, section.whole.end))
    return bool(below.strip()) or any(block.kind != "list" for block in document.blocks(section))


def _placeholders(document: Document) -> Iterator[Problem]:
    for section in document.sections:
        if section.level and (unfilled := _DATE_TO_COME.search(section.title)):
            line = document.line(section.heading.start)
            yield Problem(line, f"the heading says {unfilled[0]}, put the date there")
        for start, text in _lines(document, section):
            said = _BULLET.sub("", text, count=1).strip()
            if _UNFILLED.fullmatch(said):
                yield Problem(document.line(start), f"placeholder {said}, fill it in or take it out")


def _lines(document: Document, section: Section) -> Iterator[tuple[int, str]]:
    """Give the lines of a section's prose, code and comments not among them, with the byte each begins at."""
    base = section.own.start
    for block in document.blocks(section):
        if block.kind in ("paragraph", "list"):
            at = base + block.start
            for line in document.source[at : base + block.end].splitlines(keepends=True):
                yield at, line.decode("utf-8", "replace")
                at += len(line)


def _unclosed(document: Document) -> Iterator[Problem]:
    for section in document.sections:
        blocks = document.blocks(section)
        for last in (*blocks[-1:], *(bullet.last for block in blocks[-1:] for bullet in block.bullets[-1:])):
            if last is not None and last.closing:
                line = document.line(section.own.start + last.start)
                what = (
                    "comment"
                    if last.closing == "-->"
                    else "code fence"
                    if last.kind == "code"
                    else "HTML block"
                )
                yield Problem(line, f"this {what} is never closed, end it with {last.closing}")
                break


def _dates(document: Document, name: str, day: date | None) -> Iterator[Problem]:
    if day is None and (shaped := _DATE_SHAPED.search(name)):
        yield Problem(1, f"the file's name says {shaped[0]}, which is no day: rename it")
    title = next((section for section in document.sections if section.level == 1), None)
    if title is None:
        return
    line, said = document.line(title.heading.start), days_in(plain(title.title))
    if day is not None and said and day not in said:
        yield Problem(line, f"the title says {said[0]}, the file's name {day}: put right which is wrong")
    if not said and (shaped := _DATE_SHAPED.search(title.title)):
        yield Problem(line, f"the title says {shaped[0]}, which is no day: put the date right")


def _twice(document: Document, steps: Sequence[Item]) -> Iterator[Problem]:
    """Find projects that stand in two places: what is written below one is not seen below the other."""
    first: dict[str, int] = {}
    projects = {name_key(item.title) for item in steps if item.kind == "project" and item.leads}
    for section in document.sections:
        said = headings.heading(section.title)
        key = name_key(plain(said.project))
        if section.level and key in projects and said.leads:
            line = document.line(section.heading.start)
            if key in first:
                where = f"it stands in line {first[key]} already"
                yield Problem(line, f"{plain(said.project)} twice, {where}: put what is written together")
            first.setdefault(key, line)


def _passed_over(document: Document, steps: Sequence[Item]) -> Iterator[Problem]:
    """Find items with text that had no time, in minutes that keep the time, and are not in the parking lot."""
    unreached = {name_key(row.title) for row in _timed(document) if not row.actual}
    parked = " ".join(
        name_key(item.text)
        for section in document.sections
        if name_key(section.title) == _PARKING
        for item in document.list_items(section)
    )
    for item in steps:
        if item.section is not None and not item.quiet and name_key(item.title) in unreached:
            if name_key(item.title) in parked:
                continue
            line = document.line(document.sections[item.section].heading.start)
            yield Problem(line, f"{item.title} was neither reached nor parked, put it in the parking lot")


def _timed(document: Document) -> Sequence[Timed]:
    return timekeeping.read(document.text(Span(0, len(document.source))))
