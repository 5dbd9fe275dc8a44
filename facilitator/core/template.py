"""The minutes of a call before anybody has written into them: headings, nothing else.

Headings of one level stand two blank lines apart, one blank line before what belongs to them, so that every
lead finds an empty line to write into.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facilitator.core.agenda import Agenda, Project, title
from facilitator.core.prose import escape, escape_title

OVERVIEW = "Agenda"
"""Heading of the list of sections; an agenda with a section of that name gets no list."""


def minutes(agenda: Agenda, day: date) -> bytes:
    """Return the minutes of that day's call as they are made: UTF-8 with LF line ends."""
    headings = list(_headings(agenda, day))
    lines: list[str] = []
    for (level, text), (following, _) in zip(headings, [*headings[1:], (0, "")], strict=True):
        lines += [f"{'#' * level} {heading_text(text)}", ""]
        if level == 2 and text == OVERVIEW and OVERVIEW not in _titles(agenda):
            lines += [*(f"* {escape(name)}" for name in _titles(agenda)), ""]
        if following <= level:
            lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def project_heading(project: Project) -> str:
    """Return the text of a project's heading, as in ``Eirini (incubating) - Julz Friedman``; not escaped."""
    status = f" ({project.status})" if project.status else ""
    return f"{project.name}{status} - {project.lead or '(vacant)'}"


def _titles(agenda: Agenda) -> list[str]:
    return [section.title for section in agenda.sections]


def _headings(agenda: Agenda, day: date) -> Iterator[tuple[int, str]]:
    yield 1, title(agenda, day)
    if OVERVIEW not in _titles(agenda):
        yield 2, OVERVIEW
    for section in agenda.sections:
        yield 2, section.title
        for project in section.projects:
            yield 3, project_heading(project)
            for part in project.parts:
                yield 4, part


def heading_text(text: str) -> str:
    """Return a heading's Markdown that shows the text as it is written; code spans stay code."""
    return escape_title(text)
