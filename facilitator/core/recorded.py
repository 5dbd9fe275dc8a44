"""Entries read back from the minutes: what ``record.lines`` wrote, and what people wrote in other forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import cast

from . import owners
from .agenda import is_initials
from .forms import ACTION, ATTRIBUTION, DATES, MOVED, PARKED, PRESENT, PROJECT, TALLY, masked
from .people import People
from .prose import unescape
from .record import Action, Attendee, Decision, Entry, Link, Motion, Note, Outcome, Parked, Tally, Verdict

_BOX = re.compile(r"\[(?P<done>[ xX])\][ ]+")
_LABEL = re.compile(
    r"\*\*(?P<label>Decision|Motion|(?P<verdict>Approved|Rejected|Withdrawn|Deferred)"
    r"(?: to (?P<until>\d{4}-\d\d-\d\d))?)(?::\*\*|\*\*:?)(?:[ ]+|$)",
    re.ASCII,
)
_LOOSE_DUE = re.compile(r"[ ,;]\(?(?:due|by):?[ ]+(?P<due>\d{4}-\d\d-\d\d)\)?\.?$", re.ASCII | re.IGNORECASE)
_STRUCK = re.compile(r"~~(?P<text>(?:(?!~~).)+)~~(?P<rest>.*)", re.DOTALL)
_OWN = "**Action:** "
_LINE_END = re.compile(r"\r\n|\n|\r")
_NOBODY = People()


def read(text: str, task: bool | None = None, nested: Sequence[str] = ()) -> Entry:
    """Read one list item: its Markdown without bullet, its box if known apart, and the items nested in it.

    What says nothing else about itself is a note. The words of text that facilitator did not write keep their
    markup, but for backslashes.
    """
    line = _one_line(text)
    if box := _BOX.match(line):
        task, line = box["done"] != " ", line[box.end() :]
    if said := ACTION.match(line):
        return _action(line[said.end() :], bool(task), line.startswith(_OWN))
    if label := _LABEL.match(line):
        body = line[label.end() :]
        if label["label"] == "Decision":
            return Decision(unescape(body))
        if label["label"] == "Motion":
            return _motion(body, nested)
        until = _date(label["until"]) if label["until"] else None
        if until or not label["until"]:
            return _outcome(cast("Verdict", label["verdict"]), until, body)
    if (by := ATTRIBUTION.match(line)) and is_initials(by["by"]):
        return Note(unescape(line[by.end() :]), by["by"])
    return _link(line) or Note(unescape(line))


def action(text: str, task: bool | None = None) -> Action:
    """Read a list item that stands under ``Action items:`` and so need not say what it is.

    Struck-through words are done; owners stand before ``to``, ``will`` or a colon only where the item has a
    name there.
    """
    found = read(text, task)
    if isinstance(found, Action):
        return found
    line = _one_line(text)
    if box := _BOX.match(line):
        task, line = box["done"] != " ", line[box.end() :]
    return _action(line, bool(task), own=False)


def attendee(text: str) -> Attendee:
    """Read one item of an attendance section; a box before the name is left to the caller."""
    line = _one_line(text)
    if box := _BOX.match(line):
        line = line[box.end() :]
    match = PROJECT.search(masked(line))
    if match is None:
        return Attendee(unescape(line))
    remark = unescape(line[slice(*match.span("project"))])
    name = unescape(line[: match.start()])
    return Attendee(name, regrets=True) if remark == "regrets" else Attendee(name, remark)


def parked(text: str) -> Parked | None:
    """Read one item of a parking lot; None where it does not say when it was parked."""
    line = _one_line(text)
    match = PARKED.search(masked(line))
    day = _date(match["on"]) if match else None
    if match is None or day is None:
        return None
    by = unescape(line[slice(*match.span("by"))]) if match["by"] else ""
    return Parked(unescape(line[: match.start()]), day, by)


def _one_line(text: str) -> str:
    return " ".join(part.strip() for part in _LINE_END.split(text)).strip()


def _action(body: str, done: bool, own: bool) -> Action:
    """Read what follows the words that say ``action item``; ours has its owners before the first colon."""
    due = since = None
    if dates := DATES.search(masked(body)):
        due, since = (_date(dates[name]) if dates[name] else None for name in ("due", "since"))
    if dates and (due or not dates["due"]) and (since or not dates["since"]):
        body = body[: dates.start()]
    elif loose := None if own else _LOOSE_DUE.search(body):
        due = _date(loose["due"])
        body = body[: loose.start()].rstrip(" ,;") if due else body
    if own:
        names, text = _owners(body)
        return Action(unescape(text), names, due, done, since)
    if struck := _STRUCK.fullmatch(body):
        done, body = True, struck["text"] + struck["rest"]
    named = owners.split(body, _NOBODY)
    if named is None:
        return Action(unescape(body), (), due, done, since)
    return Action(unescape(named.text), tuple(unescape(name) for name in named.names), due, done, since)


def _owners(body: str) -> tuple[tuple[str, ...], str]:
    """Return the names before the first colon, and the text after it."""
    bare = masked(body)
    colon = bare.find(": ")
    cuts = [-1, *(at for at in range(colon) if bare[at] == ","), colon]
    names = [body[start + 1 : end].strip() for start, end in pairwise(cuts)]
    if colon < 1 or not all(names):
        return (), body
    return tuple(unescape(name) for name in names), body[colon + 1 :].strip()


def _motion(body: str, nested: Sequence[str]) -> Motion:
    outcome = next((found for found in map(read, nested) if isinstance(found, Outcome)), None)
    if moved := MOVED.search(masked(body)):
        by = body[slice(*moved.span("by"))]
        return Motion(unescape(body[: moved.start()]), unescape(by), outcome)
    return Motion(unescape(body), outcome=outcome)


def _outcome(verdict: Verdict, until: date | None, body: str) -> Outcome:
    bare, present, leads, tally = masked(body), None, None, None
    if quorum := PRESENT.search(bare):
        present, leads, bare = int(quorum["present"]), int(quorum["leads"]), bare[: quorum.start()]
    if count := TALLY.search(bare):
        tally = Tally(int(count["open"]), int(count["against"]), int(count["abstained"]))
        bare = bare[: count.start()]
    return Outcome(verdict, unescape(body[: len(bare)]), tally, present, leads, until)


def _link(line: str) -> Link | None:
    """Read an item that is one link and nothing else."""
    bare = masked(line)
    middle = bare.rfind("](")
    if bare[:1] != "[" or bare[-1] != ")" or middle < 0 or "](" in bare[:middle] or " " in bare[middle:]:
        return None
    url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line[middle + 2 : -1])
    return Link(unescape(line[1:middle]), url)


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
