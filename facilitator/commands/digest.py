"""``facilitator digest MINUTES``: what a call came to, for the mailing list."""

from __future__ import annotations

import argparse
from pathlib import Path

from facilitator.commands import DONE, show, wrong
from facilitator.store import shelf


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator digest", description="Print decisions, action items, motions and time of minutes."
    )
    made.add_argument("minutes", type=Path, metavar="MINUTES", help="the minutes (.md)")
    made.add_argument(
        "--format",
        choices=("markdown", "text", "html", "json"),
        default="markdown",
        help="(default: markdown)",
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the digest of minutes."""
    try:
        show(shelf.written_digest(arguments.minutes, arguments.format).rstrip("\n"))
    except shelf.Unreadable as error:
        return wrong(str(error))
    return DONE
