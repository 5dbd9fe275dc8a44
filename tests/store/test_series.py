"""What a chair can choose from."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from facilitator.store.agenda_file import load
from facilitator.store.series import Series, agenda_of, bundled, find_agendas, overview

TODAY = date(2024, 5, 1)
"""A Wednesday."""
NOW = datetime.combine(TODAY, time(12), UTC)


def agenda(directory: Path, name: str, schedule: str = "", title: str = "Call {date}") -> Path:
    path = directory / "agendas" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"title: '{title}'\nminutes: '{{date}}.md'\n{schedule}\nagenda: [A]\n")
    return path


def test_agendas_are_the_yaml_files_of_the_folder(tmp_path: Path) -> None:
    second = agenda(tmp_path, "b.yaml")
    first = agenda(tmp_path, "a.yml")
    for other in ("notes.md", ".hidden.yaml", "c.yaml.bak"):
        agenda(tmp_path, other)
    (tmp_path / "agendas" / "folder.yaml").mkdir()
    assert find_agendas(tmp_path) == [first, second]


def test_no_folder_is_no_agendas(tmp_path: Path) -> None:
    assert find_agendas(tmp_path) == []
    assert overview(find_agendas(tmp_path), NOW) == []


def test_the_soonest_call_comes_first(tmp_path: Path) -> None:
    friday = agenda(tmp_path, "a.yaml", "schedule: {every: week, on: friday}", "Friday Round, {date:%B}")
    today = agenda(tmp_path, "b.yaml", "schedule: {every: week, on: wednesday}")
    never = agenda(tmp_path, "c.yaml", title="{date}")
    assert overview(find_agendas(tmp_path), NOW) == [
        Series(today, "Call", TODAY),
        Series(friday, "Friday Round", date(2024, 5, 3)),
        Series(never, "c", None),
    ]


def test_an_agenda_that_cannot_be_read_is_shown_with_its_error(tmp_path: Path) -> None:
    path = agenda(tmp_path, "a.yaml", "duration: 30")
    assert overview(find_agendas(tmp_path), NOW) == [
        Series(path, "a", None, f"{path}:3: duration: '30' has no unit; write 30m or 30s")
    ]


def test_the_agendas_of_the_program_are_found_wherever_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert [path.name for path in bundled()] == [
        "runtime-pmc.yaml",
        "technical-steering-committee.yaml",
        "weekly-team.yaml",
        "working-group.yaml",
    ]
    assert all(load(path).sections for path in bundled())


def test_minutes_find_the_agenda_that_has_them_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    agenda(tmp_path, "a.yaml").write_text("title: x\nminutes: 'a/{date}.md'\noutput: calls\nagenda: [A]\n")
    agenda(tmp_path, "b.yaml").write_text("no: agenda")
    wanted = agenda(tmp_path, "c.yaml")
    wanted.write_text("title: x\nminutes: 'c/{date}.md'\noutput: calls\nagenda: [A]\n")
    minutes = Path("calls/c/2024-05-01.md")
    assert agenda_of(minutes, TODAY) == wanted
    monkeypatch.chdir(tmp_path.parent)
    assert agenda_of(tmp_path / minutes, TODAY) == wanted
    assert agenda_of(tmp_path / minutes, None) is None
    assert agenda_of(tmp_path / "2024-05-01.md", TODAY) is None
