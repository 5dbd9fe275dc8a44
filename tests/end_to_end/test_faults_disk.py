"""A disk that refuses, hangs or loses its power, under a call in a terminal: words stay, and what is said is true."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import HASTY
from tests.end_to_end.disk import Disk, under
from tests.end_to_end.numbered import PATIENT, ready, saved, seen, word, words
from tests.terminal import SeenTerminal

CUTS = 3
"""Of the power, on one document."""


@pytest.fixture
def disk(tmp_path: Path, directory: Path, state_directory: Path) -> Disk:
    return Disk(tmp_path / "disk", directory, state_directory)


@pytest.fixture
def started(disk: Disk, directory: Path, tmp_path: Path) -> Iterator[Callable[..., SeenTerminal]]:
    """Start the program on that disk."""
    terminals: list[SeenTerminal] = []

    def start(before: str = "") -> SeenTerminal:
        code = HASTY + under(tmp_path / "disk") + before + "from facilitator.cli import entry; entry()"
        argv = [sys.executable, "-c", code, "council.yaml", "--date", "2024-06-04"]
        terminals.append(SeenTerminal(argv, directory))
        return ready(terminals[-1])

    yield start
    for terminal in terminals:
        terminal.close()


def test_power_cuts_empty_no_minutes_and_double_no_word(
    started: Callable[..., SeenTerminal], disk: Disk, minutes: Path
) -> None:
    chance = random.Random(11)
    typed = 0
    for _ in range(CUTS):
        terminal = started(PATIENT)
        terminal.send(b" i" if not typed else b"\x1bi ")
        some = range(typed, typed + 30)
        for number in some:
            terminal.send(word(number) + (b"\r" if chance.random() < 0.3 else b" "))
        goal = chance.choice(some)
        terminal.wait_until(lambda goal=goal, terminal=terminal: seen(terminal) >= goal)  # type: ignore[misc]
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == 128 + signal.SIGKILL
        announced = saved(minutes)
        disk.cut(chance)
        assert "## Announcements" in minutes.read_text(), "never emptied"
        terminal = started(PATIENT)
        terminal.sees("Resumed") if typed else terminal.sees("Announcements")
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        left = saved(minutes)
        assert left == list(range(len(left))), "no word twice, none missing, all in order"
        assert set(announced) <= set(left), "what reached the minutes was in the journal durably before"
        typed = len(left)
    assert typed


REFUSED = [
    ("write", "directory", "ENOSPC", "the disk is full, free some space or save elsewhere"),
    ("open+write", "directory", "EROFS", "the file system is read-only, make it writable or save elsewhere"),
    ("fsync", "directory", "EIO", "the disk reports an error, look after the disk or save elsewhere"),
    ("write", "state", "ENOSPC", "the disk is full, free some space"),
    ("fsync", "state", "EIO", "the disk reports an error, look after the disk"),
]


def test_a_disk_that_refuses_is_said_until_it_is_healed_and_costs_no_word(
    started: Callable[..., SeenTerminal], disk: Disk, directory: Path, minutes: Path, state_directory: Path
) -> None:
    places = {"directory": directory, "state": state_directory}
    terminal = started()
    terminal.send(b" i")
    for number, (kind, place, error, said) in enumerate(REFUSED):
        before = minutes.read_bytes()
        disk.fail((kind, places[place], error))
        terminal.send(word(number) + b"\r")
        terminal.sees("✗", said)
        if place == "directory":
            assert minutes.read_bytes() == before, "the old file is intact"
        else:
            terminal.wait_until(lambda number=number: number in saved(minutes))  # type: ignore[misc]
        disk.heal()
        terminal.sees_no("✗")
        assert saved(minutes) == list(range(number + 1))
    disk.fail(("*", directory, "EIO"))
    terminal.send(word(len(REFUSED)) + b"\r")
    terminal.sees("✗")
    terminal.signal(signal.SIGKILL)
    assert terminal.ends() == 128 + signal.SIGKILL
    disk.heal()
    terminal = started()
    terminal.wait_until(lambda: saved(minutes) == list(range(len(REFUSED) + 1)))
    assert sorted(path.name for path in directory.iterdir()) == [minutes.name, "council.yaml"]


def test_one_full_disk_under_minutes_and_journal_costs_no_word(
    started: Callable[..., SeenTerminal],
    disk: Disk,
    directory: Path,
    minutes: Path,
    state_directory: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    terminal = started()
    terminal.send(b" iw000\r")
    terminal.wait_until(lambda: saved(minutes) == [0])
    before = minutes.read_bytes()
    disk.fail(("write", directory, "ENOSPC"), ("write", state_directory, "ENOSPC"))
    terminal.send(b"w001\r")
    terminal.wait_until(lambda: list((tmp_path / "scratch").glob("*/*.jsonl")))
    terminal.send(b"w002\rw003")
    terminal.sees("✗", "› w003")
    terminal.signal(signal.SIGKILL)
    assert terminal.ends() == 128 + signal.SIGKILL
    assert minutes.read_bytes() == before

    terminal = started()
    terminal.sees("Resumed: 3 entries", "• w002", "› w003", "the disk is full")
    disk.heal()
    terminal.wait_until(lambda: saved(minutes) == [0, 1, 2])
    terminal.sees_no("✗")
    terminal.send(b"\r\x1bw")
    terminal.sees("enter adjourn")
    terminal.send(b"\r")
    assert terminal.ends() == 0
    assert saved(minutes) == [0, 1, 2, 3]
    left = [*state_directory.iterdir(), *(tmp_path / "scratch").glob("*/*")]
    assert left == [], "nothing to be resumed, wherever it was kept"


def test_a_directory_that_hangs_holds_up_no_key(
    started: Callable[..., SeenTerminal], disk: Disk, directory: Path, minutes: Path
) -> None:
    terminal = started()
    terminal.send(b" ibefore\r")
    terminal.wait_until(lambda: "- before\n" in minutes.read_text())
    disk.fail(("*", directory, 5.0))
    terminal.send(b"meanwhile\r")
    terminal.sees("• meanwhile")
    slowest = 0.0
    for number in range(20):
        sent = terminal.send(word(number) + b" ")
        shown = terminal.wait_until(lambda number=number: number in words(terminal.screen()))  # type: ignore[misc]
        slowest = max(slowest, shown - sent)
    assert slowest < 2.5, "a key waits for no directory"
    terminal.signal(signal.SIGTERM)
    sent = time.perf_counter()
    assert terminal.ends() == 128 + signal.SIGTERM
    assert time.perf_counter() - sent < 2
    disk.heal()
    terminal = started(PATIENT)
    terminal.sees("• meanwhile", "w019")
    terminal.signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert saved(minutes) == list(range(20)), "what was set down and never saved stands once"
