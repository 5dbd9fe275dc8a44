"""What can be copied out of a call, as Markdown: the item in view, its action items, its decisions, all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from . import digest, item_text
from .marks import visible
from .record import Action, Decision, Motion

if TYPE_CHECKING:
    from .meeting import Meeting

What = Literal["item", "actions", "decisions", "digest", "everything"]


def copied(meeting: Meeting, what: What, key: str) -> str:
    """Return what is to be copied, ``key`` being the item in view; empty where there is nothing of it.

    Nothing in it acts on a terminal that it is pasted into.
    """
    if what == "item":
        source = item_text.source(meeting.document, meeting.item(key))
        return visible(_decoded(source).strip("\n") + "\n") if source.strip() else ""
    if what == "everything":
        return visible(_decoded(meeting.document.source))
    made = digest.digest(meeting.document, meeting.date, meeting.agenda)
    if what == "digest":
        return digest.written(made, "markdown")
    return digest.listed(made, Action) if what == "actions" else digest.listed(made, Decision, Motion)


def _decoded(source: bytes) -> str:
    return "\n".join(source.decode("utf-8", "replace").splitlines()) + "\n"
