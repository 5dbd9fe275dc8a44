"""Entries back in the capture line: to correct the last one, or to make another kind of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from . import capture
from .record import Action, Decision, Entry, Link, Motion, Note, Outcome, Verdict, text_of

if TYPE_CHECKING:
    from .line import Context, Kind

_COMMANDS: dict[Verdict, str] = {
    "Approved": "/approve",
    "Rejected": "/reject",
    "Deferred": "/defer",
    "Withdrawn": "/withdraw",
}


def typed(entry: Entry, context: Context) -> str:
    """Return a line that gives ``entry`` when it is read again, whatever kind the line was opened for.

    What a line cannot say (that something is done, or how a vote was counted) is left out.
    """
    lines = list(_lines(entry))
    return next((line for line in lines if capture.read(line, context).entries == (entry,)), lines[0])


def retyped(entry: Entry, kind: Kind, context: Context) -> Entry | None:
    """Return the words of ``entry`` as another kind; owners and dates become words, and words become them."""
    words = _action(entry) if isinstance(entry, Action) else text_of(entry)
    found = capture.read(f"\\{words}" if kind == "note" else words, replace(context, kind=kind))
    return found.entries[0] if found.entries else None


def _lines(entry: Entry) -> Iterator[str]:
    """Give the ways to type an entry, the most natural first."""
    match entry:
        case Note(text, by):
            line = f"[{by}] {text}" if by else text
            yield from (line, f"#info {line}", f"#info \\{line}")
        case Decision(text):
            yield from (f"RESOLVED: {text}", f"RESOLVED: \\{text}")
        case Action(text):
            yield from (f"ACTION: {_action(entry)}", f"ACTION: \\{text}")
        case Motion(text, by):
            yield from (f"PROPOSED: {text} (moved by {by})", f"PROPOSED: {by}: {text}") if by else ()
            yield from (f"PROPOSED: {text}", f"PROPOSED: \\{text}")
        case Link(text, url):
            yield f"-> {url} {text}" if text != url else f"-> {url}"
        case Outcome(verdict, reason, until=until):
            yield f"{_COMMANDS[verdict]} {reason}".rstrip()
            if until:
                yield f"{_COMMANDS[verdict]} {until.isoformat()}"
        case _:
            yield text_of(entry)


def _action(action: Action) -> str:
    due = f" (due {action.due.isoformat()})" if action.due else ""
    owners = f"{', '.join(action.owners)}: " if action.owners else ""
    return f"{owners}{action.text}{due}"
