"""The chair's settings: what the program has by itself < the file < the environment < the command line.

A setting that is wrong is left as it was without it, and told: five minutes before a call nobody is to be kept from
opening it by a slip in a file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from facilitator.store.findings import Finding

ALERTS = ("bell", "desktop", "sound")
"""What can call for attention beside colour."""


class Settings(NamedTuple):
    """What a chair can choose."""

    alerts: tuple[str, ...] = ()
    """Of ``ALERTS``: what is heard or seen when an item's time is nearly over, over, and every minute beyond."""
    sound: str = ""
    """The file that is played, an absolute path."""
    title: bool = True
    """Whether the terminal's title tells the time left and the item."""
    keys: Mapping[str, tuple[str, ...]] = {}
    """Keys by the id of the command they are for, in textual's names; a command not named here keeps its own."""


DEFAULTS = Settings()


class Bound(Protocol):
    """A command as the settings know it."""

    @property
    def id(self) -> str:
        """What the settings call it."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it has by itself."""

    @property
    def place(self) -> str:
        """Where they are pressed; a key means one thing in a place."""


def path() -> Path:
    """Name the file: ``$FACILITATOR_CONFIG``, else ``config.yaml`` in the user's own directory for settings."""
    named = os.environ.get("FACILITATOR_CONFIG")
    if named:
        return Path(named)
    import platformdirs  # only where it is needed: it costs milliseconds

    return Path(platformdirs.user_config_dir("facilitator", appauthor=False), "config.yaml")


def is_settings(file: Path) -> bool:
    """Say whether a file is one of settings and no agenda: by its name, or because it is the one that is read."""
    return file.name == "config.yaml" or os.path.realpath(file) == os.path.realpath(path())


def load(
    commands: Sequence[Bound], asked: Mapping[str, Any] | None = None
) -> tuple[Settings, tuple[Finding, ...]]:
    """Return the settings, and everything that is wrong with them, in the order of lines.

    ``asked`` are the settings that the command line names. Without any others nothing is read or imported.
    """
    settings = DEFAULTS
    findings: list[Finding] = []
    file = path()
    environment = {name: value for name in ("alerts", "sound", "title") if (value := _variable(name))}
    if os.environ.get("FACILITATOR_CONFIG") or os.path.lexists(file):
        from facilitator.store import config_values  # YAML costs milliseconds, and most chairs set nothing

        settings, findings = config_values.of_file(file, commands)
    if environment:
        from facilitator.store import config_values

        settings, wrong = config_values.of_environment(settings, environment)
        findings = [*findings, *wrong]
    settings = settings._replace(**(asked or {}))
    if "sound" in settings.alerts and not settings.sound:
        from facilitator.store.findings import Finding

        findings = [
            *findings,
            Finding(file, 0, "alerts ask for a sound; add the file to play, as sound: FILE"),
        ]
    return settings, tuple(findings)


def _variable(name: str) -> str:
    return os.environ.get(variable(name), "")


def variable(name: str) -> str:
    """Name the variable of the environment that stands for a setting."""
    return f"FACILITATOR_{name.upper()}"
