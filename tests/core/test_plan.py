"""Timeboxes before the call: what the agenda gives, shared by those who have something to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.agenda import Agenda, Project, Section, Weigh
from facilitator.core.item import Item
from facilitator.core.meeting import opened
from facilitator.core.order import roll_call
from facilitator.core.plan import CALLING, CALLING_ONE, LEAST, Misfit, least, misfits, plan, share
from facilitator.store import agenda_file

REVIEWS = Section("Reviews", total=600, projects=(Project("A"), Project("B"), Project("C")))
CALL = roll_call("Reviews")


def section(title: str, *, timebox: int | None = None) -> Item:
    return Item(title, "section", title, timebox=timebox, words=3)


def project(title: str, words: int = 0, *, timebox: int | None = None) -> Item:
    return Item(title, "project", title, "Reviews", words=words, timebox=timebox)


def agenda(*sections: Section) -> Agenda:
    return Agenda("Council", "{date}.md", sections)


def test_fixed_timeboxes_are_taken_as_they_are() -> None:
    items = [section("News"), section("Talk")]
    planned = plan(items, agenda(Section("News", time=120), Section("Talk", time=300)), 1800)
    assert planned == {"News": 120, "Talk": 300}


def test_quiet_projects_share_a_roll_call_and_the_others_the_rest() -> None:
    planned = plan([project("A", 10), project("B"), project("C")], agenda(REVIEWS), 1800)
    called = CALLING + 2 * CALLING_ONE
    assert planned == {"A": 600 - called, CALL: called}


@pytest.mark.parametrize(
    ("weigh", "expected"),
    [("words", {"A": 300, "B": 150, "C": 150}), ("equally", {"A": 200, "B": 200, "C": 200})],
)
def test_a_group_is_weighed_by_what_was_written_or_equally(weigh: Weigh, expected: dict[str, int]) -> None:
    items = [project("A", 70), project("B", 20), project("C", 20)]
    assert plan(items, agenda(replace(REVIEWS, weigh=weigh)), 1800) == expected


def test_a_group_is_weighed_by_what_past_calls_took_and_newcomers_by_the_average() -> None:
    items = [project("A", 70), project("B", 20), project("C", 20)]
    by_history = agenda(replace(REVIEWS, weigh="history"))
    assert plan(items, by_history, 1800, {"a": 100, "b": 300}) == {"A": 100, "B": 300, "C": 200}
    assert plan(items, by_history, 1800) == plan(items, agenda(REVIEWS), 1800)


def test_each_is_for_everybody_who_speaks() -> None:
    items = [project("A", 10), project("B", 10), project("C")]
    planned = plan(items, agenda(replace(REVIEWS, total=None, each=60)), 1800)
    assert planned == {"A": 60, "B": 60, CALL: CALLING + CALLING_ONE}


def test_a_roll_call_takes_no_more_than_its_even_share() -> None:
    items = [project("A", 10), project("B"), project("C")]
    assert plan(items, agenda(replace(REVIEWS, total=9)), 1800) == {"A": 3, CALL: 6}


def test_a_timebox_in_a_heading_comes_off_what_the_section_shares() -> None:
    topics = [
        Item(name, "topic", name, "Talk", timebox=box, words=1) for name, box in (("x", 300), ("y", None))
    ]
    assert plan(topics, agenda(Section("Talk", time=480, topics=True)), 1800) == {"x": 300, "y": 180}


def test_without_an_agenda_headings_grant_themselves_time_and_the_rest_is_split_evenly() -> None:
    planned = plan([section("a", timebox=600), section("b"), section("c")], None, 1800)
    assert planned == {"a": 600, "b": 600, "c": 600}


def test_timeboxes_are_read_from_headings_as_people_write_them() -> None:
    headings = ["Intro (5m, Lee)", "Demo [30 mins]", "Q&A - 15 minute timebox", "Lee will be 5 mins late"]
    minutes = "# Sync\n\n" + "\n\n".join(f"## {heading}" for heading in headings) + "\n"
    meeting = opened(minutes.encode(), None, date(2024, 6, 4), 3600)
    assert [meeting.planned[item.key] for item in meeting.items] == [300, 1800, 900, 600]


def test_what_does_not_fit_is_told_with_by_how_much() -> None:
    items = [section("a", timebox=1500), section("b", timebox=600), section("c")]
    planned = plan(items, None, 1800)
    assert planned["c"] == LEAST
    assert misfits(items, None, 1800, planned) == (Misfit("", 330),)
    topics = [Item(name, "topic", name, "Talk", timebox=300, words=1) for name in "xy"]
    talk = agenda(Section("Talk", time=480, topics=True))
    assert misfits(topics, talk, 1800, plan(topics, talk, 1800)) == (Misfit("Talk", 120),)
    assert misfits(items, None, 3600, planned) == ()


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans()), min_size=1, max_size=18), st.integers(0, 3600))
@settings(max_examples=200, deadline=None)
def test_a_group_spends_its_total_and_not_a_second_more(drawn: list[tuple[int, bool]], total: int) -> None:
    items = [project(str(at), words) for at, (words, _) in enumerate(drawn)]
    group = replace(REVIEWS, total=total)
    planned = plan(items, agenda(group), 3600)
    spoken = [item for item in items if item.words]
    assert all(seconds >= 0 for seconds in planned.values())
    if total and spoken:
        assert sum(planned.values()) == total
    assert set(planned) == {item.key for item in spoken} | ({CALL} if len(spoken) < len(items) else set())


@given(st.integers(0, 10_000), st.lists(st.integers(1, 500), min_size=1, max_size=30))
def test_shares_are_whole_seconds_and_add_up(total: int, weights: list[int]) -> None:
    shared = share(total, [(str(at), weight) for at, weight in enumerate(weights)])
    assert sum(shared.values()) == total
    assert all(seconds >= 0 for seconds in shared.values())


def test_nothing_is_cut_below_its_floor() -> None:
    assert least(600) == LEAST
    assert least(10) == 10


def test_the_calls_as_they_were_fit_their_half_hour(corpus: Path) -> None:
    council = agenda_file.load(Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml")
    files = [
        corpus / "files" / "seed" / "2018-09-04-runtime.md",
        corpus / "replays" / "2018-05-29" / "000.md",
    ]
    for path in files:
        meeting = opened(path.read_bytes(), council, date(2018, 9, 4), council.duration)
        assert sum(meeting.planned.values()) <= 1800
        assert misfits(meeting.items, council, 1800, meeting.planned) == ()
        projects = [item for item in meeting.items if item.kind == "project"]
        calls = [stop for stop in meeting.stops if stop.members]
        assert [len(stop.members) for stop in calls] == [sum(item.quiet for item in projects)]
        assert all(meeting.planned[item.key] >= 60 for item in projects if item.words)
