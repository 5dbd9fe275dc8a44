"""The whole main screen as rows: the panes put together, for the screen, for its first frame and for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from ...core import item_text, pacing
from ...core.item import Item
from ...core.meeting import Meeting
from ...core.running_order import Row
from ...core.running_order import rows as running_order_rows
from ...store.minutes_file import KEEP, MinutesError
from ..commands import COMMANDS, Commands, Place, first_key
from ..text import clip, literal
from . import footer, item
from .geometry import Geometry
from .header import header
from .running_order import running_order

_SCROLLS: dict[Place, str] = {"list": "text.down", "follow": "follow.text_down"}
"""What scrolls the item's text, where a key does."""
FIND = "/"
"""The prompt while the capture line looks for an item."""


@dataclass(slots=True)
class View:
    """What the chair looks at, and what is said beside the call itself. None of it is ever saved."""

    looking: str = ""
    """The key of an item in view that is not the current one; empty where it is."""
    place: Place = "list"
    commands: Commands = COMMANDS
    """The table of keys, as the chair has it; empty as long as that is not known."""
    as_source: bool = False
    text_top: int = 0
    """The row of the item's text that is shown first, as far as there are rows below it."""
    order_top: int = 0
    prompt: str = "›"
    line: str = ""
    """What the capture line holds."""
    chip: str = ""
    """What Enter will make of it."""
    chip_style: str = "$quiet"
    notice: str = ""
    """Said in the chip's place for a while."""
    notice_style: str = ""
    keeps: str = ""
    """The end of what is said, which is never cut."""
    nudge: str = ""
    """What the chair is asked after a long silence, in the chip's place until a key is pressed."""
    title: str = ""
    ahead: float = 0.0
    """Seconds the wall clock is ahead of the call's own clock, since it was set."""
    rows: Sequence[Row] = ()
    """The running order as it was last drawn."""
    troubles: Sequence[str] = field(default_factory=tuple)

    def said(self, width: int) -> str:
        """Return what is said in so many columns."""
        return clip(clip(self.notice, max(0, width - cell_len(self.keeps))) + self.keeps, width)

    def in_view(self, meeting: Meeting) -> str:
        """Return the key of the item in view."""
        return self.looking or meeting.current

    def key(self, command: str) -> str:
        """Return the key that a command is told with; empty as long as the chair's own keys are not known."""
        return first_key(self.commands, command) if self.commands else ""


class Frame(NamedTuple):
    """The rows of the screen by the panes that are painted apart, each from its top."""

    top: list[Content]
    order: list[Content]
    """With the line that parts it from the item; empty where there is no room for it."""
    right: list[Content]
    bottom: list[Content]

    @property
    def rows(self) -> list[Content]:
        """All rows of the screen, as wide as it is."""
        body = (
            [one + other for one, other in zip(self.order, self.right, strict=True)]
            if self.order
            else self.right
        )
        return [*self.top, *body, *self.bottom]


def draw(meeting: Meeting, view: View, now: float, zone: tzinfo | None, panes: Geometry) -> Frame:
    """Return what the screen shows."""
    if panes.too_small:
        return Frame([literal(clip("too small: make the terminal larger", panes.width))], [], [], [])
    top = [header(meeting, view.title, now, zone, panes.width, view.ahead)]
    bottom = []
    if panes.rules:
        top.append(_rule(panes, "┬"))
        bottom.append(_rule(panes, "┴"))
    if panes.standing:
        bottom.append(_standing(view, panes.width))
    if panes.footer:
        words, aside = footer_words(meeting, view), footer_aside(meeting, now)
        bottom.append(footer.keys(view.commands, view.place, words, aside, panes.width))
    order = _order(meeting, view, now, panes) if panes.order else []
    return Frame(top, order, _right(meeting, view, now, panes), bottom)


def text_rows(meeting: Meeting, view: View, panes: Geometry) -> Sequence[Content]:
    """Return all rows of the text of the item in view."""
    if members := meeting.members(view.in_view(meeting)):
        confirmed = meeting.steering.confirmed
        return item.roll_call_rows(members, confirmed, _asking(meeting, view, members), panes.right)
    shown = meeting.item(view.in_view(meeting))
    entries = [(one.start, one.end) for one in meeting.captured if one.item == shown.key]
    source = item_text.source(meeting.document, shown, entries)
    return item.text(source, shown.kind == "topic", view.as_source, panes.right)


def _asking(meeting: Meeting, view: View, members: Sequence[Item]) -> str:
    """Say what the keys do at the roll call that the call is on; nothing where they do something else."""
    go = view.key("highlight.go")
    if view.looking or view.place != "list" or not go:
        return ""
    floor = f"{view.key('highlight.down')} and {go}: the floor"
    if any(member.key not in meeting.steering.confirmed for member in members):
        return f"{go}: no update; {floor}"
    if meeting.stops[-1].key == meeting.current:
        return f"{view.key('call.wrap_up')} wraps up; {floor}"
    return f"{go}: next item; {floor}"


def head(meeting: Meeting, view: View, now: float, panes: Geometry) -> list[Content]:
    """Return the head of the item in view."""
    said = "only looking"
    if view.place == "list" and view.commands:
        said += f", {view.key('highlight.go')} goes there"
    elif view.place == "follow" and view.commands:
        said += f", {view.key('follow.back')} goes back"
    return item.head(meeting, view.in_view(meeting), now, panes.right, panes.head, said)


def text_height(meeting: Meeting, view: View, now: float, panes: Geometry) -> int:
    """Return how many rows of the item's text are shown at once."""
    return max(0, panes.item - panes.head - len(_recorded(meeting, view, now, panes)))


def capture_line(view: View, panes: Geometry) -> tuple[int, int, int]:
    """Return column, row and width of the capture line's input."""
    used = len(_prompt(view, panes))
    return panes.left + used, panes.capture, max(1, panes.right - used)


def footer_words(meeting: Meeting, view: View) -> dict[str, str]:
    """Return the words that the footer has for commands as the call stands."""
    if view.place == "write" and view.prompt == FIND:
        return {"write.record": "go there", "write.accept": "", "write.next": "", "write.recall": ""}
    return {"clock.toggle": "pause" if meeting.running else "resume" if meeting.timeline else "start"}


def footer_aside(meeting: Meeting, now: float) -> str:
    """Return what it takes to end on time; nothing where the call will."""
    if not meeting.running:
        return ""
    average = sum(meeting.planned.values()) / max(1, len(meeting.planned))
    advice = pacing.recovery(pacing.pace(meeting, now), average)
    return f"to end on time: {advice}" if advice else ""


def landing_marks(meeting: Meeting) -> dict[str, str]:
    """Return the style of the dot of every item that somebody else has written in, unseen so far, or would wipe."""
    marks = {item: "$now" for landing in meeting.landings for item in landing.unseen}
    for landing in meeting.landings:
        marks |= {landing.removals[place].item: "$overtime" for place in landing.open}
    return marks


def _order(meeting: Meeting, view: View, now: float, panes: Geometry) -> list[Content]:
    view.rows = running_order_rows(meeting, now)
    return order_rows(meeting, view, 0, panes.bottom - panes.top, panes)


def order_rows(meeting: Meeting, view: View, first: int, count: int, panes: Geometry) -> list[Content]:
    """Return ``count`` rows of the running order's pane, from its row ``first`` on."""
    made = view.rows[view.order_top + first : view.order_top + first + count]
    marks = landing_marks(meeting)
    joint = panes.capture - panes.top - 1 - first if panes.rules else -1
    looking, started = view.in_view(meeting), bool(meeting.timeline)
    return running_order(made, looking, marks, started, panes.order, count, joint)


def _right(meeting: Meeting, view: View, now: float, panes: Geometry) -> list[Content]:
    width = panes.right
    entries = _recorded(meeting, view, now, panes)
    height = max(0, panes.item - panes.head - len(entries))
    drawn = head(meeting, view, now, panes)
    if view.place == "edit":
        drawn += [literal("")] * height
    else:
        rows = text_rows(meeting, view, panes)
        view.text_top = max(0, min(view.text_top, len(rows) - height))
        scrolls = view.key(_SCROLLS[view.place]) if view.place in _SCROLLS else ""
        drawn += item.scrolled(rows, view.text_top, height, width, scrolls)
    drawn += entries
    if panes.rules:
        drawn.append(literal("─" * width, "$faint"))
    return [*drawn, *capture(meeting, view, panes)]


def capture(meeting: Meeting, view: View, panes: Geometry) -> list[Content]:
    """Return the two rows of the capture line: prompt and draft, and the chip or what is to be said."""
    prompt = literal(_prompt(view, panes), "$now" if view.place == "write" else "$faint")
    line = literal("" if view.place == "write" else clip(view.line, panes.right - len(prompt)), "$quiet")
    said, style = view.chip, view.chip_style
    if view.notice:
        said, style = view.said(panes.right - 3), view.notice_style
    if view.nudge and not view.notice:
        said, style = view.nudge, "$soon"
    if not said:
        said, style = (_at_rest(view) if panes.order else _coming(meeting)), "$faint"
        if view.place == "edit" and not panes.footer:
            said = f"{view.key('edit.finish')} saves and goes back"
        if not meeting.timeline and (unfit := pacing.unfit(meeting)):
            said, style = f"does not fit: {unfit}", "$soon"
    return [prompt + line, literal(clip(f"   {said}", panes.right), style)]


def _at_rest(view: View) -> str:
    """Say what can be written; by who only looks on, nothing."""
    if view.place == "follow":
        return "you look on"
    if not view.commands:
        return ""
    note, action, decision = map(view.key, ("write.note", "write.action", "write.decision"))
    return f"{note} writes a note, {action} an action item, {decision} a decision"


def _coming(meeting: Meeting) -> str:
    """Say where the call is and what comes next, where the running order is not there to tell."""
    stops, at = meeting.stops, meeting.index(meeting.current)
    where = f"{at + 1} of {len(stops)}"
    if at + 1 == len(stops):
        return f"{where}, the last one"
    return f"{where}, next: {meeting.item(stops[at + 1].key).title}"


def _prompt(view: View, panes: Geometry) -> str:
    return f" {clip(view.prompt, max(4, panes.right // 3))} "


def _recorded(meeting: Meeting, view: View, now: float, panes: Geometry) -> list[Content]:
    """Draw what was recorded under the item: in half of its rows, or in all that its text leaves free."""
    key = view.in_view(meeting)
    entries = any(one.item == key for one in meeting.captured)
    if not entries and not meeting.timeline:
        return []
    from .recorded import recorded  # no call begins with entries

    rows = panes.item - panes.head
    free = rows - len(text_rows(meeting, view, panes)) if entries else 0
    settles = view.key("motion.settle")
    return recorded(meeting, key, now, panes.right, max(2, rows // 2), free, settles)


def _standing(view: View, width: int) -> Content:
    """Say what is wrong and what to do, with the key for it; a long path must not take the room of that."""
    troubles = view.troubles
    trouble = next((one for one in troubles if one.endswith(MinutesError.otherwise)), troubles[0])
    path, colon, rest = trouble.partition(": ")
    more = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
    key, briefly = "", rest or path
    if trouble.endswith(MinutesError.otherwise):
        key = _way_to(view, "save.elsewhere")
        briefly = f"not saved: {key} saves elsewhere"
    elif KEEP in rest:
        key = _way_to(view, "landings.show")
        briefly = f"{key}: {rest}"
    rest += f": {key}" if key else ""
    ways = [f"{path}{colon}{rest}{more}"]
    if "/" in path:
        ways.append(f"{path.partition('/')[0]}…/{path.rpartition('/')[2]}{colon}{rest}{more}")
    if "/" in path or key:
        ways += [f"{rest}{more}", rest, briefly]
    said = next((one for one in ways if one and len(one) <= width - 3), ways[-1])
    return literal(clip(f" ✗ {said}", width), "bold $overtime")


def _way_to(view: View, command: str) -> str:
    """Return what to press for a command of the running order, from where the chair is."""
    back = "" if view.place == "list" else f"{view.key('write.leave')} "
    return f"{back}{view.key(command)}"


def _rule(panes: Geometry, joint: str) -> Content:
    if not panes.order:
        return literal("─" * panes.width, "$faint")
    return literal("─" * panes.order + joint + "─" * panes.right, "$faint")
