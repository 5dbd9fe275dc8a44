"""However the program ends, everything is saved, the terminal is as it was, and one line says where the call is."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.conftest import PROGRAM, Start
from tests.terminal import SeenTerminal, waits_to_write

ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


def in_a_call(start: Start, **environment: str) -> SeenTerminal:
    """Return a terminal with a call of one entry, and a draft in the line."""
    terminal = start(**environment)
    terminal.sees("not started")
    terminal.send(b" nnniwritten before the end\rand a dra")
    terminal.sees("• written before the end", "› and a dra")
    return terminal


def said(terminal: SeenTerminal) -> list[str]:
    """Return the lines that stand below the prompt when the screen is gone."""
    rest = terminal.output.rpartition(b"\x1b[?1049l")[2].decode()
    for mode in ("\x1b[?25h", "\x1b[?1004l"):
        rest = rest.replace(mode, "")
    return [line for line in rest.replace("\r", "").split("\n") if line.strip()]


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_saves_restores_and_leaves(start: Start, minutes: Path, number: signal.Signals) -> None:
    before = minutes.read_text()
    terminal = in_a_call(start)
    terminal.signal(number)
    sent = time.perf_counter()
    assert terminal.ends() == 128 + number
    taken = time.perf_counter() - sent
    written = before.replace("release week\n", "release week\n- written before the end\n- and a dra\n")
    assert minutes.read_text() == written
    assert taken < 1
    assert terminal.modes() <= {7, 25}
    assert terminal.echoes()
    [line] = said(terminal)
    assert minutes.name in line
    assert "same command" in line
    if number == signal.SIGTERM:
        terminal = start()
        terminal.sees("Resumed: 1 entry", "› and a dra", "│ Beacon")
        terminal.send(b"ft\r")
        taken_up = written.replace("a dra\n", "a draft\n")
        terminal.wait_until(lambda: minutes.read_text() == taken_up)


def test_choosing_a_call_ends_as_cleanly(start: Start, directory: Path) -> None:
    terminal = start("--date", "2024-06-04")
    terminal.sees("Which call?", "q leaves")
    terminal.wait_until(lambda: 2004 in terminal.modes())
    terminal.signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert terminal.modes() <= {7, 25}
    assert terminal.echoes()
    terminal = start("--date", "2024-06-04")
    terminal.sees("Which call?")
    terminal.send(b"q")
    assert terminal.ends() == 0
    assert terminal.echoes()


def test_a_text_in_the_editor_survives_a_signal_and_a_kill(start: Start, minutes: Path) -> None:
    before = minutes.read_text()
    edited = before.replace("- Reconnect", "First [x] - Reconnect")
    terminal = start()
    terminal.sees("not started")
    terminal.send(b"nnneFirst [x] ")
    terminal.sees("First [x] - Reconnect")
    terminal.signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert minutes.read_text() == edited

    terminal = start()
    terminal.sees("First [x] - Reconnect", "save now")
    terminal.wait_until(lambda: minutes.read_text() == before)
    terminal.send(b"Then ")
    terminal.sees("Then First [x]")
    terminal.signal(signal.SIGKILL)
    assert terminal.ends() == 128 + signal.SIGKILL
    assert minutes.read_text() == before

    terminal = start()
    terminal.sees("Then First [x] - Reconnect", "save now")
    terminal.send(b"\x1b")
    terminal.wait_until(lambda: minutes.read_text() == edited.replace("First [x]", "Then First [x]"))


CHANGING = """
import time
from pathlib import Path
from facilitator.store import resuming
real = resuming.record
def slowly(event, clock):
    if type(event).__name__ == "EntryRecorded":
        Path("changing").touch()
        time.sleep(0.1)
    return real(event, clock)
resuming.record = slowly
from facilitator.cli import entry
entry()
"""


def test_a_signal_in_the_middle_of_a_change_waits_for_it(directory: Path, minutes: Path) -> None:
    argv = [sys.executable, "-c", CHANGING, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal(argv, directory) as terminal:
        terminal.sees("not started")
        terminal.send(b" ithe last word\r")
        terminal.wait_until((directory / "changing").exists)
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        assert terminal.modes() <= {7, 25}
    assert minutes.read_text().count("- the last word\n") == 1


IMPORTING = """
import os, signal, sys
class Finder:
    def find_spec(name, path, target=None):
        if name == "{module}":
            os.kill(os.getpid(), signal.SIGTERM)
sys.meta_path.insert(0, Finder)
from facilitator.tui import terminal
terminal._SECONDS_TO_FINISH = {patience}
from facilitator.cli import entry
entry()
"""
"""While a module is looked for, no other thread can import one."""


@pytest.mark.parametrize("patience", [0.3, 0.0])
def test_a_signal_in_the_middle_of_an_import_keeps_no_word_from_the_minutes(
    directory: Path, minutes: Path, patience: float
) -> None:
    code = IMPORTING.format(patience=patience, module="facilitator.tui.screens.help")
    argv = [sys.executable, "-c", code, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal(argv, directory) as terminal:
        terminal.sees("not started")
        terminal.send(b" ithe last word")
        terminal.sees("› the last word")
        terminal.send(b"\x1b?")
        assert terminal.ends() == 128 + signal.SIGTERM
        [line] = said(terminal)
        assert "Saved in" in line
    assert minutes.read_text().count("- the last word\n") == 1


def test_a_signal_before_a_call_is_taken_up_says_that_it_goes_on(
    start: Start, directory: Path, minutes: Path
) -> None:
    terminal = in_a_call(start)
    terminal.signal(signal.SIGKILL)
    terminal.ends()
    code = IMPORTING.format(patience=0.3, module="facilitator.store.recovering")
    argv = [sys.executable, "-c", code, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal(argv, directory) as terminal:
        assert terminal.ends() == 128 + signal.SIGTERM
        [line] = said(terminal)
        assert line == "The call goes on as it was left; the same command resumes it."
        assert terminal.modes() <= {7, 25}
    start().sees("Resumed: 1 entry", "› and a dra")


def test_a_closed_window_loses_nothing(start: Start, minutes: Path) -> None:
    terminal = in_a_call(start)
    terminal.send(b"ft\rand what came last")
    terminal.sees("• and a draft", "› and what came last")
    terminal.hang_up()
    assert terminal.ends() == 128 + signal.SIGHUP
    assert "- written before the end\n- and a draft\n- and what came last\n" in minutes.read_text()
    terminal = start()
    terminal.sees("Resumed: 2 entries", "› and what came last")
    assert "came last" not in minutes.read_text()


def test_a_terminal_gone_under_nohup_is_no_spin(start: Start, minutes: Path, directory: Path) -> None:
    code = f"import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv({sys.executable!r}, "
    argv = [*PROGRAM, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal([sys.executable, "-c", f"{code}{argv!r})"], directory) as terminal:
        terminal.sees("not started")
        terminal.send(b" ihold on\r")
        terminal.sees("• hold on")
        terminal.hang_up()
        assert terminal.ends() == 128 + signal.SIGHUP
    assert "- hold on\n" in minutes.read_text()


def test_a_stalled_terminal_does_not_hold_the_program(start: Start, minutes: Path) -> None:
    terminal = in_a_call(start)
    terminal.send(b"ft\r\x1b")
    terminal.sees("• and a draft", "i writes a note")
    for _ in range(300):  # more than a terminal holds that nobody reads
        terminal.send(b"?\x1b[6~?")
    terminal.wait_until(lambda: waits_to_write(terminal.pid))
    terminal.signal(signal.SIGTERM)
    sent = time.perf_counter()
    assert terminal.ends(reading=False) == 128 + signal.SIGTERM
    assert time.perf_counter() - sent < 2
    assert "- written before the end\n- and a draft\n" in minutes.read_text()


def test_a_stopped_call_goes_on_in_the_foreground(start: Start, minutes: Path) -> None:
    terminal = in_a_call(start)
    terminal.signal(signal.SIGTSTP)
    terminal.wait_until(lambda: _state(terminal.pid) == "T")
    terminal.wait_until(lambda: 1049 not in terminal.modes())
    assert terminal.echoes()
    terminal.signal(signal.SIGCONT)
    terminal.wait_until(lambda: 1049 in terminal.modes())
    terminal.send(b"ft\r")
    terminal.sees("• and a draft")
    terminal.wait_until(lambda: "- and a draft\n" in minutes.read_text())


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_fault_of_the_program_saves_and_is_said_in_a_line(directory: Path, minutes: Path) -> None:
    broken = (
        "from facilitator.core import chair; chair.step = None; from facilitator.cli import entry; entry()"
    )
    argv = [sys.executable, "-c", broken, "council.yaml", "--date", "2024-06-04"]
    with SeenTerminal(argv, directory) as terminal:
        terminal.sees("not started")
        terminal.send(b" iwritten before the fault\rand a dra\x1b")
        terminal.sees("• written before the fault", "draft kept")
        terminal.send(b"n")
        assert terminal.ends() == 1
        assert terminal.modes() <= {7, 25}
        assert terminal.echoes()
        [line] = said(terminal)
        assert "fault" in line
        assert "TypeError" in line
        assert minutes.name in line
    assert "- written before the fault\n- and a dra\n" in minutes.read_text()


def test_the_minutes_of_calls_cut_off_are_written_without_a_screen(
    start: Start, directory: Path, minutes: Path
) -> None:
    terminal = in_a_call(start)
    listed = _recover(directory, "--list")
    assert f"{minutes}: Harbor Council 2024-06-04, 1 entry since" in listed.stdout
    assert f"facilitator {terminal.pid} has it open" in listed.stdout
    assert "left alone" in _recover(directory).stderr
    terminal.signal(signal.SIGKILL)
    assert terminal.ends() == 128 + signal.SIGKILL
    before = minutes.read_text()

    recovered = _recover(directory)
    assert recovered.returncode == 0
    assert recovered.stdout == f"{minutes}\n"
    after = minutes.read_text()
    assert after == before.replace("before the end\n", "before the end\n- and a dra\n")
    _recover(directory)
    assert minutes.read_text() == after

    start().sees("› and a dra", "• written before the end")


def _recover(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "recover", *arguments], cwd=directory, capture_output=True, text=True, check=False
    )
