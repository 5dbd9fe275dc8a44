"""What stands on disk, and mending what somebody's stale copy wiped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from facilitator.core.clobber import Landing, classify, heal, lost, nearest, restored
from facilitator.core.document import Document
from facilitator.core.lines import lines
from facilitator.core.merge import merge, splices

BASE = b"""# Orchard Call 2032-02-10

## Discussion

## Backlog Reviews

### Pears - Lise Meitner

### Plums - Emmy Noether

- Pruned the first row

### Quinces - Sofia Kovalevskaya
"""
PEARS = BASE.replace(b"Lise Meitner\n", b"Lise Meitner\n\n- Sprayed on Monday\n")
BEFORE = PEARS.replace(b"## Discussion\n", b"## Discussion\n\n- Who buys the ladder?\n")
STALE = BASE.replace(b"Kovalevskaya\n", b"Kovalevskaya\n\n- Graft took\n")
"""Made from the base, and landed over what came after it."""
HEALED = BEFORE.replace(b"Kovalevskaya\n", b"Kovalevskaya\n\n- Graft took\n")


WORDS = (
    *("ladder", "basket", "blossom", "frost", "wasp", "cider", "barrel", "compost"),
    *("grafting", "pruning", "mulching", "scab", "canker", "rootstock", "trellis", "orchard"),
    *("meadow", "hedgehog", "swallow", "nettle", "honey", "twig"),
)


def noted(source: bytes, section: int, text: str) -> bytes:
    return Document.parse(source).append(section, [text]).source


# What stands on disk


def test_what_we_saved_or_read_ourselves_is_no_landing() -> None:
    ours = noted(BASE, 2, "ours")
    assert classify([BASE], ours, ours) == Landing("same", ours)
    assert classify([BASE], ours, BASE) == Landing("touched", BASE)


def test_an_older_version_was_put_back() -> None:
    assert classify([BASE, PEARS, BEFORE], BEFORE, PEARS) == Landing("put back", PEARS)


@pytest.mark.parametrize("disk", [b"", b"\n\n", b" \r\n"])
def test_a_file_with_nothing_left_in_it_was_emptied(disk: bytes) -> None:
    assert classify([BASE, BEFORE], BEFORE, disk) == Landing("emptied", BEFORE)


def test_a_file_that_never_held_anything_may_stay_empty() -> None:
    assert classify([b"\n"], b"- ours\n", b"").kind == "landing"


def test_an_edit_of_the_newest_version_is_merged_from_it() -> None:
    landed = noted(BEFORE, 4, "theirs")
    assert classify([BASE, PEARS, BEFORE], BEFORE, landed) == Landing("landing", BEFORE)


def test_a_stale_copy_is_merged_from_the_version_it_was_made_from() -> None:
    assert classify([BASE, PEARS, BEFORE], BEFORE, STALE) == Landing("landing", BASE)


def test_who_reworks_their_own_text_has_no_stale_copy() -> None:
    reworked = BEFORE.replace(b"- Sprayed on Monday\n", b"- All trees are treated\n")
    assert nearest([BASE, PEARS, BEFORE], reworked) == BEFORE


def test_who_takes_their_own_edit_back_while_we_saved_notes_has_no_stale_copy() -> None:
    ours = noted(BEFORE, 6, "ours")
    landed = noted(BEFORE.replace(b"- Sprayed on Monday\n", b""), 4, "theirs")
    assert nearest([BASE, PEARS, BEFORE, ours], landed, captured={b"- ours"}) == BEFORE


def test_a_copy_without_our_notes_was_made_before_them() -> None:
    ours = noted(BEFORE, 4, "ours")
    landed = noted(BEFORE, 4, "theirs")
    assert nearest([BEFORE, ours], landed, captured={b"- ours"}) == BEFORE


def test_a_copy_that_brings_an_old_lead_or_an_old_wording_back_is_stale() -> None:
    landed = noted(BEFORE, 6, "theirs")
    for old, new in ((b"Emmy Noether", b"Mary Cartwright"), (b"Pruned the first", b"Cut the second")):
        assert nearest([BEFORE, BEFORE.replace(old, new)], landed) == BEFORE


def test_a_copy_with_the_line_that_we_reworded_was_made_before() -> None:
    ours = BEFORE.replace(b"Pruned the first row", b"Pruned the first two rows")
    landed = noted(BEFORE, 5, "theirs")
    assert nearest([BEFORE, ours], landed, captured={b"- Pruned the first two rows"}) == BEFORE


def test_other_words_of_the_same_letters_are_no_rewording() -> None:
    ours = noted(BASE, 6, "first: river orchid harbor")
    landed = noted(BASE, 6, "theirs: tiger timber orchid")
    assert nearest([BASE, ours], landed, captured={b"- first: river orchid harbor"}) == BASE


def test_who_adds_to_a_section_of_a_stale_copy_that_somebody_else_had_filled_replaces_nothing() -> None:
    landed = noted(noted(BASE, 4, "theirs"), 6, "theirs, too")
    known = [BASE, BEFORE, noted(BEFORE, 6, "ours")]
    assert nearest(known, landed) == BASE


def test_a_stale_copy_is_known_by_the_order_of_its_sections() -> None:
    start, end = BASE.index(b"### Pears"), BASE.index(b"### Quinces")
    moved = BASE[:start] + BASE[end:] + b"\n" + BASE[start:end]
    landed = noted(BASE, 6, "theirs")
    assert nearest([BASE, moved, noted(moved, 2, "ours")], landed) == BASE


SECTIONS = st.lists(st.sampled_from([2, 4, 5, 6]), min_size=1, max_size=8)


@settings(deadline=None)
@given(SECTIONS, st.lists(st.sampled_from([2, 4, 5, 6]), min_size=1, max_size=3), st.integers(0, 7))
def test_no_stale_copy_that_is_seen_to_be_one_costs_a_line(
    later: list[int], edited: list[int], stale: int
) -> None:
    known = [BASE]
    for number, section in enumerate(later):
        known.append(noted(known[-1], section, f"{number} {WORDS[number]} {WORDS[number + 8]}"))
    stale = min(stale, len(later))
    assume(stale == len(later) or set(later[stale:]) - set(edited))
    landed = known[stale]
    for number, section in enumerate(edited):
        landed = noted(landed, section, f"{WORDS[-1 - number]} {WORDS[-4 - number]}")
    merged = merge(nearest(known, landed), known[-1], landed).source.splitlines()
    for line in {*known[-1].splitlines(), *landed.splitlines()}:
        assert not line or merged.count(line) == 1


def test_without_a_known_version_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="no version is known"):
        classify([], BASE, BASE)


# Healing


def test_a_stale_copy_whose_base_is_known_heals_to_what_everybody_meant() -> None:
    healed = heal(BEFORE, STALE, BASE)
    assert healed.source == HEALED
    assert (healed.conflicts, healed.clobbers) == ((), ())


def test_a_stale_copy_whose_base_is_not_known_loses_nothing_either() -> None:
    healed = heal(BEFORE, STALE, None)
    assert healed.source == HEALED
    assert [clobber.title for clobber in healed.clobbers] == ["Discussion", "Pears - Lise Meitner"]


def test_the_wiped_sections_are_named_with_what_is_gone() -> None:
    assert [(one.title, one.removed.strip(), one.emptied) for one in lost(BEFORE, STALE)] == [
        ("Discussion", b"- Who buys the ladder?", True),
        ("Pears - Lise Meitner", b"- Sprayed on Monday", True),
    ]
    assert lost(BASE, BEFORE) == ()


def test_what_is_still_missing_is_put_back_beside_what_was_written_since() -> None:
    since = noted(STALE, 4, "later")
    assert restored(since, BEFORE, STALE) == noted(HEALED, 4, "later")
    halfway = since.replace(b"## Discussion\n", b"## Discussion\n\n- Who buys the ladder?\n")
    assert restored(halfway, BEFORE, STALE) == noted(HEALED, 4, "later")
    assert restored(HEALED, BEFORE, STALE) == HEALED


def test_a_wiped_heading_comes_back_with_its_text() -> None:
    start, end = BEFORE.index(b"### Plums"), BEFORE.index(b"### Quinces")
    after = BEFORE[:start] + BEFORE[end:]
    assert restored(after, BEFORE, after) == BEFORE
    heading_again = BEFORE.replace(b"- Pruned the first row\n\n", b"")
    assert restored(heading_again, BEFORE, after).count(b"### Plums") == 1


# Real lost updates, and real landings during real calls


def test_a_real_clobber_with_a_known_base_heals_to_the_clean_merge(corpus: Path) -> None:
    before, after, base = (
        (corpus / "clobbers" / "2021-05-25" / f"{name}.md").read_bytes()
        for name in ("before", "after", "base")
    )
    healed = heal(before, after, base)
    assert (healed.conflicts, healed.clobbers) == ((), ())
    assert [line for s in splices(before, healed.source) for line in lines(s.removed) if not line.blank] == []
    assert {line.text for line in lines(after)} <= {line.text for line in lines(healed.source)}
    assert heal(before, after, None).source == healed.source
    assert nearest([base, before], after) == base


def test_a_real_clobber_without_a_base_raises_the_alarm_and_keeps_the_text(corpus: Path) -> None:
    before, after = (
        (corpus / "clobbers" / "2018-05-29" / f"{name}.md").read_bytes() for name in ("before", "after")
    )
    healed = heal(before, after, None)
    now = {line.text for line in lines(healed.source)}
    assert {line.text for line in lines(before)} | {line.text for line in lines(after)} <= now
    emptied = [clobber.title.split(" - ")[0] for clobber in lost(before, after) if clobber.emptied]
    assert emptied == ["Discussion", "MySQL", "Container Networking"]


def test_real_calls_keep_every_note_and_every_landing(corpus: Path) -> None:
    for directory in sorted((corpus / "replays").iterdir()):
        known = [path.read_bytes() for path in sorted(directory.glob("*.md"))]
        times = [
            float(row.split("\t")[1]) for row in (directory / "landings.tsv").read_text().splitlines()[1:]
        ]
        for start in (0, sum(minutes <= 0 for minutes in times)):
            replay(known, start, saving=False)
            replay(known, start, saving=True)


def replay(landings: list[bytes], start: int, *, saving: bool) -> None:
    """Take ten notes in ten items of a version, let every later one land, and compare with the last.

    ``saving`` writes ours over every landing, as a call does; each then lands over text that it knows nothing of.
    """
    ours, final = landings[start], landings[-1]
    known = landings[: start + 1]
    items = [section.index for section in Document.parse(ours).sections if section.level > 1] or [0]
    notes = [f"noted {number} in the call" for number in range(10)]
    for number, note in enumerate(notes):
        ours = noted(ours, items[number * len(items) // 10], note)
    captured = {line.text for line in lines(ours) if b" in the call" in line.text}
    kept: set[bytes] = set()
    for landed in landings[start + 1 :]:
        known += [ours] if saving else []
        landing = classify(known, ours, landed, captured=captured)
        assert landing.kind == "landing"
        merged = merge(landing.base, ours, landed, captured=captured)
        assert merged.conflicts == ()
        kept |= {line.text for clobber in merged.clobbers for line in lines(clobber.removed)}
        ours = merged.source
        known.append(landed)
    for note in notes:
        assert ours.count(note.encode()) == 1
    for splice in splices(final, ours):
        assert not splice.removed.strip()
        for line in lines(splice.inserted):
            assert line.blank or line.text.decode().lstrip("-* ") in notes or line.text in kept
