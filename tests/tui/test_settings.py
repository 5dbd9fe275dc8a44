"""The chair's own keys, wherever keys are shown or pressed."""

from __future__ import annotations

from textual import events

from facilitator.store.config import Settings
from tests.chairing import MINUTES, OpenCall

OWN = Settings(
    keys={
        "item.next": ("f8", "greater_than_sign"),
        "help.show": ("f2",),
        "write.note": ("n",),
        "write.record": ("ctrl+r",),
        "wrap_up.back": ("b",),
    }
)


async def test_the_chair_s_own_keys_are_pressed_and_shown(open_call: OpenCall) -> None:
    async with open_call(settings=OWN) as chair:
        assert "space start   f8 next   n note   a action   d decision   f2 help" in chair.frame()
        assert "n writes a note, a an action item" in chair.frame()
        await chair.press("space", "f8")
        await chair.pass_time(5)
        await chair.press("greater_than_sign")
        assert chair.app.meeting.index(chair.app.meeting.current) == 2
        await chair.press("right")
        assert chair.app.meeting.index(chair.app.meeting.current) == 2
        await chair.press("n")
        assert "ctrl+r record" in chair.frame()
        await chair.type("kept")
        await chair.press("enter", "ctrl+r", "escape")
        assert "- kept\n" in chair.saved()


async def test_the_pages_have_them_too(open_call: OpenCall) -> None:
    async with open_call(settings=OWN) as chair:
        await chair.press("f2")
        assert "f8, >             next item" in chair.frame()
        await chair.press("f2", "ctrl+p")
        await chair.type("next item")
        await chair.pilot.pause()
        assert "next item  (f8)" in chair.frame()
        await chair.press("escape", "w")
        assert "b back" in chair.frame()
        await chair.press("b")
        assert "f8 next" in chair.frame()


async def test_a_click_on_a_key_in_the_last_line_is_that_key(open_call: OpenCall) -> None:
    async with open_call(settings=OWN) as chair:
        await chair.press("space")
        await chair.pilot.click(offset=(18, 39))
        assert chair.app.meeting.index(chair.app.meeting.current) == 1


async def test_settings_that_are_wrong_are_told_once(open_call: OpenCall) -> None:
    async with open_call(remark="config.yaml:2: 'bel' is no alert; did you mean 'bell'?") as chair:
        assert "config.yaml:2: 'bel' is no alert; did you mean 'bell'?" in chair.frame()


async def test_what_is_told_names_the_chair_s_own_keys(open_call: OpenCall) -> None:
    own = Settings(keys={"change.undo": ("f9",), "call.wrap_up": ("f10",), "write.note": ("f4",)})
    async with open_call(settings=own) as chair:
        await chair.press("f4")
        await chair.type("half a")
        await chair.press("escape")
        assert "draft kept: f4 goes on with it" in chair.frame()
        await chair.press("space", "plus")
        assert ": f9 takes it back" in chair.frame()
        for _ in chair.app.meeting.stops:
            await chair.pass_time(5)
            await chair.press("n")
        assert "This is the last item: f10 wraps up" in chair.frame()


async def test_every_hint_names_the_key_that_does_it(open_call: OpenCall) -> None:
    own = Settings(
        keys={
            "highlight.go": ("f7",),
            "highlight.down": ("f5",),
            "text.down": ("f6",),
            "write.record": ("ctrl+r",),
            "write.accept": ("f3",),
            "write.leave": ("f9",),
            "roll.present": ("f4",),
        }
    )
    long = MINUTES.replace("- First three outside contributors\n", "- and one more\n" * 60)
    async with open_call(long, settings=own) as chair:
        await chair.press("slash")
        assert "ctrl+r goes there, f9 back: type a part of a name" in chair.frame()
        await chair.type("roll")
        await chair.press("f9", "space")
        await chair.go_on(5)
        assert "f7: no update; f5 and f7: the floor" in chair.frame()
        await chair.press("up")
        assert "only looking, f7 goes there" in chair.frame()
        assert " more, f6" in chair.frame()
        await chair.press("i")
        assert " more\n" in chair.frame().replace(", f6", "")
        assert ", f6" not in chair.frame()  # it goes to the next item there
        await chair.type("Tomas to send out a note")
        assert "f3: " in chair.frame()
        chair.app.post_message(events.Paste("one\ntwo"))
        await chair.pilot.pause()
        assert "ctrl+r records" in chair.frame()
        assert "f3 one block of code" in chair.frame()
        await chair.press("f9", "r")
        await chair.type("Nobody Known")
        assert "f4 marks them present as a guest" in chair.frame()


async def test_an_answer_is_given_with_the_key_of_where_the_chair_is(open_call: OpenCall) -> None:
    async with open_call(settings=OWN) as chair:
        await chair.press("space")
        await chair.pass_time(3600)
        chair.app.main.steering.ask()
        chair.app.repaint()
        await chair.pilot.pause()
        assert "by now? enter: yes" in chair.frame()
        await chair.press("n")
        await chair.pass_time(3600)
        chair.app.main.steering.ask()
        chair.app.repaint()
        await chair.pilot.pause()
        assert "by now? ctrl+r: yes" in chair.frame()
