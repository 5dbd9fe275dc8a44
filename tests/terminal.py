"""A pseudo-terminal to start programs in: what they write, what a terminal makes of it, and how they end.

It never waits for a fixed time: every wait is for something to be written, or shown, or over.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

PATIENCE = 20.0
"""Seconds until something that does not come is given up, on a machine busy with other things."""

_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


class Terminal:
    """One program in a terminal of its own; times are seconds."""

    def __init__(
        self, argv: Sequence[str], directory: Path, size: tuple[int, int] = (120, 40), **environment: str
    ) -> None:
        """Start ``argv`` at once; an empty value takes a variable out of the environment."""
        self.output = b""
        self.status: int | None = None
        master, slave = pty.openpty()
        self.fd = master
        self.resize(*size)
        self.started = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            _become(argv, directory, slave, environment)
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, keys: bytes) -> float:
        """Send keys; return the moment."""
        while keys:
            keys = keys[os.write(self.fd, keys[:512]) :]
        return time.perf_counter()

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def read_until(self, *wanted: bytes, timeout: float = PATIENCE) -> float:
        """Read until everything wanted has been written since the last call; return the moment.

        TimeoutError, with what was read, where it does not come.
        """
        start = len(self.output)
        self._read_while(lambda: not all(one in self.output[start:] for one in wanted), timeout, wanted)
        return time.perf_counter()

    def drain(self, quiet: float = 0.05) -> bytes:
        """Read until nothing has come for ``quiet`` seconds; return it."""
        start = len(self.output)
        while select.select([self.fd], [], [], quiet)[0] and self._read():
            pass
        return self.output[start:]

    def wait_until(self, holds: Callable[[], object], timeout: float = PATIENCE) -> float:
        """Read on until something holds; return the moment."""
        self._read_while(lambda: not holds(), timeout, holds)
        return time.perf_counter()

    def ends(self, timeout: float = PATIENCE, *, reading: bool = True) -> int:
        """Wait until the program has ended; return its exit code, 128+n where signal n killed it.

        Where nobody is ``reading``, what it writes stays in the terminal until that can take no more.
        """
        self._read_while(lambda: not self._ended(), timeout, "the end", reading=reading)
        while self.fd >= 0 and select.select([self.fd], [], [], 0)[0] and self._read():
            pass
        assert self.status is not None
        return self.status

    def modes(self) -> set[int]:
        """Return the private modes that are on, of those the program has switched."""
        on: set[int] = set()
        for numbers, switch in _MODE.findall(self.output):
            for number in map(int, numbers.split(b";")):
                (on.add if switch == b"h" else on.discard)(number)
        return on

    def echoes(self) -> bool:
        """Tell whether the terminal echoes what is typed, line by line, as shells leave it."""
        local = termios.tcgetattr(self.fd)[3]
        return bool(local & termios.ECHO and local & termios.ICANON and local & termios.ISIG)

    def close(self) -> None:
        """End the program, however it is."""
        if not self._ended():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def hang_up(self) -> None:
        """Close the window: the program's terminal is gone from now on."""
        os.close(self.fd)
        self.fd = -1

    def _ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
        return self.status is not None

    def _read_while(
        self, missing: Callable[[], bool], timeout: float, wanted: object, *, reading: bool = True
    ) -> None:
        deadline = time.perf_counter() + timeout
        while missing():
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{wanted!r} did not come; the last of what did:\n{self.last()}")
            over = self.fd < 0 or self.status is not None or not reading
            if over or (select.select([self.fd], [], [], 0.02)[0] and not self._read()):
                select.select([], [], [], 0.01)

    def last(self) -> str:
        """Return the last of what came, for people."""
        return repr(self.output[-600:])

    def _read(self) -> bytes:
        """Read what there is; nothing where the program has ended."""
        try:
            piece = os.read(self.fd, 65536)
        except OSError:
            return b""
        self.output += piece
        return piece


class SeenTerminal(Terminal):
    """A terminal whose screen can be looked at."""

    def __init__(
        self, argv: Sequence[str], directory: Path, size: tuple[int, int] = (120, 40), **environment: str
    ) -> None:
        """Start ``argv`` at once."""
        import pyte

        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        super().__init__(argv, directory, size, **environment)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        super().resize(columns, rows)
        self._screen.resize(max(1, rows), max(1, columns))

    def screen(self) -> str:
        """Return what the screen shows, a line each."""
        fresh, self._fed = self.output[self._fed :], len(self.output)
        # Sequences that the emulated terminal would draw instead of leaving out: it knows no "<" and no "$p".
        self._stream.feed(re.sub(rb"\x1b\[(?:[<>=][\d;]*u|\?\d+\$p)", b"", fresh))
        return "\n".join(line.rstrip() for line in self._screen.display)

    def sees(self, *texts: str, timeout: float = PATIENCE) -> str:
        """Wait until the screen shows all these texts; return it."""
        self._read_while(lambda: not all(text in self.screen() for text in texts), timeout, texts)
        return self.screen()

    def sees_no(self, *texts: str, timeout: float = PATIENCE) -> str:
        """Wait until the screen shows none of these texts; return it."""
        self._read_while(lambda: any(text in self.screen() for text in texts), timeout, texts)
        return self.screen()

    def last(self) -> str:
        """Return the screen."""
        return self.screen()


def waits_to_write(pid: int) -> bool:
    """Tell whether a thread of the process sleeps in a write to its terminal."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            number, fd = (task / "syscall").read_text().split()[:2]
        except (OSError, ValueError):
            continue
        if number == str(1 if os.uname().machine == "x86_64" else 64) and int(fd, 16) == 2:
            return True
    return False


def _become(argv: Sequence[str], directory: Path, slave: int, environment: Mapping[str, str]) -> None:
    """Become the program, with a terminal that is its own; never comes back."""
    try:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in range(3):
            os.dup2(slave, fd)
        os.chdir(directory)
        told = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        os.execve(argv[0], list(argv), {name: value for name, value in told.items() if value})
    finally:
        os._exit(127)
