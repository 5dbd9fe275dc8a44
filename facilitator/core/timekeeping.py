"""Planned and actual time in the minutes: written when the call ends, read back by calls to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from . import order, pacing, timeline, timing
from .document import Document
from .headings import name_key
from .meeting import Meeting
from .prose import escape, unescape
from .running_order import GLANCE
from .spans import Splice
from .timing import Timed
from .writing import Swallowed, new_heading

HEADING = "Time Taken"
"""The section that holds the table."""

_COMMENT = re.compile(rb"^<!-- facilitator timing: [^\r\n]* -->[ \t]*$", re.MULTILINE)
_TABLE = re.compile(
    r"^\| Item \| Planned \| Actual \|\r?\n\|[-:| ]*\|\r?\n((?:\|.*\|\r?(?:\n|\Z))*)", re.MULTILINE
)
_ROW = re.compile(r"^\| (.*) \| ([\d:]+|–) \| ([\d:]+|–) \|\r?$", re.MULTILINE)


def timed(meeting: Meeting, now: float) -> tuple[Timed, ...]:
    """Return what every stop was planned to take and took, in running order; what was never reached took nothing.

    What somebody wrote during the call was not planned; it is kept all the same, for it may not have been reached.
    What was parked stands at the end, if it has had time.
    """
    spent = timeline.spent(meeting.timeline, now)
    keys = [stop.key for stop in meeting.stops]
    keys += [key for key in meeting.steering.parked if key not in keys and spent.get(key)]
    found = []
    for key in keys:
        item, planned = meeting.item(key), meeting.planned.get(key)
        title = f"{item.title}: {item.group}" if order.called_group(key) else item.title
        found.append(Timed(title, planned, round(spent.get(key, 0.0))))
    return tuple(found)


def splices(meeting: Meeting, now: float) -> tuple[Splice, ...]:
    """Return the splices that keep the time as the agenda asks for; none where it does not, or nothing was timed.

    None, too, where an unclosed fence or comment at the end of the minutes would swallow it.
    """
    kept = timed(meeting, now)
    form = meeting.agenda.record.timing if meeting.agenda else "off"
    if form == "off" or not meeting.timeline or not kept:
        return ()
    return _comment(meeting.document, kept) if form == "comment" else _table(meeting.document, kept)


def table(items: Iterable[Timed]) -> list[str]:
    """Return the lines of a table that keeps ``items``."""
    rows = ["| Item | Planned | Actual |", "|:--|--:|--:|"]
    for one in items:
        title = escape(one.title).replace("|", "\\|")
        planned = "–" if one.planned is None else pacing.clock(one.planned)
        actual = pacing.clock(one.actual) if one.actual else "–"
        rows.append(f"| {title} | {planned} | {actual} |")
    return rows


def read(text: str) -> tuple[Timed, ...]:
    """Return what minutes keep of the time items took, in either form; nothing where they do not."""
    tables = _TABLE.findall(text)
    if not tables:
        return timing.read(text)
    return tuple(
        Timed(unescape(title.replace("\\|", "|")), _seconds(planned), _seconds(actual) or 0)
        for title, planned, actual in _ROW.findall(tables[-1])
    )


def past(calls: Iterable[str]) -> Mapping[str, int]:
    """Return what items took on average in the minutes of past calls, in seconds by name key.

    What was only stepped past teaches nothing.
    """
    took: dict[str, list[int]] = {}
    for text in calls:
        for one in read(text):
            if one.actual >= GLANCE:
                took.setdefault(name_key(one.title), []).append(one.actual)
    return {name: round(sum(seconds) / len(seconds)) for name, seconds in took.items()}


def _seconds(clock: str) -> int | None:
    if clock == "–":
        return None
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part or 0)
    return seconds


def _comment(document: Document, kept: Iterable[Timed]) -> tuple[Splice, ...]:
    line = timing.comment(kept).encode("utf-8", "surrogateescape")
    source, newline = document.source, document.newline
    old = list(_COMMENT.finditer(source))
    if old:
        splice = Splice(old[-1].start(), old[-1][0], line)
    else:
        gap = b"" if not source else newline if source.endswith((b"\n", b"\r")) else 2 * newline
        splice = Splice(len(source), b"", gap + line + newline)
    try:
        after = document.apply(splice)
    except ValueError:
        return ()
    at = after.source.index(line, splice.start)
    stands = any(
        block.kind == "html" and after.own(section).start + block.start == at
        for section in (after.section_at(at),)
        for block in after.blocks(section)
    )
    return (splice,) if stands else ()


def _table(document: Document, kept: Iterable[Timed]) -> tuple[Splice, ...]:
    newline = document.newline
    rows = b"".join(row.encode("utf-8", "surrogateescape") + newline for row in table(kept))
    made: tuple[Splice, ...] = ()
    section = next((one.index for one in document.sections if one.level and one.title == HEADING), None)
    if section is None:
        try:
            made = (new_heading(document, 2, HEADING, len(document.source)),)
        except Swallowed:
            return ()
        document = document.apply(made[0])
        section = len(document.sections) - 1
    own = document.own(section)
    end = newline if own.end < len(document.source) else b""
    return (*made, Splice(own.start, document.source[own.start : own.end], newline + rows + end))
