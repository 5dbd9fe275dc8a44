"""Keys and pastes taken in the order they were made, however fast they come.

textual hands printable keys to the focused widget's queue and runs bindings when a key has bubbled back up, so keys
that come in bunches (a slow line, a busy machine, a paste) overtake each other, and a key that moves the focus comes
too late for the ones behind it. Here the app asks, before anything else, one taker for each key, and the key has its
whole effect before the next one is looked at.
"""

from __future__ import annotations

from inspect import isawaitable
from typing import Protocol, runtime_checkable

from textual import events
from textual.actions import parse
from textual.widget import Widget

Stroke = events.Key | events.Paste


@runtime_checkable
class TakesKeys(Protocol):
    """A screen or widget that has every key's effect at once."""

    async def take(self, stroke: Stroke) -> bool:
        """Do what the stroke means here; return whether it meant anything."""
        ...


class TakesKeysInOrder:
    """For an app: its screens, else their focused widgets, take keys and pastes; everything else goes as usual."""

    async def on_event(self, event: events.Event) -> None:
        """Hand a key or a paste to who takes it, and wait for its effect."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            strokes = _strokes(event)
            while strokes and (taker := self._taker()) is not None:
                await taker.take(strokes.pop(0))
            if not strokes:
                return
        await super().on_event(event)  # type: ignore[misc]

    def _taker(self) -> TakesKeys | None:
        screen = self.screen  # type: ignore[attr-defined]
        return next((one for one in (screen, screen.focused) if isinstance(one, TakesKeys)), None)


def _strokes(stroke: Stroke) -> list[Stroke]:
    """Part an escape from the key that came so soon after it that both were taken for one with alt held."""
    if isinstance(stroke, events.Key) and stroke.character:
        rest = stroke.key.removeprefix("alt+")
        if rest not in (stroke.key, "backspace"):
            return [events.Key("escape", "\x1b"), events.Key(rest, stroke.character)]
    return [stroke]


async def run_own_binding(widget: Widget, key: str) -> bool:
    """Run what ``key`` is bound to by the widget itself, at once; return whether it is bound."""
    for binding in widget._bindings.key_to_bindings.get(key, ()):  # the merged table has no public name
        _, name, arguments = parse(binding.action)
        result = getattr(widget, f"action_{name}")(*arguments)
        if isawaitable(result):
            await result
        return True
    return False
