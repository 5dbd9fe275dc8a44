"""Calls on a screen without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date
from pathlib import Path

import pytest

from facilitator.core import agenda as agendas
from facilitator.store import agenda_file, opening
from facilitator.store.call import Call
from facilitator.store.config import DEFAULTS, Settings
from facilitator.store.session import Session
from facilitator.system.clock import ManualClock
from facilitator.tui.app import FacilitatorApp
from tests.chairing import AGENDA, DAY, MINUTES, Chair, OpenCall


@pytest.fixture
def open_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenCall:
    """Open a call in the test's directory; opened again it is the same call."""

    monkeypatch.chdir(tmp_path)

    @asynccontextmanager
    async def opened(
        minutes: str | None = MINUTES,
        agenda: str | None = AGENDA,
        size: tuple[int, int] = (120, 40),
        clock: ManualClock | None = None,
        settings: Settings = DEFAULTS,
        remark: str = "",
        day: date = DAY,
    ) -> AsyncIterator[Chair]:
        path = Path("2024-06-04-council.md")
        call = Call(path, day, 30 * 60)
        if agenda is not None:
            source = tmp_path / "council.yaml"
            source.write_text(agenda, encoding="utf-8")
            loaded = agenda_file.load(source)
            call = Call(Path(agendas.minutes_name(loaded, day)), day, loaded.duration, loaded)
        if minutes is not None and not call.path.exists():
            call.path.write_bytes(minutes.encode())
        clock = clock or ManualClock(wall=1_717_511_400.0)  # 14:30 UTC on the day
        session = Session(opening.open_call(call, clock))
        app = FacilitatorApp(session, UTC, settings=settings)
        app.remark = remark
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                yield Chair(app, pilot, clock, call.path)
        finally:
            session.close()

    return opened
