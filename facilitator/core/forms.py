"""The forms by which written entries are known: one definition for writing them and for reading them.

All but the first two are looked for in ``masked`` text, where only punctuation that means something is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

_SAYS = r"(?:(?i:action(?:[ ]item)?|todo)|AI)"
ACTION = re.compile(
    rf"(?P<wrap>\*\*|__|[*_])?(?:{_SAYS}[ ]?(?P<colon>:)(?![:/])|(?P<open>\[)(?i:action(?:[ ]item)?|todo)\]:?)"
    r"(?(wrap)(?P=wrap))[ ]*"
    rf"|(?P<around>\*\*|__|[*_]){_SAYS}(?P=around)[ ]?:[ ]*"
)
"""How a list item says that it is an action item: ours, and the forms people type."""

ATTRIBUTION = re.compile(r"\[(?P<by>[^\W\d_]{1,5})\][ ]+(?=\S)")
"""Initials before a note; a small letter at the start, or a lone ``X``, is none (``agenda.is_initials``)."""

DATES = re.compile(
    r"(?:^|[ ])(?P<open>\()(?:due (?P<due>\d{4}-\d\d-\d\d))?"
    r"(?:(?(due), )from (?P<since>\d{4}-\d\d-\d\d))?(?(due)|(?(since)|(?!)))\)$",
    re.ASCII,
)
"""The dates at the end of an action item."""

MOVED = re.compile(r"(?:^|[ ])(?P<open>\()moved by (?P<by>[^(]*)\)$")
"""The mover at the end of a motion."""

PRESENT = re.compile(r"(?:^|[ ])(?P<open>\()(?P<present>\d+) of (?P<leads>\d+) leads present\)$", re.ASCII)
"""The quorum at the end of an outcome."""

TALLY = re.compile(
    r"(?:^|,[ ])(?P<open>\d+) for, (?P<against>\d+) against, (?P<abstained>\d+) abstained$", re.ASCII
)
"""The count at the end of an outcome, once the quorum is off."""

PROJECT = re.compile(r"[ ](?P<open>\()(?P<project>[^()]+)\)$")
"""What stands in parentheses after an attendee."""

PARKED = re.compile(r"[ ]\(parked (?P<on>\d{4}-\d\d-\d\d)(?: by (?P<by>[^()]+))?\)$", re.ASCII)
"""When and by what something was parked, at its end."""

_TICKS = re.compile(r"`+")
_ESCAPE_OR_TICKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+")


def masked(markdown: str) -> str:
    """Return ``markdown`` with code spans and backslash escapes blanked out, character for character.

    What is looked for in this (a colon, a parenthesis) is punctuation that means something where it stands.
    """
    if "\\" not in markdown and "`" not in markdown:
        return markdown
    runs: dict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(markdown):
        runs[len(run[0])].append(run.start())
    pieces, position = [], 0
    while match := _ESCAPE_OR_TICKS.search(markdown, position):
        end = match.end()
        if match[0][0] == "`":
            closers = runs[len(match[0])]
            following = bisect_left(closers, end)
            if following == len(closers):
                pieces.append(markdown[position:end])
                position = end
                continue
            end = closers[following] + len(match[0])
        pieces += markdown[position : match.start()], "\0" * (end - match.start())
        position = end
    return "".join(pieces) + markdown[position:]
