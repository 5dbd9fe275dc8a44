"""The one door from people's text to what textual draws.

Text from people is data: never markup, never an escape. Every function here puts marks for the characters
that act (``core.marks``) and returns ``Content``, or plain text to put into one; no string is ever read as
markup. Nothing else in this package turns people's text into something drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from facilitator.core.marks import drawn, visible
from facilitator.core.runs import Line, Run, Style, Table

STYLES: dict[Style, str] = {
    "strong": "bold",
    "emphasis": "italic",
    "strike": "strike $quiet",
    "code": "on $code",
    "link": "underline",
    "heading": "bold",
    "quote": "$quiet",
    "bullet": "$quiet",
    "task": "bold",
    "done": "$quiet",
    "fence": "$soft",
    "rule": "$faint",
    "html": "$quiet",
    "note": "$quiet",
}
"""What the names of ``core.runs`` look like; the colours are the theme's.

Not ``$text-muted`` and its like: those are shares of an automatic colour, which a content draws in full.
"""

_GAP = 2  # columns between the columns of a table
_NARROWEST = 4  # columns below which a table's column is of no use
_TAB = 4


def literal(text: str, style: str = "") -> Content:
    """Make a content of somebody's text, drawn as it was written."""
    return Content.styled(drawn(text), style)


def editable(line: str) -> Text:
    """Make the text of one line of an editor, with a character for each of the line's."""
    return Text(visible(line), no_wrap=True, overflow="ignore", end="")


def clip(text: str, width: int) -> str:
    """Cut a text to ``width`` columns, with an ellipsis where something is missing; it becomes one row."""
    row = drawn(text).replace("\n", " ").replace("\t", " ")
    if cell_len(row) <= width:
        return row
    return set_cell_size(row, width - 1).rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """Cut or fill a text to exactly ``width`` columns."""
    row = clip(text, width)
    space = " " * (width - cell_len(row))
    return space + row if align == "right" else row + space


def between(left: Content, right: Content, width: int, margin: int = 0) -> Content:
    """Put ``right`` at the end of a row of ``width`` cells, ``margin`` cells free at both ends; ``left`` gives way."""
    room = width - 2 * margin
    left = left.truncate(max(0, room - right.cell_length - (1 if right.cell_length else 0)), ellipsis=True)
    space = " " * max(0, room - left.cell_length - right.cell_length)
    edge = " " * margin
    return Content(edge) + left + Content(space) + right + Content(edge)


def content(lines: Iterable[Line | Table], width: int) -> list[Content]:
    """Wrap rendered lines into rows of at most ``width`` columns (2 where it is less)."""
    rows: list[Content] = []
    for line in lines:
        lead, hang = _before(line.lead, width), _before(line.hang, width)
        room = max(2, width - max(lead.cell_length, hang.cell_length))
        body = _table(line, room) if isinstance(line, Table) else _wrapped(line, room)
        rows.append((lead + body[0]).rstrip())
        rows.extend((hang + row).rstrip() for row in body[1:])
    return rows


@cache
def _style(names: tuple[Style, ...]) -> str:
    return " ".join(STYLES[name] for name in names)


def _assembled(runs: Sequence[Run]) -> Content:
    return Content.assemble(*((drawn(run.text), _style(run.style)) for run in runs))


def _before(runs: tuple[Run, ...], width: int) -> Content:
    """Make what stands before a row: at most half of it, so that deep lists stay readable."""
    if width < 2 * _NARROWEST or not runs:
        return Content()
    return _assembled(runs).truncate(width // 2)


def _wrapped(line: Line, width: int) -> list[Content]:
    text = _assembled(line.runs)
    return _verbatim(text.expand_tabs(_TAB), width) if line.verbatim else text.wrap(width)


def _verbatim(text: Content, width: int) -> list[Content]:
    """Wrap a line whose spaces count: what has no room in its first row goes on below its indent.

    The indent is at most half of the row, and gives way to a word that would have to be cut for it.
    """
    if text.cell_length <= width:
        return [text]
    indent = len(text.plain) - len(text.plain.lstrip(" "))
    fitting = [wide for word in text.plain.split() if (wide := cell_len(word)) <= width]
    hang = min(indent, width // 2, width - max([2, *fitting]))  # a character may be two wide
    return [text[:hang] + row for row in text[indent:].wrap(width - hang)]


def _table(table: Table, width: int) -> list[Content]:
    """Draw a table: columns as wide as they need, the widest cut down to what is there and wrapped."""
    cells = [[_assembled(cell) for cell in row] for row in table.rows]
    needed = [max(1, *(cell.cell_length for cell in column)) for column in zip(*cells, strict=True)]
    widths = _shared(needed, width - _GAP * (len(needed) - 1))
    if min(widths) < min(_NARROWEST, *needed):
        return [row for line in cells for row in Content("  ").join(line).wrap(width)]
    rows = []
    for line in cells:
        wrapped = [cell.wrap(column) for cell, column in zip(line, widths, strict=True)]
        for parts in zip_longest(*wrapped, fillvalue=Content()):
            aligned = (_aligned(*each) for each in zip(parts, widths, table.align, strict=True))
            rows.append(Content(" " * _GAP).join(aligned))
    return rows


def _aligned(cell: Content, width: int, align: str) -> Content:
    space = max(0, width - cell.cell_length)
    left = {"left": 0, "center": space // 2, "right": space}[align]
    return cell.pad(left, space - left)


def _shared(needed: Sequence[int], room: int) -> list[int]:
    """Share the room: each column gets what it needs, as long as the others get as much."""
    widths = [0] * len(needed)
    for place, index in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        widths[index] = max(0, min(needed[index], room // (len(needed) - place)))
        room -= widths[index]
    return widths
