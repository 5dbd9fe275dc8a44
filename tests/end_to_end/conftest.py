"""A chair at a real terminal: the installed program in a pseudo-terminal, on minutes in a directory of its own."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chairing import AGENDA, MINUTES
from tests.terminal import SeenTerminal

HASTY = "from facilitator.core import adjourning, repairs; repairs.TOO_SOON = adjourning.EARLY = 0.0; "
PROGRAM = [sys.executable, "-c", HASTY + "from facilitator.cli import entry; entry()"]
"""The program as it is installed, but that no key of a test's chair, who waits for nothing, is taken for a slip."""

Start = Callable[..., SeenTerminal]
"""Start the program with arguments; ``size`` and variables of the environment by name."""


def elapsed(terminal: SeenTerminal) -> int:
    """Return the seconds of the call that the screen shows; 0 where it shows none."""
    shown = re.search(r"(\d+):(\d\d) / ", terminal.screen())
    return 60 * int(shown[1]) + int(shown[2]) if shown else 0


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the chair is: minutes and their agenda."""
    directory = tmp_path / "calls"
    directory.mkdir()
    (directory / "council.yaml").write_text(AGENDA, encoding="utf-8")
    (directory / "2024-06-04-council.md").write_text(MINUTES, encoding="utf-8")
    return directory


@pytest.fixture
def minutes(directory: Path) -> Path:
    """The minutes that the agenda names for the day."""
    return directory / "2024-06-04-council.md"


@pytest.fixture
def start(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start the program; whatever still runs at the end is ended."""
    for name in ("VISUAL", "EDITOR", "LC_ALL", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    started: list[SeenTerminal] = []

    def program(*arguments: str, size: tuple[int, int] = (120, 40), **environment: str) -> SeenTerminal:
        argv = [*PROGRAM, *(arguments or ("council.yaml", "--date", "2024-06-04"))]
        terminal = SeenTerminal(argv, directory, size, **environment)
        started.append(terminal)
        return terminal

    yield program
    for terminal in started:
        terminal.close()
