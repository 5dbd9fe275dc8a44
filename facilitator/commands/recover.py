"""``facilitator recover [--list]``: calls that ended without adjourning."""

from __future__ import annotations

import argparse
import sys

from facilitator.commands import DONE, REFUSED
from facilitator.store import recovering
from facilitator.store.disk import Fault
from facilitator.store.opening import CannotOpen
from facilitator.store.unfinished import unfinished, unreadable
from facilitator.system.clock import SystemClock


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator recover", description="Write the minutes of calls that ended without adjourning."
    )
    made.add_argument("--list", action="store_true", help="only say which calls these are, a line each")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the minutes of calls that were cut off; each can still be resumed."""
    problems = unreadable()
    for one in unfinished():
        if arguments.list:
            print(recovering.line(one))
        elif one.pid is not None:
            print(f"{recovering.line(one)}: left alone", file=sys.stderr)
        else:
            try:
                written, said = recovering.recover(one, SystemClock())
                print(written)
                problems += said
            except (CannotOpen, Fault) as error:
                problems.append(str(error))
    for problem in problems:
        print(problem, file=sys.stderr)
    return REFUSED if problems else DONE
