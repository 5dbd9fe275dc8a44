"""What calls for attention, and when, on a clock that the test moves."""

from __future__ import annotations

import pytest

from facilitator.store.config import Settings
from facilitator.system import alerts
from facilitator.tui.terminal import Terminal
from tests.chairing import Chair, OpenCall

LOUD = Settings(alerts=("bell", "desktop"))


class Heard:
    """What was sent to the terminal of a call."""

    def __init__(self, chair: Chair, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chair = chair
        self.sent: list[str] = []
        monkeypatch.setattr(chair.app, "send", self.sent.append)

    def after(self, seconds: int) -> list[str]:
        """Let time pass second by second; return what was told meanwhile."""
        self.sent.clear()
        for _ in range(seconds):
            self.chair.clock.advance(1)
            self.chair.app.attention.look()
        return [one.removeprefix("\x1b]9;").partition(" (Harbor")[0] for one in self.sent]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "KITTY_WINDOW_ID", "TERM_PROGRAM", "VTE_VERSION", "KONSOLE_VERSION", "WEZTERM_PANE"):
        monkeypatch.delenv(name, raising=False)


async def test_alerts_come_at_80_percent_at_time_and_every_minute_later(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call(settings=LOUD) as chair:
        heard = Heard(chair, monkeypatch)
        assert heard.after(200) == []
        await chair.press("space")
        assert heard.after(95) == []
        assert heard.after(1) == ["Announcements: 0:24 left"]
        assert heard.sent[0].endswith(alerts.BELL)
        assert heard.after(23) == []
        assert heard.after(1) == ["Announcements: time is up"]
        assert heard.after(60) == ["Announcements: 1 minute over"]
        assert heard.after(60) == ["Announcements: 2 minutes over"]
        await chair.press("n")
        assert heard.after(60) == []


async def test_a_pause_is_quiet_and_nothing_is_told_twice(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call(settings=LOUD) as chair:
        heard = Heard(chair, monkeypatch)
        await chair.press("space")
        assert heard.after(100) == ["Announcements: 0:24 left"]
        await chair.press("space")
        assert heard.after(60) == []
        await chair.press("space")
        assert heard.after(10) == []
        await chair.press("right_square_bracket")
        assert heard.after(4) == []
        await chair.press("u")
        assert heard.after(6) == ["Announcements: time is up"]
        await chair.press("minus", "u", "right_square_bracket", "u", "left_square_bracket", "u")
        assert heard.after(30) == []


async def test_a_minute_more_has_an_end_of_its_own(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call(settings=LOUD) as chair:
        heard = Heard(chair, monkeypatch)
        await chair.press("space")
        assert len(heard.after(125)) == 2
        await chair.press("plus")
        assert heard.after(54) == []
        assert heard.after(1) == ["Announcements: time is up"]
        await chair.press("minus", "plus")
        assert heard.after(10) == []


async def test_a_call_that_is_resumed_tells_only_what_comes(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call(settings=LOUD) as chair:
        await chair.press("space")
        chair.clock.advance(130)
        clock = chair.clock
        await chair.press("q")
    async with open_call(settings=LOUD, clock=clock) as chair:
        heard = Heard(chair, monkeypatch)
        assert heard.after(20) == []
        await chair.press("right_square_bracket", "right_square_bracket")
        assert heard.after(20) == []
        assert heard.after(40) == ["Announcements: 1 minute over"]


async def test_nobody_who_has_not_asked_hears_anything(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call() as chair:
        heard = Heard(chair, monkeypatch)
        await chair.press("space")
        assert heard.after(300) == []


async def test_a_sound_that_cannot_be_heard_is_told_once(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []

    def play(file: str, failed: object) -> None:
        played.append(file)
        assert callable(failed)
        failed("ding.wav can't be played: aplay ended with 1")

    monkeypatch.setattr(alerts, "play", play)
    async with open_call(settings=Settings(alerts=("sound",), sound="/x/ding.wav")) as chair:
        heard = Heard(chair, monkeypatch)
        said: list[str] = []
        monkeypatch.setattr(chair.app.main, "notice", lambda text, style, lasting: said.append(text))
        await chair.press("space")
        assert heard.after(200) == []
        await chair.pilot.pause()
        assert played == ["/x/ding.wav"] * 3
        assert said == ["ding.wav can't be played: aplay ended with 1"]


async def test_the_title_tells_the_time_left_and_the_item(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_call() as chair:
        chair.app.terminal = Terminal()
        heard = Heard(chair, monkeypatch)

        def titles(seconds: int) -> list[str]:
            return [one.split("\x1b]2;")[1].removesuffix("\x1b\\") for one in heard.after(seconds)]

        assert titles(2) == ["Harbor Council 2024-06-04"]
        await chair.press("space")
        assert titles(1) == ["2:00, Announcements · Harbor Council 2024-06-04"]
        assert len(titles(59)) == 12
        assert titles(1) == []
        assert titles(4) == ["0:55, Announcements · Harbor Council 2024-06-04"]
        await chair.press("space")
        assert titles(9) == ["paused, Announcements · Harbor Council 2024-06-04"]
        await chair.press("space")
        assert titles(60)[-2:] == [
            "0:00, Announcements · Harbor Council 2024-06-04",
            "0:05 over, Announcements · Harbor Council 2024-06-04",
        ]
        assert sum(map(len, heard.sent)) / 60 < 30  # bytes a second
        await chair.press("n")
        assert titles(1) == ["4:00, [AB] No 32-bit builds? [x] · Harbor Council 2024-06-04"]


@pytest.mark.parametrize("term", ["linux", "dumb"])
async def test_a_console_has_no_title(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    async with open_call() as chair:
        chair.app.terminal = Terminal()
        heard = Heard(chair, monkeypatch)
        await chair.press("space")
        assert heard.after(5) == []
