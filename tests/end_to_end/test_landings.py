"""Real calls once more: every landing arrives while the chair takes notes, and the minutes hold all of it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from facilitator.core.events import Drafted
from facilitator.core.lines import lines
from facilitator.core.merge import splices
from facilitator.store import exchanging, saving
from tests.calls import Chair, open_call

DAYS = (
    *("2015-06-16", "2017-12-26", "2018-05-29", "2018-09-04", "2019-04-30"),
    *("2020-04-14", "2020-10-13", "2020-12-22", "2021-05-25"),
)
NOTES = 10
MINUTES_BETWEEN_NOTES = 3.0


@dataclass(frozen=True)
class Replay:
    """What happened to one meeting's file: the state at the start, and each later landing."""

    start: bytes
    landings: tuple[tuple[float, bytes], ...]
    """Minutes from the start, and the file then."""

    @property
    def final(self) -> bytes:
        return self.landings[-1][1] if self.landings else self.start


@pytest.fixture(params=DAYS)
def replay(corpus: Path, request: pytest.FixtureRequest) -> Replay:
    directory = corpus / "replays" / request.param
    start, later = (directory / "000.md").read_bytes(), []
    with (directory / "landings.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            offset, source = float(row["minutes_from_start"]), (directory / row["file"]).read_bytes()
            if offset <= 0:
                start = source
            else:
                later.append((offset, source))
    return Replay(start, tuple(later))


@pytest.fixture
def call(replay: Replay, tmp_path: Path) -> Iterator[Chair]:
    path = tmp_path / "minutes.md"
    path.write_bytes(replay.start)
    chair = open_call(path)
    chair.start()
    yield chair
    chair.session.close()


def take(call: Chair, number: int) -> None:
    """Take a note, each one at another item as far as there are items."""
    items = len(call.meeting.items)
    call.note(number * max(1, items // NOTES) % items, f"replayed note {number} of {NOTES}")


def check(call: Chair, replay: Replay) -> None:
    """Every note stands there once; all else is the final landing, but for what was kept of a clobber."""
    assert call.adjourn(), call.session.troubles
    result = call.disk()
    notes = [b"replayed note %d of %d" % (number, NOTES) for number in range(NOTES)]
    assert [note for note in notes if result.count(note) != 1] == []
    kept = {line.text for one in call.session.landings for gone in one.removals for line in lines(gone.text)}
    for splice in splices(replay.final, result):
        bare = splice.removed.rstrip()  # a bullet that somebody left empty, and that a note has filled
        assert splice.inserted.startswith(bare)
        assert not splice.removed or bare.strip() in (b"-", b"*", b"+")
        for line in lines(splice.inserted):
            assert line.blank or line.text in kept or any(note in line.text for note in notes)


def test_every_landing_at_its_time(call: Chair, replay: Replay) -> None:
    landings = list(replay.landings)
    for number in range(NOTES):
        while landings and landings[0][0] < number * MINUTES_BETWEEN_NOTES:
            call.theirs(landings.pop(0)[1])
            call.look()
        take(call, number)
        call.look()
    for _, source in landings:
        call.theirs(source)
        call.look()
    check(call, replay)


@pytest.mark.parametrize("seen", [True, False])
def test_all_landings_between_two_keystrokes(call: Chair, replay: Replay, seen: bool) -> None:
    for number in range(NOTES // 2):
        take(call, number)
    call.look()
    draft = Drafted(call.clock.now(), call.meeting.current, "note", "half a tho")
    call.session.record(draft)
    for _, source in replay.landings:
        call.theirs(source)
        if seen:
            call.look()
    call.look()
    assert call.meeting.draft is not None
    assert call.meeting.draft.text == "half a tho"
    call.session.record(Drafted(call.clock.now(), draft.item, "note", ""))
    for number in range(NOTES // 2, NOTES):
        take(call, number)
    check(call, replay)


@pytest.mark.parametrize("moment", [(saving, "create"), (os, "rename"), (exchanging, "swap")])
def test_each_landing_inside_a_write_of_ours(
    call: Chair, replay: Replay, monkeypatch: pytest.MonkeyPatch, moment: tuple[object, str]
) -> None:
    """Each before we write, or after the last look at the file, or with the exchange itself."""
    real, waiting = getattr(*moment), [source for _, source in replay.landings]
    written = False

    def meanwhile(*arguments: Any) -> Any:
        nonlocal written
        if waiting and not written:
            written = True
            call.theirs(waiting.pop(0))
        return real(*arguments)

    monkeypatch.setattr(*moment, meanwhile)
    for number in range(NOTES):
        written = False
        take(call, number)
        call.look()
        assert call.session.flush(5)
    assert not waiting
    check(call, replay)
