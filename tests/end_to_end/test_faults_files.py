"""What befalls the files of a call: journals that were damaged, and minutes that are more than their text."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.store import replay
from tests.end_to_end.conftest import PROGRAM, Start
from tests.end_to_end.numbered import ready, saved, word

ENTRIES = 6


def _half(journal: bytes) -> bytes:
    return journal[: len(journal) // 2]


def _broken(journal: bytes) -> bytes:
    lines = journal.splitlines(keepends=True)
    at = len(lines) // 2
    return b"".join([*lines[:at], lines[at].replace(b"{", b"[", 1), *lines[at + 1 :]])


def _other(journal: bytes) -> bytes:
    header = replay.Header("/elsewhere.md", b"# Elsewhere\n", 1, "boot", 1.0, 1.0)
    return replay.encode(header.record()) + journal.partition(b"\n")[2]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": _half,
    "torn": lambda journal: journal[:-3],
    "a broken line": _broken,
    "empty": lambda journal: b"",
    "binary": lambda journal: bytes(range(256)) * 40,
    "of another document": _other,
}


def test_a_damaged_journal_costs_no_word_that_is_in_the_minutes(
    start: Start, minutes: Path, state_directory: Path
) -> None:
    terminal = ready(start())
    terminal.send(b" i" + b"\r".join(word(number) for number in range(ENTRIES)) + b"\ra dra")
    terminal.sees("› a dra")
    terminal.wait_until(lambda: saved(minutes) == list(range(ENTRIES)))
    terminal.signal(signal.SIGKILL)
    terminal.ends()
    newest = minutes.read_bytes()
    path = replay.journal_path(state_directory, minutes)
    journal = path.read_bytes()
    for name, damage in DAMAGES.items():
        shutil.rmtree(state_directory)
        state_directory.mkdir(mode=0o700)
        path.write_bytes(damage(journal))
        minutes.write_bytes(newest)
        terminal = ready(start())
        if name == "a broken line":
            terminal.sees("✗ ", "is damaged: its checksum is wrong, look into")
        elif name in ("binary", "of another document"):
            terminal.sees("✗ ", "an earlier one could not be read, look into")
        terminal.send(b"\x1b\x1bi" + b"\x15" + b"and on\r")
        terminal.wait_until(lambda: "- and on\n" in minutes.read_text())
        assert minutes.read_bytes().replace(b"- and on\n", b"") == newest, name
        terminal.signal(signal.SIGKILL)
        terminal.ends()
        kept = [one for one in state_directory.iterdir() if ".aside-" in one.name]
        assert bool(kept) == (name not in ("cut", "torn", "empty")), name


def test_a_journal_of_the_future_is_left_alone(start: Start, minutes: Path, state_directory: Path) -> None:
    state_directory.mkdir(mode=0o700)
    path = replay.journal_path(state_directory, minutes)
    path.write_bytes(replay.encode({"facilitator": 99, "path": str(minutes)}))
    before = path.read_bytes(), minutes.read_bytes()
    terminal = start()
    assert terminal.ends() == 2
    [line] = terminal.output.decode().splitlines()
    assert "a newer facilitator wrote it" in line
    assert (path.read_bytes(), minutes.read_bytes()) == before


def _note(start: Start, minutes: Path) -> None:
    """Write a note and adjourn."""
    terminal = ready(start())
    terminal.send(b" inoted\r\x1bw")
    terminal.sees("adjourn")
    terminal.send(b"\r")
    assert terminal.ends() == 0
    assert "- noted\n" in minutes.read_text()


def test_mode_owner_and_attributes_stay_and_a_link_leads_where_it_led(
    start: Start, minutes: Path, directory: Path
) -> None:
    real = directory / "kept" / "real.md"
    real.parent.mkdir()
    minutes.rename(real)
    minutes.symlink_to(real)
    real.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(real, 12345, 54321)
    try:
        os.setxattr(real, "user.comment", b"council")
    except (OSError, AttributeError):
        attributes = False
    else:
        attributes = True
    before = real.stat()
    _note(start, minutes)
    after = real.stat()
    assert minutes.is_symlink()
    assert minutes.readlink() == real
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert not attributes or os.getxattr(real, "user.comment") == b"council"
    assert [one.name for one in real.parent.iterdir()] == ["real.md"]


def test_a_hard_link_sees_what_is_written(
    start: Start, minutes: Path, tmp_path: Path, state_directory: Path
) -> None:
    other = tmp_path / "other name.md"
    other.hardlink_to(minutes)
    _note(start, minutes)
    assert other.read_bytes() == minutes.read_bytes()
    assert other.samefile(minutes)
    assert list(state_directory.iterdir()) == [], "nothing is left of the copy"


def test_names_planted_for_temporary_files_lead_nowhere(
    start: Start, minutes: Path, directory: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("keep")
    planted = [directory / f".{'0' * 16}.facilitator-new", directory / ".facilitator"]
    for name in planted:
        name.symlink_to(victim)
    _note(start, minutes)
    assert victim.read_text() == "keep"
    assert all(name.readlink() == victim for name in planted)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
def test_tmux_killed_loses_nothing(minutes: Path, directory: Path, state_directory: Path) -> None:
    socket = f"facilitator-{os.getpid()}"
    tmux = ["tmux", "-L", socket, "-f", "/dev/null"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "FACILITATOR_STATE_DIR": str(state_directory)}
    environment.pop("TMUX", None)

    def run(*arguments: str) -> str:
        return subprocess.run(
            [*tmux, *arguments], cwd=directory, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def until(holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline
            os.sched_yield()

    run("new", "-d", "-s", "call", "-x", "120", "-y", "40", *PROGRAM, "council.yaml", "--date", "2024-06-04")
    try:
        until(lambda: "not started" in run("capture-pane", "-p", "-t", "call"))
        run("send-keys", "-t", "call", "-l", " iwritten before the end")
        run("send-keys", "-t", "call", "Enter")
        run("send-keys", "-t", "call", "-l", "and a dra")
        until(lambda: "› and a dra" in run("capture-pane", "-p", "-t", "call"))
        pid = int(run("display", "-p", "-t", "call", "#{pane_pid}"))
    finally:
        run("kill-server")
    until(lambda: not _alive(pid))
    assert "- written before the end\n- and a dra\n" in minutes.read_text()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_where_no_journal_can_be_kept_the_chair_is_told_and_every_change_is_saved(
    start: Start, minutes: Path, directory: Path, state_directory: Path, tmp_path: Path
) -> None:
    (tmp_path / "scratch").mkdir()
    for taken in (
        state_directory,
        directory / ".facilitator",
        tmp_path / "scratch" / f"facilitator-{os.geteuid()}",
    ):
        taken.write_text("no directory")
    terminal = ready(start(TMPDIR=str(tmp_path / "scratch")))
    terminal.sees("✗ no journal can be kept, only the minutes are saved: ")
    terminal.send(b" i")
    for number in range(3):
        terminal.send(word(number) + b"\r")
        terminal.wait_until(lambda number=number: saved(minutes) == list(range(number + 1)))  # type: ignore[misc]
    terminal.send(b"w003")
    terminal.sees("› w003")
    terminal.signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert saved(minutes) == [0, 1, 2, 3]
    said = terminal.output.rpartition(b"\x1b[?1049l")[2].decode()
    assert "can't be resumed" in said
    assert "Saved in" in said
