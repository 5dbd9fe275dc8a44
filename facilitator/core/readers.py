"""What stands behind a marker of the capture line, or makes up a line opened for a kind: one reader each.

A reader gets the rest of the line, white space joined; the lines it suggests stand for that rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from . import due, headings, owners
from .agenda import is_initials
from .directives import AddItem, ChooseTopic
from .duration import format_duration
from .forms import ATTRIBUTION
from .line import Capture, Context, Suggestion
from .people import fold
from .record import Action, Decision, Link, Note

Reader = Callable[[str, Context], Capture]
"""Reads the rest of a line."""


def note(text: str, context: Context) -> Capture:
    """Prose, attributed where it begins with initials in brackets."""
    if match := ATTRIBUTION.match(text):
        person = context.people.named(match["by"])
        by = person.initials if person else match["by"]
        if is_initials(by):
            whose = f"note, {person.name}" if person else "note"
            return Capture((Note(text[match.end() :], by),), chip=whose)
    return Capture((Note(text),), chip="note") if text else Capture(chip="note")


def decision(text: str, context: Context) -> Capture:
    """Read what was agreed."""
    return (
        Capture((Decision(text),), chip="◆ decision")
        if text
        else Capture(chip="◆ decision", hint="what was agreed?")
    )


def action(text: str, context: Context) -> Capture:
    """Read who does what by when; without a date it is due at the next call."""
    named = due.trailing(text, context.today, context.next_call)
    if named and not named.text:
        named = None
    rest = named.text if named else text
    owned = owners.split(rest, context.people, context.leads, typed=True)
    day = named.day if named else context.next_call
    made = Action(owned.text if owned else rest, owned.names if owned else (), day)
    chip = _chip(made, named, context)
    if not text:
        return Capture(chip=chip, hint="what is to be done, by whom?")
    hints, suggestions = _doubts(text, made, owned, named, context)
    return Capture((made,), (), chip, "; ".join(hints), suggestions)


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


def add(text: str, context: Context) -> Capture:
    """Read an item to add, with its timebox where it names one: ``Hiring (5m)``."""
    title, seconds = headings.title(text), headings.timebox(text) or 0
    if not title:
        return Capture(
            chip="add an item", hint="what is it called? with its time, if it has one: Hiring (5m)"
        )
    told = f"{title} ({format_duration(seconds)})" if seconds else title
    return Capture((), (AddItem(title, seconds),), f"add {told}, next")


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


def _chip(action: Action, named: due.Due | None, context: Context) -> str:
    whose = ", ".join(action.owners) or "no owner"
    if action.due is None:
        return f"☐ {whose}, no due date"
    day = due.short(action.due, context.today)
    if action.due < context.today:
        return f"☐ {whose}, due {day}, past"
    return f"☐ {whose}, due next call ({day})" if named is None or named.call else f"☐ {whose}, due {day}"


def _doubts(
    text: str, made: Action, owned: owners.Owners | None, named: due.Due | None, context: Context
) -> tuple[list[str], tuple[Suggestion, ...]]:
    """Return what is unclear about an action item, and the lines that would settle it."""
    unclear = dict(owned.unclear).items() if owned else ()
    hints = owners.choices(unclear)
    offers = [
        Suggestion(
            owners.replaced(text, owned.before if owned else "", typed, person.name),
            _chip(replace(made, owners=owners.renamed(made.owners, typed, person.name)), named, context),
        )
        for typed, people in unclear
        for person in people
    ]
    if owned and owned.unknown and context.people.people:
        hints.append(f"not in the roster: {', '.join(owned.unknown)}")
    if named and named.day < context.today:
        hints.append(f"{due.short(named.day, context.today)} is past")
        later = replace(named, day=due.anniversary(named.day, context.today))
        line = f"{named.text} due {later.day.isoformat()}"
        offers.append(Suggestion(line, _chip(replace(made, due=later.day), later, context)))
    return hints, tuple(offers)
