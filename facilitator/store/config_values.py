"""What a file of settings, and the environment, may say."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from facilitator.store import yaml_file
from facilitator.store.config import ALERTS, DEFAULTS, Bound, Settings, variable
from facilitator.store.findings import Finding
from facilitator.store.key_names import key, types
from facilitator.store.strict_yaml import Mapping as Entries
from facilitator.store.strict_yaml import Node, Problem, StoppedError, quoted
from facilitator.store.strict_yaml import Sequence as List
from facilitator.store.yaml_values import Values, kind, nearest

KEYS = ("alerts", "sound", "title", "keys")
"""The keys of the file."""
TYPED = frozenset({"write", "edit", "roll call", "elsewhere"})
"""Places where characters are text."""

Keys = dict[str, tuple[str, ...]]


def of_file(path: Path, commands: Sequence[Bound]) -> tuple[Settings, list[Finding]]:
    """Return the settings of a file, without those that are wrong, and what is wrong, in the order of lines."""
    tree, findings = yaml_file.read(path)
    settings = DEFAULTS
    if tree is not None:
        settings, problems = read_settings(tree, commands, path.parent)
        findings += yaml_file.findings(path, problems)
    return settings, sorted(findings, key=lambda finding: finding.line)


def of_environment(settings: Settings, said: Mapping[str, str]) -> tuple[Settings, list[Finding]]:
    """Return settings as the environment changes them, and what is wrong with its variables."""
    read: dict[str, Any] = {
        "alerts": alerts,
        "sound": lambda text: _sound(text, Path()),
        "title": _true_or_false,
    }
    findings = []
    for name, text in said.items():
        try:
            settings = settings._replace(**{name: read[name](text)})
        except ValueError as error:
            findings.append(Finding(Path(variable(name)), 0, str(error)))
    return settings, findings


def read_settings(
    tree: Node, commands: Sequence[Bound], directory: Path
) -> tuple[Settings, tuple[Problem, ...]]:
    """Read settings from their YAML tree; a sound is looked for below ``directory``."""
    reader = _Reader(commands, directory)
    with suppress(StoppedError):
        reader.read(tree)
    return reader.settings, tuple(reader.problems.found)


def alerts(text: str) -> tuple[str, ...]:
    """Read alerts as the environment and the command line have them: ``bell,desktop``, or ``none``.

    Raises:
        ValueError: one line with the nearest that there is.

    """
    return _alerts(part.strip() for part in text.split(","))


def _alerts(names: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(names))
    if wanted == ("none",):
        return ()
    for name in wanted:
        if name not in ALERTS:
            raise ValueError(f"{quoted(name)} is no alert; {nearest(name, (*ALERTS, 'none'))}")
    return wanted


def _sound(text: str, directory: Path) -> str:
    file = os.path.abspath(directory / os.path.expanduser(text))
    if not os.path.isfile(file):
        raise ValueError(f"{quoted(text)} is no file; name one that can be played")
    return file


def _true_or_false(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"it must be true or false, not {quoted(text)}")
    return text == "true"


class _Reader(Values):
    """One pass over the tree of a file of settings."""

    def __init__(self, commands: Sequence[Bound], directory: Path) -> None:
        super().__init__()
        self.settings = DEFAULTS
        self._commands = {command.id: command for command in commands}
        self._directory = directory
        self._written: dict[str, str] = {}
        """Keys as the file has them, by textual's names."""

    def read(self, tree: Node) -> None:
        """Take in whatever is right, as far as the file can be read."""
        keys = self.keys(tree, "the settings", KEYS)
        for name, node in keys.items():
            value = getattr(self, f"_{name}")(node)
            if value is not None:
                self.settings = self.settings._replace(**{name: value})

    def _alerts(self, node: Node) -> tuple[str, ...] | None:
        nodes = node.items if isinstance(node, List) else (node,)
        names = [self.text(one, "an alert") for one in nodes]
        if None in names:
            return None
        try:
            return _alerts(name for name in names if name is not None)
        except ValueError as error:
            self.wrong(node, f"alerts: {error}")
            return None

    def _sound(self, node: Node) -> str | None:
        return self.made(node, "sound", lambda text: _sound(text, self._directory))

    def _title(self, node: Node) -> bool | None:
        return self.made(node, "title", _true_or_false)

    def _keys(self, node: Node) -> Keys | None:
        """Read keys by command, without those that would leave a key with two meanings."""
        if not isinstance(node, Entries):
            self.wrong(node, f"keys must be commands and their keys, such as item.next: f8, not {kind(node)}")
            return None
        wanted: dict[str, tuple[Node, tuple[str, ...]]] = {}
        for command, value in node.entries:
            if command.text not in self._commands:
                near = nearest(command.text, self._commands, "facilitator keys --ids names them")
                self.wrong(command, f"{quoted(command.text)} is no command; {near}")
            elif (keys := self._keys_of(command.text, value)) is not None:
                wanted[command.text] = (command, keys)
        while (clash := self._clash({name: keys for name, (_, keys) in wanted.items()})) is not None:
            named, text = clash
            self.wrong(wanted.pop(named)[0], text)
        return {name: keys for name, (_, keys) in wanted.items()}

    def _keys_of(self, command: str, node: Node) -> tuple[str, ...] | None:
        nodes = node.items if isinstance(node, List) else (node,)
        keys = tuple(found for one in nodes if (found := self.made(one, command, self._key)))
        if len(keys) < len(nodes):
            return None
        if not keys:
            self.wrong(node, f"{command} has no key; name one or take the line out")
            return None
        if self._commands[command].place in TYPED and (typed := next(filter(types, keys), None)):
            written = quoted(self._written[typed])
            self.wrong(
                node, f"{command}: {written} is text where this is pressed; choose such as ctrl+x or f8"
            )
            return None
        return tuple(dict.fromkeys(keys))

    def _key(self, text: str) -> str:
        named = key(text)
        self._written[named] = text
        return named

    def _clash(self, wanted: Keys) -> tuple[str, str] | None:
        """Return the first command whose keys are another one's in the same place, and what to do about it."""
        owners = {
            (one.place, pressed): one.id
            for one in self._commands.values()
            if one.id not in wanted
            for pressed in one.keys
        }
        for named, keys in wanted.items():
            place = self._commands[named].place
            for pressed in keys:
                owner = owners.setdefault((place, pressed), named)
                if owner != named:
                    other = "" if owner in wanted else "; give that one another key, too"
                    written = quoted(self._written[pressed])
                    return named, f"{named}: {written} is the key of {owner}{other}"
        return None
