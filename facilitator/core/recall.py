"""Entries back in the capture line: to correct the last one, or to make another kind of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import capture
from .record import Action, Decision, Entry, Link, Motion, Note, Outcome, text_of

if TYPE_CHECKING:
    from .line import Context, Kind


def typed(entry: Entry, context: Context) -> str:
    """Return the line that gives ``entry`` when it is read again, whatever kind the line was opened for."""
    match entry:
        case Note(text, by):
            line = f"[{by}] {text}" if by else text
            if capture.read(line, context).entries == (entry,):
                return line
            return f"#info {line}" if by else f"#info \\{line}"
        case Decision(text):
            return f"RESOLVED: {text}"
        case Action():
            line = f"ACTION: {_action(entry)}"
            return line if capture.read(line, context).entries == (entry,) else f"ACTION: \\{entry.text}"
        case Motion(text, by):
            return f"PROPOSED: {text} (moved by {by})" if by else f"PROPOSED: {text}"
        case Link(text, url):
            return f"-> {url} {text}" if text != url else f"-> {url}"
        case Outcome(verdict, reason, until=until):
            word = {
                "Approved": "approve",
                "Rejected": "reject",
                "Deferred": "defer",
                "Withdrawn": "withdraw",
            }[verdict]
            return f"/{word} {until.isoformat() if until else reason}".rstrip()
    return text_of(entry)


def retyped(entry: Entry, kind: Kind, context: Context) -> Entry | None:
    """Return the words of ``entry`` as another kind; owners and dates become words, and words become them."""
    words = _action(entry) if isinstance(entry, Action) else text_of(entry)
    found = capture.read(f"\\{words}" if kind == "note" else words, replace(context, kind=kind))
    return found.entries[0] if found.entries else None


def _action(action: Action) -> str:
    due = f" (due {action.due.isoformat()})" if action.due else ""
    owners = f"{', '.join(action.owners)}: " if action.owners else ""
    return f"{owners}{action.text}{due}"
