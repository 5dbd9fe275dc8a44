"""What a chair does to the running order: skip, park, move and add items. No text is ever moved."""

from __future__ import annotations

from dataclasses import replace

from . import agenda as agendas
from . import front_matter, headings, history, items, order, placing, record
from .document import Document
from .events import Event, ItemAdded, ItemMoved, ItemParked, ItemSkipped
from .fold import apply
from .item import Item
from .meeting import Meeting
from .pacing import pace
from .spans import Splice
from .template import heading_text
from .writing import new_heading

PARKING_LOT = "Parking Lot"
_LEVEL = 2
"""Of headings where there are none to go by."""


class CannotAdd(ValueError):
    """No item can be added here; one line that says why."""


def skip(meeting: Meeting, item: str, now: float) -> Event | None:
    """Put an item off to the end of its group, before the roll call; what is in no group, to the end of the call."""
    keys = [stop.key for stop in meeting.stops]
    if item not in keys:
        return None
    at, group = keys.index(item), meeting.item(item).group
    behind = keys[at + 1 :]
    if group and order.called_group(item) is None:
        behind = [key for key in behind if meeting.item(key).group == group]
        speaking = [key for key in behind if order.called_group(key) is None]
        behind = speaking or behind
    if not behind:
        return None
    return ItemSkipped(now, item, behind[-1], keys[at + 1] if item == meeting.current else "")


def move(meeting: Meeting, item: str, by: int, now: float) -> Event | None:
    """Move an item ``by`` places down the running order, or up where negative.

    Once the call runs its current item stays, and nothing to come moves before it: the call would never get there.
    """
    keys = [stop.key for stop in meeting.stops]
    if item not in keys or not 0 <= keys.index(item) + by < len(keys) or not by:
        return None
    here = keys.index(meeting.current) if meeting.timeline and meeting.current in keys else -1
    place = keys.index(item) + by
    if (item == meeting.current and meeting.timeline) or place <= here < keys.index(item):
        return None
    keys.remove(item)
    return ItemMoved(now, item, keys[place - 1] if place else "")


def park(meeting: Meeting, item: str, now: float, by: str = "") -> Event | None:
    """Take an item off the call and write it down in the parking lot; ``by`` says who or what parked it.

    Where that is empty it is the time if the call runs late, else the chair.

    Raises:
        Swallowed: where an unclosed fence or comment would swallow the entry.

    """
    keys = [stop.key for stop in meeting.stops]
    members = {member for stop in meeting.stops for member in stop.members}
    if order.called_group(item) is not None or item not in {*keys, *members}:
        return None
    late = meeting.timeline and pace(meeting, now).over > 0
    by = by or ("time" if late else meeting.agenda.chair if meeting.agenda else "")
    entry = record.Parked(meeting.item(item).title, meeting.date, by)
    following = keys[keys.index(item) + 1 :] if item == meeting.current else []
    then = following[0] if following else ""
    return ItemParked(now, item, entry, _parking(meeting, entry), then)


def _parking(meeting: Meeting, entry: record.Parked) -> tuple[Splice, ...]:
    """Return the splices that write an entry in the parking lot, and make that where there is none."""
    document, name, made = meeting.document, headings.name_key(PARKING_LOT), tuple[Splice, ...]()
    sections = [one.index for one in document.sections if one.level and headings.name_key(one.title) == name]
    if not sections:
        own = next((item for item in meeting.items if headings.name_key(item.title) == name), None)
        if own is not None:
            made = placing.headings(document, meeting.items, own, meeting.agenda)
        else:
            made = (new_heading(document, _level(meeting), PARKING_LOT, len(document.source)),)
        for splice in made:
            document = document.apply(splice)
        sections = [
            one.index for one in document.sections if one.level and headings.name_key(one.title) == name
        ]
    return (*made, document.insertion(sections[0], record.lines(entry)))


def _level(meeting: Meeting) -> int:
    """Return the level of headings that stand in no group."""
    sections = meeting.document.sections
    alone = [item.section for item in meeting.items if not item.group and item.section is not None]
    return min((sections[index].level for index in alone if sections[index].level), default=2)


def add(meeting: Meeting, title: str, seconds: int, now: float) -> Event:
    """Add an item that comes right behind the current one; ``seconds`` is its timebox, 0 for what is left to share.

    It becomes a topic where the agenda has topics, and a section of its own otherwise; with an agenda, that has a
    heading as soon as something is written there.

    Raises:
        CannotAdd: where the title says nothing, or what was added would be no item.
        Swallowed: where an unclosed fence or comment would swallow it.

    """
    title = " ".join(title.split())
    if not title:
        raise CannotAdd("an item needs a title")
    anchor = meeting.item(meeting.current)
    if order.called_group(meeting.current) is not None:
        anchor = [item for item in meeting.items if item.group == anchor.group][-1]
    text = f"{title} ({seconds // 60}m)" if seconds and not seconds % 60 else title
    if seconds % 60:
        text = f"{title} ({seconds}s)"
    event = _as_topic(meeting, anchor, title, text, now)
    event = event or _as_section(meeting, anchor, title, text, seconds, now)
    known = {(item.key, item.title) for item in meeting.items}
    if all((item.key, item.title) in known for item in apply(meeting, event).items):
        raise CannotAdd(f"{title!r} would be part of {anchor.title}: write it as a note there")
    return event


def _as_topic(meeting: Meeting, anchor: Item, title: str, text: str, now: float) -> ItemAdded | None:
    """Return how an item becomes one more topic of the section with topics nearest to it, if any."""
    section = anchor.section if anchor.kind == "topic" else None
    if section is None and meeting.agenda is not None:
        named = {headings.title(one.title) for one in meeting.agenda.sections if one.topics}
        at = meeting.items.index(anchor)
        near = [
            one for one in (*meeting.items[at:], *meeting.items[at::-1]) if (one.group or one.title) in named
        ]
        section = next((one.section for one in near if one.section is not None), None)
    if section is None:
        return None
    return ItemAdded(
        now, title, (meeting.document.insertion(section, record.lines(record.Note(text))),), None
    )


def _named_whole(document: Document, item: Item) -> tuple[Splice, ...]:
    """Return what gives minutes without a heading one, so that another does not become the title of them all."""
    start = front_matter.preamble(document.source)
    return (new_heading(document, _LEVEL, heading_text(item.title), start),)


def _as_section(meeting: Meeting, anchor: Item, title: str, text: str, seconds: int, now: float) -> ItemAdded:
    """Return how an item becomes a section: of the agenda, too, where there is one."""
    if meeting.agenda is None:
        level = meeting.document.sections[anchor.section].level if anchor.section else _LEVEL
        at = (
            meeting.document.own(max(anchor.sections)).end
            if anchor.sections
            else len(meeting.document.source)
        )
        named_first = _named_whole(meeting.document, anchor) if not anchor.section else ()
        at += sum(splice.delta for splice in named_first)
        document = meeting.document.apply_all(named_first)
        return ItemAdded(
            now, title, (*named_first, new_heading(document, level, heading_text(text), at)), None
        )
    named = (*(one.title for one in meeting.agenda.sections), *(one.name for one in meeting.agenda.projects))
    if headings.name_key(title) in map(headings.name_key, named):
        raise CannotAdd(f"the agenda has {title!r} already")
    own = anchor.group or anchor.title
    place = next(
        (at for at, one in enumerate(meeting.agenda.sections) if headings.title(one.title) == own), -1
    )
    listed = list(meeting.agenda.sections)
    listed.insert(place + 1 or len(listed), agendas.Section(title, time=seconds or None))
    extended = replace(meeting.agenda, sections=tuple(listed))
    captured = history.starts(meeting.captured)
    found = items.follow(meeting.items, items.infer(meeting.document, extended, captured))
    known = {item.key for item in meeting.items}
    new = next((item for item in found if item.key not in known), None)
    if new is None or new.section is not None:
        raise CannotAdd(f"the agenda has {title!r} already")
    return ItemAdded(now, title, (), extended)  # its heading comes with the first thing that is written there
