"""Procedure in the capture line: motions and votes, attendance, the speaker queue.

Readers as in ``readers``: each gets the rest of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import due, owners
from .directives import CallVote, CastVote, Choice, LowerHand, Object, Present, RaiseHand, Regrets
from .line import Capture, Context, Suggestion
from .record import Motion, Outcome, Verdict

if TYPE_CHECKING:
    from datetime import date

    from .readers import Reader

_MOVED_BY = re.compile(r"[\s,;(](?:moved|proposed)\s+by\s+(?P<by>[^()]+?)\)?$", re.IGNORECASE)
_MOVES = re.compile(
    r"(?P<by>.{1,60}?)(?::|\s+(?:moves|moved|proposes|proposed)(?:\s+(?:to|that))?(?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
_CHOICES: dict[str, Choice] = {
    **dict.fromkeys(
        ("+1", "yes", "yea", "aye", "for", "approve", "approves", "in favour", "in favor"), "for"
    ),
    **dict.fromkeys(("-1", "no", "nay", "against", "reject", "rejects", "opposed"), "against"),
    **dict.fromkeys(("0", "+0", "-0", "abstain", "abstains", "abstained", "abstention"), "abstained"),
}
_CHOICE = "(?P<choice>" + "|".join(re.escape(word) for word in sorted(_CHOICES, key=len, reverse=True)) + ")"
_VOTE_LAST = re.compile(rf"(?P<names>.+?)(?:\s*:\s*|\s+)(?:votes?\s+)?{_CHOICE}", re.IGNORECASE)
_VOTE_FIRST = re.compile(rf"{_CHOICE}(?:\s*:\s*|\s+)(?:from\s+|by\s+)?(?P<names>.+)", re.IGNORECASE)
_ABOUT = re.compile(r"(?P<names>.+?)(?:\s*:\s*|\s+(?:to|re|on|about)\s+)(?P<about>.+)", re.IGNORECASE)
_ORDER = re.compile(r"[\s,:(]*\bpoint of order\b\)?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:(?:to|until|till)\s+)?(?P<when>.+)", re.IGNORECASE)
_ByName = Present | Regrets | RaiseHand | LowerHand | CastVote | Object


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


def vote(text: str, context: Context) -> Capture:
    """Read who votes how (``Eric, JF: +1``), or put something to the vote."""
    if match := _VOTE_LAST.fullmatch(text) or _VOTE_FIRST.fullmatch(text):
        names = owners.listed(match["names"], context.people)
        choice = _CHOICES[match["choice"].lower()]
        return _people(text, match["names"], CastVote(names, choice), f"vote {choice}", context)
    if text.lower() in _CHOICES:
        return Capture(chip="vote", hint="whose vote is it? name them: Eric +1")
    return Capture((), (CallVote(text),), "call the vote", _elsewhere(context) if text else "")


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
    """Read who objects to the open motion, and why."""
    about = _ABOUT.fullmatch(text)
    listed = about["names"] if about else text
    made = Object(owners.listed(listed, context.people), about["about"] if about else "")
    return _people(text, listed, made, "objection", context)


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
    """Say whom a directive names, whom of them the roster does not know, and whom it knows more than once.

    ``listed`` are the names as they stand in ``text``.
    """
    if not made.names:
        return Capture(chip=label, hint="who? names, with commas between them")
    found = {name: owners.resolve(name, context.people, context.leads)[1] for name in made.names}
    unclear = [(name, people) for name, people in found.items() if len(people) > 1]
    hints = owners.choices(unclear)
    if context.people.people and not all(found.values()):
        hints.append(f"not in the roster: {', '.join(name for name, people in found.items() if not people)}")
    suggestions = tuple(
        Suggestion(
            owners.replaced(text, listed, name, person.name),
            f"{label}: {', '.join(owners.renamed(made.names, name, person.name))}",
        )
        for name, people in unclear
        for person in people
    )
    return Capture((), (made,), f"{label}: {', '.join(made.names)}", "; ".join(hints), suggestions)
