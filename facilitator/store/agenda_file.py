"""Agenda files: YAML in, an ``Agenda`` or every finding out.

``store.agenda_schema`` knows the keys, ``store.strict_yaml`` the syntax; here they meet a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.store import strict_yaml
from facilitator.store.agenda_schema import read_agenda
from facilitator.store.findings import Finding

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda


class AgendaErrors(ValueError):
    """An agenda that cannot be used; ``findings`` holds all that is wrong with it, in the order of lines."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


def load(path: Path) -> Agenda:
    """Read an agenda. Raises AgendaErrors with every error, also where the file cannot be opened."""
    agenda, findings = _read(path)
    if agenda is None:
        raise AgendaErrors([finding for finding in findings if finding.severity == "error"])
    return agenda


def check(path: Path) -> list[Finding]:
    """Return all errors of an agenda, and notes on keys that have no effect yet, in the order of lines."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Agenda | None, list[Finding]]:
    """Return the agenda, None where there are errors, and the findings."""
    try:
        with path.open("rb") as file:
            source = file.read(strict_yaml.SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        return None, [Finding(path, 0, f"cannot be read: {reason}")]
    tree, problems = strict_yaml.read(source)
    agenda = None
    notes: tuple[strict_yaml.Problem, ...] = ()
    if tree is not None:
        agenda, wrong, notes = read_agenda(tree)
        problems = (*problems, *wrong)
    elif not problems:
        problems = (strict_yaml.Problem(1, "the file is empty; an agenda has title, minutes and agenda"),)
    findings = [Finding(path, problem.line, problem.text) for problem in problems]
    findings += [Finding(path, note.line, note.text, "note") for note in notes]
    return (None if problems else agenda), sorted(findings, key=lambda finding: finding.line)
