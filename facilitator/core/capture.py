"""The capture line's grammar: one line of typing to typed entries, and what to show while it is being typed.

Plain text is an entry of the kind the line was opened for. Recognised at the start of a line, in any case:

- MeetBot: ``#action``, ``#agreed``, ``#info``, ``#link``, ``#topic``, ``#undo``, ``#motion``, ``#vote``;
- W3C: ``ACTION:``, ``RESOLVED:``, ``PROPOSED:``, ``Topic:``, ``present+``, ``regrets+``, ``q+``, ``q-``,
  ``s/old/new/``, ``-> URL text``;
- ``/command``: the same words, and those that close a motion, add an item, or say when the call began or went on;
- what would be read back as an action item: ``TODO:``, ``AI:``, ``Action item:``, ``[ACTION]``.

``#123``, ``# x``, ``#unknown``, ``/unknown`` and labels such as ``Note:`` stay text; a leading backslash
makes anything text. Prose that sounds like an action item or an outcome stays prose, and Tab takes the offer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from . import due, moments, owners, procedure, readers, votes
from .directives import ChooseTopic, Redo, Substitute, Undo
from .forms import ACTION
from .line import Capture, Context, Kind, Suggestion
from .record import Action, Decision, Motion, Note

if TYPE_CHECKING:
    from .readers import Reader

__all__ = ["Capture", "Context", "Kind", "Suggestion", "read"]


def _undo(_: str, __: Context) -> Capture:
    return Capture((), (Undo(),), "undo")


def _redo(_: str, __: Context) -> Capture:
    return Capture((), (Redo(),), "redo")


_MEETBOT: dict[str, Reader] = {
    "action": readers.action,
    "agreed": readers.decision,
    "info": readers.note,
    "link": readers.link,
    "topic": readers.topic,
    "undo": _undo,
    "motion": procedure.motion,
    "vote": votes.vote,
}
_W3C: dict[str, Reader] = {
    "action": readers.action,
    "resolved": readers.decision,
    "resolution": readers.decision,
    "proposed": procedure.motion,
    "proposal": procedure.motion,
    "topic": readers.topic,
    "present+": procedure.present,
    "regrets+": procedure.regrets,
    "q+": procedure.hand,
    "q-": procedure.lower,
}
_COMMANDS: dict[str, Reader] = {
    **_MEETBOT,
    "note": readers.note,
    "decision": readers.decision,
    "add": readers.add,
    "started": moments.started,
    "next": moments.went_on,
    "redo": _redo,
    "present": procedure.present,
    "regrets": procedure.regrets,
    "hand": procedure.hand,
    "lower": procedure.lower,
    "object": procedure.objection,
    "approve": procedure.outcome("Approved"),
    "reject": procedure.outcome("Rejected"),
    "defer": procedure.outcome("Deferred"),
    "withdraw": procedure.outcome("Withdrawn"),
}
_BY_KIND: dict[Kind, Reader] = {
    "action": readers.action,
    "decision": readers.decision,
    "motion": procedure.motion,
    "hand": procedure.hand,
}
_KINDS: dict[Reader, Kind] = {readers.note: "note", **{reader: kind for kind, reader in _BY_KIND.items()}}
_SIGNED_WORDS: dict[str, dict[str, Reader]] = {"#": _MEETBOT, "/": _COMMANDS}

_WORD = re.compile(r"(?P<sign>[#/])(?P<word>[A-Za-z][\w-]*):?(?:\s+|$)")
_LABEL = re.compile(
    r"(?P<word>(?:action|resolved|resolution|proposed|proposal|topic)(?=\s?:(?![:/]))"
    r"|(?:present|regrets|q)\+(?=\s|$)|q-(?=\s|$))\s?:?\s*",
    re.IGNORECASE,
)
_SUBSTITUTE = re.compile(r"s/(?P<old>(?:\\/|[^/])+)/(?P<new>(?:\\/|[^/])*)/(?P<every>g?)", re.IGNORECASE)
_ARROW = re.compile(r"->\s*(?=\S)")

_DECIDED = re.compile(r"(?:decision|decided|agreed|conclusion|consensus)\s*:\s*(?P<text>\S.*)", re.IGNORECASE)
_AGREED = re.compile(
    r"(?:we|all|everyone|the group)\s+(?:have\s+)?(?:agreed|decided)\s+(?:that|to)\s", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"(?:(?:it's|it is|that's|motion|all|unanimously|consensus)[:,]?\s+)?(?:"
    r"(?P<approve>(?:confirmed|approved|accepted|agreed|carried|passed|adopted)(?:\s+(?:unanimously"
    r"|by\s+(?:all|everyone|everybody|consensus)|with no objections|as proposed))?"
    r"|no objections?\b[^?]{0,60})"
    r"|(?P<reject>rejected|declined|voted down)|(?P<withdraw>withdrawn)"
    r"|(?P<defer>deferred|postponed|tabled)(?P<until>\s+(?:to|until|till)\s+.+)?)[.!\s]*",
    re.IGNORECASE,
)


def read(line: str, context: Context) -> Capture:
    """Read one line as it stands: the same function for every key typed and for Enter."""
    text = " ".join(line.split())
    if text.startswith("\\"):
        return _literal(text[1:].lstrip(), context)
    if match := _SUBSTITUTE.fullmatch(text):
        old, new = (match[name].replace("\\/", "/") for name in ("old", "new"))
        return Capture((), (Substitute(old, new, bool(match["every"])),), f"edit: {old} → {new or 'nothing'}")
    if marked := _marked(text):
        reader, start = marked
        if text.startswith("\\", start) and (kind := _KINDS.get(reader)):
            return _literal(text[start + 1 :].lstrip(), replace(context, kind=kind))
        found = reader(text[start:], context)
        kept = tuple(replace(one, line=text[:start] + one.line) for one in found.suggestions)
        if any(isinstance(one, ChooseTopic) and one.index is None for one in found.directives):
            kept += _offer(f"/add {text[start:]}", context)
        return replace(found, suggestions=kept)
    if context.kind != "note":
        return _BY_KIND[context.kind](text, context)
    return _prose(text, context) if text else Capture()


def _marked(text: str) -> tuple[Reader, int] | None:
    """Return the reader that a line's first word asks for, and where what it reads begins."""
    if match := _WORD.match(text):
        found = _SIGNED_WORDS[match["sign"]].get(match["word"].lower())
        return (found, match.end()) if found else None
    if match := _LABEL.match(text):
        return _W3C[match["word"].lower()], match.end()
    if (match := ACTION.match(text)) and not (match["wrap"] or match["around"]):
        return readers.action, match.end()
    if (match := _ARROW.match(text)) and readers.is_url(text[match.end() :].split(" ", 1)[0]):
        return readers.link, match.end()
    return None


def _literal(text: str, context: Context) -> Capture:
    """Take a line that began with a backslash for nothing but words."""
    match context.kind:
        case "action":
            made = Action(text, (), context.next_call)
            return Capture((made,) if text else (), chip="☐ as typed")
        case "decision":
            return Capture((Decision(text),) if text else (), chip="◆ as typed")
        case "motion":
            return Capture((Motion(text),) if text else (), chip="motion, as typed")
    return Capture((Note(text),) if text else (), chip="note, as typed")


def _prose(text: str, context: Context) -> Capture:
    found = readers.note(text, context)
    if match := _WORD.match(text):
        sign, word = match["sign"], match["word"]
        near = get_close_matches(word.lower(), _SIGNED_WORDS[sign], 1, 0.75)
        offer = f"{sign}{near[0]} {text[match.end() :]}" if near else ""
        hint = f"{sign}{word} is no command" + (f"; {sign}{near[0]} is" if near else "")
        return replace(found, hint=hint, suggestions=_offer(offer, context))
    if context.motion and (line := votes.sounding(text)):
        cast = read(line, context)
        if cast.directives:
            return replace(found, suggestions=(Suggestion(line, cast.chip),))
        return replace(found, hint="" if " " in text else cast.hint)
    return replace(found, suggestions=_offer(_asked(text, context), context))


def _asked(text: str, context: Context) -> str:
    """Return the line for what prose sounds like: outcome, decision or action item; empty if neither."""
    if match := _OUTCOME.fullmatch(text):
        verdict = next(name for name in ("approve", "reject", "withdraw", "defer") if match[name])
        if context.motion:
            reason = text.rstrip("!. ") if "objection" in text.lower() else ""
            return f"/{verdict}{match['until'] or ''} {reason}".rstrip()
        return f"RESOLVED: {text}"
    if match := _DECIDED.fullmatch(text):
        return f"RESOLVED: {match['text']}"
    if _AGREED.match(text):
        return f"RESOLVED: {text}"
    stripped = due.trailing(text, context.today, context.next_call)
    if owners.offer(stripped.text if stripped else text, context.people, context.leads):
        return f"ACTION: {text}"
    return ""


def _offer(line: str, context: Context) -> tuple[Suggestion, ...]:
    return (Suggestion(line, read(line, context).chip),) if line else ()
