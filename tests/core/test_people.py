"""Whom a chair means."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import owners
from facilitator.core.agenda import Person
from facilitator.core.people import People, fold, is_english

PEOPLE = People.of(
    [
        Person("Ada Okafor", "AO", "ada"),
        Person("Josh Reyes", "JR"),
        Person("Josh Petrov", "JP"),
        Person("José Ruiz", "JRu", "@jruiz"),
        Person("A Robert Finch", "ARF"),
        Person("Will Tran", "WT"),
        Person("Ursula Sand", "US"),
        Person("Prince"),
    ]
)


def names(words: str) -> list[str]:
    return [person.name for person in PEOPLE.find(words)]


def test_people_go_by_name_first_name_initials_and_handle() -> None:
    for words in ("Ada Okafor", " ada  OKAFOR ", "ada", "Ada", "ada o", "Ada O.", "AO", "ao", "@ada", "@ADA"):
        assert names(words) == ["Ada Okafor"]
    assert names("jose") == names("@jruiz") == names("José") == ["José Ruiz"]
    assert names("prince") == ["Prince"]


def test_a_single_letter_is_nobodys_first_name() -> None:
    assert names("robert") == ["A Robert Finch"]
    assert names("robert f") == ["A Robert Finch"]
    assert names("a") == []


def test_a_shared_first_name_names_all_who_have_it() -> None:
    assert names("josh") == ["Josh Reyes", "Josh Petrov"]
    assert names("josh p") == ["Josh Petrov"]
    assert names("josh x") == []


def test_small_letters_of_an_english_word_are_no_initials() -> None:
    assert names("us") == []
    assert names("US") == ["Ursula Sand"]
    assert is_english("will")
    assert not is_english("Will")


def test_nobody_is_found_by_half_a_name_or_half_a_handle_or_a_mark() -> None:
    for words in ("", "ad", "okafor", "jruizz", "@", "[ao", "[", "Ada Okafor Smith", "@ada okafor"):
        assert names(words) == []


def test_who_stands_twice_counts_once_as_first_written() -> None:
    twice = People.of([Person("Ada Okafor", "AO"), Person("ada okafor", "AX"), Person("")])
    assert twice.find("ada") == (Person("Ada Okafor", "AO"),)
    assert twice.find("AX") == ()


def test_initials_that_two_share_are_nobodys() -> None:
    shared = People.of([Person("Ada Okafor", "AO"), Person("Abe Olsen", "AO")])
    assert len(shared.find("AO")) == 2
    assert shared.named("AO") is None
    assert PEOPLE.named("ao") == Person("Ada Okafor", "AO", "ada")


def test_lists_of_people_are_split_but_names_are_not() -> None:
    couple = People.of([Person("Rand and Sons"), Person("Ada Okafor")])
    assert owners.listed("Rand and Sons", couple) == ("Rand and Sons",)
    assert owners.listed("ada, Zed & ada", couple) == ("Ada Okafor", "Zed")
    assert owners.listed("  ", couple) == ()


def test_prose_offers_only_what_somebody_can_be_asked_to_do() -> None:
    assert owners.offer("Ada to send it", PEOPLE) is not None
    assert owners.offer("Ada will also send it", PEOPLE) is not None
    assert owners.offer("Ada to the rescue", PEOPLE) is None
    assert owners.offer("Ada: send it", PEOPLE) is None
    assert owners.offer("traffic to send", PEOPLE) is None


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)


@given(
    st.lists(st.builds(Person, st.text(max_size=12), st.text(max_size=3), st.text(max_size=5)), max_size=6),
    st.text(max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_everybody_is_found_by_their_full_name(people: list[Person], words: str) -> None:
    roster = People.of(people)
    for person in people:
        if fold(person.name) and not fold(person.name).startswith(("[", "@")):
            assert any(fold(found.name) == fold(person.name) for found in roster.find(person.name))
    roster.find(words)
    owners.split(f"{words} to send it", roster)
