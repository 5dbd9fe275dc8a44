"""The speaker queue: who has raised a hand, points of order first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .people import fold

if TYPE_CHECKING:
    from .directives import LowerHand, RaiseHand


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who waits to speak."""

    name: str
    about: str = ""
    order: bool = False
    """Whether it is a point of order."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The queue of one item; whoever is first speaks next."""

    hands: tuple[Hand, ...] = ()

    def raised(self, wish: RaiseHand) -> Speakers:
        """Return the queue with these hands up; only a point of order moves somebody who waits already."""
        hands = self.hands
        for name in wish.names:
            waiting = any(fold(hand.name) == fold(name) for hand in hands)
            if waiting and not wish.order:
                continue
            others = tuple(hand for hand in hands if fold(hand.name) != fold(name))
            first = sum(hand.order for hand in others) if wish.order else len(others)
            hands = (*others[:first], Hand(name, wish.about, wish.order), *others[first:])
        return Speakers(hands)

    def lowered(self, wish: LowerHand) -> Speakers:
        """Return the queue without these people, or without the first where nobody is named."""
        if not wish.names:
            return Speakers(self.hands[1:])
        gone = {fold(name) for name in wish.names}
        return Speakers(tuple(hand for hand in self.hands if fold(hand.name) not in gone))
