"""What the chair types is what people read, whatever Markdown would make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.prose import escape, escape_title, unescape

if TYPE_CHECKING:
    from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable("strikethrough").enable("table")
READER.validateLink = lambda url: True  # type: ignore[method-assign]
TASK_BOX = re.compile(r"\[[ xX]\](?:[ \t]|$)")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")

PIECES = r"""a b word x_y http://a.b/c_d_e ( ) [ ] ![ ]( ]: [x] [^1]: < > </b> <b <!-- --> <? ?> * ** *** _ __ ~ ~~
` `` ``` & &amp; &#35; ; # ## - + -- 1. 2) = === | \ \\ " ' ! : . $ € 🎉 é <T> a@b.c"""
NASTY = st.lists(st.sampled_from([*PIECES.split(), " ", "  ", "\t", "\xa0"]), max_size=12).map("".join)
TYPED = st.one_of(NASTY, st.text(max_size=30))


def shown(markdown: str, bullet: str = "-") -> str | None:
    """Return what a list item shows, code spans with their backticks; None if that is not plain text."""
    tokens = READER.parse(f"{bullet} {markdown}\n")
    kinds = [token.type for token in tokens]
    paragraph = ["paragraph_open", "inline", "paragraph_close"]
    if kinds != ["bullet_list_open", "list_item_open", *paragraph, "list_item_close", "bullet_list_close"]:
        return None
    if TASK_BOX.match(markdown) or FOOTNOTE.match(markdown):
        return None
    return text_of(tokens[3])


def text_of(inline: Token) -> str | None:
    pieces = []
    for token in inline.children or []:
        if token.type == "code_inline":
            pieces.append(token.markup + token.content + token.markup)
        elif token.type in ("text", "text_special"):
            pieces.append(token.content)
        else:
            return None
    return "".join(pieces)


def as_typed(text: str) -> str:
    """Return the text as a reader hands it on: code spans lose a blank at either end, NUL is replaced."""
    text = re.sub(r"\s*[\r\n]\s*", " ", text).strip().replace("\0", "\ufffd")
    pieces, position = [], 0
    for m in re.finditer(r"(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)", text):
        inside = m[2]
        if inside.strip(" ") and inside[0] == inside[-1] == " ":
            inside = inside[1:-1]
        pieces += [text[position : m.start()], m[1] + inside + m[1]]
        position = m.end()
    return "".join(pieces) + text[position:]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# of users went up", r"\# of users went up"),
        ("- x", r"\- x"),
        ("--", r"\--"),
        ("1. x", r"1\. x"),
        ("2019. Was a good year", r"2019\. Was a good year"),
        ("> x", r"\> x"),
        ("---", r"\---"),
        ("```js", r"\```js"),
        ("~~~", r"\~~~"),
        ("[EM]: yes", r"\[EM]: yes"),
        ("[ ] x", r"\[ ] x"),
        ("<!-- private -->", r"\<!-- private -->"),
        ("a List<T> of it", r"a List\<T> of it"),
        ("*x*", r"\*x*"),
        ("__init__", r"\_\_init__"),
        ("[a](b)", r"\[a](b)"),
        ("&amp;", r"\&amp;"),
        ("~~x~~", r"\~~x~~"),
        (r"a\*b", r"a\\*b"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_markdown_would_misread_gets_one_backslash(typed: str, written: str) -> None:
    assert escape(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "snake_case and two_snake_cases",
        "2 * 3 and 4 * 5",
        "a < b > c",
        "AT&T",
        "C# and #123 and # alone",
        "https://example.org/a_b_c?d=*&e=~f~~",
        "[EM] Roadmap (see [1])",
        "[EM]: yes, but later",
        "the `bbl` and ``a ` b`` commands",
        "C:\\new",
        "~5 of ~10",
        "*) and * (",
        "",
    ],
)
def test_what_reads_as_typed_stays_as_typed(typed: str) -> None:
    assert escape(typed) == typed.strip()


def test_addresses_in_emphasised_words_stay_clickable() -> None:
    assert escape("_https://example.org/a_ b_") == r"\_https://example.org/a_ b_"
    assert escape("https://example.org/_x y_") == r"https://example.org/_x y\_"


@settings(max_examples=600, deadline=None)
@given(TYPED)
@example("[a](<b c>)")
@example("``` a``` b")
@example("*`*`*")
@example("[a](\\")
@example("[`](b)`")
@example("<b\xa0>")
@example("<b\u2003c\xa0=\x85d>")
def test_prose_is_shown_as_typed(typed: str) -> None:
    written = escape(typed)
    if written:
        for bullet in "-*+":
            assert shown(written, bullet) == as_typed(typed)


@settings(max_examples=500, deadline=None)
@given(TYPED)
def test_prose_is_read_back_as_typed(typed: str) -> None:
    assert unescape(escape(typed)) == re.sub(r"\s*[\r\n]\s*", " ", typed).strip()


@settings(max_examples=500, deadline=None)
@given(NASTY)
@example(r"\~a~")
@example(r"\\~a~")
def test_no_backslash_could_be_spared(typed: str) -> None:
    written = escape(typed)
    ours = [m.start() for m in re.finditer(r"\\", written)]
    for place in ours:
        spared = written[:place] + written[place + 1 :]
        if re.match(r"\\+~", written[place:]) or "---->" in typed:
            continue  # GitHub strikes through between single tildes; markdown-it ends no comment with four dashes
        assert any(shown(spared, bullet) != as_typed(typed) for bullet in "-*+"), written


@settings(max_examples=200, deadline=None)
@given(TYPED)
@example("C #")
@example("#")
def test_a_title_is_shown_as_typed(typed: str) -> None:
    written = escape_title(typed)
    tokens = READER.parse(f"## {written}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert text_of(tokens[1]) == as_typed(typed)


@pytest.mark.parametrize(
    "piece",
    ["*", "_a_", "**a", "[a](", "<!--", "<a ", "`", "``", "&amp;", "~~", "\\", "[", "](", "*a" + " " * 9_998],
)
def test_long_pastes_take_no_noticeable_time(piece: str) -> None:
    typed = piece * (20_000 // len(piece))
    assert unescape(escape(typed)) == typed.strip()
