"""The item in view: whose it is, its clock, its text, and what was captured under it in this call."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from ...core import pacing, render
from ...core.history import Captured
from ...core.item_text import source
from ...core.items import Item
from ...core.meeting import Meeting
from ...core.record import Entry
from ...core.summary import shown
from ..text import clip, content, literal
from .lines import Lines, between

if TYPE_CHECKING:
    from .item_editor import ItemEditor

_STATE_STYLE = {"calm": "$now", "warning": "$soon", "overtime": "$overtime"}


class ItemHead(Lines):
    """Title and lead, the time left, and a bar that runs with it."""

    DEFAULT_CSS = "ItemHead { height: 3; }"

    def update(self, meeting: Meeting, key: str, now: float) -> None:
        """Show the item of that key at ``now``."""
        item = meeting.item(key)
        width = self.size.width
        right, bar = self._clock(meeting, key, now, width)
        name = clip(item.title, max(8, width - right.cell_length - 4))
        left = literal(name, "bold") + literal("  ") + literal(_whose(item), "$quiet")
        self.show([between(left, right, width, margin=1), bar, literal("")])

    def _clock(self, meeting: Meeting, key: str, now: float, width: int) -> tuple[Content, Content]:
        """Return the words about the item's time, and its bar."""
        clock = pacing.item_clock(meeting, key, now)
        budget = pacing.clock(clock.budget)
        if key != meeting.current:
            words = literal("only looking: enter goes there", "$quiet")
            return words, _bar(0, width, "$faint")
        if not meeting.timeline or meeting.adjourned_at is not None:
            return literal(budget, "$quiet"), _bar(0, width, "$faint")
        style = _STATE_STYLE[clock.state]
        share = clock.spent / clock.budget if clock.budget else 1.0
        if clock.left <= 0:
            words = literal(f"{pacing.clock(-clock.left)} over", f"bold {style}")
        else:
            words = literal(pacing.clock(clock.left), f"bold {style}") + literal(" left")
        return words + literal(f" of {budget}", "$quiet"), _bar(share, width, style)


class ItemPane(Vertical):
    """Head, text and captured entries of one item; the text may be swapped for an editor."""

    DEFAULT_CSS = """
    ItemPane { width: 1fr; height: 1fr; }
    ItemPane #captured { height: auto; display: none; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id=id)
        self._head = ItemHead("item-head")
        self._text = Lines("item-text")
        self._captured = Lines("captured")
        self.editor: ItemEditor | None = None
        self.as_source = False
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the three parts out."""
        yield self._head
        yield self._text
        yield self._captured

    def tick(self, meeting: Meeting, key: str, now: float) -> None:
        """Show the item's clock as it stands at ``now``."""
        self._head.update(meeting, key, now)

    def show(self, meeting: Meeting, key: str, now: float) -> None:
        """Show the item of that key: clock, text and entries."""
        self.tick(meeting, key, now)
        here = [one for one in meeting.captured if one.item == key]
        entries = captured_lines(here, meeting.date, self._captured.size.width or self.size.width)
        self._captured.styles.height = min(len(entries) + 1, max(2, self.size.height // 3)) if entries else 0
        self._captured.display = bool(entries)
        self._captured.show(entries, top=len(entries))
        text = source(meeting.document, meeting.item(key), [(one.start, one.end) for one in here])
        width = self._text.size.width
        wanted = (key, text, width, self.as_source)
        if wanted == self._shown or self.editor is not None or not width:
            return
        page = (
            render.as_written(text)
            if self.as_source
            else render.render(text, topic=meeting.item(key).kind == "topic")
        )
        lines = content(page.lines, width - 2) or [literal(_NOTHING, "$faint")]
        self._text.show([literal(" ") + line for line in lines], top=0 if self._shown[:1] != (key,) else None)
        self._shown = wanted

    def scroll_text(self, pages: int) -> None:
        """Scroll the text by so many pages, two lines of each kept."""
        self._text.scroll(pages * max(1, self._text.size.height - 2))

    async def open_editor(self, text: str) -> None:
        """Put an editor in the place of the text."""
        from .item_editor import ItemEditor  # 7 ms that no start should pay

        self.editor = ItemEditor(text, id="editor")
        self._text.display = False
        await self.mount(self.editor, after=self._head)
        self.screen.set_focus(self.editor)

    async def close_editor(self) -> None:
        """Put the text back in the place of the editor."""
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        self.screen.set_focus(None)
        self._text.display = True
        self._shown = ()
        await editor.remove()


_NOTHING = "nothing written yet"


def captured_lines(entries: list[Captured], today: date, width: int) -> list[Content]:
    """Return the entries as lines, one each, under a quiet title; nothing where there are none."""
    if not entries:
        return []
    return [literal(" in this call", "$quiet"), *(_entry(one.entry, today, width) for one in entries)]


def _entry(entry: Entry, today: date, width: int) -> Content:
    mark, text, right = shown(entry, today)
    style = "$quiet" if mark == "•" else "$now"
    tail = literal(clip(right, width // 3), "$quiet")
    words = literal(clip(text, max(8, width - 5 - tail.cell_length - 2)))
    return between(literal(f" {mark} ", style) + words, tail, width, margin=1)


def _whose(item: Item) -> str:
    leads = ", ".join(item.leads)
    details = [part for part in (item.status, leads, item.remark) if part]
    return " · ".join(details)


def _bar(share: float, width: int, style: str) -> Content:
    """Return a bar of ``width`` cells, filled to half a cell's precision."""
    room = max(0, width - 2)
    halves = min(2 * room, round(2 * room * share))
    full, half = divmod(halves, 2)
    filled = "━" * full + ("╸" if half else "")
    return literal(" ") + literal(filled, style) + literal("─" * (room - len(filled)), "$faint")
