"""``facilitator take MINUTES [SCRIPT]``: the capture line without the screen."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from facilitator.commands import DONE, REFUSED, day, wrong
from facilitator.core.document import TooLarge
from facilitator.core.marks import visible
from facilitator.store import agenda_file, series, taking
from facilitator.store import call as calls
from facilitator.store.disk import Fault
from facilitator.store.opening import CannotOpen, open_call
from facilitator.system.clock import SystemClock


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator take",
        description="Record a script in minutes: one entry per line, as typed into the capture line. "
        "Topic: NAME chooses the item; the first one until then.",
        epilog="Exit code 1 where a line could not be recorded; each such line is named.",
    )
    made.add_argument("minutes", type=Path, metavar="MINUTES", help="the minutes (.md)")
    made.add_argument(
        "script",
        nargs="?",
        type=Path,
        metavar="SCRIPT",
        help="the lines; standard input without it, or for -",
    )
    made.add_argument(
        "--agenda",
        type=Path,
        metavar="FILE",
        help="the agenda the minutes are of: its people, its next call (default: the one of agendas/ that names them)",
    )
    made.add_argument(
        "--date", type=day, metavar="DATE", help="the call's date (default: that of the file's name)"
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Record a script, and say what could not be recorded."""
    today = datetime.now().astimezone().date()
    script = None if arguments.script == Path("-") else arguments.script
    try:
        source = arguments.agenda or series.agenda_of(
            arguments.minutes, arguments.date or calls.dated(arguments.minutes.name)
        )
        agenda = agenda_file.load(source) if source else None
        call = calls.of_minutes(arguments.minutes, arguments.date, today, None, agenda)
        text = _read(script)
        opened = open_call(call, SystemClock())
    except (agenda_file.AgendaErrors, calls.NoSuchCall) as error:
        return wrong(str(error))
    except OSError as error:
        return wrong(f"{script or 'stdin'}: cannot be read: {error.strerror}")
    except (CannotOpen, Fault, TooLarge) as error:
        named = f"{call.path}: {error}" if isinstance(error, TooLarge) else str(error)
        print(named, file=sys.stderr)
        return REFUSED
    taken = taking.take(opened, text)
    for remark in taken.remarks:
        print(visible(f"{script or 'stdin'}:{remark}"), file=sys.stderr)
    for trouble in taken.troubles:
        print(trouble, file=sys.stderr)
    if not taken.troubles:
        print(visible(f"{taken.entries} recorded in {call.path}"), file=sys.stderr)
    return DONE if taken.complete else REFUSED


def _read(script: Path | None) -> str:
    """Return the lines of a script, or of standard input; bytes that are not UTF-8 stay what they are."""
    if script is None and sys.stdin is None:
        return ""
    content = script.read_bytes() if script else sys.stdin.buffer.read()
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
