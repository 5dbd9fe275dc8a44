"""Markdown's block structure with exact byte positions, parsed by mistune.

mistune's tokens carry no positions, and it reads a handful of shapes otherwise than CommonMark 0.31.2 does.
Both are put right here and nowhere else:

* ``_State`` notes the offset at which every token starts.
* ``_Blocks`` overrides the rules for containers, HTML and link definitions. Everything else is mistune's.
* ``_Text`` is the text as mistune should see it: character for character and line for line the source, but
  with the characters replaced that mistune takes for white space and CommonMark for text.

Only the block pass is run. Every block begins and ends on a line boundary, so the way back from the parsed
text to the source goes by line numbers: the byte at which a line starts is known, whatever bytes it holds.

Headings count at the top level alone, so ``outline`` does not look inside containers at all: it is linear
and does not recurse. ``blocks`` looks inside lists, to the depth of ``DEEPEST``, and never inside quotes: a
quoted list is what somebody else once wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any, Literal, NamedTuple

from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.helpers import BLOCK_TAGS, HTML_ATTRIBUTES, HTML_TAGNAME, PRE_TAGS
from mistune.plugins.formatting import strikethrough

DEEPEST = 20
"""List items nested deeper than this are the text of the item they stand in."""

LOOKED_AT = 1000
"""So many characters of a line tell what kind of line it is, and so many of a heading what it says."""

BOM = b"\xef\xbb\xbf"

_TAGS_END = r"(?=[ \t\n>]|/>|$)"
_HTML_TO_END = (
    (r"<!--", r"-->"),
    (r"<\?", r"\?>"),
    (r"<!\[CDATA\[", r"\]\]>"),
    (r"<![A-Za-z]", r">"),
    (rf"<(?:{'|'.join(PRE_TAGS)})(?=[ \t\n>]|$)", rf"</(?:{'|'.join(PRE_TAGS)})>"),
)
"""How an HTML block of conditions 1 to 5 begins and ends (4.6)."""
_TO_END = [(re.compile(rf" {{0,3}}{begin}", re.I), re.compile(end, re.I)) for begin, end in _HTML_TO_END]
_TO_BLANK = re.compile(rf" {{0,3}}</?(?:{'|'.join(BLOCK_TAGS)}){_TAGS_END}", re.I)
_LONE_TAG = re.compile(
    rf" {{0,3}}(?:<{HTML_TAGNAME}{HTML_ATTRIBUTES}\s*/?>|</{HTML_TAGNAME}\s*>)[ \t]*(?:\n|$)"
)
_BLANK_LINE = re.compile(r"^[ \t]*$\n?", re.M)

_MARKER = r"(?:[-+*]|\d{1,9}[.)])(?=[ \t\n]|$)"
_ATX = r"#{1,6}(?=[ \t\n]|$)"
_FENCE = r"(?:`{3,}(?=[^`\n]*$)|~{3,})"
_BREAK = r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$"
_HTML = rf"(?i:{'|'.join(begin for begin, _ in _HTML_TO_END)}|</?(?:{'|'.join(BLOCK_TAGS)}){_TAGS_END})"
_STARTS_BLOCK = re.compile(rf"^ {{0,3}}(?:{_ATX}|{_FENCE}|{_MARKER}|>|{_BREAK}|{_HTML})", re.M)
"""A line that cannot continue the paragraph of a container it does not stand in (5.1, 5.2)."""
_LEAF = re.compile(rf" {{0,3}}(?:(?P<fence>{_FENCE})|(?P<html>{_HTML})|{_ATX}|{_BREAK})", re.M)
_CONTAINER = re.compile(rf" {{0,3}}(?:>|{_MARKER}) ?")
_ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])(?=[ \t]|\n|$)")
_RULE = re.compile(rf" {{0,3}}{_BREAK}", re.M)
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$", re.M)
_QUOTE = re.compile(r" {0,3}> ?")
_TASK = re.compile(r"\[([ xX])\](?=[ \t\n]|$)")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_ODD = re.compile(r"[^\S \t\n]|[\0\ud800-\udfff]")
"""White space that CommonMark takes for text, NUL, and bytes that are not UTF-8."""
_NOT_UTF8 = re.compile(r"[\ud800-\udfff]")
_BLANK_RUN = re.compile(r"^[ \t]+$", re.M)
_FRONT_MATTER = re.compile(
    rb"---[ \t]*(?:\r\n|\n|\r)((?:[^\r\n]*(?:\r\n|\n|\r))*?)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"
)
_INLINE_MARK = re.compile(r"[\\`*_~\[<&!\n]")
_MAPPING_KEY = re.compile(r"[\w\"'][^:]*:(?:[ \t]|$)")
_MAPPING_REST = re.compile(r"[ \t]|- |-$|#|$")

Kind = Literal["front matter", "heading", "paragraph", "list", "code", "html", "quote", "break", "definition"]
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


class Heading(NamedTuple):
    """A heading of ``level`` 1 to 6 and its bytes, from its first line's start to its last line's end."""

    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """A list item. Offsets are bytes, columns count from 0 with tab stops every 4."""

    start: int
    """Where the line begins that holds its marker."""
    end: int
    """After its last line that is not blank."""
    depth: int
    text: str
    """Its first paragraph as written, without the marker and the lines' indentation."""
    task: bool | None
    marker: str
    """``-``, ``*``, ``+``, ``7.`` or ``7)``."""
    marker_end: int
    """After the marker."""
    indent: int
    """The marker's column."""
    content: int
    """The column that its further lines must reach to belong to it."""
    last: Block | None
    """The last block in it."""
    loose: bool
    """A blank line stands before the next item of its list."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block at the top level of a text; its bytes go to the end of its last line that is not blank."""

    kind: Kind
    start: int
    end: int
    closing: str
    """What ends the block where nothing does: a closing fence, ``-->``; empty for what needs no end."""
    bullets: tuple[Bullet, ...] = ()
    """The items of a list and of the lists in it, in the order of their markers."""


class _Text:
    """A text as mistune should see it, and the byte at which each of its lines starts."""

    def __init__(self, source: bytes, skip: int) -> None:
        self.source = source
        self.starts = [skip, *(m.end() for m in _LINE_END.finditer(source, skip))]
        if self.starts[-1] < len(source):
            self.starts.append(len(source))
        text = source[skip:].decode("utf-8", "surrogateescape")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text and not text.endswith("\n"):
            text += "\n"
        text = _ODD.sub("\ufffd", text)
        self.parsed = _BLANK_RUN.sub("", text)

    def line(self, number: int) -> str:
        """Return a line of the source without its line ending."""
        return (
            self.source[self.starts[number] : self.starts[number + 1]]
            .rstrip(b"\r\n")
            .decode("utf-8", "surrogateescape")
        )


class _State(BlockState):
    """mistune's state, and where in ``src`` each token starts."""

    line = 0
    """The line of the whole text that ``src`` begins with."""
    sparse = False
    """Whether only headings and the last token are kept: a long text has many more."""
    _breaks: list[int] | None = None

    def append_token(self, token: dict[str, Any]) -> None:
        """Add a token; its rule was matched at the cursor unless it says otherwise."""
        token.setdefault("start", self.cursor)
        if self.sparse and self.tokens and self.tokens[-1]["type"] != "heading":
            self.tokens.pop()
        self.tokens.append(token)

    def add_paragraph(self, text: str) -> None:
        """Add text at the cursor to the open paragraph, or open one."""
        last = self.last_token()
        if last and last["type"] == "paragraph":
            last["text"] += text
        else:
            self.append_token({"type": "paragraph", "text": text})

    def line_at(self, offset: int) -> int:
        """Return the line of the whole text that holds an offset of ``src``."""
        if self._breaks is None:
            self._breaks = [m.end() for m in re.finditer("\n", self.src)]
        return self.line + bisect_right(self._breaks, offset)


class _Leaf:
    """What a container's last line leaves open: only a paragraph goes on without the container's prefix."""

    def __init__(self) -> None:
        self.paragraph = False
        self._fence = ""
        self._html = False

    def feed(self, line: str) -> None:
        """Read the next line, without the prefix of the container."""
        line = line[:LOOKED_AT]
        if self._fence:
            bare = line.strip()
            if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
                self._fence = ""
            return
        if not line.strip():
            self.paragraph = self._html = False
            return
        start = 0
        for _ in range(DEEPEST):
            m = None if _RULE.match(line, start) else _CONTAINER.match(line, start)
            if not m:
                break
            start, self.paragraph = m.end(), False
        line = line[start:]
        m = _LEAF.match(line)
        if m and m["fence"]:
            self._fence = m["fence"]
        if m and m["html"]:
            self._html = True
        code = line.startswith("    ") and not self.paragraph
        self.paragraph = bool(line.strip()) and not (m or code or self._html)


class _Blocks(BlockParser):
    """mistune's block parser with CommonMark's reading of containers, HTML and link definitions."""

    state_cls = _State

    def __init__(self, *, nested: bool) -> None:
        super().__init__(max_nested_level=DEEPEST)
        self.nested = nested

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        """Note a heading; mistune's way of trimming its text takes quadratic time."""
        state.append_token({"type": "heading", "attrs": {"level": len(m["atx_1"])}, "end": m.end() + 1})
        return m.end() + 1

    def parse_setex_heading(self, m: re.Match[str], state: BlockState) -> int | None:
        """Note where a setext heading ends."""
        end = super().parse_setex_heading(m, state)
        if end and state.tokens[-1]["type"] == "heading":
            state.tokens[-1]["end"] = end
        return end

    def parse_fenced_code(self, m: re.Match[str], state: BlockState) -> int | None:
        """Note what would close a fence that is still open at the end."""
        end = super().parse_fenced_code(m, state)
        if end:
            fence = m["fenced_2"]
            last = state.src[m.end() : end].rstrip("\n").rpartition("\n")[2].strip()
            closed = last.startswith(fence) and not last.strip(fence[0])
            state.tokens[-1]["closing"] = "" if closed else fence
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read a link definition, which does not reach into a line that starts another block."""
        end = super().parse_ref_link(m, state)
        if end and state.last_token() and state.last_token()["type"] == "paragraph":
            return end
        if end and (
            _STARTS_BLOCK.search(state.src, m.end(), end) or _UNDERLINE.search(state.src, m.end(), end)
        ):
            return None
        if end:
            state.append_token({"type": "definition"})
        return end

    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read an HTML block by the seven conditions of 4.6."""
        start = state.cursor
        for begins, ends in _TO_END:
            if begins.match(state.src, start):
                found = ends.search(state.src, start)
                closing = "" if found else ends.pattern.replace("\\", "")
                if closing.startswith("</"):
                    closing = f"</{m[0].strip()[1:].lower()}>"
                state.append_token({"type": "block_html", "start": start, "closing": closing})
                return state.find_line_end_at(found.end()) if found else state.cursor_max
        if not _TO_BLANK.match(state.src, start):
            end = state.append_paragraph()
            if end:
                return end
            if not _LONE_TAG.match(state.src, start, state.find_line_end()):
                return None
        blank = _BLANK_LINE.search(state.src, start)
        state.append_token({"type": "block_html", "start": start})
        return blank.start() if blank else state.cursor_max

    def parse_block_quote(self, m: re.Match[str], state: BlockState) -> int:
        """Find the end of a quote: the first line that neither has a ``>`` nor continues its paragraph."""
        end, leaf = m.start(), _Leaf()
        while end < state.cursor_max:
            after = state.find_line_end_at(end)
            prefix = _QUOTE.match(state.src, end)
            if prefix:
                leaf.feed(state.src[prefix.end() : after])
            elif not leaf.paragraph or end + 1 == after or _STARTS_BLOCK.match(state.src, end):
                break
            end = after
        state.append_token({"type": "block_quote"})
        return end

    def parse_list(self, m: re.Match[str], state: BlockState) -> int:
        """Find the items of a list, and what is in them (5.2, 5.3)."""
        first = _ITEM.match(state.src, m.start())
        assert first
        bare = not state.src[first.end() : state.find_line_end_at(first.end())].strip()
        if bare or first[2][:-1] not in ("", "1"):
            end = state.append_paragraph()  # such an item does not interrupt a paragraph
            if end:
                return end
        items: list[dict[str, Any]] = []
        item: re.Match[str] | None = first
        end = first.start()
        while item:
            found, item = self._item(item, state)
            items.append(found)
            end = found["end"]
        state.append_token({"type": "list", "children": items, "stop": end})
        return end

    def _item(self, m: re.Match[str], state: BlockState) -> tuple[dict[str, Any], re.Match[str] | None]:
        """Read one item, and find the marker of the item after it in the same list."""
        src, lead = state.src, len(m[0])
        end = state.find_line_end_at(m.end())
        bare = not src[m.end() : end].strip()
        gap = 1 if bare else _columns(src, m.end(), lead)
        width = lead + (gap if gap <= 4 else 1)
        lines = ["\n" if bare else " " * (lead + gap - width) + src[m.end() : end].lstrip(" \t")]
        hollow = bare and src.startswith("\n", end)  # an item begins with at most one blank line
        leaf, blanks, following, position = _Leaf(), 0, None, end
        leaf.feed(lines[0])
        while position < state.cursor_max:
            after = state.find_line_end_at(position)
            line = src[position:after]
            if line == "\n":
                blanks += 1
            elif not hollow and _columns(line, 0, 0) >= width:
                line = _dedent(line, width)
            else:
                following = None if _RULE.match(line) else _ITEM.match(src, position)
                if following or blanks or not leaf.paragraph or _STARTS_BLOCK.match(line):
                    break
            lines.append(line)
            leaf.feed(line)
            position = after
            if line != "\n":
                end, blanks = after, 0
        token = {"type": "list_item", "start": m.start(), "end": end, "marker": m, "width": width}
        if following and following[2][-1] != m[2][-1]:
            following = None
        token["loose"] = bool(following and blanks)
        if self.nested:
            # Most items are one line of text, and need no parser to say so.
            simple = lines[0][0].isalpha() and not any(line != "\n" for line in lines[1:])
            token["inside"] = None if simple else self._inside("".join(lines), state, m.start())
        return token, following

    def _inside(self, text: str, parent: BlockState, start: int) -> _State:
        """Parse what is in an item; below ``DEEPEST`` levels without any containers."""
        assert isinstance(parent, _State)
        child = _State(parent)
        child.process(text)
        child.line = parent.line_at(start)
        flat = parent.depth() >= self.max_nested_level - 1
        self.parse(child, [r for r in self.rules if r not in ("list", "block_quote")] if flat else None)
        return child


def _columns(text: str, position: int, column: int) -> int:
    """Count the columns of the spaces and tabs at ``position``, which stands at ``column``."""
    start = column
    for char in text[position : position + 400]:
        if char == " ":
            column += 1
        elif char == "\t":
            column += 4 - column % 4
        else:
            break
    return column - start


def _dedent(line: str, width: int) -> str:
    """Take ``width`` columns of indentation off a line that has as many."""
    bare = line.lstrip(" \t")
    return " " * (len(line[: len(line) - len(bare)].expandtabs(4)) - width) + bare


_OUTLINE = _Blocks(nested=False)
_NESTED = _Blocks(nested=True)


def outline(source: bytes, *, top: bool) -> list[Heading]:
    """Find the headings of a text in time linear in its length; ``top`` says that the file begins with it."""
    text, state = _run(_Blocks(nested=False), source, top)
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
    text, state = _run(_Blocks(nested=True), source, top)
    found = _found(text, state, len(text.starts) - 1, _Place(0, 0))
    front = text.starts[0]
    if source[:front].strip(BOM):
        found.insert(0, Block("front matter", 0, front, ""))
    return found


def bullets(found: Sequence[Block]) -> list[Bullet]:
    """Return the items of all lists among some blocks."""
    return [bullet for block in found for bullet in block.bullets]


def interrupts(line: bytes) -> bool:
    """Say whether a line begins a block of its own right after a list item's paragraph."""
    return bool(_STARTS_BLOCK.match(line.decode("utf-8", "surrogateescape").rstrip("\r\n")))


def plain(text: str) -> str:
    """Return inline Markdown as it is read: without marks, links by their text, cut at ``LOOKED_AT``."""
    text = _NOT_UTF8.sub("\ufffd", text[:LOOKED_AT])
    if not _INLINE_MARK.search(text):
        return text
    return _shown(_inline()(text, {"ref_links": {}}))


@cache
def _inline() -> InlineParser:
    return Markdown(plugins=[strikethrough]).inline


def _shown(tokens: Iterable[dict[str, Any]]) -> str:
    return "".join(
        " "
        if token["type"] in ("linebreak", "softbreak")
        else _shown(token["children"])
        if "children" in token
        else ""
        if token["type"] == "inline_html"
        else unescape(token["raw"])
        if token["type"] == "text"
        else token.get("raw", "")
        for token in tokens
    )


def preamble(source: bytes) -> int:
    """Return where a file's Markdown begins: after its byte order mark and its YAML front matter.

    Front matter has to look like a mapping: notes, too, may open with a line of dashes.
    """
    start = len(BOM) if source.startswith(BOM) else 0
    if not may_open_front_matter(source):
        return start
    m = _FRONT_MATTER.match(source, start)
    lines = _LINE_END.split(m[1]) if m else []
    return m.end() if m and _is_mapping([line.decode("utf-8", "replace") for line in lines]) else start


def may_open_front_matter(source: bytes) -> bool:
    """Say whether a file begins with the line that opens front matter."""
    return source.startswith((b"---", BOM + b"---"))


def _is_mapping(lines: list[str]) -> bool:
    """Say whether lines look like a YAML mapping; the parser of YAML is not for the core to call."""
    keys = [bool(_MAPPING_KEY.match(line)) for line in lines]
    first = next((key for key, line in zip(keys, lines, strict=True) if line and line[0] != "#"), False)
    return first and all(key or _MAPPING_REST.match(line) for key, line in zip(keys, lines, strict=True))


def _run(parser: _Blocks, source: bytes, top: bool) -> tuple[_Text, _State]:
    text = _Text(source, preamble(source) if top else 0)
    state = _State()
    state.sparse = not parser.nested
    state.process(text.parsed)
    parser.parse(state)
    return text, state


class _Place(NamedTuple):
    """How many lists stand around a text, and the column it begins at."""

    depth: int
    column: int


def _found(text: _Text, state: _State, stop: int, place: _Place) -> list[Block]:
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


def _bullets(text: _Text, state: _State, token: dict[str, Any], place: _Place) -> list[Bullet]:
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


def _first_paragraph(text: _Text, state: _State) -> str:
    """Return an item's first paragraph as the source has it: the parsed text may hold stand-ins."""
    first = next((token for token in state.tokens if token["type"] != "blank_line"), None)
    if first is None or first["type"] != "paragraph":
        return ""
    line = state.line_at(first["start"])
    lines = [part.strip(" \t") for part in first["text"].rstrip("\n").split("\n")]
    written = (text.line(number).rstrip(" \t") for number in range(line, line + len(lines)))
    return "\n".join(w[len(w) - len(part) :] for w, part in zip(written, lines, strict=True))
