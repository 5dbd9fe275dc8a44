"""Time kept in the minutes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.timing import Timed, comment, read

ITEMS = st.lists(
    st.builds(Timed, st.text(max_size=12), st.none() | st.integers(0, 9999), st.integers(0, 9999)), max_size=4
)


def test_time_is_kept_in_one_comment_that_nobody_sees() -> None:
    line = comment([Timed("Router", 120, 134), Timed("Storage", None, 20)])
    assert line == '<!-- facilitator timing: [["Router",120,134],["Storage",null,20]] -->'
    assert read(f"# Minutes\n\nwords\n\n{line}\n") == (Timed("Router", 120, 134), Timed("Storage", None, 20))


def test_the_last_comment_counts_and_what_is_damaged_does_not() -> None:
    first, last = comment([Timed("a", 1, 2)]), comment([Timed("b", 3, 4)])
    assert read(f"{first}\r\n{last}\r\n") == (Timed("b", 3, 4),)
    for rows in ("[1]", '[["a",1]]', '[["a",true,1]]', "[[", "[" * 50_000 + "]" * 50_000, '{"a":1}'):
        assert read(f"<!-- facilitator timing: {rows} -->") == ()
    assert read("no comment") == ()


@given(ITEMS | st.just([Timed("--> <b>--!> ----", 1, 2)]))
@settings(max_examples=150, deadline=None)
def test_no_title_ends_the_comment(items: list[Timed]) -> None:
    line = comment(items)
    assert read(f"x\n\n{line}\n") == tuple(items)
    (block,) = MarkdownIt("commonmark").parse(line)
    assert block.type == "html_block"
    assert line.count("-->") == 1
