"""What the checkout that the minutes lie in knows of them, asked of the ``git`` program.

People's text goes to it as arguments of a list, after ``--``, or on its standard input, never through a shell; it runs
none of the repository's hooks or monitors, asks nobody anything, takes no locks it can do without, and is given a time.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20.0
"""How long one command may take."""

_SAFE = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor="),
    *("-c", "log.showSignature=false"),
    *("-c", "gc.auto=0"),
)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_FORMAT = "%H%x00%P%x00%an%x00%at%x00%s"


class GitError(Exception):
    """What git said, in one line."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed the minutes, and the minutes in it and in its parents."""

    id: str
    """Hexadecimal."""
    parents: tuple[str, ...]
    author: str
    at: int
    """Seconds since the epoch at which its author made it."""
    subject: str
    content: bytes | None
    """The minutes; None where it removed them."""


def head(path: Path) -> bytes:
    """Return what the checkout that ``path`` lies in is on: a branch or a commit; empty where it lies in none.

    Read without a process: it is asked for when a call is opened.
    """
    with contextlib.suppress(OSError):
        directory = Path(os.path.realpath(path)).parent
        for place in (directory, *directory.parents):
            store = place / ".git"
            if store.is_file():  # a work tree of its own, or a submodule
                store = place / os.fsdecode(store.read_bytes().removeprefix(b"gitdir:").strip())
            if store.is_dir():
                return (store / "HEAD").read_bytes().strip()
    return b""


def history(path: Path, limit: int, seconds: float = SECONDS) -> tuple[Commit, ...]:
    """Return the latest commits that changed the minutes, at most ``limit``, the newest first.

    Empty where there is no checkout, no git, or no such commit.

    Raises:
        GitError: where git fails in another way, or takes longer than ``seconds``.

    """
    if not head(path):
        return ()
    options = ("-z", "--full-history", f"--max-count={limit}", f"--format={_FORMAT}")
    try:
        listed = _run(path, ("log", *options, "--", _pathspec(path)), seconds)
    except GitError:
        if _run(path, ("rev-list", "--max-count=1", "--all"), seconds):
            raise
        return ()  # nothing was ever committed
    fields = listed.split(b"\0")
    records = [fields[at : at + 5] for at in range(0, len(fields) - 4, 5)]
    texts = contents(path, [record[0].decode() for record in records], seconds)
    return tuple(
        Commit(
            record[0].decode(),
            tuple(record[1].decode().split()),
            record[2].decode("utf-8", "replace"),
            int(record[3]),
            record[4].decode("utf-8", "replace"),
            text,
        )
        for record, text in zip(records, texts, strict=True)
    )


def contents(path: Path, commits: Sequence[str], seconds: float = SECONDS) -> list[bytes | None]:
    """Return the minutes as they are in some commits, None where they are not in it.

    Raises:
        GitError: where git fails, or takes longer than ``seconds``.

    """
    if not commits:
        return []
    name = Path(os.path.realpath(path)).name
    if "\n" in name:
        raise GitError("a file with a line feed in its name cannot be asked for")
    prefix = os.fsdecode(_run(path, ("rev-parse", "--show-prefix"), seconds)).removesuffix("\n")
    asked = "".join(f"{commit}:{prefix}{name}\n" for commit in commits)
    answer = _run(path, ("cat-file", "--batch"), seconds, os.fsencode(asked))
    found: list[bytes | None] = []
    at = 0
    for _ in commits:
        end = answer.index(b"\n", at)
        said = answer[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(said) == 3 and said[1] == b"blob":
            found.append(answer[at : at + int(said[2])])
        else:
            found.append(None)
        if len(said) == 3 and said[2].isdigit():
            at += int(said[2]) + 1
    return found


def merge_base(path: Path, commits: Iterable[str], seconds: float = SECONDS) -> str:
    """Return the best common ancestor of commits; empty where they have none."""
    try:
        return _run(path, ("merge-base", *commits), seconds).split(b"\n")[0].decode()
    except GitError:
        return ""


def _pathspec(path: Path) -> str:
    return f":(literal){Path(os.path.realpath(path)).name}"


def _run(path: Path, arguments: Sequence[str], seconds: float, given: bytes = b"") -> bytes:
    """Run git in the directory of the minutes and return what it said; GitError where it failed."""
    directory = os.path.dirname(os.path.realpath(path))
    # Where git was told of a repository by the environment, that is not the one the minutes lie in.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ("git", "--no-pager", "-C", directory, *_SAFE, *arguments),
            input=given,
            capture_output=True,
            env={**outside, **_QUIET},
            timeout=seconds,
            check=False,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {seconds:g} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[0] if said else f"git {arguments[0]} ended with {done.returncode}")
    return done.stdout
