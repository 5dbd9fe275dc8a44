"""The one table of commands."""

from __future__ import annotations

from collections import Counter

from facilitator.tui.commands import COMMANDS


def test_a_key_means_one_thing_in_a_place() -> None:
    used = Counter((command.place, key) for command in COMMANDS for key in command.keys)
    assert [spot for spot, times in used.items() if times > 1] == []


def test_a_command_is_named_once() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
