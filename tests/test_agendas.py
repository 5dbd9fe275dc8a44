"""The agendas that come with the program: a chair takes them as they are."""

import re
from datetime import date
from pathlib import Path

import pytest

from facilitator.core.agenda import minutes_name, people_of, title
from facilitator.core.schedule import calls
from facilitator.store.agenda_file import check, load
from facilitator.store.agenda_keys import KEYS

FOLDER = Path(__file__).parents[1] / "agendas"
AGENDAS = sorted(FOLDER.glob("*"))
SEED = Path(__file__).parents[2] / "shared" / "corpus" / "files" / "seed" / "2018-09-04-runtime.md"


@pytest.mark.parametrize("path", AGENDAS, ids=lambda path: path.stem)
class TestEveryAgenda:
    def test_is_right(self, path: Path) -> None:
        assert [finding for finding in check(path) if finding.severity == "error"] == []

    def test_is_named_like_the_others(self, path: Path) -> None:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.yaml", path.name)

    def test_has_a_rhythm_and_a_place_for_a_year_of_calls(self, path: Path) -> None:
        agenda = load(path)
        assert agenda.schedule is not None
        assert agenda.schedule.timezone
        days = calls(agenda.schedule, date(2026, 1, 1), 12)
        assert len({minutes_name(agenda, day) for day in days}) == 12
        assert len({title(agenda, day) for day in days}) == 12

    def test_gives_everybody_initials(self, path: Path) -> None:
        people = people_of(load(path))
        assert all(person.initials for person in people)

    def test_leaves_no_more_than_a_few_minutes_unplanned(self, path: Path) -> None:
        agenda = load(path)
        planned = sum(
            (section.time or section.total or 0) + (section.each or 0) * len(section.projects)
            for section in agenda.sections
        )
        assert 0 <= agenda.duration - planned <= 5 * 60


def test_together_they_show_every_key() -> None:
    text = "\n".join(path.read_text("utf-8") for path in AGENDAS)
    for keys in KEYS.values():
        for key in keys:
            assert re.search(rf"(^|[\s{{]){key}:", text), key


def test_the_runtime_roster_is_that_of_the_call_it_is_made_for() -> None:
    if not SEED.exists():
        pytest.skip("the corpus is not here")
    headings = re.findall(r"^### (.+?)(?: \((\w+)\))? - ([^(\n]+)", SEED.read_text("utf-8"), re.MULTILINE)
    roster = [
        (project.name, project.status, project.lead) for project in load(FOLDER / "runtime-pmc.yaml").projects
    ]
    assert roster == [(name, status, lead.strip()) for name, status, lead in headings]
    assert len(roster) == 19
