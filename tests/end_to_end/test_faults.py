"""What befalls a call: kills, a full disk, a slow one, terminals of any size and kind, and minutes that are none."""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from facilitator.store import replay
from tests.chairing import MINUTES
from tests.end_to_end.conftest import Start, elapsed
from tests.end_to_end.numbered import ready, saved, seen, word, words
from tests.terminal import SeenTerminal

KILLS = 5
"""In a row, on one document."""


def kept(minutes: Path, journal: Path) -> list[int]:
    """Return the words that are on the disk: in the minutes, and in the draft that the journal ends with."""
    read = replay.read(journal)
    assert read is not None
    written = saved(minutes)
    happened = [record["event"] for record in read.records if "event" in record]
    last = next(one for one in reversed(happened) if one["is"] in ("Drafted", "EntryRecorded"))
    recorded = [
        number for one in happened if one["is"] == "EntryRecorded" for number in words(str(one["entry"]))
    ]
    assert recorded[: len(written)] == written
    return recorded + (words(last["text"]) if last["is"] == "Drafted" else [])


def test_words_seen_on_the_screen_survive_kill_after_kill(
    start: Start, minutes: Path, state_directory: Path
) -> None:
    chance = random.Random(7)
    journal = replay.journal_path(state_directory, minutes)
    typed = 0
    terminal = ready(start())
    terminal.send(b" i")
    for _ in range(KILLS):
        some = range(typed, typed + chance.randrange(20, 60))
        for number in some:
            terminal.send(word(number) + (b"\r" if chance.random() < 0.4 else b" "))
        goal = chance.choice(some)
        terminal.wait_until(lambda goal=goal, terminal=terminal: seen(terminal) >= goal)  # type: ignore[misc]
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == 128 + signal.SIGKILL
        left = kept(minutes, journal)
        assert left == list(range(len(left))), "no word twice, none missing, all in order"
        assert len(left) > seen(terminal)
        typed = len(left)
        terminal = ready(start())
        terminal.sees("Resumed", f"w{typed - 1:03d}")
        terminal.wait_until(partial(_is_saved, minutes, left))
        terminal.send(b"\x1bi ")
    assert MINUTES[: MINUTES.index("\n\n## Discussion")] in minutes.read_text()


def _is_saved(minutes: Path, left: list[int]) -> bool:
    written = saved(minutes)
    return written == left[: len(written)] and set(left[:-20]) <= set(written)


def limit(terminal: SeenTerminal, size: int) -> None:
    """Let the program's files grow to ``size`` bytes at most, as on a full disk."""
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_full_disk_stands_on_the_screen_until_it_is_healed(start: Start, minutes: Path) -> None:
    terminal = ready(start())
    terminal.send(b" ibefore\r")
    terminal.wait_until(lambda: "- before\n" in minutes.read_text())
    whole = minutes.read_text()
    limit(terminal, 16)
    terminal.send(b"while it is full\r")
    terminal.sees("✗", "• while it is full")
    terminal.send(b"and more\r")
    terminal.sees("• and more", "✗")
    assert minutes.read_text() == whole, "the old file is intact"
    limit(terminal, resource.RLIM_INFINITY)
    terminal.wait_until(lambda: "- before\n- while it is full\n- and more\n" in minutes.read_text())
    terminal.sees_no("✗")
    terminal.signal(signal.SIGKILL)
    assert terminal.ends() == 128 + signal.SIGKILL
    start().sees("Resumed: 3 entries")
    assert sorted(path.name for path in minutes.parent.iterdir()) == ["2024-06-04-council.md", "council.yaml"]


SLOW = """
import os, time
real = os.fsync
def fsync(fd):
    time.sleep(3)
    real(fd)
os.fsync = fsync
from facilitator.cli import entry
entry()
"""


def test_a_slow_disk_holds_up_no_key(directory: Path, minutes: Path) -> None:
    argv = [sys.executable, "-c", SLOW, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal(argv, directory) as terminal:
        ready(terminal)
        terminal.send(b" ifirst\r")
        terminal.sees("• first")
        slowest = 0.0
        for number in range(10):
            sent = terminal.send(b"w%03d " % number)
            terminal.wait_until(lambda number=number: number in words(terminal.screen()))  # type: ignore[misc]
            slowest = max(slowest, time.perf_counter() - sent)
        assert slowest < 1.5, "a key waits for no fsync"
        terminal.signal(signal.SIGTERM)
        sent = time.perf_counter()
        assert terminal.ends() == 128 + signal.SIGTERM
        assert time.perf_counter() - sent < 2


def test_a_storm_of_sizes_loses_no_word(start: Start, minutes: Path) -> None:
    terminal = ready(start())
    terminal.send(b" i")
    sizes = [(1, 1), (500, 200), (0, 0), (40, 10), (1, 50), (200, 3), (80, 24)]
    for number in range(40):
        terminal.resize(*sizes[number % len(sizes)])
        terminal.send(b"w%03d " % number)
    terminal.resize(12, 3)
    terminal.sees("too small")
    terminal.send(b"w040\r")
    terminal.resize(120, 40)
    terminal.wait_until(lambda: words(minutes.read_text()) == list(range(41)))
    terminal.sees("in this call", "Announcements")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TERM": "dumb"}, "dumb terminal"),
        ({"TERM": ""}, "dumb terminal"),
        ({"PYTHONIOENCODING": "latin-1"}, "LC_ALL=C.UTF-8"),
    ],
)
def test_a_terminal_that_can_show_no_screen_is_told_so(
    start: Start, environment: dict[str, str], said: str
) -> None:
    terminal = start(**environment)
    assert terminal.ends() == 2
    [line] = terminal.output.decode().splitlines()
    assert said in line


def test_the_plain_locale_is_good_enough(start: Start, minutes: Path) -> None:
    terminal = ready(start(LC_ALL="C", LANG=""))
    terminal.send(" iGrüße 日本\r".encode())
    terminal.sees("• Grüße")
    terminal.wait_until(lambda: "- Grüße 日本\n" in minutes.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", ["fifo", "directory", "loop", "large", "missing"])
def test_what_is_no_minutes_is_refused_in_a_line_and_not_touched(
    start: Start, directory: Path, kind: str
) -> None:
    path = directory / "odd.md"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "directory":
            path.mkdir()
        case "loop":
            path.symlink_to(path.name)
        case "large":
            path.write_bytes(b"x" * (8 * 1024 * 1024 + 1))
    before = sorted((one.name, one.lstat().st_size, one.lstat().st_mtime_ns) for one in directory.iterdir())
    terminal = start("odd.md")
    assert terminal.ends() == 2
    [line] = terminal.output.decode().splitlines()
    assert line.startswith("odd.md: ")
    after = sorted((one.name, one.lstat().st_size, one.lstat().st_mtime_ns) for one in directory.iterdir())
    assert after == before


def test_state_is_private_whatever_the_umask_and_planted_links_lead_nowhere(
    start: Start, minutes: Path, directory: Path, state_directory: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("keep")
    state_directory.mkdir(mode=0o777)
    name = replay.journal_name(minutes)
    (state_directory / f"{name}.jsonl").symlink_to(victim)
    minutes.chmod(0o640)
    before = os.umask(0)
    try:
        terminal = ready(start())
    finally:
        os.umask(before)
    terminal.send(b" inoted\r")
    terminal.wait_until(lambda: "- noted\n" in minutes.read_text())
    assert victim.read_text() == "keep"
    assert minutes.stat().st_mode & 0o777 == 0o640
    assert state_directory.stat().st_mode & 0o777 == 0o700
    for path in state_directory.iterdir():
        if not path.is_symlink():
            assert path.stat().st_mode & 0o777 == 0o600, path


def test_the_terminal_is_believed_and_not_what_the_environment_once_said(start: Start) -> None:
    terminal = start(COLUMNS="60", LINES="20")
    terminal.send(b" ")
    terminal.sees("┬", "2:00 │ Announcements")
    terminal.wait_until(lambda: elapsed(terminal))
