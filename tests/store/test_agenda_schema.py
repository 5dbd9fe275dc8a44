"""The JSON Schema that editors read says what the loader says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitator.store import agenda_schema
from facilitator.store.agenda_keys import ADAPT, GIT, KEYS, REQUIRED, TIMING, WEIGH
from facilitator.store.agenda_schema import read_agenda
from facilitator.store.strict_yaml import Mapping, Node, Sequence, read

SCHEMA: dict[str, Any] = json.loads(
    Path(agenda_schema.__file__).with_name("agenda.schema.json").read_text("utf-8")
)
KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def as_json(node: Node) -> Any:
    """Give a tree the types that an editor gives it: the core schema of YAML 1.2."""
    if isinstance(node, Sequence):
        return [as_json(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: as_json(value) for key, value in node.entries}
    if node.plain and node.text in ("", "null", "~"):
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    return int(node.text) if node.plain and re.fullmatch(r"[-+]?[0-9]+", node.text) else node.text


def is_kind(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def faults(value: Any, schema: Any) -> Iterator[str]:
    """Yield what JSON Schema has against the value: the keywords that our schema uses, and no others."""
    if isinstance(schema, bool):
        if not schema:
            yield "not allowed"
        return
    for keyword, wanted in schema.items():
        yield from (f"{keyword}: {value!r}" for _ in _faults(value, keyword, wanted, schema))


def _faults(value: Any, keyword: str, wanted: Any, schema: dict[str, Any]) -> Iterator[object]:
    match keyword:
        case "$schema" | "title" | "description" | "$defs":
            return
        case "$ref":
            yield from faults(value, SCHEMA["$defs"][wanted.removeprefix("#/$defs/")])
        case "anyOf":
            if all(list(faults(value, one)) for one in wanted):
                yield value
        case "not":
            if not list(faults(value, wanted)):
                yield value
        case "type":
            if not any(is_kind(value, kind) for kind in ([wanted] if isinstance(wanted, str) else wanted)):
                yield value
        case "enum":
            if value not in wanted:
                yield value
        case "pattern":
            if isinstance(value, str) and not re.search(wanted, value):
                yield value
        case "minLength" | "minItems" | "minProperties":
            if isinstance(value, str | list | dict) and len(value) < wanted:
                yield value
        case "maxProperties":
            if isinstance(value, dict) and len(value) > wanted:
                yield value
        case "minimum":
            if isinstance(value, int) and value < wanted:
                yield value
        case "items":
            for item in value if isinstance(value, list) else ():
                yield from faults(item, wanted)
        case _:
            yield from _object_faults(value if isinstance(value, dict) else {}, keyword, wanted, schema)


def _object_faults(
    value: dict[str, Any], keyword: str, wanted: Any, schema: dict[str, Any]
) -> Iterator[object]:
    match keyword:
        case "required":
            yield from (key for key in wanted if value and key not in value)
        case "properties":
            for key in value.keys() & wanted.keys():
                yield from faults(value[key], wanted[key])
        case "additionalProperties":
            for key in value.keys() - schema.get("properties", {}).keys():
                yield from faults(value[key], wanted)
        case "dependentRequired":
            yield from (
                key for key, others in wanted.items() if key in value and not set(others) <= set(value)
            )
        case "dependentSchemas":
            for key in value.keys() & wanted.keys():
                yield from faults(value, wanted[key])
        case _:
            raise AssertionError(f"{keyword} is not checked here")


def test_it_has_the_loaders_keys() -> None:
    definitions = SCHEMA["$defs"]
    places = {
        "agenda": SCHEMA,
        "record": SCHEMA["properties"]["record"],
        "sync": SCHEMA["properties"]["sync"],
        "schedule": definitions["schedule"],
        "person": definitions["person"],
        "section": definitions["section_keys"],
        "project": definitions["project_keys"],
    }
    assert places.keys() == KEYS.keys()
    for name, place in places.items():
        assert set(place["properties"]) == set(KEYS[name]), name
        assert place["additionalProperties"] is False
    assert set(SCHEMA["required"]) == set(REQUIRED)


def test_it_has_the_loaders_choices() -> None:
    assert SCHEMA["$defs"]["section_keys"]["properties"]["weigh"]["enum"] == list(WEIGH)
    assert SCHEMA["properties"]["record"]["properties"]["timing"]["enum"] == list(TIMING)
    assert SCHEMA["properties"]["adapt"]["enum"] == list(ADAPT)
    assert SCHEMA["properties"]["sync"]["properties"]["git"]["enum"] == list(GIT)


TOP = 'title: T {date}\nminutes: "{date}.md"\n'
SECTION = "agenda: [A]\n"
ACCEPTED = [
    TOP + SECTION,
    TOP + "agenda: [A: 2m, B: {time: 90s, topics: true, motions: false}, {C: }, 2024]\n",
    TOP
    + "agenda:\n  - R: {total: 5m, weigh: equally, projects: [Y: B, Z: {lead: C, parts: [p, 2]}, {V: }]}\n",
    TOP + "agenda:\n  - R: {each: 1 min, projects: [X: {status: incubating}]}\n",
    TOP + SECTION + "output: Runtime/minutes\nduration: 1h30m\nchair: Ann Lee\nquorum: 50%\n",
    TOP + SECTION + "quorum: 7\nobjections: 20s\npeople: [{name: Ann Lee, initials: AL, handle: '@ann'}]\n",
    TOP + SECTION + "schedule: {every: 2 weeks, on: tuesday, at: 10:30, timezone: UTC, from: 2018-09-04}\n",
    TOP + SECTION + "schedule: {every: month, on: last fri}\n",
    TOP + "adapt: off\nagenda: [A: {time: 2m, pinned: true}, B: {projects: [X: {pinned: false}]}]\n",
    TOP + SECTION + "record: {attendance: true, timing: table, carry: false}\nsync: {git: off, every: 1m}\n",
]
REFUSED = [
    "[]",
    "title: T\n",
    TOP,
    TOP + "agenda: []\n",
    TOP + "agenda: {A: 2m}\n",
    TOP + "agenda: [{A: 2m, B: 3m}]\n",
    TOP + "agenda: [A: 2]\n",
    TOP + "agenda: [A: 1:30]\n",
    TOP + "agenda: [[A]]\n",
    TOP + "agenda: [A: {tme: 2m}]\n",
    TOP + "agenda: [A: {topics: yes}]\n",
    TOP + "agenda: [A: {total: 2m}]\n",
    TOP + "agenda: [A: {total: 2m, each: 1m, projects: [X]}]\n",
    TOP + "agenda: [A: {time: 2m, projects: [X]}]\n",
    TOP + "agenda: [A: {topics: true, projects: [X]}]\n",
    TOP + "agenda: [A: {weigh: word, projects: [X]}]\n",
    TOP + SECTION + "adapt: both\n",
    TOP + "agenda: [A: {pinned: yes}]\n",
    TOP + "agenda: [A: {projects: X}]\n",
    TOP + "agenda: [A: {projects: [X: [Bo]]}]\n",
    TOP + "agenda: [A: {projects: [X: {leads: Bo}]}]\n",
    TOP + "agenda: [A: {projects: [X: {parts: p}]}]\n",
    TOP + SECTION + "colour: red\n",
    TOP + SECTION + "chair:\n",
    TOP + SECTION + "duration: 30\n",
    TOP + SECTION + "output: ../up\n",
    TOP + SECTION + "output: /etc\n",
    TOP + SECTION + "quorum: 101%\n",
    TOP + SECTION + "quorum: 0\n",
    TOP + SECTION + "objections: 20\n",
    TOP + SECTION + "people: [Ann]\n",
    TOP + SECTION + "people: [{initials: AL}]\n",
    TOP + SECTION + "people: [{name: A, handle: a b}]\n",
    TOP + SECTION + "people: [{name: A, initials: A.L.}]\n",
    TOP + SECTION + "schedule: weekly\n",
    TOP + SECTION + "schedule: {on: tuesday}\n",
    TOP + SECTION + "schedule: {every: fortnight, on: tuesday}\n",
    TOP + SECTION + "schedule: {every: week, on: tusday}\n",
    TOP + SECTION + "schedule: {every: week, on: tue, at: 24:00}\n",
    TOP + SECTION + "schedule: {every: week, from: 2018-9-4}\n",
    TOP + SECTION + "record: {timing: on}\n",
    TOP + SECTION + "record: {carry: maybe}\n",
    TOP + SECTION + "sync: {every: 20}\n",
    "title: T\nminutes: notes.md\n" + SECTION,
    'title: T\nminutes: "{date}.txt"\n' + SECTION,
]


@pytest.mark.parametrize("text", ACCEPTED, ids=lambda text: text[-40:])
def test_what_the_loader_reads_an_editor_accepts(text: str) -> None:
    tree, problems = read(text.encode())
    assert tree is not None
    assert (*problems, *read_agenda(tree)[1]) == ()
    assert list(faults(as_json(tree), SCHEMA)) == []


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[-40:])
def test_what_the_loader_refuses_an_editor_marks(text: str) -> None:
    tree, _ = read(text.encode())
    assert tree is not None
    assert read_agenda(tree)[1] != ()
    assert list(faults(as_json(tree), SCHEMA)) != []


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "agendas").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_agendas_of_the_program_are_right_for_editors_too(path: Path) -> None:
    tree, _ = read(path.read_bytes())
    assert tree is not None
    assert list(faults(as_json(tree), SCHEMA)) == []
