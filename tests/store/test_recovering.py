"""A call set down because the program had to end, and taken up again, however often that is cut off, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.core.events import Drafted, Event, TextDrafted
from facilitator.core.meeting import Meeting
from facilitator.store import opening, recovering
from facilitator.store.call import Call
from facilitator.store.session import Session
from facilitator.system.clock import ManualClock
from tests.calls import CALL, DAY, MINUTES, Chair, open_call

BEFORE = "- Reconnect storms are fixed\n  - upgrade before release week\n"


@pytest.fixture
def set_down(tmp_path: Path) -> Chair:
    """A call of one entry with a draft in the line and a changed text in the editor, cut off when set down."""
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    call = open_call(path)
    call.start()
    call.note("Foghorn", "kept")
    now, beacon = call.clock.now(), call.item("Beacon")
    call.session.record(Drafted(now, call.item("Foghorn"), "note", "half a tho"))
    call.session.record(TextDrafted(now, beacon, 0, "", "First: ", BEFORE))
    recovering.set_down(call.session)
    assert b"First: - Reconnect" in call.meeting.document.source
    assert b"- kept\n- half a tho\n" in call.meeting.document.source
    call.session.storage.journal.close()
    return call


def take_up(call: Chair, fails: Callable[[int], bool] = lambda step: False) -> Session:
    """Resume the call; taking it up ends without a trace at the step that fails."""
    clock = ManualClock(call.clock.now() + 60, call.clock.boot() + 60)
    opened = opening.open_call(Call(call.path, DAY, CALL), clock)
    session = Session(opened)
    real, steps = session.record, iter(range(100))

    def record(event: Event) -> Meeting:
        if fails(next(steps)):
            raise KeyboardInterrupt
        return real(event)

    session.record = record  # type: ignore[method-assign]
    try:
        recovering.take_up(session, opened)
    except KeyboardInterrupt:
        session.storage.journal.close()
    return session


@pytest.mark.parametrize("cuts", [(), (0,), (1,), (2,), (3,), (1, 0), (2, 1), (3, 0, 0), (1, 1, 1)])
def test_what_was_set_down_is_taken_up_once_wherever_that_was_cut_off(
    set_down: Chair, cuts: tuple[int, ...]
) -> None:
    for cut in cuts:
        take_up(set_down, lambda step, cut=cut: step == cut)  # type: ignore[misc]
    session = take_up(set_down)
    meeting = session.meeting
    assert meeting.document.source == MINUTES + b"- kept\n"
    assert meeting.draft is not None
    assert meeting.draft.text == "half a tho"
    assert meeting.text_draft is not None
    assert meeting.text_draft.text == f"First: {BEFORE}"
    assert session.resumed is not None
    assert session.resumed.entries == 1
    session.close()


def test_a_call_that_went_on_since_is_left_as_it_is(set_down: Chair) -> None:
    session = take_up(set_down)
    session.record(Drafted(session.clock.now(), session.meeting.current, "note", "half a thought"))
    session.storage.journal.close()
    again = take_up(set_down)
    assert again.meeting.draft is not None
    assert again.meeting.draft.text == "half a thought"
    assert again.meeting.document.source == MINUTES + b"- kept\n"
    again.close()
