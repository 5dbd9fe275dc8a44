"""The running order under the chair's hands: quiet projects, skipping, parking, moving, boundaries."""

from __future__ import annotations

import pytest

from tests.chairing import AGENDA, MINUTES, Chair, OpenCall

QUIET = MINUTES.replace("- First three outside contributors\n", "")


def titles(chair: Chair) -> list[str]:
    return [chair.app.meeting.item(stop.key).title for stop in chair.app.meeting.stops]


async def test_quiet_projects_share_one_stop_and_enter_goes_on(open_call: OpenCall) -> None:
    async with open_call(QUIET) as chair:
        await chair.press("space")
        await chair.go_on(4)
        frame = chair.frame()
        assert "Roll call: 2 quiet" in frame
        assert "· Lantern" in frame
        assert "Ingrid Solheim" in frame
        await chair.press("enter")
        assert "last item" in chair.frame()


@pytest.mark.parametrize(
    ("more", "keys", "said"),
    [
        ("", ["enter"], "w wraps up; down and enter: the floor"),
        ("  - Any Other Business: 2m\n", ["enter", "p"], "enter: next item; down and enter: the floor"),
    ],
)
async def test_when_everybody_is_asked_the_roll_call_says_what_comes_next(
    open_call: OpenCall, more: str, keys: list[str], said: str
) -> None:
    async with open_call(QUIET, AGENDA.replace("20m", "18m") + more) as chair:
        await chair.press("space")
        await chair.go_on(4)
        assert "enter: no update; down and enter: the floor" in chair.frame()
        await chair.press(*keys)
        assert chair.app.meeting.current == "roll call:Reviews"
        assert "no update" not in chair.frame()
        assert said in chair.frame()
        await chair.press("i")
        assert said not in chair.frame()


async def test_a_quiet_project_is_given_the_floor(open_call: OpenCall) -> None:
    async with open_call(QUIET) as chair:
        await chair.press("space")
        await chair.go_on(4)
        await chair.press("down", "enter")
        assert chair.app.meeting.current == "project:lantern"
        assert "1:00 left of 1:00" in chair.frame()
        await chair.press("i")
        await chair.type("Here after all")
        await chair.press("enter", "escape")
        assert "### Lantern - Ingrid Solheim\n\n- Here after all\n" in chair.saved()
        await chair.press("n")
        assert "Roll call: 1 quiet" in chair.frame()


async def test_an_item_is_skipped_moved_and_parked_and_each_is_undone(open_call: OpenCall) -> None:
    three = MINUTES.replace("### Lantern - Ingrid Solheim\n", "### Lantern - Ingrid Solheim\n\n- New lamps\n")
    async with open_call(three) as chair:
        await chair.press("space")
        await chair.go_on(3)
        before = titles(chair)
        assert before[-3:] == ["Beacon", "Lantern", "Foghorn"]
        await chair.press("s")
        assert titles(chair)[-3:] == ["Lantern", "Foghorn", "Beacon"]
        assert chair.app.meeting.current == "project:lantern"
        await chair.press("u", "shift+down")
        assert titles(chair) == before
        assert "The call is on it" in chair.frame()
        await chair.press("down", "shift+down")
        assert titles(chair)[-3:] == ["Beacon", "Foghorn", "Lantern"]
        await chair.press("shift+up", "shift+up")
        assert titles(chair) == before
        assert "It can't move further up" in chair.frame()
        await chair.press("escape", "z")
        assert "Beacon" not in titles(chair)
        assert "## Parking Lot\n\n- Beacon (parked 2024-06-04 by Ada Brandt)\n" in chair.saved()
        await chair.press("u", "u", "u")
        assert titles(chair) == before
        assert chair.saved() == three


async def test_a_late_step_is_put_right(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(60)
        await chair.press("n")
        await chair.pass_time(10)
        await chair.press("left_square_bracket", "left_square_bracket")
        frame = chair.frame()
        assert "✓ 0:30" in frame
        assert "3:20 left of 4:00" in frame


@pytest.mark.parametrize("size", [(120, 40), (40, 10)])
async def test_what_does_not_fit_is_said_before_the_start(open_call: OpenCall, size: tuple[int, int]) -> None:
    crowded = MINUTES.replace("- Summer of code? [/ipfs/x]", "- Summer of code? (40 min)")
    async with open_call(crowded, size=size) as chair:
        assert "does not fit: " in chair.frame()


async def test_a_second_press_within_a_moment_is_ignored_and_said(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "n", "n", "right")
        assert chair.app.meeting.current == "topic:discussion/ab-no-32-bit-builds-x"
        assert "Twice within a moment counts once" in chair.frame()
        chair.clock.advance(1.5)
        await chair.press("i", "pagedown", "pagedown")
        assert chair.app.meeting.current == "topic:discussion/summer-of-code-ipfs-x"
        assert "Twice within a moment counts once" in chair.frame()
        await chair.press("pageup", "pageup", "escape")
        assert chair.app.meeting.current == "section:announcements"


async def test_time_that_is_borrowed_says_from_whom_and_goes_back(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "plus")
        assert "+1:00 for Announcements, from Beacon: u takes it back" in chair.frame()
        await chair.press("u")
        assert "Undone: +1:00 for Announcements, from Beacon" in chair.frame()
        assert chair.app.meeting.steering.extra == {}


async def test_what_was_only_stepped_past_has_no_time(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.go_on(2)
        announcements = next(line for line in chair.frame().splitlines() if "Announcements" in line)
        assert "✓" not in announcements
        assert "–" in announcements


def order_row(chair: Chair, title: str) -> str:
    """The row of an item in the running order."""
    rows = (line.partition("│")[0].strip() for line in chair.frame().splitlines()[2:])
    return next(row for row in rows if row.removeprefix("▌").strip().startswith(title))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_was_put_off_after_it_began_is_not_done_and_what_was_parked_keeps_its_time(
    open_call: OpenCall, size: tuple[int, int]
) -> None:
    async with open_call(size=size) as chair:
        await chair.press("space")
        await chair.pass_time(20)
        await chair.go_on(3)
        await chair.pass_time(40)
        await chair.press("s")
        assert order_row(chair, "Beacon").split()[:3] == ["Beacon", "…", "0:40"]
        await chair.pass_time(90)
        await chair.press("z")
        assert order_row(chair, "Foghorn").split() == ["Foghorn", "1:30"]
        assert "✓" in order_row(chair, "Announcements")
        await chair.press("up", "up", "z")
        assert order_row(chair, "[AB]").endswith("–")
        await chair.press("escape", "w")
        assert any("Beacon" in row and row.endswith("0:40") for row in chair.frame().splitlines())
        assert any("Foghorn" in row and row.endswith("1:30") for row in chair.frame().splitlines())


async def test_a_motion_is_left_open_only_when_asked_twice(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("Drop 32-bit builds")
        await chair.press("enter", "escape")
        here = chair.app.meeting.current
        await chair.press("n")
        assert chair.app.meeting.current == here
        assert "Motion open: once more leaves it so" in chair.frame()
        await chair.pass_time(10)
        await chair.press("n")
        assert chair.app.meeting.current == here, "a question that is over is asked again"
        await chair.press("n")
        assert chair.app.meeting.current != here
        await chair.press("p", "s")
        assert chair.app.meeting.current == here
        await chair.pass_time(1)
        await chair.press("i")
        await chair.type("Topic: Foghorn")
        await chair.press("enter")
        assert chair.app.meeting.current == here
        await chair.press("enter")
        assert chair.app.meeting.current == "project:foghorn"
        await chair.press("escape", "p", "p", "p", "p", "i")
        await chair.type("/approve")
        await chair.press("enter", "escape")
        assert chair.app.meeting.current == here
        await chair.go_on()
        assert chair.app.meeting.current != here


async def test_after_a_long_silence_one_key_says_that_the_call_has_moved_on(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.pass_time(7 * 60)
        chair.app.main.steering.ask()
        chair.app.repaint()
        await chair.pilot.pause()
        assert "On Summer of code? [/ipfs/x] by now? enter: yes, since 14:36" in chair.frame()
        await chair.press("A")
        assert "by now?" not in chair.frame()
        assert chair.app.meeting.current == "section:announcements"
        await chair.press("backspace")
        await chair.pass_time(16 * 60)
        chair.app.main.steering.ask()
        await chair.press("enter")
        assert chair.app.meeting.current == "project:foghorn"
        await chair.press("escape", "u")
        assert chair.app.meeting.current == "section:announcements"


async def test_an_item_is_added_during_the_call_and_taken_back(open_call: OpenCall) -> None:
    async with open_call() as chair:
        before = titles(chair)
        await chair.press("space")
        await chair.press("A")
        await chair.type("Hiring (5m)")
        assert "add Hiring (5m), next" in chair.frame()
        await chair.press("enter", "escape")
        assert "- Hiring (5m)\n" in chair.saved()
        assert titles(chair)[:2] == ["Announcements", "Hiring"]
        await chair.press("u")
        assert titles(chair) == before
        assert chair.saved() == MINUTES


async def test_an_unknown_topic_is_added_with_tab_and_has_a_section_once_something_is_written(
    open_call: OpenCall,
) -> None:
    agenda = AGENDA.replace(", topics: true", "")
    async with open_call(agenda=agenda) as chair:
        await chair.press("space", "i")
        await chair.type("Topic: Harbor fees")
        assert "tab: add Harbor fees, next" in chair.frame()
        await chair.press("tab", "enter")
        assert chair.saved() == MINUTES
        await chair.type("Topic: Harbor fees")
        await chair.press("enter")
        await chair.type("They go up")
        await chair.press("enter")
        assert "\n## Harbor fees\n\n- They go up\n" in chair.saved()
        await chair.press("escape", "u", "u", "u")
        assert chair.saved() == MINUTES
        assert "Harbor fees" not in titles(chair)


async def test_a_late_start_and_a_late_step_are_told_in_the_capture_line(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "B")
        await chair.type("14:26")
        assert "the call started at 14:26, 4 min ago" in chair.frame()
        await chair.press("enter", "escape")
        assert "4:00 / 30:00" in chair.frame()
        assert "start of the call: u takes it back" in chair.frame()
        await chair.press("N")
        await chair.type("14:28")
        await chair.press("enter", "escape")
        assert "✓ 2:00    2:00" in chair.frame()
        assert "2:00 left of 4:00" in chair.frame()
        await chair.press("u", "u")
        assert "0:00 / 30:00" in chair.frame()


async def test_a_command_begun_by_a_key_of_the_running_order_goes_back_there(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "B")
        await chair.type("14:26")
        await chair.press("enter", "u")
        assert "Undone: start of the call" in chair.frame()
        assert "0:00 / 30:00" in chair.frame()
        await chair.press("i")
        await chair.type("/started 14:26")
        await chair.press("enter")
        await chair.type("they wait")
        assert "› they wait" in chair.frame()


async def test_a_command_that_is_given_up_leaves_nothing_in_the_line(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "N", "escape")
        assert "/next" not in chair.frame()
        await chair.press("A")
        await chair.type("Hiring")
        await chair.press("escape")
        assert "› /add Hiring" in chair.frame()


async def test_a_step_back_takes_the_word_about_two_presses_away(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await chair.pass_time(10)
        await chair.press("n", "n")
        assert "p goes back" in chair.frame()
        await chair.press("p")
        assert "p goes back" not in chair.frame()


async def test_while_an_item_is_looked_for_the_last_line_tells_the_keys_of_that(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "slash")
        assert chair.frame().splitlines()[-1].split() == ["enter", "go", "there", "escape", "back"]
        await chair.press("escape", "i")
        assert "enter record" in chair.frame()


async def test_where_there_is_little_room_the_way_back_stays_in_the_last_line(open_call: OpenCall) -> None:
    async with open_call(size=(80, 24)) as chair:
        await chair.press("space", "l")
        await chair.pilot.pause()
        last = chair.frame().splitlines()[-1]
        assert last.startswith(" enter correct")
        assert last.endswith("escape back")
        assert "…" not in last


@pytest.mark.parametrize("key", ["r", "l", "c", "w", "W", "question_mark", "t", "ctrl+p", "slash", "i"])
async def test_in_the_smallest_terminal_every_page_tells_the_way_back(open_call: OpenCall, key: str) -> None:
    async with open_call(size=(40, 10)) as chair:
        await chair.press("space", key)
        await chair.pilot.pause()
        assert "escape back" in chair.frame()


async def test_in_the_smallest_terminal_the_editor_tells_the_way_back(open_call: OpenCall) -> None:
    async with open_call(size=(40, 10)) as chair:
        await chair.press("space", "e")
        assert "escape saves and goes back" in chair.frame()


async def test_a_page_tells_how_much_more_there_is_below(open_call: OpenCall) -> None:
    async with open_call(size=(40, 10)) as chair:
        await chair.press("space", "w")
        await chair.pilot.pause()
        assert chair.frame().splitlines()[-1].startswith(" enter adjourn")
        below = int(chair.frame().split("↓ ")[1].split()[0])
        await chair.press("down")
        assert f"↓ {below - 1} more" in chair.frame()
        await chair.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "↓" not in chair.frame()


async def test_a_key_is_explained_in_whole_sentences_where_there_is_little_room(open_call: OpenCall) -> None:
    async with open_call(size=(60, 20)) as chair:
        await chair.press("question_mark", "pagedown")
        await chair.pilot.pause()
        said = " ".join(chair.frame().replace("─", " ").split())
        assert "park: take the item off the call, into the parking lot" in said


async def test_a_title_that_fills_the_row_leaves_its_lead_out(open_call: OpenCall) -> None:
    minutes = MINUTES.replace("Beacon -", "Beacon and all lamps -")
    async with open_call(minutes=minutes, size=(60, 20)) as chair:
        await chair.press("space", "down", "down", "down")
        assert "……" not in chair.frame()


async def test_a_draft_is_not_written_over_by_a_command_that_opens_the_line(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("half a dra")
        await chair.press("escape", "A")
        assert "A draft stands here" in chair.frame()
        assert "› half a dra" in chair.frame()


async def test_a_budget_is_pinned_and_budgets_adapt_in_other_ways(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "down", "down", "down", "P")
        assert "pin of Beacon" in chair.frame()
        assert "=10:48" in chair.frame()
        await chair.pass_time(20 * 60)
        assert "=10:48" in chair.frame()
        await chair.press("P")
        assert " 10:48 → " in chair.frame()
        await chair.press("b")
        assert "two-way" in chair.frame()
        await chair.press("b")
        assert "8:57 │" in chair.frame()
        assert " → " not in chair.frame()


async def test_what_a_key_did_is_told_until_the_chair_goes_on(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "m")
        await chair.type("hire a painter")
        await chair.press("enter", "escape")
        await chair.go_on()
        assert "Motion open: once more leaves it so" in chair.frame()
        await chair.go_on()
        assert "Motion open" not in chair.frame()
        await chair.press("s")
        assert "put off: u brings it back" in chair.frame()
        await chair.press("e")
        assert "brings it back" not in chair.frame()


async def test_the_way_back_is_not_cut_where_a_title_is_long(open_call: OpenCall) -> None:
    long = MINUTES.replace("### Beacon - Tomas Rey", f"### {'Beacon and all its many lamps ' * 4}")
    async with open_call(minutes=long, agenda=None, size=(80, 24)) as chair:
        await chair.press("space")
        while "Beacon" not in chair.app.meeting.item(chair.app.meeting.current).title:
            await chair.go_on()
        await chair.press("P")
        assert "…: u takes it back" in chair.frame()
        await chair.press("z")
        assert "is in the parking lot: u brings it back" in chair.frame()


async def test_reading_on_before_the_call_passes_nothing_over(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.go_on(2)
        assert chair.app.meeting.item(chair.app.main.in_view).title.startswith("Summer of code")
        assert "Not started yet: space starts with Announcements" in chair.frame()
        await chair.press("space")
        assert chair.app.meeting.item(chair.app.meeting.current).title == "Announcements"
        assert chair.app.main.in_view == chair.app.meeting.current


async def test_a_call_that_starts_further_on_says_so(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("n", "enter", "space")
        assert "Started with [AB] No 32-bit builds? [x]: p goes to what stands before it" in chair.frame()
        assert chair.app.meeting.current == chair.app.meeting.stops[1].key
