"""What the chair steps through: the items of a document.

With an agenda, a heading that names a project of the roster is that project's item wherever the outline
puts it, a heading that names a section of the agenda is that section's, and every other heading belongs to
the item above it. A section with topics gives one item for each of its top-level list items. A group of
projects is no item. What the document lacks is an item without a section, at its place in the agenda.

Without an agenda the outline decides:

1. The first heading is the title, and no item, if a deeper heading comes next. Sections are the headings of
   the highest level below it (of its own level where the title is not of level 1 and that level goes on).
2. A heading above the sections' level further down was pasted and belongs to the item it stands in, unless
   it has no text of its own and a section comes next: then it divides, and names the group of what follows.
3. A section with several subsections, or one that names its lead, and at most ``LITTLE`` words of its own is
   a group: its subsections are the items. Deeper headings belong to their item.
4. A section called agenda that names other headings is a table of contents, one that is empty announces
   what follows, and neither is an item; any other agenda gives one topic for each of its top-level list
   items. So does every section in which at least half of those, two or more, grant themselves a timebox.
5. Attendance, links and other particulars of the meeting are no items (``PARTICULARS``).
6. Where nothing is left, the document is one item.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from facilitator.core import headings
from facilitator.core.agenda import Agenda, Project, names
from facilitator.core.agenda import Section as AgendaSection
from facilitator.core.blocks import plain
from facilitator.core.headings import heading, name_key
from facilitator.core.spans import Span

if TYPE_CHECKING:
    from facilitator.core.document import Document, ListItem, Section

__all__ = ["Item", "follow", "heading", "infer", "refresh", "spans"]

LITTLE = 40
"""Words that a group may have of its own."""

PARTICULARS = frozenset(
    {
        *(
            "attendees",
            "attendance",
            "attending",
            "participants",
            "present",
            "regrets",
            "apologies",
            "absent",
        ),
        *("roll call", "links", "logistics", "registration", "when where", "zoom info", "upcoming meetings"),
        *("contents", "table of contents", "dates and locations of future meetings"),
    }
)
"""Names of sections that say who, when and where; there is nothing in them to speak about."""

RECORD = frozenset({"agenda", "parking lot", "action items from previous meetings", "attendees"})
"""Names of sections that belong to the record as a whole, never to the item above them."""

_AGENDA = frozenset({"agenda", "agenda items", "topics", "table of contents", "contents"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_PLACEHOLDER = re.compile(r"^[ \t>*+-]*\[[^\]\n]{4,}\][ \t]*$", re.M)
_WORD = re.compile(r"\w")
_RECORDED = re.compile(r"(?:\[[ xX]\] )?\*\*(?:Action|Decision|Motion):\*\*")
_BOX = re.compile(r"\[[ xX]\]\s+")
_TOPIC_WORDS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One step of the meeting."""

    key: str
    """What it is known by for as long as the meeting lasts."""
    kind: Literal["section", "project", "topic"]
    title: str
    """Plain text for the running order."""
    group: str = ""
    """The title of the group, or section of topics, it stands in."""
    leads: tuple[str, ...] = ()
    status: str = ""
    remark: str = ""
    timebox: int | None = None
    """Seconds that its heading or bullet grants it."""
    section: int | None = None
    """Index of the section it is written in; None where the document has none yet."""
    sections: tuple[int, ...] = ()
    """Every section that belongs to it, in file order."""
    bullet: int | None = None
    """A topic's index among the list items of its section."""
    words: int = 0
    """How many words are written in it; none make it quiet."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is written in it."""
        return not self.words


def infer(document: Document, agenda: Agenda | None = None) -> tuple[Item, ...]:
    """Find the items of a document, in the agenda's order, else in the file's."""
    found = _by_agenda(document, agenda) if agenda and agenda.sections else _by_outline(document)
    return _with_own_keys(found)


def spans(document: Document, item: Item) -> tuple[Span, ...]:
    """Return an item's text in file order, without its own heading; a topic's is its list item."""
    pieces: list[Span] = []
    for index in item.sections:
        if index == item.section:
            piece = _topic(document, item).span if item.bullet is not None else document.own(index)
        else:
            section = document.sections[index]
            piece = Span(section.heading.start, section.own.end)
        if pieces and pieces[-1].end == piece.start:
            piece = Span(pieces.pop().start, piece.end)
        pieces.append(piece)
    return tuple(pieces)


def refresh(
    items: tuple[Item, ...], document: Document, agenda: Agenda | None, section: int
) -> tuple[Item, ...]:
    """Return the items after an edit inside one section's own text that changed no heading.

    The work is that of the one section. Whether a section is a group is not asked again: the running order
    does not change under the chair because of a sentence more.
    """
    touched = [place for place, item in enumerate(items) if section in item.sections]
    if not touched:
        return items
    first, after = touched[0], touched[-1] + 1
    old = items[first:after]
    if section != old[0].section:
        new: Sequence[Item] = [_counted(document, item) for item in old]
    else:
        whole = _counted(document, replace(old[0], bullet=None, sections=old[-1].sections))
        if whole.kind == "topic":
            whole = replace(whole, kind="section", title=whole.group, group="", timebox=None)
        topics = _has_topics(agenda, whole.title) if agenda and agenda.sections else None
        new = follow(old, _with_own_keys(_steps(document, whole, topics)))
    return items[:first] + tuple(new) + items[after:]


def follow(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """Give the items of ``after`` the keys that the same ones had ``before``.

    The same are those of one name; then, among those left over between two that are the same, those with the
    same lead or much the same words, or else the one that stands alone in the place of another.
    """
    keys: dict[int, str] = {}
    left = dict(enumerate(before))
    for sameness in (_identity, _name, lambda item: item.key):
        known: dict[object, list[int]] = {}
        for place, item in left.items():
            known.setdefault(sameness(item), []).append(place)
        for place, item in enumerate(after):
            if place not in keys and (places := known.get(sameness(item))):
                keys[place] = left.pop(places.pop(0)).key
    for gap_before, gap_after in _gaps(before, after, keys, left):
        for place, key in _alike([left[p] for p in gap_before], [(p, after[p]) for p in gap_after]):
            keys[place] = key
    return _unique(
        [replace(item, key=keys[p]) if p in keys else item for p, item in enumerate(after)], set(keys)
    )


def _identity(item: Item) -> object:
    return item.kind, item.group, item.title, item.section, item.bullet


def _name(item: Item) -> object:
    return item.kind, item.group, item.title


def _gaps(
    before: Sequence[Item], after: Sequence[Item], keys: dict[int, str], left: dict[int, Item]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of items left over between two neighbours that are known, in both orders."""
    anchors = {item.key: place for place, item in enumerate(before)}
    start, gap = -1, list[int]()
    for place in range(len(after) + 1):
        if place < len(after) and place not in keys:
            gap.append(place)
            continue
        stop = anchors[keys[place]] if place < len(after) else len(before)
        if gap:
            yield [p for p in left if start < p < stop], gap
        start, gap = stop, []


def _alike(before: list[Item], after: list[tuple[int, Item]]) -> Iterator[tuple[int, str]]:
    """Pair items that are much alike; those that stand for each other alone need not be."""
    alone = len(before) == len(after) == 1
    for place, item in after:
        for old in before:
            kin = old.kind == item.kind or (old.kind == "section" and old.section == item.section)
            same_lead = bool(old.leads) and old.leads == item.leads
            if kin and (alone or same_lead or SequenceMatcher(None, old.title, item.title).ratio() > 0.6):
                before.remove(old)
                yield place, old.key
                break


def _unique(items: Sequence[Item], settled: Iterable[int]) -> tuple[Item, ...]:
    """Set numbers to the keys that another item has already; those at ``settled`` stay as they are."""
    settled = set(settled)
    taken = {items[place].key for place in settled}
    found = []
    for place, item in enumerate(items):
        key, number = item.key, 1
        while place not in settled and key in taken:
            number += 1
            key = f"{item.key}#{number}"
        taken.add(key)
        found.append(item if key == item.key else replace(item, key=key))
    return tuple(found)


def _with_own_keys(items: Iterable[Item]) -> tuple[Item, ...]:
    """Name every item by what it is called."""
    named = []
    for item in items:
        name = _slug(item.title)
        if item.kind == "topic":
            name = f"{_slug(item.group)}/{'-'.join(name.split('-')[:_TOPIC_WORDS])}"
        named.append(replace(item, key=f"{item.kind}:{name}"))
    return _unique(named, ())


def _slug(title: str) -> str:
    return name_key(title).replace(" ", "-")[:80]


def _steps(document: Document, item: Item, topics: bool | None) -> list[Item]:
    """Return the topics of a section's item where it has any, else the item; None asks the outline's rule."""
    assert item.section is not None
    listed = document.list_items(item.section)
    bullets = [
        (number, bullet)
        for number, bullet in enumerate(listed)
        if bullet.depth == 0 and bullet.text.strip() and not _RECORDED.match(bullet.text)
    ]
    boxes = [_bullet_timebox(listed, number) for number, _ in bullets]
    if topics is None:
        many = len(bullets) > 1 and 2 * sum(box is not None for box in boxes) >= len(bullets)
        topics = many or name_key(item.title) in _AGENDA
    if not topics or not bullets:
        return [item]
    found = []
    for (number, bullet), box in zip(bullets, boxes, strict=True):
        name = headings.title(_BOX.sub("", bullet.text)) or "…"
        lead = heading(bullet.text).leads if box is not None else ()
        topic = Item("", "topic", name, item.title, lead, timebox=box, section=item.section)
        found.append(replace(topic, sections=(item.section,), bullet=number))
    found[-1] = replace(found[-1], sections=item.sections)
    return [_counted(document, topic) for topic in found]


def _bullet_timebox(listed: Sequence[ListItem], number: int) -> int | None:
    """Return the timebox in a list item's text, or in an item right below it that says nothing else."""
    own = headings.timebox(listed[number].text)
    if own is not None:
        return own
    for child in listed[number + 1 :]:
        if child.depth <= listed[number].depth:
            break
        box = headings.timebox(child.text, trailing=True)
        if child.depth == listed[number].depth + 1 and box is not None and headings.is_timebox(child.text):
            return box
    return None


def _topic(document: Document, item: Item) -> ListItem:
    assert item.section is not None
    assert item.bullet is not None
    return document.list_items(item.section)[item.bullet]


def _counted(document: Document, item: Item) -> Item:
    """Count the words of an item again."""
    texts = []
    for index in item.sections:
        whole = index != item.section or item.bullet is None
        texts.append(document.text(document.own(index) if whole else _topic(document, item).span))
    return replace(item, words=sum(map(_words, texts)))


def _words(text: str) -> int:
    """Count words; comments and what a template says in brackets (``[add updates here]``) are none."""
    text = _PLACEHOLDER.sub("", _COMMENT.sub("", text))
    return sum(1 for word in text.split() if _WORD.search(word))


# With an agenda


_Entry = AgendaSection | Project


class _Names:
    """The names an agenda knows, from its own spelling to the most lenient that is not ambiguous."""

    def __init__(self, agenda: Agenda) -> None:
        entries: list[tuple[AgendaSection | Project, str]] = [
            (entry, entry.title) for entry in agenda.sections
        ]
        entries += [(entry, entry.name) for entry in agenda.projects]
        self._spellings: list[dict[str, _Entry]] = []
        for spell in _SPELLINGS:
            keys = Counter(spell(name) for _, name in entries)
            self._spellings.append({spell(name): e for e, name in entries if keys[spell(name)] == 1})

    def find(self, title: str) -> _Entry | None:
        """Return what a heading names."""
        candidates = headings.projects(title)
        for spell, known in zip(_SPELLINGS, self._spellings, strict=True):
            for candidate in candidates:
                if (found := known.get(spell(candidate))) and spell(candidate):
                    return found
        return None


def _spelled(name: str) -> str:
    return name_key(plain(name))


def _without_parentheses(name: str) -> str:
    return _spelled(re.sub(r"\([^()]*\)", " ", plain(name)))


def _singular(name: str) -> str:
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") else w for w in _without_parentheses(name).split()
    )


def _unspaced(name: str) -> str:
    return _singular(name).replace(" ", "")


_SPELLINGS = (_spelled, _without_parentheses, _singular, _unspaced)


def _has_topics(agenda: Agenda, title: str) -> bool:
    found = _Names(agenda).find(title)
    return isinstance(found, AgendaSection) and found.topics


def _by_agenda(document: Document, agenda: Agenda) -> list[Item]:
    known = _sections_by_name(document, agenda)
    items: list[Item] = []
    for section in agenda.sections:
        if not section.projects:
            item = Item("", "section", _plain(section.title))
            items += _placed(document, item, known.get(id(section), ()), section.topics)
        for project in section.projects:
            item = Item("", "project", _plain(project.name), _plain(section.title), names(project.lead))
            item = replace(item, status=project.status)
            items += _placed(document, item, known.get(id(project), ()), topics=False)
    return items


def _sections_by_name(document: Document, agenda: Agenda) -> dict[int, list[int]]:
    """Return which sections belong to each entry of the agenda (by ``id``), its own heading first."""
    known_names = _Names(agenda)
    sections = list(document.sections)[1:]
    named = [(section, known_names.find(section.title)) for section in sections]
    top = min((section.level for section, entry in named if entry), default=1)
    levels: dict[int, int] = {}
    for section, entry in named:
        if entry:
            levels[id(entry)] = min(section.level, levels.get(id(entry), section.level))
    found: dict[int, list[int]] = {}
    current: int | None = None
    for section, entry in named:
        if entry and section.level <= levels[id(entry)]:
            current = id(entry)
        elif section.level <= top and name_key(plain(section.title)) in RECORD:
            current = None
        if current is not None:
            found.setdefault(current, []).append(section.index)
    return found


def _placed(document: Document, item: Item, sections: Sequence[int], topics: bool) -> list[Item]:
    """Fill in what the document says of an item of the agenda."""
    if not sections:
        return [item]
    said = heading(document.sections[sections[0]].title)
    item = replace(item, section=sections[0], sections=tuple(sections), timebox=said.timebox)
    if item.kind == "project":
        leads = said.leads if said.leads or said.remark else item.leads
        item = replace(item, leads=leads, status=said.status or item.status, remark=said.remark)
    return _steps(document, _counted(document, item), topics)


def _plain(title: str) -> str:
    return headings.title(title)


# Without an agenda


@dataclass(frozen=True, slots=True)
class _Node:
    """A section of the outline and what stands in it."""

    section: Section
    divider: str
    members: list[Section]


def _by_outline(document: Document) -> list[Item]:
    sections = list(document.sections)
    nodes = _nodes(document, sections)
    others = {_singular(section.title) for section in sections[1:]}
    found = [item for node in nodes for item in _of_node(document, node, others)]
    if found:
        return found
    last = len(sections) > 1
    title = headings.title(sections[1].title) if last else "Minutes"
    whole = Item("", "section", title, section=int(last), sections=tuple(range(int(last), len(sections))))
    return [_counted(document, whole)]


def _nodes(document: Document, sections: list[Section]) -> list[_Node]:
    """Cut the document into the sections of its outline."""
    levels = [section.level for section in sections[1:]]
    if not levels:
        return []
    title_ends = 2 if len(levels) == 1 or levels[1] > levels[0] else 1
    rest = levels[title_ends - 1 :]
    if title_ends == 1 or (levels[0] > 1 and levels[0] in rest):
        level = levels[0]
    else:
        level = min((other for other in rest if other > levels[0]), default=levels[0])
    nodes: list[_Node] = []
    divider = ""
    for section in sections[title_ends:]:
        follows = section.index + 1
        if section.level == level:
            nodes.append(_Node(section, divider, []))
        elif (
            section.level < level
            and follows < len(sections)
            and sections[follows].level == level
            and not _own(document, section)
        ):
            divider = headings.title(section.title)
        elif nodes:
            nodes[-1].members.append(section)
    return nodes


def _is_particular(title: str) -> bool:
    """Say whether a section holds particulars; ``Present: Ann`` made a heading by a line of dashes does."""
    shown = plain(title)
    return name_key(shown) in PARTICULARS or (
        name_key(shown.partition(":")[0]) in PARTICULARS and ":" in shown.rstrip(" :")
    )


def _own(document: Document, section: Section) -> int:
    return _words(document.text(section.own))


def _of_node(document: Document, node: _Node, others: set[str]) -> Iterator[Item]:
    section, name = node.section, name_key(plain(node.section.title))
    if _is_particular(section.title):
        return
    deeper = [member.level for member in node.members if member.level > section.level]
    said = heading(section.title)
    parts = [member for member in node.members if deeper and member.level == min(deeper)]
    led = [part for part in parts if heading(part.title).leads]
    own = _own(document, section)
    if parts and not said.leads and own <= LITTLE and (len(parts) > 1 or led or not own):
        projects = bool(led) or any(heading(part.title).status for part in parts)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            belonging = [
                m
                for m in node.members
                if m.index > part.index and (not following or m.index < following.index)
            ]
            if name_key(plain(part.title)) not in PARTICULARS:
                yield from _of_heading(document, part, belonging, headings.title(section.title), projects)
        return
    if name in _AGENDA:
        listed = [item for item in document.list_items(section) if item.depth == 0]
        if not own or any(_singular(item.text) in others for item in listed):
            return
    yield from _of_heading(document, section, node.members, node.divider, bool(said.leads))


def _of_heading(
    document: Document, section: Section, members: Sequence[Section], group: str, project: bool
) -> list[Item]:
    said = heading(section.title)
    title = plain(said.project) if project else headings.title(section.title)
    item = Item("", "project" if project else "section", title, group, said.leads, said.status, said.remark)
    indexes = (section.index, *(member.index for member in members))
    item = replace(item, timebox=said.timebox, section=section.index, sections=indexes)
    return _steps(document, _counted(document, item), None)
