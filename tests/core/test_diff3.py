"""Lines of two and three versions, held against what git makes of them."""

from __future__ import annotations

import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.diff3 import three_way
from facilitator.core.lines import hunks, lines, matches


def merged(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """Merge by line; say whether anything clashed."""
    old, our, their = (lines(source) for source in (base, ours, theirs))
    texts = [[line.text for line in side] for side in (old, our, their)]
    text = three_way(old, our, their, matches(texts[0], texts[1]), matches(texts[0], texts[2]))
    return b"".join(line.text + line.ending for line in text), any(line.mark for line in text)


@st.composite
def three_texts(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """A text whose lines all differ, and two versions of it with lines added, changed and removed."""
    count = draw(st.integers(1, 14))
    base = [f"- said {number}\n".encode() for number in range(count)]

    def edited(who: str) -> bytes:
        text = b""
        for number, line in enumerate(base):
            what = draw(st.sampled_from(["keep"] * 5 + ["change", "remove", "add", "add two"]))
            added = f"- {who} {number}\n".encode()
            text += {
                "keep": line,
                "change": added,
                "remove": b"",
                "add": line + added,
                "add two": line + added + b"- and " + added,
            }[what]
        return text

    return b"".join(base), edited("ours"), edited("theirs")


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_lines_joined_are_the_text(source: bytes) -> None:
    assert b"".join(line.text + line.ending for line in lines(source)) == source


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
@settings(max_examples=300, deadline=None)
def test_matches_are_equal_and_rise_and_hunks_fill_the_rest(a: list[str], b: list[str]) -> None:
    pairs = matches(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    rebuilt = list(a)
    for hunk in reversed(hunks(pairs, len(a), len(b))):
        rebuilt[hunk.lo : hunk.hi] = b[hunk.start : hunk.end]
    assert rebuilt == b


def test_what_stands_once_is_found_again_among_repeated_lines() -> None:
    before = ["", "- a", "", "- b", "", "- c", ""]
    after = ["", "", "- b", "", "- new", "", "- c", ""]
    assert {before[i] for i, _ in matches(before, after)} >= {"- b", "- c"}


def test_stretches_too_dear_for_difflib_are_still_aligned() -> None:
    a = ["x", "y", "z"] * 400
    pairs = matches(a, ["new", *a[:600], "other", *a[600:]])
    assert len(pairs) > 1000


@given(three_texts())
@settings(max_examples=60, deadline=None)
def test_where_git_merges_without_a_conflict_the_result_is_the_same(
    texts: tuple[bytes, bytes, bytes],
) -> None:
    base, ours, theirs = texts
    result, clash = merged(base, ours, theirs)
    conflicts, by_git = git_merge_file(base, ours, theirs)
    if not conflicts:
        assert result == by_git
    assert not clash or conflicts


def git_merge_file(base: bytes, ours: bytes, theirs: bytes) -> tuple[int, bytes]:
    """Return how many conflicts git finds, and its result."""
    with tempfile.TemporaryDirectory() as directory:
        paths = [Path(directory) / name for name in ("ours", "base", "theirs")]
        for path, source in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(source)
        done = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True, check=False)
    return done.returncode, done.stdout


def test_neighbouring_lines_changed_by_either_side_do_not_clash() -> None:
    assert merged(b"a\nb\n", b"A\nb\n", b"a\nB\n") == (b"A\nB\n", False)


def test_the_same_line_changed_by_both_stays_twice_theirs_first() -> None:
    assert merged(b"a\nb\nc\n", b"a\nours\nc\n", b"a\ntheirs\nc\n") == (b"a\ntheirs\nours\nc\n", True)


def test_a_line_removed_by_one_and_changed_by_the_other_stays_changed() -> None:
    assert merged(b"a\nb\nc\n", b"a\nc\n", b"a\nB\nc\n") == (b"a\nB\nc\n", True)


def test_paragraphs_that_both_rewrote_are_not_woven_into_each_other() -> None:
    base, ours, theirs = b"a\n\nb\n", b"p\n\nq\n", b"x\n\ny\n"
    assert merged(base, ours, theirs) == (b"x\n\ny\n\np\n\nq\n", True)


def test_both_appended_theirs_then_ours() -> None:
    assert merged(b"- a\n\n", b"- a\n- ours\n\n", b"- a\n- theirs\n\n") == (
        b"- a\n- theirs\n- ours\n\n",
        False,
    )


def test_text_put_on_either_side_of_a_blank_line_stays_there() -> None:
    assert merged(b"\n", b"\n- ours\n", b"- theirs\n\n") == (b"- theirs\n\n- ours\n", False)
    assert merged(b"\n", b"- ours\n\n", b"\n- theirs\n") == (b"- ours\n\n- theirs\n", False)


def test_what_both_added_stands_once() -> None:
    both = b"- a\n- same\n"
    assert merged(b"- a\n", both, both) == (both, False)
    assert merged(b"- a\n", both + b"- ours\n", both) == (both + b"- ours\n", False)


def test_what_both_added_on_either_side_of_a_blank_line_stands_once_where_they_have_it() -> None:
    assert merged(b"\n", b"- same\n\n", b"\n- same\n- new\n") == (b"\n- same\n- new\n", False)
    assert merged(b"\n", b"\n- same\n- ours\n", b"- same\n\n") == (b"- same\n- ours\n\n", False)


def test_a_statement_that_both_put_back_stands_once_where_theirs_has_it() -> None:
    wiped = b"- The slipway is closed until the crane is mended\n"
    assert merged(b"- a\n", wiped + b"- a\n", b"- a\n" + wiped) == (b"- a\n" + wiped, False)
    assert merged(b"- a\n", b"- yes\n- a\n", b"- a\n- yes\n") == (b"- yes\n- a\n- yes\n", False)


def test_a_nested_note_stays_below_its_topic_when_a_topic_lands_after_it() -> None:
    base = b"- topic\n"
    assert merged(base, base + b"  - note\n", base + b"- next\n") == (b"- topic\n  - note\n- next\n", False)


def test_items_that_differ_only_below_stay_whole() -> None:
    ours, theirs = b"- same\n  - ours\n", b"- same\n  - theirs\n"
    assert merged(b"", ours, theirs) == (theirs + ours, False)


def test_code_that_both_pasted_stays_in_two_fences() -> None:
    ours, theirs = b"```sh\nours\n```\n", b"```sh\ntheirs\n```\n"
    assert merged(b"", ours, theirs) == (theirs + ours, False)


def test_a_paragraph_is_not_underlined_by_what_the_other_side_added() -> None:
    assert merged(b"", b"---\n", b"a title?\n") == (b"a title?\n\n---\n", False)
    assert merged(b"", b"\nours\n", b"\ntheirs\n") == (b"\ntheirs\n\nours\n", False)


def test_an_ending_is_a_change_of_its_own() -> None:
    assert merged(b"a\nb\n", b"a\nb\nc\n", b"a\r\nb\r\n") == (b"a\r\nb\r\nc\n", False)
    assert merged(b"a\nb", b"x\na\nb", b"a\nb\n") == (b"x\na\nb\n", False)
