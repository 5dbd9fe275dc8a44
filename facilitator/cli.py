"""The command line: arguments to calls. stdout is data, stderr is talk.

Exit codes: 0 done, 1 findings or refused, 2 wrong use. The screen is imported only when one is asked for.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitator import __version__
from facilitator.commands import DONE, REFUSED, WRONG_USE, day, wrong

if TYPE_CHECKING:
    import argparse

    from facilitator.store.call import Call


class Asked(NamedTuple):
    """Which call is asked for; ``duration`` is seconds."""

    file: Path | None = None
    date: date | None = None
    duration: int | None = None
    alerts: tuple[str, ...] | None = None
    title: bool | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that are named, which count more than those of files and the environment."""
        named = {"alerts": self.alerts, "title": self.title}
        return {name: value for name, value in named.items() if value is not None}


def entry() -> None:
    """Run as the installed program."""
    gc.disable()  # nothing that start-up makes is garbage; the screen turns collecting on again
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run with these arguments, the program's name not among them, and return the exit code."""
    arguments = list(argv)
    named = arguments[0] if arguments else ""
    try:
        if named in _COMMANDS:
            parsed = _COMMANDS[named][1]().parse_args(arguments[1:])
            return _COMMANDS[named][0](parsed)
        return _chair(_usual(arguments) or Asked(**vars(_chair_parser().parse_args(arguments))))
    except SystemExit as exited:  # argparse leaves this way
        return exited.code if isinstance(exited.code, int) else WRONG_USE
    except BrokenPipeError:
        sys.stderr.close()
        return REFUSED


# Parsers


def _usual(arguments: Sequence[str]) -> Asked | None:
    """Read a file with a date or none, what most calls are started with; None where there is more to read.

    That spares the start of a call the import of argparse.
    """
    match arguments:
        case [file] if not file.startswith("-"):
            return Asked(Path(file))
        case [file, "--date", when] if not file.startswith("-"):
            with suppress(ValueError):
                return Asked(Path(file), date.fromisoformat(when))
    return None


def _chair_parser() -> argparse.ArgumentParser:
    import argparse

    listed = "\n".join(f"  {name:<8} {one[2]}" for name, one in _COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="facilitator",
        description="Chair a call: agenda, timers, notes, decisions and action items, saved as dated Markdown.",
        epilog=f"commands:\n{listed}\n\nfacilitator COMMAND --help says more about one of them.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="AGENDA.yaml|MINUTES.md",
        help="what to chair; without it the only agenda in agendas/, else a choice",
    )
    parser.add_argument(
        "--date",
        type=day,
        metavar="DATE",
        help="the call's date, as in 2018-09-04 (default: the next call)",
    )
    parser.add_argument(
        "--duration", type=_duration, metavar="TIME", help="of a call without agenda, as in 30m (default)"
    )
    _add_settings(parser)
    parser.add_argument("--version", action="version", version=f"facilitator {__version__}")
    return parser


def _demo_parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(prog="facilitator demo", description=_COMMANDS["demo"][2])
    _add_settings(parser)
    return parser


def _follow_parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(prog="facilitator follow", description=_COMMANDS["follow"][2])
    parser.add_argument(
        "minutes", nargs="?", type=Path, metavar="MINUTES.md", help="whose call; without it the only one"
    )
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the settings that can be chosen for one call."""
    import argparse

    parser.add_argument(
        "--alerts",
        type=_alerts,
        metavar="LIST",
        help="what calls for attention beside colour when time runs out: bell, desktop, sound or none",
    )
    parser.add_argument(
        "--title", action=argparse.BooleanOptionalAction, help="tell the time left in the terminal's title"
    )


def _alerts(text: str) -> tuple[str, ...]:
    import argparse

    from facilitator.store.config_values import alerts

    try:
        return alerts(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _duration(text: str) -> int:
    import argparse

    from facilitator.core.duration import parse_duration

    try:
        return parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


# What they do


def _chair(arguments: Asked) -> int:
    """Open a call on the screen."""
    from facilitator.store import call as calls
    from facilitator.store.agenda_file import AgendaErrors

    if unfit := _unfit():
        return wrong(unfit)
    now = datetime.now().astimezone()
    try:
        if arguments.file is None:
            return _chair_chosen(arguments, now)
        if arguments.file.suffix in (".yaml", ".yml"):
            call = calls.of_agenda(arguments.file, arguments.date, now)
        else:
            call = calls.of_minutes(arguments.file, arguments.date, now.date(), arguments.duration)
    except (AgendaErrors, calls.NoSuchCall) as error:
        return wrong(str(error))
    return _open(call, arguments.settings)


def _chair_chosen(arguments: Asked, now: datetime) -> int:
    """Open the call of the only agenda there is, or of the one that is chosen on the screen."""
    from facilitator.store import call as calls
    from facilitator.store import series
    from facilitator.store.unfinished import unfinished

    own = series.find_agendas(Path())
    if len(own) == 1:
        return _open(calls.of_agenda(own[0], arguments.date, now), arguments.settings)
    from facilitator.tui.chooser import Choice, choose

    going_on = {one.series: one for one in reversed(unfinished()) if one.series}
    offered = series.overview(own or series.bundled(), now)
    choices = [Choice(one, going_on.get(one.title)) for one in offered]
    heading = "Which call?" if own else "Which call? (no agendas/ here: these come with facilitator)"
    chosen = choose(choices, heading, now.date())
    if chosen is None:
        return DONE
    if chosen.suffix == ".md":
        return _open(calls.of_minutes(chosen, arguments.date, now.date(), None), arguments.settings)
    return _open(calls.of_agenda(chosen, arguments.date, now), arguments.settings)


def _open(call: Call, settings: Mapping[str, Any]) -> int:
    """Chair a call until the chair leaves or adjourns, and say how it stands; ``settings`` are those asked for."""
    from facilitator.store.disk import Fault
    from facilitator.store.opening import CannotOpen, InUse, open_call
    from facilitator.system.clock import SystemClock

    try:
        opened = open_call(call, SystemClock())
    except InUse:
        return _look_on(call)
    except (CannotOpen, Fault) as error:
        return wrong(str(error))
    from facilitator.tui import run

    return DONE if run.chair(opened, settings) else REFUSED


def _follow(arguments: argparse.Namespace) -> int:
    """Show a call that is being chaired: the one that is named, else the only one."""
    from facilitator.store import call as calls
    from facilitator.store.unfinished import unfinished

    if unfit := _unfit():
        return wrong(unfit)
    path = arguments.minutes
    if path is None:
        running = [one.minutes for one in unfinished() if one.pid is not None]
        if len(running) != 1:
            named = ": " + ", ".join(map(str, running)) if running else ""
            return wrong(f"{len(running) or 'no'} calls are being chaired here, name the minutes{named}")
        path = running[0]
    try:
        call = calls.of_minutes(path, None, datetime.now().astimezone().date(), None)
    except calls.NoSuchCall as error:
        return wrong(str(error))
    return _look_on(call)


def _look_on(call: Call) -> int:
    """Follow a call as long as somebody chairs it."""
    from facilitator.store.disk import Fault
    from facilitator.store.following import Followed
    from facilitator.system.clock import SystemClock
    from facilitator.tui import run

    try:
        followed = Followed(call, SystemClock())
    except Fault as error:
        return wrong(str(error))
    if followed.pid is None:
        return wrong(f"{call.path}: nobody has it open, leave out follow to chair it")
    return DONE if run.follow(followed) else REFUSED


def _demo(arguments: argparse.Namespace) -> int:
    """Chair a call on sample minutes in a temporary directory."""
    import tempfile

    from facilitator.store import demo

    if unfit := _unfit():
        return wrong(unfit)
    with tempfile.TemporaryDirectory(prefix="facilitator-demo-") as directory:
        call = demo.prepare(Path(directory), datetime.now().astimezone().date())
        code = _open(call, Asked(alerts=arguments.alerts, title=arguments.title).settings)
        print("The demo's files are gone; facilitator AGENDA.yaml chairs a call of yours.", file=sys.stderr)
        return code


def _unfit() -> str:
    """Say in a line why nothing can be drawn here, and what to do; empty where it can."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return "facilitator draws on a terminal; this is none: start it in one"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "facilitator draws on the whole screen, which a dumb terminal can't: start it in another one"
    encoding = sys.stderr.encoding or "ascii"
    if encoding.lower().replace("-", "") != "utf8":
        return f"facilitator writes UTF-8, but the language here asks for {encoding}: set LC_ALL=C.UTF-8"
    return ""


_Command = tuple[Callable[[Any], int], Callable[[], "argparse.ArgumentParser"], str]


def _room(name: str, says: str) -> _Command:
    """Return a command that has a room in ``facilitator.commands``, imported when the command is named."""

    def room() -> Any:
        return import_module(f"facilitator.commands.{name}")

    return lambda arguments: room().run(arguments), lambda: room().parser(), says


_COMMANDS: dict[str, _Command] = {
    "demo": (_demo, _demo_parser, "chair a call on sample minutes, in a temporary directory"),
    "clobbers": _room("clobbers", "say which commits wiped others' sections; --heal puts them back"),
    "follow": (_follow, _follow_parser, "look on at a call that is being chaired, from a second terminal"),
    "recover": _room("recover", "write the minutes of calls that ended without adjourning"),
    "check": _room(
        "check", "say what is wrong with agendas, minutes and settings: file:line: what, what to do"
    ),
    "take": _room("take", "record a script of entries, without a screen"),
    "digest": _room("digest", "print decisions, action items, motions and time of minutes"),
    "actions": _room("actions", "list open action items across minutes, the oldest first"),
    "keys": _room("keys", "print every key"),
}
"""The commands beside chairing: what each does, its arguments, and its line in the help."""
