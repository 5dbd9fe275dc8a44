"""What others changed during the call: who, when and where, and what they would have wiped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.content import Content

from ...core.fold import CannotUndo
from ...core.landing import Landing, words
from ...core.passages import Changed, held, passages
from ...core.runs import Line, Run
from ...core.summary import count
from ..text import between, clip, content, literal
from .page import PageScreen

_LISTED = 3
"""What part of the page the list may have: one third. The rest is for what the chosen landing changed."""
_HELD = {
    "": "would lose this (it stays until you take the removal)",
    "kept": "would have lost this; you kept it",
    "taken": "lost this; you took the removal",
}


class LandingsScreen(PageScreen):
    """A list of landings, the latest first, with before and after of the one that is chosen."""

    PLACE = "landings"

    def __init__(self) -> None:
        """Choose the latest landing."""
        super().__init__()
        self._chosen = 0
        self._first = 0
        """The first landing of those that are listed."""
        self._said = ""
        """What became of the last answer."""

    @property
    def _landings(self) -> list[tuple[int, Landing]]:
        """The landings and their places, the latest first."""
        return list(reversed(list(enumerate(self.app.meeting.landings))))

    @property
    def _landing(self) -> tuple[int, Landing] | None:
        """The chosen landing and its place; None where there is none."""
        landings = self._landings
        return landings[min(self._chosen, len(landings) - 1)] if landings else None

    def rows(self, width: int) -> list[Content]:
        """Return what was answered last, what is asked, the list, and what the chosen landing changed."""
        landings = self._landings
        which = f"{self._chosen + 1} of {len(landings)}" if len(landings) > 1 else ""
        title = literal("What others changed during the call", "bold")
        lines = [literal(""), between(title, literal(which, "$quiet"), width)]
        lines += [*literal(self._said, "$now").wrap(width), literal("")] if self._said else [literal("")]
        lines += self._asked(width)
        if (chosen := self._landing) is None:
            return lines if self.app.session.question else [*lines, literal("nothing so far", "$faint")]
        lines += self._list(landings, width)
        landing = chosen[1]
        for one in landing.removals:
            for heading, group in held(landing.after, one.spans):
                name = one.title if one.title in heading else heading or one.title
                style = "$quiet" if one.answer else "$overtime"
                lines += [literal(""), *_passage(f"{name} {_HELD[one.answer]}", group, width, style)]
        for each in landing.conflicts:
            said = f"{each.title}: both of you changed the same lines; both versions stand there"
            lines += [literal(""), *literal(said, "$soon").wrap(width)]
        for heading, group in passages(landing.before, landing.after, landing.splices):
            lines += [literal(""), *_passage(heading, group, width)]
        return lines

    def _asked(self, width: int) -> list[Content]:
        """Return the question about the file, and what taking what stands on the disk would change."""
        session = self.app.session
        if (question := session.question) is None:
            return []
        lines = literal(question.text, "bold $overtime").wrap(width)
        if question.takable:
            made, ours = session.taking(), self.app.meeting.document.source
            said = (
                "Taking theirs would change this:"
                if made
                else (
                    "Taking theirs or keeping ours comes to the same: it lacks only what was recorded in this call, "
                    "and that stays either way"
                )
            )
            lines += [literal(""), *literal(said, "$quiet").wrap(width)]
            after = ours
            for splice in made:
                after = after[: splice.start] + splice.inserted + after[splice.span.end :]
            for heading, group in passages(ours, after, made):
                lines += _passage(heading, group, width)
        return [*lines, literal("")]

    def _list(self, landings: Sequence[tuple[int, Landing]], width: int) -> list[Content]:
        """Return the landings around the chosen one, and how many there are beside those."""
        most = max(2, (self.page.size.height - 3) // _LISTED)
        self._first = min(
            max(self._first, self._chosen - most + 1), self._chosen, max(0, len(landings) - most)
        )
        end = self._first + most
        return [
            self._row(at, one, width)
            for at, (_, one) in enumerate(landings[self._first : end], start=self._first)
        ]

    def _row(self, at: int, landing: Landing, width: int) -> Content:
        when = f"{datetime.fromtimestamp(landing.at, self.app.zone):%H:%M}"
        bar = literal("▌ " if at == self._chosen else "  ", "$now")
        dot = literal("● ", "$overtime" if landing.open else "$now" if not landing.seen else "$faint")
        row = bar + between(
            dot + literal(clip(words(landing), width - 12)), literal(when, "$quiet"), width - 2
        )
        return row.stylize("on $looking") if at == self._chosen else row

    def words(self) -> Mapping[str, str]:
        """Name the keys by what they answer."""
        nothing = {"landings.keep": "", "landings.take": "", "landings.undo": ""}
        question = self.app.session.question
        if question is not None:
            taken = "take theirs" if question.takable else ""
            return nothing | {"landings.keep": "keep ours", "landings.take": taken}
        if (chosen := self._landing) is None:
            return nothing
        if chosen[1].open:
            return {"landings.keep": "keep the text", "landings.take": "take the removal"}
        taken = "take the removal" if any(one.answer == "kept" for one in chosen[1].removals) else ""
        return nothing | {"landings.take": taken, "landings.undo": "undo it"}

    def run(self, command: str) -> None:
        """Choose a landing, or answer: the question about the file first, then the removals of the chosen landing."""
        session = self.app.session
        match command:
            case "landings.back":
                self.app.pop_screen()
                session.see(*(item for _, landing in self._landings for item in landing.unseen))
                self.app.repaint()
            case "landings.down" | "landings.up":
                self._move(1 if command == "landings.down" else -1)
            case "landings.undo":
                self._take_back()
            case _ if session.question is not None:
                self._settle(taken=command == "landings.take")
            case _:
                self._answer(taken=command == "landings.take")

    def _move(self, by: int) -> None:
        """Choose another landing; at the ends of the list, scroll what the page has beyond them."""
        last = max(0, len(self._landings) - 1)
        if (by < 0 and self.page.top) or not 0 <= self._chosen + by <= last:
            self.page.scroll(by)
            self.draw_keys()
            return
        self._chosen += by
        self.page.top = 0
        self.draw()

    def _settle(self, *, taken: bool) -> None:
        """Answer the question about the file."""
        session = self.app.session
        question = session.question
        if question is None or (taken and not question.takable):
            return
        same = question.takable and not session.taking()
        (session.accept if taken else session.keep)()
        self._chosen = 0
        if same:
            self._tell("Saved as it is here: it lacked only what was recorded in this call")
        elif taken:
            self._tell("Took theirs, with what was recorded in this call", "takes that back")
        else:
            self._tell("Kept ours: it takes the place of what stood there")

    def _answer(self, *, taken: bool) -> None:
        """Say what becomes of the first removal of the chosen landing that waits, or carry out one that was kept."""
        if (chosen := self._landing) is None:
            return
        place, landing = chosen
        waiting = landing.open
        if taken and not waiting:
            waiting = tuple(at for at, one in enumerate(landing.removals) if one.answer == "kept")
        if not waiting:
            return
        one = landing.removals[waiting[0]]
        lines = count(sum(bool(line.strip()) for line in one.text.splitlines()), "line")
        if taken:
            self.app.session.take_removal(place, waiting[0])
            self._tell(f"Removal taken, {one.title} lost {lines}", "brings that back")
        else:
            self.app.session.keep_removed(place, waiting[0])
            take = self.app.key("landings.take")
            self._tell(f"Kept: {one.title} loses nothing; {take} here takes the removal after all")

    def _tell(self, said: str, back: str = "") -> None:
        """Say what an answer did, here and on the main screen; ``back`` is what undoing it there does."""
        undo = f"{self.app.key('change.undo')} {back}"
        here = f"{said}: {self.app.key('landings.back')}, then {undo}" if back else said
        self._said = here
        self.app.say(said, f": {undo}" if back else "")
        self.page.top = 0
        self.draw()

    def _take_back(self) -> None:
        """Undo the chosen landing, and say so on the main screen, where that can be undone in turn."""
        if (chosen := self._landing) is None:
            return
        place, landing = chosen
        try:
            self.app.session.take_back(place)
            said = f"Undone: landing of {landing.by or 'somebody'}"
            back = f"; {self.app.key('change.undo')} brings it back"
        except CannotUndo as error:
            said, back = str(error), ""
        self.app.pop_screen()
        self.app.repaint()
        self.app.say(said, back)


def _passage(title: str, changed: Sequence[Changed], width: int, style: str = "bold") -> list[Content]:
    """Draw a heading and what changed below it; long lines go on below where they begin."""
    rows = [*literal(title or "Above the first heading", style).wrap(width)]
    for one in changed:
        text = Run(one.text.decode("utf-8", "surrogateescape"))
        line = Line((text,), (Run(f"  {one.mark} "),), (Run("    "),), verbatim=True)
        drawn = content([line], width)
        rows += [row.stylize("$quiet") for row in drawn] if one.mark == "−" else drawn
    return rows
