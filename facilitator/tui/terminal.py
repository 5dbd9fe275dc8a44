"""The chair's terminal: taken over without losing a key, and given back however the program ends.

Signals are handled by plain handlers, because the event loop's own never run while a stalled terminal blocks it, and
because textual ends on most of them with nothing saved and the terminal raw. Nothing here waits for the terminal.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import NoReturn, Self

_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
_PATIENCE = 0.2
"""Seconds a terminal is given to take its last words."""

_SECONDS_TO_END = 1.2
"""After which the program ends, even where something it waits for never comes."""

_SECONDS_TO_FINISH = 0.3
"""How long it goes on with what must come to its end; milliseconds are the rule."""

_MOMENT = 0.002

_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in (2004, 1000, 1003, 1015, 1006, 1016, 2048, 1004, 2026))
_GIVE_BACK = f"\x1b[<u{_MODES_OFF}\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h\r"
"""Leaves the alternate screen with every mode off that textual may have switched on."""

_KEEP_TITLE = "\x1b[22;2t"
_TITLE_BACK = "\x1b]2;\x1b\\\x1b[23;2t"
"""Has the title as it was kept; a terminal that keeps none has an empty one, and not what was left of a call."""

Attributes = list[int | list[bytes | int]]


class Terminal:
    """The terminal while a call is on it: quiet from the start, as it was when the block ends.

    A signal that ends the program saves first, by ``save``, which has a second and returns the one line that says
    where the call is; the exit code is 128 and the signal's number. It waits a moment where ``busy`` says of the frame
    that was interrupted that it must come to its end first.
    """

    def __init__(self) -> None:
        """Take the process's own terminal."""
        self.save: Callable[[], str] = lambda: ""
        self.busy: Callable[[FrameType | None], bool] = lambda interrupted: False
        self.drawn = False
        """Whether something is on the alternate screen."""
        self.titled = False
        """Whether the title is not the one it was."""
        self.before: Attributes | None = None
        """How the terminal was: what every other program is to find, an editor too."""
        self.stop_writing: Callable[[float], None] = lambda timeout: None
        """Stops who still writes to the terminal, in so many seconds at most."""
        self._fd = sys.__stdin__.fileno() if sys.__stdin__ else 0
        self._told_at: float | None = None
        """When the first signal came that is to end the program, by a clock that only runs."""

    def __enter__(self) -> Self:
        """Echo nothing, keep what is typed as it is typed, and see to signals."""
        with suppress(termios.error):
            self.before = termios.tcgetattr(self._fd)
            quiet = list(self.before)
            quiet[0] = self.before[0] & ~(termios.ICRNL | termios.IXON)  # type: ignore[operator]
            quiet[3] = self.before[3] & ~(  # type: ignore[operator]
                termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
            )
            termios.tcsetattr(self._fd, termios.TCSANOW, quiet)
        for number in _ENDING:
            signal.signal(number, self._end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        if self.drawn or self.titled:
            self._give_back("")
        self._restore()
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)

    def keep_title(self) -> str:
        """Return what has the terminal keep its title, before the first one is set; it is put back at the end."""
        if self.titled:
            return ""
        self.titled = True
        return _KEEP_TITLE

    def tell(self, sequence: str) -> None:
        """Send what draws nothing, past whoever draws; lost where the terminal takes nothing."""
        self._write(sequence, 0.0)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Save, give the terminal back and leave, whatever the rest of the program is waiting for."""
        for one in _ENDING:
            signal.signal(one, signal.SIG_IGN)
        if self._told_at is None:
            self._told_at = time.monotonic()
            _later(_SECONDS_TO_END, self._leave, number, "")
        if self.busy(frame) and time.monotonic() - self._told_at < _SECONDS_TO_FINISH:
            signal.signal(number, self._end)
            _later(_MOMENT, os.kill, os.getpid(), number)
            return
        try:
            said = self.save()
        except BaseException as error:
            said = f"facilitator could not save at the end: {error}"
        self.stop_writing(_PATIENCE)
        self._leave(number, f"{said}\r\n" if said else "")

    def _leave(self, number: int, said: str) -> NoReturn:
        """Give the terminal back and end the process, with nothing in between that could wait."""
        try:
            self._give_back(said)
            self._restore()
        finally:
            os._exit(128 + number)

    def _restore(self) -> None:
        if self.before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSANOW, self.before)

    def _give_back(self, said: str) -> None:
        """Write the last words."""
        title, screen = (_TITLE_BACK if self.titled else ""), (_GIVE_BACK if self.drawn else "")
        self.titled = self.drawn = False
        self._write(title + screen + said, _PATIENCE)

    def _write(self, text: str, patience: float) -> None:
        """Write for so many seconds at most, without ever waiting for a terminal that takes nothing."""
        rest = text.encode("utf-8", "replace")
        with suppress(OSError):
            fd = os.open(os.ttyname(self._fd), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
            deadline = time.monotonic() + patience
            while rest and select.select([], [fd], [], max(0.0, deadline - time.monotonic()))[1]:
                rest = rest[os.write(fd, rest) :]
            os.close(fd)


def _later(seconds: float, do: Callable[..., object], *arguments: object) -> None:
    """Do something on a thread of its own, if the program still runs then."""
    timer = threading.Timer(seconds, do, arguments)
    timer.daemon = True
    timer.start()
