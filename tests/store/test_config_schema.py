"""The JSON Schema that editors read says of settings what the loader says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from facilitator.store import config_values
from facilitator.store.config import ALERTS
from facilitator.store.config_values import KEYS, read_settings
from facilitator.store.strict_yaml import read
from facilitator.tui.commands import COMMANDS
from tests.store.test_agenda_schema import as_json, faults

SCHEMA = json.loads(Path(config_values.__file__).with_name("config.schema.json").read_text("utf-8"))


def test_it_has_the_loader_s_keys_and_choices() -> None:
    assert tuple(SCHEMA["properties"]) == KEYS
    one, several = SCHEMA["properties"]["alerts"]["anyOf"]
    assert one["enum"] == [*ALERTS, "none"]
    assert several["items"]["enum"] == list(ALERTS)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("alerts: bell", True),
        ("alerts: none", True),
        ("alerts: [bell, desktop]", True),
        ("alerts: [bel]", False),
        ("alerts: {bell: true}", False),
        ("title: false", True),
        ("title: on", False),
        ("keys: {item.next: f8, item.previous: [9, '<']}", True),
        ("keys: {item.next: []}", False),
        ("keys: {item.next: {a: b}}", False),
        ("keys: [f8]", False),
        ("sound: [a]", False),
        ("theme: dark", False),
        ("[alerts]", False),
    ],
)
def test_it_refuses_what_the_loader_refuses(text: str, right: bool) -> None:
    tree, problems = read(text.encode())
    assert tree is not None
    assert problems == ()
    assert (not read_settings(tree, COMMANDS, Path())[1]) == right
    assert (not list(faults(as_json(tree), SCHEMA))) == right
