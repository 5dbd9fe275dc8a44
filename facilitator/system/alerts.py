"""What calls for attention outside the window: the bell, a desktop notification, a sound, the terminal's title.

The first three sequences are built here as text, from people's words that are cleaned so that none of them can end
or begin an escape sequence; who writes them is somebody else. Which notification a terminal takes:

- OSC 99: kitty.
- OSC 777: foot, WezTerm, Konsole, rxvt-unicode, and those terminals built on VTE that show any.
- OSC 9: iTerm2, Ghostty and any other; a terminal that knows none of them shows nothing.

Inside tmux they are wrapped for the terminal around it, which ``set -g allow-passthrough on`` lets through.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from facilitator.core.marks import visible

BELL = "\a"
SOUND_SECONDS = 30.0
"""How long a sound may last before it is cut off."""

_ESCAPE, _END = "\x1b", "\x1b\\"
_TITLE_CHARACTERS = 100
_BODY_CHARACTERS = 200
_NO_TITLES = ("", "dumb", "linux", "unknown", "vt52", "vt100", "vt102", "vt220", "cons25")
"""What ``TERM`` is where a title would be drawn over the screen."""
_PLAYERS = (("afplay", ""), ("pw-play", ""), ("paplay", ""), ("aplay", ".wav"))
"""Programs that play a file, and the suffix that is all they can play: ``aplay`` takes anything else for noise."""


def one_line(text: str, characters: int) -> str:
    """Return a text as one line of so many characters at most, in which none acts on a terminal."""
    line = " ".join(visible(text).split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def title(text: str) -> str:
    """Return what sets the terminal's title."""
    return f"{_ESCAPE}]2;{one_line(text, _TITLE_CHARACTERS)}{_END}"


def takes_titles(environment: Mapping[str, str]) -> bool:
    """Say whether the terminal that an environment describes has a title to set."""
    return environment.get("TERM", "") not in _NO_TITLES


def notification(heading: str, body: str, environment: Mapping[str, str]) -> str:
    """Return what shows a desktop notification in the terminal that an environment describes; nothing on a console."""
    if not takes_titles(environment):
        return ""
    heading, body = one_line(heading, _TITLE_CHARACTERS), one_line(body, _BODY_CHARACTERS)
    kind = _kind(environment)
    if kind == 99:
        sequence = (
            f"{_ESCAPE}]99;i=facilitator:d=0;{heading}{_END}{_ESCAPE}]99;i=facilitator:p=body;{body}{_END}"
        )
    elif kind == 777:
        sequence = f"{_ESCAPE}]777;notify;{_field(heading)};{_field(body)}{_END}"
    else:  # a text that begins with a number and a semicolon means something else to some
        sequence = f"{_ESCAPE}]9;{_field(body)} ({_field(heading)}){_END}"
    if environment.get("TMUX"):
        return f"{_ESCAPE}Ptmux;{sequence.replace(_ESCAPE, _ESCAPE * 2)}{_END}"
    return sequence


def _field(text: str) -> str:
    return text.replace(";", ",")


def _kind(environment: Mapping[str, str]) -> int:
    """Return the number of the notification that a terminal takes."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "").casefold()
    if environment.get("KITTY_WINDOW_ID") or term == "xterm-kitty":
        return 99
    marks = ("VTE_VERSION", "KONSOLE_VERSION", "WEZTERM_PANE")
    named = term.startswith(("foot", "rxvt-unicode")) or program == "wezterm"
    return 777 if named or any(environment.get(mark) for mark in marks) else 9


def play(file: str, failed: Callable[[str], object]) -> None:
    """Play a sound and wait for nothing; ``failed`` is called on another thread with a line that says why not."""
    threading.Thread(target=_play, args=(file, failed), daemon=True).start()


def _play(file: str, failed: Callable[[str], object]) -> None:
    found = (shutil.which(name) for name, only in _PLAYERS if file.lower().endswith(only))
    player = next(filter(None, found), None)
    if player is None:
        wanted = ", ".join(name for name, _ in _PLAYERS)
        failed(f"{Path(file).name} can't be played: none of {wanted} is there to do it")
        return
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [player, file], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError as error:
        failed(f"{Path(player).name} can't be started: {error.strerror}")
        return
    try:
        status = process.wait(SOUND_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return
    if status:
        failed(f"{Path(file).name} can't be played: {Path(player).name} ended with {status}")
