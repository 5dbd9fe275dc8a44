"""Inline Markdown as it is read, by mistune's own inline rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from typing import Any

from mistune import InlineParser, Markdown
from mistune.plugins.formatting import strikethrough

from .grammar import LOOKED_AT

_NOT_UTF8 = re.compile(r"[\ud800-\udfff]")
_INLINE_MARK = re.compile(r"[\\`*_~\[<&!\n]")


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
