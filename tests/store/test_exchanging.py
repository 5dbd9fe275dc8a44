"""Somebody saves the minutes between our last look at them and the moment ours takes their name."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from facilitator.store import exchanging, minutes_file, saving
from facilitator.store.exchanging import Replaced
from facilitator.store.minutes_file import ChangedOnDisk, MinutesError

OLD = b"# Minutes\n"
OURS = b"# Minutes\n- ours\n"
THEIRS = b"# Minutes\n- theirs\n"
LATER = b"# Minutes\n- theirs, later\n"

Save = Callable[[Path, bytes], object]


def by_rename(path: Path, content: bytes) -> None:
    new = path.with_name("new")
    new.write_bytes(content)
    new.replace(path)


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "2018-09-04.md"
    path.write_bytes(OLD)
    other = tmp_path / "other"
    other.write_bytes(b"")
    able = exchanging.swap(path, other) and exchanging.swap(path, other)
    other.unlink()
    if not able:
        pytest.skip("no two files can be exchanged here")
    return path


@pytest.fixture
def replaced() -> Iterator[Replaced]:
    watched = Replaced()
    yield watched
    watched.close()


def between(monkeypatch: pytest.MonkeyPatch, *happens: Callable[[], object]) -> None:
    """Let something happen before each exchange, after everything was looked at."""
    real, waiting = exchanging.swap, list(happens)

    def swap(one: Path, other: Path) -> bool:
        if waiting:
            waiting.pop(0)()
        return real(one, other)

    monkeypatch.setattr(exchanging, "swap", swap)


class Crash(BaseException):
    """The machine goes down."""


def crash(*_: object) -> None:
    raise Crash


def save_and_crash(minutes: Path, *, exchanged: bool) -> None:
    """Save ours, but for the very last steps."""
    last = minutes_file.read(minutes)
    with pytest.MonkeyPatch.context() as patch:
        if exchanged:
            patch.setattr(exchanging, "_taken_out", crash)
        else:
            between(patch, crash)
        with pytest.raises(Crash):
            saving.write(minutes, OURS, last)


@pytest.mark.parametrize("save", [Path.write_bytes, by_rename])
def test_a_landing_in_the_last_moment_is_there_again_and_told(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, save: Save
) -> None:
    last = minutes_file.read(minutes)
    between(monkeypatch, lambda: save(minutes, THEIRS))
    with pytest.raises(ChangedOnDisk) as caught:
        saving.write(minutes, OURS, last)
    assert caught.value.now is not None
    assert caught.value.now.content == minutes.read_bytes() == THEIRS
    assert os.listdir(minutes.parent) == [minutes.name]


@pytest.mark.parametrize("save", [Path.write_bytes, by_rename])
def test_a_second_landing_while_the_first_is_put_back_waits_its_turn(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, save: Save
) -> None:
    last = minutes_file.read(minutes)
    between(monkeypatch, lambda: save(minutes, THEIRS), lambda: save(minutes, LATER))
    found = []
    for _ in range(3):
        try:
            last = saving.write(minutes, OURS, last)
        except ChangedOnDisk as changed:
            last = changed.now or last
            found.append(last.content)
    assert found == [THEIRS, LATER]
    assert minutes.read_bytes() == OURS
    assert os.listdir(minutes.parent) == [minutes.name]


def test_a_file_removed_in_the_last_moment_is_told(minutes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = minutes_file.read(minutes)
    between(monkeypatch, minutes.unlink)
    with pytest.raises(ChangedOnDisk) as caught:
        saving.write(minutes, OURS, last)
    assert caught.value.now is None
    assert os.listdir(minutes.parent) == []


@pytest.mark.parametrize("what", ["directory", "link"])
def test_what_is_no_file_any_more_is_left_there(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    last = minutes_file.read(minutes)

    def happen() -> None:
        minutes.unlink()
        if what == "directory":
            minutes.mkdir()
        else:
            minutes.symlink_to("elsewhere")

    between(monkeypatch, happen)
    with pytest.raises((ChangedOnDisk, MinutesError)):
        saving.write(minutes, OURS, last)
    assert minutes.is_dir() or minutes.is_symlink()
    assert os.listdir(minutes.parent) == [minutes.name]


def test_who_had_the_file_open_is_heard_though_it_has_no_name_any_more(
    minutes: Path, replaced: Replaced
) -> None:
    last = minutes_file.read(minutes)
    with minutes.open("r+b") as late:
        saved = saving.write(minutes, OURS, last, replaced=replaced)
        late.truncate()
        saving.bring_back(minutes, saved, replaced)
        late.write(THEIRS)
    for _ in range(2):
        assert minutes.read_bytes() == OURS
        saving.bring_back(minutes, saved, replaced)
    assert minutes.read_bytes() == THEIRS
    assert os.listdir(minutes.parent) == [minutes.name]
    with pytest.raises(ChangedOnDisk):
        saving.write(minutes, OURS + b"- more\n", saved, replaced=replaced)


def test_a_replaced_file_is_not_watched_for_ever(minutes: Path, replaced: Replaced) -> None:
    descriptors = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0
    last = minutes_file.read(minutes)
    for number in range(50):
        last = saving.write(minutes, b"%d" % number, last, replaced=replaced)
    for _ in range(Replaced.LOOKS):
        assert replaced.late() == []
    if descriptors:
        assert len(os.listdir("/proc/self/fd")) == descriptors


@pytest.mark.parametrize("landed", [False, True])
def test_a_crash_before_the_exchange_leaves_the_old_text(minutes: Path, landed: bool) -> None:
    save_and_crash(minutes, exchanged=False)
    assert len(os.listdir(minutes.parent)) == 2
    if landed:
        minutes.write_bytes(THEIRS)
    saving.tidy(minutes)
    assert minutes.read_bytes() == (THEIRS if landed else OLD)
    assert os.listdir(minutes.parent) == [minutes.name]


@pytest.mark.parametrize("landed", [False, True])
def test_a_crash_after_the_exchange_costs_no_landing(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, landed: bool
) -> None:
    if landed:
        between(monkeypatch, lambda: minutes.write_bytes(THEIRS))
    save_and_crash(minutes, exchanged=True)
    assert minutes.read_bytes() == OURS
    saving.tidy(minutes)
    assert minutes.read_bytes() == (THEIRS if landed else OURS)
    assert os.listdir(minutes.parent) == [minutes.name]


def test_a_landing_that_a_crash_left_waits_while_another_stands_there(
    minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: minutes.write_bytes(THEIRS))
    save_and_crash(minutes, exchanged=True)
    minutes.write_bytes(LATER)
    saving.tidy(minutes)
    assert minutes.read_bytes() == LATER
    with pytest.raises(ChangedOnDisk) as caught:
        saving.write(minutes, OURS + LATER, minutes_file.read(minutes))
    assert caught.value.now is not None
    assert caught.value.now.content == minutes.read_bytes() == THEIRS
    assert os.listdir(minutes.parent) == [minutes.name]


def test_another_facilitators_exchange_under_way_is_let_be(
    minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = minutes_file.read(minutes)
    between(monkeypatch, lambda: saving.tidy(minutes))
    saving.write(minutes, OURS, last)
    assert minutes.read_bytes() == OURS
    assert os.listdir(minutes.parent) == [minutes.name]


def test_where_files_cannot_be_exchanged_ours_takes_the_name(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, replaced: Replaced
) -> None:
    monkeypatch.setattr(exchanging, "_exchange", lambda: lambda *_: errno.EINVAL)
    with minutes.open("r+b") as late:
        saved = saving.write(minutes, OURS, minutes_file.read(minutes), replaced=replaced)
        assert minutes.read_bytes() == OURS
        late.write(THEIRS)
    for _ in range(2):
        saving.bring_back(minutes, saved, replaced)
    assert minutes.read_bytes() == THEIRS
    assert os.listdir(minutes.parent) == [minutes.name]
    monkeypatch.setattr(exchanging, "_exchange", lambda: None)
    assert not exchanging.swap(minutes, minutes)


def test_files_of_others_and_of_other_minutes_are_left_alone(minutes: Path) -> None:
    minutes.with_name("2018-09-18.md").write_bytes(OLD)
    exchanging.lay_aside(minutes.with_name("2018-09-18.md"), THEIRS, OLD)
    before = sorted(os.listdir(minutes.parent))
    saving.tidy(minutes)
    assert sorted(os.listdir(minutes.parent)) == before
    saving.tidy(minutes.with_name("2018-09-18.md"))
    assert minutes.with_name("2018-09-18.md").read_bytes() == THEIRS
