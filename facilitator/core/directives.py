"""What a line may ask for besides an entry: another item, undo, attendance, the speaker queue, votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Choice = Literal["for", "against", "abstained"]
"""A vote; an abstention is counted apart."""


@dataclass(frozen=True, slots=True)
class ChooseTopic:
    """Go to an item: ``index`` among the items of the context, None where none has that name."""

    name: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class AddItem:
    """Add an item that comes next; ``seconds`` is its timebox, 0 where it names none."""

    title: str
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class StartedAt:
    """The call began at a moment that is past, in seconds since the epoch."""

    moment: float


@dataclass(frozen=True, slots=True)
class WentOnAt:
    """The call went on to the next item at a moment that is past, in seconds since the epoch."""

    moment: float


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the latest change."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the change undone last again."""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Replace ``old`` by ``new`` in the nearest earlier entry that holds it, once or everywhere in it."""

    old: str
    new: str
    every: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """These people are on the call."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regrets:
    """These people sent regrets."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaiseHand:
    """These people want to speak; a point of order comes first."""

    names: tuple[str, ...]
    about: str = ""
    order: bool = False


@dataclass(frozen=True, slots=True)
class LowerHand:
    """These people no longer wait to speak; no names at all means whoever is first."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallVote:
    """Put the open motion, or a question of its own, to the vote."""

    question: str = ""


@dataclass(frozen=True, slots=True)
class CastVote:
    """How these people vote; the last vote of a person counts."""

    names: tuple[str, ...]
    choice: Choice


@dataclass(frozen=True, slots=True)
class CastVotes:
    """How people vote, those of each choice together."""

    votes: tuple[CastVote, ...]


@dataclass(frozen=True, slots=True)
class CountVotes:
    """How many vote how, as a show of hands tells; it stands in the place of all votes so far."""

    votes_for: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Object:
    """Somebody objects to the open motion."""

    names: tuple[str, ...]
    reason: str = ""


Directive = (
    ChooseTopic
    | AddItem
    | StartedAt
    | WentOnAt
    | Undo
    | Redo
    | Substitute
    | Present
    | Regrets
    | RaiseHand
    | LowerHand
    | CallVote
    | CastVote
    | CastVotes
    | CountVotes
    | Object
)
"""Everything a line may ask for."""
