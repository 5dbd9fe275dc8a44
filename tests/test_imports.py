"""What is not drawn costs no screen: commands without one import none of textual."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

COMMANDS = [
    ["--version"],
    ["--help"],
    ["keys"],
    ["keys", "--help"],
    ["check", "agendas/weekly-team.yaml", "README.md"],
    ["digest", "README.md"],
    ["actions", "README.md"],
    ["take", "no-such-file.md"],
    ["recover", "--list"],
    ["recover"],
    ["no-such-file.md"],
    ["--date", "yesterday"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_without_a_screen_imports_no_textual(arguments: list[str]) -> None:
    code = (
        "import sys; from facilitator.cli import main; main(sys.argv[1:]); "
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'textual', 'rich', 'asyncio'}; "
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_the_core_needs_neither_files_nor_yaml() -> None:
    code = (
        "import sys, facilitator.core.fold, facilitator.core.chair, facilitator.core.capture; "
        "sys.exit(bool({'yaml', 'textual', 'rich', 'platformdirs', 'facilitator.store'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
