"""What a chair types, and what the minutes get."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.core import capture, owners, record, recorded
from facilitator.core.agenda import Person
from facilitator.core.capture import Capture, Context
from facilitator.core.directives import (
    AddItem,
    CallVote,
    CastVote,
    CastVotes,
    ChooseTopic,
    CountVotes,
    Directive,
    LowerHand,
    Object,
    Present,
    RaiseHand,
    Redo,
    Regrets,
    StartedAt,
    Substitute,
    Undo,
    WentOnAt,
)
from facilitator.core.people import People
from facilitator.core.record import Action, Decision, Entry, Link, Motion, Note, Outcome, text_of

ROSTER = People.of(
    [
        Person("Ada Okafor", "AO", "ada"),
        Person("Ben Silva", "BS"),
        Person("Ken Ojuka", "KO"),
        Person("Will Tran", "WT", "wtran"),
        Person("Mark Jones", "MJ"),
        Person("May Lindqvist", "ML"),
        Person("Josh Reyes", "JR"),
        Person("Josh Petrov", "JP"),
        Person("José Ruiz"),
        Person("Anne-Marie Dubois", "AMD"),
        Person("Iris Tanaka", "IT"),
        Person("A Robert Finch", "ARF"),
    ]
)
CALL = Context(
    today=date(2018, 9, 4),
    people=ROSTER,
    leads=("Ada Okafor",),
    items=("Announcements", "Router", "Router tests", "Storage", "Release train"),
    next_call=date(2018, 9, 18),
    now=datetime(2018, 9, 4, 14, 45, 30, tzinfo=UTC),
)
KEYS: dict[str, Context] = {
    "i": CALL,
    "a": replace(CALL, kind="action"),
    "d": replace(CALL, kind="decision"),
    "m": replace(CALL, kind="motion"),
    "h": replace(CALL, kind="hand"),
    "M": replace(CALL, motion=True),
}
TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("capture_lines.txt").read_text("utf-8").splitlines()
    if "\t" in line
]


def shown(one: Entry | Directive) -> str:
    """Write an entry or a directive as the table does."""
    match one:
        case Note(text, by):
            return f"note[{by}]: {text}" if by else f"note: {text}"
        case Decision(text):
            return f"decision: {text}"
        case Action(text, owners, due):
            whose = f" @{', '.join(owners)}" if owners else ""
            return f"action: {text}{whose}{f' !{due}' if due else ''}"
        case Motion(text, by):
            return f"motion: {text}{f' @{by}' if by else ''}"
        case Link(text, url):
            return f"link: {text} -> {url}"
        case Outcome(verdict, reason, until=until):
            return " ".join(
                ["outcome:", verdict, *([reason] if reason else []), *([f"!{until}"] if until else [])]
            )
        case ChooseTopic(name, index):
            return f"topic {'?' if index is None else index} {name}"
        case AddItem(title, seconds):
            return f"add {title} {seconds}"
        case StartedAt(moment) | WentOnAt(moment):
            return f"{type(one).__name__} {datetime.fromtimestamp(moment, UTC):%H:%M:%S}"
        case Undo() | Redo():
            return type(one).__name__.lower()
        case Substitute(old, new, every):
            return f"edit{'*' if every else ''} {old} → {new or 'nothing'}"
        case Present(names) | Regrets(names):
            return f"{type(one).__name__.lower()} {', '.join(names)}"
        case LowerHand(names):
            return f"lower {', '.join(names)}".rstrip()
        case RaiseHand(names, about, order):
            return f"hand{'!' if order else ''} {', '.join(names)}{f' about {about}' if about else ''}"
        case Object(names, reason):
            return f"object {', '.join(names)} about {reason}".rstrip()
        case CallVote(question):
            return f"call {question}".rstrip()
        case CastVote(names, choice):
            return f"vote {choice}: {', '.join(names)}"
        case CastVotes(votes):
            return "vote " + "; ".join(f"{vote.choice}: {', '.join(vote.names)}" for vote in votes)
        case CountVotes(votes_for, against, abstained):
            return f"count {votes_for} {against} {abstained}"
    raise AssertionError(one)


@pytest.mark.parametrize(
    ("key", "line", "expected", "offer", "hint"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE]
)
def test_a_line_becomes_what_the_table_says(
    key: str, line: str, expected: str, offer: str, hint: str
) -> None:
    found = capture.read(line, KEYS[key])
    assert " + ".join(map(shown, (*found.entries, *found.directives))) == expected.strip().removeprefix("-")
    assert (found.suggestions[0].line if found.suggestions else "-") == offer
    assert (hint in found.hint) if hint != "-" else not found.hint
    assert found.chip


def test_the_table_covers_the_grammar() -> None:
    assert len(TABLE) >= 250
    assert len({(row[0], row[1]) for row in TABLE}) == len(TABLE)


_SAID = {
    "for": ["yes", "+1", "aye", "for"],
    "against": ["no", "-1", "against"],
    "abstained": ["abstains", "0"],
}
_VOTERS = ["ada", "ben silva", "Ken", "@wtran", "Mark", "May", "josh r", "iris", "Zed", "Kim Lee"]


@given(
    st.lists(
        st.tuples(st.sampled_from(_VOTERS), st.sampled_from([*_SAID])), min_size=1, unique_by=lambda v: v[0]
    ),
    st.sampled_from([", ", "; ", " and ", ", and ", " "]),
    st.data(),
)
def test_everybody_votes_as_the_line_says_and_nobody_else_does(
    votes: list[tuple[str, str]], between: str, data: st.DataObject
) -> None:
    said = [f"{name} {data.draw(st.sampled_from(_SAID[choice]))}" for name, choice in votes]
    [found] = capture.read(f"/vote {between.join(said)}", CALL).directives
    cast = found.votes if isinstance(found, CastVotes) else [found]
    counted = {name: one.choice for one in cast if isinstance(one, CastVote) for name in one.names}
    assert counted == {owners.resolve(name, ROSTER)[0]: choice for name, choice in votes}


@pytest.mark.parametrize(
    ("line", "owners", "text"),
    [
        ("zoe: call it", ("zoe",), "call it"),
        ("zoe, bob: call it", ("zoe", "bob"), "call it"),
        ("zoe and Bob: call it", ("zoe", "Bob"), "call it"),
        ("zoe to call it", ("zoe",), "call it"),
        ("Zoe to dance", ("Zoe",), "dance"),
        ("docs: fix the typo", (), "docs: fix the typo"),
        ("tests: fix the flaky one", (), "tests: fix the flaky one"),
        ("ci, docs: update both", (), "ci, docs: update both"),
        ("note: call it", (), "note: call it"),
        ("mark: call it", (), "mark: call it"),
        ("zoe: it is late", (), "zoe: it is late"),
        ("access to prod", (), "access to prod"),
        ("everybody: read it", (), "everybody: read it"),
        ("send to bob: call it", (), "send to bob: call it"),
    ],
)
def test_small_letters_name_owners_where_nobody_is_known(
    line: str, owners: tuple[str, ...], text: str
) -> None:
    [made] = capture.read(f"ACTION: {line}", replace(CALL, people=People(), leads=())).entries
    assert made == Action(text, owners, CALL.next_call)
    assert recorded.read(record.lines(made)[0]) == made


def test_the_chip_shows_the_due_date_before_enter() -> None:
    assert capture.read("ACTION: ada to reply", CALL).chip == "☐ Ada Okafor, due next call (18 Sep)"
    assert (
        capture.read("ACTION: ada to reply by next call", CALL).chip == "☐ Ada Okafor, due next call (18 Sep)"
    )
    assert (
        capture.read("ACTION: ada, KO: reply by 20 Sep", CALL).chip == "☐ Ada Okafor, Ken Ojuka, due 20 Sep"
    )
    assert capture.read("ACTION: reply by 3 June", CALL).chip == "☐ no owner, due 3 Jun 2019"
    assert capture.read("ACTION: ada to reply by 1 Sep", CALL).chip == "☐ Ada Okafor, due 1 Sep, past"
    assert (
        capture.read("ACTION: ada to reply", replace(CALL, next_call=None)).chip
        == "☐ Ada Okafor, no due date"
    )


def test_the_chip_says_what_the_line_is() -> None:
    chips = {
        line: capture.read(line, CALL).chip
        for line in ("hello", "[KO] hello", "RESOLVED: yes", "#undo", "s/a/b/")
    }
    assert list(chips.values()) == ["note", "note, Ken Ojuka", "◆ decision", "undo", "edit: a → b"]
    assert capture.read("-> https://example.org/a/b docs", CALL).chip == "link to example.org"
    assert capture.read("ACTION: ", CALL).chip == "☐ no owner, due next call (18 Sep)"
    assert capture.read("", CALL) == Capture()


def test_tab_goes_through_everybody_a_name_may_mean_leads_first() -> None:
    of_petrov = replace(CALL, leads=("Josh Petrov",), kind="action")
    found = capture.read("ken and josh to pair by friday", of_petrov)
    assert [one.line for one in found.suggestions] == [
        "ken and Josh Petrov to pair by friday",
        "ken and Josh Reyes to pair by friday",
    ]
    settled = capture.read(found.suggestions[0].line, of_petrov)
    assert settled.entries == (Action("pair", ("Ken Ojuka", "Josh Petrov"), date(2018, 9, 7)),)
    assert found.suggestions[0].chip == settled.chip
    assert not settled.suggestions


def test_an_item_led_by_two_gives_both_as_the_lead() -> None:
    shared = replace(CALL, leads=("Ada Okafor", "Ken Ojuka"))
    assert capture.read("ACTION: lead to send it", shared).entries[0] == Action(
        "send it", ("Ada Okafor", "Ken Ojuka"), CALL.next_call
    )


def test_without_a_roster_nobody_is_reported_as_a_stranger() -> None:
    found = capture.read("ACTION: Zed to reply", Context(date(2018, 9, 4)))
    assert found.entries == (Action("reply", ("Zed",)),)
    assert not found.hint


@given(st.text(max_size=60), st.sampled_from("iadmhM"))
@settings(max_examples=400, deadline=None)
def test_no_line_is_too_strange(line: str, key: str) -> None:
    found = capture.read(line, KEYS[key])
    assert all(text_of(entry) == " ".join(text_of(entry).split()) for entry in found.entries)


PIECES = [
    "ada",
    "Josh",
    "will",
    "to",
    ":",
    "#action",
    "ACTION:",
    "due",
    "by",
    "next call",
    "\\",
    "send",
    "[AO]",
    "/",
    "q+",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from("iadmhM"))
@settings(max_examples=400, deadline=None)
@example(["Josh", "/", "Josh"], "h")
@example(["Josh", "/", "ada", "/", "Josh", "to", "send", "Josh"], "a")
def test_what_tab_offers_means_what_its_chip_says(words: list[str], key: str) -> None:
    for one in capture.read(" ".join(words), KEYS[key]).suggestions:
        assert capture.read(one.line, KEYS[key]).chip == one.chip


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_backslash_makes_anything_a_note(line: str) -> None:
    text = " ".join(line.split())
    assert capture.read("\\" + line, CALL).entries == ((Note(text),) if text else ())
