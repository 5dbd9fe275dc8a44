"""Directives that name people: whom they name, whom of them the roster does not know, and whom it knows twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import owners
from .directives import Directive
from .line import Capture, Context, Suggestion

Tell = Callable[[Sequence[tuple[str, ...]]], str]
"""Says what a directive is taken for, with these people in its lists."""


def named(text: str, listed: Sequence[str], made: Directive, tell: Tell, context: Context) -> Capture:
    """Return what becomes of a directive's line; ``listed`` are the lists of names as they stand in ``text``."""
    lists = [owners.listed(names, context.people) for names in listed]
    found = {
        name: owners.resolve(name, context.people, context.leads)[1] for names in lists for name in names
    }
    unclear = [(name, people) for name, people in found.items() if len(people) > 1]
    hints = owners.choices(unclear)
    if context.people.people and not all(found.values()):
        hints.append(f"not in the roster: {', '.join(name for name, people in found.items() if not people)}")
    suggestions = tuple(
        Suggestion(
            _replaced(text, listed, name, person.name),
            tell([owners.renamed(names, name, person.name) for names in lists]),
        )
        for name, people in unclear
        for person in people
    )
    return Capture((), (made,), tell(lists), "; ".join(hints), suggestions)


def _replaced(text: str, listed: Sequence[str], typed: str, name: str) -> str:
    """Put a full name in the place of a typed one, in every list that holds it."""
    for names in dict.fromkeys(listed):
        text = owners.replaced(text, names, typed, name)
    return text
