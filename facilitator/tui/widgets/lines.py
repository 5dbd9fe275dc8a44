"""A widget that shows lines and repaints only the cells that changed.

The clock ticks once a second and a key must show at once, so what reaches the terminal is what differs: a changed
digit is a few bytes, where a repainted pane is thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget


class Lines(Widget, can_focus=False):
    """Shows lines of ``Content``, cut to its width, from line ``top`` on."""

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, lines: Lines, line: int, column: int) -> None:
            """Say which line of which widget, and the column in cells."""
            super().__init__()
            self.lines = lines
            self.line = line
            self.column = column

        @property
        def control(self) -> Lines:
            """The widget that was clicked."""
            return self.lines

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id=id)
        self.lines: Sequence[Content] = ()
        self.top = 0
        self._drawn: dict[int, tuple[Content, Strip]] = {}

    def show(self, lines: Sequence[Content], top: int | None = None) -> None:
        """Show these lines; where ``top`` is given, from that one on."""
        self.lines = lines
        if top is not None:
            self.top = top
        self.top = max(0, min(self.top, len(lines) - self.size.height))
        if not self.is_mounted or not self.size:
            self._drawn.clear()
            self.refresh()
            return
        dirty = []
        for y in range(self.size.height):
            old = self._drawn.get(y)
            line = self._line(y)
            if old is not None and (old[0] is line or old[0].is_same(line)):
                continue
            strip = self._strip(line)
            self._drawn[y] = (line, strip)
            first, end = _changed(old[1] if old else Strip([]), strip)
            if first < end:
                dirty.append(Region(first, y, end - first, 1))
        if dirty:
            self.refresh(*dirty)

    def scroll(self, by: int) -> bool:
        """Scroll by so many lines; return whether that moved anything."""
        before = self.top
        self.show(self.lines, self.top + by)
        return self.top != before

    def keep_visible(self, line: int, margin: int = 1) -> int:
        """Return the ``top`` nearest to the present one that shows ``line`` with ``margin`` lines around it."""
        lowest = line + margin - self.size.height + 1
        return max(0, min(max(self.top, lowest), max(0, line - margin)))

    def render_line(self, y: int) -> Strip:
        """Return what is drawn in row ``y``."""
        line = self._line(y)
        drawn = self._drawn.get(y)
        if drawn is None or drawn[0] is not line:
            drawn = self._drawn[y] = (line, self._strip(line))
        return drawn[1]

    def notify_style_update(self) -> None:
        """Draw anew when colours change."""
        super().notify_style_update()
        self._drawn.clear()

    def _line(self, y: int) -> Content:
        at = self.top + y
        return self.lines[at] if at < len(self.lines) else _EMPTY

    def _strip(self, line: Content) -> Strip:
        width = self.size.width
        style = self.visual_style
        strips = Visual.to_strips(self, line, max(width, line.cell_length), 1, style)
        strip = strips[0] if strips else Strip([])
        return strip.adjust_cell_length(width, style.rich_style)

    def _on_resize(self, event: events.Resize) -> None:
        self._drawn.clear()
        self.top = max(0, min(self.top, len(self.lines) - event.size.height))

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self.scroll(3):
            event.stop()

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self.scroll(-3):
            event.stop()

    async def _on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(self, self.top + event.y, event.x))


_EMPTY = Content("")


def between(left: Content, right: Content, width: int, margin: int = 0) -> Content:
    """Put ``right`` at the end of a row of ``width`` cells, ``margin`` cells free at both ends; ``left`` gives way."""
    room = width - 2 * margin
    left = left.truncate(max(0, room - right.cell_length - (1 if right.cell_length else 0)), ellipsis=True)
    space = " " * max(0, room - left.cell_length - right.cell_length)
    edge = " " * margin
    return Content(edge) + left + Content(space) + right + Content(edge)


def _changed(old: Strip, new: Strip) -> tuple[int, int]:
    """Return the columns, first and end, outside which both strips are the same."""
    width = max(old.cell_length, new.cell_length)
    first = _same(list(old), list(new))
    if first >= width:
        return width, width
    last = _same(_mirrored(old), _mirrored(new))
    return first, max(first, width - last)


def _same(old: Sequence[Segment], new: Sequence[Segment]) -> int:
    """Return how many cells at the start of both are the same."""
    cells = 0
    for one, other in zip_longest(old, new):
        if one is None or other is None:
            return cells
        if one == other:
            cells += cell_len(one.text)
            continue
        if one.style == other.style:
            cells += _same_cells(one.text, other.text)
        return cells
    return cells


def _same_cells(one: str, other: str) -> int:
    """Return the cells of the common beginning; a character that joins the one before it takes that along."""
    cells = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            return cells if cell_len(left) and cell_len(right) else max(0, cells - 2)
        cells += cell_len(left)
    return cells


def _mirrored(strip: Strip) -> list[Segment]:
    return [Segment(segment.text[::-1], segment.style) for segment in reversed(list(strip))]
