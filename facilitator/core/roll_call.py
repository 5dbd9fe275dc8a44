"""Marking people in the attendance section of the minutes, whatever its manner: names, or names with boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from . import ledger, placing, record, recorded
from .agenda import Person
from .attendance import Roll
from .directives import Present, Regrets
from .document import Document, ListItem
from .inline import plain
from .motions import is_quorate, leads_present
from .people import fold, without_handle
from .record import Attendee
from .spans import Splice
from .writing import insertions

if TYPE_CHECKING:
    from .meeting import Meeting

TITLE = "Attendees"
"""The heading that is made where the minutes have none for attendance."""


def roll(meeting: Meeting) -> Roll:
    """Return who is listed as present or with regrets, by name and without handles."""
    listed = ledger.attendance(meeting.document)
    return Roll(tuple(replace(one, name=without_handle(one.name)[0]) for one in listed))


def listed(meeting: Meeting) -> Iterator[Person]:
    """Give everybody whom the attendance sections list, whether they came or not, with their handles."""
    for item in _lines(meeting.document):
        name, handle = without_handle(plain(recorded.attendee(item.text).name))
        yield Person(name, handle=handle)


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


def left_out(meeting: Meeting) -> bool:
    """Say whether the roll call belongs to the record and nobody is marked present."""
    asked = meeting.agenda is not None and meeting.agenda.record.attendance
    return asked and not roll(meeting).present


def marked(meeting: Meeting, *marks: Present | Regrets) -> tuple[tuple[Attendee, ...], tuple[Splice, ...]]:
    """Return the people that directives mark, and the splices that write it; none for who is marked so already.

    A thousand people cost little more than one.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow a name or the heading.

    """
    people = Roll().marked(*marks, projects=projects(meeting)).attendees
    headed = list(_heading(meeting))
    document = meeting.document.apply_all(headed)
    lines = _lines_of(document, people)
    found = (_changed(document, lines[fold(one.name)], one) for one in people if fold(one.name) in lines)
    # from the last line up, so that none moves another that is still to come
    changed = sorted(filter(None, found), key=lambda splice: splice.start, reverse=True)
    missing = [one for one in people if fold(one.name) not in lines]
    added = _added(document.apply_all(changed), missing) if missing else ()
    return people, (*headed, *changed, *added)


def unmarked(meeting: Meeting, name: str) -> tuple[Splice, ...]:
    """Return the splices that take somebody's mark back: their line goes, or their box is empty again.

    None where they have no mark, or where somebody wrote something below their line.
    """
    document = meeting.document
    for item in _lines(document):
        listed = recorded.attendee(item.text)
        if _key(item) != fold(name):
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


def _lines_of(document: Document, people: Iterable[Attendee]) -> dict[str, tuple[int, ListItem]]:
    """Return where the line of each of these people begins and the item it is of; only who has one is there."""
    wanted = {fold(one.name) for one in people}
    found: dict[str, tuple[int, ListItem]] = {}
    for item in _lines(document):
        key = _key(item)
        if key in wanted and key not in found:
            at = document.source.find(_encoded(item.text), *item.span)
            if at >= 0:
                found[key] = at, item
    return found


def _key(item: ListItem) -> str:
    return fold(without_handle(plain(recorded.attendee(item.text).name))[0])


def _changed(document: Document, line: tuple[int, ListItem], wanted: Attendee) -> Splice | None:
    """Return what marks somebody in their line; None where it says so already."""
    at, item = line
    listed = recorded.attendee(item.text)
    if listed.regrets == wanted.regrets and (item.task is None or item.task is not wanted.regrets):
        return None
    project = "" if wanted.regrets else listed.project or wanted.project
    name = listed.name if "@" in listed.name else wanted.name
    text = _text(replace(wanted, name=name, project=project), item.task is not None)
    return Splice(at, _encoded(item.text), _encoded(text))


def _added(document: Document, people: Iterable[Attendee]) -> tuple[Splice, ...]:
    """Return what lists people who have no line yet."""
    section = ledger.attendance_sections(document)[0]
    boxes = any(item.task is not None for item in _items(document))
    return (insertions(document, section.index, [[_text(one, boxes)] for one in people], None)[0],)


def _items(document: Document) -> Iterator[ListItem]:
    """Give what is listed in the attendance sections, nested items too."""
    for section in ledger.attendance_sections(document):
        yield from document.list_items(section)


def _lines(document: Document) -> Iterator[ListItem]:
    return (item for item in _items(document) if item.depth == 0)


def _text(attendee: Attendee, box: bool) -> str:
    line = record.lines(attendee)[0]
    return f"[{' ' if attendee.regrets else 'x'}] {line}" if box else line


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
