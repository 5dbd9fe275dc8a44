"""Votes in the capture line: who votes how, how many vote how, or that something is put to the vote.

``ann yes, bob no`` and ``for: ann, cy; against: bob`` name people, ``5 for, 2 against`` is a count. What is neither,
and no question either, is refused with a hint: a vote is never guessed, nor is anybody who might have cast it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import naming, owners
from .directives import CallVote, CastVote, CastVotes, Choice, CountVotes
from .line import Capture, Context

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS: dict[str, Choice] = {
    "+1": "for",
    "-1": "against",
    "0": "abstained",
    "+0": "abstained",
    "-0": "abstained",
}
_WORDS: dict[str, Choice] = {
    **dict.fromkeys(("yes", "yea", "aye", "for", "approve", "approves", "in favour", "in favor"), "for"),
    **dict.fromkeys(("no", "nay", "against", "reject", "rejects", "opposed"), "against"),
    **dict.fromkeys(
        ("abstain", "abstains", "abstained", "abstaining", "abstention", "abstentions"), "abstained"
    ),
}
_CHOICES = _SIGNS | _WORDS
_CLEAR = frozenset(_CHOICES) - {"0", "for", "against", "approve", "approves", "reject", "rejects", "no"}
"""Choices that hardly stand in the middle of a question."""


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_CHOICE = re.compile(rf"(?<![\w@.'’+-]){_any([*_CHOICES])}(?![\w'’-])", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?P<before>\d{{1,4}})\s+(?:votes?\s+)?(?P<choice>{_any([*_WORDS])})\b"
    rf"|(?P<named>{_any([*_WORDS])})\s*:?\s*(?P<after>\d{{1,4}})\b",
    re.IGNORECASE,
)
_BETWEEN_COUNTS = re.compile(r"[\s,;]*(?:\band\b)?[\s,;.]*", re.IGNORECASE)
_CALLED = re.compile(r"votes?:?\s+", re.IGNORECASE)
_SCORE = re.compile(r"\d{1,4}(?:\s*[-–:/,]\s*\d{1,4}){1,2}")
_BEFORE = re.compile(r"^(?:[\s,;:.&]+|(?:and|from|by)\s+)+", re.IGNORECASE)
_AFTER = re.compile(r"(?:[\s,;:.&]+|\s+(?:and|votes?|voted|is|are)\b)+$", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:shall|should|do|does|did|can|could|would|will|is|are|who|what|which)\b", re.IGNORECASE
)

_HOW = "Ann, Bo yes, Cy no, or 5 for, 2 against"


def vote(text: str, context: Context) -> Capture:
    """Read who votes how (``Eric, JF: +1``), a count of votes, or put something to the vote."""
    if not text:
        return Capture((), (CallVote(),), f"call the vote; who votes how: /vote {_HOW}")
    if counts := _counts(text):
        return _counted(counts)
    cast = _cast(text)
    if cast is None and (_SCORE.fullmatch(text) or _unclear(text)):
        return Capture(chip="vote", hint=f"who votes how? {_HOW}")
    if cast is None or (_ASKS.match(text) and not owners.resolve(cast[0][0], context.people)[1]):
        elsewhere = f"motions belong in {' or '.join(context.motions_in)}" if context.motions_in else ""
        return Capture((), (CallVote(text),), "call the vote", elsewhere)
    if not all(names for names, _ in cast):
        return Capture(chip="vote", hint=f"whose vote is it? {_HOW}")
    return _named(text, cast, context)


def sounding(text: str) -> str:
    """Return the line for prose that is how scribes write a vote (``+1``, ``abby +1``); empty for any other."""
    bare = _CALLED.sub("", text)
    cast = _cast(bare)
    signed = cast is not None and any(
        match[0] in _SIGNS for match in _CHOICE.finditer(bare) if match[0] != "0"
    )
    return f"/vote {bare}" if cast and (signed or bare != text) else ""


def _cast(text: str) -> list[tuple[str, Choice]] | None:
    """Return names as they were typed, each with a choice; None where the text is made in no such way."""
    found = list(_CHOICE.finditer(text))
    if not found:
        return None
    leads, ends = found[0].start() == 0, not text[found[-1].end() :].strip(" .!")
    if not (leads or ends):
        return None
    if ends and not (leads and len(found) == 1):
        starts = [0, *(match.end() for match in found[:-1])]
        spans = zip(starts, (match.start() for match in found), strict=True)
    else:
        stops = [*(match.start() for match in found[1:]), len(text)]
        spans = zip((match.end() for match in found), stops, strict=True)
    pieces = (_AFTER.sub("", _BEFORE.sub("", text[start:end])) for start, end in spans)
    return [(piece.strip(), _CHOICES[match[0].lower()]) for piece, match in zip(pieces, found, strict=True)]


def _unclear(text: str) -> bool:
    """Say whether votes seem to be meant, though it can't be said whose."""
    return not text.endswith("?") and any(match[0].lower() in _CLEAR for match in _CHOICE.finditer(text))


def _counts(text: str) -> list[tuple[int, Choice]]:
    """Return the counts of votes that a text is nothing but; none else."""
    found: list[tuple[int, Choice]] = []
    at = 0
    for match in _COUNT.finditer(text):
        if not _BETWEEN_COUNTS.fullmatch(text, at, match.start()):
            return []
        at = match.end()
        word = match["choice"] or match["named"]
        found.append((int(match["before"] or match["after"]), _WORDS[word.lower()]))
    return found if _BETWEEN_COUNTS.fullmatch(text, at) else []


def _counted(counts: Sequence[tuple[int, Choice]]) -> Capture:
    by = {choice: number for number, choice in counts}
    if len(by) < len(counts):
        return Capture(chip="vote", hint=f"each choice once: {_HOW}")
    made = CountVotes(by.get("for", 0), by.get("against", 0), by.get("abstained", 0))
    told = f"{made.votes_for} for, {made.against} against, {made.abstained} abstained"
    return Capture((), (made,), f"votes counted: {told}")


def _named(text: str, cast: Sequence[tuple[str, Choice]], context: Context) -> Capture:
    made = tuple(CastVote(owners.listed(names, context.people), choice) for names, choice in cast)
    nobody = [name for one in made for name in one.names if not owners.may_name(name, context.people)]
    if nobody:
        return Capture(chip="vote", hint=f"{nobody[0]} names nobody: {_HOW}")
    directive = made[0] if len(made) == 1 else CastVotes(made)

    def tell(lists: Sequence[tuple[str, ...]]) -> str:
        return "vote " + "; ".join(
            f"{one.choice}: {', '.join(names)}" for one, names in zip(made, lists, strict=True)
        )

    return naming.named(text, [names for names, _ in cast], directive, tell, context)
