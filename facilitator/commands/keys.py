"""``facilitator keys``: every key, as the chair's settings have them."""

from __future__ import annotations

import argparse
import sys

from facilitator.commands import DONE
from facilitator.store import config
from facilitator.tui.commands import COMMANDS, remapped, table


def parser() -> argparse.ArgumentParser:
    """Return the parser of its arguments."""
    made = argparse.ArgumentParser(
        prog="facilitator keys",
        description="Print every key, as your settings have them.",
        epilog=f"Settings are read from {config.path()}, where there is such a file; the README says what it may hold.",
    )
    made.add_argument("--ids", action="store_true", help="with the names that settings have for the commands")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the table of keys, and what is wrong with the settings."""
    settings, findings = config.load(COMMANDS)
    print(table(remapped(settings.keys), ids=arguments.ids))
    for finding in findings:
        print(finding, file=sys.stderr)
    return DONE
