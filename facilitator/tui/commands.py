"""The one table of commands: keys, footer, help, palette and ``facilitator keys`` are all made from it.

No textual here: the table is data, and printing it must not cost a screen's start.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Literal, NamedTuple

Place = Literal[
    "list", "write", "copy", "edit", "roll call", "entries", "landings", "wrap up", "elsewhere", "follow"
]
"""Where a key is pressed: on the running order, in the capture line, where it is asked what to copy, in the item's
editor, on the roll call, among the entries of the call, among what landed, on the wrap-up, where another file is asked
for, while following."""

NARROW = 54
"""Columns below which keys are told in brief, and come before all else in their row."""


class Command(NamedTuple):
    """Something the chair can do. ``keys`` are textual's names, the first one is shown."""

    id: str
    keys: tuple[str, ...]
    help: str
    place: Place = "list"
    footer: str = ""
    """Its word in the footer; the six most useful have one."""
    brief: str = ""
    """A shorter word for where all keys of its place have to fit into a narrow row."""


COMMANDS: tuple[Command, ...] = (
    Command("clock.toggle", ("space",), "start the call, pause it, resume it", footer="start"),
    Command("item.next", ("n", "right"), "next item", footer="next"),
    Command("item.previous", ("p", "left"), "previous item"),
    Command("highlight.down", ("down", "j"), "look at the item below; the clock stays where it is"),
    Command("highlight.up", ("up", "k"), "look at the item above"),
    Command("highlight.go", ("enter",), "go to the item in view; at a roll call: no update"),
    Command("highlight.back", ("escape",), "look at the current item again"),
    Command("item.find", ("slash",), "find an item by a part of its name or its lead"),
    Command("text.down", ("pagedown",), "scroll the item's text down"),
    Command("text.up", ("pageup",), "scroll the item's text up"),
    Command("timebox.longer", ("plus", "equals_sign"), "a minute more for this item"),
    Command("timebox.shorter", ("minus",), "a minute less for this item"),
    Command("boundary.earlier", ("left_square_bracket",), "this item began 15 seconds earlier"),
    Command("boundary.later", ("right_square_bracket",), "this item began 15 seconds later"),
    Command("item.skip", ("s",), "skip: put the item off to the end of its group"),
    Command("item.park", ("z",), "park: take the item off the call, into the parking lot"),
    Command("item.up", ("shift+up",), "move the item up the running order; its text stays"),
    Command("item.down", ("shift+down",), "move the item down the running order"),
    Command("item.add", ("A",), "add an item that comes next: /add Hiring (5m)"),
    Command("clock.started", ("B",), "say when the call really started: /started 10:32"),
    Command("item.began", ("N",), "next item, since a moment that is past: /next 10:41"),
    Command("timebox.pin", ("P",), "pin the item's time, so that it is not cut; or unpin it"),
    Command("timebox.adapt", ("b",), "how budgets follow the clock: one-way, two-way, off"),
    Command("write.note", ("i",), "write into the item: note, or whatever the line says", footer="note"),
    Command("write.action", ("a",), "action item: who, what, by when", footer="action"),
    Command("write.decision", ("d",), "decision", footer="decision"),
    Command("write.motion", ("m",), "motion; its outcome with /approve, /reject, /defer, /withdraw"),
    Command("motion.settle", ("M",), "record the outcome of the open motion as it stands"),
    Command("write.hand", ("h",), "hand raised: the speaker queue; q- takes the first off"),
    Command("roll.call", ("r",), "roll call: who is present, who sent regrets"),
    Command(
        "entries.show",
        ("l",),
        "what was recorded in this call: correct it, make it another kind, move it, strike it",
    ),
    Command("call.copy", ("y",), "copy the item, actions, decisions, the digest or everything"),
    Command("item.edit", ("e",), "edit the item's text here"),
    Command("item.editor", ("E",), "edit the item's text in $VISUAL or $EDITOR; the clock goes on"),
    Command("item.source", ("v",), "the item as rendered, or as its source"),
    Command("change.undo", ("u", "ctrl+z"), "undo"),
    Command("change.redo", ("U", "ctrl+y"), "redo"),
    Command("clock.big", ("t",), "a big clock, for a shared screen"),
    Command("landings.show", ("c",), "what others changed during the call, and what they would have wiped"),
    Command("landings.look", ("g",), "look for changes of others now"),
    Command("save.elsewhere", ("W",), "save the minutes elsewhere from now on, in a new file"),
    Command("call.wrap_up", ("w",), "wrap up and adjourn"),
    Command("help.show", ("question_mark", "f1"), "these keys", footer="help"),
    Command("help.palette", ("ctrl+p",), "every command, by name"),
    Command("call.leave", ("q", "ctrl+q", "ctrl+c"), "leave; the call goes on, the same command resumes it"),
    Command("write.record", ("enter",), "record it, and stay", "write", footer="record"),
    Command("write.leave", ("escape",), "back to the running order; the draft stays", "write", footer="back"),
    Command("write.accept", ("tab",), "take the suggestion", "write", footer="suggestion"),
    Command("write.next", ("pagedown",), "next item, and stay", "write", footer="next item"),
    Command(
        "write.recall",
        ("up",),
        "the last entry again, to correct it; then older ones",
        "write",
        footer="last entry",
    ),
    Command("write.later", ("down",), "a later entry again", "write"),
    Command("write.previous", ("pageup",), "previous item, and stay", "write"),
    Command("write.saved", ("ctrl+s",), "say where it is saved", "write"),
    Command("copy.item", ("i",), "copy the item in view", "copy", footer="item"),
    Command("copy.actions", ("a",), "copy the action items", "copy", footer="actions", brief="todo"),
    Command(
        "copy.decisions", ("d",), "copy the decisions and motions", "copy", footer="decisions", brief="agreed"
    ),
    Command("copy.digest", ("y",), "copy the digest, for the mailing list", "copy", footer="digest"),
    Command("copy.everything", ("e",), "copy the whole minutes", "copy", footer="all"),
    Command("copy.back", ("escape",), "copy nothing", "copy", footer="back"),
    Command(
        "edit.finish",
        ("escape",),
        "back to the running order; what you changed is saved",
        "edit",
        footer="save",
    ),
    Command("edit.saved", ("ctrl+s",), "save now", "edit", footer="save now"),
    Command("edit.undo", ("ctrl+z",), "undo in the editor", "edit", footer="undo"),
    Command("roll.present", ("enter",), "present, and on to the next", "roll call", footer="present"),
    Command("roll.regrets", ("tab",), "has sent regrets, and on to the next", "roll call", footer="regrets"),
    Command("roll.unmark", ("delete",), "not called after all: the mark goes", "roll call", footer="no mark"),
    Command("roll.back", ("escape",), "back to the call", "roll call", footer="back"),
    Command("entries.down", ("down", "j"), "the entry below", "entries"),
    Command("entries.up", ("up", "k"), "the entry above", "entries"),
    Command(
        "entries.correct",
        ("enter",),
        "bring it into the capture line, to correct it",
        "entries",
        footer="correct",
    ),
    Command(
        "entries.move",
        ("t",),
        "move it to another item: type a part of its name",
        "entries",
        footer="to item",
    ),
    Command("entries.strike", ("x", "delete"), "strike it", "entries", footer="strike"),
    Command("entries.action", ("a",), "make it an action item", "entries", footer="action"),
    Command("entries.decision", ("d",), "make it a decision", "entries", footer="decision"),
    Command("entries.note", ("n", "i"), "make it a note", "entries", footer="note"),
    Command("entries.motion", ("m",), "make it a motion", "entries"),
    Command("entries.undo", ("u",), "undo", "entries", footer="undo"),
    Command("entries.redo", ("U",), "redo", "entries"),
    Command("entries.back", ("escape", "l", "q"), "back to the call", "entries", footer="back"),
    Command(
        "landings.down",
        ("down", "j"),
        "the landing below; after the last one, the rest of the page",
        "landings",
    ),
    Command("landings.up", ("up", "k"), "the landing above", "landings"),
    Command(
        "landings.keep",
        ("o",),
        "keep the text that would have been wiped, or ours",
        "landings",
        footer="keep",
    ),
    Command(
        "landings.take", ("t",), "take the removal, or what stands on the disk", "landings", footer="take"
    ),
    Command(
        "landings.undo",
        ("u",),
        "undo the chosen landing: take out what it changed",
        "landings",
        footer="undo it",
    ),
    Command("landings.back", ("escape", "c", "q"), "back to the call", "landings", footer="back"),
    Command(
        "wrap_up.adjourn", ("enter",), "adjourn: write the minutes and leave", "wrap up", footer="adjourn"
    ),
    Command("wrap_up.back", ("escape",), "back to the call", "wrap up", footer="back"),
    Command("elsewhere.save", ("enter",), "save there from now on", "elsewhere", footer="save there"),
    Command("elsewhere.back", ("escape",), "back to the call", "elsewhere", footer="back"),
    Command("follow.down", ("down", "j"), "look at the item below", "follow", footer="look around"),
    Command("follow.up", ("up", "k"), "look at the item above", "follow"),
    Command("follow.back", ("escape",), "look at what the call is on", "follow", footer="current item"),
    Command("follow.text_down", ("pagedown",), "scroll the item's text down", "follow", footer="more"),
    Command("follow.text_up", ("pageup",), "scroll the item's text up", "follow"),
    Command("follow.source", ("v",), "the item as rendered, or as its source", "follow", footer="source"),
    Command("follow.leave", ("q", "ctrl+q", "ctrl+c"), "look on no more", "follow", footer="leave"),
)

_SHOWN = {
    "space": "space",
    "plus": "+",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "minus": "-",
    "slash": "/",
    "question_mark": "?",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "underscore": "_",
    "at": "@",
    "backslash": "\\",
    "pagedown": "page down",
    "pageup": "page up",
}


Commands = tuple[Command, ...]
"""A table of commands: ``COMMANDS``, or what the chair's settings make of it."""

_TITLES: dict[Place, str] = {
    "list": "On the running order",
    "write": "In the capture line",
    "copy": "Copying: one more key says what",
    "edit": "In the editor",
    "roll call": "On the roll call (typing filters the names, or names a guest)",
    "entries": "Among the entries of the call",
    "landings": "Among what landed",
    "wrap up": "On the wrap-up",
    "elsewhere": "Where another file to save in is asked for (typing names it)",
    "follow": "Following a call that somebody else chairs",
}


def shown(key: str) -> str:
    """Return a key as people call it; settings are read with the same words."""
    if len(key) == 1 or key in _SHOWN:
        return _SHOWN.get(key, key)
    from unicodedata import lookup  # the first frame shows none of these

    with suppress(KeyError):
        character = lookup(key.replace("_", " "))  # what has no key name of its own goes by Unicode's
        if character.isprintable() and not character.isspace():
            return character
    return key


def remapped(keys: Mapping[str, tuple[str, ...]]) -> Commands:
    """Return the table with other keys for the commands named by their ids."""
    return tuple(one._replace(keys=keys.get(one.id, one.keys)) for one in COMMANDS)


def by_key(commands: Commands, place: Place) -> dict[str, Command]:
    """Return the commands of a place by textual's name of each of their keys."""
    return {key: command for command in commands if command.place == place for key in command.keys}


def footer(commands: Commands, place: Place) -> list[Command]:
    """Return the commands of a place that its footer names, most useful first."""
    return [command for command in commands if command.place == place and command.footer]


def word(command: Command, width: int) -> str:
    """Return a command's word in a footer of so many columns."""
    return command.brief if command.brief and width < NARROW else command.footer


def gap(commands: Commands, place: Place, width: int) -> int:
    """Return how many columns part the keys in the footer of a place: one where all of them have to fit."""
    tight = width < NARROW and any(command.brief for command in footer(commands, place))
    return 1 if tight else 3


def first_key(commands: Commands, command: str) -> str:
    """Return the key that a command, named by its id, is shown with, as people call it."""
    return next(shown(one.keys[0]) for one in commands if one.id == command)


def by_place(commands: Commands) -> dict[str, list[tuple[str, Command]]]:
    """Return all commands, each with its keys as people call them, by the title of their place."""
    return {
        title: [(", ".join(map(shown, one.keys)), one) for one in commands if one.place == place]
        for place, title in _TITLES.items()
    }


def table(commands: Commands = COMMANDS, *, ids: bool = False) -> str:
    """Return all keys as aligned text, by place; with the ids that settings call the commands by, if asked."""
    places = by_place(commands)
    width = keys_width(commands)
    named = max(len(one.id) for one in commands) if ids else 0
    parts = []
    for title, rows in places.items():
        lines = [f"  {one.id:<{named}} " if ids else "  " for _, one in rows]
        lines = [f"{line}{keys:<{width}} {one.help}" for line, (keys, one) in zip(lines, rows, strict=True)]
        parts.append("\n".join([title, *lines]))
    return "\n\n".join(parts)


def keys_width(commands: Commands) -> int:
    """Return how many columns the keys of every command need."""
    return max(len(keys) for rows in by_place(commands).values() for keys, _ in rows)
