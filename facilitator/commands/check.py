"""``facilitator check FILE…``: what is wrong with agendas and minutes, a line each."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from facilitator.commands import DONE, REFUSED, show
from facilitator.store import agenda_file, config, config_values, shelf
from facilitator.tui.commands import COMMANDS


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator check",
        description="Say what is wrong with agendas, minutes and settings: file:line: what, and what to do.",
        epilog="Owners in minutes are looked up among the people of the agendas named beside them, too.",
    )
    made.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="an agenda (.yaml), minutes (.md) or settings (config.yaml)",
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong with files, a line each."""
    agendas = []
    findings = []
    for file in sorted(arguments.files, key=lambda file: not _is_agenda(file)):
        if _is_agenda(file) and config.is_settings(file):
            findings += config_values.of_file(file, COMMANDS)[1]
        elif _is_agenda(file):
            findings += agenda_file.check(file)
            with contextlib.suppress(agenda_file.AgendaErrors):
                agendas.append(agenda_file.load(file))
        else:
            findings += shelf.check(file, agendas)
    for finding in findings:
        show(str(finding))
    return REFUSED if any(finding.severity == "error" for finding in findings) else DONE


def _is_agenda(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml")
