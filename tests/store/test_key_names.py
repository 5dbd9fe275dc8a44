"""Keys as people write them are keys as textual names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from facilitator.store.key_names import _NAMED, key, types
from facilitator.tui.commands import COMMANDS, shown


@given(st.characters(max_codepoint=0x7E, exclude_categories=["C", "Z"]))
def test_a_character_is_shown_as_itself(character: str) -> None:
    assert shown(key(character)) == character


@given(st.characters(exclude_categories=["C", "Z"]))
def test_a_character_is_the_key_that_types_it(character: str) -> None:
    assert key(character) == _character_to_key(character)
    assert types(key(character))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Ctrl+X", "ctrl+x"),
        ("ctrl + x", "ctrl+x"),
        ("page down", "pagedown"),
        ("Page-Up", "pageup"),
        ("Shift+Page Down", "shift+pagedown"),
        ("F8", "f8"),
        ("Space", "space"),
        ("E", "E"),
    ],
)
def test_a_key_is_named_as_people_do(written: str, named: str) -> None:
    assert key(written) == named


def test_every_name_is_a_key_of_textual_and_types_nothing() -> None:
    assert {value for value in _NAMED if value != "space"} <= {one.value for one in Keys}
    assert [value for value in sorted(_NAMED) if types(value)] == ["space"]


def test_every_key_of_the_table_can_be_written_as_it_is_shown() -> None:
    for command in COMMANDS:
        assert [key(shown(one)) for one in command.keys] == list(command.keys)


@pytest.mark.parametrize("written", ["spacebar", "ctrl+", "plus", "alt+x", "ctrl++", "ab", "f25", "", "\x1b"])
def test_what_is_no_key_is_told_with_one_that_is(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no key; write .* f8"):
        key(written)


def test_a_key_that_never_comes_is_told_with_the_one_that_does() -> None:
    with pytest.raises(ValueError, match=r"'Ctrl\+M' never comes: terminals send enter for it"):
        key("Ctrl+M")
