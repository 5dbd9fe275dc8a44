"""Who speaks next."""

from __future__ import annotations

from facilitator.core.directives import LowerHand, RaiseHand
from facilitator.core.speakers import Hand, Speakers


def test_hands_are_called_in_the_order_they_went_up() -> None:
    queue = Speakers().raised(RaiseHand(("Ada", "Ken"), "TLS")).raised(RaiseHand(("Iris",)))
    assert queue.hands == (Hand("Ada", "TLS"), Hand("Ken", "TLS"), Hand("Iris"))
    assert queue.lowered(LowerHand()).hands[0].name == "Ken"
    assert [hand.name for hand in queue.lowered(LowerHand(("ken",))).hands] == ["Ada", "Iris"]


def test_a_point_of_order_comes_first_but_after_earlier_ones() -> None:
    queue = Speakers().raised(RaiseHand(("Ada", "Ken", "Iris")))
    queue = queue.raised(RaiseHand(("Iris",), order=True)).raised(RaiseHand(("Ben",), order=True))
    assert [hand.name for hand in queue.hands] == ["Iris", "Ben", "Ada", "Ken"]


def test_a_hand_that_is_up_already_keeps_its_place() -> None:
    queue = Speakers().raised(RaiseHand(("Ada", "Ken")))
    assert queue.raised(RaiseHand(("ada",), "more")) == queue


def test_lowering_a_hand_in_an_empty_queue_is_nothing() -> None:
    assert Speakers().lowered(LowerHand()) == Speakers()
