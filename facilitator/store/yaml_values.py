"""Typed values out of a strict YAML tree, with one line for each that is not what it should be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TypeVar

from facilitator.core.duration import parse_duration
from facilitator.store.strict_yaml import Mapping, Node, Problems, Scalar, quoted
from facilitator.store.strict_yaml import Sequence as List

Value = TypeVar("Value")

TEXT_LIMIT = 500
"""Characters of one text; what is longer is no name."""


class Values:
    """Reads values and gathers what is wrong; every method returns None for what it cannot read."""

    def __init__(self) -> None:
        self.problems = Problems()

    def wrong(self, node: Node, text: str) -> None:
        """Add a problem at the line of the node."""
        self.problems.add(node.line, text)

    def keys(self, node: Node, what: str, known: Collection[str]) -> dict[str, Node]:
        """Return the entries of a mapping whose keys are known; the others are problems."""
        if not isinstance(node, Mapping):
            self.wrong(node, f"{what} must be keys and values ({', '.join(known)}), not {kind(node)}")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.entries:
            if key.text not in known:
                self.wrong(key, f"{quoted(key.text)} is not known in {what}; {nearest(key.text, known)}")
            elif isinstance(value, Scalar) and not value.text:
                self.wrong(key, f"'{key.text}' has no value; write one or take the line out")
            else:
                found[key.text] = value
        return found

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """Return the items of a list."""
        if node is None:
            return ()
        if isinstance(node, List):
            return node.items
        self.wrong(node, f"{what} must be a list, each item beginning with '- ', not {kind(node)}")
        return ()

    def text(self, node: Node | None, what: str) -> str | None:
        """Return a text that is not empty, its runs of spaces made one: Markdown shows no others."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.wrong(
                node, f"{what} must be text, not {kind(node)}; quote text with brackets, braces or a colon"
            )
        elif not node.text:
            self.wrong(node, f"{what} is empty")
        elif len(node.text) > TEXT_LIMIT:
            self.wrong(node, f"{what} is longer than {TEXT_LIMIT} characters")
        else:
            return " ".join(node.text.split())
        return None

    def made(self, node: Node | None, what: str, make: Callable[[str], Value]) -> Value | None:
        """Return what ``make`` makes of a text; the line of its ValueError is the problem."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        try:
            return make(text)
        except ValueError as error:
            self.wrong(node, f"{what}: {error}")
            return None

    def seconds(self, node: Node | None, what: str) -> int | None:
        """Return a length of time."""
        return self.made(node, what, parse_duration)

    def day(self, node: Node | None, what: str) -> date | None:
        """Return a date."""
        return self.made(node, what, parse_day)

    def flag(self, node: Node | None, what: str) -> bool:
        """Return true or false, as written without quotes; false where there is nothing."""
        if node is None:
            return False
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        shown = quoted(node.text) if isinstance(node, Scalar) else kind(node)
        self.wrong(node, f"{what} must be true or false, not {shown}")
        return False

    def choice(self, node: Node | None, what: str, choices: Sequence[str]) -> str | None:
        """Return one of the choices; the first where there is nothing."""
        if node is None:
            return choices[0]
        text = self.text(node, what)
        if text is not None and text not in choices:
            self.wrong(node, f"{what} cannot be {quoted(text)}; {nearest(text, choices)}")
            return None
        return text


def parse_day(text: str) -> date:
    """Read a date such as 2018-09-04. Raises ValueError with one line."""
    try:
        if len(text) != 10:  # Python reads 20180904 and 2018-W36-2 as well; editors and people do not
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a date; write it like 2018-09-04") from None


def kind(node: Node) -> str:
    """Name the kind of a node for a message."""
    if isinstance(node, Scalar):
        return quoted(node.text) if node.text else "nothing"
    return "a list" if isinstance(node, List) else "keys and values"


def nearest(text: str, names: Collection[str], otherwise: str = "") -> str:
    """Name the nearest valid name; where none is near, say ``otherwise``, or name all of them."""
    import difflib  # needed for mistakes only

    near = difflib.get_close_matches(text[:80].casefold(), names, n=1)
    return f"did you mean '{near[0]}'?" if near else otherwise or f"there is {', '.join(names)}"
