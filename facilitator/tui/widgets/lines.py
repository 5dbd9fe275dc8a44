"""A widget that shows rows and repaints only the cells that changed.

The clock ticks once a second and a key must show at once, so what reaches the terminal is what differs: a changed
digit is a few bytes, where a repainted pane is thousands.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


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
        self._drawn: dict[int, tuple[Content, Strip]] = {}
        self._styles: dict[str, Style] = {}
        self._ready: dict[int, tuple[Content, Strip]] = {}

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
        self._ready = {id(line): (line, self._strip(line)) for line in lines}

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
            drawn = self._drawn[y] = (line, self._strip(line))
        return drawn[1]

    def notify_style_update(self) -> None:
        """Draw anew when colours change."""
        super().notify_style_update()
        self._drawn.clear()
        self._styles.clear()
        self._ready.clear()

    def _repaint(self, rows: range) -> None:
        """Ask for the cells of these rows that differ from what is drawn."""
        if not self.is_mounted or not self.size:
            return
        dirty = []
        for y in rows:
            line, old = self._line(y), self._drawn.get(y)
            if old is not None and (old[0] is line or old[0].is_same(line)):
                continue
            strip = self._strip(line)
            self._drawn[y] = (line, strip)
            if end := changed_up_to(old[1], strip) if old else self.size.width:
                dirty.append(Region(0, y, end, 1))
        if dirty:
            self.refresh(*dirty)

    def _line(self, y: int) -> Content:
        at = self.top + y
        return self.lines[at] if at < len(self.lines) else _EMPTY

    def _strip(self, line: Content) -> Strip:
        if ready := self._ready.get(id(line)):
            return ready[1]
        base = self.visual_style
        pieces = line.render(base, end="", parse_style=self._style)
        strip = Strip([Segment(text, style.rich_style) for text, style in pieces])
        return strip.adjust_cell_length(self.size.width, base.rich_style)

    def _style(self, style: str | Style) -> Style:
        if not isinstance(style, str):
            return style
        if style not in self._styles:
            self._styles[style] = Style.parse(style)  # with the theme's colours
        return self._styles[style]

    def _on_resize(self, event: events.Resize) -> None:
        self._drawn.clear()
        self._ready.clear()
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


def changed_up_to(old: Strip, new: Strip) -> int:
    """Return the column behind the last cell in which two rows of the same width differ; 0 where none does.

    Where they begin to differ is not asked: textual paints a row from the left edge of its widget in any case.
    """
    before, after = list(old), list(new)
    cells = 0
    while before and after and before[-1] == after[-1]:
        cells += cell_len(after.pop().text)
        before.pop()
    if before and after and before[-1].style == after[-1].style:
        cells += _same_end(before[-1].text, after[-1].text)
    return new.cell_length - cells if before or after else 0


def _same_end(one: str, other: str) -> int:
    """Return the cells of the common end of two texts."""
    cells = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        cells += cell_len(left)
    return cells
