"""The terminal's input, read so that nothing typed ends the program, waits for more, or is taken for something else.

textual's driver does the rest. Its own reading ends the app at a byte that is not UTF-8, spins when the terminal is
gone, and reads an escape with keys close behind it as one long sequence: the keys show late, as text, with a ``^``.
"""

from __future__ import annotations

import asyncio
import os
import re
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from contextlib import suppress
from threading import Event
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser  # no public name, and no other way to read a mouse
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

ESCAPE_DELAY = 0.05
"""Seconds after which an escape with nothing behind it is the key of that name."""

_ESCAPE = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_SEQUENCE = re.compile(
    r"\x1b(?:\[M[\s\S]{3}|\[\[[A-E]|\[[0-?]*[ -/]*[@-LN-Z\\-~]|\[[0-?]+M|O[ -~]|[fb\t\x7f])"
)
"""A key, a movement of the mouse or an answer of the terminal; alt and an arrow arrive as ``f`` and ``b``."""
_BEGINNING = re.compile(r"\x1b(?:\[M[\s\S]{0,2}|\[\[?|\[[0-?]*[ -/]*|O)?\Z")
"""What may become one, with what comes next."""
_LONGEST = 64
"""Characters a sequence may have before it is taken for none."""


class Keyboard:
    """What bytes from a terminal mean. It parts sequences from text; textual's parser names each of them."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._rest = ""
        """The beginning of a sequence whose end has not come yet."""
        self._paste: list[str] | None = None

    @property
    def waits(self) -> bool:
        """Whether what has come so far may be a key, or the beginning of something longer."""
        return bool(self._rest) and self._paste is None

    def read(self, typed: bytes) -> Iterator[Message]:
        """Take in what has come, and give what it means."""
        text, self._rest = self._rest + self._decode(typed), ""
        while text:
            if self._paste is not None:
                text = yield from self._pasted(text)
                continue
            plain, escape, rest = text.partition(_ESCAPE)
            # A line feed is an enter typed while a shell still had the terminal; no key of its own is needed.
            yield from self._parser.feed(plain.replace("\n", "\r")) if plain else ()
            text = (yield from self._sequence(escape + rest)) if escape else ""

    def give_up(self) -> Iterator[Message]:
        """Take what waited too long for its end for the keys it looks like."""
        rest, self._rest = self._rest, ""
        yield from self._keys(rest)

    def _keys(self, text: str) -> Iterator[Message]:
        if text:
            yield events.Key("escape", _ESCAPE)
            yield from self._parser.feed(text[1:]) if text[1:] else ()

    def _sequence(self, text: str) -> Generator[Message, None, str]:
        """Give what ``text``, which begins with an escape, begins with; return the rest of it."""
        if text.startswith(_PASTE_START):
            self._paste = []
            return text.removeprefix(_PASTE_START)
        if match := _SEQUENCE.match(text):
            yield from self._named(match[0])
            return text[match.end() :]
        if _BEGINNING.match(text) and len(text) <= _LONGEST:
            self._rest = text
            return ""
        yield events.Key("escape", _ESCAPE)
        return text[1:]

    def _named(self, sequence: str) -> Iterator[Message]:
        """Give what a sequence means; one that the parser does not know means nothing."""
        named = list(self._parser.feed(sequence))
        if not named:
            for _ in self._parser.feed("\x1b[I"):  # it may wait for more: this ends it, whatever it was
                pass
        yield from named

    def _pasted(self, text: str) -> Generator[Message, None, str]:
        """Gather a paste, and give it when it has ended; return what follows it."""
        assert self._paste is not None
        inside, end, rest = text.partition(_PASTE_END)
        if not end:
            kept = next((n for n in range(len(_PASTE_END) - 1, 0, -1) if text.endswith(_PASTE_END[:n])), 0)
            self._rest = text[len(text) - kept :]
            inside = text[: len(text) - kept]
        self._paste.append(inside)
        if end:
            pasted, self._paste = "".join(self._paste), None
            yield events.Paste(pasted.replace("\x00", ""))
        return rest


class Ending(Event):
    """An event for which a selector can wait beside other things, so that nobody has to look whether it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.fileno, self._bell = os.pipe()

    def set(self) -> None:
        """Set it, and wake who waits."""
        super().set()
        os.write(self._bell, b"!")

    def clear(self) -> None:
        """Take it back."""
        if self.is_set():
            os.read(self.fileno, 4096)
        super().clear()


class TerminalDriver(LinuxDriver):
    """textual's driver with input that survives whatever comes, and that says when the terminal is gone.

    While nobody types its input sleeps: textual's own wakes ten times a second to look whether it should end.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Serve an app; what it can be told is textual's."""
        super().__init__(app, **options)
        self.exit_event = self._ending = Ending()

    def start_application_mode(self) -> None:
        """Begin to draw; what is put back later is how the terminal was before the program had it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        terminal = getattr(self._app, "terminal", None)
        if terminal is not None:
            terminal.stop_writing = self._stop_writing
            self.attrs_before = terminal.before
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGWINCH, lambda number, frame: loop.call_soon_threadsafe(self._announce_size))

    away = False
    """Whether another program has the terminal now."""

    def suspend_application_mode(self) -> None:
        """Let another program have the terminal."""
        super().suspend_application_mode()
        self.away = True

    def resume_application_mode(self) -> None:
        """Have the terminal again."""
        self.away = False
        super().resume_application_mode()

    def write(self, data: str) -> None:
        """Write to the terminal, and nothing while another program has it.

        textual goes on writing into a queue that nobody empties then: when it is full, after half a minute of the
        clock, the whole program would wait for ever.
        """
        if not self.away:
            super().write(data)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal how large it is, not the environment: an exported ``COLUMNS`` outlives what it said."""
        with suppress(OSError):
            columns, rows = os.get_terminal_size(self.fileno)
            if columns and rows:
                return columns, rows
        return super()._get_terminal_size()

    def mind_size(self) -> None:
        """Tell the app how large the terminal is, if it believes something else.

        What textual asks at the start it tells in a task of its own, behind changes that came meanwhile.
        """
        if self._app.size != Size(*self._get_terminal_size()):
            self._announce_size()

    def _announce_size(self) -> None:
        """Tell the app how large the terminal is now.

        textual asks in the signal's handler, which further signals interrupt in a storm of them: the size that was
        asked for first was then told last, and stood.
        """
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def _stop_writing(self, timeout: float) -> None:
        """Drop what waits to be written, and wait for what is being written, at most so many seconds.

        Called by a signal's handler, which may have interrupted whoever holds the queue's lock: it is never waited for.
        """
        writer = self._writer_thread
        if writer is None:
            return
        waiting = writer._queue
        waiting.queue.clear()
        waiting.queue.append(None)
        if waiting.mutex.acquire(blocking=False):
            waiting.not_empty.notify_all()
            waiting.mutex.release()
        writer.join(timeout)

    def run_input_thread(self) -> None:
        """Read until told to stop, or until the terminal is gone, which is a hang-up wherever it happens."""
        keyboard = Keyboard()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._ending.fileno, selectors.EVENT_READ)
            while not self._ending.is_set():
                ready = selector.select(ESCAPE_DELAY if keyboard.waits else None)
                if self._ending.is_set():
                    return
                if ready:
                    try:
                        typed = os.read(self.fileno, 4096)
                    except OSError:
                        typed = b""
                    if not typed:
                        os.kill(os.getpid(), signal.SIGHUP)
                        return
                    messages = keyboard.read(typed)
                else:
                    messages = keyboard.give_up()
                for message in messages:
                    self.process_message(message)
