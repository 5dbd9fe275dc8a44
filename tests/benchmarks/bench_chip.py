"""From a key to the chip it leads to, with a roster of 200, against typing the same into a bare Input in the same run.

Run by hand: ``python tests/benchmarks/bench_chip.py``. A key's time ends with the last byte that it made the program
write, whether that is the letter or the chip. What counts are the ratios; the aim is at most 1.2 at p95.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.terminal import Terminal

RUNS = 4
GAP = 0.006
"""Seconds without output after which a key has had its effect."""

REST = 0.02
"""Seconds between a key's effect and the next key."""

BARE = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        field = Input("ready to type")
        field.cursor_blink = False
        yield field
Bare().run()
"""
FACILITATOR = "from facilitator.cli import entry; entry()"

TYPED = (
    "ACTION: first17 last17 and first18 to publish the findings on locks by next tuesday",
    "first120 to send out a note to all leads",
    "RESOLVED: keep the old lamp",
)
AGENDA = """\
title: Council {{date}}
minutes: "{{date}}-council.md"
schedule: {{every: 2 weeks, on: tuesday, from: 2024-06-04}}
people:
{people}
agenda:
  - Announcements: 2m
  - Reviews: {{total: 20m, projects: [{projects}]}}
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        people = "\n".join(f"  - {{name: First{n} Last{n}, handle: h{n}}}" for n in range(200))
        projects = ", ".join(f"Project{n}: First{n} Last{n}" for n in range(18))
        (directory / "council.yaml").write_text(AGENDA.format(people=people, projects=projects))
        ones: list[float] = []
        others: list[float] = []
        for run in range(RUNS):
            ones += typed(start(directory, f"bare-{run}", BARE, b"ready to type"), b"\x15")
            program = start(
                directory,
                f"state-{run}",
                FACILITATOR,
                b"Announcements",
                "council.yaml",
                "--date",
                "2024-06-04",
            )
            program.send(b" i")
            others += typed(program, b"\x15")
        for name, of in (("median", statistics.median), ("p95", p95)):
            one, other = of(ones) * 1000, of(others) * 1000
            print(
                f"key to chip, {name}: {one:.1f} ms; {other:.1f} ms; {other / one:.2f}x   (bare Input; capture line)"
            )


def p95(times: Iterable[float]) -> float:
    """Return what all but one in twenty stay below."""
    return statistics.quantiles(times, n=20)[-1]


def start(directory: Path, state: str, code: str, shows: bytes, *arguments: str) -> Terminal:
    """Start a program, and wait until it is ready."""
    terminal = Terminal(
        [sys.executable, "-c", code, *arguments], directory, FACILITATOR_STATE_DIR=str(directory / state)
    )
    terminal.read_until(shows)
    terminal.drain(0.7)
    return terminal


def typed(terminal: Terminal, clears: bytes) -> list[float]:
    """Type the lines; return the seconds of each key."""
    terminal.send(clears)
    terminal.drain(0.5)
    taken = []
    for line in TYPED:
        for character in line:
            sent = terminal.send(character.encode())
            last = terminal.read_until(b"\x1b[")
            if terminal.drain(GAP):
                last = time.perf_counter() - GAP
            taken.append(last - sent)
            terminal.drain(REST)
        terminal.send(clears)
        terminal.drain(0.3)
    terminal.close()
    return taken


if __name__ == "__main__":
    main()
