"""A journal whose own place refuses it goes on in another one, and is found there."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.store.directories import Place, prepare
from facilitator.store.journal import Journal
from facilitator.store.lock import Lock, Locked, holder
from facilitator.store.replay import Header, JournalError, Record, Replay, encode, journal_path, read
from facilitator.store.spare import Spares

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="no names of open files here")


class Desk:
    """Minutes, a place for their journal and two more, each of which may refuse everything new."""

    def __init__(self, directory: Path) -> None:
        self.minutes = directory / "2018-09-04.md"
        self.minutes.write_bytes(b"# Minutes\n")
        self.home, self.near, self.far = (directory / name for name in ("home", "near", "far"))
        for place in (self.home, self.near, self.far):
            prepare(place)
        self.spares = Spares(self.minutes, (Place("minutes", self.near), Place("temporary", self.far)))
        self.refusing: set[Path] = set()
        self.appended = 0
        self.begun = 0.0
        self.journal = self.begin()

    def begin(self) -> Journal:
        self.begun += 1
        header = Header(os.path.realpath(self.minutes), b"", os.getpid(), "boot", self.begun, 1.0)
        lock = Lock.take(self.home, self.minutes)
        return Journal.create(journal_path(self.home, self.minutes), header, lock, self.spares)

    def append(self) -> None:
        with contextlib.suppress(JournalError):
            self.journal.append({"n": self.appended})
        self.appended += 1

    def sync(self) -> None:
        with contextlib.suppress(JournalError):
            self.journal.sync()

    def kill(self) -> None:
        """Let everything go that the system takes back from a program that is killed."""
        self.journal.close()

    def left(self) -> Replay:
        found = read(journal_path(self.home, self.minutes))
        none = Replay(journal_path(self.home, self.minutes), None, (), "", b"", b"")
        return self.spares.newest(found or none)

    def resume(self) -> None:
        self.journal = Journal.resume(self.left(), Lock.take(self.home, self.minutes), self.spares)

    def files(self, place: Path) -> list[str]:
        return sorted(os.listdir(place)) if place.exists() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return watched(Desk(tmp_path), monkeypatch)


def watched(desk: Desk, patch: pytest.MonkeyPatch) -> Desk:
    """Let the places refuse that are to."""
    for name in ("write", "fsync", "replace"):
        patch.setattr(os, name, _refusing(desk, getattr(os, name)))
    return desk


def _refusing(desk: Desk, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(where: Any, *rest: Any) -> Any:
        path = Path(os.readlink(f"/proc/self/fd/{where}") if isinstance(where, int) else where)
        if {path, path.parent} & desk.refusing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(where, *rest)

    return call


def numbers(records: tuple[Record, ...]) -> list[int]:
    return [record["n"] for record in records]


def test_what_the_full_disk_does_not_take_is_in_the_next_place(desk: Desk) -> None:
    desk.append()
    desk.refusing = {desk.home}
    with pytest.raises(JournalError, match=r"full, free some space$"):
        desk.journal.append({"n": 1})
    with pytest.raises(JournalError, match=f"free some space; a copy is kept in {desk.near}$"):
        desk.journal.sync()
    assert desk.journal.held
    with pytest.raises(JournalError, match=f"a copy is kept in {desk.near}$"):
        desk.journal.append({"n": 2})
    assert holder(desk.near, desk.minutes) == os.getpid()
    desk.kill()
    assert numbers(desk.left().records) == [0, 1, 2]


def test_a_copy_that_somebody_removes_is_made_anew(desk: Desk) -> None:
    desk.refusing = {desk.home}
    desk.append()
    desk.sync()
    shutil.rmtree(desk.near)
    desk.append()
    desk.sync()
    assert desk.journal.held
    desk.kill()
    assert numbers(desk.left().records) == [0, 1]


def test_it_goes_home_as_soon_as_it_can(desk: Desk) -> None:
    desk.refusing = {desk.home}
    desk.append()
    desk.sync()
    assert desk.files(desk.near)
    desk.refusing = set()
    desk.sync()
    assert desk.journal.fault is None
    assert desk.files(desk.near) == []
    desk.append()
    desk.kill()
    assert numbers(desk.left().records) == [0, 1]


def test_where_every_place_refuses_that_is_said(desk: Desk) -> None:
    desk.refusing = {desk.home, desk.near, desk.far}
    desk.append()
    with pytest.raises(JournalError, match=r"full, free some space$"):
        desk.journal.sync()
    assert not desk.journal.held
    desk.refusing = {desk.home, desk.near}
    desk.sync()
    assert desk.journal.held
    assert numbers(desk.left().records) == []  # somebody has it open
    desk.kill()
    assert numbers(desk.left().records) == [0]


def test_a_call_that_is_over_is_not_found_again(desk: Desk) -> None:
    desk.refusing = {desk.home}
    desk.append()
    desk.sync()
    desk.kill()
    desk.refusing = set()
    desk.resume()
    desk.sync()
    assert desk.files(desk.near) == [], "what went on there is at home again"
    desk.journal.remove()
    for place in (desk.home, desk.near, desk.far):
        assert desk.files(place) == []


def test_a_copy_that_somebody_else_keeps_there_is_left_alone(desk: Desk) -> None:
    theirs = Lock.take(desk.near, desk.minutes)
    other = Header(os.path.realpath(desk.minutes), b"", 1, "boot", 99.0, 1.0)
    content = encode(other.record()) + encode({"n": 77})
    journal_path(desk.near, desk.minutes).write_bytes(content)
    desk.refusing = {desk.home}
    desk.append()
    desk.sync()
    assert journal_path(desk.near, desk.minutes).read_bytes() == content
    assert journal_path(desk.far, desk.minutes).exists()
    theirs.release()
    desk.kill()
    assert numbers(desk.left().records) == [0]


@pytest.mark.parametrize("what", ["everything", "the lock"])
def test_no_other_facilitator_comes_in_where_the_lock_was_removed(desk: Desk, what: str) -> None:
    desk.append()
    desk.sync()
    if what == "everything":
        shutil.rmtree(desk.home)
    else:
        journal_path(desk.home, desk.minutes).with_suffix(".lock").unlink()
    assert desk.journal.astray
    desk.sync()
    assert not desk.journal.astray
    with pytest.raises(Locked):
        Lock.take(desk.home, desk.minutes)
    desk.journal.remove()
    assert desk.files(desk.home) == []


def test_a_journal_that_another_facilitator_has_taken_meanwhile_is_left_to_it(desk: Desk) -> None:
    desk.append()
    desk.sync()
    path = journal_path(desk.home, desk.minutes)
    path.with_suffix(".lock").unlink()
    theirs = Lock.take(desk.home, desk.minutes)
    content = path.read_bytes()
    with pytest.raises(
        JournalError, match=f"^the journal in {desk.home}: .* has it open too, leave it there; a copy"
    ):
        desk.journal.sync()
    desk.append()
    assert path.read_bytes() == content
    with pytest.raises(JournalError, match="has it open too"):
        desk.journal.remove()
    assert path.read_bytes() == content
    theirs.release()
    desk.sync()
    desk.kill()
    assert numbers(desk.left().records) == [0, 1]


def test_a_copy_of_a_call_that_nobody_went_on_with_is_kept_aside(desk: Desk) -> None:
    other = Header(os.path.realpath(desk.minutes), b"", 1, "boot", 99.0, 1.0)
    content = encode(other.record()) + encode({"n": 77})
    journal_path(desk.near, desk.minutes).write_bytes(content)
    desk.append()
    desk.refusing = {desk.home}
    desk.append()
    desk.sync()
    assert content in [(desk.near / name).read_bytes() for name in desk.files(desk.near)]
    desk.kill()
    assert numbers(desk.left().records) == [0, 1]


def test_a_journal_that_was_damaged_where_its_copy_was_not_is_gone_on_with_in_a_new_file(desk: Desk) -> None:
    home = journal_path(desk.home, desk.minutes)
    for _ in range(3):
        desk.append()
    desk.kill()
    whole = home.read_bytes()
    journal_path(desk.near, desk.minutes).write_bytes(whole)
    at = whole.index(b'{"n":1}')
    home.write_bytes(whole[:at] + bytes(7) + whole[at + 7 :])  # as long as the copy
    desk.resume()
    desk.append()
    desk.sync()
    assert desk.files(desk.near) == []
    desk.kill()
    assert numbers(desk.left().records) == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["directory", "pipe", "link"])
def test_what_took_the_journals_place_is_kept_aside_where_a_copy_went_on(desk: Desk, kind: str) -> None:
    home = journal_path(desk.home, desk.minutes)
    desk.append()
    desk.sync()
    home.unlink()
    if kind == "directory":
        home.mkdir()
    desk.append()
    desk.sync()
    desk.kill()
    if kind != "directory":
        home.rename(journal_path(desk.near, desk.minutes))
        os.mkfifo(home) if kind == "pipe" else home.symlink_to(desk.minutes)
    desk.resume()
    assert desk.journal.kept_aside is not None
    assert os.path.lexists(desk.journal.kept_aside)
    desk.append()
    desk.sync()
    assert desk.files(desk.near) == []
    desk.kill()
    assert numbers(desk.left().records) == [0, 1, 2]


STEPS = st.lists(
    st.sampled_from(
        ["append", "append", "sync", "home", "near", "far", "killed", "adjourned", "home refuses all along"]
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
@example(["home", "killed", "append", "sync", "append", "killed", "append", "home", "sync", "killed"])
def test_whatever_is_held_is_had_back(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Whenever a call is killed: where its journal says that some file holds everything, one does."""
    with pytest.MonkeyPatch.context() as patch:
        desk = watched(Desk(tmp_path_factory.mktemp("spare")), patch)
        for step in [*steps, "killed"]:
            match step:
                case "append":
                    desk.append()
                case "sync":
                    desk.sync()
                case "home" | "near" | "far":
                    desk.refusing ^= {getattr(desk, step)}
                case "home refuses all along":
                    desk.refusing |= {desk.home}
                case "killed" | "adjourned":
                    desk.sync()
                    desk.append()
                    held = desk.journal.held
                    if step == "adjourned":
                        desk.refusing = set()
                        desk.journal.remove()
                    else:
                        desk.kill()
                    found = desk.left()
                    if step == "adjourned":
                        assert found.records == ()
                    elif held:
                        assert numbers(found.records) == list(range(desk.appended))
                    if found.header is None or not found.records:
                        desk.appended = 0
                        desk.journal = desk.begin()
                    else:
                        desk.appended = len(found.records)
                        desk.resume()
        desk.kill()
