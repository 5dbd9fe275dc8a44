"""Minutes to be looked through: read where they lie, one or many; nothing here writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator.core import digest, lint, outstanding
from facilitator.core.agenda import Agenda, people_of
from facilitator.core.document import Document, TooLarge
from facilitator.core.due import days_in
from facilitator.core.outstanding import Outstanding
from facilitator.store import agenda_file, minutes_file, series
from facilitator.store.call import dated
from facilitator.store.disk import Fault, shown
from facilitator.store.findings import Finding


class Unreadable(ValueError):
    """Minutes that can't be read; one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Minutes as they lie there."""

    path: Path
    day: date | None
    """The meeting's, by the file's name, else by the title; None where neither says it."""
    document: Document


def read(path: Path) -> Kept:
    """Read minutes. Raises Unreadable."""
    try:
        document = Document.parse(minutes_file.read(path).content)
    except minutes_file.MissingMinutes:
        raise Unreadable(missing(path)) from None
    except Fault as error:  # nothing is to be saved here
        raise Unreadable(str(error).removesuffix(error.otherwise)) from None
    except TooLarge as error:
        raise Unreadable(f"{path}: {error}") from None
    return Kept(path, dated(path.name) or _titled(document), document)


def missing(path: Path) -> str:
    """Say in one line that a file was named that is not there, and which one may have been meant."""
    import difflib  # needed for mistakes only

    here = sorted(path.parent.glob("*.md")) if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, [one.name for one in here], n=1)
    meant = f"did you mean {shown(path.with_name(near[0]))}?" if near else "name minutes (.md) that are there"
    return f"{shown(path)}: there is no such file, {meant}"


def read_all(paths: Iterable[Path]) -> tuple[list[Kept], list[Unreadable]]:
    """Read minutes, and those with a date that lie anywhere below directories; hidden ones are passed by.

    Returns what can't be read beside what can.
    """
    found: dict[Path, Kept] = {}
    refused: list[Unreadable] = []
    for path in paths:
        below = path.is_dir()
        for file in _below(path) if below else (path,):
            try:
                kept = read(file)
            except Unreadable as error:
                refused.append(error)
                continue
            if kept.day or not below:
                found.setdefault(file, kept)
    return list(found.values()), refused


def actions(kept: Iterable[Kept], *, owner: str = "", done: bool = False) -> list[Outstanding]:
    """Return the open action items of minutes, the oldest first; ``done`` ones too, or of one ``owner`` alone."""
    found = outstanding.outstanding(((str(one.path), one.day, one.document) for one in kept), done=done)
    return outstanding.of_owner(found, owner) if owner else found


def written_digest(path: Path, form: digest.Format) -> str:
    """Return the digest of minutes. Raises Unreadable."""
    kept = read(path)
    return digest.written(digest.digest(kept.document, kept.day, _agenda_of(kept)), form)


def _agenda_of(kept: Kept) -> Agenda | None:
    found = series.agenda_of(kept.path, kept.day)
    return agenda_file.load(found) if found else None


def check(path: Path, agendas: Sequence[Agenda] = ()) -> list[Finding]:
    """Return what is wrong with minutes, in the order of lines; the people of ``agendas`` are known there.

    Where none are given, the agenda of the minutes is looked for.
    """
    try:
        kept = read(path)
    except Unreadable as error:
        return [Finding(path, 0, str(error).removeprefix(f"{path}: "))]
    own = None if agendas else _agenda_of(kept)
    known = [*agendas, *([own] if own else ())]
    people = [person for agenda in known for person in people_of(agenda)]
    attendance = not known or any(agenda.record.attendance for agenda in known)
    found = lint.problems(kept.document, path.name, dated(path.name), people, own, attendance)
    return [Finding(path, problem.line, problem.text) for problem in found]


def _below(directory: Path) -> Iterable[Path]:
    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".md") and name[0] != ".")


def _titled(document: Document) -> date | None:
    title = next((section.title for section in document.sections if section.level == 1), "")
    return next(iter(days_in(title)), None)
