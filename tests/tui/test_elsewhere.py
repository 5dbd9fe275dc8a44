"""A disk that refuses: the standing row says so, and the minutes are saved in a new file instead."""

from __future__ import annotations

import errno
import os
from datetime import UTC
from pathlib import Path

import pytest
from textual import events

from facilitator.core.meeting import opened
from facilitator.store import saving
from facilitator.store.minutes_file import MinutesError
from facilitator.tui.panes import frame
from facilitator.tui.panes.frame import View
from facilitator.tui.panes.geometry import geometry
from tests.chairing import DAY, MINUTES, Chair, OpenCall


def refuse(patch: pytest.MonkeyPatch, refused: Path) -> None:
    """Let every save of that one file fail."""
    write = saving.write

    def failing(path: Path, *rest: object, **named: object) -> object:
        if Path(path).name == refused.name and Path(path).parent == refused.parent:
            raise MinutesError.of(path, OSError(errno.EROFS, os.strerror(errno.EROFS)))
        return write(path, *rest, **named)  # type: ignore[arg-type]

    patch.setattr(saving, "write", failing)


async def failed(chair: Chair) -> None:
    """Write a note that can't be saved."""
    await chair.press("space", "i")
    await chair.type("while it is read-only")
    await chair.press("enter", "escape")
    assert not chair.app.session.storage.flush(5)
    chair.app.repaint()
    await chair.pilot.pause()


async def test_the_minutes_are_saved_in_a_new_file_from_then_on(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "stick" / "minutes.md"
    other.parent.mkdir()
    async with open_call() as chair:
        refuse(monkeypatch, chair.path)
        before = chair.path.read_bytes()
        await failed(chair)
        frame = chair.frame()
        said = "the file system is read-only, make it writable or save elsewhere: W"
        assert f"✗ 2024-06-04-council.md: {said}\n" in frame

        await chair.press("W")
        assert "› " in chair.frame()
        assert "read-only" in chair.frame()
        await chair.press("ctrl+u")
        chair.app.post_message(events.Paste(f"{other}\nsecond line"))
        await chair.pilot.pause()
        await chair.press("enter")
        assert f"Saved in {other.root}" in chair.frame()
        assert chair.app.session.path == other
        assert "✗" not in chair.frame()
        assert "- while it is read-only\n" in other.read_text()
        assert chair.path.read_bytes() == before

    async with open_call() as chair:
        await chair.press("i")
        await chair.type("and after it was resumed")
        await chair.press("enter")
        assert chair.app.session.storage.flush(5)
        assert "- while it is read-only\n- and after it was resumed\n" in other.read_text()
        assert chair.path.read_bytes() == before


async def test_a_name_that_is_taken_or_cannot_be_made_is_refused(open_call: OpenCall, tmp_path: Path) -> None:
    taken = tmp_path / "taken.md"
    taken.write_text("keep")
    async with open_call() as chair:
        await chair.press("space", "W")
        for name, said in [
            (str(taken), "is there already, choose another name"),
            (f"{tmp_path}/nowhere/minutes.md", "there is no such directory"),
            ("", "is there already"),
        ]:
            await chair.press("ctrl+u")
            await chair.type(name)
            await chair.press("enter")
            assert said in " ".join(chair.frame().split())
        await chair.press("backspace", "escape")
        assert chair.app.session.path == chair.path
        assert taken.read_text() == "keep"


async def test_a_name_beside_the_minutes_is_suggested_and_typing_replaces_it(
    open_call: OpenCall, tmp_path: Path
) -> None:
    (tmp_path / "2024-06-04-council-2.md").write_text("keep")
    async with open_call() as chair:
        await chair.press("space", "W")
        assert f"{tmp_path}/2024-06-04-council-3.md▏" in "".join(chair.frame().split())
        await chair.type("other.md")
        assert "› other.md▏" in chair.frame()
        await chair.press("escape", "W", "end")
        await chair.type("x")
        assert "council-3.mdx▏" in "".join(chair.frame().split())
        await chair.press("backspace", "enter")
        assert chair.app.session.path == tmp_path / "2024-06-04-council-3.md"
        assert chair.app.session.path.exists()


async def test_where_saving_is_refused_another_directory_is_suggested(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    async with open_call() as chair:
        refuse(monkeypatch, chair.path)
        await failed(chair)
        await chair.press("W")
        assert "home/2024-06-04-council.md▏" in "".join(chair.frame().split())


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (
            120,
            "✗ …/2024-06-04-council.md: the disk is full, free some space or save elsewhere: W (and 1 more)",
        ),
        (80, "✗ the disk is full, free some space or save elsewhere: W (and 1 more)"),
        (60, "✗ the disk is full, free some space or save elsewhere: W"),
        (40, "✗ not saved: W saves elsewhere"),
    ],
)
def test_the_way_out_stands_there_at_every_width(width: int, said: str) -> None:
    full = MinutesError.of(
        "/home/chair/minutes/of/our/calls/2024-06-04-council.md", OSError(errno.ENOSPC, "full")
    )
    meeting = opened(MINUTES.encode(), None, DAY, 1800)
    view = View(troubles=("the journal in /home/chair: the disk is full, free some space", str(full)))
    drawn = frame.draw(meeting, view, 0.0, UTC, geometry(width, 24, standing=True))
    assert drawn.bottom[1].plain.strip() == said
