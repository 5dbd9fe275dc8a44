"""Motions while they are open: objections, votes, the quorum, and the outcome that is recorded."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from .directives import CallVote, CastVote, CastVotes, CountVotes, Object
from .people import fold
from .record import Motion, Outcome, Tally, Verdict

if TYPE_CHECKING:
    from .directives import Choice, Directive


@dataclass(frozen=True, slots=True)
class OpenMotion:
    """A motion before its outcome."""

    motion: Motion
    objections: tuple[Object, ...] = ()
    votes: tuple[tuple[str, Choice], ...] = ()
    """One per person, in the order people first voted."""
    count: Tally | None = None
    """A show of hands, which nobody was named in; None where there was none."""
    called: bool = False
    """Whether it was put to the vote."""
    put: float | None = None
    """The moment it was put to the meeting; None where that was not in this call."""

    @property
    def tally(self) -> Tally | None:
        """The count so far; None where nobody has voted."""
        if self.count is not None:
            return self.count
        choices = [choice for _, choice in self.votes]
        if not choices:
            return None
        return Tally(choices.count("for"), choices.count("against"), choices.count("abstained"))

    def objected(self, objection: Object) -> OpenMotion:
        """Return the motion with an objection noted."""
        return replace(self, objections=(*self.objections, objection))

    def voted(self, vote: CastVote) -> OpenMotion:
        """Return the motion with a vote of each person named; what they voted before no longer counts."""
        votes = {fold(name): (name, choice) for name, choice in self.votes}
        for name in vote.names:
            votes[fold(name)] = (name, vote.choice)
        return replace(self, votes=tuple(votes.values()))

    def after(self, directive: Directive) -> OpenMotion:
        """Return the motion after what was asked for; as it was where that does not concern a motion."""
        match directive:
            case CastVote():
                return self.voted(directive)
            case CastVotes(votes):
                return reduce(OpenMotion.voted, votes, self)
            case CountVotes(votes_for, against, abstained):
                return replace(self, votes=(), count=Tally(votes_for, against, abstained))
            case Object():
                return self.objected(directive)
            case CallVote():
                return replace(self, called=True)
        return self

    def closed(
        self,
        verdict: Verdict,
        reason: str = "",
        quorum: tuple[int, int] | None = None,
        until: date | None = None,
    ) -> Outcome:
        """Return the outcome; without a reason given, objections or the lack of them are the reason.

        ``quorum`` is how many leads are present, of how many.
        """
        tally = self.tally
        if not reason and self.objections:
            names = dict.fromkeys(name for objection in self.objections for name in objection.names)
            reason = f"objections by {', '.join(names)}"
        elif not reason and verdict == "Approved" and tally is None:
            reason = "no objections"
        present, leads = quorum or (None, None)
        return Outcome(verdict, reason, tally, present, leads, until)


def proposed_verdict(tally: Tally | None, objections: int) -> Verdict:
    """Return how a motion stands: more votes for than against; without a vote, nobody objecting."""
    if tally is None:
        return "Rejected" if objections else "Approved"
    return "Approved" if tally.votes_for > tally.against else "Rejected"


def leads_present(leads: Sequence[str], present: Collection[str]) -> tuple[int, int]:
    """Return how many leads are present, of how many; who leads several projects counts once."""
    everybody = {fold(lead) for lead in leads if lead.strip()}
    return len(everybody & {fold(name) for name in present}), len(everybody)


def is_quorate(quorum: float | int | None, present: int, leads: int) -> bool:
    """Say whether ``present`` of ``leads`` suffice: ``quorum`` is a share (float) or a head count (int)."""
    if quorum is None:
        return True
    return present >= (math.ceil(quorum * leads - 1e-9) if isinstance(quorum, float) else quorum)
