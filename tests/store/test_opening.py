"""Opening a call: what is locked and read before anything is shown, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.core import chair
from facilitator.core.agenda import Agenda, Section
from facilitator.store import lock, opening, replay
from facilitator.store.call import Call
from facilitator.store.minutes_file import MinutesError
from facilitator.store.opening import CannotOpen
from facilitator.system.clock import ManualClock
from tests.calls import CALL, DAY, MINUTES, open_call


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    return path


def test_opening_writes_nothing_but_the_lock(path: Path) -> None:
    before = set(path.parent.iterdir())
    opened = opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert opened.meeting.document.source == MINUTES
    assert opened.title == "Harbor Council 2024-06-04"
    assert (opened.left, opened.refusals) == (None, ())
    state = Path(os.environ["FACILITATOR_STATE_DIR"])
    assert set(path.parent.iterdir()) - before == {state}
    assert [one.suffix for one in state.iterdir()] == [".lock"]
    assert path.read_bytes() == MINUTES


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# Harbor *Council* (30 min)\n\n## News\n\n- a\n", "Harbor Council"),
        ("# News\n\n- a\n\n# Reviews\n\n- b\n", "2024-06-04-council"),
        ("## News\n\n- a\n", "2024-06-04-council"),
        ("nothing but prose\n", "2024-06-04-council"),
    ],
)
def test_a_call_without_agenda_is_called_by_the_heading_above_its_items(
    path: Path, source: str, title: str
) -> None:
    path.write_text(source, encoding="utf-8")
    assert opening.open_call(Call(path, DAY, CALL), ManualClock()).title == title


def test_a_call_without_minutes_begins_with_those_of_its_agenda(tmp_path: Path) -> None:
    agenda = Agenda(title="Council {date}", minutes="{date}.md", sections=(Section("Reports"),))
    opened = opening.open_call(Call(tmp_path / "2024-06-04.md", DAY, CALL, agenda), ManualClock())
    assert opened.minutes is None
    assert b"# Council 2024-06-04" in opened.meeting.document.source
    assert opened.title == "Council 2024-06-04"
    assert not (tmp_path / "2024-06-04.md").exists()


def test_a_second_facilitator_is_told_who_has_the_call(path: Path) -> None:
    first = opening.open_call(Call(path, DAY, CALL), ManualClock())
    with pytest.raises(CannotOpen, match=f"facilitator {os.getpid()} has it open"):
        opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert first.lock is not None
    first.lock.release()
    assert opening.open_call(Call(path, DAY, CALL), ManualClock()).lock is not None


def test_minutes_that_cannot_be_read_are_refused_and_unlocked(tmp_path: Path) -> None:
    path = tmp_path / "2024-06-04.md"
    path.mkdir()
    for _ in range(2):
        with pytest.raises(MinutesError, match="it is a directory"):
            opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert lock.holder(Path(os.environ["FACILITATOR_STATE_DIR"]), path) is None


def _journal(path: Path, *records: dict[str, object]) -> Path:
    """Leave a journal of the minutes that holds some records."""
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    directory.mkdir(mode=0o700)
    header = replay.Header(os.path.realpath(path), MINUTES, 1, "boot-1", 1.0, 1.0)
    place = replay.journal_path(directory, path)
    place.write_bytes(b"".join(map(replay.encode, (header.record(), *records))))
    return place


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"is": "Teleported", "at": 1.0}, "a newer facilitator wrote it"),
        ({"is": "CallStarted", "at": 1.0}, "it does not begin with a call, move it away"),
    ],
)
def test_a_journal_that_is_not_understood_is_left_alone(
    path: Path, event: dict[str, object], said: str
) -> None:
    journal = _journal(path, {"event": event, "boot": 1.0, "boot_id": "boot-1"})
    before = journal.read_bytes()
    with pytest.raises(CannotOpen, match=said):
        opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert journal.read_bytes() == before


def test_a_journal_of_a_later_format_is_left_alone(path: Path) -> None:
    directory = Path(os.environ["FACILITATOR_STATE_DIR"])
    directory.mkdir(mode=0o700)
    replay.journal_path(directory, path).write_bytes(replay.encode({"facilitator": 99}))
    with pytest.raises(CannotOpen, match="a newer facilitator wrote it"):
        opening.open_call(Call(path, DAY, CALL), ManualClock())


def test_a_journal_without_records_is_no_call(path: Path) -> None:
    _journal(path)
    opened = opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert opened.left is None


def test_an_adjourned_call_that_is_in_its_minutes_is_not_resumed(path: Path) -> None:
    call = open_call(path)
    call.start()
    call.note("Beacon", "Who upgrades first?")
    assert call.session.flush(5)
    for event in chair.adjourn(call.meeting, 1.0):
        call.session.record(event)
    call.session.storage.journal.close()  # killed before the journal was removed
    opened = opening.open_call(Call(path, DAY, CALL), ManualClock())
    assert opened.left is None
    assert opened.meeting.adjourned_at is None
