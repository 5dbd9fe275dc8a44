"""Entries in the minutes: written in the house style, shown as typed, read back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from facilitator.core import record, recorded
from facilitator.core.document import Document
from facilitator.core.record import (
    Action,
    Attendee,
    Decision,
    Entry,
    Fenced,
    Link,
    Motion,
    Note,
    Outcome,
    Parked,
    Tally,
    lines,
)

DUE = date(2018, 9, 18)
CALL = date(2018, 8, 21)
COMMONMARK = MarkdownIt("commonmark", {"maxNesting": 200}).enable("strikethrough").enable("table")

FORMS: list[tuple[Entry, list[str]]] = [
    (Note("Deployed to staging"), ["Deployed to staging"]),
    (Note("routing is done", "EM"), ["[EM] routing is done"]),
    (Decision("keep the endpoint"), ["**Decision:** keep the endpoint"]),
    (
        Action("publish the roadmap", ("Eric Malm",), DUE),
        ["[ ] **Action:** Eric Malm: publish the roadmap (due 2018-09-18)"],
    ),
    (
        Action("publish the roadmap", ("Eric Malm", "Ada Okafor"), DUE),
        ["[ ] **Action:** Eric Malm, Ada Okafor: publish the roadmap (due 2018-09-18)"],
    ),
    (Action("publish the roadmap"), ["[ ] **Action:** publish the roadmap"]),
    (Action("publish the roadmap", done=True), ["[x] **Action:** publish the roadmap"]),
    (
        Action("publish the roadmap", ("Eric Malm",), DUE, since=CALL),
        ["[ ] **Action:** Eric Malm: publish the roadmap (due 2018-09-18, from 2018-08-21)"],
    ),
    (Action("publish it", since=CALL), ["[ ] **Action:** publish it (from 2018-08-21)"]),
    (Motion("adopt the charter"), ["**Motion:** adopt the charter"]),
    (Motion("adopt the charter", "Eric Malm"), ["**Motion:** adopt the charter (moved by Eric Malm)"]),
    (
        Motion("adopt it", "Eric Malm", Outcome("Approved", "no objections", None, 7, 12)),
        [
            "**Motion:** adopt it (moved by Eric Malm)",
            "- **Approved:** no objections (7 of 12 leads present)",
        ],
    ),
    (
        Outcome("Rejected", "", Tally(5, 1, 2), 8, 12),
        ["**Rejected:** 5 for, 1 against, 2 abstained (8 of 12 leads present)"],
    ),
    (
        Outcome("Approved", "as amended", Tally(5, 1, 2)),
        ["**Approved:** as amended, 5 for, 1 against, 2 abstained"],
    ),
    (Outcome("Deferred", until=DUE), ["**Deferred to 2018-09-18**"]),
    (Outcome("Deferred", "more data needed", until=DUE), ["**Deferred to 2018-09-18:** more data needed"]),
    (Outcome("Withdrawn"), ["**Withdrawn**"]),
    (Link("the roadmap", "https://example.org/a"), ["[the roadmap](https://example.org/a)"]),
]


@pytest.mark.parametrize(("entry", "markdown"), FORMS)
def test_every_entry_has_its_form_and_reads_back(entry: Entry, markdown: list[str]) -> None:
    assert lines(entry) == markdown
    assert read_back(markdown) == entry


def test_attendance_has_its_form_and_reads_back() -> None:
    for who, form in [
        (Attendee("Ada Okafor", "Router"), "Ada Okafor (Router)"),
        (Attendee("Ada Okafor", regrets=True), "Ada Okafor (regrets)"),
        (Attendee("Zed"), "Zed"),
    ]:
        assert lines(who) == [form]
        assert recorded.attendee(form) == who


TRAPS = [
    "ACTION: not one",
    "action item: not one",
    "AI: not one",
    "[ACTION] not one",
    "[ACTION]: not one",
    "TODO: not one",
    "TODO:",
    "**Action:** not one",
    "**Decision:** not one",
    "**Motion:** not one",
    "**Approved:** not one",
    "__Action:__ not one",
    "[ ] not a box",
    "[x] not a box",
    "[x]",
    "[ ] **Action:** neither",
    "[EM] by nobody",
    "[EM]: not a definition",
    "[a](https://example.org)",
    "# not a heading",
    "- not a list",
    "1. not a list",
    "> not a quote",
    "---",
    "```",
    "<!-- seen -->",
    "<T> and &amp; and \\",
    "publish: the thing",
    "http://example.org: down",
    "a, b: c",
    ": a: b",
    "`a: b` and c: d",
    "reply (due 2018-09-18)",
    "reply (due 2018-09-18, from 2018-08-21)",
    "(due 2018-09-18)",
    "reply (due 2018-13-45)",
    "`reply (due 2018-09-18)`",
    "adopt (moved by Ada)",
    "adopt (moved by Ada) now",
    "fine (7 of 12 leads present)",
    "5 for, 1 against, 2 abstained",
    "so, 5 for, 1 against, 2 abstained",
    "ends in a backslash\\",
    "Ada Okafor (regrets)",
    "two  blanks",
    "*a* **b** _c_ ~~d~~ `e` <f> [g] (h)",
]


@pytest.mark.parametrize("text", TRAPS)
def test_words_that_look_like_something_else_stay_words(text: str) -> None:
    for entry in (
        Note(text),
        Note(text, "EM"),
        Decision(text),
        Action(text),
        Action(text, ("Eric Malm",), DUE),
        Action(text, (), DUE, since=CALL),
        Motion(text),
        Motion(text, "Eric Malm"),
        Outcome("Approved", text),
        Outcome("Approved", text, Tally(1, 2, 3)),
        Outcome("Approved", text, None, 1, 2),
        Link(text, "https://example.org"),
    ):
        check(entry)
    check(Attendee(text))


def test_a_parked_item_says_when_and_by_what() -> None:
    item = Parked("the roadmap", date(2018, 9, 4), "Ada Okafor")
    assert lines(item) == ["the roadmap (parked 2018-09-04 by Ada Okafor)"]
    assert lines(replace(item, by="")) == ["the roadmap (parked 2018-09-04)"]
    for form in ("the roadmap", "the roadmap (parked)", "the roadmap (parked 2018-13-04)"):
        assert recorded.parked(form) is None


def read_back(markdown: list[str]) -> Entry:
    return recorded.read(markdown[0], nested=[line.removeprefix("- ") for line in markdown[1:]])


def visible(token: Token) -> str:
    """What a reader sees of one line; code spans keep their backticks, as they were typed."""
    assert token.children is not None
    seen = []
    for child in token.children:
        if child.type == "code_inline":
            seen.append(child.markup + child.content + child.markup)
        elif child.type == "softbreak":
            seen.append("\n")
        else:
            seen.append(child.content)
    return "".join(seen)


def as_shown(entry: Entry) -> str:
    """What the first line of an entry must show."""
    match entry:
        case Note(text, by):
            return f"[{by}] {text}" if by else text
        case Decision(text):
            return f"Decision: {text}"
        case Action(text, owners, due, done, since):
            dates = [f"due {due}"] if due else []
            dates += [f"from {since}"] if since else []
            whose = f"{', '.join(owners)}: " if owners else ""
            when = f" ({', '.join(dates)})" if dates else ""
            return f"[{'x' if done else ' '}] Action: {whose}{text}{when}"
        case Motion(text, by):
            return f"Motion: {text} (moved by {by})" if by else f"Motion: {text}"
        case Link(text):
            return text
        case Attendee(name, project, regrets):
            return f"{name} (regrets)" if regrets else f"{name} ({project})" if project else name
        case Parked(text, on, by):
            return f"{text} (parked {on}{f' by {by}' if by else ''})"
        case Outcome(verdict, reason, tally, present, leads, until):
            count = (
                f"{tally.votes_for} for, {tally.against} against, {tally.abstained} abstained"
                if tally
                else ""
            )
            words = ", ".join(part for part in (reason, count) if part)
            words += f"{' ' * bool(words)}({present} of {leads} leads present)" if present is not None else ""
            label = f"Deferred to {until}" if until else verdict
            return f"{label}: {words}" if words else label
    raise AssertionError(entry)


def check(entry: Entry) -> None:
    """Write an entry as a list item; it must show as typed and read back the same."""
    written = lines(entry)
    source = "\n".join([f"- {written[0]}", *(f"  {line}" for line in written[1:])]) + "\n"
    tokens = COMMONMARK.parse(source)
    assert [token.type for token in tokens[:4]] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
    ], source
    assert blank_runs(visible(tokens[3])) == blank_runs(as_shown(entry)), source
    if isinstance(entry, Attendee):
        assert recorded.attendee(written[0]) == entry, source
    elif isinstance(entry, Parked):
        assert recorded.parked(written[0]) == entry, source
    else:
        assert read_back(written) == entry, source


def blank_runs(text: str) -> str:
    """A code span shows line endings and one blank at either end differently; only that is forgiven."""
    return text if "`" not in text else "".join(text.split())


MARKS = st.sampled_from(
    [
        *(
            "**",
            "*",
            "_",
            "`",
            "``",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "](",
            "<",
            ">",
            "<b>",
            "&amp;",
            "\\",
            ": ",
            ", ",
            "#",
        ),
        *(
            "-",
            "+",
            "1.",
            "ACTION:",
            "AI:",
            "[EM] ",
            "Ada",
            "due",
            "by",
            " (due 2018-09-18)",
            " (moved by Ada)",
            " ",
        ),
        *(
            "x",
            "é",
            "http://x.y/_a_",
            "[x] ",
            "Action item:",
            "[ACTION]",
            "TODO:",
            "!",
            "|",
            "'",
            '"',
            "<!X ",
            "=",
        ),
        *("1 for, 2 against, 3 abstained", " (1 of 2 leads present)"),
    ]
)
ANY = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
TEXT = st.one_of(st.lists(MARKS, max_size=9).map("".join), st.text(ANY, max_size=24)).map(
    lambda text: " ".join(text.split())
)
WORDS = TEXT.map(lambda text: text or "x")
DATES = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
BY = st.sampled_from(["", "EM", "A", "JvH", "ÉÀ"])
COUNTS = st.integers(0, 10**6)
TALLIES = st.none() | st.builds(Tally, COUNTS, COUNTS, COUNTS)
OUTCOMES = st.builds(
    lambda verdict, reason, tally, quorum, until: Outcome(
        verdict, reason, tally, quorum[0], quorum[1], until if verdict == "Deferred" else None
    ),
    st.sampled_from(["Approved", "Rejected", "Deferred", "Withdrawn"]),
    TEXT,
    TALLIES,
    st.just((None, None)) | st.tuples(COUNTS, COUNTS),
    DATES,
)
URLS = st.sampled_from(["https://example.org", "https://x.y/a_b_(c)?q=*1*&amp=2&copy;#`"])
OWNERS = st.lists(WORDS, max_size=2).map(tuple)


@given(WORDS, BY)
@settings(max_examples=200, deadline=None)
def test_notes_and_decisions_show_as_typed_and_read_back_the_same(text: str, by: str) -> None:
    check(Note(text, by))
    check(Decision(text))


@given(WORDS, OWNERS, DATES, st.booleans(), DATES)
@settings(max_examples=200, deadline=None)
@example("c*", ("*a",), None, False, None)
@example("b`", ("`a",), None, False, None)
@example("b", ("a\\",), None, False, None)
@example("c>", ("<b a",), None, False, None)
@example("**: ACTION: (due 2018-09-18)", (), None, False, None)
def test_action_items_show_as_typed_and_read_back_the_same(
    text: str, owners: tuple[str, ...], due: date | None, done: bool, since: date | None
) -> None:
    check(Action(text, owners, due, done, since))


@given(WORDS, TEXT)
@settings(max_examples=200, deadline=None)
@example("a `b", "c` d")
@example("<!X a", "b>")
@example('[a](b "x', 'c"')
@example("(moved by Ada) (moved by Ada)", "")
def test_motions_and_parked_items_show_as_typed_and_read_back_the_same(text: str, by: str) -> None:
    check(Motion(text, by))
    check(Parked(text, CALL, by))


@given(OUTCOMES)
@settings(max_examples=200, deadline=None)
@example(Outcome("Approved", "a\\", Tally(1, 2, 3)))
def test_outcomes_show_as_typed_and_read_back_the_same(outcome: Outcome) -> None:
    check(outcome)
    check(Motion("adopt it", "Ada", outcome))


@given(WORDS, URLS)
@settings(max_examples=150, deadline=None)
@example("a ` b", "https://x.y/`")
@example("`[a]: `", "https://example.org")
def test_links_show_as_typed_and_read_back_the_same(text: str, url: str) -> None:
    check(Link(text, url))


@given(WORDS, TEXT.filter(lambda project: project != "regrets"))  # which says what it says
@settings(max_examples=200, deadline=None)
def test_attendance_shows_as_typed_and_reads_back_the_same(name: str, project: str) -> None:
    check(Attendee(name, project))


@given(st.lists(st.text(ANY, max_size=12).filter(lambda line: line == line.rstrip()), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
@example(["```", "~~~~", "````x`"])
def test_a_fenced_block_keeps_its_lines(pasted: list[str]) -> None:
    written = lines(Fenced(tuple(pasted), "text"))
    document = Document.parse(b"# M\n\n- before\n\n## Next\n").append(1, written)
    (block,) = [token for token in COMMONMARK.parse(document.source.decode()) if token.type == "fence"]
    assert block.content == "".join(f"{line}\n" for line in pasted)
    assert document.sections[2].title == "Next"


@pytest.mark.parametrize(
    ("item", "action"),
    [
        ("ACTION: Eric to publish it", Action("publish it", ("Eric",))),
        ("[ ] ACTION: Eric Malm to publish it by 2018-09-18", Action("publish it", ("Eric Malm",), DUE)),
        ("[x] **ACTION**: Eric: publish it", Action("publish it", ("Eric",), done=True)),
        ("**Action item:** publish it", Action("publish it")),
        ("Action Item: publish it (due 2018-09-18)", Action("publish it", (), DUE)),
        ("[ACTION] @emalm to publish it", Action("publish it", ("@emalm",))),
        ("*TODO:* publish it", Action("publish it")),
        ("todo: fix `a: b`", Action("fix `a: b`")),
        ("AI: Eric, Ada: publish it", Action("publish it", ("Eric", "Ada"))),
        ("AI: ~~Eric to publish it~~", Action("publish it", ("Eric",), done=True)),
        ("[X] __Action:__ publish\n  it", Action("publish it", done=True)),
        ("**Action:** nobody in particular: publish it", Action("publish it", ("nobody in particular",))),
    ],
)
def test_action_items_are_read_in_the_forms_people_use(item: str, action: Action) -> None:
    assert recorded.read(item) == action


@pytest.mark.parametrize(
    "item",
    [
        "[x] Eric Malm (EM)",
        "[ ] Eric to publish it",
        "Actions: none",
        "AIs are here",
        "ai: no",
        "an ACTION: no",
        "TODO::x",
        "action://x",
    ],
)
def test_a_box_or_a_word_in_passing_is_no_action_item(item: str) -> None:
    assert isinstance(recorded.read(item), Note)


def test_a_box_known_apart_from_the_text_counts() -> None:
    assert recorded.read("**Action:** publish it", task=True) == Action("publish it", done=True)


def test_other_peoples_labels_are_read_where_they_are_ours_in_all_but_detail() -> None:
    assert recorded.read("**Decision**: keep it") == Decision("keep it")
    assert recorded.read("**Deferred to 2018-99-18:** no day") == Note("**Deferred to 2018-99-18:** no day")


def test_initials_are_checked_before_they_are_written() -> None:
    with pytest.raises(ValueError, match="no initials"):
        lines(Note("text", "e](m"))


def test_a_substitution_changes_the_words_of_any_entry() -> None:
    assert record.substitute(Note("a b a"), "a", "c") == Note("c b a")
    assert record.substitute(Note("a b a"), "a", "c", every=True) == Note("c b c")
    action = Action("publish a", ("Ada",), DUE)
    assert record.substitute(action, "a", "b") == replace(action, text="publish b")
    assert record.substitute(action, "Ada", "Ken") is None
    assert record.substitute(action, "", "x") is None
    assert record.substitute(Outcome("Approved", "no objection"), "objection", "objections") == Outcome(
        "Approved", "no objections"
    )
    assert record.substitute(Fenced(("a", "b")), "a\nb", "c") == Fenced(("c",))
