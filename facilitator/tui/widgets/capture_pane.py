"""The capture line with its prompt before it and, below it, what Enter will make of it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from ..text import clip, literal
from .capture_line import CaptureLine
from .lines import Lines


class CapturePane(Vertical):
    """At rest it names the ways to write; open, it is an input with a prompt and a chip."""

    DEFAULT_CSS = """
    CapturePane { height: 2; width: 1fr; }
    CapturePane > Horizontal { height: 1; }
    CapturePane #prompt { width: 3; height: 1; }
    CapturePane #chip { height: 1; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002, the framework's word
        super().__init__(id=id)
        self.line = CaptureLine("capture-line")
        self._prompt = Lines("prompt")
        self._chip = Lines("chip")
        self._notice: Content | None = None
        self._said = literal("")
        self.is_open = False

    def compose(self) -> ComposeResult:
        """Lay out prompt and line, and the chip below them."""
        with Horizontal():
            yield self._prompt
            yield self.line
        yield self._chip

    def open(self, prompt: str, text: str | None = None) -> None:
        """Take the focus, with a prompt; ``text``, where given, replaces what the line holds."""
        self.is_open = True
        if text is not None:
            self.line.put(text)
        self.prompt(prompt)
        self.screen.set_focus(self.line, scroll_visible=False)

    def prompt(self, prompt: str) -> None:
        """Show another prompt before the line: what is being written, and where it goes."""
        shown = literal(
            f" {clip(prompt, max(6, self.size.width // 3))} ", "$now" if self.is_open else "$faint"
        )
        self._prompt.styles.width = shown.cell_length
        self._prompt.show([shown])

    def rest(self) -> None:
        """Give the focus back; the draft stays in the line."""
        self.is_open = False
        self.prompt("›")
        self.screen.set_focus(None)

    def chip(self, text: str, style: str = "$quiet") -> None:
        """Say what Enter will make of the line."""
        self._said = literal(f"   {text}", style)
        if self._notice is None:
            self._chip.show([self._said])

    def notice(self, text: str, style: str = "") -> None:
        """Say something in the chip's place until ``unnotice``."""
        self._notice = literal(f"   {text}", style)
        self._chip.show([self._notice])

    def unnotice(self) -> None:
        """Show the chip again."""
        self._notice = None
        self._chip.show([self._said])
