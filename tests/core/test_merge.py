"""Somebody else's version lands while the chair writes: everything of both sides is in the file."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.document import Document
from facilitator.core.lines import lines
from facilitator.core.merge import merge, splices, take
from facilitator.core.spans import Splice

CASES = 5000 if "FACILITATOR_NIGHTLY" in os.environ else 300

MINUTES = b"""# Boatyard Council 2031-05-06

## Announcements

- The slipway is closed on Friday

## Backlog Reviews

### Winches - Ada Byron

- Grease is in

### Hull (incubating) - Grace Murray

### Mast - Alan Mathison

- Old mast sold
- New mast ordered
"""


def titles(source: bytes) -> list[str]:
    return [section.title for section in Document.parse(source).sections[1:]]


def own(source: bytes, title: str) -> list[bytes]:
    """The lines with text of every section with a title, one after the other."""
    document = Document.parse(source)
    return [
        line.text
        for section in document.sections
        if section.title == title
        for line in lines(source[section.own.start : section.own.end])
        if not line.blank
    ]


def noted(source: bytes, title: str, text: str) -> bytes:
    document = Document.parse(source)
    section = next(one for one in document.sections if one.title.startswith(title))
    return document.append(section, [text]).source


def edited(old: str, new: str, source: bytes = MINUTES) -> bytes:
    assert old.encode() in source
    return source.replace(old.encode(), new.encode())


# What a lead does to sections is followed


def test_another_ending_of_a_line_is_all_that_changes_of_it() -> None:
    crlf = MINUTES.replace(b"\n", b"\r\n")
    made = splices(MINUTES, crlf)
    assert {(one.removed.strip(b"\n"), one.inserted.strip(b"\r\n")) for one in made} == {(b"", b"")}
    assert Document.parse(MINUTES).apply_all(made).source == crlf
    assert splices(b"- one", b"- one\n- two\n") == (Splice(5, b"", b"\n- two\n"),)


def test_a_lead_writes_while_the_chair_takes_notes_in_another_item() -> None:
    ours = noted(MINUTES, "Winches", "Ada shows the winch")
    theirs = noted(MINUTES, "Hull", "Plans are drawn")
    merged = merge(MINUTES, ours, theirs)
    assert merged.source == noted(theirs, "Winches", "Ada shows the winch")
    assert (merged.conflicts, merged.clobbers) == ((), ())


def test_both_append_to_one_item_theirs_then_ours() -> None:
    merged = merge(MINUTES, noted(MINUTES, "Hull", "ours"), noted(MINUTES, "Hull", "theirs"))
    assert own(merged.source, "Hull (incubating) - Grace Murray") == [b"- theirs", b"- ours"]
    assert merged.conflicts == ()


def test_both_change_one_line_and_both_versions_stay_marked() -> None:
    ours, theirs = edited("Grease is in", "Grease is out"), edited("Grease is in", "Grease is late")
    merged = merge(MINUTES, ours, theirs)
    assert own(merged.source, "Winches - Ada Byron") == [b"- Grease is late", b"- Grease is out"]
    (conflict,) = merged.conflicts
    assert (conflict.title, titles(merged.source)[conflict.section - 1]) == ("Winches - Ada Byron",) * 2
    (span,) = conflict.spans
    assert merged.source[span.start : span.end] == b"- Grease is late\n- Grease is out\n"
    assert b"<<<<" not in merged.source


def test_a_renamed_lead_keeps_what_was_noted_meanwhile() -> None:
    ours, theirs = noted(MINUTES, "Hull", "ours"), edited("Grace Murray", "Jean Bartik")
    merged = merge(MINUTES, ours, theirs)
    assert own(merged.source, "Hull (incubating) - Jean Bartik") == [b"- ours"]
    assert len(titles(merged.source)) == len(titles(MINUTES))
    assert merged.conflicts == ()


def test_a_moved_section_takes_what_was_noted_in_it_along() -> None:
    winches = MINUTES[MINUTES.index(b"### Winches") : MINUTES.index(b"### Hull")]
    theirs = MINUTES.replace(winches, b"") + b"\n" + winches
    merged = merge(MINUTES, noted(MINUTES, "Winches", "ours"), theirs)
    assert titles(merged.source) == titles(theirs)
    assert own(merged.source, "Winches - Ada Byron") == [b"- Grease is in", b"- ours"]
    assert (merged.conflicts, merged.clobbers) == ((), ())


def test_what_the_chair_moved_takes_what_landed_in_it_along() -> None:
    winches = MINUTES[MINUTES.index(b"### Winches") : MINUTES.index(b"### Hull")]
    ours = MINUTES.replace(winches, b"") + b"\n" + winches
    merged = merge(MINUTES, ours, noted(MINUTES, "Winches", "theirs"))
    assert titles(merged.source) == titles(ours)
    assert own(merged.source, "Winches - Ada Byron") == [b"- Grease is in", b"- theirs"]


def test_an_added_section_stands_where_its_author_put_it_below_our_note() -> None:
    theirs = edited("### Hull", "### Keel - Kay Antonelli\n\n- Lead is dear\n\n### Hull")
    merged = merge(MINUTES, noted(MINUTES, "Winches", "ours"), theirs)
    assert titles(merged.source) == titles(theirs)
    assert own(merged.source, "Winches - Ada Byron") == [b"- Grease is in", b"- ours"]
    assert own(merged.source, "Keel - Kay Antonelli") == [b"- Lead is dear"]


def test_a_section_that_both_added_stands_once_with_both_texts() -> None:
    ours, theirs = MINUTES + b"\n## Parking Lot\n\n- ours\n", MINUTES + b"\n## Parking Lot\n\n- theirs\n"
    merged = merge(MINUTES, ours, theirs)
    assert titles(merged.source).count("Parking Lot") == 1
    assert own(merged.source, "Parking Lot") == [b"- theirs", b"- ours"]


def test_sections_that_both_added_keep_their_order() -> None:
    ours = MINUTES + b"\n## Regrets\n\n## Parking Lot\n\n- ours\n\n## Regrets\n\n- Ada\n"
    merged = merge(MINUTES, ours, MINUTES + b"\n## Parking Lot\n\n- theirs\n")
    assert titles(merged.source)[-3:] == ["Parking Lot", "Regrets", "Regrets"]


def test_a_duplicated_section_keeps_our_note_once() -> None:
    winches = MINUTES[MINUTES.index(b"### Winches") : MINUTES.index(b"### Hull")]
    merged = merge(MINUTES, noted(MINUTES, "Winches", "ours"), MINUTES.replace(winches, winches * 2))
    assert titles(merged.source).count("Winches - Ada Byron") == 2
    assert own(merged.source, "Winches - Ada Byron").count(b"- ours") == 1


def test_a_pasted_heading_that_cuts_a_section_in_two_keeps_both_halves() -> None:
    theirs = edited("- New mast ordered", "# New Features\n\n- New mast ordered")
    merged = merge(MINUTES, noted(MINUTES, "Mast", "ours"), theirs)
    assert merged.source == noted(theirs, "New Features", "ours")
    assert merged.clobbers == ()


def test_a_quiet_section_goes_with_its_heading_unless_we_wrote_to_it() -> None:
    theirs = edited("### Hull (incubating) - Grace Murray\n\n", "")
    assert merge(MINUTES, MINUTES, theirs).source == theirs
    merged = merge(MINUTES, noted(MINUTES, "Hull", "ours"), theirs)
    assert own(merged.source, "Hull (incubating) - Grace Murray") == [b"- ours"]
    assert [conflict.title for conflict in merged.conflicts] == ["Hull (incubating) - Grace Murray"]


def test_a_section_we_removed_comes_back_with_what_landed_in_it() -> None:
    ours = edited("### Hull (incubating) - Grace Murray\n\n", "")
    merged = merge(MINUTES, ours, noted(MINUTES, "Hull", "theirs"))
    assert own(merged.source, "Hull (incubating) - Grace Murray") == [b"- theirs"]
    assert [conflict.title for conflict in merged.conflicts] == ["Hull (incubating) - Grace Murray"]


# The guard


def test_text_wiped_by_who_wrote_elsewhere_stays_and_is_told() -> None:
    theirs = noted(edited("- Old mast sold\n- New mast ordered\n", ""), "Winches", "theirs")
    merged = merge(MINUTES, noted(MINUTES, "Hull", "ours"), theirs)
    assert own(merged.source, "Mast - Alan Mathison") == [b"- Old mast sold", b"- New mast ordered"]
    assert own(merged.source, "Winches - Ada Byron") == [b"- Grease is in", b"- theirs"]
    (clobber,) = merged.clobbers
    assert (clobber.title, clobber.emptied) == ("Mast - Alan Mathison", True)
    assert clobber.removed == b"- Old mast sold\n- New mast ordered\n"
    (span,) = clobber.spans
    assert merged.source[span.start : span.end] == clobber.removed
    assert own(merge(MINUTES, MINUTES, theirs, guard=False).source, "Mast - Alan Mathison") == []


def test_a_section_cut_down_is_told_and_one_that_was_reworked_is_not() -> None:
    (clobber,) = merge(MINUTES, MINUTES, edited("- Old mast sold\n", "")).clobbers
    assert (clobber.removed, clobber.emptied) == (b"- Old mast sold\n", False)
    reworked = edited("- Old mast sold\n- New mast ordered\n", "- Both masts sorted\n")
    assert merge(MINUTES, MINUTES, reworked).clobbers == ()


def test_a_line_that_we_changed_and_a_landing_wiped_stays_changed_and_is_marked() -> None:
    ours = edited("New mast ordered", "New mast ordered in oak")
    theirs = noted(edited("- New mast ordered\n", ""), "Winches", "theirs")
    merged = merge(MINUTES, ours, theirs)
    assert merged.source == noted(ours, "Winches", "theirs")
    assert [conflict.title for conflict in merged.conflicts] == ["Mast - Alan Mathison"]


def test_a_line_moved_to_another_item_is_no_clobber() -> None:
    base = edited("- Grease is in\n", "- The grease for the big winch is in at last\n")
    theirs = base.replace(b"- The grease for the big winch is in at last\n", b"") + (
        b"- The grease for the big winch is in at last\n"
    )
    merged = merge(base, base, theirs)
    assert (merged.source, merged.clobbers) == (theirs, ())


def test_a_removal_taken_after_all_leaves_what_was_noted_since() -> None:
    theirs = edited("### Mast - Alan Mathison\n\n- Old mast sold\n- New mast ordered\n", "")
    merged = merge(MINUTES, MINUTES, theirs)
    (clobber,) = merged.clobbers
    assert take(merged.source, merged, clobber) == theirs
    now = noted(merged.source, "Winches", "meanwhile")
    assert take(now, merged, clobber) == noted(theirs, "Winches", "meanwhile")


def test_a_removal_kept_is_not_told_again() -> None:
    theirs = edited("- Old mast sold\n- New mast ordered\n", "")
    kept = merge(MINUTES, MINUTES, theirs).source
    later = noted(theirs, "Winches", "later")
    merged = merge(theirs, kept, later)
    assert merged.source == noted(kept, "Winches", "later")
    assert merged.clobbers == ()


@pytest.mark.parametrize("left", [0, 1, 40, 100, 140, len(MINUTES) - 5])
def test_a_file_cut_off_wipes_nothing(left: int) -> None:
    ours = noted(MINUTES, "Hull", "ours")
    merged = merge(MINUTES, ours, MINUTES[:left])
    assert merged.source == ours
    assert "Mast - Alan Mathison" in [clobber.title for clobber in merged.clobbers]


def test_words_captured_in_this_call_are_not_removed_but_may_be_reworded() -> None:
    words = {b"- Ada shows the winch"}
    base = noted(MINUTES, "Winches", "Ada shows the winch")
    removed = noted(MINUTES, "Winches", "We also oiled the davits")
    merged = merge(base, base, removed, captured=words)
    assert b"- Ada shows the winch" in own(merged.source, "Winches - Ada Byron")
    assert [clobber.removed for clobber in merged.clobbers] == [b"- Ada shows the winch\n"]
    reworded = base.replace(b"Ada shows the winch", b"Ada showed the winch")
    assert merge(base, base, reworded, captured=words).source == reworded


@pytest.mark.parametrize("theirs", ["- first (changed)", "- first, and more", "1. not the - first"])
def test_a_short_line_captured_in_this_call_may_be_written_beside(theirs: str) -> None:
    base = b"# Call\n\n## One\n\n- alpha\n- first\n- second\n"
    words = (b"- first", b"- second")
    written = base.replace(b"- first", theirs.encode())
    merged = merge(base, base, written, captured=words)
    assert merged.source == written
    assert merged.clobbers == ()
    other = base.replace(b"- first", b"- firstly, something else")
    assert merge(base, base, other, captured=words).clobbers


# Anything at all

_PROSE = ["", "", "- a", "- b", "- c", "  - a", "  - b", "Words.", "More words.", "| a | b |", "* * *"]
_HEADINGS = ["## A", "## B - Ada", "### A", "### C", "# D"]
_LINES = st.sampled_from([*_PROSE, *_HEADINGS, "- \x80", "- \udcff"])


@st.composite
def _edits(draw: st.DrawFn, base: list[str], who: str) -> list[str]:
    """Lines added, changed, removed and moved."""
    edited = list(base)
    own = st.integers(0, 99).flatmap(lambda n: st.sampled_from([f"- {who} {n}", f"## {who} {n}"]))
    added = st.one_of(_LINES, own)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(edited)))
        much = draw(st.integers(0, 3))
        match draw(st.sampled_from(["add", "add", "change", "remove", "move"])):
            case "add":
                edited[at:at] = draw(st.lists(added, min_size=1, max_size=3))
            case "change":
                edited[at : at + 1] = [draw(added)]
            case "remove":
                del edited[at : at + much]
            case _:
                block = edited[at : at + much]
                del edited[at : at + much]
                to = draw(st.integers(0, len(edited)))
                edited[to:to] = block
    return edited


@st.composite
def three_versions(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    base: list[str] = draw(st.lists(_LINES, max_size=14))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))

    def source(text: list[str]) -> bytes:
        ended = draw(st.sampled_from([newline, ""])) if text else ""
        return (newline.join(text) + ended).encode("utf-8", "surrogateescape")

    return source(base), source(draw(_edits(base, "ours"))), source(draw(_edits(base, "theirs")))


def counted(source: bytes) -> Counter[bytes]:
    return Counter(line.text for line in lines(source))


@given(three_versions(), st.booleans())
@settings(max_examples=CASES, deadline=None)
def test_nothing_that_either_side_added_or_both_kept_is_lost(
    versions: tuple[bytes, bytes, bytes], guard: bool
) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, guard)
    was, our, their, now = map(counted, (base, ours, theirs, merged.source))
    for text in our | their:
        if our[text] > was[text] or their[text] > was[text]:
            assert now[text], f"{text!r} was added"
        if text.strip() and our[text] >= was[text] <= their[text]:
            assert now[text] >= min(was[text], 1), f"{text!r} was removed by nobody"
    assert set(now) <= set(our | their) | {b""}
    known = {*titles(ours), *titles(theirs)}
    assert {*titles(ours), *titles(theirs)} - set(titles(base)) <= set(titles(merged.source)) <= known
    if not guard:
        assert merged.clobbers == ()
    told = [(one.section, one.title, one.spans) for one in merged.conflicts]
    told += [(one.section, one.title, one.spans) for one in merged.clobbers]
    for index, title, spans in told:
        section = Document.parse(merged.source).sections[index]
        assert title == section.title
        assert all(section.heading.start <= a < b <= section.own.end for a, b in spans)


@given(three_versions(), st.booleans())
@settings(max_examples=CASES, deadline=None)
def test_where_one_side_did_nothing_the_other_is_the_result(
    versions: tuple[bytes, bytes, bytes], guard: bool
) -> None:
    base, _, theirs = versions
    assert merge(base, theirs, base, guard).source == theirs
    assert merge(base, theirs, theirs, guard).source == theirs
    landed = merge(base, base, theirs, guard)
    assert landed.clobbers or landed.source == theirs


@given(three_versions())
@settings(max_examples=CASES, deadline=None)
def test_splices_lead_from_ours_to_the_merged_text(versions: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs).source
    document = Document.parse(ours)
    made = splices(ours, merged)
    for splice in made:
        document = document.apply(splice)
    assert document.source == merged
    starts = [splice.start for splice in made]
    assert starts == sorted(starts, reverse=True)


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80), st.booleans())
@settings(max_examples=CASES, deadline=None)
def test_any_bytes_are_merged(base: bytes, ours: bytes, theirs: bytes, guard: bool) -> None:
    merged = merge(base, ours, theirs, guard)
    assert set(counted(merged.source)) <= set(counted(base) + counted(ours) + counted(theirs)) | {b""}


def test_splices_leave_what_stands_between_them_alone() -> None:
    ours = noted(MINUTES, "Winches", "ours")
    theirs = noted(edited("closed", "open"), "Mast", "theirs")
    merged = merge(MINUTES, ours, theirs).source
    mast, slipway = splices(ours, merged)
    assert (mast.removed, mast.inserted) == (b"", b"- theirs\n")
    assert slipway.inserted == b"- The slipway is open on Friday\n"


def test_a_line_that_only_gets_an_ending_is_not_removed() -> None:
    (splice,) = splices(b"- a", b"- a\n- b")
    assert (splice.start, splice.removed, splice.inserted) == (3, b"", b"\n- b")


# The figures: neighbours and the same item, two hundred times

_WORDS = ["slipway", "grease", "mast", "keel", "rope", "sails", "tar", "oars"]


def project(name: str) -> st.SearchStrategy[str]:
    text = st.lists(st.sampled_from(_WORDS), max_size=4, unique=True)
    return text.map(lambda words: f"### {name}\n\n" + "".join(f"- {name}: {word}\n" for word in words) + "\n")


@st.composite
def lead_edit(draw: st.DrawFn, section: str) -> str:
    """What leads do to their sections: rewrite some lines, append some."""
    heading, *text = section.rstrip("\n").split("\n")
    for number, line in enumerate(text):
        if line and draw(st.booleans()):
            text[number] = f"{line}, said the lead"
    added = [f"- lead: {n}" for n in range(draw(st.integers(1, 3)))]
    return "\n".join([heading, *(text or [""]), *added]) + draw(st.sampled_from(["\n", "\n\n", "\n\n\n"]))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_lead_edits_the_neighbouring_section_without_a_conflict(data: st.DataObject) -> None:
    names = ["Winches - Ada", "Hull - Grace", "Mast - Alan", "Keel - Kay"]
    sections = [data.draw(project(name)) for name in names]
    place = data.draw(st.integers(0, 3))
    side = data.draw(st.sampled_from([n for n in (place - 1, place + 1) if 0 <= n < 4]))
    base = "".join(sections)
    landed = [data.draw(lead_edit(one)) if n == place else one for n, one in enumerate(sections)]
    theirs = "".join(landed).encode()
    ours = noted(base.encode(), names[side], "said in the call")
    merged = merge(base.encode(), ours, theirs)
    assert (merged.conflicts, merged.clobbers) == ((), ())
    assert own(merged.source, names[side])[-1] == b"- said in the call"
    without = merged.source.replace(b"- said in the call\n", b"")
    assert [line for line in lines(without) if not line.blank] == [
        line for line in lines(theirs) if not line.blank
    ]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_what_both_changed_in_one_section_is_marked_and_kept(data: st.DataObject) -> None:
    said = [f"- said {n}" for n in range(data.draw(st.integers(1, 8)))]
    what = st.lists(st.sampled_from(["keep", "keep", "change", "remove"]), min_size=8, max_size=8)
    plans = {who: data.draw(what) for who in ("ours", "theirs")}

    def version(who: str) -> bytes:
        text = [
            line if plan == "keep" else f"{line}, {who}"
            for line, plan in zip(said, plans[who], strict=False)
            if plan != "remove"
        ]
        return "\n".join(["## Hull - Grace", "", *text, f"- {who} at the end", ""]).encode()

    base = "\n".join(["## Hull - Grace", "", *said, ""]).encode()
    merged = merge(base, version("ours"), version("theirs"), guard=False)
    pairs = list(zip(plans["ours"], plans["theirs"], strict=True))[: len(said)]
    both = [pair for pair in pairs if "keep" not in pair]
    if any("change" in pair for pair in both):
        assert merged.conflicts
    if merged.conflicts:
        assert both
    now = counted(merged.source)
    for who in plans:
        assert all(now[line] for line in counted(version(who)) - counted(base))
    for line, pair in zip(said, pairs, strict=False):
        assert now[line.encode()] == (pair == ("keep", "keep"))


# Sizes


@pytest.mark.parametrize(
    "source",
    [
        b"".join(b"# %d\n" % n for n in range(10_000)),
        b"# same\n\n" * 3_000,
        b"- a\n" + b"x" * 1_400_000 + b"\n- b\n",
        b"# a\n" + b"\n" * 20_000,
        b"# a\n" + b"- x\n- y\n\n" * 7_000,
    ],
    ids=["many headings", "one heading many times", "a long line", "blank lines", "repeated lines"],
)
def test_a_hostile_file_is_merged_all_the_same(source: bytes) -> None:
    middle = source.index(b"\n", len(source) // 2) + 1
    ours, theirs = source + b"- ours\n", source[:middle] + b"- theirs\n" + source[middle:]
    merged = merge(source, ours, theirs)
    assert counted(merged.source) == counted(theirs + b"- ours\n")
    assert (merged.conflicts, merged.clobbers) == ((), ())


def test_a_copy_that_is_stale_in_one_section_takes_nothing_from_another_either() -> None:
    ours = noted(noted(MINUTES, "Hull", "ours"), "Mast", "ours, too")
    theirs = noted(MINUTES, "Mast", "theirs")
    merged = merge(ours, ours, theirs)
    assert merged.source.count(b"- ours, too\n") == merged.source.count(b"- theirs\n") == 1
    assert [one.title.split(" ")[0] for one in merged.clobbers] == ["Hull", "Mast"]
    only = merge(ours, ours, noted(ours, "Mast", "theirs").replace(b"- ours, too\n", b""))
    assert (only.clobbers, b"- ours, too" in only.source) == ((), False)


def test_a_long_line_with_white_space_behind_it_is_the_same_line() -> None:
    line = "We looked at several ways to mend the rigging"
    spaced = noted(MINUTES, "Hull", line).replace(line.encode(), line.encode() + b"  ")
    merged = merge(MINUTES, spaced, noted(MINUTES, "Hull", line)).source
    assert merged.count(line.encode()) == 1
