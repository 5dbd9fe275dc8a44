"""What a landing changed, as the chair reads it: each line under its own heading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.document import Document
from facilitator.core.lines import lines
from facilitator.core.passages import held, passages
from facilitator.core.reading import splices

MINUTES = b"""# Council

## Beacon - Tomas Rey

- Storms are fixed

## Lantern

- Old lamps

### Table of lamps

| a |
"""


def told(before: bytes, after: bytes) -> list[tuple[str, list[str]]]:
    found = passages(before, after, splices(before, after))
    return [(title, [f"{one.mark} {one.text.decode()}" for one in group]) for title, group in found]


def test_lines_of_two_sections_stand_under_two_headings() -> None:
    after = MINUTES.replace(b"- Storms are fixed\n", b"- Storms are over\n").replace(b"| a |", b"| b |")
    assert told(MINUTES, after) == [
        ("Beacon - Tomas Rey", ["− - Storms are fixed", "+ - Storms are over"]),
        ("Table of lamps", ["− | a |", "+ | b |"]),
    ]


def test_a_section_that_came_whole_stands_under_its_own_heading() -> None:
    after = MINUTES.replace(b"## Lantern\n", b"## Foghorn\n\n- New\n\n## Lantern\n")
    assert told(MINUTES, after) == [("Foghorn", ["+ ## Foghorn", "+ - New"])]


def test_what_is_held_back_is_told_by_heading() -> None:
    document = Document.parse(MINUTES)
    spans = [section.own for section in document.sections if section.title in ("Lantern", "Table of lamps")]
    assert [(title, [one.text for one in group]) for title, group in held(MINUTES, spans)] == [
        ("Lantern", [b"- Old lamps"]),
        ("Table of lamps", [b"| a |"]),
    ]


@given(
    *(
        [
            st.lists(
                st.sampled_from([b"# A\n", b"## B\n", b"text\n", b"- item\n", b"\n", b"```\n", b"end"])
            ).map(b"".join)
        ]
        * 2
    )
)
def test_every_line_that_changed_is_told_once(before: bytes, after: bytes) -> None:
    made = splices(before, after)
    found = [one for _, group in passages(before, after, made) for one in group]
    for mark, side in (("−", "removed"), ("+", "inserted")):
        texts = [line.text for one in made for line in lines(getattr(one, side)) if not line.blank]
        assert sorted(one.text for one in found if one.mark == mark) == sorted(texts)
