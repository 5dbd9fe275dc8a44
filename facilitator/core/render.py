"""Markdown of one item to lines that a screen can draw (``core.runs``), and to HTML.

Everything CommonMark has is rendered, and GitHub's tables, task boxes, strike-through and bare addresses.
Three things are shown as written, dimly, because somebody wrote them and hiding them would lose it: HTML and
its comments, link definitions (``[EM]: yes`` is one), and links whose target may not be opened.

mistune is imported when the first text comes: that takes 25 ms, which drawing has no need to wait for.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, cast

from .layout import lay_out, written_target
from .links import host, misleads, openable
from .marks import visible
from .runs import Line, Page, Run

if TYPE_CHECKING:
    from mistune import BlockParser, BlockState, Markdown

LIMIT = 50_000
"""Characters beyond which an item is shown as written: parsing more would hold up the clock."""


def render(source: bytes | str, *, topic: bool = False) -> Page:
    """Render an item's own text; any input has a rendering.

    A ``topic`` is the lines of one list item, from its marker on, as deep as it stands in its file. What is
    longer than ``LIMIT`` or nested beyond what the parser bears is shown as written.
    """
    text = _normalized(source)
    if topic:
        text = _outdented(text)
    if len(text) > LIMIT:
        return as_written(text)
    try:
        tokens = cast("list[dict[str, Any]]", _parser()(text))
    except RecursionError:
        return as_written(text)
    return lay_out(tokens)


def as_written(source: bytes | str) -> Page:
    """Give the source itself, a line for each of its lines."""
    text = _normalized(source).removesuffix("\n")
    return Page(
        tuple(Line((Run(line),) if line else (), verbatim=True) for line in text.split("\n")) if text else ()
    )


def html(source: bytes | str) -> str:
    """Render as HTML in which everything is escaped; links that must not be opened are text."""
    text = _normalized(source)
    try:
        return visible(cast("str", _html_parser()(text)))
    except RecursionError:
        return f"<pre>{visible(escape(text))}</pre>\n"


# mistune takes quadratic time over long gaps in a heading; nobody sees where a gap of 200 columns ends.
_GAP = re.compile(r"[^\S\n]{200,}")
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _normalized(source: bytes | str) -> str:
    """Give the text with line feeds only, and without what the parser cannot take or would misread."""
    text = (
        source.decode("utf-8", "replace") if isinstance(source, bytes) else _SURROGATE.sub("\ufffd", source)
    )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _GAP.sub(" " * 200, _BLANK.sub("", text))


def _outdented(text: str) -> str:
    """Take the first line's indent off every line that has it."""
    lines = [(line.lstrip(" \t"), line) for line in text.split("\n")]
    widths = [len(line[: len(line) - len(rest)].expandtabs(4)) for rest, line in lines]
    return "\n".join(
        " " * max(0, width - widths[0]) + rest for width, (rest, _) in zip(widths, lines, strict=True)
    )


@cache
def _parser() -> Markdown:
    from mistune import create_markdown

    return _extended(create_markdown(renderer=None, plugins=_PLUGINS))


@cache
def _html_parser() -> Markdown:
    from mistune import HTMLRenderer, create_markdown

    class Renderer(HTMLRenderer):
        def render_token(self, token: dict[str, Any], state: BlockState) -> str:
            if token["type"] != "link" or openable(token["attrs"]["url"]):
                return super().render_token(token, state)
            text = self.render_tokens(token["children"], state)
            return (
                text if text == escape(token["attrs"]["url"]) else f"[{text}]{escape(written_target(token))}"
            )

        def link(self, text: str, url: str, title: str | None = None) -> str:
            note = f" ({escape(host(url) or url)})" if misleads(text, url) else ""
            return f'<a href="{escape(url)}">{text or escape(url)}</a>{note}'

        def image(self, text: str, url: str, title: str | None = None) -> str:
            shown = f"[image: {text}]" if text else "[image]"
            return self.link(shown, url) if openable(url) else f"{shown}({escape(url)})"

        def task_list_item(self, text: str, checked: bool) -> str:
            box = "☑ " if checked else "☐ "
            return "<li>" + ("<p>" + box + text[3:] if text.startswith("<p>") else box + text) + "</li>\n"

        def block_code(self, code: str, info: str | None = None) -> str:
            return f"<pre><code>{escape(code)}</code></pre>\n"

        def definition(self, text: str) -> str:
            return f"<p>{escape(text.strip())}</p>\n"

    return _extended(create_markdown(renderer=Renderer(escape=True), plugins=_PLUGINS))


_PLUGINS = (
    "strikethrough",
    "url",
    "table",
    "mistune.plugins.table.table_in_list",
    "mistune.plugins.table.table_in_quote",
)
_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


def _extended(markdown: Markdown) -> Markdown:
    """Have link definitions, which leave no token, leave one, and boxes be told from text.

    mistune's own plugin for boxes also takes ``- [x]`` for one, which is text. Its states share a cache of
    one text, which definitions by turns in lists and outside make quadratic: each gets its own.
    """
    from mistune import BlockState

    class State(BlockState):
        def __init__(self, parent: Any = None) -> None:
            super().__init__(parent)
            self.env = {"ref_links": self.env["ref_links"]}

    def parse(block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        last = state.last_token()
        end = block.parse_ref_link(match, state)
        if end and not (last and last["type"] == "paragraph"):
            state.append_token({"type": "definition", "raw": state.src[match.start() : end]})
        return end

    markdown.block.state_cls = State
    markdown.block.register("ref_link", None, parse)
    markdown.before_render_hooks.append(lambda _, state: _find_boxes(state.tokens))
    return markdown


def _find_boxes(tokens: list[dict[str, Any]]) -> None:
    for token in tokens:
        children = token.get("children", [])
        if token["type"] == "list_item" and children and (box := _BOX.match(children[0].get("text", ""))):
            children[0]["text"] = children[0]["text"][box.end() :]
            token.update(type="task_list_item", attrs={"checked": box[1] != " "})
        _find_boxes(children)
