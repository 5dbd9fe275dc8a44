"""Up-arrow, and one kind of entry made into another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import capture
from facilitator.core.agenda import Person
from facilitator.core.line import Context, Kind
from facilitator.core.people import People
from facilitator.core.recall import retyped, typed
from facilitator.core.record import Action, Decision, Link, Motion, Note, Outcome

PEOPLE = People.of([Person("Ada Okafor", "AO", "ada"), Person("Ken Ojuka", "KO")])
CALL = Context(date(2018, 9, 4), PEOPLE, ("Ada Okafor",), next_call=date(2018, 9, 18), motion=True)
KINDS: list[Kind] = ["note", "action", "decision", "motion", "hand"]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Note("green"), "green"),
        (Note("green", "AO"), "[AO] green"),
        (Note("ACTION: no"), "#info ACTION: no"),
        (Decision("keep it"), "RESOLVED: keep it"),
        (Action("reply", ("Ada Okafor",), date(2018, 9, 20)), "ACTION: Ada Okafor: reply (due 2018-09-20)"),
        (Motion("adopt it", "Ken Ojuka"), "PROPOSED: adopt it (moved by Ken Ojuka)"),
        (Link("docs", "https://example.org"), "-> https://example.org docs"),
        (Outcome("Deferred", until=date(2018, 9, 18)), "/defer"),
        (Outcome("Approved", "no objections"), "/approve no objections"),
    ],
)
def test_an_entry_comes_back_as_the_line_that_makes_it(entry: Note, line: str) -> None:
    assert typed(entry, CALL) == line
    for kind in KINDS:
        context = replace(CALL, kind=kind)
        assert capture.read(typed(entry, context), context).entries == (entry,)


PIECES = [
    "ada",
    "Zed",
    "to",
    "will",
    ":",
    "ACTION:",
    "#agreed",
    "#motion",
    "\\",
    "send",
    "[AO]",
    "by",
    "Friday",
    "(due",
    "2018-09-20)",
]
LINES = st.lists(st.sampled_from([*PIECES, "->", "https://example.org", "moves", "a"]), max_size=8).map(
    " ".join
)


@given(LINES, st.sampled_from(KINDS))
@settings(max_examples=600, deadline=None)
def test_whatever_was_recorded_can_be_recalled(line: str, kind: Kind) -> None:
    context = replace(CALL, kind=kind)
    for entry in capture.read(line, context).entries:
        assert capture.read(typed(entry, context), context).entries == (entry,)


def test_an_entry_is_made_another_kind_with_all_its_words() -> None:
    note = Note("Ada to reply by Friday")
    action = retyped(note, "action", CALL)
    assert action == Action("reply", ("Ada Okafor",), date(2018, 9, 7))
    assert retyped(note, "decision", CALL) == Decision("Ada to reply by Friday")
    assert retyped(action, "note", CALL) == Note("Ada Okafor: reply (due 2018-09-07)")
    assert retyped(Note(""), "decision", CALL) is None
