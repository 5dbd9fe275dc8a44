"""Scripts of entries, and what is pasted."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.line import Context
from facilitator.core.record import Action, Fenced, Note
from facilitator.core.script import Chunk, chunks, pasted, reaches

CALL = Context(date(2018, 9, 4))


def test_a_script_is_taken_line_by_line_and_fences_whole() -> None:
    script = [
        "Topic: Router",
        "",
        "```console",
        "ACTION: not one",
        "",
        "```",
        "done",
        "~~~",
        "open to the end",
    ]
    assert list(chunks(script)) == [
        Chunk(1, "Topic: Router"),
        Chunk(3, Fenced(("ACTION: not one", ""), "console")),
        Chunk(7, "done"),
        Chunk(8, Fenced(("open to the end",))),
    ]


def test_a_fence_ends_only_with_as_many_of_its_own_marks() -> None:
    assert list(chunks(["````", "```", "~~~~", "````` "])) == [Chunk(1, Fenced(("```", "~~~~")))]
    assert list(chunks(["``` code ``` in a line"])) == [Chunk(1, "``` code ``` in a line")]


def test_pasted_lines_become_entries_or_one_block() -> None:
    entries, block = pasted("- one\r\n* two\n\nACTION: Ada to reply\n#undo\n", CALL)
    assert entries == (Note("one"), Note("two"), Action("reply", ("Ada",)), Note("#undo"))
    assert block == Fenced(("- one", "* two", "", "ACTION: Ada to reply", "#undo"))


def test_a_pasted_fence_stays_one() -> None:
    entries, _ = pasted("look:\n```\n- x\n```", CALL)
    assert entries == (Note("look:"), Fenced(("- x",)))


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_nothing_pasted_is_lost(text: str) -> None:
    entries, block = pasted(text, CALL)
    assert "".join("\n".join(block.lines).split()) == "".join(text.split())
    words = [word for word in text.split() if word.isalnum() and not word.isdigit()]
    kept = "\n".join(str(entry) for entry in entries)
    assert all(word in kept or repr(word)[1:-1] in kept for word in words)


def test_what_comes_later_reaches_back_over_no_more_than_it_undoes() -> None:
    script = ["one", "two", "#undo", "three", "q- nobody", "#undo", "#undo", "four"]
    assert reaches(list(chunks(script))) == [0, 1, 2, 1, 2, 2, 1, 0]
    assert reaches(list(chunks(["```", "#undo", "```"]))) == [0]
