"""Painting the main screen: all of it after an event, two rows after a key, and once a second what time moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...core.events import Drafted, Event, TextDrafted
from ...core.meeting import Meeting
from ..panes import frame, ticking
from ..panes.geometry import Geometry
from ..widgets.lying import lie

if TYPE_CHECKING:
    from .call import CallScreen


class Painting:
    """What the panes of the main screen show, and where they lie."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self._said: tuple[object, ...] | None = None
        """What the rows of the capture line were drawn for last, where nothing else has been drawn since."""
        self._drawn: Meeting | None = None
        self._beside: tuple[Geometry, str, Sequence[str]] | None = None
        """What was drawn last, so that a tick knows whether anything but time has moved."""

    def after(self, event: Event | None) -> None:
        """Show the state as it is after ``event``, or all of it."""
        screen = self.screen
        if not screen.is_mounted or not screen.size or isinstance(event, TextDrafted):
            return
        if not isinstance(event, Drafted):
            screen.view.title = screen.app.session.title
            screen.view.troubles = screen.app.session.troubles
        if "writing" in screen.__dict__:
            screen.writing.show()
        if isinstance(event, Drafted):
            self.capture()
        else:
            self._all()

    def _all(self) -> None:
        screen, panes = self.screen, self.screen.panes
        self._said = None
        drawn = frame.draw(screen.meeting, screen.view, screen.app.now(), screen.app.zone, panes)
        screen.top.show(drawn.top)
        screen.order.show(drawn.order)
        screen.right.show(drawn.right)
        screen.bottom.show(drawn.bottom)
        self._drawn, self._beside = screen.meeting, (panes, screen.view.nudge, screen.view.troubles)
        self._place(panes)

    def capture(self) -> None:
        """Show prompt and chip, and nothing else: this runs on every key that is typed."""
        screen, panes, view = self.screen, self.screen.panes, self.screen.view
        said = (panes, view.place, view.prompt, view.chip, view.chip_style, view.notice, view.nudge)
        if view.place == "write" and said == self._said:
            return  # most keys change nothing but the input
        self._said = said
        if not panes.too_small:
            screen.right.put(panes.capture - panes.top, frame.capture(screen.meeting, view, panes))
        self._place_capture(panes)

    def time(self) -> None:
        """Show what time alone has moved, where nothing else has happened since all of it was drawn."""
        screen, panes, view = self.screen, self.screen.panes, self.screen.view
        beside = (panes, view.nudge, screen.app.session.troubles)
        moved = None
        if self._drawn is screen.meeting and self._beside == beside:
            moved = ticking.moved(screen.meeting, view, screen.app.now(), screen.app.zone, panes)
        if moved is None:
            screen.repaint()
            return
        screen.top.put(0, [moved.header])
        for at, row in moved.order.items():
            screen.order.put(at, [row])
        screen.right.put(0, moved.head)
        if moved.footer is not None:
            screen.bottom.put(len(screen.bottom.lines) - 1, [moved.footer])

    def _place(self, panes: Geometry) -> None:
        """Put the panes where they belong, and the input and the editor where those leave room for them."""
        screen, fits = self.screen, not panes.too_small
        body = panes.bottom - panes.top
        lie(screen.top, 0, 0, panes.width, panes.top if fits else panes.height, shown=True)
        lie(screen.order, 0, panes.top, panes.left, body, shown=fits and panes.order > 0)
        lie(screen.right, panes.left, panes.top, panes.right, body, shown=fits)
        lie(screen.bottom, 0, panes.bottom, panes.width, panes.height - panes.bottom, shown=fits)
        self._place_capture(panes)
        if screen.view.place == "edit" and screen.editing.editor is not None:
            height = frame.text_height(screen.meeting, screen.view, screen.app.now(), panes)
            top = panes.top + panes.head
            lie(screen.editing.editor, panes.left, top, panes.right, height, shown=fits)

    def _place_capture(self, panes: Geometry) -> None:
        screen = self.screen
        column, row, width = frame.capture_line(screen.view, panes)
        lie(screen.capture, column, row, width, 1, shown=screen.view.place == "write" and not panes.too_small)
