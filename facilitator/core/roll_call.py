"""Marking people in the attendance section of the minutes, whatever its manner: names, or names with boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from . import ledger, placing, record, recorded
from .attendance import Roll
from .blocks import plain
from .directives import Present, Regrets
from .document import Document, ListItem
from .motions import is_quorate, leads_present
from .people import fold
from .record import Attendee
from .spans import Splice

if TYPE_CHECKING:
    from .meeting import Meeting

TITLE = "Attendees"
"""The heading that is made where the minutes have none for attendance."""


def roll(meeting: Meeting) -> Roll:
    """Return who is listed as present or with regrets."""
    return Roll(ledger.attendance(meeting.document))


def projects(meeting: Meeting) -> Mapping[str, str]:
    """Return what each lead speaks for, by full name."""
    found: dict[str, list[str]] = {}
    for item in meeting.items:
        for lead in item.leads if item.kind == "project" else ():
            found.setdefault(lead, []).append(item.title)
    return {lead: ", ".join(titles) for lead, titles in found.items()}


def quorum(meeting: Meeting) -> tuple[int, int] | None:
    """Return how many leads are present, of how many; None where nobody was called, or there are no leads."""
    leads = list(projects(meeting))
    present = roll(meeting).present
    return leads_present(leads, present) if leads and present else None


def quorate(meeting: Meeting) -> bool:
    """Say whether as many are present as the agenda asks for; also where it asks for nothing."""
    counted = quorum(meeting) or (0, len(projects(meeting)))
    return is_quorate(meeting.agenda.quorum if meeting.agenda else None, *counted)


def marked(meeting: Meeting, mark: Present | Regrets) -> tuple[tuple[Attendee, ...], tuple[Splice, ...]]:
    """Return the people a directive marks, and the splices that write it; none for who is marked so already.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow a name or the heading.

    """
    people = Roll().marked(mark, projects(meeting)).attendees
    document = meeting.document
    made = list(_heading(meeting))
    for splice in made:
        document = document.apply(splice)
    for one in people:
        if written := _splice(document, one):
            document = document.apply(written)
            made.append(written)
    return people, tuple(made)


def unmarked(meeting: Meeting, name: str) -> tuple[Splice, ...]:
    """Return the splices that take somebody's mark back: their line goes, or their box is empty again.

    None where they have no mark, or where somebody wrote something below their line.
    """
    document = meeting.document
    for item in _lines(document):
        listed = recorded.attendee(item.text)
        if fold(plain(listed.name)) != fold(name):
            continue
        if item.task is not None:
            written = _encoded(item.text)
            at = document.source.find(written, *item.span)
            emptied = _encoded(_text(replace(listed, regrets=False), box=True).replace("[x]", "[ ]", 1))
            return (Splice(at, written, emptied),) if at >= 0 and written != emptied else ()
        below = [
            one for one in document.list_items(item.section) if one.depth and one.span.end <= item.span.end
        ]
        if not any(one.span.start > item.span.start for one in below):
            return (Splice(item.span.start, document.source[slice(*item.span)], b""),)
    return ()


def _heading(meeting: Meeting) -> Iterable[Splice]:
    """Give what makes the section where there is none: where the agenda puts it, else at the end."""
    if ledger.attendance_sections(meeting.document):
        return ()
    for item in meeting.items:
        if item.section is None and ledger.is_attendance(item.title):
            return placing.headings(meeting.document, meeting.items, item, meeting.agenda)
    return (meeting.document.new_section(2, TITLE),)


def _splice(document: Document, wanted: Attendee) -> Splice | None:
    """Return what marks one person: in their line where they have one, else in a line of their own."""
    sections = ledger.attendance_sections(document)
    boxes = any(item.task is not None for section in sections for item in document.list_items(section))
    for item in _lines(document):
        listed = recorded.attendee(item.text)
        written = _encoded(item.text)
        at = document.source.find(written, *item.span)
        if fold(plain(listed.name)) != fold(wanted.name) or at < 0:
            continue
        if listed.regrets == wanted.regrets and (item.task is None or item.task is not wanted.regrets):
            return None
        project = listed.project or wanted.project
        text = _text(replace(wanted, project="" if wanted.regrets else project), item.task is not None)
        return Splice(at, written, _encoded(text))
    return document.insertion(sections[0], [_text(wanted, boxes)])


def _lines(document: Document) -> Iterator[ListItem]:
    for section in ledger.attendance_sections(document):
        yield from (item for item in document.list_items(section) if item.depth == 0)


def _text(attendee: Attendee, box: bool) -> str:
    line = record.lines(attendee)[0]
    return f"[{' ' if attendee.regrets else 'x'}] {line}" if box else line


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
