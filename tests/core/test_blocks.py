"""Headings are CommonMark's, wherever people put their quotes, fences and comments."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.block import bullets
from facilitator.core.blocks import blocks, outline
from facilitator.core.front_matter import preamble
from facilitator.core.inline import plain

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
LINE_END = re.compile(rb"\r\n|\n|\r")
SECOND_OPINION = MarkdownIt("commonmark", {"maxNesting": 100_000})
SNIPPETS = [
    *(
        "> quote",
        "> # q",
        "> ```",
        "- > q",
        "> - i",
        "- item",
        "- # h",
        "- ```",
        "-",
        "1.",
        "1. one",
        "14. x",
    ),
    *("-   wide", "\t- tab", "  - sub", "    - deep", "- [ ] t", "* * *", "---", "===", "```", "~~~", "text"),
    *(
        "</details>",
        "<details>",
        "<a name='x'/>",
        "<!-- x -->",
        "<!--",
        "<!-->",
        "<pre>",
        "<PRE>",
        "</pre>",
        "<div",
    ),
    *(
        "[x]: /u",
        "    code",
        "# h",
        "  ## h",
        "   # h3",
        "#no",
        "| a | b |",
        "foo\n     \nbar",
        "- <div>",
        "",
    ),
]


def headings(data: bytes) -> list[tuple[int, int]]:
    """Return level and first line of all headings."""
    starts = [0, *(m.end() for m in LINE_END.finditer(data))]
    return [(h.level, bisect_right(starts, h.start) - 1) for h in outline(data, top=True)]


def others(data: bytes) -> list[tuple[int, int]]:
    """Return the same by markdown-it-py, which does not know byte order marks and front matter."""
    skipped = preamble(data)
    above = len(LINE_END.findall(data[:skipped]))
    text = LINE_END.sub(b"\n", data[skipped:]).decode("utf-8", "surrogateescape")
    tokens = [
        token for token in SECOND_OPINION.parse(text) if token.type == "heading_open" and not token.level
    ]
    return [(int(token.tag[1]), token.map[0] + above) for token in tokens if token.map]


def is_known_difference(data: bytes) -> bool:
    """Say whether a text holds ``[label]:`` over ``===``, which markdown-it-py takes for a link definition."""
    return bool(re.search(rb"^ {0,3}\[[^\]]+\]:\s*\n {0,3}=+[ \t]*$", LINE_END.sub(b"\n", data), re.M))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n\nb\nc\n===\n", [(1, 0), (1, 2)]),
        ("# a #\n## b ## \n###\n#no\n####### no\n\\# no\n", [(1, 0), (2, 1), (3, 2)]),
        ("```\n# no\n```\n~~~~\n# no\n~~~\n# no\n~~~~\n# yes\n", [(1, 8)]),
        ("- a\n\n  # no\n\n> # no\n\n<!--\n# no\n-->\n\n    # no\n\n# yes\n", [(1, 12)]),
        ("# yes\n```\n# no, the fence is open\n", [(1, 0)]),
        ("> quote\n# yes\n", [(1, 1)]),
        ("> quote\n> - item\n## yes\n", [(2, 2)]),
        ("foo\n     \nbar\n===\n", [(1, 2)]),
        ("[AI]:\n---\n", [(2, 0)]),
        ("[AI]:\n<details>\n# no\n\n# yes\n", [(1, 4)]),
        ("- item\n</details>\n# no\n\n# yes\n", [(1, 4)]),
        ('<a name="x"/>\n### no\n\n### yes\n', [(3, 3)]),
        ("<!-->\n# yes\n", [(1, 1)]),
        ("<PRE>\n# no\n</PRE>\n# yes\n", [(1, 3)]),
        ("-   wide item\n  ## yes\n", [(2, 1)]),
        ("-\ntext\n---\n", [(2, 1)]),
        ("> # no\ntext\n---\n", [(2, 1)]),
        ("- # no\ntext\n---\n", [(2, 1)]),
        ("> ```\ntext\n---\n", [(2, 1)]),
        ("para\n\ftwo\n---\n", [(2, 0)]),
        ("\ufeff# yes\n", [(1, 0)]),
        ("---\ntitle: a\n# a comment\n---\n# yes\n", [(1, 4)]),
        ("---\nA note, no mapping\n---\n", [(2, 1)]),
        ("[AI]:\n===\n", [(1, 0)]),  # the one known difference: markdown-it-py finds a definition
    ],
)
def test_headings_stand_where_commonmark_sees_them(
    text: str, expected: list[tuple[int, int]], newline: str
) -> None:
    assert headings(text.replace("\n", newline).encode()) == expected


@pytest.mark.parametrize("seed", range(4))
def test_headings_agree_with_a_second_opinion_on_nasty_lines(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(700):
        text = "\n".join(chance.choice(SNIPPETS) for _ in range(chance.randint(1, 12))).encode()
        if not is_known_difference(text):
            assert headings(text) == others(text), text


@pytest.fixture(scope="module")
def corpus() -> list[bytes]:
    if not CORPUS.exists():
        pytest.skip("the corpus of real minutes is not here")
    return [path.read_bytes() for path in sorted((CORPUS / "files").rglob("*.md"))]


def test_headings_agree_with_a_second_opinion_on_real_minutes(corpus: list[bytes]) -> None:
    for data in corpus:
        assert headings(data) == others(data)


def perturbed(data: bytes, chance: random.Random) -> bytes:
    """Return minutes with blank lines gone, snippets put in, lines indented, or cut."""
    lines = data.split(b"\n")
    kinds = chance.sample(["close up", "insert", "indent", "cut"], chance.randint(1, 2))
    if "close up" in kinds:
        lines = [line for line in lines if line.strip() or chance.random() < 0.3]
    for _ in range(chance.randint(1, 5) if "insert" in kinds else 0):
        lines.insert(chance.randint(0, len(lines)), chance.choice(SNIPPETS).encode())
    if "indent" in kinds:
        lines = [b" " * chance.randint(0, 5) + line if chance.random() < 0.1 else line for line in lines]
    return b"\n".join(lines[: chance.randint(0, len(lines))] if "cut" in kinds else lines)


def test_headings_agree_with_a_second_opinion_on_perturbed_minutes(corpus: list[bytes]) -> None:
    chance = random.Random(1)
    texts = [perturbed(chance.choice(corpus), chance) for _ in range(600)]
    assert [text for text in texts if headings(text) != others(text) and not is_known_difference(text)] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=10), st.lists(st.sampled_from(SNIPPETS), max_size=10))
def test_what_follows_a_heading_is_read_without_what_precedes_it(above: list[str], below: list[str]) -> None:
    first, second = "\n".join([*above, "", "# h", ""]).encode(), "\n".join(below).encode()
    found = outline(first, top=False)
    if found and found[-1].end == len(first):
        after = [(h.level, h.start + len(first)) for h in outline(second, top=False)]
        assert [(h.level, h.start) for h in outline(first + second, top=False)][len(found) :] == after


def test_list_items_are_found_with_their_facts() -> None:
    source = b"- [ ] Amy writes\n  the docs\n- [x] done\n  * nested\n\n-\n  late\n\n> - quoted\n\n7)  seven\n"
    found = bullets(blocks(source, top=False))
    assert [(b.text, b.depth, b.task, b.marker) for b in found] == [
        ("[ ] Amy writes\nthe docs", 0, False, "-"),
        ("[x] done", 0, True, "-"),
        ("nested", 1, None, "*"),
        ("late", 0, None, "-"),
        ("seven", 0, None, "7)"),
    ]
    assert [source[b.start : b.end] for b in found[2:4]] == [b"  * nested\n", b"-\n  late\n"]
    assert (found[2].indent, found[2].content, found[4].content) == (2, 4, 4)


def test_an_item_indented_less_than_the_text_above_is_its_sibling() -> None:
    found = bullets(blocks(b"-  a\n  - b\n", top=False))
    assert [(b.text, b.depth) for b in found] == [("a", 0), ("b", 0)]


@pytest.mark.parametrize(
    ("text", "kind", "closing"),
    [
        ("a\n", "paragraph", ""),
        ("```\ncode\n```\n", "code", ""),
        ("````\ncode\n```\n", "code", "````"),
        ("<!-- a\n\nb", "html", "-->"),
        ("<pre>\n\n", "html", "</pre>"),
        ("<div>\n", "html", ""),
        ("> q\n", "quote", ""),
        ("* * *\n", "break", ""),
        ("- a\n\n[x]: y\n", "definition", ""),
        ("---\nk: v\n---\n", "front matter", ""),
    ],
)
def test_the_last_block_says_whether_it_is_open(text: str, kind: str, closing: str) -> None:
    last = blocks(text.encode(), top=True)[-1]
    assert (last.kind, last.closing) == (kind, closing)


def test_inline_marks_are_read_away() -> None:
    assert (
        plain("`bosh-bootloader` (a.k.a [`bbl`](https://example.org)) _x_ ~~y~~ \\*")
        == "bosh-bootloader (a.k.a bbl) x y *"
    )
    assert plain("[EM] AT&amp;T") == "[EM] AT&T"


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " # x\n# h\n",
        "- " * 10_000 + "x\n# h\n",
        "> a\n- b\n" * 5_000 + "# h\n",
        "[" * 50_000 + "\n# h\n",
        "# a" + " " * 25_000 + "b\n",
        "".join(" " * n * 2 + "- x\n" for n in range(300)) + "\n# h\n",
    ],
)
def test_hostile_nesting_is_read(text: str) -> None:
    assert len(outline(text.encode(), top=True)) == 1
    blocks(text.encode(), top=True)
