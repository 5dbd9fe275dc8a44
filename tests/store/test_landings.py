"""Somebody else saves the minutes while the call is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import MINUTES, Chair, open_call

THEIRS = MINUTES.replace(b"Solheim\n", b"Solheim\n\n- New lens\n")


@pytest.fixture
def call(tmp_path: Path) -> Chair:
    path = tmp_path / "2024-06-04-council.md"
    path.write_bytes(MINUTES)
    chair = open_call(path)
    chair.start()
    return chair


def test_a_leads_update_lands_while_the_chair_takes_notes(call: Chair) -> None:
    call.note("Beacon", "Who upgrades first?")
    call.look()
    call.theirs(call.disk().replace(b"Solheim\n", b"Solheim\n\n- New lens\n"))
    call.note("Foghorn", "Welcome them")
    call.look()
    expected = THEIRS.replace(b"week\n", b"week\n- Who upgrades first?\n") + b"- Welcome them\n"
    assert call.disk() == expected
    (landing,) = call.session.landings
    assert [(one.title, one.added, one.removed) for one in landing.touched] == [("Lantern", 1, 0)]
    assert not landing.seen
    call.session.see(call.item("Lantern"))
    assert call.session.landings[0].seen
