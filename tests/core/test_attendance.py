"""Roll call."""

from __future__ import annotations

from facilitator.core.attendance import Roll, to_call
from facilitator.core.directives import Present, Regrets
from facilitator.core.record import Attendee

PROJECTS = {"Ada Okafor": "Router", "Ken Ojuka": "Storage"}


def test_people_are_marked_present_with_what_they_speak_for() -> None:
    roll = Roll().marked(Present(("Ada Okafor", "Zed")), Regrets(("Ken Ojuka",)), projects=PROJECTS)
    assert roll.attendees == (
        Attendee("Ada Okafor", "Router"),
        Attendee("Zed"),
        Attendee("Ken Ojuka", regrets=True),
    )
    assert roll.present == ("Ada Okafor", "Zed")


def test_who_comes_after_all_is_present_and_keeps_the_place() -> None:
    roll = (
        Roll()
        .marked(Regrets(("Ada Okafor",)))
        .marked(Present(("Ken Ojuka",)))
        .marked(Present(("Ada Okafor",)))
    )
    assert roll.present == ("Ada Okafor", "Ken Ojuka")


def test_leads_are_called_first_then_who_came_before() -> None:
    past = ["Zed", "Ada Okafor"]
    assert to_call(["Ada Okafor", "Ken Ojuka", "Ada Okafor"], past) == ("Ada Okafor", "Ken Ojuka", "Zed")
    assert to_call(["Ada Okafor", "Ken Ojuka"], past, "oka") == ("Ada Okafor",)
