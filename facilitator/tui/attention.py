"""Calling for attention: what is due by the stored moments is told once, and the terminal's title keeps up."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from ..core import alerts
from ..system import alerts as outside

if TYPE_CHECKING:
    from .app import FacilitatorApp


class Attention:
    """Alerts and the title of one call on a screen. What was due before it began is not told any more."""

    def __init__(self, app: FacilitatorApp) -> None:
        """Begin to watch the time."""
        self._app = app
        self._told = alerts.passed(app.meeting, app.now())
        self._title = ""
        """The title as it was set; empty where it was not, or where an editor may have set its own."""
        self._silent = False
        """Whether it was said already that the sound can't be heard."""

    def look(self) -> None:
        """Tell what has come due since the last look, and the time; to be called about once a second."""
        meeting, now = self._app.meeting, self._app.now()
        alert = alerts.due(meeting, now, self._told)
        if alert is not None:
            self._told |= alerts.passed(meeting, now)
            self._call(alerts.words(meeting, alert, now))
        self._show(alerts.title(meeting, self._app.session.title, now))

    def _call(self, words: str) -> None:
        """Ring, notify and play, as the chair has asked for."""
        app, wanted = self._app, self._app.settings.alerts
        ring = outside.BELL if "bell" in wanted else ""
        shown = outside.notification(app.session.title, words, os.environ) if "desktop" in wanted else ""
        if ring or shown:
            app.send(shown + ring)
        if "sound" in wanted and app.settings.sound:
            loop = asyncio.get_running_loop()
            outside.play(app.settings.sound, lambda why: loop.call_soon_threadsafe(self._unheard, why))

    def _unheard(self, why: str) -> None:
        """Say why there was no sound, the first time."""
        if not self._silent:
            self._silent = True
            self._app.main.notice(why, "$soon", lasting=True)

    def _show(self, title: str) -> None:
        """Set the title where it has changed, and while nobody else has the terminal."""
        if self._app.away:
            self._title = ""
        elif self._app.titled and title != self._title:
            self._title = title
            kept = self._app.terminal.keep_title() if self._app.terminal is not None else ""
            self._app.send(kept + outside.title(title))
