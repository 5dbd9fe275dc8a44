"""``facilitator actions [PATH…]``: open action items across minutes, the oldest first."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from facilitator.commands import DONE, REFUSED, show
from facilitator.core.digest import action_line, action_values
from facilitator.core.marks import visible
from facilitator.store import shelf


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator actions", description="List open action items across minutes, the oldest first."
    )
    made.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="minutes, or directories with dated ones anywhere below (default: the current directory)",
    )
    made.add_argument("--owner", default="", metavar="NAME", help="only theirs: a name, or initials")
    made.add_argument("--all", action="store_true", help="those that are done, too")
    made.add_argument("--json", action="store_true", help="as JSON")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print action items, the oldest first, and where each stands."""
    kept, refused = shelf.read_all(arguments.paths or [Path()])
    found = shelf.actions(kept, owner=arguments.owner, done=arguments.all)
    if arguments.json:
        day = [one.day.isoformat() if one.day else None for one in found]
        rows = [
            {"minutes": one.minutes, "line": one.line, "date": when, **action_values(one.action)}
            for one, when in zip(found, day, strict=True)
        ]
        show(json.dumps(rows, indent=2))
    else:
        for one in found:
            show(visible(f"{one.minutes}:{one.line}: {action_line(one.action)}"))
    for error in refused:
        print(error, file=sys.stderr)
    return REFUSED if refused else DONE
