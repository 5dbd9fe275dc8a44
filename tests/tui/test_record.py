"""Motions, votes, hands, attendance: the record at typing speed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events

from facilitator.core.summary import text
from facilitator.system import clipboard
from tests.chairing import AGENDA, Chair, OpenCall

CONSENSUS = AGENDA.replace("duration: 30m", "duration: 30m\nobjections: 20s\nquorum: 50%")


async def put(chair: Chair, *lines: str) -> None:
    """Type lines into the capture line, and record each."""
    for line in lines:
        await chair.type(line)
        await chair.press("enter")


async def test_a_motion_is_put_voted_on_and_closed(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("Ship 4.0 on Monday (moved by Tomas Rey)")
        await chair.press("enter")
        assert "any objections?" in chair.frame()
        await chair.type("/vote tomas yes")
        await chair.press("enter")
        await chair.type("/vote ingrid no")
        await chair.press("enter")
        await chair.type("/vote priya yes")
        await chair.press("enter")
        assert "2 for, 1 against, 0 abstained" in chair.frame()
        await chair.type("/approve")
        await chair.press("enter")
        saved = chair.saved()
    assert "- **Motion:** Ship 4.0 on Monday (moved by Tomas Rey)\n" in saved
    assert "  - **Approved:** 2 for, 1 against, 0 abstained\n" in saved


async def test_an_outcome_without_a_motion_stays_in_the_line_and_says_why(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("/approve")
        await chair.press("enter")
        frame = chair.frame()
    assert "put a motion first" in frame
    assert "› /approve" in frame


async def test_hands_wait_in_order_and_points_of_order_come_first(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "h")
        await chair.type("tomas")
        await chair.press("enter")
        await chair.type("q+ ingrid: the lamp")
        await chair.press("enter")
        assert "✋ Tomas Rey, Ingrid Solheim (the lamp)" in chair.frame()
        await chair.type("q- ingrid")
        await chair.press("enter")
        await chair.type("q+ priya: point of order")
        await chair.press("enter")
        assert "✋ Priya Nair (point of order), Tomas Rey" in chair.frame()
        await chair.type("q-")
        await chair.press("enter")
        assert "✋ Tomas Rey" in chair.frame()
        await chair.press("escape", "u")
        assert "✋ Priya Nair (point of order), Tomas Rey" in chair.frame()


async def test_the_roll_is_called_with_one_key_a_person(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "r")
        await chair.pilot.pause()
        assert "Ingrid Solheim" in chair.frame()
        await chair.press("enter", "tab")
        await chair.type("Quinn")
        assert "Quinn: enter marks them present as a guest" in chair.frame()
        await chair.press("enter", "escape")
        saved = chair.saved()
    attendees = saved[saved.index("## Attendees") :]
    assert "- Tomas Rey (Beacon)\n- Ingrid Solheim (regrets)\n- Quinn\n" in attendees


async def test_who_was_at_past_calls_is_called_and_a_mark_can_be_taken_back(
    open_call: OpenCall, tmp_path: Path
) -> None:
    past = "# Harbor Council 2024-05-21\n\n## Attendees\n\n- Tomas Rey (Beacon)\n- Zoe Quist\n- Yan Oll (regrets)\n"
    (tmp_path / "2024-05-21-council.md").write_text(past)
    async with open_call() as chair:
        await chair.press("space", "r")
        await chair.app.workers.wait_for_complete()
        await chair.pilot.pause()
        rows = [" ".join(row.split()) for row in chair.frame().splitlines() if row.strip()]
        assert "Zoe Quist was here 21 May" in rows
        assert not any("Yan" in row for row in rows)
        await chair.type("zoe")
        await chair.press("enter", "up")
        assert "- Zoe Quist\n" in chair.saved()
        await chair.type("zoe")
        await chair.press("delete", "escape", "escape")
        saved = chair.saved()
    assert "Zoe Quist" not in saved


async def test_pasted_lines_become_a_block_of_code_on_tab(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        chair.app.post_message(events.Paste("$ make\n  ok\n# done\n"))
        await chair.pilot.pause()
        assert "3 lines: enter records 3 entries, tab one block of code" in chair.frame()
        await chair.press("tab")
        saved = chair.saved()
        await chair.press("escape", "u")
        undone = chair.saved()
    assert "- ```\n  $ make\n    ok\n  # done\n  ```\n" in saved
    assert "make" not in undone


async def test_what_nobody_objects_to_in_time_is_approved_by_one_key(open_call: OpenCall) -> None:
    async with open_call(agenda=CONSENSUS) as chair:
        await chair.press("space", "m")
        await put(chair, "Ship 4.0 on Monday (moved by Tomas Rey)")
        await chair.pass_time(6)
        assert "any objections? 0:14" in chair.frame()
        assert "M: approved" not in chair.frame()
        await chair.pass_time(14)
        assert "no objections" in chair.frame()
        assert "M: approved" in chair.frame()
        await chair.press("escape", "M")
        saved = chair.saved()
        await chair.press("u")
        undone = chair.frame()
    assert "  - **Approved:** no objections\n" in saved
    assert "M: approved" in undone


async def test_an_objection_by_name_stops_the_countdown_and_undo_lets_it_go_on(open_call: OpenCall) -> None:
    async with open_call(agenda=CONSENSUS) as chair:
        await chair.press("space", "m")
        await put(chair, "Ship 4.0 on Monday", "/object ingrid: too soon")
        await chair.pass_time(60)
        assert "objections by Ingrid Solheim" in chair.frame()
        assert "M: rejected" in chair.frame()
        await chair.press("escape", "u")
        assert "no objections" in chair.frame()
        await chair.press("m")
        await put(chair, "#vote tomas yes", "#vote priya, ingrid: no")
        assert "1 for, 2 against, 0 abstained" in chair.frame()
        assert "M: rejected" in chair.frame()
        await put(chair, "present+ tomas")
        assert "no quorum, 1 for, 2 against, 0 abstained" in chair.frame()
        await chair.type("/approve")
        assert "motion approved against the count, without quorum" in chair.frame()
        await chair.press("ctrl+u")
        await chair.type("/reject")
        assert "motion rejected without quorum" in chair.frame()
        await chair.press("ctrl+u", "escape", "M")
        assert "Rejected without quorum: u takes it back" in chair.frame()


async def test_the_countdown_goes_on_where_the_call_is_resumed(open_call: OpenCall) -> None:
    async with open_call(agenda=CONSENSUS) as chair:
        await chair.press("space", "m")
        await put(chair, "Ship 4.0 on Monday")
        clock = chair.clock
    clock.advance(15)
    async with open_call(agenda=CONSENSUS, clock=clock) as chair:
        assert "any objections? 0:05" in chair.frame()


async def test_an_empty_line_offers_the_outcome_of_the_open_motion(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await put(chair, "Ship 4.0 on Monday", "#vote tomas no")
        assert "tab: /reject" in chair.frame()
        await chair.press("tab", "enter")
        saved = chair.saved()
    assert "  - **Rejected:** 0 for, 1 against, 0 abstained\n" in saved


async def test_one_key_finds_no_motion_to_settle_and_says_so(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "M")
        assert "none is open in Announcements" in chair.frame()


async def test_up_goes_back_through_the_entries_and_another_prefix_makes_another_kind(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "first", "second")
        await chair.press("up", "up")
        assert "↻ first" in chair.frame()
        await chair.press("down")
        assert "↻ second" in chair.frame()
        await chair.press("down")
        assert "second" not in chair.frame().splitlines()[-4]
        await chair.press("up", "up", "home")
        await chair.type("RESOLVED: ")
        await chair.press("up", "enter")
        saved = chair.saved()
    assert "- **Decision:** first\n- second\n" in saved


async def test_a_substitution_is_shown_before_it_is_made(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "ACTION: tomas to oil the lamp")
        await chair.type("s/lamp/door/")
        assert "edit: ☐ Tomas Rey: oil the door" in chair.frame()
        await chair.press("backspace", "backspace", "backspace")
        await chair.type("x/y/")
        assert "tab" not in chair.frame().splitlines()[-3]


async def test_an_entry_is_thought_over(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "Tomas to oil the lamp", "too much")
        await chair.press("escape", "l")
        await chair.pilot.pause()
        await chair.press("x")
        assert "Note struck: u takes it back" in chair.frame()
        await chair.press("a")
        assert "☐ Tomas Rey: oil the lamp" in chair.frame()
        await chair.press("t")
        await chair.type("lan")
        assert "enter: Lantern" in chair.frame()
        await chair.press("enter")
        saved = chair.saved()
        assert (
            "### Lantern - Ingrid Solheim\n\n- [ ] **Action:** Tomas Rey: oil the lamp (due 2024-06-18)\n"
            in saved
        )
        assert "too much" not in saved
        await chair.press("u", "u", "u")
        await chair.press("k", "enter")
        await chair.pilot.pause()
        assert "↻ Tomas to oil the lamp" in chair.frame()
        await chair.type(" today")
        await chair.press("enter")
        saved = chair.saved()
    assert "- Tomas to oil the lamp today\n- too much\n" in saved


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        ("i", "• nothing", "item"),
        ("a", "☐ Tomas Rey: oil it (due 2024-06-18) — Announcements", "action items"),
        ("d", "Keep the lamp — Announcements", "decisions and motions"),
        ("y", "## Decisions", "digest"),
        ("e", "# Harbor Council 2024-06-04", "whole minutes"),
    ],
)
async def test_one_more_key_says_what_is_copied(
    open_call: OpenCall, monkeypatch: pytest.MonkeyPatch, key: str, held: str, name: str
) -> None:
    copied: list[str] = []

    def copy(text: str) -> str:
        copied.append(text)
        return "xclip"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "ACTION: tomas to oil it", "RESOLVED: Keep the lamp", "nothing")
        await chair.press("escape", "y")
        assert "Copy what?" in chair.frame()
        await chair.press(key)
        await chair.app.workers.wait_for_complete()
        await chair.pilot.pause()
        assert f"Copied the {name} by xclip" in chair.frame()
    assert held.replace("• ", "- ") in copied[0]


@pytest.mark.parametrize("size", [(40, 10), (40, 24), (53, 12), (54, 12), (60, 10), (120, 40)])
async def test_all_that_can_be_copied_fits_on_the_screen(open_call: OpenCall, size: tuple[int, int]) -> None:
    async with open_call(size=size) as chair:
        await chair.press("y")
        last = chair.frame().rstrip().splitlines()[-1]
        for key in "iadye":
            assert re.search(rf" {key} [a-z]+( |$)", last), last


async def test_another_key_copies_nothing(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("y", "n")
        assert "Copy what?" not in chair.frame()
        await chair.press("y", "a")
        assert "Nothing to copy: no action items yet" in chair.frame()


async def test_an_action_item_takes_two_keys_beyond_its_words_and_shows_what_it_will_be(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        await chair.press("space")
        words, keys = "ingrid to oil the lamp by friday", ["a", "enter"]
        await chair.press(keys[0])
        for at, letter in enumerate(words, 1):
            chair.send(letter)
            await chair.pilot.pause()
            line, said = chair.frame().splitlines()[-4:-2]
            assert line.rstrip().endswith(f"☐ {words[:at]}".rstrip())
            assert "Ingrid Solheim" in said or at <= len("ingrid to ")
        assert "☐ Ingrid Solheim, due 7 Jun" in said
        await chair.press(keys[1])
        saved = chair.saved()
    assert len(keys) <= 4
    assert "- [ ] **Action:** Ingrid Solheim: oil the lamp (due 2024-06-07)\n" in saved


@pytest.mark.parametrize(
    ("said", "offered", "written"),
    [
        (
            "Tomas to send out a note",
            "☐ Tomas Rey, due next call (18 Jun)",
            "- [ ] **Action:** Tomas Rey: send out a note",
        ),
        ("confirmed!", "◆ decision", "- **Decision:** confirmed!"),
        ("no objections", "◆ decision", "- **Decision:** no objections"),
    ],
)
async def test_prose_that_sounds_like_more_is_offered_and_never_converted(
    open_call: OpenCall, said: str, offered: str, written: str
) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type(said)
        assert f"tab: {offered}" in chair.frame()
        await chair.press("enter")
        await chair.type(said)
        await chair.press("tab", "enter")
        saved = chair.saved()
    assert f"- {said}\n{written}" in saved


async def test_the_wrap_up_tells_what_was_moved_and_what_became_of_it(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("drop the 32-bit builds")
        await chair.press("enter", "escape")
        await chair.pass_time(10)
        await chair.press("n", "n", "m")
        await chair.type("hire a painter")
        await chair.press("enter", "escape", "p", "p", "M", "w")
        await chair.pilot.pause()
        told = [row.strip() for row in chair.frame().splitlines()]
        at = told.index("Decisions and motions")
        assert told[at + 1 : at + 3] == ["◇ drop the 32-bit builds", "◆ Approved: no objections"]
        assert told[at + 3].split() == ["◇", "hire", "a", "painter", "open"]
        assert "A motion is open in [AB] No 32-bit builds? [x]: hire a painter" in told
        assert "enter adjourn with 1 matter left open" in told[-1]
        said = text(chair.app.meeting, chair.app.now()).splitlines()
        assert said[0].startswith("0 decisions, 2 motions (1 open), 0 action items, 0 other entries in")
        assert said[3] == "  ◇ hire a painter (open)"


async def test_entries_keep_their_order_when_a_motion_is_settled(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "before it", "#motion hire a painter", "after it")

        def told() -> list[str]:
            marks = ("• before", "◇ hire", "• after", "◆ Approved")
            rows = (row.partition("│")[2].strip() for row in chair.frame().splitlines())
            return [mark for row in rows for mark in marks if row.startswith(mark)]

        assert told() == ["• before", "◇ hire", "• after"]
        assert "M: approved" in chair.frame()
        await chair.press("escape", "M")
        assert told() == ["• before", "◇ hire", "◆ Approved", "• after"]


async def test_a_tally_takes_the_room_beside_a_short_word(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await put(chair, "#motion hire a painter", "/vote ada yes", "/vote ingrid no", "/vote tomas yes")
        await chair.press("escape", "M")
        assert "2 for, 1 against, 0 abstained" in chair.frame()
        assert "…" not in chair.frame()
        await chair.press("l")
        assert "2 for, 1 against, 0 abstained   Announcements" in chair.frame()


async def test_an_entry_is_read_whole_where_there_are_empty_rows(open_call: OpenCall) -> None:
    """On a small screen it takes the rows that the item's text leaves free; one without free rows is cut."""
    words = " ".join(f"word{number}" for number in range(36))
    async with open_call(size=(60, 20)) as chair:
        await chair.press("space", "i")
        await put(chair, f"ACTION: ada, tomas, priya: {words} to the end")
        shown = " ".join(chair.frame().split())
        assert "to the end" in shown
        assert "due 18 Jun" in shown


async def test_a_long_motion_is_read_whole_while_it_is_open(open_call: OpenCall) -> None:
    words = " ".join(f"word{number}" for number in range(15))
    async with open_call(size=(60, 20)) as chair:
        await chair.press("space", "i")
        await put(chair, f"#motion {words} to the end")
        assert "to the end" in " ".join(chair.frame().split())


async def test_votes_of_many_in_one_line_are_counted_as_they_were_cast(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("ship it")
        await chair.press("enter")
        await chair.type("/vote ada yes, kim yes, lee no")
        await chair.press("enter")
        assert "2 for, 1 against, 0 abstained" in chair.frame()
        await chair.type("/vote all yes")
        await chair.press("enter")
        assert "all names nobody" in chair.frame()
        await chair.press("ctrl+u")
        await chair.type("lee +1")
        assert "tab: vote for: lee" in chair.frame()
        await chair.press("tab", "enter")
        assert "3 for, 0 against, 0 abstained" in chair.frame()
        await chair.type("/vote 5 for, 7 against")
        await chair.press("enter")
        await chair.type("/vote ada yes")
        await chair.press("enter")
        assert "Not recorded: the votes were counted" in chair.frame()
        await chair.press("ctrl+u", "escape", "u")
        assert "3 for, 0 against, 0 abstained" in chair.frame()
        await chair.press("U", "M")
        assert "- **Rejected:** 5 for, 7 against, 0 abstained" in chair.saved()
