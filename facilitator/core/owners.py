"""Whose action item it is: the names before ``to``, ``will`` or a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .people import People, is_english
from .words import LABELS, NOT_NAMES, VERBS

if TYPE_CHECKING:
    from .agenda import Person

_END = re.compile(r"\s*:(?!//)|\s+(?:to|will)(?=\s)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,\s*and\s|,|&|/|\sand\s|\+)\s*", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.-]+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_REACH = 120
"""Characters: owners end within these, or there are none."""

_WORDS = 3
"""Words of an unknown name, at most."""

FEW = 4
"""So many people are named where a name may mean any of them."""

_LEAD = frozenset({"lead", "the lead", "leads", "the leads", "project lead", "the project lead"})


@dataclass(frozen=True, slots=True)
class Owners:
    """Who was named at the start of a line, and what is left of it."""

    names: tuple[str, ...]
    """Full names where the roster knows them, else as typed."""
    text: str
    """The line after the owners."""
    unknown: tuple[str, ...] = ()
    """Names nobody in the roster goes by."""
    unclear: tuple[tuple[str, tuple[Person, ...]], ...] = ()
    """Names that several people go by, each with those people, the item's leads first."""
    before: str = ""
    """The owners as typed."""
    link: str = ""
    """What stands between owners and text: ``to``, ``will`` or ``:``."""


def split(line: str, people: People, leads: Sequence[str] = (), *, typed: bool = False) -> Owners | None:
    """Take the owners off an action item's line; None where it names none.

    A name the roster does not know counts where it cannot well be anything else: ``@zed``, or one to three
    words with capitals before ``to``, ``will`` or a colon (``Zed Adams to send …``), or a word beside a name
    that is known. Where nobody is known, and it was ``typed`` as an action item, small letters before a colon and a
    verb count as well: ``zoe, bob: call it``.
    """
    for end in _END.finditer(line, 0, _REACH):
        before, text = line[: end.start()].strip(), line[end.end() :].strip()
        link = end[0].strip().lower()
        if before and text and (found := _names(before, link, text, people, leads, typed)):
            return found
    return None


def offer(line: str, people: People, leads: Sequence[str] = ()) -> Owners | None:
    """Find owners in prose that sounds like an action item (``Eric to send a note``); None where it does not.

    Stricter than ``split``: no colon, somebody who is known or capitalised, and a verb somebody can be asked
    to do.
    """
    found = split(line, people, leads)
    if (
        found is None
        or found.link == ":"
        or (len(found.unknown) == len(found.names) and found.before.islower())
    ):
        return None
    return found if _asks(found.text) else None


def _asks(text: str) -> bool:
    """Say whether a text begins with what somebody can be asked to do."""
    return text.lower().removeprefix("also ").split(" ", 1)[0].strip(".,;!?") in VERBS


def resolve(name: str, people: People, leads: Sequence[str] = ()) -> tuple[str, tuple[Person, ...]]:
    """Return the full name ``name`` stands for, or as typed, with all it may mean (leads first)."""
    found = people.find(name)
    if len(found) == 1:
        return found[0].name, found
    ordered = sorted(found, key=lambda person: person.name not in leads)
    return " ".join(name.split()), tuple(ordered)


def listed(names: str, people: People) -> tuple[str, ...]:
    """Return the people in a list such as ``Eric, JF and @zed``, by full name where they are known."""
    pieces = [names] if len(people.find(names)) == 1 else _BETWEEN.split(names)
    return tuple(dict.fromkeys(resolve(piece, people)[0] for piece in pieces if piece.strip()))


def _names(
    before: str, link: str, text: str, people: People, leads: Sequence[str], typed: bool
) -> Owners | None:
    pieces = [before] if len(people.find(before)) == 1 else _BETWEEN.split(before)
    if not all(piece.strip() for piece in pieces):
        return None
    names: dict[str, None] = {}
    unknown: list[str] = []
    unclear: list[tuple[str, tuple[Person, ...]]] = []
    for piece in pieces:
        if leads and " ".join(piece.lower().split()) in _LEAD:
            names |= dict.fromkeys(leads)
            continue
        name, found = resolve(piece, people, leads)
        names[name] = None
        if len(found) > 1:
            unclear.append((piece.strip(), found))
        elif not found:
            unknown.append(name)
    alone = len(unknown) == len(names)
    lenient = typed and link == ":" and not people.people and _asks(text)
    if not all(_could_be(name, alone and not lenient, link, text) for name in unknown) or (
        lenient and any(name in LABELS or is_english(name) for name in unknown)
    ):
        return None
    # "will will send" and "ken and will to send" can only mean Will; "mark to market" need not mean Mark.
    if link == "to" and all(is_english(piece.strip()) for piece in pieces):
        return None
    return Owners(tuple(names), text, tuple(unknown), tuple(unclear), before, link)


def _could_be(name: str, alone: bool, link: str, text: str) -> bool:
    """Say whether ``name``, unknown to the roster, reads as somebody's name.

    With nobody known beside it, what is asked decides: ``Zed to send`` names somebody, ``Upgrade to 2.0`` and
    ``Kubernetes to be upgraded`` do not.
    """
    if _HANDLE.fullmatch(name):
        return True
    words = name.split()
    if len(words) > _WORDS or not all(_NAME.fullmatch(word) for word in words):
        return False
    first = words[0].lower()
    if first in NOT_NAMES or first in VERBS:
        return False
    asked = text.split(" ", 1)[0]
    if all(word[0].isupper() for word in words):
        return not alone or link == ":" or (asked.islower() and asked != "be")
    return len(words) == 1 and (not alone or (link != ":" and asked in VERBS and not is_english(name)))


def may_name(name: str, people: People) -> bool:
    """Say whether ``name`` is somebody the roster knows, or reads as somebody it does not."""
    if people.find(name) or _HANDLE.fullmatch(name):
        return True
    words = name.split()
    return 0 < len(words) <= _WORDS and all(map(_NAME.fullmatch, words)) and words[0].lower() not in NOT_NAMES


def choices(unclear: Iterable[tuple[str, tuple[Person, ...]]]) -> list[str]:
    """Ask of each unclear name whom it means; of many people it names the first few."""
    return [f"{typed}: {' or '.join(_few(people))}?" for typed, people in unclear]


def _few(people: Sequence[Person]) -> list[str]:
    names = [person.name for person in people[:FEW]]
    return names if len(people) <= FEW else [*names, f"one of {len(people) - FEW} others"]


def replaced(text: str, names: str, typed: str, name: str) -> str:
    """Put a full name in the place of one that stands in the list ``names``, which is a part of ``text``."""
    before, _, after = text.partition(names)
    pieces = re.split(f"({_BETWEEN.pattern})", names, flags=re.IGNORECASE)
    pieces[::2] = [name if piece.strip() == typed else piece for piece in pieces[::2]]
    return before + "".join(pieces) + after


def renamed(names: tuple[str, ...], typed: str, name: str) -> tuple[str, ...]:
    """Put a full name in the place of the one typed, each person once."""
    return tuple(dict.fromkeys(name if one == typed else one for one in names))
