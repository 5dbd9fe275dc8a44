"""Markdown's block structure with exact byte positions, as ``parsing`` reads it.

Headings count at the top level alone, so ``outline`` does not look inside containers at all: it is linear
and does not recurse. ``blocks`` looks inside lists, to the depth of ``DEEPEST``, and never inside quotes: a
quoted list is what somebody else once wrote.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from facilitator.core.block import Block, Bullet, Heading, Kind
from facilitator.core.front_matter import BOM, preamble
from facilitator.core.parsing import Blocks, State, Text

_TASK = re.compile(r"\[([ xX])\](?=[ \t\n]|$)")

_KINDS: dict[str, Kind] = {
    "heading": "heading",
    "paragraph": "paragraph",
    "list": "list",
    "block_code": "code",
    "block_html": "html",
    "block_quote": "quote",
    "thematic_break": "break",
    "definition": "definition",
}

_OUTLINE = Blocks(nested=False)
_NESTED = Blocks(nested=True)


def outline(source: bytes, *, top: bool) -> list[Heading]:
    """Find the headings of a text in time linear in its length; ``top`` says that the file begins with it."""
    text, state = _run(_OUTLINE, source, top)
    starts, last = text.starts, len(text.starts) - 1
    return [
        Heading(
            token["attrs"]["level"],
            starts[state.line_at(token["start"])],
            starts[min(state.line_at(token["end"]), last)],
        )
        for token in state.tokens
        if token["type"] == "heading"
    ]


def blocks(source: bytes, *, top: bool) -> list[Block]:
    """Find the blocks of a text and the items of its lists; ``top`` says that the file begins with it."""
    text, state = _run(_NESTED, source, top)
    found = _found(text, state, len(text.starts) - 1, _Place(0, 0))
    front = text.starts[0]
    if source[:front].strip(BOM):
        found.insert(0, Block("front matter", 0, front, ""))
    return found


def _run(parser: Blocks, source: bytes, top: bool) -> tuple[Text, State]:
    text = Text(source, preamble(source) if top else 0)
    state = State()
    state.sparse = not parser.nested
    state.process(text.parsed)
    parser.parse(state)
    return text, state


class _Place(NamedTuple):
    """How many lists stand around a text, and the column it begins at."""

    depth: int
    column: int


def _found(text: Text, state: State, stop: int, place: _Place) -> list[Block]:
    """Make blocks of a state's tokens; ``stop`` is the line after the last one they may cover."""
    found = []
    for token in reversed(state.tokens):
        line = state.line_at(token["start"])
        kind = _KINDS.get(token["type"])
        if kind:
            while stop > line + 1 and not text.line(stop - 1).strip(" \t"):
                stop -= 1
            bullets = tuple(
                b for item in token.get("children", ()) for b in _bullets(text, state, item, place)
            )
            found.append(Block(kind, text.starts[line], text.starts[stop], token.get("closing", ""), bullets))
        stop = line
    found.reverse()
    return found


def _bullets(text: Text, state: State, token: dict[str, Any], place: _Place) -> list[Bullet]:
    """Make the bullet of a list item, and those in it."""
    m, child = token["marker"], token["inside"]
    line, stop = state.line_at(token["start"]), state.line_at(token["end"] - 1) + 1
    content = place.column + token["width"]
    written = text.line(line)
    rest = state.src[m.end() : state.find_line_end_at(m.end())].rstrip("\n").lstrip(" \t")
    to_marker = written[: len(written) - len(rest)].rstrip(" \t")
    if child:
        inside = _found(text, child, stop, _Place(place.depth + 1, content))
        words = _first_paragraph(text, child)
    else:
        inside = [Block("paragraph", text.starts[line], text.starts[stop], "")]
        words = written[len(written) - len(rest) :].rstrip(" \t")
    task = _TASK.match(words)
    bullet = Bullet(
        start=text.starts[line],
        end=text.starts[stop],
        depth=place.depth,
        text=words,
        task=None if task is None else task[1] != " ",
        marker=m[2],
        marker_end=text.starts[line] + len(to_marker.encode("utf-8", "surrogateescape")),
        indent=place.column + len(m[1]),
        content=content,
        last=inside[-1] if inside else None,
        loose=token["loose"],
    )
    return [bullet, *(b for block in inside for b in block.bullets)]


def _first_paragraph(text: Text, state: State) -> str:
    """Return an item's first paragraph as the source has it: the parsed text may hold stand-ins."""
    first = next((token for token in state.tokens if token["type"] != "blank_line"), None)
    if first is None or first["type"] != "paragraph":
        return ""
    line = state.line_at(first["start"])
    lines = [part.strip(" \t") for part in first["text"].rstrip("\n").split("\n")]
    written = (text.line(number).rstrip(" \t") for number in range(line, line + len(lines)))
    return "\n".join(w[len(w) - len(part) :] for w, part in zip(written, lines, strict=True))
