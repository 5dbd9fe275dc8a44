"""Every real file that is at hand, chaired without agenda and without screen: only the inserted bytes differ."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from facilitator.core import chair, record
from facilitator.core.writing import Swallowed
from facilitator.store import call as calls
from facilitator.store.opening import open_call
from facilitator.store.session import Session
from facilitator.system.clock import ManualClock

FILES = Path(__file__).parents[2].parent / "shared" / "corpus" / "files"
NAMES = sorted(str(path.relative_to(FILES)) for path in FILES.rglob("*") if path.is_file())

NOTE = "xyzzy: noted in the call"


@pytest.mark.parametrize("name", NAMES or [pytest.param("", marks=pytest.mark.skip("no real minutes"))])
def test_a_note_to_the_middle_item_changes_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    shutil.copyfile(FILES / name, path)
    before = path.read_bytes()
    session = Session(open_call(calls.of_minutes(path, None, date(2024, 6, 4), None), ManualClock()))
    items, now = session.meeting.items, session.clock.now
    middle = items[len(items) // 2].key
    for event in (chair.toggle_clock(session.meeting, now()), chair.go(session.meeting, middle, now())):
        if event is not None:
            session.record(event)
    try:
        session.record(chair.write(session.meeting, middle, record.Note(NOTE), now()))
        noted = True
    except Swallowed:
        noted = False
    for event in chair.adjourn(session.meeting, now()):
        session.record(event)
    assert session.close()
    assert not session.troubles
    after = path.read_bytes()
    if not noted:
        assert after == before
        return
    at = after.index(NOTE.encode())
    inserted = len(after) - len(before)
    assert any(
        after[:start] + after[start + inserted :] == before
        for start in range(max(0, at - inserted), at + 1)
        if start + inserted >= at + len(NOTE)
    )
    line = next(line for line in after.splitlines() if NOTE.encode() in line)
    assert line.strip()[2:].strip() == NOTE.encode()
