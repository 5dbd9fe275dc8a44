"""The command line: stdout is data, stderr is talk, and every mistake is one line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator import __version__
from facilitator.cli import main
from facilitator.commands import DONE, REFUSED, WRONG_USE
from tests.chairing import AGENDA, MINUTES


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "calls"
    directory.mkdir()
    (directory / "council.yaml").write_text(AGENDA)
    (directory / "council.md").write_text(MINUTES)
    monkeypatch.chdir(directory)
    return directory


def test_the_version_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out == f"facilitator {__version__}\n"


def test_help_names_every_command_and_each_has_help_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    from facilitator.cli import _COMMANDS

    assert main(["--help"]) == DONE
    shown = capsys.readouterr().out
    for name, (_, _, line) in _COMMANDS.items():
        assert f"  {name}" in shown
        assert line in shown
        assert main([name, "--help"]) == DONE
        assert f"usage: facilitator {name}" in capsys.readouterr().out


def test_every_key_is_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == DONE
    shown = capsys.readouterr().out
    assert "  space" in shown
    assert "wrap up and adjourn" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "yesterday"], "'yesterday' is no date, write it as in 2018-09-04"),
        (["--duration", "soon"], "soon"),
        (["--no-such"], "--no-such"),
        (["check"], "FILE"),
        (["keys", "more"], "more"),
    ],
)
def test_wrong_use_says_what_is_wrong(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def run(directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program with no terminal at all."""
    return subprocess.run(
        [sys.executable, "-m", "facilitator", *arguments],
        cwd=directory,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "arguments", [["council.md"], ["council.yaml"], ["demo"], [], ["follow", "council.md"]]
)
def test_without_a_terminal_there_is_one_line_and_no_screen(directory: Path, arguments: list[str]) -> None:
    ran = run(directory, *arguments)
    assert ran.returncode == WRONG_USE
    assert ran.stdout == ""
    assert ran.stderr == "facilitator draws on a terminal; this is none: start it in one\n"


def test_an_agenda_with_mistakes_is_refused_line_by_line(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (directory / "bad.yaml").write_text("title: x\nminuts: y\nagenda: [A: 5x]\n")
    assert main(["check", "bad.yaml"]) == REFUSED
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("bad.yaml:") for line in lines)
    assert main(["check", "council.yaml"]) == DONE


def test_a_reader_that_goes_away_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["keys"]) == REFUSED
