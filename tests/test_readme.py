"""The README shows what the program shows, and its examples work."""

from __future__ import annotations

import re
from datetime import UTC, date
from pathlib import Path

from facilitator.store import agenda_file, config, demo, opening
from facilitator.store.session import Session
from facilitator.system.clock import ManualClock
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.commands import COMMANDS, table
from tests.chairing import Chair

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """Return the fenced block that follows a marker."""
    found = re.search(rf"<!-- {name} -->\n+```[a-z]*\n(.*?)\n```", README, re.S)
    assert found, f"the README has no block called {name}"
    return found[1]


async def test_the_screen_in_the_readme_is_the_program_s(tmp_path: Path) -> None:
    clock = ManualClock(wall=1_716_906_600.0)  # 14:30 UTC
    opened = opening.open_call(demo.prepare(tmp_path, date(2024, 5, 28)), clock)
    session = Session(opened)
    async with FacilitatorApp(session, UTC).run_test(size=(112, 26)) as pilot:
        app = pilot.app
        assert isinstance(app, FacilitatorApp)
        chair = Chair(app, pilot, clock, opened.call.path)
        await chair.press("space")
        for seconds in (100, 170, 310):
            await chair.pass_time(seconds)
            await chair.press("n")
        await chair.press("a")
        await chair.type("tomas to add jitter to the other clients due 2024-06-11")
        await chair.press("enter")
        await chair.type("RESOLVED: 3.9.2 is the long-term release")
        await chair.press("enter", "escape")
        await chair.pass_time(95)
        await chair.press("i")
        await chair.type("ACTION: priya to find a security contact")
        frame = chair.frame()
    session.close()
    assert block("screen") == frame


def test_the_keys_in_the_readme_are_the_table() -> None:
    assert block("keys") == table()


def test_the_agenda_in_the_readme_loads(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text(block("agenda"), encoding="utf-8")
    assert [finding for finding in agenda_file.check(path) if finding.severity == "error"] == []
    assert agenda_file.load(path).projects


def test_the_commands_in_the_readme_are_the_program_s() -> None:
    assert "pip install" in block("run")
    assert ".venv/bin/facilitator agendas/" in block("run")
    assert "pytest" in block("tests")


def test_the_settings_in_the_readme_are_right(settings: Path) -> None:
    (settings.parent / "ding.oga").touch()
    settings.write_text(block("settings"), encoding="utf-8")
    found, findings = config.load(COMMANDS)
    assert findings == ()
    assert found.alerts == ("bell", "desktop")
    assert found.keys["boundary.later"] == ("greater_than_sign",)
