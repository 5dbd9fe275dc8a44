import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.marks import drawn, visible

ANY = st.text(st.characters(exclude_categories=[]), max_size=40)
NASTY = st.text(
    st.sampled_from("a👩💻⚠1#\ufe0e\ufe0f\u200d\u20e3\x1b\u202e\n\t\udc80\U000e0041\r"), max_size=20
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain [EM] text, naïve, 日本語", "plain [EM] text, naïve, 日本語"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b]52;c;cm0gLXJm\x07", "␛]52;c;cm0gLXJm␇"),
        ("\x9b31m and \x85", "�31m and ␤"),
        ("nul \0 del \x7f cr \r", "nul ␀ del ␡ cr ␍"),
        ("pay \u202egnp.exe\u202c", "pay ·gnp.exe·"),
        ("pass\u200bword \ufeff \u00ad", "pass·word · ·"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("hidden \U000e0068\U000e0069", "hidden ··"),
        ("not utf-8: \udcff", "not utf-8: �"),
        ("a\u200db", "a·b"),
        ("x\ufe0f", "x·"),
    ],
)
def test_what_acts_or_hides_becomes_a_mark(written: str, shown: str) -> None:
    assert visible(written) == shown


def test_emoji_stay_readable() -> None:
    for emoji in ("⚠️", "👩‍💻", "1️⃣", "❤️‍🔥", "👍🏽", "🏳️‍🌈", "☑︎"):
        assert visible(emoji) == emoji


def test_nothing_is_spelled_with_joiners() -> None:
    assert visible("⚠️️️") == "⚠️··"
    assert visible("👩\u200d\u200d💻") == "👩··💻"
    assert visible("👩\u200d") == "👩·"


def test_a_joined_emoji_is_drawn_as_its_parts() -> None:
    assert drawn("⚠️ 👩‍💻 1️⃣") == "⚠ 👩💻 1⃣"


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, NASTY))
def test_marks_stand_one_for_one_and_nothing_that_acts_is_left(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    for character in shown.translate({0x0A: None, 0x09: None, 0x200D: None, 0xFE0E: None, 0xFE0F: None}):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
    shown.encode()


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, NASTY))
def test_what_is_drawn_holds_no_joiner(text: str) -> None:
    assert not {"\u200d", "\ufe0e", "\ufe0f"} & set(drawn(text))
    assert drawn(drawn(text)) == drawn(text)
