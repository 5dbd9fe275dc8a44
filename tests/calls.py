"""A call without a screen or a thread, on a clock that the test moves: what the tests of sessions share."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator.core import chair
from facilitator.core.meeting import Meeting
from facilitator.core.record import Entry, Note
from facilitator.store import opening
from facilitator.store.call import Call
from facilitator.store.outcomes import Outcome
from facilitator.store.session import Session
from facilitator.system.clock import ManualClock

DAY = date(2024, 6, 4)
CALL = 30 * 60
"""Seconds."""

MINUTES = b"""# Harbor Council 2024-06-04

## Announcements

- The pier is open again

## Reviews

### Beacon - Tomas Rey

- Reconnect storms are fixed
  - upgrade before release week

### Lantern - Ingrid Solheim

### Foghorn - Priya Nair

- First three outside contributors
"""


@dataclass
class Chair:
    """An open call, and what a chair does in it."""

    session: Session
    path: Path
    clock: ManualClock
    told: list[Outcome]

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    def start(self) -> None:
        self.session.record(chair.toggle_clock(self.meeting, self.clock.now()))  # type: ignore[arg-type]

    def note(self, item: str | int, text: str) -> None:
        """Write a note under an item, named by its title or its place."""
        self.write(item, Note(text))

    def write(self, item: str | int, entry: Entry) -> None:
        found = self.meeting.items[item].key if isinstance(item, int) else self.item(item)
        self.session.record(chair.write(self.meeting, found, entry, self.clock.now()))

    def item(self, title: str) -> str:
        return next(one.key for one in self.meeting.items if one.title == title)

    def look(self) -> None:
        """Let a second go by: look at the file, and take in what is found."""
        self.clock.advance(1.0)
        self.session.look()
        self.session.storage.run_pending(self.clock.now())
        self.session.catch_up()
        self.session.storage.run_pending(self.clock.now())

    def adjourn(self) -> bool:
        for event in chair.adjourn(self.meeting, self.clock.now()):
            self.session.record(event)
        return self.session.close()

    def theirs(self, source: bytes) -> None:
        """Let somebody else save the minutes."""
        self.path.write_bytes(source)

    def disk(self) -> bytes:
        return self.path.read_bytes()


def open_call(path: Path, clock: ManualClock | None = None) -> Chair:
    """Open the call of minutes, or resume it."""
    clock = clock or ManualClock()
    told: list[Outcome] = []
    session = Session(opening.open_call(Call(path, DAY, CALL), clock))
    session.deliver = told.append
    return Chair(session, path, clock, told)


@dataclass(frozen=True)
class Checkout:
    """A git checkout that holds minutes, on the branch main."""

    path: Path

    @classmethod
    def make(cls, directory: Path) -> Checkout:
        directory.mkdir(exist_ok=True)
        made = cls(directory / "2024-06-04-council.md")
        made.git("init", "-q", "-b", "main")
        return made

    def git(self, *arguments: str, author: str = "Ada Brandt") -> str:
        """Run git there, with nothing of the user's own settings."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": "author@example.org",
            "GIT_COMMITTER_NAME": author,
            "GIT_COMMITTER_EMAIL": "author@example.org",
        }
        done = subprocess.run(
            ("git", "-C", str(self.path.parent), *arguments), env=environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def commit(self, author: str, source: bytes) -> str:
        """Save the minutes and commit them; returns the commit's id."""
        self.path.write_bytes(source)
        self.git("add", self.path.name)
        self.git("commit", "-q", "-m", "Update the minutes", author=author)
        return self.git("rev-parse", "HEAD")

    def join(self, branch: str, author: str, source: bytes) -> None:
        """Merge a branch, with the minutes as their author wants them."""
        self.git("merge", "-q", "--no-commit", "--no-ff", "-s", "ours", branch)
        self.commit(author, source)
