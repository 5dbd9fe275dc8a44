"""What a landing did to which item."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import events, meeting, merge
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.fold import apply
from facilitator.core.landing import Landing, answered, see
from facilitator.core.lines import lines
from facilitator.core.meeting import Meeting

DAY = date(2024, 6, 4)
MINUTES = b"""# Harbor Council

Intro

## Discussion

- [AB] Summer of code (5m)
- [TR] Pier (5m)

## Beacon - Tomas Rey

- Storms are fixed

## Lantern - Ingrid Solheim
"""


def landed(theirs: bytes, source: bytes = MINUTES, agenda: Agenda | None = None) -> tuple[Meeting, Landing]:
    """Let a version land in a call on the minutes."""
    call = meeting.opened(source, agenda, DAY, 1800)
    merged = merge.merge(source, source, theirs)
    event = events.Landed(
        1.0,
        merge.splices(source, merged.source),
        theirs,
        "Priya Nair",
        tuple(one.spans for one in merged.conflicts),
        tuple(one.spans for one in merged.clobbers),
    )
    call = apply(call, event)
    return call, call.landings[-1]


def test_an_item_is_named_with_the_lines_it_won_and_lost() -> None:
    theirs = MINUTES.replace(b"- Storms are fixed\n", b"- Storms are over\n\n  - for good\n")
    _, landing = landed(theirs + b"\n- New lens\n")
    assert [(one.title, one.added, one.removed) for one in landing.touched] == [
        ("Beacon", 2, 1),
        ("Lantern", 1, 0),
    ]
    assert landing.by == "Priya Nair"


def test_a_topic_is_told_from_its_neighbours() -> None:
    _, landing = landed(MINUTES.replace(b"Pier (5m)\n", b"Pier (5m)\n  - It is open\n"))
    assert [one.title for one in landing.touched] == ["[TR] Pier"]


def test_text_of_no_item_is_named_by_its_section() -> None:
    _, landing = landed(MINUTES.replace(b"Intro\n", b"Intro\n\nMore of it\n"))
    assert [(one.item, one.title, one.added) for one in landing.touched] == [("", "Harbor Council", 1)]
    assert not landing.seen
    assert see([landing], [""])[0].seen


def test_a_heading_that_is_only_kept_with_an_item_is_named_itself_and_one_below_it_is_not() -> None:
    agenda = Agenda("Council", "{date}.md", (Section("Reviews", projects=(Project("Beacon"),)),))
    source = b"# Council\n\n## Reviews\n\n### Beacon\n\n- on\n\n#### Lens\n\n### Feature *Roadmap*\n\n- one\n"
    theirs = source.replace(b"- one\n", b"- one\n- two\n").replace(b"#### Lens\n", b"#### Lens\n\n- new\n")
    _, landing = landed(theirs, source, agenda)
    assert [(one.item, one.title) for one in landing.touched] == [
        ("project:beacon", "Beacon"),
        ("project:beacon", "Feature Roadmap"),
    ]


def test_blank_lines_alone_touch_no_item() -> None:
    _, landing = landed(MINUTES.replace(b"fixed\n", b"fixed\n\n\n"))
    assert landing.touched == ()
    assert landing.seen


def test_what_would_have_been_wiped_is_kept_with_its_text() -> None:
    call, landing = landed(MINUTES.replace(b"- Storms are fixed\n", b"") + b"\n- New lens\n")
    (removal,) = landing.removals
    assert removal.text.strip() == b"- Storms are fixed"
    assert removal.item in {one.key for one in call.items}
    assert removal.item in landing.unseen
    assert landing.open == (0,)
    kept = answered(call.landings, 0, 0, taken=False)[0]
    assert (kept.open, kept.removals[0].answer) == ((), "kept")


def test_only_what_was_looked_at_is_seen() -> None:
    theirs = MINUTES.replace(b"fixed\n", b"fixed\n- and tested\n") + b"\n- New lens\n"
    call, landing = landed(theirs)
    beacon, lantern = (one.item for one in landing.touched)
    (half,) = see(call.landings, [beacon])
    assert half.unseen == {lantern}
    assert see([half], [lantern])[0].seen


EDITS = st.lists(
    st.tuples(st.integers(0, 14), st.sampled_from([b"", b"- new\n", b"\n", b"## New\n"])), max_size=6
)


@settings(max_examples=100, deadline=None)
@given(EDITS)
def test_every_line_is_counted_once_and_what_was_before_can_be_had_back(
    edits: list[tuple[int, bytes]],
) -> None:
    text = MINUTES.splitlines(keepends=True)
    for at, line in edits:
        text[at % len(text)] = line
    call = meeting.opened(MINUTES, None, DAY, 1800)
    splices = merge.splices(MINUTES, b"".join(text))
    call = apply(call, events.Landed(1.0, splices))
    landing = call.landings[0]
    assert landing.before == MINUTES
    assert landing.after == b"".join(text)
    for figure, pieces in (
        (sum(one.added for one in landing.touched), [one.inserted for one in splices]),
        (sum(one.removed for one in landing.touched), [one.removed for one in splices]),
    ):
        assert figure == sum(not line.blank for piece in pieces for line in lines(piece))
