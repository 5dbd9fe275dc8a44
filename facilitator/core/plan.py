"""The plan: the timebox of every stop of the running order, in seconds, before the call and for what joins it later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from . import headings
from .order import roll_call, waits

if TYPE_CHECKING:
    from .agenda import Agenda, Section
    from .item import Item

Plan = Mapping[str, int]
"""The timebox of each stop, by its key; quiet projects have theirs in their roll call."""

LEAST = 30
"""Nobody says anything worth hearing in less: no budget is cut below this, or below its plan where that is less."""

FULL_WEIGHT = 150
"""Words beyond this number earn no more time: long texts are read, not read out."""

BASE_WEIGHT = 30
"""What any text is worth beside its length: saying a name and taking the floor costs the same for all."""

CALLING = 10
"""Seconds it takes to open a roll call and to listen to the silence after it."""

CALLING_ONE = 5
"""Seconds it takes to say one name."""


class Misfit(NamedTuple):
    """What takes more time than it has: a section of the agenda, or the call itself where ``title`` is empty."""

    title: str
    by: int
    """Seconds too many."""


def plan(
    items: Sequence[Item], agenda: Agenda | None, duration: int, past: Mapping[str, int] | None = None
) -> Plan:
    """Return the timebox of every item that speaks, and of every roll call.

    What has a timebox takes it: in the agenda, or in its own heading. A group shares its total among those who have
    written something, ``past`` seconds by name key deciding where the agenda weighs by history. Whatever of the
    duration is left is shared evenly by the items nobody gave a time.
    """
    sections = {headings.title(section.title): section for section in agenda.sections} if agenda else {}
    planned: dict[str, int] = {}
    rest: list[Item] = []
    for title, members in _groups(items).items():
        section = sections.get(title)
        total = None if section is None else _total(section, len(members))
        if section is None or total is None:
            rest += members
        else:
            planned.update(_section_plan(section, total, members, past or {}))
    calls = _roll_calls(rest, duration)
    planned.update(calls)
    speaking = [item for item in rest if not waits(item)]
    planned.update({item.key: item.timebox for item in speaking if item.timebox is not None})
    planned.update(_rest(duration - sum(planned.values()), [one for one in speaking if one.timebox is None]))
    return planned


def misfits(items: Sequence[Item], agenda: Agenda | None, duration: int, planned: Plan) -> tuple[Misfit, ...]:
    """Return what does not fit before the call starts, the call as a whole last."""
    found = []
    sections = {headings.title(section.title): section for section in agenda.sections} if agenda else {}
    for title, members in _groups(items).items():
        total = _total(sections[title], len(members)) if title in sections else None
        keys = {roll_call(item.group) if waits(item) else item.key for item in members}
        excess = sum(planned.get(key, 0) for key in keys) - (total or 0)
        if total is not None and excess > 0:
            found.append(Misfit(title, excess))
    excess = sum(planned.values()) - duration
    return (*found, Misfit("", excess)) if excess > 0 else tuple(found)


def least(planned: int) -> int:
    """Return the seconds below which no budget of so much planned time is cut."""
    return min(planned, LEAST)


def share(total: int, weights: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Return whole seconds by key, as the weights have it, adding up to ``total`` exactly."""
    shared: dict[str, int] = {}
    rest, left = total, sum(weight for _, weight in weights)
    for key, weight in weights:
        shared[key] = round(rest * weight / left) if left else 0
        rest -= shared[key]
        left -= weight
    return shared


def _groups(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the items by the section of the agenda they stand for or under."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group or item.title, []).append(item)
    return groups


def _total(section: Section, members: int) -> int | None:
    """Return what the agenda gives a section altogether; None where it gives no time."""
    if section.each is not None:
        return section.each * members
    return section.total if section.projects else section.time


def _roll_calls(items: Sequence[Item], available: int) -> dict[str, int]:
    """Return the time of the roll calls: a breath for every name, never more than an even share."""
    waiting: dict[str, int] = {}
    for item in items:
        if waits(item):
            waiting[item.group] = waiting.get(item.group, 0) + 1
    return {
        roll_call(group): min(CALLING + CALLING_ONE * count, available * count // len(items))
        for group, count in waiting.items()
    }


def _section_plan(section: Section, total: int, members: list[Item], past: Mapping[str, int]) -> Plan:
    """Return what the agenda gives the stops of one of its sections."""
    planned = _roll_calls(members, total)
    speaking = [item for item in members if not waits(item)]
    planned.update({item.key: item.timebox for item in speaking if item.timebox is not None})
    others = [item for item in speaking if item.timebox is None]
    if section.each is not None:
        planned.update({item.key: section.each for item in others})
        return planned
    weights = _weights(section, others, past)
    planned.update(_rest(total - sum(planned.values()), others, weights))
    return planned


def _rest(left: int, items: Sequence[Item], weights: Sequence[int] | None = None) -> dict[str, int]:
    """Return what is left, shared; where nothing is, everybody gets the least and the plan does not fit."""
    if left <= 0:
        return {item.key: LEAST for item in items}
    return share(
        left, [(item.key, weight) for item, weight in zip(items, weights or [1] * len(items), strict=True)]
    )


def _weights(section: Section, items: Sequence[Item], past: Mapping[str, int]) -> list[int]:
    known = [past.get(headings.name_key(item.title), 0) for item in items]
    if section.projects and section.weigh == "history" and any(known):
        usual = sum(known) // sum(1 for seconds in known if seconds)
        return [seconds or max(usual, 1) for seconds in known]
    if section.projects and section.weigh != "equally":
        return [BASE_WEIGHT + min(item.words, FULL_WEIGHT) for item in items]
    return [1] * len(items)
