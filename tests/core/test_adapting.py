"""Budgets that follow the clock, in calls simulated on a clock of their own.

``FACILITATOR_NIGHTLY=1`` simulates 2,000 made-up calls, and every real file three times over.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from facilitator.core import chair, events, merge, pacing, timeline
from facilitator.core.adapting import DEADBAND, budgets, coming, put_off
from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.fold import CannotUndo, apply
from facilitator.core.meeting import Meeting, opened
from facilitator.core.plan import least
from facilitator.store import agenda_file
from tests.simulating import DAY, PASSING, STEERING, happen, later, made_up


def check_time(meeting: Meeting, now: float) -> None:
    """Every second of the call is somebody's, or a pause's."""
    if meeting.started_at is not None:
        assert sum(timeline.spent(meeting.timeline, now).values()) == now - meeting.started_at


def check_budgets(meeting: Meeting, now: float) -> None:
    """Nobody has less than the floor, and all together no more than is left, but for what is said.

    Where the plan fills the call to the brim, a deviation that is left alone runs over its end.
    """
    started = meeting.started_at
    if started is None or meeting.steering.adapting == "off":
        return
    granted, ahead = budgets(meeting, now), coming(meeting)
    spent = timeline.spent(meeting.timeline, now)
    here = max(0.0, granted[meeting.current] - spent.get(meeting.current, 0.0))
    here += sum(max(0.0, granted[key] - spent[key]) for key in put_off(meeting, spent))
    loose = [key for key in ahead if key not in meeting.pinned]
    floors = {key: min(least(meeting.base(key)), meeting.budget(key)) for key in loose}
    assert all(granted[key] >= floors[key] for key in loose)
    left = started + meeting.duration - now
    unplanned = max(0, meeting.duration - sum(meeting.planned.values()))
    if here + sum(granted[key] for key in ahead) > left + max(0, DEADBAND - unplanned):
        assert all(granted[key] <= floors[key] for key in loose)
        assert pacing.pace(meeting, now).over > 0


def simulate(meeting: Meeting, rng: random.Random) -> None:
    """Let a call happen, in which only time passes, and look at the budgets all the time."""
    now = 1_700_000_000.0
    meeting = happen(meeting, chair.toggle_clock(meeting, now))
    before: dict[str, int] = {}
    for _ in range(rng.randint(4, 14)):
        now = later(rng, now)
        for step in (None, rng.choice(PASSING)):
            meeting = happen(meeting, step(meeting, rng, now) if step else None)
            check_time(meeting, now)
            check_budgets(meeting, now)
            granted = budgets(meeting, now)
            after = {key: granted[key] for key in coming(meeting)}
            assert all(after[key] <= before[key] for key in after if key in before), (
                "one-way lengthens nothing"
            )
            before = after


def test_the_agenda_pins_items_and_chooses_how_budgets_follow_the_clock() -> None:
    sections = (
        Section("Talk", time=300, topics=True, pinned=True),
        Section("Reviews", total=600, projects=(Project("A"), Project("B", pinned=True), Project("C"))),
    )
    minutes = b"# Sync\n\n## Talk\n\n- one\n- two\n\n## Reviews\n\n### A\n\n- a\n\n### B\n\n### C\n\n- c\n"
    meeting = opened(minutes, Agenda("Sync", "{date}.md", sections, duration=900, adapt="two-way"), DAY, 900)
    assert meeting.steering.adapting == "two-way"
    pinned = {"topic:talk/one", "topic:talk/two", "project:b"}
    assert meeting.pinned == pinned
    meeting = happen(meeting, events.CallStarted(0.0))
    late = budgets(meeting, 400.0)
    assert late["topic:talk/two"] == meeting.planned["topic:talk/two"]
    assert late["project:a"] < meeting.planned["project:a"]
    meeting = happen(meeting, chair.pin(meeting, "topic:talk/two", 400.0))
    assert meeting.pinned == pinned - {"topic:talk/two"}
    assert budgets(meeting, 400.0)["topic:talk/two"] < meeting.planned["topic:talk/two"]
    assert happen(meeting, events.Undone(401.0)).pinned == pinned


def test_what_the_chair_has_pinned_stays_when_a_boundary_is_put_right() -> None:
    minutes = b"# Sync\n\n## A (5m)\n\n- a\n\n## B (5m)\n\n- b\n\n## C (5m)\n\n- c\n"
    meeting = happen(opened(minutes, None, DAY, 900), events.CallStarted(0.0))
    cut = budgets(meeting, 500.0)["section:b"]
    assert cut < 300
    meeting = happen(meeting, chair.pin(meeting, "section:b", 500.0))
    meeting = happen(meeting, events.BoundaryMoved(510.0, 0, -100.0))
    assert budgets(meeting, 510.0)["section:b"] == cut


NIGHTLY = "FACILITATOR_NIGHTLY" in os.environ
CALLS = range(2000 if NIGHTLY else 300)


def test_made_up_calls_keep_to_their_time() -> None:
    for seed in CALLS:
        rng = random.Random(seed)
        simulate(made_up(rng), rng)


def test_whatever_the_chair_steers_no_second_is_lost() -> None:
    for seed in CALLS[::4]:
        rng = random.Random(seed)
        now = 1_700_000_000.0
        meeting = made_up(rng)
        meeting = happen(meeting, chair.toggle_clock(meeting, now))
        for _ in range(12):
            now = later(rng, now)
            meeting = happen(meeting, rng.choice(PASSING + STEERING + STEERING)(meeting, rng, now))
            check_time(meeting, now)
            check_budgets(meeting, now)
            assert meeting.current in {stop.key for stop in meeting.stops}
        while meeting.done:
            try:
                meeting = apply(meeting, events.Undone(now))
            except CannotUndo:
                break
            assert meeting.current in {stop.key for stop in meeting.stops}


def test_real_calls_keep_to_their_time(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.md")):
        for seed in range(3 if NIGHTLY else 1):
            simulate(opened(path.read_bytes(), None, DAY, 1800), random.Random(seed))


def test_real_calls_keep_to_their_time_while_what_landed_then_lands(corpus: Path) -> None:
    council = agenda_file.load(Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml")
    for replay in sorted((corpus / "replays").iterdir()):
        versions = [path.read_bytes() for path in sorted(replay.glob("*.md"))]
        rng = random.Random(replay.name)
        now = 1_700_000_000.0
        meeting = happen(opened(versions[0], council, DAY, council.duration), events.CallStarted(now))
        reached = {meeting.current}
        for version in versions[1:]:
            now = later(rng, now)
            splices = merge.splices(meeting.document.source, version)
            meeting = apply(meeting, events.Landed(now, splices))
            for step in (None, *rng.choices(PASSING[:-1], k=2)):
                meeting = happen(meeting, step(meeting, rng, now) if step else None)
                reached.add(meeting.current)
                check_time(meeting, now)
                check_budgets(meeting, now)
        while event := chair.step(meeting, 1, now):
            meeting = apply(meeting, event)
            reached.add(meeting.current)
        assert {item.key for item in meeting.items if item.words} <= reached
