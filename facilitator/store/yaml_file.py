"""A file of strict YAML: its tree, or findings that name the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from facilitator.store import strict_yaml
from facilitator.store.findings import Finding
from facilitator.store.strict_yaml import Node, Problem


def read(path: Path) -> tuple[Node | None, list[Finding]]:
    """Return the tree of a file, None where there is none to go on with, and what is wrong with its YAML."""
    try:
        with path.open("rb") as file:
            source = file.read(strict_yaml.SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        return None, [Finding(path, 0, f"cannot be read: {reason}")]
    tree, problems = strict_yaml.read(source)
    return tree, findings(path, problems)


def findings(path: Path, problems: Iterable[Problem]) -> list[Finding]:
    """Return problems of a file as findings."""
    return [Finding(path, problem.line, problem.text) for problem in problems]
