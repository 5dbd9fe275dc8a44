"""Agenda files: YAML in, an ``Agenda`` or every finding out.

``store.agenda_schema`` knows the keys, ``store.strict_yaml`` the syntax; here they meet a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.store import yaml_file
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
    tree, errors = yaml_file.read(path)
    if tree is None:
        empty = "the file is empty; an agenda has title, minutes and agenda"
        return None, errors or [Finding(path, 1, empty)]
    agenda, problems, remarks = read_agenda(tree)
    errors += yaml_file.findings(path, problems)
    notes = [Finding(path, note.line, note.text, "note") for note in remarks]
    return (None if errors else agenda), sorted([*errors, *notes], key=lambda finding: finding.line)
