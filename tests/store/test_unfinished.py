"""Calls that were begun and not adjourned, as a chair is offered them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.store.unfinished import unfinished
from tests.calls import DAY, MINUTES, Chair, open_call


@pytest.fixture
def call(tmp_path: Path) -> Chair:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    return open_call(path)


def test_there_are_none_before_the_first_call() -> None:
    assert unfinished() == []


def test_a_call_that_was_only_looked_at_is_none(call: Chair) -> None:
    assert unfinished() == []
    assert call.session.close()
    assert unfinished() == []


def test_a_call_that_goes_on_names_who_has_it_open(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    (one,) = unfinished()
    assert (one.minutes, one.title, one.series, one.date) == (call.path, call.path.stem, "", DAY)
    assert (one.entries, one.pid) == (1, os.getpid())
    assert one.since == pytest.approx(call.clock.now())


def test_a_call_that_was_left_is_nobodys(call: Chair) -> None:
    call.start()
    assert call.session.close()
    (one,) = unfinished()
    assert one.pid is None


def test_an_adjourned_call_is_none(call: Chair) -> None:
    call.start()
    assert call.adjourn()
    assert unfinished() == []


def test_a_journal_that_is_not_understood_is_none(call: Chair) -> None:
    call.start()
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    (directory / f"{'0' * 64}.jsonl").write_bytes(b"not a journal\n")
    assert len(unfinished()) == 1
