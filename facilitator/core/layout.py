"""From mistune's tokens to the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, cast

from .links import host, misleads, openable
from .runs import Align, Line, Link, Page, Run, Style, Table


def lay_out(tokens: Iterable[dict[str, Any]]) -> Page:
    """Lay out block tokens; a ``definition`` token holds a link definition as written."""
    writer = _Writer()
    writer.blocks(tokens, _Place())
    return Page(tuple(writer.lines), tuple(writer.links.values()))


def written_target(token: dict[str, Any]) -> str:
    """Give what stands after a link's or image's text: its target, its definition's label, or nothing."""
    label = token.get("label")
    if label is None:
        return f"({token['attrs']['url']})"
    inside = token["children"]
    return "" if len(inside) == 1 and inside[0].get("raw") == label else f"[{label}]"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the page a block stands: what is written before its rows, and how deep it lies."""

    lead: tuple[Run, ...] = ()
    hang: tuple[Run, ...] = ()
    style: tuple[Style, ...] = ()
    bullets: int = 0
    item: bool = False

    def inside(self, marker: Run, again: Run | None = None) -> _Place:
        """Give the place of a block whose first row has the marker, and the others spaces, or ``again``."""
        hang = again or Run(" " * len(marker.text))
        return replace(self, lead=(*self.lead, marker), hang=(*self.hang, hang))

    @property
    def below(self) -> _Place:
        """The same place for all rows after the first."""
        return replace(self, lead=self.hang)


class _Writer:
    """Collects the lines and links of a page."""

    def __init__(self) -> None:
        self.lines: list[Line | Table] = []
        self.links: dict[str, Link] = {}

    def blocks(self, tokens: Iterable[dict[str, Any]], place: _Place) -> None:
        """Write blocks one below the other, parted by a blank line where the source has one or more."""
        previous, blank = "", False
        for token in tokens:
            kind = token["type"]
            if kind == "blank_line":
                blank = True
                continue
            if previous and _parted(previous, kind, blank, place.item):
                self.lines.append(Line(lead=place.lead, hang=place.hang))
            self.block(token, place)
            place, previous, blank = place.below, kind, False
        if not previous and place.lead:
            self.lines.append(Line(lead=place.lead, hang=place.hang))

    def block(self, token: dict[str, Any], place: _Place) -> None:
        """Write one block."""
        match token["type"]:
            case "list":
                self.items(token, place)
            case "block_quote":
                bar = Run("│ ", ("quote",))
                quoted = replace(place.inside(bar, bar), style=(*place.style, "quote"))
                self.blocks(token["children"], quoted)
            case "heading":
                self.paragraph(token["children"], replace(place, style=(*place.style, "heading")))
            case "thematic_break":
                self.lines.append(Line((Run("─" * 8, ("rule",)),), place.lead, place.hang))
            case "block_code":
                self.fence(token, place)
            case "block_html":
                self.verbatim(token["raw"], "html", place)
            case "definition":
                self.verbatim(token["raw"], "note", place)
            case "table":
                self.table(token, place)
            case _:
                self.paragraph(token["children"], place)

    def paragraph(self, tokens: Iterable[dict[str, Any]], place: _Place) -> None:
        """Write inline tokens, a line for each hard line break."""
        runs: list[Run] = []
        for run in self.inline(tokens, place.style):
            if run.text == "\n":
                self.lines.append(Line(_joined(runs), place.lead, place.hang))
                place, runs = place.below, []
            else:
                runs.append(run)
        self.lines.append(Line(_joined(runs), place.lead, place.hang))

    def items(self, token: dict[str, Any], place: _Place) -> None:
        """Write a list, its items close together."""
        attrs = token["attrs"]
        children = token["children"]
        first = attrs.get("start", 1)
        width = len(str(first + len(children) - 1))
        deeper = place.bullets + (not attrs["ordered"])
        for number, item in enumerate(children, first):
            marker = Run(f"{number:>{width}}{token['bullet']} ", ("bullet",))
            if not attrs["ordered"]:
                marker = _box(item) or Run("•◦▪"[place.bullets % 3] + " ", ("bullet",))
            inside = place.inside(marker)
            if attrs["ordered"] and (box := _box(item)):
                inside = inside.inside(box)
            self.blocks(item["children"], replace(inside, bullets=deeper, item=True))
            place = place.below

    def fence(self, token: dict[str, Any], place: _Place) -> None:
        """Write a block of code; the name of a language is left out, words after the fence are not."""
        info = token.get("attrs", {}).get("info", "")
        if " " in info:
            self.verbatim(info, "note", place)
            place = place.below
        self.verbatim(token["raw"], "fence", place.inside(Run("  ")))

    def verbatim(self, text: str, style: Style, place: _Place) -> None:
        """Write lines as they are."""
        for line in text.rstrip("\n").split("\n"):
            runs = (Run(line, (style,)),) if line else ()
            self.lines.append(Line(runs, place.lead, place.hang, verbatim=True))
            place = place.below

    def table(self, token: dict[str, Any], place: _Place) -> None:
        """Write a table; its columns get their widths where they are drawn."""
        head, body = token["children"]
        heads: tuple[Style, ...] = (*place.style, "strong")
        rows = [(head, heads), *((row, place.style) for row in body["children"])]
        align = tuple(cast("Align", cell["attrs"]["align"] or "left") for cell in head["children"])
        cells = tuple(
            tuple(_joined(self.inline(cell["children"], style)) for cell in row["children"])
            for row, style in rows
        )
        self.lines.append(Table(cells, align, place.lead, place.hang))

    def inline(self, tokens: Iterable[dict[str, Any]], style: tuple[Style, ...]) -> Iterator[Run]:
        """Give the runs of inline tokens; a run of just a line feed is a hard line break."""
        for token in tokens:
            match token["type"]:
                case "text":
                    yield Run(_decoded(token["raw"]), style)
                case "softbreak":
                    yield Run(" ", style)
                case "linebreak":
                    yield Run("\n")
                case "codespan":
                    yield Run(token["raw"], (*style, "code"))
                case "inline_html":
                    yield Run(token["raw"].replace("\n", " "), (*style, "html"))
                case "link":
                    yield from self.link(token, style)
                case "image":
                    yield self.image(token, style)
                case kind:
                    yield from self.inline(token["children"], (*style, _INLINE[kind]))

    def link(self, token: dict[str, Any], style: tuple[Style, ...]) -> Iterator[Run]:
        """Give a link's text; its target's host too where the text reads as another address."""
        url: str = token["attrs"]["url"]
        runs = list(self.inline(token["children"], (*style, "link")))
        text = "".join(run.text for run in runs).replace("\n", " ")
        if openable(url):
            self.links.setdefault(url, Link(text or url, url))
            yield from runs or [Run(url, (*style, "link"))]
            if misleads(text, url):
                yield Run(f" ({host(url) or url})", (*style, "note"))
        elif text == url:
            yield Run(text, style)
        else:
            yield Run("[", style)
            yield from self.inline(token["children"], style)
            yield Run("]", style)
            yield Run(written_target(token), (*style, "note"))

    def image(self, token: dict[str, Any], style: tuple[Style, ...]) -> Run:
        """Give an image's description, and its target as a link or, where it must not be opened, as text."""
        url = token["attrs"]["url"]
        alt = "".join(run.text for run in _Writer().inline(token["children"], ())).replace("\n", " ")
        shown = f"[image: {alt}]" if alt else "[image]"
        if openable(url):
            self.links.setdefault(url, Link(alt or url, url))
        else:
            shown += written_target(token)
        return Run(shown, (*style, "note"))


_INLINE: dict[str, Style] = {"strong": "strong", "emphasis": "emphasis", "strikethrough": "strike"}

# Without its semicolon a reference is text (CommonMark 2.5).
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _parted(previous: str, kind: str, blank: bool, item: bool) -> bool:
    """Whether a blank line parts two blocks: where the source has one, but lists are kept close."""
    if kind == "heading" or previous == "heading":
        return kind == "heading"
    if kind == "list":
        return blank and previous != "list" and not item
    return blank or previous == "list"  # a list takes the blank lines after it


def _box(item: dict[str, Any]) -> Run | None:
    if item["type"] != "task_list_item":
        return None
    return Run("☑ ", ("done",)) if item["attrs"]["checked"] else Run("☐ ", ("task",))


def _decoded(text: str) -> str:
    """Resolve character references, which mistune leaves to its HTML renderer."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: unescape(match[0]), text).replace("\n", " ")


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one style, and let empty runs go."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        elif run.text:
            joined.append(run)
    return tuple(joined)
