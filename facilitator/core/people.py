"""Who is meant: names, first names, initials and handles as a chair types them, looked up in the roster."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .words import ENGLISH, NOT_NAMES, VERBS

if TYPE_CHECKING:
    from .agenda import Person


_HANDLE = re.compile(r"(?<!\S)[(\[]?@(?P<handle>[\w][\w.-]*)[)\]]?(?!\S)")


def fold(words: str) -> str:
    """Return ``words`` as names are compared: without case, accents or spare white space."""
    joined = " ".join(words.split())
    if joined.isascii():
        return joined.lower()
    plain = unicodedata.normalize("NFKD", joined.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def is_english(words: str) -> bool:
    """Say whether ``words`` is a small-letter English word that also happens to be somebody's name."""
    return words in ENGLISH


def without_handle(listed: str) -> tuple[str, str]:
    """Part how somebody is listed, ``Ada Brandt @adab``, into name and handle; who has only a handle goes by that."""
    found = list(_HANDLE.finditer(listed))
    if len(found) != 1:
        return listed, ""
    name = " ".join((listed[: found[0].start()] + listed[found[0].end() :]).split())
    return (name, found[0]["handle"]) if name.strip("-–, ") else (listed, "")


@dataclass(frozen=True, slots=True)
class People:
    """The roster, indexed once so that a look-up costs the same for two people and for two hundred."""

    people: tuple[Person, ...] = ()
    _by_key: dict[str, tuple[Person, ...]] = field(init=False, repr=False, compare=False)
    _by_first: dict[str, tuple[Person, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys: dict[str, list[Person]] = defaultdict(list)
        firsts: dict[str, list[Person]] = defaultdict(list)
        for person in {
            fold(person.name): person for person in reversed(self.people) if fold(person.name)
        }.values():
            keys[fold(person.name)].append(person)
            if person.handle:
                keys["@" + fold(person.handle.removeprefix("@"))].append(person)
            if person.initials:
                keys["[" + fold(person.initials)].append(person)
            firsts[_first_name(person.name)].append(person)
        object.__setattr__(self, "_by_key", {key: tuple(reversed(found)) for key, found in keys.items()})
        object.__setattr__(self, "_by_first", {key: tuple(reversed(found)) for key, found in firsts.items()})

    @classmethod
    def of(cls, people: Iterable[Person]) -> People:
        """Index ``people``; where a name stands twice its first entry counts."""
        return cls(tuple(people))

    def find(self, words: str) -> tuple[Person, ...]:
        """Return everybody whom ``words`` may name: nobody, one person, or several where it is ambiguous.

        Tried in turn: the full name, ``@handle``, initials, the first name, the first name with the beginning
        of the next (``eric m``), the handle alone. An English word in small letters names nobody by its initials,
        and no word of prose by its handle.
        """
        key = fold(words)
        if found := self._by_key.get(key) if not key.startswith("[") else None:
            return found
        if found := self._by_key.get("[" + key) if not is_english(words) else None:
            return found
        first, space, rest = key.partition(" ")
        found = self._by_first.get(first, ())
        found = tuple(one for one in found if _continues(one.name, first, rest)) if space else found
        prose = key in ENGLISH or key in NOT_NAMES or key in VERBS
        return found or (() if prose else self._by_key.get("@" + key, ()))

    def named(self, initials: str) -> Person | None:
        """Return the one person with these initials, in whatever case."""
        found = self._by_key.get("[" + fold(initials), ())
        return found[0] if len(found) == 1 else None


def _first_name(name: str) -> str:
    """Return the name a person is called by: in ``A William Martin`` it is the second."""
    words = fold(name).split()
    return next((word for word in words if len(word.rstrip(".")) > 1), words[0])


def _continues(name: str, first: str, rest: str) -> bool:
    words = fold(name).split()
    return " ".join(words[words.index(first) + 1 :]).startswith(rest.rstrip("."))
