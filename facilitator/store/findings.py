"""Findings: what a check has to say about a file, a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from facilitator.store.strict_yaml import printable


class Finding(NamedTuple):
    """One thing found in a file; ``str`` gives ``file:line: what``, safe for a terminal."""

    path: Path
    line: int
    """The first is 1; 0 where it is about the file as a whole."""
    text: str
    severity: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return printable(f"{where}: {'note: ' if self.severity == 'note' else ''}{self.text}")
