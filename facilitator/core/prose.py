r"""Typed prose as Markdown that shows exactly what was typed, and back.

``# of users went up`` must not become a heading, ``[EM]: yes`` not vanish as a link definition, nor ``<T>``
as a tag. What CommonMark 0.31.2 (with GFM's strikethrough and task boxes) would read otherwise gets a
backslash, and nothing else does: ``snake_case``, ``2 * 3``, ``AT&T`` and addresses stay as they are. One
exception is deliberate: a well-formed code span in backticks is kept as code, because who types ``bbl`` in
backticks means code.

A backslash goes before the character at which a construct begins. Then every backslash is taken away again
that the text can do without.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import NamedTuple

from facilitator.core.grammar import ATTRIBUTE, BLOCK_TAGS, RAW_TAGS

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""What a backslash makes literal (2.4)."""

SPARING = 64
"""Up to so many backslashes it is worth asking of each whether the text can do without."""

_SPECIAL = re.compile(r"[\\`*_~<&\[]|^[#+>-]|^\d+[.)](?:\s|$)")
_SPACE = re.compile(r"\s+")
_BLOCK = re.compile(
    r"""(?: \d{1,9}(?=[.)](?:[ \t]|$))      # ordered list item: the backslash goes after the number
        | (?=\#{1,6}(?:[ \t]|$))           # heading
        | (?=[-+*](?:[ \t]|$)|>)           # list item, quote
        | (?=`{3,}[^`]*$|~{3})             # code fence
        | (?=-[ \t]*-[- \t]*$|\*[ \t]*\*[* \t]*$)  # thematic break, if only together with the item's bullet
        | (?=_[ \t]*_[ \t]*_[_ \t]*$)
        | (?=\[[ xX]\](?:[ \t]|$))         # task box
        | (?=\[\^[^\]\s]+\]:)              # definition of a footnote
        )""",
    re.X,
)
_HTML_BLOCK = re.compile(
    rf"<(?:!--|\?|![A-Za-z]|!\[CDATA\[|(?:{RAW_TAGS})(?=[\s>]|$)|/?(?:{BLOCK_TAGS})(?=[\s>]|/>|$))", re.I
)
_LABEL_OF_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TAG = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{ATTRIBUTE})*\s*/?>|/[A-Za-z][A-Za-z0-9-]*\s*>|![A-Za-z][^>]*>"
    r"|[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*>"
    rf"|[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL_OF_DOMAIN}(?:\.{_LABEL_OF_DOMAIN})*>)"
)
_TO_END = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)")
_BACKTICKS = re.compile(r"`+")
_MARK = re.compile(r"\\|`+|\*+|_+|~+|[<&\[\]]")
_CLOSING_HASHES = re.compile(r"(?:(?<=[ \t])|^)#+$")
_URL = re.compile(r"\b(?:https?://|www\.)\S+")
_TITLE = re.compile(r"""[ \t]+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))""")
_ANGLED = re.compile(r"<(?:[^<>\\]|\\.)*>")
_LABEL = re.compile(r"\[(?=[^\]]*[^\]\s])(?:[^\[\]\\]|\\.){1,999}\]:[ \t]*")


class _Run(NamedTuple):
    """A delimiter run: where it is, and whether it can open and close emphasis (6.2)."""

    start: int
    length: int
    opens: bool
    closes: bool


def escape(text: str) -> str:
    """Return Markdown for a list item's text that shows ``text``; line endings become blanks."""
    text = _one_line(text)
    return _escaped(text, in_heading=False) if _SPECIAL.search(text) else text


def escape_title(text: str) -> str:
    """Return Markdown for a heading's text that shows ``text``; line endings become blanks."""
    return _escaped(_one_line(text), in_heading=True)


def unescape(markdown: str) -> str:
    """Return what ``escape`` was given: the text without the backslashes that make characters literal."""
    pieces, position = [], 0
    for kind, start, end in _pieces(markdown):
        if kind == "\\":
            pieces.append(markdown[position:start])
            position = end - 1
    return "".join(pieces) + markdown[position:]


def _one_line(text: str) -> str:
    """Put one blank for each line ending and the white space around it."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    return _SPACE.sub(lambda run: " " if "\n" in run[0] or "\r" in run[0] else run[0], text).strip()


def _escaped(text: str, *, in_heading: bool) -> str:
    """Put backslashes where something would be read otherwise, until nothing is."""
    marks: set[int] = set()
    while found := _misread(text, marks, in_heading):
        marks |= found
    spared = {-1} if len(marks) <= SPARING else set()
    while spared:
        spared = set()
        for mark in sorted(marks, reverse=True):
            if not _misread(text, marks - {mark}, in_heading):
                spared.add(mark)
                marks.remove(mark)
    return _marked(text, sorted(marks))


def _marked(text: str, marks: list[int]) -> str:
    """Put a backslash before each of some characters."""
    ends = [*marks, len(text)]
    return "\\".join(text[start:end] for start, end in zip([0, *marks], ends, strict=True))


def _misread(text: str, marks: set[int], in_heading: bool) -> set[int]:
    """Return the characters of a text that would need a backslash more than those with one."""
    places = sorted(marks)
    markdown = _marked(text, places)
    written = [place + number for number, place in enumerate(places)]  # where our backslashes are
    ours = set(written)
    found = set()
    for place in _constructs(markdown, in_heading):
        if place not in ours:
            found.add(place - bisect_left(written, place))
    return {place for place in found if text[place] == "\\"} or found  # a typed backslash hides what follows


def _constructs(markdown: str, in_heading: bool) -> Iterator[int]:
    """Yield what is not read as text, by where a backslash would make it text; and every backslash."""
    yield from _closing_hashes(markdown) if in_heading else _block(markdown)
    brackets: list[int] = []
    runs: list[_Run] = []
    for kind, start, end in _pieces(markdown):
        if _takes_effect(kind, markdown, start):
            yield start
        elif kind == "[":
            brackets.append(start)
        elif kind == "]" and brackets:
            opener = brackets.pop()
            if _is_link_tail(markdown, end):
                yield opener
        elif kind in "*_~":
            runs.append(_run(markdown, start, end))
    yield from _outside_addresses(markdown, _emphasis(markdown, runs))


def _takes_effect(kind: str, markdown: str, start: int) -> bool:
    """Say whether a character that needs no partner is more than itself."""
    if kind == "<":
        return _is_tag(markdown, start)
    return kind == "\\" or (kind == "&" and _is_entity(markdown, start))


def _outside_addresses(markdown: str, pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Choose where emphasis begins, or where it ends if that keeps a backslash out of an address."""
    addresses = [m.span() for m in _URL.finditer(markdown)]
    for opener, closer in pairs:
        held = [any(start <= place < end for start, end in addresses) for place in (opener, closer)]
        yield closer if held == [True, False] else opener


def _closing_hashes(markdown: str) -> Iterator[int]:
    """Yield where what closes a heading begins."""
    if m := _CLOSING_HASHES.search(markdown):
        yield m.start()


def _block(markdown: str) -> Iterator[int]:
    """Yield where a block begins that is not a paragraph."""
    if m := _BLOCK.match(markdown):
        yield m.end()
    elif _HTML_BLOCK.match(markdown) or _is_definition(markdown):
        yield 0


def _pieces(markdown: str) -> Iterator[tuple[str, int, int]]:
    """Yield backslash escapes, code spans and characters that may mean something: kind, start and end."""
    runs: dict[int, list[int]] = {}
    for run in _BACKTICKS.finditer(markdown):
        runs.setdefault(len(run[0]), []).append(run.start())
    position = 0
    while m := _MARK.search(markdown, position):
        kind, start, position = m[0][0], m.start(), m.end()
        if kind == "`":
            closers = runs.get(len(m[0]), [])
            closer = bisect_left(closers, position)
            if closer < len(closers):
                position = closers[closer] + len(m[0])
                yield kind, start, position
        elif kind != "\\":
            yield kind, start, position
        elif markdown[position : position + 1] in PUNCTUATION:
            position += 1
            yield kind, start, position


def _is_tag(markdown: str, start: int) -> bool:
    """Say whether a tag, comment or the like begins at a ``<``, or an address in angle brackets (6.5, 6.6)."""
    for begin, end in _TO_END:
        if markdown.startswith(begin, start) and markdown.rfind(end) >= start + 2:
            return True
    return bool(_TAG.match(markdown, start))


def _is_entity(markdown: str, start: int) -> bool:
    m = _ENTITY.match(markdown, start)
    return bool(m and (m[1] is None or f"{m[1]};" in html5))


def _is_definition(markdown: str) -> bool:
    """Say whether a text is a link definition and nothing else (4.7)."""
    label = _LABEL.match(markdown)
    end = _destination_end(markdown, label.end()) if label else None
    if label is None or end is None or end == label.end():
        return False
    title = _TITLE.match(markdown, end)
    return not markdown[title.end() if title else end :].strip()


def _is_link_tail(markdown: str, start: int) -> bool:
    """Say whether the target of an inline link begins at an offset (6.3)."""
    if not markdown.startswith("(", start):
        return False
    start = _after_blanks(markdown, start + 1)
    end = _destination_end(markdown, start)
    if end is None:
        return False
    title = _TITLE.match(markdown, end)
    return markdown.startswith(")", _after_blanks(markdown, title.end() if title else end))


def _destination_end(markdown: str, start: int) -> int | None:
    """Return where a link's destination ends, which may be empty; None if there is none."""
    if markdown.startswith("<", start):
        angled = _ANGLED.match(markdown, start)
        return angled.end() if angled else None
    depth, position = 0, start
    while position < len(markdown) and markdown[position] > " " and markdown[position] != "\x7f":
        if markdown[position] == "\\" and markdown[position + 1 : position + 2] in PUNCTUATION:
            position += 1
        elif markdown[position] == "(":
            depth += 1
            if depth > 32:
                return None
        elif markdown[position] == ")":
            if not depth:
                break
            depth -= 1
        position += 1
    return None if depth else position


def _after_blanks(markdown: str, position: int) -> int:
    while markdown[position : position + 1] in (" ", "\t"):
        position += 1
    return position


def _run(markdown: str, start: int, end: int) -> _Run:
    """Say whether a delimiter run can open or close by what stands around it (6.2)."""
    before, after = _around(markdown, start - 1), _around(markdown, end)
    left = after != " " and (after != "." or before != "a")
    right = before != " " and (before != "." or after != "a")
    if markdown[start] == "_":
        return _Run(
            start, end - start, left and (not right or before == "."), right and (not left or after == ".")
        )
    return _Run(start, end - start, left, right)


def _around(markdown: str, place: int) -> str:
    """Return a blank, a full stop or a letter for white space, punctuation and everything else."""
    char = markdown[place] if 0 <= place < len(markdown) else " "
    if char.isspace():
        return " "
    return "." if unicodedata.category(char)[0] in "PS" else "a"


def _emphasis(markdown: str, runs: Iterable[_Run]) -> Iterator[tuple[int, int]]:
    """Yield where emphasis or strikethrough begins and ends, by the algorithm of CommonMark's appendix."""
    openers: list[_Run] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        sign, length = markdown[run.start], run.length
        while run.closes and length:
            kind = (sign, run.opens, run.length % 3)
            place = len(openers) - 1
            while place >= floors.get(kind, 0) and not _pairs(markdown, openers[place], run):
                place -= 1
            if place < floors.get(kind, 0):
                floors[kind] = len(openers)
                break
            yield openers[place].start, run.start
            length -= min(length, openers[place].length, 2)
            del openers[place:]
            floors = {key: min(floor, place) for key, floor in floors.items()}
        if run.opens and length:
            openers.append(run)


def _pairs(markdown: str, opener: _Run, closer: _Run) -> bool:
    sign, total = markdown[opener.start], opener.length + closer.length
    if sign != markdown[closer.start]:
        return False
    if sign == "~":  # one or two on both sides; parsers differ on more
        return opener.length == closer.length or min(opener.length, closer.length) > 1
    either = opener.closes or closer.opens
    return not (either and total % 3 == 0 and (opener.length % 3 or closer.length % 3))
