"""Others save the minutes while the chair types at a real terminal, as often and in whatever way they like."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.end_to_end.conftest import Start
from tests.terminal import SeenTerminal

EDITS = 12
ENTRIES = 6


def in_place(path: Path, source: bytes) -> None:
    path.write_bytes(source)


def by_rename(path: Path, source: bytes) -> None:
    new = path.with_name("new")
    new.write_bytes(source)
    new.replace(path)


def same_mtime(path: Path, source: bytes) -> None:
    found = path.stat()
    path.write_bytes(source)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


HOW: list[Callable[[Path, bytes], None]] = [in_place, by_rename, same_mtime]


def writing(terminal: SeenTerminal) -> SeenTerminal:
    """Start the clock and write."""
    terminal.wait_until(lambda: 2004 in terminal.modes())
    terminal.send(b" i")
    terminal.sees("›")
    return terminal


def stand_once(minutes: Path, lines: list[bytes]) -> bool:
    found = minutes.read_bytes().splitlines()
    return all(found.count(line) == 1 for line in lines)


def test_edits_of_every_kind_race_the_chair_s(start: Start, minutes: Path) -> None:
    before = minutes.read_bytes()
    terminal = writing(start())
    expected = []
    for number in range(EDITS):
        terminal.send(b"ours %d\rhalf a dra" % number)
        source = minutes.read_bytes()
        HOW[number % len(HOW)](minutes, source.replace(b"- First", b"- theirs %d\n- First" % number))
        terminal.drain(0.02)
        terminal.send(b"ft %d\r" % number)
        terminal.drain(0.02)
        expected += [b"- ours %d" % number, b"- half a draft %d" % number, b"- theirs %d" % number]
    terminal.wait_until(lambda: stand_once(minutes, expected))
    after = minutes.read_bytes().splitlines()
    assert [line for line in after if line not in expected] == before.splitlines()
    assert [line for line in after if b"ours" in line or b"half" in line] == [
        line for line in expected if b"theirs" not in line
    ]


def test_two_chairs_at_one_file_see_the_same(start: Start, minutes: Path, tmp_path: Path) -> None:
    chairs = [
        writing(start(size=(100, 45), FACILITATOR_STATE_DIR=str(tmp_path / f"state-{name}")))
        for name in ("one", "two")
    ]
    expected = []
    for number in range(ENTRIES):
        for chair, name in zip(chairs, ("one", "two"), strict=True):
            chair.send(f"entry {number} of {name}\r".encode())
            expected.append(f"entry {number} of {name}")
            for each in chairs:
                each.drain(0.02)

    def settled() -> bool:
        chairs[1].drain(0.01)
        return stand_once(minutes, [f"- {one}".encode() for one in expected])

    chairs[0].wait_until(settled)
    for chair in chairs:
        screen = chair.sees(*expected)
        assert [screen.count(one) for one in expected] == [1] * len(expected)
