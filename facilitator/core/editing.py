"""Editing an item's own text in place: what an editor is given, and its result as splices.

An editor holds lines of characters; minutes hold bytes. Only the lines that were changed are written back, so the
others keep their bytes whatever the editor thinks of them, and a text that an editor can't hold exactly is refused
rather than mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from . import items
from .document import Document
from .items import Item
from .spans import Span, Splice

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_ODD = re.compile("[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
"""What ``str.splitlines``, and so an editor, takes for the end of a line, but minutes do not."""


class Misfit(ValueError):
    """A text that can't be edited here, or an edit that can't be taken; nothing was changed."""


def span(document: Document, item: Item) -> Span:
    """Return the bytes of the item's text, without the blank lines around it; empty where it has none.

    Of a text in several pieces (another item stands between them) it is the first one.
    """
    pieces = items.spans(document, item)
    if not pieces:
        raise Misfit(f"{item.title} is not in the minutes yet: write a note, and it will be")
    start, end = pieces[0]
    for piece in pieces[1:]:
        if piece.start != end:
            break
        end = piece.end
    lines = _LINE.findall(document.source[start:end])
    while lines and not lines[-1].strip():
        end -= len(lines.pop())
    for line in lines:
        if line.strip():
            break
        start += len(line)
    return Span(start, end) if lines else Span(start, start)


def text(document: Document, item: Item) -> str:
    """Return the item's text for an editor of plain lines, separated by LF.

    Raises:
        Misfit: where lines of characters can't hold it exactly; it says which byte or character is in the way.

    """
    start, end = span(document, item)
    raw = document.source[start:end]
    try:
        shown = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Misfit(f"line {line} of this text is not UTF-8") from None
    for number, content in enumerate(shown.split("\n"), 1):
        if odd := _ODD.search(content):
            raise Misfit(f"line {number} of this text holds U+{ord(odd[0]):04X}, which would not survive")
    return shown


def splices(document: Document, item: Item, before: str, after: str) -> tuple[Splice, ...]:
    """Return what turns the item's text ``before`` into ``after``, last place first; nothing where both are the same.

    Raises:
        Misfit: where the text was changed since by somebody else, or the result would swallow or split other items.

    """
    if text(document, item) != before:
        raise Misfit("this text was changed since you began to edit it")
    here = span(document, item)
    raw = _LINE.findall(document.source[here.start : here.end])
    newline = b"\r\n" if raw and raw[0].endswith(b"\r\n") else document.newline
    old = before.split("\n")[: len(raw)]
    new = after.rstrip().split("\n") if after.strip() else []
    made = []
    for first, last, new_first, new_last in _changes(old, new):
        inserted = b"".join(line.encode() + newline for line in new[new_first:new_last])
        made.append((first, last, inserted))
    return _made(document, here, raw, made, newline)


def byte_splices(document: Document, item: Item, before: bytes, after: bytes) -> tuple[Splice, ...]:
    """Return what turns the bytes ``before`` of the item's text (``span``) into ``after``, as ``splices`` does.

    Raises:
        Misfit: where the text was changed since by somebody else, or the result would swallow or split other items.

    """
    here = span(document, item)
    if document.source[here.start : here.end] != before:
        raise Misfit("this text was changed since you began to edit it")
    old, new = _LINE.findall(before), _LINE.findall(after.rstrip())
    if new:
        new[-1] += document.newline
    made = []
    for first, last, new_first, new_last in _changes(
        [line.rstrip(b"\r\n") for line in old], [line.rstrip(b"\r\n") for line in new]
    ):
        made.append((first, last, b"".join(new[new_first:new_last])))
    return _made(document, here, old, made, document.newline)


def _changes(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int, int, int]]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [places for tag, *places in codes if tag != "equal"]  # type: ignore[misc]


def _made(
    document: Document, here: Span, raw: list[bytes], made: list[tuple[int, int, bytes]], newline: bytes
) -> tuple[Splice, ...]:
    """Return splices of whole lines, last place first; each of ``made`` replaces lines of ``raw``."""
    if not raw:
        result = _fill(document, here, made[0][2].strip(b"\r\n")) if made else ()
        return _checked(document, result, here)
    starts = [here.start]
    for line in raw:
        starts.append(starts[-1] + len(line))
    ends_open = not raw[-1].endswith((b"\n", b"\r"))
    result = ()
    for first, last, inserted in reversed(made):
        if last == len(raw) and ends_open:
            inserted = (newline if first == last else b"") + inserted.removesuffix(newline)
        start, end = starts[first], starts[last]
        result += (Splice(start, document.source[start:end], inserted),)
    return _checked(document, result, here)


def _fill(document: Document, here: Span, body: bytes) -> tuple[Splice, ...]:
    """Return the splice that puts text into an empty item, where and how an entry would stand there."""
    if not body:
        return ()
    entry = document.insertion(document.section_at(max(0, here.start - 1)), ["x"])
    mark = entry.inserted.index(b"x")
    before = entry.inserted[: entry.inserted.rfind(b"\n", 0, mark) + 1]
    return (Splice(entry.start, b"", before + body + entry.inserted[mark + 1 :]),)


def _checked(document: Document, made: tuple[Splice, ...], here: Span) -> tuple[Splice, ...]:
    edited = document
    for splice in made:
        edited = edited.apply(splice)
    _check(document, edited, here)
    return made


def _check(document: Document, edited: Document, here: Span) -> None:
    """Raise Misfit unless the headings outside the edited text are the same, in the same order."""
    end = here.end + len(edited.source) - len(document.source)
    was = [one for one in document.sections if one.level and not here.start <= one.heading.start < here.end]
    now = [one for one in edited.sections if one.level and not here.start <= one.heading.start < end]
    if [(one.level, one.title) for one in was] == [(one.level, one.title) for one in now]:
        return
    lost = [one.title for one in was if one.title not in {other.title for other in now}]
    if lost:
        raise Misfit(f"this text would swallow {lost[0]!r}: close its code fence or comment")
    raise Misfit("this text would change the headings around it")
