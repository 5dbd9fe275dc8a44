"""Which call is meant: an agenda and a date, or a file of minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from facilitator.store import call
from facilitator.store.agenda_file import AgendaErrors
from facilitator.store.call import DEFAULT_DURATION, Call, NoSuchCall

TODAY = date(2024, 6, 5)
NOW = datetime.combine(TODAY, time(12), UTC)
AGENDA = """\
title: Harbor Council {date}
minutes: "{date:%Y}/{date}-council.md"
schedule: {every: 2 weeks, on: tuesday, from: 2024-06-04}
duration: 45m
agenda:
  - Announcements: 2m
"""


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    path = tmp_path / "council.yaml"
    path.write_text(AGENDA, encoding="utf-8")
    return path


def test_an_agenda_means_its_next_call(agenda: Path, tmp_path: Path) -> None:
    found = call.of_agenda(agenda, None, NOW, tmp_path)
    assert (found.path, found.date) == (tmp_path / "2024" / "2024-06-18-council.md", date(2024, 6, 18))
    assert found.duration == 45 * 60
    assert found.title == "Harbor Council 2024-06-18"
    assert found.new_minutes().startswith(b"# Harbor Council 2024-06-18\n")


def test_a_date_means_that_call(agenda: Path, tmp_path: Path) -> None:
    found = call.of_agenda(agenda, date(2024, 6, 4), NOW, tmp_path)
    assert found.path == tmp_path / "2024" / "2024-06-04-council.md"


@pytest.mark.parametrize(
    ("zone", "expected"), [("Pacific/Auckland", 18), ("America/Los_Angeles", 4), ("Europe/London", 18)]
)
def test_today_is_where_the_series_has_its_calls(
    agenda: Path, tmp_path: Path, zone: str, expected: int
) -> None:
    agenda.write_text(AGENDA.replace("on: tuesday", f"on: tuesday, timezone: {zone}"), encoding="utf-8")
    past_midnight_in_london = datetime(2024, 6, 4, 23, 30, tzinfo=UTC)
    found = call.of_agenda(agenda, None, past_midnight_in_london, tmp_path)
    assert found.date == date(2024, 6, expected)


def test_an_agenda_that_is_wrong_says_where(tmp_path: Path) -> None:
    path = tmp_path / "council.yaml"
    path.write_text("title: Council\n", encoding="utf-8")
    with pytest.raises(AgendaErrors, match=r"council\.yaml:1"):
        call.of_agenda(path, None, NOW, tmp_path)


def test_minutes_never_lie_outside_the_output_directory(agenda: Path, tmp_path: Path) -> None:
    root = tmp_path / "output"
    root.mkdir()
    (root / "2024").symlink_to(tmp_path)
    with pytest.raises(NoSuchCall, match="a link leads out of"):
        call.of_agenda(agenda, None, NOW, root)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2018-09-04-runtime.md", date(2018, 9, 4)),
        ("minutes_20180904.md", date(2018, 9, 4)),
        ("council 2018.09.04.md", date(2018, 9, 4)),
        ("120180904.md", None),
        ("2018-13-04.md", None),
        ("council.md", None),
    ],
)
def test_a_date_in_the_files_name_is_the_calls(tmp_path: Path, name: str, day: date | None) -> None:
    path = tmp_path / name
    path.write_bytes(b"# Council\n")
    assert call.of_minutes(path, None, TODAY, None) == Call(path, day or TODAY, DEFAULT_DURATION)


def test_what_the_chair_says_of_minutes_goes_before_what_their_name_says(tmp_path: Path) -> None:
    path = tmp_path / "2018-09-04.md"
    path.write_bytes(b"# Council\n")
    found = call.of_minutes(path, TODAY, TODAY, 60)
    assert found == Call(path, TODAY, 60)
    assert found.title == "2018-09-04"
    assert found.new_minutes() == b""


def test_minutes_that_are_not_there_are_no_call(tmp_path: Path) -> None:
    with pytest.raises(NoSuchCall, match="there is no such file; name an agenda"):
        call.of_minutes(tmp_path / "council.md", None, TODAY, None)
