"""Planned and actual time per item, kept in the minutes so that the next chair's budgets learn from it.

It is one HTML comment on a line of its own at the end of the file: a JSON list of ``[title, planned, actual]``.
Titles are people's words; nothing in them can end the comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

_COMMENT = re.compile(r"^<!-- facilitator timing: (\[.{0,100000}\]) -->[ \t]*\r?$", re.MULTILINE)


class Timed(NamedTuple):
    """What an item was planned to take and what it took, in seconds; ``planned`` is None where it was not planned."""

    title: str
    planned: int | None
    actual: int


def comment(items: Iterable[Timed]) -> str:
    """Return the line that keeps ``items``."""
    rows = json.dumps([list(item) for item in items], ensure_ascii=False, separators=(",", ":"))
    # Only within a title can there be either of these, and there JSON may spell them out.
    rows = rows.replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"<!-- facilitator timing: {rows} -->"


def read(text: str) -> tuple[Timed, ...]:
    """Return what the last such comment in ``text`` keeps; nothing where there is none, or none that can be read."""
    found = _COMMENT.findall(text)
    try:
        rows = json.loads(found[-1]) if found else []
    except (ValueError, RecursionError):
        return ()
    return tuple(Timed(*row) for row in rows if _is_row(row))


def _is_row(row: object) -> bool:
    match row:
        case [str(), int() | None, int()]:
            return not any(isinstance(one, bool) for one in row)
    return False
