"""Simulated calls: made-up meetings and what may happen in them, on a clock that only the test moves."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from facilitator.core import chair, events, merge, quiet, rearranging, repairs
from facilitator.core.agenda import Agenda, Project, Section, Weigh
from facilitator.core.fold import apply
from facilitator.core.meeting import Meeting, opened

DAY = date(2024, 6, 4)
WEIGHS: tuple[Weigh, ...] = ("words", "equally", "history")

Wish = Callable[[Meeting, random.Random, float], events.Event | None]
"""Something a chair may want at a moment."""


def made_up(rng: random.Random) -> Meeting:
    """A meeting with a group of projects, of which some have written something, and some other sections."""
    names = [f"Project {letter}" for letter in "ABCDEFGHIJKLMNOPQR"[: rng.randint(1, 18)]]
    duration = rng.choice([600, 1800, 3600])
    each = rng.choice([None, None, 60])
    group = Section(
        "Reviews",
        total=None if each else rng.choice([300, 900, 1500]),
        each=each,
        weigh=rng.choice(WEIGHS),
        projects=tuple(Project(name, "Ann Lee") for name in names),
    )
    sections = [Section("Announcements", time=rng.choice([None, 60, 120]))]
    sections.append(Section("Discussion", time=rng.choice([None, 300]), topics=True))
    sections.insert(rng.randint(0, 2), group)
    lines = ["# Council", "", "## Announcements", "", "## Discussion", ""]
    lines += [f"- topic {number}" for number in range(rng.randint(0, 3))]
    lines += ["", "## Reviews", ""]
    for name in names:
        lines += [f"### {name} - Ann Lee", ""]
        if rng.random() < 0.4:
            lines += [f"- {'word ' * rng.randint(1, 200)}", ""]
    agenda = Agenda("Council", "{date}.md", tuple(sections), duration=duration, chair="Ann Lee")
    source = "\n".join(lines).encode()
    return opened(source, agenda if rng.random() < 0.8 else None, DAY, duration)


def land(meeting: Meeting, rng: random.Random, now: float) -> events.Event | None:
    """Let somebody write below a heading."""
    index = rng.randrange(1, len(meeting.document.sections)) if len(meeting.document.sections) > 1 else 0
    at = meeting.document.own(index).start
    source = meeting.document.source
    text = b"\n- an update that came late\n\n"
    return events.Landed(now, merge.splices(source, source[:at] + text + source[at:]))


def _somewhere(meeting: Meeting, rng: random.Random) -> str:
    keys = [stop.key for stop in meeting.stops]
    return rng.choice(keys)


def _go_to_quiet(meeting: Meeting, rng: random.Random, now: float) -> events.Event | None:
    waiting = [member for stop in meeting.stops for member in stop.members]
    return chair.go(meeting, rng.choice(waiting), now) if waiting else None


PASSING: tuple[Wish, ...] = (
    lambda meeting, rng, now: chair.step(meeting, 1, now),
    lambda meeting, rng, now: chair.step(meeting, 1, now),
    lambda meeting, rng, now: chair.step(meeting, 1, now),
    lambda meeting, rng, now: chair.step(meeting, -1, now),
    lambda meeting, rng, now: chair.toggle_clock(meeting, now),
    lambda meeting, rng, now: chair.toggle_clock(meeting, now),
    lambda meeting, rng, now: quiet.confirm(meeting, now),
    land,
)
"""What only lets time pass, items change, and words come in."""

STEERING: tuple[Wish, ...] = (
    lambda meeting, rng, now: chair.go(meeting, _somewhere(meeting, rng), now),
    _go_to_quiet,
    lambda meeting, rng, now: chair.change_timebox(meeting, _somewhere(meeting, rng), 60, now),
    lambda meeting, rng, now: chair.change_timebox(meeting, _somewhere(meeting, rng), -60, now),
    lambda meeting, rng, now: chair.pin(meeting, _somewhere(meeting, rng), now),
    lambda meeting, rng, now: chair.adapt(meeting, rng.choice(["one-way", "two-way", "off"]), now),
    lambda meeting, rng, now: rearranging.skip(meeting, _somewhere(meeting, rng), now),
    lambda meeting, rng, now: rearranging.move(
        meeting, _somewhere(meeting, rng), rng.choice([-1, 1, 2]), now
    ),
    lambda meeting, rng, now: rearranging.park(meeting, _somewhere(meeting, rng), now),
    lambda meeting, rng, now: rearranging.add(meeting, f"Extra {rng.randint(1, 999)}", 120, now),
    lambda meeting, rng, now: repairs.shift(meeting, rng.choice([-15, 15]), now),
    lambda meeting, rng, now: repairs.start_at(meeting, now - rng.randint(0, 300), now),
    lambda meeting, rng, now: repairs.advance_at(meeting, now - rng.randint(0, 60), now),
)
"""What changes the plan, on the chair's word."""


def later(rng: random.Random, now: float) -> float:
    """A moment after ``now``, in eighths of a second, which floats hold exactly."""
    return now + rng.choice([1, 8, 60, 240, 800, 2400]) * rng.randint(1, 8) / 8


def happen(meeting: Meeting, event: events.Event | None) -> Meeting:
    """Let an event happen, if there is one."""
    return meeting if event is None else apply(meeting, event)


def after(meeting: Meeting, *happened: events.Event | None) -> Meeting:
    """Let events happen one after the other; there must be all of them."""
    for event in happened:
        assert event is not None
        meeting = apply(meeting, event)
    return meeting
