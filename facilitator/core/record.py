"""Typed entries, and their Markdown in the house style.

People's words go through ``prose.escape``; what is left over is words that would read back as something else
(a note that begins with ``ACTION:``, an action item whose text ends in a due date). There one more backslash
stands before the punctuation that misleads: Markdown shows the text as typed, and ``recorded.read`` gives
back the same entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from .agenda import is_initials
from .forms import ACTION, ATTRIBUTION, DATES, MOVED, PRESENT, PROJECT, TALLY, masked
from .prose import escape

Verdict = Literal["Approved", "Rejected", "Deferred", "Withdrawn"]
"""How a motion ends."""


@dataclass(frozen=True, slots=True)
class Note:
    """Prose; ``by`` holds the initials of whom it is attributed to."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was agreed."""

    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when; owners are full names where the roster knows them."""

    text: str
    owners: tuple[str, ...] = ()
    due: date | None = None
    done: bool = False
    since: date | None = None
    """The call it was carried over from; None in the minutes it was first written in."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer to something elsewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted vote."""

    votes_for: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a motion ended; written below its motion."""

    verdict: Verdict
    reason: str = ""
    """In words, such as ``no objections``."""
    tally: Tally | None = None
    present: int | None = None
    """Leads present, of ``leads``; either both are known or neither is."""
    leads: int | None = None
    until: date | None = None
    """The call a deferred motion comes up again."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A proposal put to the meeting, by whom, and how it ended once it has."""

    text: str
    by: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is present, with the project they speak for, or who sent regrets."""

    name: str
    project: str = ""
    regrets: bool = False


@dataclass(frozen=True, slots=True)
class Fenced:
    """Lines kept exactly as they were pasted, in one fenced block."""

    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Parked:
    """What is put off to the parking lot: when, and by whom or by what (``time``)."""

    text: str
    on: date
    by: str = ""


Entry = Note | Decision | Action | Link | Motion | Outcome | Attendee | Fenced | Parked
"""What the capture line can put into the minutes."""

_PAIRING = frozenset("`*~[]<>\\")


def lines(entry: Entry) -> list[str]:
    """Return the entry's Markdown without its bullet, as ``Document.insertion`` takes it.

    Lines after the first that begin with ``- `` are bullets one level below it, except within a fence.

    Raises:
        ValueError: where a note's ``by`` is no initials (``agenda.is_initials``).

    """
    match entry:
        case Note():
            return [_note(entry)]
        case Decision(text):
            return [f"**Decision:** {escape(text)}".rstrip()]
        case Action():
            return [_action(entry)]
        case Link(text, url):
            return [f"[{_link_text(text)}]({_target(url)})"]
        case Motion(text, by, outcome):
            moved = f" (moved by {_guarded(by, '()')})" if by else ""
            body = _before(by, text) if by else _unlike(MOVED, escape(text))
            return [
                f"**Motion:** {body}{moved}",
                *(f"- {line}" for line in (lines(outcome) if outcome else ())),
            ]
        case Outcome():
            return [_outcome(entry)]
        case Attendee(name, project, regrets):
            remark = "regrets" if regrets else _guarded(project, "()")
            return [f"{_before(remark, name)} ({remark})" if remark else _unlike(PROJECT, escape(name))]
        case Fenced():
            return _fenced(entry)
        case Parked(text, on, by):
            whose = f" by {_guarded(by, '()')}" if by else ""
            return [f"{_before(by, text)} (parked {on.isoformat()}{whose})"]


def text_of(entry: Entry) -> str:
    """Return the words of an entry, without owners, dates or movers."""
    match entry:
        case Outcome(reason=text) | Attendee(name=text):
            return text
        case Fenced():
            return "\n".join(entry.lines)
    return entry.text


def with_text(entry: Entry, text: str) -> Entry:
    """Return ``entry`` with other words."""
    match entry:
        case Outcome():
            return replace(entry, reason=text)
        case Attendee():
            return replace(entry, name=text)
        case Fenced():
            return replace(entry, lines=tuple(text.split("\n")))
    return replace(entry, text=text)


def substitute(entry: Entry, old: str, new: str, every: bool = False) -> Entry | None:
    """Return ``entry`` with ``old`` replaced in its words, once or everywhere; None where they lack it."""
    text = text_of(entry)
    if not old or old not in text:
        return None
    return with_text(entry, text.replace(old, new) if every else text.replace(old, new, 1))


def _note(note: Note) -> str:
    body = escape(note.text)
    if note.by:
        if not is_initials(note.by):
            raise ValueError(f"{note.by!r} is no initials: at most five letters, the first a capital")
        return f"[{note.by}] {body}"
    if (match := ATTRIBUTION.match(body)) and is_initials(match["by"]):
        return "\\" + body
    if match := ACTION.match(body):
        at = match.start("open") if match["open"] else match.start("colon")
        return f"{body[:at]}\\{body[at:]}"
    return body


def _action(action: Action) -> str:
    body = escape(action.text)
    if action.owners:
        body = f"{', '.join(_guarded(owner, ',:') for owner in action.owners)}: {body}"
    else:  # what stands before a bare colon would be read as owners
        bare = masked(body)
        body = "".join(
            f"\\{char}" if at and bare[at : at + 2] == ": " else char for at, char in enumerate(body)
        )
    dates = [f"due {action.due.isoformat()}"] if action.due else []
    dates += [f"from {action.since.isoformat()}"] if action.since else []
    body = f"{body} ({', '.join(dates)})" if dates else _unlike(DATES, body)
    return f"[{'x' if action.done else ' '}] **Action:** {body}".rstrip()


def _outcome(outcome: Outcome) -> str:
    label = f"Deferred to {outcome.until.isoformat()}" if outcome.until else outcome.verdict
    tally = outcome.tally
    count = f"{tally.votes_for} for, {tally.against} against, {tally.abstained} abstained" if tally else ""
    known = outcome.present is not None and outcome.leads is not None
    present = f"({outcome.present} of {outcome.leads} leads present)" if known else ""
    reason = escape(outcome.reason)
    if count:
        reason += "\\" * masked(reason).endswith("\\")  # or it would stand before a comma
    else:
        reason = _counted(reason if present else _unlike(PRESENT, reason))
    body = " ".join(part for part in (", ".join(part for part in (reason, count) if part), present) if part)
    return f"**{label}:** {body}" if body else f"**{label}**"


def _fenced(block: Fenced) -> list[str]:
    """Fence the lines in more backticks than any run of them inside."""
    longest = max((len(run) for line in block.lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    language = re.sub(r"[^\w+#.-]", "", block.language)
    return [fence + language, *block.lines, fence]


def _unlike(form: re.Pattern[str], body: str) -> str:
    """Keep ``body`` from ending in something that reads as ``form``: a backslash before its parenthesis."""
    while match := form.search(masked(body)):
        body = f"{body[: match.start('open')]}\\{body[match.start('open') :]}"
    return body


def _counted(reason: str) -> str:
    """Keep a reason from ending in something that reads as a count."""
    match = TALLY.search(masked(reason))
    return f"{reason[: match.end('open') + 4]}\\{reason[match.end('open') + 4 :]}" if match else reason


def _guarded(words: str, marks: str) -> str:
    """Escape words that stand beside others in a line: ``marks``, and whatever could pair up with those."""
    escaped = escape(words)
    bare = masked(escaped)
    pairing = (
        char in marks or char in _PAIRING or (char == "_" and not _within_word(bare, at))
        for at, char in enumerate(bare)
    )
    return "".join(f"\\{char}" if pairs else char for char, pairs in zip(escaped, pairing, strict=True))


def _before(following: str, words: str) -> str:
    """Escape words that other people's words follow: no backslash keeps those from closing code, a tag or a title."""
    escaped = escape(words)
    if not any(mark in following for mark in "`>\"'"):
        return escaped
    bare = masked(escaped)
    opening = "`<[" if "](" in bare else "`<"
    return "".join(f"\\{char}" if mark in opening else char for char, mark in zip(escaped, bare, strict=True))


def _within_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _link_text(text: str) -> str:
    """Escape words between brackets; a bracket in a code span could end them, so there no code is kept."""
    if "`" in text and "]" in text:
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.strip())
    return _guarded(text, "[]")


def _target(url: str) -> str:
    """Write ``url`` as a link's destination; white space and controls cannot stand in one."""
    safe = re.sub(
        r"[\s\x00-\x1f\x7f<>\\]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url
    )
    return re.sub(r"([()`]|&(?=#?\w+;))", r"\\\1", safe)
