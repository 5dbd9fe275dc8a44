"""A motion from its mover to its outcome."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.directives import CastVote, CastVotes, Choice, CountVotes, Object
from facilitator.core.motions import OpenMotion, is_quorate, leads_present, proposed_verdict
from facilitator.core.record import Motion, Outcome, Tally

CHARTER = OpenMotion(Motion("adopt the charter", "Ada Okafor"))


def test_nobody_objects_and_the_motion_is_approved_by_lazy_consensus() -> None:
    assert proposed_verdict(CHARTER.tally, len(CHARTER.objections)) == "Approved"
    assert CHARTER.closed("Approved", quorum=(7, 12)) == Outcome("Approved", "no objections", None, 7, 12)


def test_objections_are_named_in_the_outcome() -> None:
    contested = CHARTER.objected(Object(("Ken Ojuka",), "too early")).objected(
        Object(("Iris Tanaka", "Ken Ojuka"))
    )
    assert proposed_verdict(contested.tally, len(contested.objections)) == "Rejected"
    assert contested.closed("Rejected").reason == "objections by Ken Ojuka, Iris Tanaka"


def test_the_last_vote_of_a_person_counts_and_abstentions_stand_apart() -> None:
    counted = (
        CHARTER.voted(CastVote(("Ada Okafor", "Ken Ojuka"), "for"))
        .voted(CastVote(("Iris Tanaka",), "abstained"))
        .voted(CastVote(("ken ojuka",), "against"))
    )
    assert counted.tally == Tally(1, 1, 1)
    assert proposed_verdict(counted.tally, 0) == "Rejected"
    assert counted.closed("Approved") == Outcome("Approved", "", Tally(1, 1, 1))


def test_a_show_of_hands_stands_in_the_place_of_votes_so_far() -> None:
    named = CHARTER.after(CastVotes((CastVote(("Ada",), "for"), CastVote(("Ken", "Iris"), "against"))))
    assert named.tally == Tally(1, 2, 0)
    shown = named.after(CountVotes(5, 2, 1))
    assert shown.tally == Tally(5, 2, 1)
    assert proposed_verdict(shown.tally, 0) == "Approved"


def test_a_motion_is_deferred_to_a_date_with_words_of_its_own() -> None:
    until = date(2018, 9, 18)
    assert CHARTER.closed("Deferred", "more data needed", until=until) == Outcome(
        "Deferred", "more data needed", until=until
    )


@pytest.mark.parametrize(
    ("quorum", "present", "leads", "enough"),
    [
        (None, 0, 12, True),
        (0.5, 6, 12, True),
        (0.5, 6, 13, False),
        (0.7, 7, 10, True),
        (3, 2, 12, False),
        (3, 3, 12, True),
    ],
)
def test_a_quorum_is_a_share_of_the_leads_or_a_head_count(
    quorum: float | int | None, present: int, leads: int, enough: bool
) -> None:
    assert is_quorate(quorum, present, leads) is enough


def test_who_leads_two_projects_is_one_lead() -> None:
    assert leads_present(["Ada Okafor", "Ken Ojuka", "Ada Okafor", ""], ["ada okafor", "Zed"]) == (1, 2)


CHOICES: list[Choice] = ["for", "against", "abstained"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(CHOICES)), max_size=20))
@settings(max_examples=150, deadline=None)
def test_there_are_as_many_votes_as_voters(votes: list[tuple[str, Choice]]) -> None:
    motion = CHARTER
    for name, choice in votes:
        motion = motion.voted(CastVote((name,), choice))
    last = dict(votes)
    tally = motion.tally or Tally(0, 0, 0)
    assert (tally.votes_for, tally.against, tally.abstained) == tuple(
        list(last.values()).count(c) for c in CHOICES
    )
