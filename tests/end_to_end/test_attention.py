"""The bell and the title in a real terminal, which has its own title back however the program ends."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Start, elapsed

KEPT, BACK = b"\x1b[22;2t", b"\x1b]2;\x1b\\\x1b[23;2t"
SHORT = """\
title: Harbor Council {date}
minutes: "{date}-council.md"
duration: 30m
agenda:
  - Announcements: 1s
  - Discussion: 8m
"""


def rings(output: bytes) -> int:
    """Count the bells that end no sequence."""
    return re.sub(rb"\x1b\][^\a\x1b]*\a", b"", output).count(b"\a")


@pytest.mark.parametrize("way", ["q", "SIGTERM"])
def test_the_title_is_the_terminal_s_own_again(start: Start, way: str) -> None:
    terminal = start()
    terminal.sees("not started")
    terminal.send(b" ")
    told = "\x1b]2;2:00, Announcements · Harbor Council 2024-06-04\x1b\\".encode()
    terminal.wait_until(lambda: told in terminal.output)
    assert terminal.output.count(KEPT) == 1
    assert terminal.output.index(KEPT) < terminal.output.index(b"\x1b]2;")
    if way == "q":
        terminal.send(b"q")
        assert terminal.ends() == 0
    else:
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
    assert terminal.output.count(BACK) == 1
    assert b"\x1b]2;" not in terminal.output.partition(BACK)[2]


@pytest.mark.parametrize(("arguments", "environment"), [(["--no-title"], {}), ([], {"TERM": "linux"})])
def test_no_title_where_none_is_wanted(
    start: Start, arguments: list[str], environment: dict[str, str]
) -> None:
    terminal = start("council.yaml", "--date", "2024-06-04", *arguments, **environment)
    terminal.sees("not started")
    terminal.send(b" ")
    terminal.wait_until(lambda: elapsed(terminal))
    terminal.send(b"q")
    assert terminal.ends() == 0
    assert b"\x1b]2;" not in terminal.output
    assert KEPT not in terminal.output


def test_the_bell_rings_and_the_desktop_is_told_when_time_is_up(start: Start, directory: Path) -> None:
    (directory / "short.yaml").write_text(SHORT)
    (directory / "2024-06-04-council.md").write_text("# Council\n\n## Announcements\n\n## Discussion\n")
    terminal = start(
        "short.yaml", "--date", "2024-06-04", "--alerts", "bell,desktop", TMUX="", KITTY_WINDOW_ID="1"
    )
    terminal.sees("not started")
    assert not rings(terminal.output)
    terminal.send(b" ")
    told = b"\x1b]99;i=facilitator:p=body;Announcements: time is up\x1b\\"
    terminal.wait_until(lambda: told in terminal.output)
    terminal.send(b"q")
    assert terminal.ends() == 0
    assert terminal.output.count(told) == 1
    assert rings(terminal.output) == terminal.output.count(
        b":p=body;"
    )  # there may have been a warning before
