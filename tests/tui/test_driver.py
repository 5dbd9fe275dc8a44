"""What a terminal sends, and what it means."""

from __future__ import annotations

import os
import pty
import selectors
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.message import Message

from facilitator.tui.driver import Ending, Keyboard, TerminalDriver


def meant(*typed: bytes) -> list[str]:
    """Return the keys, pastes and other events that the pieces mean, the last one followed by nothing."""
    keyboard = Keyboard()
    read = [message for piece in typed for message in keyboard.read(piece)]
    return [_name(message) for message in [*read, *keyboard.give_up()]]


def _name(message: Message) -> str:
    match message:
        case events.Key(key=key):
            return key
        case events.Paste(text=text):
            return f"paste {text}"
    return type(message).__name__


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"ab", ["a", "b"]),
        (b"a\nb\r", ["a", "enter", "b", "enter"]),
        (b"\x1b", ["escape"]),
        (
            b"\x1bi[AB] no",
            ["escape", "i", *["left_square_bracket", "A", "B", "right_square_bracket", "space", "n", "o"]],
        ),
        (b"\x1bn\x1b", ["escape", "n", "escape"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1b[6~\x1bOP\x1b[1;5C", ["pagedown", "f1", "ctrl+right"]),
        (b"\x1bb\x1bf\x1b[Z", ["ctrl+left", "ctrl+right", "shift+tab"]),
        (b"\x1b[105;5u", ["ctrl+i"]),
        (b"\x1b[<0;5;6Mx", ["MouseDown", "x"]),
        (b"\x1b[M !!x", ["x"]),
        (b"\x1b[I\x1b[?2026;2$yx", ["AppFocus", "TerminalSupportsSynchronizedOutput", "x"]),
        (b"\x1b[200~two\nlines \x1b[31m\x1b[201~x", ["paste two\nlines \x1b[31m", "x"]),
        (b"\x1b[99;99;99zx\x1b[5;5;5;5wy", ["x", "y"]),
        ("é日".encode(), ["é", "日"]),
        (b"caf\xe9 ok", ["c", "a", "f", "replacement_character", "space", "o", "k"]),
    ],
)
def test_what_is_typed_means_the_same_however_it_is_cut(typed: bytes, keys: list[str]) -> None:
    assert meant(typed) == keys
    if typed[1:2] not in (b"b", b"f"):  # alt and an arrow come in one piece, an escape and a letter need not
        assert meant(*(typed[at : at + 1] for at in range(len(typed)))) == keys


def test_an_escape_is_a_key_when_nothing_follows_it() -> None:
    keyboard = Keyboard()
    assert list(keyboard.read(b"\x1b")) == []
    assert keyboard.waits
    assert [_name(message) for message in keyboard.give_up()] == ["escape"]
    assert not keyboard.waits


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"\x1b[", b"\x1b[<", b"\x1bO", b"\x1b[200~"])))
def test_no_bytes_are_too_much_and_text_behind_them_arrives(pieces: list[bytes]) -> None:
    keyboard = Keyboard()
    for piece in pieces:
        list(keyboard.read(piece))
    list(keyboard.give_up())
    seen = list(keyboard.read(b"\x1b[201~")) + list(keyboard.read(b"\x18words"))
    assert "".join(one.character or "" for one in seen if isinstance(one, events.Key)).endswith("words")


async def test_nothing_waits_to_be_written_while_an_editor_has_the_terminal() -> None:
    master, slave = pty.openpty()
    with open(slave, "w") as terminal:
        driver = TerminalDriver(App[None]())
        driver._file = terminal
        driver._writer_thread = WriterThread(terminal)
        driver._writer_thread.start()
        driver.suspend_application_mode()

        def draw() -> None:
            for _ in range(100):
                driver.write("a frame")

        frames = Thread(target=draw, daemon=True)
        frames.start()
        frames.join(5)
        assert not frames.is_alive()
    assert b"a frame" not in os.read(master, 4096)
    os.close(master)
    assert driver.away


def test_the_input_sleeps_until_it_is_told_to_end() -> None:
    ending = Ending()
    with selectors.DefaultSelector() as selector:
        selector.register(ending.fileno, selectors.EVENT_READ)
        assert not selector.select(0)
        ending.set()
        assert selector.select(0)
        ending.clear()
        assert not selector.select(0)
    assert not ending.is_set()
