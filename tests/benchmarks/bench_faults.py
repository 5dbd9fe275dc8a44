"""What faults cost: words lost, doubled or out of order, and how long a key or the end of the program takes.

Run by hand: ``python tests/benchmarks/bench_faults.py kill power refuse slow end`` or some of these. A kill is tried
20 times after 15 to 60 s of typing, a power cut 30 times after 3 to 12 s; ``--quick`` types for a tenth of that.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.chairing import AGENDA, MINUTES
from tests.end_to_end.disk import Disk, under
from tests.end_to_end.numbered import PATIENT, ready, saved, seen, word, words
from tests.terminal import SeenTerminal, waits_to_write

PER_SECOND = 12
"""Characters a chair types."""

CALL = ("council.yaml", "--date", "2024-06-04")
PROGRAM = "from facilitator.cli import entry; entry()"


class Desk:
    """One call's minutes and state, on a disk that does as it is told."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "calls"
        self.state = directory / "state"
        self.scratch = directory / "scratch"
        self.directory.mkdir()
        self.scratch.mkdir()
        (self.directory / "council.yaml").write_text(AGENDA, encoding="utf-8")
        self.minutes = self.directory / "2024-06-04-council.md"
        self.minutes.write_text(MINUTES, encoding="utf-8")
        self._books = directory / "disk"
        self.disk = Disk(self._books, self.directory, self.state)

    def start(self, *, plain: bool = False, patient: bool = False) -> SeenTerminal:
        """Start the program, on a ``plain`` disk and ``patient`` with it at the end if asked."""
        code = (PATIENT if patient else "") + (PROGRAM if plain else under(self._books) + PROGRAM)
        argv = [sys.executable, "-c", code, *CALL]
        state = str(self.state)
        return ready(
            SeenTerminal(
                argv,
                self.directory,
                FACILITATOR_STATE_DIR=state,
                TMPDIR=str(self.scratch),
                LANG="C.UTF-8",
                LC_ALL="",
            )
        )

    def left(self) -> list[int]:
        """Resume the call, end it by a signal, and return the words in the minutes then."""
        with self.start(plain=True, patient=True) as terminal:
            terminal.sees("Announcements")
            terminal.signal(signal.SIGTERM)
            assert terminal.ends() == 128 + signal.SIGTERM
        self.disk.settle()
        return saved(self.minutes)


@contextmanager
def desk() -> Iterator[Desk]:
    """Lay out a desk of its own, and clear it."""
    directory = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        yield Desk(directory)
    finally:
        shutil.rmtree(directory)


class Lost(NamedTuple):
    """What a fault has cost."""

    seen: int
    """Words on the screen at the fault, from the first one on."""
    left: int
    in_order: bool
    """Whether no word stands twice, none is missing and all are in order."""
    whole: bool
    """Whether the minutes were there, and not emptied, right after the fault."""

    @property
    def words(self) -> int:
        return max(0, self.seen - self.left)


def type_on(terminal: SeenTerminal, first: int, seconds: float, chance: random.Random) -> None:
    """Type numbered words at a chair's pace; now and then enter finishes an entry."""
    begun, typed, number = time.perf_counter(), 0, first
    while time.perf_counter() - begun < seconds:
        end = b"\r" if chance.random() < 0.12 else b" "
        for key in word(number) + end:
            due = begun + typed / PER_SECOND
            terminal.wait_until(lambda due=due: time.perf_counter() >= due)  # type: ignore[misc]
            if due - begun >= seconds:
                return
            terminal.send(bytes([key]))
            typed += 1
        number += 1


def faults(seed: int, rounds: int, seconds: tuple[float, float], *, power: bool) -> list[Lost]:
    """Cut one call off so many times in a row, on one document."""
    chance = random.Random(seed)
    found: list[Lost] = []
    with desk() as one:
        first = 0
        for _ in range(rounds):
            with one.start(plain=not power) as terminal:
                terminal.send(b"\x1bi " if first else b" i")
                type_on(terminal, first, chance.uniform(*seconds), chance)
                terminal.signal(signal.SIGKILL)
                terminal.ends()
                shown = seen(terminal) + 1
            if power:
                one.disk.cut(chance)
            whole = one.minutes.exists() and "## Announcements" in one.minutes.read_text()
            left = one.left()
            found.append(Lost(shown, len(left), left == list(range(len(left))), whole))
            first = len(left)
    return found


def _series(arguments: tuple[int, int, tuple[float, float], bool]) -> list[Lost]:
    seed, rounds, seconds, power = arguments
    return faults(seed, rounds, seconds, power=power)


def cut_off(name: str, rounds: int, in_a_row: int, seconds: tuple[float, float], *, power: bool) -> None:
    """Cut calls off, several at a time, and print what it cost."""
    jobs = [(seed, in_a_row, seconds, power) for seed in range(rounds // in_a_row)]
    with multiprocessing.Pool(min(4, len(jobs))) as pool:
        found = [one for series in pool.map(_series, jobs) for one in series]
    lost = [one.words for one in found]
    print(
        f"{name}: {len(found)} cuts, {in_a_row} in a row on one document, after {seconds[0]:.0f}-{seconds[1]:.0f} s:"
        f" words seen and lost: {sum(lost)} in all, {max(lost)} at most;"
        f" not in order: {sum(not one.in_order for one in found)};"
        f" minutes emptied: {sum(not one.whole for one in found)}"
    )


REFUSALS = [
    ("write", "ENOSPC"),
    ("write", "EDQUOT"),
    ("write", "EIO"),
    ("open+write", "EROFS"),
    ("open", "EACCES"),
    ("rename", "EIO"),
    ("fsync", "EIO"),
    ("fsync", "ENOSPC"),
]


def refuse() -> None:
    """Let the disk refuse in every way, under the minutes, the journal and both, heal, refuse again and kill."""
    for kind, error in REFUSALS:
        for place in ("minutes", "journal", "both"):
            with desk() as one:
                print(f"refuse: {kind} {error} under {place}: {_refused(one, kind, error, place)}")


def _refused(one: Desk, kind: str, error: str, place: str) -> str:
    places = {"minutes": [one.directory], "journal": [one.state], "both": [one.directory, one.state]}[place]
    rules = [(kind, below, error) for below in places]
    with one.start() as terminal:
        terminal.send(b" iw000\r")
        terminal.wait_until(lambda: saved(one.minutes) == [0])
        before = one.minutes.read_bytes()
        one.disk.fail(*rules)
        terminal.send(b"w001\rw002")
        said = "nothing said"
        if not (place == "journal" and kind in ("open", "rename")):  # nothing is opened or renamed there then
            screen = terminal.sees("✗", "w002")
            said = next(line for line in screen.splitlines() if "✗" in line).partition("✗ ")[2]
        if place != "journal":
            assert one.minutes.read_bytes() == before
        healed = time.perf_counter()
        one.disk.heal()
        terminal.sees_no("✗")
        terminal.wait_until(lambda: saved(one.minutes) == [0, 1])
        took = time.perf_counter() - healed
        one.disk.fail(*rules)
        terminal.send(b"\rw003\rw004 ")
        terminal.sees("w004")
        if place == "both" and kind not in ("open", "rename"):  # appending needs neither
            terminal.wait_until(lambda: list(one.scratch.glob("*/*.jsonl")))
        terminal.signal(signal.SIGKILL)
        terminal.ends()
    one.disk.heal()
    left = one.left()
    assert left[:4] == [0, 1, 2, 3], left
    return (
        f"{said}; healed in {took:.1f} s; after kill -9 {5 - len(left)} of the draft lost, 0 of the entries"
    )


def slow() -> None:
    """Let fsync take 3 s, then the minutes' directory hang for 8 s, and measure keys meanwhile."""
    for name, kind, seconds in (("fsync takes 3 s", "fsync", 3.0), ("the directory hangs for 8 s", "*", 8.0)):
        with desk() as one, one.start() as terminal:
            terminal.send(b" iw000\r")
            terminal.wait_until(lambda one=one: saved(one.minutes) == [0])  # type: ignore[misc]
            places = (one.directory, one.state) if kind == "fsync" else (one.directory,)
            one.disk.fail(*((kind, place, seconds) for place in places))
            took = list(_keys(terminal, 120))
            print(
                f"slow: {name}: a key shows after {1e3 * statistics.median(took):.0f} ms,"
                f" {1e3 * max(took):.0f} ms at most"
            )


def _keys(terminal: SeenTerminal, count: int) -> Iterator[float]:
    """Type words at a chair's pace, an entry now and then, and give how long each word takes to show."""
    for number in range(1, count + 1):
        if number % 8 == 0:
            terminal.send(b"\r")
        begun = time.perf_counter()
        terminal.send(word(number) + b" ")
        terminal.wait_until(lambda number=number: number in words(terminal.screen()))  # type: ignore[misc]
        yield time.perf_counter() - begun
        due = begun + 5 / PER_SECOND / 2
        terminal.wait_until(lambda due=due: time.perf_counter() >= due)  # type: ignore[misc]


def end() -> None:
    """End the program by each signal, by a hang-up, and while its terminal is stalled."""
    ways: dict[str, Callable[[SeenTerminal], None]] = {
        number.name: lambda terminal, number=number: terminal.signal(number)  # type: ignore[misc]
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
    }
    ways["hang-up"] = SeenTerminal.hang_up
    ways["TERM while stalled"] = _stall
    for name, way in ways.items():
        took, lost, codes, modes = [], 0, set(), set()
        for _ in range(5):
            with desk() as one, one.start(plain=True) as terminal:
                terminal.send(b" iw000\rw001 w002")
                terminal.sees("• w000", "w002")
                way(terminal)
                begun = time.perf_counter()
                codes.add(terminal.ends(reading=name != "TERM while stalled"))
                took.append(time.perf_counter() - begun)
                modes |= terminal.modes() - {7, 25} if name.startswith("SIG") else set()
                lost += saved(one.minutes) != [0, 1, 2]
        worst = f"{1e3 * max(took):.0f} ms at most"
        print(f"end: {name}: {worst}, exit {sorted(codes)}, lost: {lost}, modes left on: {sorted(modes)}")


def _stall(terminal: SeenTerminal) -> None:
    """Stop reading what the program writes until it can write no more, then tell it to end."""
    terminal.send(b"\x1b")
    for _ in range(300):
        terminal.send(b"?\x1b[6~?")
    while not waits_to_write(terminal.pid):
        os.sched_yield()
    terminal.signal(signal.SIGTERM)


def main() -> None:
    """Try what is asked for, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="+", choices=["kill", "power", "refuse", "slow", "end"])
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    scale = 0.1 if arguments.quick else 1.0
    for name in arguments.faults:
        match name:
            case "kill":
                cut_off("kill -9", 20, 5, (15 * scale, 60 * scale), power=False)
            case "power":
                cut_off("power cut", 30, 5, (max(1.0, 3 * scale), 12 * scale), power=True)
            case "refuse":
                refuse()
            case "slow":
                slow()
            case "end":
                end()


if __name__ == "__main__":
    main()
