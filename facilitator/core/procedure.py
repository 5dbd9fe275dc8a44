"""Procedure in the capture line: motions, attendance, the speaker queue.

Readers as in ``readers``: each gets the rest of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import due, naming, owners
from .directives import LowerHand, Object, Present, RaiseHand, Regrets
from .line import Capture, Context
from .record import Motion, Outcome, Verdict

if TYPE_CHECKING:
    from datetime import date

    from .readers import Reader

_MOVED_BY = re.compile(r"[\s,;(](?:moved|proposed)\s+by\s+(?P<by>[^()]+?)\)?$", re.IGNORECASE)
_MOVES = re.compile(
    r"(?P<by>.{1,60}?)(?::|\s+(?:moves|moved|proposes|proposed)(?:\s+(?:to|that))?(?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?P<names>.+?)(?:\s*:\s*|\s+(?:to|re|on|about)\s+)(?P<about>.+)", re.IGNORECASE)
_ORDER = re.compile(r"[\s,:(]*\bpoint of order\b\)?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:(?:to|until|till)\s+)?(?P<when>.+)", re.IGNORECASE)
_ByName = Present | Regrets | RaiseHand | LowerHand | Object


def motion(text: str, context: Context) -> Capture:
    """Read a proposal and who moves it: ``Eric moves to …``, ``Eric: …``, ``… (moved by Eric)``."""
    by = ""
    if match := _MOVED_BY.search(text):
        by, text = owners.resolve(match["by"], context.people)[0], text[: match.start()].rstrip(" ,;(")
    elif match := _MOVES.match(text):
        name, found = owners.resolve(match["by"], context.people, context.leads)
        if len(found) == 1:
            by, text = name, text[match.end() :]
    chip = f"motion, moved by {by}" if by else "motion"
    if not text:
        return Capture(chip=chip, hint="what is moved?")
    return Capture((Motion(text, by),), chip=chip, hint=_elsewhere(context))


def _elsewhere(context: Context) -> str:
    """Say where motions belong, if that is not here."""
    return f"motions belong in {' or '.join(context.motions_in)}" if context.motions_in else ""


def present(text: str, context: Context) -> Capture:
    """Read who is on the call."""
    names = owners.listed(text, context.people)
    return _people(text, text, Present(names), "present", context)


def regrets(text: str, context: Context) -> Capture:
    """Read who sent regrets."""
    names = owners.listed(text, context.people)
    return _people(text, text, Regrets(names), "regrets", context)


def hand(text: str, context: Context) -> Capture:
    """Read who wants to speak, and about what; a point of order comes first."""
    order = bool(_ORDER.search(text))
    who = _ORDER.sub("", text).strip(" ,:") if order else text
    about = _ABOUT.fullmatch(who) if not context.people.find(who) else None
    listed = about["names"] if about else who
    made = RaiseHand(owners.listed(listed, context.people), about["about"] if about else "", order)
    return _people(text, listed, made, "point of order" if order else "hand up", context)


def lower(text: str, context: Context) -> Capture:
    """Read who no longer wants to speak; nobody named means whoever is first."""
    names = owners.listed(text, context.people)
    if not names:
        return Capture((), (LowerHand(),), "hand down: whoever is first")
    return _people(text, text, LowerHand(names), "hand down", context)


def objection(text: str, context: Context) -> Capture:
    """Read who objects to the open motion, and why: ``Eric: too early``, ``Eric too early``."""
    about = _ABOUT.fullmatch(text)
    listed, reason = (about["names"], about["about"]) if about else _parted(text, context)
    made = Object(owners.listed(listed, context.people), reason)
    return _people(text, listed, made, "objection", context)


def _parted(text: str, context: Context) -> tuple[str, str]:
    """Part names from a reason with nothing between: as many words as somebody known goes by, else the first one."""
    known, words = context.people.find, text.split(" ")
    names = owners.listed(text, context.people)
    if all(known(name) or " " not in name or name.istitle() for name in names):
        return text, ""
    long = next((end for end in (3, 2, 1) if known(" ".join(words[:end]).rstrip(","))), 1)
    return " ".join(words[:long]).rstrip(","), " ".join(words[long:])


def outcome(verdict: Verdict) -> Reader:
    """Give the reader of how a motion ends; the rest of the line is its reason, or when it comes up again."""

    def read(text: str, context: Context) -> Capture:
        until = None
        if verdict == "Deferred":
            until, text = _until(text, context)
        when = f" to {due.short(until, context.today)}" if until else ""
        hint = "" if context.motion else "no motion is open here"
        return Capture(
            (Outcome(verdict, text, until=until),), chip=f"motion {verdict.lower()}{when}", hint=hint
        )

    return read


def _until(text: str, context: Context) -> tuple[date | None, str]:
    match = _UNTIL.fullmatch(text)
    day = due.parse(match["when"], context.today, context.next_call) if match else context.next_call
    return (day, "") if day else (context.next_call, text)


def _people(text: str, listed: str, made: _ByName, label: str, context: Context) -> Capture:
    """Say whom a directive names; ``listed`` are the names as they stand in ``text``."""
    if not made.names:
        return Capture(chip=label, hint="who? names, with commas between them")
    return naming.named(text, [listed], made, lambda lists: f"{label}: {', '.join(lists[0])}", context)
