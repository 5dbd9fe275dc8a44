"""What may stand in a file before its Markdown: a byte order mark, and front matter."""

from __future__ import annotations

import re

BOM = b"\xef\xbb\xbf"

_LINE_END = re.compile(rb"\r\n|\n|\r")
_FRONT_MATTER = re.compile(
    rb"---[ \t]*(?:\r\n|\n|\r)((?:[^\r\n]*(?:\r\n|\n|\r))*?)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"
)
_MAPPING_KEY = re.compile(r"[\w\"'][^:]*:(?:[ \t]|$)")
_MAPPING_REST = re.compile(r"[ \t]|- |-$|#|$")


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
