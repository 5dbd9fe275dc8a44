"""Landings on large minutes while the chair types: how soon they show, and what they cost a key.

Run by hand: ``python tests/benchmarks/bench_landings.py [--kilobytes 200]``. A landing is timed from the moment it
stands on the disk until its words are written to the terminal; a key from the moment it is sent. What counts are the
limit of 1.2 s, and the ratio of a key while a landing arrives every second to a key at rest.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.terminal import Terminal

PROGRAM = [sys.executable, "-c", "from facilitator.cli import entry; entry()"]
KEY_EVERY = 0.06
"""Seconds between keys, as a fast typist has it."""
SECTION = 1_000
"""Bytes of a project's text, about."""

Made = Callable[[Path, bytes, int], bytes]
"""What somebody saves next: from the file, its text before the call, and a number."""


def minutes(size: int) -> bytes:
    """Make up minutes of about ``size`` bytes; the first project is the current one."""
    text = ["# Harbor Council 2024-06-04", ""]
    for project in range(max(2, size // SECTION)):
        text += ["", f"## Project {project} - Lead Number{project}", ""]
        text += [
            f"- update {line} of project {project}: the tide gauges report on time" for line in range(15)
        ]
    return "\n".join(text).encode() + b"\n"


def stale(path: Path, first: bytes, number: int) -> bytes:
    """Return a copy from before the call with one line added."""
    return _with(first, number)


def newest(path: Path, first: bytes, number: int) -> bytes:
    """Return what stands on the disk with one line added."""
    return _with(path.read_bytes(), number)


def _with(source: bytes, number: int) -> bytes:
    """Add a line to the current project, and one to another."""
    here = source.index(b"- update 0 of project 0")
    there = source.index(b"- update 7 of project %d:" % (1 + number % 50 if b"project 60" in source else 1))
    there = source.index(b"\n", there) + 1
    return (
        source[:here]
        + b"- landing%03d\n" % number
        + source[here:there]
        + b"- landed there: number %d\n" % number
        + source[there:]
    )


class Landings(threading.Thread):
    """Somebody who saves the minutes once a second."""

    def __init__(self, path: Path, made: Made) -> None:
        """Begin with the text that stands there now."""
        super().__init__(daemon=True)
        self.path, self.made = path, made
        self.first = path.read_bytes()
        self.landed: dict[int, float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        """Save until it is over."""
        for number in itertools.count():
            source = self.made(self.path, self.first, number)
            new = self.path.with_name("theirs")
            new.write_bytes(source)
            new.replace(self.path)
            self.landed[number] = time.perf_counter()
            if self.over.wait(1.0 + 0.037 * (number % 7)):
                return


def keys(terminal: Terminal, seconds: float, seen: dict[int, float]) -> Iterator[float]:
    """Type; give the seconds that each key takes to the screen, and note when landings come."""
    end = time.perf_counter() + seconds
    for letter in itertools.cycle(b"QWERTYUIOPASDFGHJKLZXCVBNM"):
        start = len(terminal.output)
        sent = terminal.send(bytes([letter]))
        shown = 0.0
        while (now := time.perf_counter()) < sent + KEY_EVERY or not shown:
            terminal.drain(0.001)
            fresh = terminal.output[start:]
            if not shown and bytes([letter]) in fresh:
                shown = time.perf_counter()
            for number in range(len(seen), len(seen) + 2):
                if b"landing%03d" % number in fresh:
                    seen[number] = time.perf_counter()
            if now > sent + 5:
                raise TimeoutError(terminal.last())
        yield shown - sent
        if time.perf_counter() > end:
            return


def told(taken: list[float]) -> str:
    """Say what is usual and what is rare."""
    cut = statistics.quantiles(taken, n=20)
    return f"p50 {1000 * statistics.median(taken):.1f} ms, p95 {1000 * cut[-1]:.1f} ms, most {1000 * max(taken):.0f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kilobytes", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0)
    arguments = parser.parse_args()
    for made in (newest, stale):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory, "2024-06-04-council.md")
            path.write_bytes(minutes(arguments.kilobytes * 1000))
            state = str(Path(directory, "state"))
            with Terminal([*PROGRAM, path.name], Path(directory), FACILITATOR_STATE_DIR=state) as terminal:
                terminal.read_until(b"Project 0")
                terminal.drain(0.5)
                terminal.send(b" i")
                terminal.drain(1.0)
                idle = list(keys(terminal, arguments.seconds / 2, {}))
                seen: dict[int, float] = {}
                theirs = Landings(path, made)
                theirs.start()
                busy = list(keys(terminal, arguments.seconds, seen))
                theirs.over.set()
                late = [seen[number] - theirs.landed[number] for number in seen]
                rest = len(theirs.landed) - len(seen)
            print(
                f"{made.__name__}: {arguments.kilobytes} kB, {len(theirs.landed)} landings, {rest} not seen yet"
            )
            print(f"  a key at rest: {told(idle)}")
            print(f"  among landings: {told(busy)}")
            print(f"  landing to screen: {told(late)}")
            ratio = statistics.median(busy) / statistics.median(idle)
            print(f"  a key among landings to one at rest: {ratio:.2f}x")


if __name__ == "__main__":
    main()
