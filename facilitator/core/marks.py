"""Characters that act instead of showing, turned into marks that show.

Minutes are written by anyone who can open a pull request. An escape sequence in them would reach the
terminal, a bidi override would show a sentence in another order, tag characters would hide one. Here such
characters become visible stand-ins, one for one, so that every offset stays where it was.

The stand-ins, each one column wide:

- C0 controls and DEL: their control pictures (``␛``, ``␀``, ``␡``); newline and tab stay.
- Other line ends (NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR): ``␤``.
- C1 controls, lone surrogates (undecodable bytes, by ``surrogateescape``) and noncharacters: ``�``.
- Whatever Unicode calls default ignorable (bidi controls, zero-width characters, joiners, variation
  selectors, fillers, tags, the byte order mark), interlinear annotation: ``·``.

One exception keeps emoji readable: a variation selector after an emoji stays, and so does a joiner between
two. No two of a kind stand together, so that nothing can be spelled with them. Joiners that scripts use for
spelling are marked: an odd-looking letter is better than a hidden one.
"""

from __future__ import annotations

import re
from functools import cache

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_HIDDEN = "·"
_LINE_END = "␤"

# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties, and interlinear annotation (U+FFF9-FFFB).
_IGNORABLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_LINE_ENDS = ((0x85, 0x85), (0x2028, 0x2029))
_NONCHARACTERS = (
    (0xFDD0, 0xFDEF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)
_UNSHOWABLE = ((0x80, 0x84), (0x86, 0x9F), (0xD800, 0xDFFF), *_NONCHARACTERS)
_PICTURES = ((0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x7F))


# Symbols that emoji sequences are made of; wider than Unicode's Extended_Pictographic by some plain symbols,
# which do no harm. A skin tone counts as the emoji it colours.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINED = re.compile(
    rf"((?<=[{_EMOJI}])[\ufe0e\ufe0f](?:\u200d(?=[{_EMOJI}]))?"
    rf"|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3))"
)
_JOINERS = re.compile("[\u200d\ufe0e\ufe0f]")


@cache
def _stand_ins() -> dict[int, str]:
    """Make the table for ``str.translate``, when a text first needs it: it has six thousand entries."""
    table = {code: chr(0x2400 + code) for first, last in _PICTURES for code in range(first, last + 1)}
    table[0x7F] = "␡"
    for mark, ranges in ((_LINE_END, _LINE_ENDS), (_UNKNOWN, _UNSHOWABLE), (_HIDDEN, _IGNORABLE)):
        table.update((code, mark) for first, last in ranges for code in range(first, last + 1))
    return table


def visible(text: str) -> str:
    """Put a mark for each character that acts or hides; the answer has the same length.

    Newlines and tabs stay; a carriage return becomes a mark, so split lines first. Given its own answer, it
    changes nothing.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly every text, at a tenth of the cost
    if not _JOINERS.search(text):
        return text.translate(_stand_ins())
    pieces = _JOINED.split(text)
    pieces[::2] = [piece.translate(_stand_ins()) for piece in pieces[::2]]
    return "".join(pieces)


def drawn(text: str) -> str:
    """As ``visible``, for a screen made of columns: without the joiners inside emoji.

    Terminals disagree about how wide a joined emoji is, and a row drawn wider than planned breaks the frame
    around it. The parts of a joined emoji have one width everywhere, so the parts are drawn.
    """
    shown = visible(text)
    return shown if shown.isascii() else _JOINERS.sub("", shown)
