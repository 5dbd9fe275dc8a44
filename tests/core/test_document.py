"""A file that twenty people write stays, byte for byte, what they wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.core.document import LARGEST, Document, ListItem, Span, Splice, TooLarge

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PIECES = st.sampled_from(
    [
        *(
            b"# h",
            b"## h",
            b"   ### h ##",
            b"t\n===",
            b"- a",
            b"  - b",
            b"1. c",
            b"> q",
            b"```",
            b"~~~~",
            b"<!--",
            b"-->",
        ),
        *(
            b"<pre>",
            b"</pre>",
            b"<div>",
            b"---",
            b"k: v",
            b"[AI]:",
            b"    code",
            b"\t",
            b" ",
            b"text",
            b"\xff\xfe",
            b"\0",
        ),
        *(
            b"\xef\xbb\xbf",
            b"\xe2\x80\xa8",
            b"\xc2\x85",
            b"\x0b",
            b"\x0c",
            b"\x1b[2J",
            b"# a" + b" " * 9 + b"b",
            b"*",
        ),
    ]
)
ENDS = st.sampled_from([b"\n", b"\n", b"\n\n", b"\r\n", b"\r", b""])
FILES = st.one_of(
    st.binary(max_size=60), st.lists(st.tuples(PIECES, ENDS).map(b"".join), max_size=14).map(b"".join)
)


def structure(document: Document) -> list[tuple[int, str, Span, Span, Span]]:
    return [(s.level, s.title, s.heading, s.own, s.whole) for s in document.sections]


def listed(document: Document) -> list[ListItem]:
    return [item for section in document.sections for item in document.list_items(section)]


@settings(max_examples=400, deadline=None)
@given(FILES)
@example(b"")
@example(b"\xef\xbb\xbf# a")
@example(b"# a\r\n\r# b\r\r\n\n- c")
@example(b"# [\xff](\xff)\n\n[a]: \xff\n")
def test_every_byte_belongs_to_one_section_and_none_changes(data: bytes) -> None:
    document = Document.parse(data)
    assert document.source == data
    pieces = [piece for section in document.sections for piece in (section.heading, section.own)]
    assert b"".join(data[start:end] for start, end in pieces) == data
    for section in document.sections:
        assert section.whole.start == section.heading.start
        assert section.heading.end == section.own.start <= section.own.end <= section.whole.end
        assert section == document.section_at(section.own.start) or not section.own.end > section.own.start
        for item in document.list_items(section):
            assert section.own.start <= item.span.start < item.span.end <= section.own.end


@settings(max_examples=600, deadline=None)
@given(FILES, st.integers(0, 80), st.integers(0, 20), FILES)
@example(b"# a\n\n# b\n\n- c\n\n# d\n\n1. e\n", 5, 0, b"# x\n\n")
@example(b"# a\n\n# b\n\n# c\n\n- d\n\n# e\n\n1. f\n", 5, 5, b"")
def test_an_edit_leaves_what_a_fresh_look_finds(data: bytes, start: int, length: int, new: bytes) -> None:
    start = min(start, len(data))
    span = Span(start, min(start + length, len(data)))
    document = Document.parse(data)
    assert document.newline in (b"\n", b"\r\n", b"\r")
    listed(document)  # what is known of it must not be taken for what the edit made of it
    edited = document.replace(span, new)
    fresh = Document.parse(data[:start] + new + data[span.end :])
    assert edited.source == fresh.source
    assert structure(edited) == structure(fresh)
    assert listed(edited) == listed(fresh)
    assert edited.newline == fresh.newline
    assert document.source == data


def test_sections_nest_by_level() -> None:
    data = b"before\n\n# Title\n\ntext\n\n## A  `b`\n\n### Deep ###\nx\n\nB\n-\ny"
    document = Document.parse(data)
    assert [(s.index, s.level, s.title) for s in document.sections] == [
        (0, 0, ""),
        (1, 1, "Title"),
        (2, 2, "A `b`"),
        (3, 3, "Deep"),
        (4, 2, "B"),
    ]
    texts = [(document.text(s.own), document.text(s.whole)) for s in document.sections]
    assert texts[0] == ("before\n\n", "before\n\n")
    assert texts[2] == ("\n", "## A  `b`\n\n### Deep ###\nx\n\n")
    assert texts[4] == ("y", "B\n-\ny")
    assert document.sections[-1].title == "B"
    assert [s.title for s in document.sections[1:3]] == ["Title", "A `b`"]


def test_list_items_carry_depth_box_and_text() -> None:
    document = Document.parse(
        b"# A\r\n\r\n- [ ] Amy\r\n  writes\r\n  - [X] nested\r\n1. one\r\n\r\n# B\r\n- b\r\n"
    )
    assert [(i.section, i.depth, i.task, i.text, i.marker) for i in document.list_items(1)] == [
        (1, 0, False, "[ ] Amy\nwrites", "-"),
        (1, 1, True, "[X] nested", "-"),
        (1, 0, None, "one", "1."),
    ]
    (item,) = document.list_items(document.sections[2])
    assert document.text(item.span) == "- b\r\n"


def test_a_splice_is_taken_back_by_its_inverse() -> None:
    document = Document.parse(b"# A\n\n- one\n")
    splice = Splice(5, b"- one", b"- two and more")
    assert (splice.span, splice.result, splice.delta) == (Span(5, 10), Span(5, 19), 9)
    edited = document.apply(splice)
    assert edited.source == b"# A\n\n- two and more\n"
    assert edited.apply(splice.inverse).source == document.source


def test_a_splice_of_text_that_has_changed_is_refused() -> None:
    document = Document.parse(b"# A\n\n- one\n")
    with pytest.raises(ValueError, match="byte 5 has changed"):
        document.apply(Splice(5, b"- two", b""))
    with pytest.raises(ValueError, match="not in a text"):
        document.replace(Span(5, 100), b"")


@pytest.mark.parametrize(
    ("data", "newline"),
    [(b"", b"\n"), (b"a", b"\n"), (b"a\r\nb\r\nc\n", b"\r\n"), (b"a\rb\rc\n", b"\r"), (b"a\nb\r\n", b"\n")],
)
def test_the_line_ending_is_that_of_most_lines(data: bytes, newline: bytes) -> None:
    assert Document.parse(data).newline == newline


def test_a_file_too_large_for_minutes_is_refused_with_one_line() -> None:
    with pytest.raises(TooLarge) as refused:
        Document.parse(b"a" * (LARGEST + 1))
    assert re.fullmatch(r"4 MB is more than .*; split the file", str(refused.value))


def test_an_edit_reads_no_more_than_the_section_and_the_next_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    from facilitator.core import blocks
    from facilitator.core.block import Heading

    document = Document.parse(b"# T\n\n" + b"## A\n\n- a\n\n" * 1000)
    read: list[int] = []
    outline = blocks.outline

    def counting(source: bytes, *, top: bool) -> list[Heading]:
        read.append(len(source))
        return outline(source, top=top)

    monkeypatch.setattr(blocks, "outline", counting)
    document.append(500, ["a note"])
    assert sum(read) < 40


def test_real_minutes_are_read_and_kept_as_they_are() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of real minutes is not here")
    for path in sorted(CORPUS.rglob("*.md")):
        data = path.read_bytes()
        document = Document.parse(data)
        assert document.source == data
        assert b"".join(data[s.heading.start : s.own.end] for s in document.sections) == data
