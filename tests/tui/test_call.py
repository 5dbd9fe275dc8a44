"""A chair's call on the main screen."""

from __future__ import annotations

import pytest
from textual import events

from facilitator.system.clock import ManualClock
from facilitator.tui import colours
from facilitator.tui.commands import COMMANDS
from facilitator.tui.screens.call import CallScreen
from facilitator.tui.widgets.capture_line import CaptureLine
from tests.chairing import AGENDA, MINUTES, OpenCall


async def test_the_running_order_and_the_current_item_show_before_the_call_starts(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        frame = chair.frame()
    assert "▌Announcements" in frame
    assert "[AB] No 32-bit builds? [x]" in frame
    assert "Summer of code? [/ipfs/x]" in frame
    assert "not started" in frame


async def test_the_clock_counts_down_warns_and_counts_overtime(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(30)
        assert "1:30 left of 2:00" in chair.frame()
        await chair.pass_time(120)
        assert "0:30 over of 2:00" in chair.frame()
        assert "2:30 / 30:00" in chair.frame()


async def test_what_is_written_goes_under_its_item_and_is_on_the_disk(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.go_on(3)
        await chair.press("i")
        await chair.type("Upgrade before Monday [EM]")
        await chair.press("enter", "escape", "a")
        await chair.type("tomas to write the guide due 2024-06-10")
        await chair.press("enter")
        await chair.type("RESOLVED: no 32-bit builds")
        await chair.press("enter", "escape")
        saved = chair.saved()
        frame = chair.frame()
    added = (
        "- Upgrade before Monday [EM]\n"
        "- [ ] **Action:** Tomas Rey: write the guide (due 2024-06-10)\n"
        "- **Decision:** no 32-bit builds\n"
    )
    before, after = MINUTES.split("\n### Lantern")
    assert saved == f"{before}{added}\n### Lantern{after}"
    assert "☐ Tomas Rey: write the guide" in frame
    assert "◆ no 32-bit builds" in frame


async def test_the_bar_warns_at_eighty_percent(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(95)
        assert chair.colour_of("0:25") == colours.DARK["now"]
        await chair.pass_time(1)
        assert chair.colour_of("0:24") == colours.DARK["soon"]
        await chair.pass_time(25)
        assert chair.colour_of("0:01 over") == colours.DARK["overtime"]


async def test_topics_are_steps_and_what_is_said_is_nested_under_them(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "n", "i")
        await chair.type("Yes, from 5.0 on")
        await chair.press("enter", "escape")
        await chair.go_on()
        await chair.press("i")
        await chair.type("Priya does")
        await chair.press("enter")
        saved = chair.saved()
    assert (
        "- [AB] No 32-bit builds? [x]\n  - Yes, from 5.0 on\n- Summer of code? [/ipfs/x]\n  - Priya does\n"
        in saved
    )


async def test_a_long_entry_is_read_whole_in_a_narrow_terminal(open_call: OpenCall) -> None:
    said = "The release waits for the packagers, who have asked for two more weeks, and for the docs of the new format"
    async with open_call(size=(80, 24)) as chair:
        await chair.press("space", "i")
        await chair.type(said)
        await chair.press("enter", "escape")
        assert [row.partition("│")[2].strip() for row in chair.frame().splitlines()[-9:-5]] == [
            "in this call",
            "• The release waits for the packagers, who",
            "have asked for two more weeks, and for the",
            "docs of the new format",
        ]
        await chair.go_on()
        assert said[:20] not in chair.frame()


async def test_an_entry_that_has_no_room_ends_where_there_is_more(open_call: OpenCall) -> None:
    async with open_call(size=(40, 10)) as chair:
        await chair.press("space", "i")
        await chair.type(f"The release {'waits for the packagers ' * 6}")
        await chair.press("enter", "escape")
        rows = chair.frame().splitlines()
        at = rows.index(" in this call")
        assert rows[at + 1] == "  • The release waits for the"
        assert rows[at + 2] == "    packagers waits for the packagers"
        assert rows[at + 4].endswith("…")
        assert rows[at + 5].strip() == "›"


async def test_undo_takes_notes_steps_and_timeboxes_back_and_redo_brings_them_again(
    open_call: OpenCall,
) -> None:
    async with open_call() as chair:
        await chair.press("space", "plus", "i")
        await chair.type("A word")
        await chair.press("enter", "escape", "n")
        await chair.press("u")
        assert "Undone: going to" in chair.frame()
        assert chair.app.meeting.current == "section:announcements"
        await chair.press("u")
        assert "Undone: note" in chair.frame()
        assert chair.saved() == MINUTES
        await chair.press("u")
        assert "Undone: +1:00 for Announcements" in chair.frame()
        await chair.press("U", "U", "U")
        assert "- A word\n" in chair.saved()
        assert chair.app.meeting.budget("section:announcements") == 3 * 60
        await chair.press("U")
        assert "Nothing to redo" in chair.frame()


async def test_looking_around_leaves_the_clock_where_it_is(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "down", "down", "down")
        frame = chair.frame()
        assert "Beacon" in frame
        assert "only looking, enter goes there" in frame
        assert chair.app.meeting.current == "section:announcements"
        await chair.press("escape")
        assert "only looking" not in chair.frame()
        await chair.press("j", "j", "j", "enter")
        assert chair.app.meeting.current == "project:beacon"


async def test_an_item_is_found_by_a_part_of_its_lead_s_name(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "slash")
        await chair.type("solh")
        assert "Lantern  Ingrid Solheim" in chair.frame()
        await chair.press("enter")
        assert chair.app.meeting.current == "project:lantern"


async def test_what_is_written_goes_to_the_item_in_view(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "up", "down", "down", "down", "i")
        assert "Beacon ›" in chair.frame()
        await chair.type("For the one I look at")
        await chair.press("enter")
        assert "  - upgrade before release week\n- For the one I look at\n" in chair.saved()


async def test_the_last_entry_is_corrected(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("Relaese on Monday")
        await chair.press("enter", "up")
        assert chair.app.screen.query_one(CaptureLine).value == "Relaese on Monday"
        await chair.press("home", "right", "right", "right", "delete", "delete")
        await chair.type("ea")
        await chair.press("enter")
        saved = chair.saved()
        await chair.type("s/Monday/Tuesday/")
        await chair.press("enter")
        assert "- Release on Monday\n" in saved
        assert "Relaese" not in saved
        assert "- Release on Tuesday\n" in chair.saved()


async def test_an_open_fence_is_told_and_closed(open_call: OpenCall) -> None:
    opened = MINUTES.replace("## Announcements\n", "## Announcements\n\n```\nstill open\n", 1)
    opened = opened[: opened.index("## Discussion")]
    async with open_call(opened) as chair:
        await chair.press("space", "i")
        await chair.type("Seen")
        await chair.press("enter")
        assert "code fence" in chair.frame()
        await chair.press("tab", "enter")
        saved = chair.saved()
    assert saved.count("```") == 2
    assert saved.index("- Seen") > saved.rindex("```")


async def test_a_paste_of_many_lines_loses_none(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        chair.app.post_message(events.Paste("one\ntwo\n\nACTION: tomas to do three\nfour"))
        await chair.pilot.pause()
        await chair.press("enter")
        saved = chair.saved()
    assert "- one\n- two\n- [ ] **Action:** Tomas Rey: do three (due 2024-06-18)\n- four\n" in saved


async def test_keys_that_come_at_once_are_taken_in_their_order(open_call: OpenCall) -> None:
    """Notes, a step and another note, with no gap between any two keys."""
    async with open_call() as chair:
        await chair.press("space")
        for character in "ifirst":
            chair.send(character)
        chair.send("enter")
        chair.send("escape")
        for character in "nisecnod":
            chair.send(character)
        for key in ("left", "left", "left", "delete", "right", "n", "enter"):
            chair.send(key)
        await chair.pilot.pause()
        saved = chair.saved()
    assert "## Announcements\n\n- first\n" in saved
    assert "No 32-bit builds? [x]\n  - second\n" in saved


async def test_a_draft_stands_in_the_line_again_after_an_item_was_looked_for(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("half a thought")
        await chair.press("escape", "slash")
        await chair.type("fog")
        await chair.press("enter")
        assert "draft kept" in chair.frame()
        await chair.press("slash")
        await chair.type("bea")
        await chair.press("escape", "i")
        assert "half a thought" in chair.frame()
        await chair.press("enter")
        assert "- half a thought\n" in chair.saved()


async def test_leaving_and_coming_back_finds_clock_draft_and_undo_where_they_were(
    open_call: OpenCall,
) -> None:
    clock = ManualClock(wall=1_717_511_400.0)
    async with open_call(clock=clock) as chair:
        await chair.press("space")
        await chair.go_on(2)
        await chair.press("i")
        await chair.type("A note")
        await chair.press("enter")
        await chair.type("half a dra")
        chair.clock.advance(57)
        await chair.press("escape", "q")
    clock.advance(60)
    async with open_call(clock=clock) as chair:
        frame = chair.frame()
        assert "2:00 / 30:00" in frame
        assert "› half a dra" in frame
        assert "Resumed: 1 entry since 14:30" in frame
        await chair.press("escape", "u")
        assert chair.saved() == MINUTES


async def test_what_landed_while_the_call_was_left_is_said_with_what_was_brought_back(
    open_call: OpenCall,
) -> None:
    clock = ManualClock(wall=1_717_511_400.0)
    async with open_call(clock=clock) as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter", "escape", "q")
    theirs = chair.path.read_text().replace("- First three", "- Four maintainers now\n- First three")
    chair.path.write_text(theirs)
    async with open_call(clock=clock) as chair:
        for _ in range(500):
            if not chair.app.meeting.landings:
                await chair.pilot.pause(0.01)
        await chair.pilot.pause()
        assert "Resumed: 1 entry since 14:30; Somebody: Foghorn +1 line" in chair.frame()


async def test_a_call_without_a_file_makes_it_when_it_starts(open_call: OpenCall) -> None:
    async with open_call(minutes=None) as chair:
        assert "Beacon" in chair.frame()
        assert not chair.path.exists()
        await chair.press("space")
        assert chair.saved().startswith("# Harbor Council 2024-06-04\n\n## Agenda\n")


async def test_a_project_without_a_heading_gets_one_with_its_first_note(open_call: OpenCall) -> None:
    without = MINUTES.replace("### Lantern - Ingrid Solheim\n\n\n", "")
    async with open_call(without) as chair:
        await chair.press("space", "slash")
        await chair.type("lantern")
        await chair.press("enter", "i")
        await chair.type("Here we are")
        await chair.press("enter")
        saved = chair.saved()
        await chair.press("escape", "u")
        assert chair.saved() == without
    assert "### Lantern - Ingrid Solheim\n\n- Here we are\n" in saved
    assert saved.index("### Beacon") < saved.index("### Lantern") < saved.index("### Foghorn")


async def test_wrapping_up_and_adjourning(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "d")
        await chair.type("No 32-bit builds")
        await chair.press("enter")
        await chair.type("left in the line")
        await chair.press("escape", "w")
        await chair.pilot.pause()
        assert "◆ No 32-bit builds" in chair.frame()
        await chair.press("escape")
        await chair.adjourn()
        await chair.pilot.pause()
        saved = chair.saved()
        assert chair.app.return_value == "adjourned"
    assert "- **Decision:** No 32-bit builds\n- left in the line\n" in saved


@pytest.mark.parametrize("typed", ["welcome everybody", "we", "w"])
async def test_words_typed_where_nothing_is_written_end_no_call(open_call: OpenCall, typed: str) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(20 * 60)
        await chair.press(*("space" if letter == " " else letter for letter in typed), "enter")
        await chair.pilot.pause()
        assert chair.app.meeting.adjourned_at is None
        assert "enter once more adjourns" in chair.frame().splitlines()[-1]
        await chair.press("enter")
        assert chair.app.meeting.adjourned_at is None, "twice at once is once"
        await chair.press("x")
        assert "Nothing is written here: escape, then i writes a note" in chair.frame()
        await chair.pass_time(60)
        await chair.press("enter")
        assert chair.app.meeting.adjourned_at is None, "after a slip it is asked again"
        await chair.press("escape", "i")
        await chair.type("we go on")
        await chair.press("enter")
        assert "- we go on\n" in chair.saved()


async def test_a_call_that_had_its_time_is_adjourned_by_one_look_and_one_key(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(20 * 60)
        await chair.press("w", "down", "j", "space")
        await chair.pass_time(2)
        await chair.press("enter")
        await chair.pilot.pause()
        assert chair.app.return_value == "adjourned"


@pytest.mark.parametrize(
    ("keys", "minutes", "told"),
    [
        ("", 0, "The call has not begun; enter once more adjourns"),
        (" ", 7, "Only 7:10 of 30:00 has passed; enter once more adjourns"),
        (" mship it\r\x1b", 20, "A motion is open in Announcements: ship it"),
        (" hada, kim\r\x1b", 20, "Ada Brandt, kim wait to speak"),
        (" hkim\r\x1b", 20, "kim waits to speak"),
    ],
)
async def test_a_call_that_is_hardly_over_is_adjourned_by_a_second_key(
    open_call: OpenCall, keys: str, minutes: int, told: str
) -> None:
    async with open_call() as chair:
        for key in keys:
            chair.send({"\r": "enter", "\x1b": "escape"}.get(key, key))
        await chair.pilot.pause()
        await chair.pass_time(60 * minutes)
        await chair.press("w")
        await chair.pass_time(10)
        await chair.press("enter")
        assert told in chair.frame()
        assert chair.app.return_value is None
        await chair.pass_time(1)
        await chair.press("enter")
        await chair.pilot.pause()
        assert chair.app.return_value == "adjourned"


@pytest.mark.parametrize(("record", "asked"), [("", False), ("record: {attendance: true}\n", True)])
async def test_the_wrap_up_says_once_that_nobody_is_marked_present(
    open_call: OpenCall, record: str, asked: bool
) -> None:
    async with open_call(agenda=AGENDA + record) as chair:
        await chair.press("space", "w")
        await chair.pilot.pause()
        assert ("Nobody is marked present: escape, then r calls the roll" in chair.frame()) is asked
        await chair.press("escape", "r", "enter", "escape", "w")
        await chair.pilot.pause()
        assert "Nobody is marked present" not in chair.frame()


async def test_a_motion_elsewhere_is_recorded_with_a_hint(open_call: OpenCall) -> None:
    agenda = AGENDA.replace("topics: true}", "topics: true, motions: true}")
    async with open_call(agenda=agenda) as chair:
        await chair.press("space", "m")
        await chair.type("Ship it")
        assert "motions belong in Discussion" in chair.frame()
        await chair.press("enter")
        assert "- **Motion:** Ship it\n" in chair.saved()
        await chair.press("escape", "M")
        await chair.go_on()
        await chair.press("m")
        await chair.type("Ship it now")
        assert "Summer of code?" in chair.frame()
        assert "motions belong in" not in chair.frame()


async def test_the_mouse_looks_goes_and_presses_keys(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        row = next(at for at, line in enumerate(chair.frame().splitlines()) if "Foghorn" in line)
        await chair.pilot.click(offset=(5, row))
        assert "Foghorn  incubating · Priya Nair" in chair.frame()
        assert chair.app.meeting.current == "section:announcements"
        await chair.pilot.click(offset=(5, row))
        assert chair.app.meeting.current == "project:foghorn"
        footer = chair.frame().splitlines()[-1]
        await chair.pilot.click(offset=(footer.index("note"), 39))
        assert chair.app.screen.query_one(CaptureLine).has_focus


def test_a_key_means_one_thing_in_a_place() -> None:
    pressed = [(command.place, key) for command in COMMANDS for key in command.keys]
    assert len(pressed) == len(set(pressed))


async def test_every_command_of_the_table_is_carried_out_by_one_room(open_call: OpenCall) -> None:
    async with open_call() as chair:
        screen = chair.app.screen
        assert isinstance(screen, CallScreen)
        for command in COMMANDS:
            if command.place in (
                "wrap up",
                "landings",
                "roll call",
                "elsewhere",
                "entries",
                "follow",
            ):  # screens of their own
                continue
            name = f"do_{command.id.replace('.', '_')}"
            rooms = [room for room in screen.rooms if hasattr(room, name)]
            assert len(rooms) == 1, command.id


async def test_keys_that_people_try_elsewhere_work_here_too(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter", "escape", "ctrl+z")
        assert "Undone: note" in chair.frame()
        assert "- A note\n" not in chair.saved()
        await chair.press("ctrl+y")
        assert "- A note\n" in chair.saved()
        await chair.press("f1")
        assert "On the running order" in chair.frame()
        await chair.press("f1")
        assert "On the running order" not in chair.frame()


async def test_what_to_do_at_a_long_roll_call_shows_on_a_small_screen(open_call: OpenCall) -> None:
    many = "".join(f"        - Pier {number}: Lead {number}\n" for number in range(20))
    async with open_call(agenda=AGENDA + many, size=(60, 20)) as chair:
        await chair.press("space")
        while not chair.app.meeting.members(chair.app.meeting.current):
            await chair.go_on()
        assert "enter: no update; down and enter: the floor" in chair.frame()
