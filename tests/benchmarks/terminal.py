"""A pseudo-terminal to start programs in and to time what they show. It never waits for a fixed time."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


class Terminal:
    """One program in a terminal of its own; times are seconds."""

    def __init__(
        self, argv: Sequence[str], directory: Path, size: tuple[int, int] = (120, 40), **environment: str
    ) -> None:
        """Start ``argv`` at once."""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(directory)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment})
            os.execv(argv[0], list(argv))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.output = b""

    def send(self, keys: bytes) -> float:
        """Send keys; return the moment."""
        os.write(self.fd, keys)
        return time.perf_counter()

    def read_until(self, *wanted: bytes, timeout: float = 20.0) -> float:
        """Read until everything wanted has been written since the last call; return the moment.

        TimeoutError, with what was read, where it does not come.
        """
        seen = b""
        deadline = time.perf_counter() + timeout
        while not all(one in seen for one in wanted):
            ready, _, _ = select.select([self.fd], [], [], max(0.0, deadline - time.perf_counter()))
            piece = self._read() if ready else b""
            if not piece:
                raise TimeoutError(f"{wanted!r} did not come; the last of what did: {seen[-400:]!r}")
            seen += piece
        self.output += seen
        return time.perf_counter()

    def drain(self, quiet: float = 0.05) -> bytes:
        """Read until nothing has come for ``quiet`` seconds; return it."""
        seen = b""
        while select.select([self.fd], [], [], quiet)[0]:
            piece = self._read()
            if not piece:
                break
            seen += piece
        self.output += seen
        return seen

    def _read(self) -> bytes:
        """Read what there is; nothing where the program has ended."""
        try:
            return os.read(self.fd, 65536)
        except OSError:
            return b""

    def close(self) -> None:
        """End the program, however it is."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
