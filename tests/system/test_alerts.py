"""What is sent to terminals to call for attention, whatever people's words are."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.system import alerts

TERMINALS: list[tuple[dict[str, str], str]] = [
    ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "\x1b]99;"),
    ({"TERM": "foot"}, "\x1b]777;"),
    ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "\x1b]9;"),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "\x1b]777;"),
    ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "\x1b]777;"),
    ({"TERM": "xterm-256color", "KONSOLE_VERSION": "240800"}, "\x1b]777;"),
    ({"TERM": "rxvt-unicode-256color"}, "\x1b]777;"),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "\x1b]9;"),
    ({"TERM": "xterm"}, "\x1b]9;"),
    ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"}, "\x1bPtmux;\x1b\x1b]9;"),
    ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0", "KITTY_WINDOW_ID": "1"}, "\x1bPtmux;\x1b\x1b]99;"),
]
SEQUENCE = re.compile(r"\x1b\][^\x00-\x1f\x7f-\x9f]*\x1b\\")
ANY = st.text(
    st.one_of(st.characters(exclude_categories=[]), st.sampled_from("\x1b\a\x9c\x9d\\;\n\u202e\udc9c"))
)


@pytest.mark.parametrize(("environment", "begins"), TERMINALS)
def test_each_terminal_gets_the_notification_it_takes(environment: dict[str, str], begins: str) -> None:
    shown = alerts.notification("Harbor Council", "Beacon: time is up", environment)
    assert shown.startswith(begins)
    assert shown.endswith("\x1b\\")
    assert "Beacon: time is up" in shown
    assert "Harbor Council" in shown


@pytest.mark.parametrize("term", ["linux", "dumb", ""])
def test_a_console_gets_none_and_no_title(term: str) -> None:
    assert alerts.notification("Harbor Council", "Beacon", {"TERM": term, "TMUX": "x"}) == ""
    assert not alerts.takes_titles({"TERM": term})


@given(ANY, ANY, st.sampled_from([environment for environment, _ in TERMINALS]))
def test_no_words_end_or_begin_a_sequence(heading: str, body: str, environment: Mapping[str, str]) -> None:
    shown = alerts.notification(heading, body, environment)
    if "TMUX" in environment:
        inner = shown.removeprefix("\x1bPtmux;").removesuffix("\x1b\\")
        assert not re.search(r"(?<!\x1b)(\x1b\x1b)*\x1b(?!\x1b)", inner)
        shown = inner.replace("\x1b\x1b", "\x1b")
    assert SEQUENCE.sub("", shown, count=2) == ""
    assert shown.count("\x1b]") == (2 if "]99;" in shown[:6] else 1)
    shown.encode()


@given(ANY, ANY)
def test_no_words_are_taken_for_a_field_or_for_another_command(heading: str, body: str) -> None:
    assert alerts.notification(heading, body, {"TERM": "foot"}).count(";") == 3
    assert alerts.notification(heading, body, {"TERM": "xterm"}).count(";") == 1


@given(ANY)
def test_a_title_is_one_short_sequence(text: str) -> None:
    told = alerts.title(text)
    assert SEQUENCE.fullmatch(told)
    assert len(told) <= 110
    told.encode()


class TestSound:
    @staticmethod
    def player(directory: Path, name: str, script: str) -> None:
        program = directory / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    @staticmethod
    def played(file: str) -> list[str]:
        """Play, wait for the thread that does it, and return what was said."""
        said: list[str] = []
        before = set(threading.enumerate())
        alerts.play(file, said.append)
        for thread in set(threading.enumerate()) - before:
            thread.join(10)
        return said

    def test_it_is_played_without_a_shell(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        self.player(tmp_path, "paplay", f'echo "$1" > {tmp_path}/heard')
        assert self.played("/x/$HOME; ding.oga") == []
        assert (tmp_path / "heard").read_text() == "/x/$HOME; ding.oga\n"

    def test_what_goes_wrong_is_one_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        self.player(tmp_path, "aplay", "exit 3")
        assert self.played("/x/ding.wav") == ["ding.wav can't be played: aplay ended with 3"]
        assert self.played("/x/ding.oga") == [
            "ding.oga can't be played: none of afplay, pw-play, paplay, aplay is there to do it"
        ]
        (tmp_path / "pw-play").write_bytes(b"\x7fELF")
        (tmp_path / "pw-play").chmod(0o755)
        assert self.played("/x/ding.oga") == ["pw-play can't be started: Exec format error"]
