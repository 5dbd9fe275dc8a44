"""YAML as agendas use it: text with line numbers, and nothing that surprises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml import SafeLoader

from facilitator.store import strict_yaml
from facilitator.store.strict_yaml import Mapping, Node, Scalar, Sequence, printable, quoted, read

PARSERS = [strict_yaml.PARSER, SafeLoader]
"""The parser in use, in C where PyYAML has it, and the one in Python that stands in for it."""


@pytest.fixture(params=PARSERS, autouse=True, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "PARSER", request.param)


def plain(node: Node | None) -> object:
    """Take the tree for what a reader of the file would say it holds."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries} if isinstance(node, Mapping) else None


def complaints(source: bytes) -> list[str]:
    return [f"{problem.line}: {problem.text}" for problem in read(source)[1]]


def test_scalars_stay_text() -> None:
    source = b"at: 10:30\nno: no\nday: 2018-09-04\nnumber: 007\nnothing:\nbad: 2018-13-45\n"
    tree, problems = read(source)
    assert plain(tree) == {
        "at": "10:30",
        "no": "no",
        "day": "2018-09-04",
        "number": "007",
        "nothing": "",
        "bad": "2018-13-45",
    }
    assert problems == ()


def test_every_node_knows_its_line_and_whether_it_was_quoted() -> None:
    tree, _ = read(b"# first\na:\n  - x\n  - 'y'\n")
    assert tree == Mapping(
        ((Scalar("a", 2, True), Sequence((Scalar("x", 3, True), Scalar("y", 4, False)), 3)),), 2
    )


def test_windows_files_read_alike() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - c\r\n") == read(b"a: 1\nb:\n  - c\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"a: &x 1\nb: 2", "1: anchors such as '&x' are not read; take it out or quote the text"),
        (b"a: 1\nb: *x", "2: aliases such as '*x' are not read; write the text again"),
        (
            b"a: !!python/name:os.system x",
            "1: tags beginning with ! are not read; take it out or quote the text",
        ),
        (b"a: 1\n<<: {b: 2}", "2: merge keys (<<) are not read; write the keys out"),
        (b"a: 1\nb: 2\na: 3", "3: 'a' stands twice; it was in line 1 already"),
        (b"? [a]\n: b", "1: a list or mapping cannot be a key; quote text with brackets or braces"),
        (b"--- a\n--- b", "2: a second document starts here; one file holds one"),
        (b"a:\n\t- b", "2: a tab has no place here; use spaces"),
        (b'a: "b\\tc"', "1: a tab has no place in this text; take it out"),
        (b"a: @b", "1: text cannot begin with @; put it in quotes"),
        (b"a:\n  - `code`", "2: text cannot begin with `; put it in quotes"),
        (b"a: b: c", "1: a colon where no key is; quote text that has a colon in it, or check the indent"),
        (b"a: 1\nb: 'open\n\nc: 2", "2: the quote opened here is never closed"),
        (b"a: 1\nb: \xff", "2: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: \x1b[31m", "2: the invisible character U+001B has no place here; take it out"),
        (b'a: "\\e]52;c;eA=="', "1: the invisible character U+001B has no place in this text; take it out"),
        ("a: x\u202ey".encode(), "1: the invisible character U+202E has no place in this text; take it out"),
        ("a: x\u2028y".encode(), "1: the invisible character U+2028 has no place here; take it out"),
        (b"a: |\n  b\n  c", "1: a line break has no place in this text; take it out"),
        (b"x" * (256 * 1024 + 1), "1: larger than 256 kB, which no agenda is"),
        (b"[" * 200_000, "1: nested deeper than 20 levels"),
        (b"{a: " * 50_000, "1: nested deeper than 20 levels"),
        (b"- " * 100_000, "1: nested deeper than 20 levels"),
        (b"[" + b"a," * 100_000 + b"]", "1: more than 20000 entries, which no agenda has"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_has_no_place_is_said_with_its_line(source: bytes, expected: str) -> None:
    assert complaints(source) == [expected]


def test_all_problems_are_found_at_once() -> None:
    assert len(complaints(b"a: &x 1\nb: *x\nb: !t 2\n")) == 4


def test_text_goes_on_without_the_characters_that_are_refused() -> None:
    assert plain(read(b'a: " b\\e\\0c "')[0]) == {"a": "bc"}


def test_names_keep_the_joiners_that_they_are_spelt_with() -> None:
    assert complaints("lead: علی\u200cرضا".encode()) == []


def test_a_merge_bomb_costs_nothing() -> None:
    bomb = b"a0: &a0 {x: 1}\n" + b"".join(
        b"a%d: &a%d {<<: [%s]}\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 20)
    )
    tree, problems = read(bomb)
    assert tree is None
    assert problems[-1].text == "more than 100 problems; from here on nothing was looked at"
    assert len(problems) == 101


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200) | st.text(alphabet="ab:-[]{}?!&*<'\"|>%@`#,. \n\t\r", max_size=60).map(str.encode)
)
def test_any_bytes_are_read_or_refused_in_single_lines(source: bytes) -> None:
    tree, problems = read(source)
    assert (
        tree is not None
        or problems
        or not source.strip(b"\xef\xbb\xbf \n\r-.")
        or b"#" in source
        or b"%" in source
    )
    for problem in problems:
        assert 1 <= problem.line <= len(source.splitlines()) + 1
        assert "\n" not in printable(problem.text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_what_is_printed_cannot_reach_the_terminal_as_a_control(text: str) -> None:
    assert all(
        char.isprintable() or char.isspace() or char in "\u200c\u200d" or ord(char) > 0x2FF
        for char in printable(text)
    )
    assert not set(printable(text)) & set("\x1b\x07\x9b\n\r\u202e\u2066")


def test_long_texts_are_cut_in_messages() -> None:
    assert len(quoted("x" * 5000)) < 70
