"""An entry stands where the chair expects it, written the way the section is written."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.document import Document
from facilitator.core.front_matter import preamble
from facilitator.core.writing import Swallowed

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
READER = MarkdownIt("commonmark", {"maxNesting": 1000})
LINE_END = re.compile(r"\r\n|\n|\r")


def written(text: str, section: int = 1, lines: tuple[str, ...] = ("note",), under: int | None = None) -> str:
    document = Document.parse(text.encode())
    item = None if under is None else document.list_items(section)[under]
    splice = document.insertion(section, lines, item)
    assert splice.removed == b""
    return document.apply(splice).source.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # an empty section keeps its blank lines around
        ("# A - x\n\n\n# B\n", "# A - x\n\n- note\n\n# B\n"),
        ("# A\n\n# B\n", "# A\n\n- note\n\n# B\n"),
        ("# A\n# B\n", "# A\n\n- note\n\n# B\n"),
        ("# A\n\n\n\n# B\n", "# A\n\n- note\n\n\n# B\n"),
        ("# A\n", "# A\n\n- note\n"),
        ("# A", "# A\n\n- note\n"),
        ("# A\n\n", "# A\n\n- note\n"),
        ("# A\n# B\n- b\n# C\n", "# A\n- note\n# B\n- b\n# C\n"),  # as tight as its neighbours
        ("# A\r# B\r\r- b\r# C\r", "# A\r\r- note\r\r# B\r\r- b\r# C\r"),
        # the section's own bullet, indent and blank lines
        ("# A\n\n* one\n* two\n\n# B\n", "# A\n\n* one\n* two\n* note\n\n# B\n"),
        ("# A\n\n  -   one\n\n# B\n", "# A\n\n  -   one\n  -   note\n\n# B\n"),
        ("# A\n\n- one\n\n- two\n\n# B\n", "# A\n\n- one\n\n- two\n\n- note\n\n# B\n"),
        (
            "# A\n\n- one\n  - deep\n    more\n\n\n# B\n",
            "# A\n\n- one\n  - deep\n    more\n- note\n\n\n# B\n",
        ),
        ("# A\n- one\n# B\n", "# A\n- one\n- note\n# B\n"),
        ("# A\n\n-\tone\n", "# A\n\n-\tone\n-\tnote\n"),
        ("# A\n\n- one", "# A\n\n- one\n- note\n"),
        ("# A\n\n# B\n\n+ b\n+ c\n", "# A\n\n+ note\n\n# B\n\n+ b\n+ c\n"),
        ("# A\n\n* one\n\ntext\n", "# A\n\n* one\n\ntext\n\n* note\n"),
        # after what is no list, a blank line
        ("# A\n\ntext\n\n# B\n", "# A\n\ntext\n\n- note\n\n# B\n"),
        ("# A\n\n1. one\n2. two\n", "# A\n\n1. one\n2. two\n\n- note\n"),
        ("# A\n\n| a |\n| - |\n| b |\n\n# B\n", "# A\n\n| a |\n| - |\n| b |\n\n- note\n\n# B\n"),
        ("# A\n\n```\ncode\n```\n", "# A\n\n```\ncode\n```\n\n- note\n"),
        ("# A\n\n    code\n", "# A\n\n    code\n\n- note\n"),
        ("# A\n\n<div>\n# B\n", "# A\n\n<div>\n# B\n\n- note\n"),
        ("# A\n\n<!-- c -->\n", "# A\n\n<!-- c -->\n\n- note\n"),
        ("# A\n\n> q\n", "# A\n\n> q\n\n- note\n"),
        ("# A\n\n- one\n\n[x]: /u\n", "# A\n\n- one\n\n[x]: /u\n\n- note\n"),
        # what follows stays what it is
        ("# A\nB\n===\n", "# A\n\n- note\n\nB\n===\n"),
        ("# A\n\n***\nB\n===\n", "# A\n\n***\n\n- note\n\nB\n===\n"),
        # a placeholder is filled
        ("# A\n\n-\n\n# B\n", "# A\n\n- note\n\n# B\n"),
        ("# A\n\n* \n\n# B\n", "# A\n\n* note\n\n# B\n"),
        ("# A\n\n- one\n-", "# A\n\n- one\n- note"),
        # line endings are the file's
        ("# A\r\n\r\n\r\n# B\r\n", "# A\r\n\r\n- note\r\n\r\n# B\r\n"),
        ("# A\r\r- one\r\r# B\r", "# A\r\r- one\r- note\r\r# B\r"),
        ("# A\n\n- one\r\n\r\n# B\r\n- b\r\n", "# A\n\n- one\r\n- note\r\n\r\n# B\r\n- b\r\n"),
        ("# A\n\n\ntext\r# B\n", "# A\n\n\ntext\r\n\n- note\n# B\n"),
    ],
)
def test_an_entry_goes_to_the_end_in_the_manner_of_the_section(before: str, after: str) -> None:
    assert written(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- note\n"),
        ("text", "text\n\n- note\n"),
        ("# T\n", "- note\n\n# T\n"),
        ("\ufeff# T\n", "\ufeff- note\n\n# T\n"),
        ("---\nk: v\n---\n# T\n", "---\nk: v\n---\n\n- note\n# T\n"),
    ],
)
def test_an_entry_may_stand_before_any_heading(before: str, after: str) -> None:
    assert written(before, 0) == after


@pytest.mark.parametrize(
    ("before", "under", "after"),
    [
        ("# A\n\n- topic\n- other\n", 0, "# A\n\n- topic\n  - note\n- other\n"),
        ("# A\n\n- topic\n  lazy\n- other\n", 0, "# A\n\n- topic\n  lazy\n  - note\n- other\n"),
        ("# A\n\n* topic\n    * child\n* other\n", 0, "# A\n\n* topic\n    * child\n    * note\n* other\n"),
        ("# A\n\n- topic\n\t+ child\n", 0, "# A\n\n- topic\n\t+ child\n\t+ note\n"),
        ("# A\n\n- topic\n  - a\n\n  - b\n\n# B\n", 0, "# A\n\n- topic\n  - a\n\n  - b\n\n  - note\n\n# B\n"),
        ("# A\n\n1. topic\n2. other\n", 0, "# A\n\n1. topic\n   - note\n2. other\n"),
        ("# A\n\n10. topic\n    1. a\n", 0, "# A\n\n10. topic\n    1. a\n\n    - note\n"),
        (
            "# A\n\n- topic\n  - child\n    - grandchild\n",
            0,
            "# A\n\n- topic\n  - child\n    - grandchild\n  - note\n",
        ),
        ("# A\n\n- topic\n  - child\n", 1, "# A\n\n- topic\n  - child\n    - note\n"),
        ("# A\n\n- topic\n\n  ```\n  code\n  ```\n", 0, "# A\n\n- topic\n\n  ```\n  code\n  ```\n  - note\n"),
        ("# A\n\n-\n- b\n", 0, "# A\n\n-\n  - note\n- b\n"),
        ("# A\n\n- topic\n  - a\n  -\n", 0, "# A\n\n- topic\n  - a\n  - note\n"),
        ("# A\n\n- topic", 0, "# A\n\n- topic\n  - note\n"),
        ("# A\n\n- # topic\ntext\n", 0, "# A\n\n- # topic\n  - note\n\ntext\n"),
    ],
)
def test_an_entry_on_a_topic_is_nested_below_it(before: str, under: int, after: str) -> None:
    assert written(before, under=under) == after


def test_an_entry_may_have_items_and_a_fenced_block_of_its_own() -> None:
    lines = ("note", "- nested", "```", "- code", "", "```", "- last")
    assert written("# A\n\n* one\n", lines=lines) == (
        "# A\n\n* one\n* note\n  * nested\n  ```\n  - code\n\n  ```\n  * last\n"
    )
    assert (
        written("# A\n\n- t\n", lines=("```", "x", "```"), under=0) == "# A\n\n- t\n  - ```\n    x\n    ```\n"
    )
    with pytest.raises(ValueError, match="without a line ending"):
        written("# A\n", lines=("a\nb",))


@pytest.mark.parametrize(
    ("before", "under", "what", "line", "closed"),
    [
        ("# A\n\n~~~~ js\ncode\n\n", None, "a code fence", 3, "# A\n\n~~~~ js\ncode\n~~~~\n\n"),
        ("# A\n\ntext\n<!-- a\n# B", None, "a comment", 4, "# A\n\ntext\n<!-- a\n# B\n-->\n"),
        ("# A\r\n<pre>\r\n", None, "an HTML block", 2, "# A\r\n<pre>\r\n</pre>\r\n"),
        ("# A\n\n- t\n\n  ```\n  x\n- u\n", 0, "a code fence", 5, "# A\n\n- t\n\n  ```\n  x\n  ```\n- u\n"),
    ],
)
def test_nothing_is_put_where_an_open_block_swallows_it(
    before: str, under: int | None, what: str, line: int, closed: str
) -> None:
    with pytest.raises(Swallowed) as refused:
        written(before, under=under)
    assert (refused.value.what, refused.value.line) == (what, line)
    assert (
        str(refused.value) == f"line {line}: {what} is not closed and would swallow the entry; close it first"
    )
    assert refused.value.closing
    document = Document.parse(before.encode()).apply(refused.value.closing)
    assert document.source.decode() == closed
    assert "note" in written(closed, under=under)


def test_a_list_item_that_is_gone_is_no_place_for_an_entry() -> None:
    document = Document.parse(b"# A\n\n- topic\n")
    (topic,) = document.list_items(1)
    with pytest.raises(ValueError, match="no longer"):
        document.replace(topic.span, b"text\n").insertion(1, ["note"], topic)


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        ("# T\n\n## A\n\n- a\n\n## B\n", 2, "# T\n\n## A\n\n- a\n\n## New\n\n## B\n"),
        ("# T\n\n\n## A\n\n\n## B\n\n\n", 2, "# T\n\n\n## A\n\n\n## New\n\n\n## B\n\n\n"),
        ("# T\n\n## A\ntext", None, "# T\n\n## A\ntext\n\n## New\n"),
        ("# T\r\n", None, "# T\r\n\r\n## New\r\n"),
        ("", None, "## New\n"),
        ("# T\n\n## A\n\n### Deep\n\n## B\n", 2, "# T\n\n## A\n\n### Deep\n\n## New\n\n## B\n"),
    ],
)
def test_a_new_section_keeps_the_blank_lines_of_its_place(
    before: str, after: int | None, result: str
) -> None:
    document = Document.parse(before.encode())
    splice = document.new_section(2, "New", after=after)
    assert document.apply(splice).source.decode() == result


def test_a_new_section_is_not_put_into_an_open_fence() -> None:
    document = Document.parse(b"# A\n\n```\n")
    with pytest.raises(Swallowed, match="line 3: a code fence"):
        document.new_section(2, "New")
    with pytest.raises(ValueError, match="level"):
        document.new_section(7, "New")


def shown(data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the headings and the list items' texts that a reader of CommonMark finds."""
    text = LINE_END.sub("\n", data[preamble(data) :].decode("utf-8", "surrogateescape"))
    tokens = READER.parse(text)
    headings = [
        (token.tag, tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level
    ]
    items = [
        tokens[n + 2].content
        for n, token in enumerate(tokens[:-2])
        if token.type == "list_item_open" and tokens[n + 1].type == "paragraph_open" and tokens[n + 2].content
    ]
    return headings, items


def check_entry_everywhere(data: bytes, every: int = 1) -> None:
    document = Document.parse(data)
    headings, items = shown(data)
    for section in document.sections:
        for under in (None, *document.list_items(section)[::every]):
            try:
                splice = document.insertion(section, ["zebra", "- nested zebra"], under)
            except Swallowed:
                continue
            after = document.apply(splice).source
            assert after[: splice.start] + after[splice.result.end :] == data
            assert shown(after)[0] == headings
            assert not Counter([*items, "zebra", "nested zebra"]) - Counter(["", *shown(after)[1]])


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_an_entry_to_every_section_and_item_of_real_minutes_is_found_again(newline: bytes) -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of real minutes is not here")
    for path in sorted((CORPUS / "files").rglob("*.md"))[:: 1 if newline == b"\n" else 4]:
        data = path.read_bytes()
        check_entry_everywhere(data if newline == b"\n" else re.sub(rb"\r\n|\n|\r", newline, data), every=5)


LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "text",
            "# h",
            "## h",
            "- a",
            "- a",
            "* b",
            "  - c",
            "    - d",
            "1. e",
            "-",
            "> q",
            "```",
            "~~~",
        ),
        *(
            "<!-- c -->",
            "<!--",
            "<div>",
            "    code",
            "---",
            "===",
            "| a |",
            "- ```",
            "  more",
            "\ttab",
            "- # h",
        ),
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(LINES, max_size=10), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_an_entry_is_found_again_in_any_minutes(lines: list[str], newline: str, ended: bool) -> None:
    check_entry_everywhere((newline.join(lines) + newline * ended).encode())
