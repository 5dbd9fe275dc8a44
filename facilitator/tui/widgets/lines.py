"""A widget that shows rows and repaints only the cells that changed.

The clock ticks once a second and a key must show at once, so what reaches the terminal is what differs: a changed
digit is a few bytes, where a repainted pane is thousands.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from .row import Row

_FEW = 6
"""Rows of which only the cells that differ are sent; where more change, to find those costs more than it saves."""


class Lines(Widget, can_focus=False):
    """Shows rows of ``Content``, cut to its width, from row ``top`` on."""

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, lines: Lines, line: int, column: int) -> None:
            """Say which row of which widget, and the column in cells."""
            super().__init__()
            self.lines = lines
            self.line = line
            self.column = column

        @property
        def control(self) -> Lines:
            """The widget that was clicked."""
            return self.lines

    class Wheeled(Message):
        """The mouse wheel was turned: ``by`` is 1 downwards, -1 upwards."""

        def __init__(self, lines: Lines, column: int, by: int) -> None:
            """Say over which column, in cells."""
            super().__init__()
            self.lines = lines
            self.column = column
            self.by = by

        @property
        def control(self) -> Lines:
            """The widget that the pointer was over."""
            return self.lines

    class Sized(Message):
        """The widget has another size, and what it shows may have to be drawn for that."""

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id=id)
        self.lines: list[Content] = []
        self.top = 0
        self._drawn: dict[int, tuple[Content, Row]] = {}
        self._strips: list[Strip] = []
        """What is drawn, row by row, or nothing where that is not known."""
        self._styles: dict[str, Style] = {}
        self._ready: dict[int, tuple[Content, Row]] = {}

    def show(self, lines: Sequence[Content], top: int | None = None) -> None:
        """Show these rows; where ``top`` is given, from that one on."""
        self.lines = list(lines)
        self.top = max(0, min(self.top if top is None else top, len(lines) - self.size.height))
        self._repaint(range(self.size.height))

    def put(self, row: int, lines: Sequence[Content]) -> None:
        """Replace the rows from ``row`` on."""
        self.lines[row : row + len(lines)] = lines
        self._repaint(range(row - self.top, row - self.top + len(lines)))

    def prepare(self, lines: Sequence[Content]) -> None:
        """Make ready what will probably be shown next; the same ``Content`` then costs nothing to draw."""
        ready = {id(line): (line, self._row(line)) for line in lines}
        for _, row in ready.values():
            row.render(self.app.console)
        self._ready = ready

    def scroll(self, by: int) -> bool:
        """Scroll by so many rows; return whether that moved anything."""
        before = self.top
        self.show(self.lines, self.top + by)
        return self.top != before

    def keep_visible(self, line: int, margin: int = 1) -> int:
        """Return the ``top`` nearest to the present one that shows ``line`` with ``margin`` rows around it."""
        lowest = line + margin - self.size.height + 1
        return max(0, min(max(self.top, lowest), max(0, line - margin)))

    def render_line(self, y: int) -> Strip:
        """Return what is drawn in row ``y``."""
        line = self._line(y)
        drawn = self._drawn.get(y)
        if drawn is None or drawn[0] is not line:
            drawn = self._drawn[y] = (line, self._row(line))
        return drawn[1]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the drawn rows as they are where no border or padding lies around them.

        textual asks for every row of each widget beside something changed. To look for what it would put around
        them costs three times what drawing the changed ones does.
        """
        if self.size != self.outer_size:
            return super().render_lines(crop)
        width, height = self.size
        if len(self._strips) != height:
            self._strips = [self.render_line(y) for y in range(height)]
        strips = self._strips[crop.y : crop.bottom]
        left, right = crop.column_span
        return strips if (left, right) == (0, width) else [strip.crop(left, right) for strip in strips]

    def notify_style_update(self) -> None:
        """Draw anew when colours change."""
        super().notify_style_update()
        self._styles.clear()
        self._forget()

    def _repaint(self, rows: range) -> None:
        """Ask for the cells of these rows that differ from what is drawn."""
        if not self.is_mounted or not self.size:
            self._strips = []
            return
        dirty = []
        for y in rows:
            line, old = self._line(y), self._drawn.get(y)
            if old is not None and (old[0] is line or old[0].is_same(line)):
                self._drawn[y] = (line, old[1])
                continue
            row = self._row(line)
            self._drawn[y] = (line, row)
            if 0 <= y < len(self._strips):
                self._strips[y] = row
            dirty.append((y, old and old[1], row))
        few = len(dirty) <= _FEW
        ends = ((y, row.after(old) if old and few else row.cell_length) for y, old, row in dirty)
        if regions := [Region(0, y, end, 1) for y, end in ends if end]:
            self.refresh(*regions)

    def _line(self, y: int) -> Content:
        at = self.top + y
        return self.lines[at] if at < len(self.lines) else _EMPTY

    def _row(self, line: Content) -> Row:
        if ready := self._ready.get(id(line)):
            return ready[1]
        base, width = self.visual_style, self.size.width
        pieces = line.render(base, end="", parse_style=self._style)
        segments = [Segment(text, style.rich_style) for text, style in pieces]
        segments = Segment.adjust_line_length(segments, width, base.rich_style)
        for each in self.get_line_filters():  # such as the one for a terminal without colours
            segments = each.apply(segments, base.background or Color(0, 0, 0))
        return Row(segments, width)

    def _style(self, style: str | Style) -> Style:
        if not isinstance(style, str):
            return style
        if style not in self._styles:
            self._styles[style] = Style.parse(style)  # with the theme's colours
        return self._styles[style]

    def _forget(self) -> None:
        """Forget what was drawn: it looks otherwise now."""
        self._drawn.clear()
        self._ready.clear()
        self._strips = []

    def _on_resize(self, event: events.Resize) -> None:
        self._forget()
        self.top = max(0, min(self.top, len(self.lines) - event.size.height))
        self.post_message(self.Sized())

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        if not self.scroll(3 * by):
            self.post_message(self.Wheeled(self, event.x, by))
        event.stop()

    async def _on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(self, self.top + event.y, event.x))


_EMPTY = Content("")
