"""``facilitator clobbers MINUTES [--heal]``: what commits wiped in the history of the minutes."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from facilitator.commands import DONE, REFUSED, show, wrong
from facilitator.core.document import TooLarge
from facilitator.store import clobbers, git, minutes_file, saving, shelf
from facilitator.store.disk import shown
from facilitator.store.minutes_file import ChangedOnDisk, MinutesError, MissingMinutes


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator clobbers",
        description="List the commits that wiped sections others had written in, a line each: commit, how long ago, "
        "author, sections, restored since or not.",
        epilog="Exit code 1 where something is still missing.",
    )
    made.add_argument("minutes", type=Path, metavar="MINUTES", help="the minutes (.md), in a git checkout")
    made.add_argument("--heal", action="store_true", help="put back what is still missing")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print what commits wiped, and put it back if asked."""
    path: Path = arguments.minutes
    try:
        here = minutes_file.read(path)
        if not git.head(path):
            return wrong(f"{shown(path)}: it lies in no git checkout, name minutes that do")
        found = clobbers.find(path)
        healed = clobbers.healed(here.content, found)
        if arguments.heal:
            saving.write(path, healed, here)
    except MissingMinutes:
        return wrong(shelf.missing(path))
    except (MinutesError, ChangedOnDisk) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except (git.GitError, TooLarge) as error:
        print(f"{shown(path)}: {error}", file=sys.stderr)
        return REFUSED
    for one in found:
        show(clobbers.line(one, here.content, time.time(), heal=arguments.heal))
    return DONE if arguments.heal or healed == here.content else REFUSED
