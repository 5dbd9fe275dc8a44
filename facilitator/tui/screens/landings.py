"""What others changed during the call: who, when and where, and what they would have wiped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual import events
from textual.content import Content

from ...core.fold import CannotUndo
from ...core.landing import Landing, words
from ...core.spans import Splice
from ..commands import first_key
from ..text import between, clip, literal
from .page import PageScreen

_MOVES = {"down": 1, "j": 1, "up": -1}


class LandingsScreen(PageScreen):
    """A list of landings, the latest first, with before and after of the one that is chosen."""

    PLACE = "landings"

    def __init__(self) -> None:
        """Choose the latest landing."""
        super().__init__()
        self._chosen = 0

    @property
    def _landings(self) -> list[tuple[int, Landing]]:
        """The landings and their places, the latest first."""
        return list(reversed(list(enumerate(self.app.meeting.landings))))

    def rows(self, width: int) -> list[Content]:
        """Return the list, and what the chosen landing changed."""
        lines = [literal(""), literal("What others changed during the call", "bold"), literal("")]
        if (question := self.app.session.question) is not None:
            lines += [
                *literal(question.text, "bold $overtime").wrap(width),
                literal(""),
                *self._taking(width),
            ]
        landings = self._landings
        if not landings:
            return lines if question else [*lines, literal("nothing so far", "$faint")]
        lines += [self._row(at, one, width) for at, (_, one) in enumerate(landings)]
        landing = landings[min(self._chosen, len(landings) - 1)][1]
        lines.append(literal(""))
        for place in landing.open:
            removal = landing.removals[place]
            lines.append(
                literal(f"{removal.title} would lose (it stays until you take the removal):", "$overtime")
            )
            lines += _text("−", removal.text, "$overtime", width)
        for one in landing.conflicts:
            lines.append(
                literal(
                    f"{one.title}: both of you changed the same lines; both versions stand there", "$soon"
                )
            )
        for splice in reversed(landing.splices):
            lines += _change(splice, width)
        return lines

    def _taking(self, width: int) -> list[Content]:
        """Return what taking what stands on the disk would change."""
        lines = [row for splice in reversed(self.app.session.taking()) for row in _change(splice, width)]
        return [literal("Taking theirs would change this:", "$quiet"), *lines, literal("")] if lines else []

    def words(self) -> Mapping[str, str]:
        """Name the keys by what they answer."""
        nothing = {"landings.keep": "", "landings.take": "", "landings.undo": ""}
        question = self.app.session.question
        if question is not None:
            taken = "take theirs" if question.takable else ""
            return nothing | {"landings.keep": "keep ours", "landings.take": taken}
        landings = self._landings
        if not landings:
            return nothing
        if landings[min(self._chosen, len(landings) - 1)][1].open:
            return {"landings.keep": "keep the text", "landings.take": "take the removal"}
        return nothing | {"landings.undo": "undo it"}

    def _row(self, at: int, landing: Landing, width: int) -> Content:
        when = f"{datetime.fromtimestamp(landing.at, self.app.zone):%H:%M}"
        bar = literal("▌ " if at == self._chosen else "  ", "$now")
        dot = literal("● ", "$overtime" if landing.open else "$now" if not landing.seen else "$faint")
        row = bar + between(
            dot + literal(clip(words(landing), width - 12)), literal(when, "$quiet"), width - 2
        )
        return row.stylize("on $looking") if at == self._chosen else row

    def other(self, key: events.Key) -> bool:
        """Choose another landing."""
        if key.key not in _MOVES:
            return False
        self._chosen = min(max(0, self._chosen + _MOVES[key.key]), max(0, len(self._landings) - 1))
        self.page.top = 0
        self.draw()
        return True

    def run(self, command: str) -> None:
        """Answer what is asked: the question about the file first, then the removals of the chosen landing."""
        session = self.app.session
        if command == "landings.back":
            self.app.pop_screen()
            session.see(*(item for _, landing in self._landings for item in landing.unseen))
            self.app.repaint()
            return
        if command == "landings.undo":
            self._take_back()
            return
        taken = command == "landings.take"
        if session.question is not None:
            if taken and not session.question.takable:
                return
            (session.accept if taken else session.keep)()
        elif self._landings:
            place, landing = self._landings[self._chosen]
            for removal in landing.open[:1]:
                (session.take_removal if taken else session.keep_removed)(place, removal)
        self.app.repaint()
        self.draw()

    def _take_back(self) -> None:
        """Undo the chosen landing, and say so on the main screen, where that can be undone in turn."""
        if not self._landings:
            return
        place, landing = self._landings[self._chosen]
        try:
            self.app.session.take_back(place)
            key = first_key(self.app.commands, "change.undo")
            said = f"Undone: landing of {landing.by or 'somebody'}; {key} brings it back"
        except CannotUndo as error:
            said = str(error)
        self.app.pop_screen()
        self.app.repaint()
        self.app.say(said)


def _change(splice: Splice, width: int) -> list[Content]:
    return [*_text("−", splice.removed, "$quiet", width), *_text("+", splice.inserted, "", width)]


def _text(mark: str, text: bytes, style: str, width: int) -> list[Content]:
    lines = text.decode("utf-8", "surrogateescape").splitlines()
    return [literal(clip(f"  {mark} {line}", width), style) for line in lines if line.strip()]
