"""mistune's block parser, made to tell where everything stands and to read as CommonMark 0.31.2 does.

mistune's tokens carry no positions, and it reads a handful of shapes otherwise. Both are put right here and
nowhere else:

* ``State`` notes the offset at which every token starts.
* ``Blocks`` overrides the rules for containers, HTML and link definitions. Everything else is mistune's.
* ``Text`` is the text as mistune should see it: character for character and line for line the source, but
  with the characters replaced that mistune takes for white space and CommonMark for text.

Only the block pass is run. Every block begins and ends on a line boundary, so the way back from the parsed
text to the source goes by line numbers: the byte at which a line starts is known, whatever bytes it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from mistune import BlockParser, BlockState

from facilitator.core.grammar import (
    BLANK_LINE,
    DEEPEST,
    HTML_TO_BLANK,
    HTML_TO_END,
    ITEM,
    LONE_TAG,
    QUOTE,
    RULE,
    STARTS_BLOCK,
    UNDERLINE,
    Leaf,
    columns,
    dedent,
)

_LINE_END = re.compile(rb"\r\n|\n|\r")
_ODD = re.compile(r"[^\S \t\n]|[\0\ud800-\udfff]")
"""White space that CommonMark takes for text, NUL, and bytes that are not UTF-8."""
_BLANK_RUN = re.compile(r"^[ \t]+$", re.M)


class Text:
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


class State(BlockState):
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


class Blocks(BlockParser):
    """mistune's block parser with CommonMark's reading of containers, HTML and link definitions."""

    state_cls = State

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
            STARTS_BLOCK.search(state.src, m.end(), end) or UNDERLINE.search(state.src, m.end(), end)
        ):
            return None
        if end:
            state.append_token({"type": "definition"})
        return end

    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read an HTML block by the seven conditions of 4.6."""
        start = state.cursor
        for begins, ends in HTML_TO_END:
            if begins.match(state.src, start):
                found = ends.search(state.src, start)
                closing = "" if found else ends.pattern.replace("\\", "")
                if closing.startswith("</"):
                    closing = f"</{m[0].strip()[1:].lower()}>"
                state.append_token({"type": "block_html", "start": start, "closing": closing})
                return state.find_line_end_at(found.end()) if found else state.cursor_max
        if not HTML_TO_BLANK.match(state.src, start):
            end = state.append_paragraph()
            if end:
                return end
            if not LONE_TAG.match(state.src, start, state.find_line_end()):
                return None
        blank = BLANK_LINE.search(state.src, start)
        state.append_token({"type": "block_html", "start": start})
        return blank.start() if blank else state.cursor_max

    def parse_block_quote(self, m: re.Match[str], state: BlockState) -> int:
        """Find the end of a quote: the first line that neither has a ``>`` nor continues its paragraph."""
        end, leaf = m.start(), Leaf()
        while end < state.cursor_max:
            after = state.find_line_end_at(end)
            prefix = QUOTE.match(state.src, end)
            if prefix:
                leaf.feed(state.src[prefix.end() : after])
            elif not leaf.paragraph or end + 1 == after or STARTS_BLOCK.match(state.src, end):
                break
            end = after
        state.append_token({"type": "block_quote"})
        return end

    def parse_list(self, m: re.Match[str], state: BlockState) -> int:
        """Find the items of a list, and what is in them (5.2, 5.3)."""
        first = ITEM.match(state.src, m.start())
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
        gap = 1 if bare else columns(src, m.end(), lead)
        width = lead + (gap if gap <= 4 else 1)
        lines = ["\n" if bare else " " * (lead + gap - width) + src[m.end() : end].lstrip(" \t")]
        hollow = bare and src.startswith("\n", end)  # an item begins with at most one blank line
        leaf, blanks, following, position = Leaf(), 0, None, end
        leaf.feed(lines[0])
        while position < state.cursor_max:
            after = state.find_line_end_at(position)
            line = src[position:after]
            if line == "\n":
                blanks += 1
            elif not hollow and columns(line, 0, 0) >= width:
                line = dedent(line, width)
            else:
                following = None if RULE.match(line) else ITEM.match(src, position)
                if following or blanks or not leaf.paragraph or STARTS_BLOCK.match(line):
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

    def _inside(self, text: str, parent: BlockState, start: int) -> State:
        """Parse what is in an item; below ``DEEPEST`` levels without any containers."""
        assert isinstance(parent, State)
        child = State(parent)
        child.process(text)
        child.line = parent.line_at(start)
        flat = parent.depth() >= self.max_nested_level - 1
        self.parse(child, [r for r in self.rules if r not in ("list", "block_quote")] if flat else None)
        return child
