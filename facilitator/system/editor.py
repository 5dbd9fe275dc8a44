"""The chair's own editor: which one it is, how it opens a file, and a private file for it to open.

Running it is the screen's business. Its command line is a list of words: no shell sees it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FALLBACKS = ("editor", "nano", "vi")
"""What is tried where neither VISUAL nor EDITOR is set."""

# Editors that take +N for a line; what follows the letters (vim.basic, emacs29-nox) is no part of the name.
_TAKES_LINES = re.compile(r"(?:n?vim?|view|nano|pico|emacs(?:client)?|mg|micro|joe|kak|ne)(?![a-z])")


class EditorError(Exception):
    """There is no editor to be run; the message is one line for the chair."""


def find(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Give the words of the editor's command: ``$VISUAL``, else ``$EDITOR``, else one of ``FALLBACKS``.

    Raises ``EditorError`` where the variable names no program that can be run, or nothing is found.
    """
    path = environment.get("PATH")
    for variable in ("VISUAL", "EDITOR"):
        if not (command := environment.get(variable, "").strip()):
            continue
        try:
            words = tuple(shlex.split(command))
        except ValueError as error:
            raise EditorError(f"${variable} is not a command ({error}): {command}") from None
        if not words or not shutil.which(words[0], path=path):
            raise EditorError(f"${variable} names no program that is here: {command}")
        return words
    for name in FALLBACKS:
        if shutil.which(name, path=path):
            return (name,)
    raise EditorError("no editor found: set VISUAL or EDITOR to one")


def argv(editor: tuple[str, ...], path: Path, line: int | None = None) -> list[str]:
    """Give the words that open a file, at a line (from 1) where the editor is known to take one."""
    program = shutil.which(editor[0]) or editor[0]
    names = Path(program).name, Path(os.path.realpath(program)).name
    at = [f"+{line}"] if line and any(map(_TAKES_LINES.match, names)) else []
    return [*editor, *at, str(path.absolute())]


@dataclass(frozen=True, slots=True)
class Draft:
    """A private copy of a text, for an editor."""

    path: Path

    def read(self) -> bytes | None:
        """Give the text as it is now; None where the editor has removed it or made it unreadable."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None


@contextmanager
def draft(text: bytes) -> Iterator[Draft]:
    """Keep a draft of a text as long as the block lasts.

    It lies in a directory of its own that only the user can enter, and goes with it: what editors leave
    beside a file (swap files, backups) goes too. Raises ``OSError`` where it can't be written.
    """
    with TemporaryDirectory(prefix="facilitator-", ignore_cleanup_errors=True) as directory:
        path = Path(directory, "item.md")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(text)
        yield Draft(path)
