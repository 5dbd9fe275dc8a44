"""Calls that were begun and not adjourned, as a chair is offered them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.core.events import Undone
from facilitator.store.unfinished import unfinished, unreadable
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


def test_what_was_undone_is_not_counted(call: Chair) -> None:
    call.start()
    call.note("Beacon", "Who upgrades first?")
    call.note("Beacon", "A slip")
    call.session.record(Undone(call.clock.now()))
    (one,) = unfinished()
    assert one.entries == 1


def test_an_adjourned_call_is_none(call: Chair) -> None:
    call.start()
    assert call.adjourn()
    assert unfinished() == []


@pytest.mark.parametrize("place", ["beside the minutes", "in a directory of them", "temporary"])
def test_calls_are_found_wherever_their_journals_had_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for name in ("calls/2024", "scratch"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "no directory").write_text("")
    monkeypatch.setenv("FACILITATOR_STATE_DIR", str(tmp_path / "no directory"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    path = tmp_path / "calls" / "2024" / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    if place == "temporary":
        (path.parent / ".facilitator").write_text("no directory either")
    call = open_call(path)
    call.start()
    call.note("Beacon", "Who upgrades first?")
    monkeypatch.chdir(path.parent if place == "beside the minutes" else path.parent.parent)
    (one,) = unfinished()
    assert (one.minutes, one.entries, one.pid) == (path, 1, os.getpid())
    assert any("no directory" in line for line in unreadable())
    assert call.adjourn()
    assert unfinished() == []


def test_a_journal_that_is_not_understood_is_none(call: Chair) -> None:
    call.start()
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    (directory / f"{'0' * 64}.jsonl").write_bytes(b"not a journal\n")
    assert len(unfinished()) == 1
    (problem,) = unreadable()
    assert problem.endswith("its checksum is wrong, move it away")
