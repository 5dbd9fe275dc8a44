"""The screen against bare textual apps in the same run: first frame, a typed key, the next item.

Run by hand: ``python tests/benchmarks/bench_screen.py [MINUTES.md]``. What counts are the ratios.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare and ready")
Bare().run()
"""

EDITOR = """
from textual.app import App
from textual.widgets import TextArea
class Editor(App):
    def compose(self):
        yield TextArea("ready to type")
Editor().run()
"""

OPTIONS = """
from textual.app import App
from textual.widgets import OptionList
class Options(App):
    def compose(self):
        yield OptionList(*[f"option number {number}" for number in range(20)])
Options().run()
"""

STEP_SECONDS = 1.6
"""Between two steps: the program takes two within 1.5 seconds for one."""

FACILITATOR = "from facilitator.cli import entry; entry()"
STEPPING = f"from facilitator.core import repairs; repairs.TOO_SOON = 0.0; {FACILITATOR}"
"""Steps as fast as they come, none of which is taken for a slip."""


def main() -> None:
    """Measure and print."""
    parser = which_call(__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--start-only", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory), arguments)
        first = bench.paired(bench.bare_start, bench.start, arguments.runs)
        print(f"first useful frame: {first}   (bare app; facilitator; ratio, medians of {arguments.runs})")
        if arguments.start_only:
            return
        print(f"typed key to screen: {bench.paired(bench.bare_key, bench.key, 3)}   (TextArea; capture line)")
        print(f"next item: {bench.paired(bench.bare_next, bench.next, 3)}   (OptionList down; n)")


def which_call(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the arguments that say which call is measured."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("minutes", type=Path, nargs="?")
    parser.add_argument(
        "--agenda", type=Path, default=Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml"
    )
    parser.add_argument("--date", default="2018-09-04")
    return parser


class Bench:
    """Runs of the program and of the bare apps, in a directory of their own."""

    def __init__(self, directory: Path, arguments: argparse.Namespace) -> None:
        """Put the minutes where the agenda has them."""
        self.directory = directory
        self.command = [str(arguments.agenda.resolve()), "--date", arguments.date]
        self.runs = 0
        if arguments.minutes:
            place = directory / arguments.date[:4] / f"{arguments.date}-runtime.md"
            place.parent.mkdir()
            shutil.copyfile(arguments.minutes, place)

    def paired(self, one: Callable[[], list[float]], other: Callable[[], list[float]], runs: int) -> str:
        """Run both in turn; return both medians in milliseconds and their ratio."""
        ones: list[float] = []
        others: list[float] = []
        for _ in range(runs):
            ones += one()
            others += other()
        left, right = statistics.median(ones) * 1000, statistics.median(others) * 1000
        return f"{left:.1f} ms; {right:.1f} ms; {right / left:.2f}x"

    def python(self, code: str, *arguments: str) -> Terminal:
        """Start a program in a terminal of its own, compiled as an installed one is."""
        self.runs += 1
        state = str(self.directory / f"state-{self.runs}")
        argv = [sys.executable, "-c", code, *arguments]
        return Terminal(argv, self.directory, FACILITATOR_STATE_DIR=state, PYTHONDONTWRITEBYTECODE="")

    def bare_start(self) -> list[float]:
        """Start a bare app until its text shows."""
        terminal = self.python(BARE)
        taken = terminal.read_until(b"bare and ready") - terminal.started
        terminal.close()
        return [taken]

    def start(self) -> list[float]:
        """Start a call until its running order and current item show."""
        terminal = self.python(FACILITATOR, *self.command)
        taken = (
            terminal.read_until(b"Announcements", b"Bits-Service", b"nothing written yet") - terminal.started
        )
        terminal.close()
        return [taken]

    def bare_key(self) -> list[float]:
        """Type into a TextArea that fills the screen."""
        terminal = self.python(EDITOR)
        terminal.read_until(b"ready to type")
        return self._keys(terminal)

    def key(self) -> list[float]:
        """Type into the capture line."""
        terminal = self.python(FACILITATOR, *self.command)
        terminal.read_until(b"Announcements")
        terminal.drain(0.5)
        terminal.send(b" i")
        return self._keys(terminal)

    def _keys(self, terminal: Terminal) -> list[float]:
        terminal.drain(0.5)
        taken = []
        for letter in "the quick brown fox jumps over the lazy dog " * 3:
            key = letter.upper().encode()
            sent = terminal.send(key)
            taken.append(terminal.read_until(key) - sent)
            terminal.drain(0.03)
        terminal.close()
        return taken

    def bare_next(self) -> list[float]:
        """Press down in an OptionList of 20."""
        terminal = self.python(OPTIONS)
        terminal.read_until(b"option number 19")
        terminal.drain(0.5)
        return self._steps(terminal, b"\x1b[B", 9)

    def next(self) -> list[float]:
        """Go on to the next item."""
        terminal = self.python(STEPPING, *self.command)
        terminal.read_until(b"Announcements")
        terminal.drain(0.5)
        terminal.send(b" ")
        terminal.drain(0.5)
        return self._steps(terminal, b"n", 9)

    def _steps(self, terminal: Terminal, key: bytes, count: int) -> list[float]:
        taken = []
        for _ in range(count):
            sent = terminal.send(key)
            terminal.read_until(b"\x1b[")
            last = time.perf_counter()
            while terminal.drain(0.02):  # until all that the key changed has come
                last = time.perf_counter() - 0.02
            taken.append(last - sent)
            while time.perf_counter() < sent + STEP_SECONDS:
                terminal.drain(0.02)
        terminal.close()
        return taken


if __name__ == "__main__":
    main()
