"""The signs by which CommonMark 0.31.2 tells one kind of block from another."""

from __future__ import annotations

import re

DEEPEST = 20
"""List items nested deeper than this are the text of the item they stand in."""

LOOKED_AT = 1000
"""So many characters of a line tell what kind of line it is, and so many of a heading what it says."""

BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
"""Tags that begin an HTML block up to the next blank line (4.6, condition 6)."""

RAW_TAGS = "pre|script|style|textarea"
"""Tags that begin an HTML block up to the end of such a tag (4.6, condition 1)."""

_TAG_NAME = r"[A-Za-z][A-Za-z0-9-]*"
ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\x00-\x20"'=<>`]+|'[^']*'|"[^"]*"))?"""
"""An attribute in a tag (6.6); like other readers, and unlike the specification, with any white space before it."""

_TAGS_END = r"(?=[ \t\n>]|/>|$)"
_HTML_BEGINS = (
    (r"<!--", r"-->"),
    (r"<\?", r"\?>"),
    (r"<!\[CDATA\[", r"\]\]>"),
    (r"<![A-Za-z]", r">"),
    (rf"<(?:{RAW_TAGS})(?=[ \t\n>]|$)", rf"</(?:{RAW_TAGS})>"),
)
"""How an HTML block of conditions 1 to 5 begins and ends (4.6)."""
HTML_TO_END = [(re.compile(rf" {{0,3}}{begin}", re.I), re.compile(end, re.I)) for begin, end in _HTML_BEGINS]
HTML_TO_BLANK = re.compile(rf" {{0,3}}</?(?:{BLOCK_TAGS}){_TAGS_END}", re.I)
LONE_TAG = re.compile(rf" {{0,3}}(?:<{_TAG_NAME}(?:{ATTRIBUTE})*\s*/?>|</{_TAG_NAME}\s*>)[ \t]*(?:\n|$)")
BLANK_LINE = re.compile(r"^[ \t]*$\n?", re.M)

_MARKER = r"(?:[-+*]|\d{1,9}[.)])(?=[ \t\n]|$)"
_ATX = r"#{1,6}(?=[ \t\n]|$)"
_FENCE = r"(?:`{3,}(?=[^`\n]*$)|~{3,})"
_BREAK = r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$"
_HTML = rf"(?i:{'|'.join(begin for begin, _ in _HTML_BEGINS)}|</?(?:{BLOCK_TAGS}){_TAGS_END})"
STARTS_BLOCK = re.compile(rf"^ {{0,3}}(?:{_ATX}|{_FENCE}|{_MARKER}|>|{_BREAK}|{_HTML})", re.M)
"""A line that cannot continue the paragraph of a container it does not stand in (5.1, 5.2)."""
_LEAF = re.compile(rf" {{0,3}}(?:(?P<fence>{_FENCE})|(?P<html>{_HTML})|{_ATX}|{_BREAK})", re.M)
_CONTAINER = re.compile(rf" {{0,3}}(?:>|{_MARKER}) ?")
ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])(?=[ \t]|\n|$)")
RULE = re.compile(rf" {{0,3}}{_BREAK}", re.M)
UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$", re.M)
QUOTE = re.compile(r" {0,3}> ?")


def interrupts(line: bytes) -> bool:
    """Say whether a line begins a block of its own right after a list item's paragraph."""
    return bool(STARTS_BLOCK.match(line.decode("utf-8", "surrogateescape").rstrip("\r\n")))


class Leaf:
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
            m = None if RULE.match(line, start) else _CONTAINER.match(line, start)
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


def columns(text: str, position: int, column: int) -> int:
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


def dedent(line: str, width: int) -> str:
    """Take ``width`` columns of indentation off a line that has as many."""
    bare = line.lstrip(" \t")
    return " " * (len(line[: len(line) - len(bare)].expandtabs(4)) - width) + bare
