"""Leads write their sections while the call runs."""

from __future__ import annotations

from tests.chairing import MINUTES, Chair, OpenCall

LANTERN = "### Lantern - Ingrid Solheim\n"


async def land(chair: Chair, text: str) -> None:
    """Let somebody else save the minutes, and the program notice."""
    chair.path.write_bytes(text.encode())
    chair.app.session.storage.look()
    for _ in range(100):
        await chair.pilot.pause(0.01)
        if chair.app.session.storage.noticed is None and text_landed(chair, text):
            return
    raise AssertionError("what landed was not taken in")


async def ask(chair: Chair, text: str) -> None:
    """Let somebody put a version there that the chair is asked about."""
    chair.path.write_bytes(text.encode())
    chair.app.session.storage.look()
    for _ in range(100):
        await chair.pilot.pause(0.01)
        if chair.app.session.question is not None:
            chair.app.repaint()
            await chair.pilot.pause()
            return
    raise AssertionError("nothing was asked")


def text_landed(chair: Chair, text: str) -> bool:
    return bool(chair.app.meeting.landings) or text.encode() == chair.app.meeting.document.source


async def test_a_lead_s_update_lands_while_the_chair_types(open_call: OpenCall) -> None:
    """Both are in the file, and the chair's line, item and clock are where they were."""
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter")
        await chair.type("half a dra")
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n- Fewer moths\n"))
        frame = chair.frame()
        assert "› half a dra" in frame
        assert "Somebody: Lantern +2 lines" in frame
        assert "●" in next(line for line in frame.splitlines() if "Lantern  " in line)
        await chair.type("ft")
        await chair.press("enter")
        saved = chair.saved()
        assert "- A note\n- half a draft\n" in saved
        assert f"{LANTERN}\n- New lamps\n- Fewer moths\n" in saved
        await chair.press("escape", "slash")
        await chair.type("lantern")
        await chair.press("enter")
        assert "• Fewer moths" in chair.frame()
        await chair.press("n")
        assert "●" not in chair.frame()


async def test_a_landing_that_would_wipe_a_section_is_held_and_can_be_taken(open_call: OpenCall) -> None:
    wiped = MINUTES.replace("- First three outside contributors\n", "").replace(
        LANTERN, f"{LANTERN}\n- New lamps\n"
    )
    async with open_call() as chair:
        await chair.press("space")
        await land(chair, wiped)
        assert "would have wiped Foghorn: kept, c shows it" in chair.frame()
        saved = chair.saved()
        assert "- First three outside contributors\n" in saved
        assert "- New lamps\n" in saved
        await chair.press("c")
        await chair.pilot.pause()
        frame = chair.frame()
        assert "Foghorn would lose" in frame
        assert "− - First three outside contributors" in frame
        assert "+ - New lamps" in frame
        await chair.press("t")
        assert "- First three outside contributors\n" not in chair.saved()
        await chair.press("escape", "u")
        assert "- First three outside contributors\n" in chair.saved()


async def test_a_lead_writes_into_the_very_text_that_the_chair_edits(open_call: OpenCall) -> None:
    """Both are in the file, and the editor shows both."""
    async with open_call() as chair:
        await chair.press("space")
        await chair.go_on(3)
        await chair.press("e", "end")
        await chair.type(" (chair)")
        await land(
            chair,
            MINUTES.replace("  - upgrade before release week\n", "  - upgrade before release week, please\n"),
        )
        await chair.press("ctrl+s")
        saved = chair.saved()
        assert "https://example.org/812) (chair)\n  - upgrade before release week, please\n" in saved
        assert "week, please" in chair.frame()
        await chair.press("escape")
        assert chair.saved() == saved


async def test_a_landing_is_undone_and_comes_back(open_call: OpenCall) -> None:
    theirs = MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n")
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter", "escape")
        await land(chair, theirs)
        await chair.press("c")
        assert "undo it" in chair.frame()
        await chair.press("u")
        assert "Undone: landing of somebody; u brings it back" in chair.frame()
        saved = chair.saved()
        assert "- New lamps" not in saved
        assert "- A note\n" in saved
        await chair.press("u")
        assert "Undone: taking back the landing of somebody" in chair.frame()
        assert f"{LANTERN}\n- New lamps\n" in chair.saved()


async def test_an_older_version_that_was_taken_is_undone_before_the_note_below_it(
    open_call: OpenCall,
) -> None:
    theirs = MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n")
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter", "escape")
        await land(chair, theirs)
        before = chair.saved()
        await ask(chair, MINUTES)
        assert "an older version was put back" in chair.frame()
        await chair.press("c", "t", "escape")
        assert "- New lamps" not in chair.saved()
        await chair.press("u")
        assert "Undone: taking what stood on the disk" in chair.frame()
        assert chair.saved() == before


async def test_what_was_undone_can_be_made_again_after_a_landing(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("Who upgrades first?")
        await chair.press("enter", "escape", "u")
        assert "Undone: note “Who upgrades first?”" in chair.frame()
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n"))
        await chair.press("U")
        assert "Redone: note “Who upgrades first?”" in chair.frame()
        saved = chair.saved()
        assert "- New lamps\n" in saved
        assert "- Who upgrades first?\n" in saved


async def test_the_chair_can_read_all_of_what_is_asked_about(open_call: OpenCall) -> None:
    """Long lines go on in the next row, and what has no room is scrolled to."""
    long = f"- Ready {' '.join(f'word{number}' for number in range(40))} to the last"
    many = "".join(f"- lamp {number}\n" for number in range(30))
    async with open_call(size=(60, 20)) as chair:
        await chair.press("space")
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n{long}\n{many}"))
        await chair.press("c")
        assert "to the last" in chair.frame()
        assert "…" not in chair.frame()
        assert "lamp 29" not in chair.frame()
        for _ in range(30):
            await chair.press("j")
        assert "lamp 29" in chair.frame()
        for _ in range(30):
            await chair.press("k")
        assert "What others changed" in chair.frame()


async def test_each_changed_line_stands_under_its_own_heading(open_call: OpenCall) -> None:
    theirs = MINUTES.replace("- First three outside contributors\n", "").replace(
        LANTERN, f"{LANTERN}\n- New lamps\n"
    )
    async with open_call() as chair:
        await chair.press("space")
        await land(chair, theirs)
        await chair.press("c")
        rows = [row.strip() for row in chair.frame().splitlines() if row.strip()]
        at = rows.index("Foghorn would lose this (it stays until you take the removal)")
        assert rows[at + 1 : at + 4] == [
            "− - First three outside contributors",
            "Lantern - Ingrid Solheim",
            "+ - New lamps",
        ]


async def test_j_and_k_move_among_what_landed_and_answer_nothing(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n"))
        wiped = MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n").replace("- First three outside", "")
        wiped = wiped.replace(" contributors\n", "").replace("## Discussion\n", "## Discussion\n\n- More\n")
        await land(chair, wiped)
        await chair.press("c")
        assert "▌ ● Somebody would have wiped Foghorn" in chair.frame()
        await chair.press("j")
        assert "▌ ● Somebody: Lantern +1 line" in chair.frame()
        await chair.press("k", "k")
        assert "▌ ● Somebody would have wiped Foghorn" in chair.frame()


async def test_every_answer_says_what_it_did(open_call: OpenCall) -> None:
    """A wipe that was kept out is told as one from then on, and can still be carried out."""
    async with open_call() as chair:
        await chair.press("space")
        wiped = MINUTES.replace("- First three outside contributors\n", "")
        await land(chair, wiped.replace(LANTERN, f"{LANTERN}\n- New lamps\n"))
        await chair.press("c", "o")
        frame = chair.frame()
        assert "Kept: Foghorn loses nothing; t here takes the removal after all" in frame
        assert "Somebody: Foghorn kept from being wiped" in frame
        await chair.press("t")
        frame = chair.frame()
        assert "Removal taken, Foghorn lost 1 line: escape, then u brings that back" in frame
        assert "Somebody: Foghorn wiped" in frame
        assert "- First three outside contributors" not in chair.saved()
        await chair.press("escape")
        assert "Removal taken, Foghorn lost 1 line: u brings that back" in chair.frame()
        await chair.press("u")
        assert "- First three outside contributors" in chair.saved()


async def test_the_answers_to_a_version_put_back_are_told_too(open_call: OpenCall) -> None:
    theirs = MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n")
    for key, said in (
        ("t", "Took theirs, with what was recorded in this call: escape, then u takes that back"),
        ("o", "Kept ours: it takes the place of what stood there"),
    ):
        async with open_call() as chair:
            await chair.press("space")
            await land(chair, theirs)
            await ask(chair, MINUTES)
            await chair.press("c")
            assert "comes to the same" not in chair.frame()
            await chair.press(key)
            assert said in chair.frame()
            await chair.press("escape")
            await chair.adjourn()
        chair.path.unlink()


async def test_where_both_answers_come_to_the_same_the_page_says_so(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space", "i")
        await chair.type("A note")
        await chair.press("enter", "escape")
        chair.saved()
        await ask(chair, MINUTES)
        await chair.press("c")
        assert "Taking theirs or keeping ours comes to the same" in chair.frame()
        await chair.press("t")
        assert "it lacked only what was recorded in this call" in chair.frame()
        assert "- A note\n" in chair.saved()


async def test_who_wrote_is_told_also_while_the_chair_goes_on(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        await land(chair, MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n"))
        await chair.go_on()
        assert "Somebody: Lantern +1 line" in chair.frame()


async def test_looking_for_changes_says_what_came_of_it(open_call: OpenCall) -> None:
    async with open_call() as chair:
        await chair.press("space")
        chair.saved()
        await chair.press("g")
        await chair.app.workers.wait_for_complete()
        await chair.pilot.pause()
        assert "Nothing new" in chair.frame()
        chair.path.write_bytes(MINUTES.replace(LANTERN, f"{LANTERN}\n- New lamps\n").encode())
        await chair.press("g")
        await chair.app.workers.wait_for_complete()
        await chair.pilot.pause()
        assert "Nothing new" not in chair.frame()
        assert "Somebody: Lantern +1 line" in chair.frame()
