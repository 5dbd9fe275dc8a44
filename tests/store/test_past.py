"""What past calls took, read from the minutes that lie beside those of the call."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from facilitator.core.agenda import Agenda
from facilitator.core.timing import Timed, comment
from facilitator.store import past

DAY = date(2024, 6, 18)
AGENDA = Agenda("Council", "{date:%Y}/{date}-council.md", ())


def took(root: Path, day: date, *items: tuple[str, int]) -> Path:
    """Write the minutes of a call in which items took so many seconds."""
    path = root / f"{day:%Y}" / f"{day}-council.md"
    path.parent.mkdir(exist_ok=True)
    kept = comment(Timed(title, None, seconds) for title, seconds in items)
    path.write_text(f"# Council {day}\n\n{kept}\n", encoding="utf-8")
    return path


def test_the_calls_before_this_one_are_found_whatever_day_they_were_on(tmp_path: Path) -> None:
    own = took(tmp_path, DAY, ("Beacon", 999))
    took(tmp_path, date(2024, 6, 5), ("Beacon", 100), ("Lantern", 60))
    took(tmp_path, date(2023, 12, 27), ("Beacon", 200))
    took(tmp_path, date(2024, 7, 2), ("Beacon", 999))
    took(tmp_path, date(2023, 1, 10), ("Beacon", 999))
    assert past.read(own, AGENDA, DAY) == (("beacon", 150), ("lantern", 60))


def test_only_the_last_calls_that_kept_their_time_count(tmp_path: Path) -> None:
    own = tmp_path / "2024" / f"{DAY}-council.md"
    for weeks in range(1, 15):
        took(tmp_path, DAY - timedelta(weeks=weeks), *([("Beacon", 60 * weeks)] if weeks > 2 else []))
    assert past.read(own, AGENDA, DAY) == (("beacon", 60 * 15 // 2),)


def test_what_cannot_be_read_and_minutes_in_another_place_teach_nothing(tmp_path: Path) -> None:
    own = tmp_path / "2024" / f"{DAY}-council.md"
    took(tmp_path, date(2024, 6, 4), ("Beacon", 100)).write_bytes(b"\xff\xfe not minutes")
    (tmp_path / "2024" / "2024-05-21-council.md").mkdir()
    assert past.read(own, AGENDA, DAY) == ()
    took(tmp_path, date(2024, 6, 4), ("Beacon", 100))
    assert past.read(own, AGENDA, DAY) == (("beacon", 100),)
    assert past.read(tmp_path / "elsewhere.md", AGENDA, DAY) == ()


def test_seven_days_that_share_a_file_are_one_call(tmp_path: Path) -> None:
    weekly = Agenda("Weekly", "{date:%G}/week-{date:%V}.md", ())
    folder = tmp_path / "2024"
    folder.mkdir()
    (folder / "week-25.md").write_text(comment([Timed("Round", None, 999)]), encoding="utf-8")
    (folder / "week-24.md").write_text(comment([Timed("Round", None, 120)]), encoding="utf-8")
    (folder / "week-23.md").write_text(comment([Timed("Round", None, 60)]), encoding="utf-8")
    assert past.read(folder / "week-25.md", weekly, DAY) == (("round", 90),)


def test_who_was_there_is_told_with_the_last_time(tmp_path: Path) -> None:
    own = tmp_path / "2024" / f"{DAY}-council.md"
    for day, names in (
        (date(2024, 6, 4), ("Ann Lee", "Bo Ek (regrets)")),
        (date(2024, 5, 7), ("Bo Ek", "Ann Lee")),
    ):
        listed = "".join(f"- {name}\n" for name in names)
        took(tmp_path, day).write_text(f"# Council\n\n## Attendees\n\n{listed}", encoding="utf-8")
    assert past.attendees(own, AGENDA, DAY) == (("Ann Lee", date(2024, 6, 4)), ("Bo Ek", date(2024, 5, 7)))
