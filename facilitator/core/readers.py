"""What stands behind a marker of the capture line, or makes up a line opened for a kind: one reader each.

A reader gets the rest of the line, white space joined; the lines it suggests stand for that rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from urllib.parse import urlsplit

from . import due, owners
from .directives import (
    CallVote,
    CastVote,
    Choice,
    ChooseTopic,
    LowerHand,
    Object,
    Present,
    RaiseHand,
    Regrets,
)
from .line import Capture, Context, Suggestion
from .people import fold
from .record import ATTRIBUTION, Action, Decision, Link, Motion, Note, Outcome, Verdict, by_initials

Reader = Callable[[str, Context], Capture]
"""Reads the rest of a line."""

_MOVED_BY = re.compile(r"[\s,;(]+(?:moved|proposed)\s+by\s+(?P<by>[^()]+?)\)?$", re.IGNORECASE)
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


def note(text: str, context: Context) -> Capture:
    """Prose, attributed where it begins with initials in brackets."""
    if match := ATTRIBUTION.match(text):
        person = context.people.named(match["by"])
        by = person.initials if person else match["by"]
        if by_initials(by):
            whose = f"note, {person.name}" if person else "note"
            return Capture((Note(text[match.end() :], by),), chip=whose)
    return Capture((Note(text),), chip="note") if text else Capture(chip="note")


def decision(text: str, context: Context) -> Capture:
    """Read what was agreed."""
    return Capture((Decision(text),) if text else (), chip="◆ decision")


def action(text: str, context: Context) -> Capture:
    """Read who does what by when; without a date it is due at the next call."""
    named = due.trailing(text, context.today, context.next_call)
    if named and not named.text:
        named = None
    rest = named.text if named else text
    owned = owners.split(rest, context.people, context.leads)
    day = named.day if named else context.next_call
    made = Action(owned.text if owned else rest, owned.names if owned else (), day)
    chip = f"☐ {', '.join(made.owners) or 'no owner'}, {_when(day, named, context)}"
    if not made.text:
        return Capture(chip=chip)
    hints, suggestions = _doubts(text, owned, named, context)
    return Capture((made,), (), chip, "; ".join(hints), suggestions)


def motion(text: str, context: Context) -> Capture:
    """Read a proposal and who moves it: ``Eric moves to …``, ``Eric: …``, ``… (moved by Eric)``."""
    by = ""
    if match := _MOVED_BY.search(text):
        by, text = owners.resolve(match["by"], context.people)[0], text[: match.start()]
    elif match := _MOVES.match(text):
        name, found = owners.resolve(match["by"], context.people, context.leads)
        if len(found) == 1:
            by, text = name, text[match.end() :]
    chip = f"motion, moved by {by}" if by else "motion"
    return Capture((Motion(text, by),) if text else (), chip=chip)


def vote(text: str, context: Context) -> Capture:
    """Read who votes how (``Eric, JF: +1``), or put something to the vote."""
    if match := _VOTE_LAST.fullmatch(text) or _VOTE_FIRST.fullmatch(text):
        names = owners.listed(match["names"], context.people)
        choice = _CHOICES[match["choice"].lower()]
        return Capture(
            (), (CastVote(names, choice),), f"vote {choice}: {', '.join(names)}", _strangers(names, context)
        )
    if text.lower() in _CHOICES:
        return Capture(chip="vote", hint="whose vote is it? name them: Eric +1")
    return Capture((), (CallVote(text),), "call the vote")


def link(text: str, context: Context) -> Capture:
    """Read an address and its text, in either order."""
    words = text.split(" ")
    at = next((index for index in (0, len(words) - 1) if is_url(words[index])), None)
    if at is None:
        return Capture(
            (Note(text),) if text else (), chip="note", hint="a link needs an http, https or mailto address"
        )
    url = words.pop(at)
    return Capture(
        (Link(" ".join(words) or url, url),), chip=f"link to {urlsplit(url).netloc or urlsplit(url).path}"
    )


def topic(text: str, context: Context) -> Capture:
    """Read which item to go to: by its title, its beginning, or any part of it that no other title has."""
    if not text:
        return Capture(chip="go to …", hint="which item?")
    key = fold(text)
    titles = [fold(title) for title in context.items]
    tests: tuple[Callable[[str], bool], ...] = (
        key.__eq__,
        lambda title: title.startswith(key),
        lambda title: key in title,
    )
    for index, test in enumerate(tests):
        found = [at for at, title in enumerate(titles) if test(title)]
        if found and (len(found) == 1 or index == 0):
            return Capture(
                (), (ChooseTopic(context.items[found[0]], found[0]),), f"go to {context.items[found[0]]}"
            )
        if found:
            offers = tuple(Suggestion(context.items[at], f"go to {context.items[at]}") for at in found)
            return Capture((), (ChooseTopic(text),), "go to …", f"{len(found)} items match {text}", offers)
    near = get_close_matches(key, titles, 3)
    close = tuple(context.items[titles.index(title)] for title in near)
    offers = tuple(Suggestion(title, f"go to {title}") for title in close)
    return Capture((), (ChooseTopic(text),), "go to …", f"no item is called {text}", offers)


def present(text: str, context: Context) -> Capture:
    """Read who is on the call."""
    names = owners.listed(text, context.people)
    return _people(Present(names), names, "present", context)


def regrets(text: str, context: Context) -> Capture:
    """Read who sent regrets."""
    names = owners.listed(text, context.people)
    return _people(Regrets(names), names, "regrets", context)


def hand(text: str, context: Context) -> Capture:
    """Read who wants to speak, and about what; a point of order comes first."""
    order = bool(_ORDER.search(text))
    who = _ORDER.sub("", text) if order else text
    about = _ABOUT.fullmatch(who) if not context.people.find(who) else None
    names = owners.listed(about["names"] if about else who, context.people)
    made = RaiseHand(names, about["about"] if about else "", order)
    return _people(made, names, "point of order" if order else "hand up", context)


def lower(text: str, context: Context) -> Capture:
    """Read who no longer wants to speak; nobody named means whoever is first."""
    names = owners.listed(text, context.people)
    return Capture(
        (), (LowerHand(names),), f"hand down: {', '.join(names) or 'the first'}", _strangers(names, context)
    )


def objection(text: str, context: Context) -> Capture:
    """Read who objects to the open motion, and why."""
    about = _ABOUT.fullmatch(text)
    names = owners.listed(about["names"] if about else text, context.people)
    return _people(Object(names, about["about"] if about else ""), names, "objection", context)


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


def is_url(word: str) -> bool:
    """Say whether ``word`` is an address that may become a link: http and https with a host, or mailto."""
    try:
        parts = urlsplit(word)
    except ValueError:
        return False
    return (
        bool(parts.netloc)
        if parts.scheme in ("http", "https")
        else parts.scheme == "mailto" and "@" in parts.path
    )


def _until(text: str, context: Context) -> tuple[date | None, str]:
    match = _UNTIL.fullmatch(text)
    day = due.parse(match["when"], context.today, context.next_call) if match else context.next_call
    return (day, "") if day else (context.next_call, text)


def _people(
    made: Present | Regrets | RaiseHand | Object, names: tuple[str, ...], label: str, context: Context
) -> Capture:
    if not names:
        return Capture(chip=label, hint="who? name them, with commas between")
    return Capture((), (made,), f"{label}: {', '.join(names)}", _strangers(names, context))


def _strangers(names: tuple[str, ...], context: Context) -> str:
    """Name those whom the roster does not know, or knows more than once."""
    if not context.people.people:
        return ""
    unknown = [name for name in names if len(context.people.find(name)) != 1]
    return f"not in the roster: {', '.join(unknown)}" if unknown else ""


def _when(day: date | None, named: due.Due | None, context: Context) -> str:
    if day is None:
        return "no due date"
    shown = due.short(day, context.today)
    if day < context.today:
        return f"due {shown}, past"
    return f"due next call ({shown})" if named is None or named.call else f"due {shown}"


def _doubts(
    text: str, owned: owners.Owners | None, named: due.Due | None, context: Context
) -> tuple[list[str], tuple[Suggestion, ...]]:
    """Return what is unclear about an action item, and the lines that would settle it."""
    hints: list[str] = []
    lines: list[tuple[str, str]] = []
    for typed, found in owned.unclear if owned else ():
        hints.append(f"{typed}: {' or '.join(person.name for person in found)}?")
        lines += [(text.replace(typed, person.name, 1), f"☐ {person.name}") for person in found]
    if owned and owned.unknown and context.people.people:
        hints.append(f"not in the roster: {', '.join(owned.unknown)}")
    if named and named.day < context.today:
        hints.append(f"{due.short(named.day, context.today)} is past")
        later = due.anniversary(named.day, context.today)
        lines.append((f"{named.text} due {later.isoformat()}", f"due {due.short(later, context.today)}"))
    return hints, tuple(Suggestion(line, chip) for line, chip in lines)
