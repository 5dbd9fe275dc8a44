"""YAML as facilitator accepts it: mappings, lists and scalars that are text until somebody types them.

Agendas and settings are read from files that others can change, and the usual loaders do too much with
them: merge keys and aliases blow up (894 bytes can take 25 s), ``1:30`` becomes 90, ``no`` becomes False, the
second of two equal keys wins in silence. So nothing is constructed here: the parser's events become a small
tree that knows its line numbers, and what has no place in an agenda is a problem with a line. All
problems are found, not the first one, unless the text can't be read on from there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn
from unicodedata import category

from yaml import SafeLoader, events
from yaml.error import MarkedYAMLError, YAMLError

try:
    from yaml import cyaml
except ImportError:
    PARSER: Any = SafeLoader
else:
    PARSER = cyaml.CParser  # type: ignore[attr-defined]
"""The parser in C where PyYAML has it: a tenth of the time. Only events are taken from either; the faults of
the C one with deep nesting lie beyond them."""

SIZE_LIMIT = 256 * 1024
"""Bytes; far above any agenda."""
DEPTH_LIMIT = 20
"""Levels of lists and mappings within each other."""
NODE_LIMIT = 20_000
"""Scalars, lists and mappings together; bounds the time a hostile file can take."""


class Scalar(NamedTuple):
    """A text, with the line it begins in; ``plain`` where it stood without quotes."""

    text: str
    line: int
    plain: bool


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Mapping(NamedTuple):
    """Keys and values in the order of the file; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Sequence | Mapping
"""What a YAML text is made of."""


class Problem(NamedTuple):
    """What is wrong in which line."""

    line: int
    text: str


class StoppedError(Exception):
    """The file cannot be read further; why is among the problems already."""


class Problems:
    """What is found wrong with one file."""

    LIMIT = 100
    """More lines would help nobody, and finding the nearest name for each takes its time."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, line: int, text: str) -> None:
        """Take a problem in. Raises StoppedError where there are too many."""
        if len(self.found) >= self.LIMIT:
            self.stop(line, f"more than {self.LIMIT} problems; from here on nothing was looked at")
        self.found.append(Problem(line, text))

    def stop(self, line: int, text: str) -> NoReturn:
        """Take in a problem after which nothing more can be read. Raises StoppedError."""
        self.found.append(Problem(line, text))
        raise StoppedError


def read(source: bytes) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document. Returns its tree, None where there is none to go on with, and all problems."""
    problems = Problems()
    tree = None
    with suppress(StoppedError):
        tree = _Building(_text(source, problems), problems).document()
    return tree, tuple(problems.found)


def quoted(text: str) -> str:
    """Quote a text from the file for a message, cut to a length that leaves room for the message."""
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"


def printable(text: str) -> str:
    """Make a text safe for a terminal: control, bidi and other invisible characters become escapes."""
    return "".join(f"\\u{ord(char):04x}" if _is_unshowable(char) else char for char in text)


# What YAML refuses, and what it takes for a line end though no editor counts it as one.
_REFUSED_IN_SOURCE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _text(source: bytes, problems: Problems) -> str:
    if len(source) > SIZE_LIMIT:
        problems.stop(1, f"larger than {SIZE_LIMIT // 1024} kB, which no agenda is")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        problems.stop(line, f"byte 0x{source[error.start]:02x} is not UTF-8; save the file as UTF-8")
    refused = _REFUSED_IN_SOURCE.search(text)
    if refused:
        line = text.count("\n", 0, refused.start()) + 1
        problems.stop(
            line, f"the invisible character U+{ord(refused.group()):04X} has no place here; take it out"
        )
    return text


_SPACING = {"\n": "a line break", "\t": "a tab"}
_JOINERS = "\u200c\u200d"  # invisible, yet Persian, Hindi and other names are misspelt without them


def _is_unshowable(char: str) -> bool:
    return category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in _JOINERS


class _Building:
    """One pass over the parser's events. Recursion is bounded by ``DEPTH_LIMIT``."""

    def __init__(self, text: str, problems: Problems) -> None:
        self._problems = problems
        self._text = text
        self._parser = PARSER(text)
        self._nodes = 0

    def document(self) -> Node | None:
        self._next()  # start of the stream
        event = self._next()
        if isinstance(event, events.StreamEndEvent):
            return None
        root = self._node(self._next(), 1)
        self._next()  # end of the document
        event = self._next()
        if not isinstance(event, events.StreamEndEvent):
            self._problem(event, "a second document starts here; one file holds one")
        return root

    def _next(self) -> events.Event:
        try:
            event: events.Event = self._parser.get_event()
        except MarkedYAMLError as error:
            self._problems.stop(*self._syntax_error(error))
        except (YAMLError, ValueError) as error:
            self._problems.stop(1, f"cannot be read as YAML: {error}")
        return event

    def _node(self, event: events.Event, depth: int) -> Node:
        self._nodes += 1
        if depth > DEPTH_LIMIT:
            self._problems.stop(_line(event), f"nested deeper than {DEPTH_LIMIT} levels")
        if self._nodes > NODE_LIMIT:
            self._problems.stop(_line(event), f"more than {NODE_LIMIT} entries, which no agenda has")
        if isinstance(event, events.AliasEvent):
            self._problem(
                event, f"aliases such as {quoted(f'*{event.anchor}')} are not read; write the text again"
            )
            return Scalar("", _line(event), plain=True)
        assert isinstance(event, events.NodeEvent)
        if event.anchor is not None:
            self._problem(
                event,
                f"anchors such as {quoted(f'&{event.anchor}')} are not read; take it out or quote the text",
            )
        if getattr(event, "tag", None) is not None:
            self._problem(event, "tags beginning with ! are not read; take it out or quote the text")
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, events.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: events.ScalarEvent) -> Scalar:
        text = event.value
        for char in dict.fromkeys(filter(_is_unshowable, text)):
            what = _SPACING.get(char) or f"the invisible character U+{ord(char):04X}"
            self._problem(event, f"{what} has no place in this text; take it out")
        clean = "".join(char for char in text if not _is_unshowable(char))
        return Scalar(clean.strip(), _line(event), plain=not event.style)

    def _sequence(self, start: events.Event, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := self._next(), events.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), _line(start))

    def _mapping(self, start: events.Event, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := self._next(), events.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self._problem(event, "a list or mapping cannot be a key; quote text with brackets or braces")
            elif key.plain and key.text == "<<":
                self._problem(event, "merge keys (<<) are not read; write the keys out")
            elif key.text in entries:
                earlier = entries[key.text][0].line
                self._problem(event, f"{quoted(key.text)} stands twice; it was in line {earlier} already")
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), _line(start))

    def _problem(self, event: events.Event, text: str) -> None:
        self._problems.add(_line(event), text)

    def _syntax_error(self, error: MarkedYAMLError) -> tuple[int, str]:
        """Say what YAML stumbled over, in the words of somebody who writes agendas."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return (1, f"cannot be read as YAML: {error.problem}")
        if "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or ""):
            opened = error.context_mark or mark
            return (opened.line + 1, "the quote opened here is never closed")
        lines = re.split(r"\r\n|[\r\n]", self._text)
        line = lines[mark.line] if mark.line < len(lines) else ""
        char = line[mark.column : mark.column + 1]
        problem = error.problem or ""
        if char == "\t" or line.strip(" ").startswith("\t"):
            said = "a tab has no place here; use spaces"
        elif char in set("@`%"):
            said = f"text cannot begin with {char}; put it in quotes"
        elif "mapping values are not allowed" in problem:
            said = "a colon where no key is; quote text that has a colon in it, or check the indent"
        else:
            said = f"cannot be read as YAML: {', '.join(filter(None, (error.context, problem)))}"
        return (mark.line + 1, said)


def _line(event: events.Event) -> int:
    """Return the event's line, the first being 1."""
    mark = event.start_mark
    return int(mark.line) + 1 if mark is not None else 1
