"""Steps that are undone after somebody else's text came in, against a model in which every byte has a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.history import Captured, Change, Steering, carry, rebase, rebase_undone, shift
from facilitator.core.record import Note
from facilitator.core.spans import Splice

STEERING = Steering("item")


@dataclass(frozen=True)
class Letter:
    """A byte that knows which one it is."""

    name: int
    byte: int


Text = list[Letter]


def plain(text: Text) -> bytes:
    return bytes(letter.byte for letter in text)


class Names:
    """Letters nobody had before."""

    def __init__(self) -> None:
        self.used = 0

    def letters(self, text: bytes) -> Text:
        self.used += len(text)
        return [Letter(self.used - len(text) + at, byte) for at, byte in enumerate(text)]


def splice(draw: st.DrawFn, text: Text, names: Names) -> tuple[Splice, Text, Text, Text]:
    """Draw a splice of ``text``; return it, the letters it removes, those it inserts, and the text after it."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 4)))
    gone, come = text[start:end], names.letters(draw(st.binary(min_size=0, max_size=3).map(_two_letters)))
    return Splice(start, plain(gone), plain(come)), gone, come, [*text[:start], *come, *text[end:]]


def _two_letters(drawn: bytes) -> bytes:
    return bytes(b"ab"[byte % 2] for byte in drawn)


@dataclass
class Step:
    change: Change
    before: Text
    removed: list[Text]
    inserted: list[Text]


@st.composite
def histories(draw: st.DrawFn, undone: bool = False) -> tuple[list[Step], Text, list[Splice], Text]:
    """Steps from a text to the next, the last text, and a landing on that, or on the first if all is undone."""
    names = Names()
    text = names.letters(_two_letters(draw(st.binary(max_size=8))))
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        before, splices, removed, inserted = text, [], [], []
        for _ in range(draw(st.integers(1, 2))):
            made, gone, come, text = splice(draw, text, names)
            splices.append(made)
            removed.append(gone)
            inserted.append(come)
        steps.append(Step(Change("step", STEERING, STEERING, tuple(splices)), before, removed, inserted))
    led_to, landing = text, []
    text = steps[0].before if undone else text
    for _ in range(draw(st.integers(0, 3))):
        made, _, _, text = splice(draw, text, names)
        landing.append(made)
    return steps, led_to, landing, text


def take_back(text: Text, change: Change, step: Step) -> Text:
    """Undo a step on named letters; the bytes must be those it inserted, and so must the letters."""
    for made, gone, come in reversed(list(zip(change.splices, step.removed, step.inserted, strict=True))):
        end = made.start + len(made.inserted)
        assert plain(text[made.start : end]) == made.inserted
        assert text[made.start : end] == come, "somebody else's letters were taken"
        text = [*text[: made.start], *gone, *text[end:]]
    return text


@given(histories())
@settings(max_examples=700, deadline=None)
def test_a_step_is_undone_where_its_text_stands_or_not_at_all(
    drawn: tuple[list[Step], Text, list[Splice], Text],
) -> None:
    steps, led_to, landing, text = drawn
    theirs = {letter.name for letter in text} - {letter.name for letter in led_to}
    wiped = {letter.name for letter in led_to} - {letter.name for letter in text}
    rebased = rebase(tuple(step.change for step in steps), landing)
    for change, step in reversed(list(zip(rebased, steps, strict=True))):
        if change.overrun:
            return
        text = take_back(text, change, step)
        ours = [letter for letter in text if letter.name not in theirs]
        assert ours == [letter for letter in step.before if letter.name not in wiped]


def make_again(text: Text, change: Change, step: Step) -> Text:
    """Make a step on named letters; those it removes must be those it removed."""
    for made, gone, come in zip(change.splices, step.removed, step.inserted, strict=True):
        end = made.start + len(made.removed)
        assert text[made.start : end] == gone, "somebody else's letters were taken"
        text = [*text[: made.start], *come, *text[end:]]
    return text


@given(histories(undone=True))
@settings(max_examples=700, deadline=None)
def test_a_step_is_made_again_where_its_text_stands_or_not_at_all(
    drawn: tuple[list[Step], Text, list[Splice], Text],
) -> None:
    steps, led_to, landing, text = drawn
    base = {letter.name for letter in steps[0].before}
    theirs = {letter.name for letter in text} - base
    wiped = base - {letter.name for letter in text}
    rebased = rebase_undone(tuple(step.change for step in reversed(steps)), landing)
    made = []
    for number, (change, step) in enumerate(zip(reversed(rebased), steps, strict=True)):
        if change.overrun:
            break
        text = make_again(text, change, step)
        made.append((change, step))
        after = steps[number + 1].before if number + 1 < len(steps) else led_to
        assert [letter for letter in text if letter.name not in theirs] == [
            letter for letter in after if letter.name not in wiped
        ]
    for change, step in reversed(made):
        text = take_back(text, change, step)
    assert theirs <= {letter.name for letter in text}


@given(histories())
@settings(max_examples=300, deadline=None)
def test_a_landing_that_leaves_a_step_alone_does_not_stand_in_its_way(
    drawn: tuple[list[Step], Text, list[Splice], Text],
) -> None:
    steps, led_to, _, _ = drawn
    begins, ends = Letter(-1, 122), Letter(-2, 122)
    theirs = Letter(-3, 121)
    changes = [
        replace(
            step.change,
            splices=tuple(replace(one, start=one.start + 1) for one in step.change.splices),
        )
        for step in steps
    ]
    landing = [Splice(0, b"", b"y"), Splice(len(led_to) + 3, b"", b"y")]
    rebased = rebase(tuple(changes), landing)
    text = [theirs, begins, *led_to, ends, theirs]
    for change, step in reversed(list(zip(rebased, steps, strict=True))):
        assert not change.overrun
        text = take_back(text, change, step)
    assert text == [theirs, begins, *steps[0].before, ends, theirs]


def test_the_same_words_written_by_somebody_else_are_not_taken_back() -> None:
    step = Change("note", STEERING, STEERING, (Splice(2, b"", b"- x\n"),))
    landing = [Splice(2, b"- x\n", b""), Splice(2, b"", b"- x\n")]
    assert rebase((step,), landing)[0].overrun


def test_entries_move_with_the_text_before_them_and_are_lost_where_it_is_cut() -> None:
    one, two = Captured("item", Note("one"), 0, 4), Captured("item", Note("two"), 4, 8)
    assert shift((one, two), Splice(4, b"", b"abc")) == ((one, replace(two, start=7, end=11)), ())
    assert shift((one, two), Splice(3, b"x", b"y")) == ((two,), (one,))
    assert shift((one, two), Splice(3, b"xx", b"")) == ((), (one, two))


@given(histories())
@settings(max_examples=300, deadline=None)
def test_entries_that_a_step_replaced_come_back_where_their_text_does(
    drawn: tuple[list[Step], Text, list[Splice], Text],
) -> None:
    steps, _, landing, text = drawn
    changes = []
    for step in steps:
        _, lost = carry(_each_letter(step.before), step.change.splices)
        changes.append(replace(step.change, lost=lost))
    rebased = rebase(tuple(changes), landing)
    for change, step in reversed(list(zip(rebased, steps, strict=True))):
        if change.overrun:
            return
        text = take_back(text, change, step)
        names = {letter.name: at for at, letter in enumerate(text)}
        for entry in change.lost:
            assert names.get(int(entry.item)) == entry.start


def _each_letter(text: Text) -> tuple[Captured, ...]:
    return tuple(Captured(str(letter.name), Note("a"), at, at + 1) for at, letter in enumerate(text))


def test_what_lands_right_beside_a_step_does_not_stand_in_its_way() -> None:
    step = Change("note", STEERING, STEERING, (Splice(4, b"", b"- ours\n"),))
    for place, expected in ((4, 12), (11, 4)):
        (moved,) = rebase((step,), [Splice(place, b"", b"- them\n\n")])
        assert not moved.overrun
        assert moved.splices[0].start == expected
