"""What a heading or a topic says: which project, who leads it, its status, how long it may take.

Headings are read as people write them: ``Diego - Eric Malm``, ``Eirini (incubating) - Julz Friedman``,
``CLI - (vacant)``, ``App AutoScaler (Julz)``, ``~~Marco Nicosia~~ David Wadden``, ``Intro [30 mins]``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from facilitator.core.agenda import names
from facilitator.core.grammar import LOOKED_AT
from facilitator.core.inline import plain

_DASH = re.compile(r"\s[-‐‑‒–—―]+(?:\s|$)")
_PARENTHESES = re.compile(r"\s*\(([^()]+)\)")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_STRUCK = re.compile(r"~~.*?~~")
_URL = re.compile(r"\s*\(?\bhttps?://[^\s()]*\)?")
_DURATION = (
    r"(?:\d+\s*[-–]\s*)?(?P<number>\d+)\s*"
    r"(?P<unit>h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b\.?"
)
_ANY_TIME = re.compile(_DURATION, re.I)
_BRACKETED_TIME = re.compile(rf"\s*{_DURATION}(?:[\s,;]+(?P<rest>.*))?", re.I)
_TIMEBOX = re.compile(
    rf"\b{_DURATION}[\s-]*timebox\b|\btimebox(?:ed)?\b[\s:=to]*{_DURATION.replace('?P<', '?P<b_')}", re.I
)
_TRAILING_TIME = re.compile(rf"[\s:,–-]+{_DURATION}\s*$", re.I)
_NOBODY = re.compile(r"\W*(?:vacant|open|none|nobody|tb[ad]|n/?a)?\W*", re.I)
_STANDS_IN = re.compile(
    r"\s+((?:pinch[- ]hitting|filling in|standing in|on behalf of|representing|covering|for)\b.*)", re.I
)
_NAME = re.compile(r"@?[^\W\d_a-z][\w.'’-]*(?:\s+(?:[^\W\d_a-z][\w.'’-]*|van|von|der|de|da|di|la|le|y))*")
_ALIAS = re.compile(r"(?:a\.?k\.?a\b|formerly|previously|was |née)", re.I)
_HAS_WORD = re.compile(r"\w")


class Heading(NamedTuple):
    """A heading taken apart; all texts are plain."""

    project: str
    leads: tuple[str, ...] = ()
    """Nobody where the lead is vacant."""
    status: str = ""
    """``incubating`` and the like."""
    remark: str = ""
    """What else stands there: out of the office, who stands in for whom, another name."""
    timebox: int | None = None
    """Seconds."""


def heading(text: str) -> Heading:
    """Take a project heading's Markdown apart."""
    text, timebox, remarks = _without_timebox(text, trailing=True)
    left, right = _halves(text)
    lead_names, remark = _leads(right)
    project, status = plain(left), ""
    for inside in _PARENTHESES.findall(project):
        inner = inside.strip()
        project = project.replace(f"({inside})", "")
        if (
            not lead_names
            and right is None
            and ((_NAME.fullmatch(inner) and not inner.isupper()) or inner == "?")
        ):
            lead_names = _people(inner)
        elif _ALIAS.match(inner) or status or not inner.islower() or len(inner.split()) > 3:
            remarks.append(inner)
        else:
            status = inner
    if right is None and remarks and not lead_names and timebox is not None and _NAME.fullmatch(remarks[0]):
        lead_names = _people(remarks.pop(0))
    return Heading(_joined(project), lead_names, status, ", ".join(filter(None, [*remarks, remark])), timebox)


def projects(text: str) -> list[str]:
    """Return what may be the project's name in a heading, the longest first."""
    bare = plain(_without_timebox(text, trailing=True)[0])
    return [bare, *(bare[: m.start()] for m in reversed(list(_DASH.finditer(bare))))]


def title(text: str, *, heading: bool = False) -> str:
    """Return a heading or topic as plain text for the running order, without timebox and URLs."""
    text = _without_timebox(text, trailing=heading)[0]
    shown = _joined(plain(_without_struck(text)))
    return _joined(_URL.sub("", shown)) or shown


def timebox(text: str, *, trailing: bool = False) -> int | None:
    """Return the seconds a text grants itself; ``trailing`` takes ``… 10 mins`` at its end for that, too."""
    return _without_timebox(text, trailing=trailing)[1]


def may_hold_timebox(text: str) -> bool:
    """Say quickly whether any timebox can be in a text."""
    return bool(_ANY_TIME.search(text))


def is_timebox(text: str) -> bool:
    """Say whether a text is a timebox and nothing else."""
    rest, seconds, _ = _without_timebox(f" {text}", trailing=True)
    return seconds is not None and not _HAS_WORD.search(rest)


def name_key(name: str) -> str:
    """Return what two spellings of a name have in common: letters and digits, single blanks."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))


def _halves(text: str) -> tuple[str, str | None]:
    """Cut a heading at its last dash between blanks that stands outside links and parentheses."""
    for m in reversed(list(_DASH.finditer(text))):
        left, right = text[: m.start()], text[m.end() :]
        if left.count("(") == left.count(")") and left.count("[") == left.count("]"):
            return left, right
    inside = re.fullmatch(r"\[(.*)\]\([^()]*\)", text.strip())
    return _halves(inside[1]) if inside and _DASH.search(inside[1]) else (text, None)


def _leads(text: str | None) -> tuple[tuple[str, ...], str]:
    """Read who leads, and what else stands in their place."""
    if text is None:
        return (), ""
    shown = plain(_without_struck(text))
    remarks = [inside.strip() for inside in _PARENTHESES.findall(shown)]
    bare = _joined(_PARENTHESES.sub(" ", shown))
    if m := _STANDS_IN.search(bare):
        bare, remarks = bare[: m.start()], [m[1], *remarks]
    return _people(bare), ", ".join(filter(None, remarks))


def _people(text: str) -> tuple[str, ...]:
    return () if _NOBODY.fullmatch(text) else names(text.strip(" ,;"))


def _without_struck(text: str) -> str:
    """Leave out what is struck through, unless nothing else is there."""
    kept = _STRUCK.sub("", text)
    return kept if _HAS_WORD.search(kept) else text.replace("~~", "")


def _without_timebox(text: str, *, trailing: bool) -> tuple[str, int | None, list[str]]:
    """Return a text without its timebox, the seconds, and what else stood in its parentheses."""
    text = text[:LOOKED_AT]
    for m in _BRACKETS.finditer(text):
        if inside := _BRACKETED_TIME.fullmatch(m[1]) or _TIMEBOX.search(m[1]):
            rest = (inside.groupdict().get("rest") or "").strip()
            remarks = [rest] if rest and not re.search("timebox", rest, re.I) else []
            return text[: m.start()] + text[m.end() :], _seconds(inside), remarks
    found = _TIMEBOX.search(text) or (_TRAILING_TIME.search(text) if trailing else None)
    if found:
        return (text[: found.start()] + text[found.end() :]).strip(" :"), _seconds(found), []
    return text, None, []


def _seconds(m: re.Match[str]) -> int:
    groups = m.groupdict()
    number, unit = groups["number"] or groups["b_number"], groups["unit"] or groups["b_unit"]
    return int(number) * {"h": 3600, "m": 60, "s": 1}[unit[0].lower()]


def _joined(text: str) -> str:
    return " ".join(text.split())
