"""Everything that can happen, through the journal's JSON and back."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import agenda, codec, directives, events, history, line, record, schedule
from facilitator.core.spans import Splice

ROOMS = (agenda, schedule, record, directives, line, history, events)
NAMES = {name: value for room in ROOMS for name, value in vars(room).items()} | {
    "record": record,
    "agenda": agenda,
    "directives": directives,
    "Splice": Splice,
}
KINDS = [one for one in vars(events).values() if isinstance(one, type) and issubclass(one, events.Event)]
PLAIN: dict[object, st.SearchStrategy[object]] = {
    str: st.text(max_size=6),
    bytes: st.binary(max_size=6),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times(),
    type(None): st.none(),
}


def values(hint: object) -> st.SearchStrategy[object]:
    """Values of a type as events spell it."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values(part) for part in parts])
    if origin is typing.Literal:
        return st.sampled_from(parts)
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(values(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(part) for part in parts))
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint, NAMES, NAMES)
        return st.builds(hint, **{name: values(one) for name, one in hints.items()})  # type: ignore[arg-type]
    return PLAIN[hint]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_event_comes_back_as_it_was(kind: type[events.Event]) -> None:
    @given(values(kind))
    @settings(max_examples=25, deadline=None)
    def comes_back(event: events.Event) -> None:
        assert codec.event(json.loads(json.dumps(codec.encode(event)))) == event

    comes_back()


@given(values(record.Entry))
@settings(max_examples=150, deadline=None)
def test_every_entry_comes_back_as_it_was(entry: record.Entry) -> None:
    event = events.EntryRecorded(1.5, "item", entry, (Splice(3, b"\xff", "é\r\n".encode()),))
    assert codec.event(json.loads(json.dumps(codec.encode(event)))) == event


@pytest.mark.parametrize(
    "value",
    [
        {"is": "CallTeleported", "at": 1.0},
        {"is": "CallStarted", "at": 1.0, "warp": 9},
        {"is": "CallStarted"},
        {"is": "Note", "text": "a note alone", "by": ""},
        {"is": ["CallStarted"]},
        {},
        3,
        None,
        ["CallStarted"],
    ],
)
def test_what_this_version_does_not_know_is_said_so(value: object) -> None:
    with pytest.raises(codec.UnknownKind):
        codec.event(value)


def test_an_event_holds_no_value_the_journal_cannot() -> None:
    with pytest.raises(TypeError, match="set"):
        codec.encode({1, 2})
