"""Agendas as chairs write them, rightly and wrongly."""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.agenda import Agenda, Person, Project, RecordOptions, Schedule, Section, SyncOptions
from facilitator.store import agenda_keys, agenda_schema, strict_yaml
from facilitator.store.agenda_file import AgendaErrors, check, load

COMPLETE = """\
title: Runtime Call {date}
minutes: "{date:%Y}/{date}-runtime.md"
output: notes/Runtime
schedule: {every: 2 weeks, on: tuesday, at: 10:30, timezone: America/Los_Angeles, from: 2018-09-04}
duration: 30m
chair: Ann Lee
people:
  - {name: Ann Lee, initials: AL, handle: "@annlee"}
  - name: Bo Ek
quorum: 50%
agenda:
  - Announcements
  - Welcome: 90s
  - Discussion: {time: 8m, topics: true, motions: true}
  - Reviews:
      total: 15m
      weigh: history
      projects:
        - CLI: Bo Ek
        - Eirini: {lead: Cy Dee / Di Fo, status: incubating, parts: [one, two (a.k.a 2)]}
        - Routing: {pinned: true}
        - Diego: (vacant)
  - Round:
      each: 1m
      pinned: true
      projects: [A, {B: }, C: Di Fo]
adapt: two-way
record: {attendance: true, timing: comment, carry: true}
sync: {git: off, every: 45s}
"""

MINIMAL = 'title: T {date}\nminutes: "{date}.md"\nagenda:\n  - One: 5m\n'


@pytest.fixture
def findings(tmp_path: Path) -> Callable[[str], list[str]]:
    """Check an agenda; returns what is printed, without the path."""

    def findings(text: str) -> list[str]:
        path = tmp_path / "call.yaml"
        path.write_text(text, "utf-8", newline="")
        return [str(finding).removeprefix(f"{path}:") for finding in check(path)]

    return findings


def loaded(path: Path, text: str) -> Agenda:
    (path / "call.yaml").write_text(text, "utf-8")
    return load(path / "call.yaml")


def test_every_key_is_read(tmp_path: Path) -> None:
    assert loaded(tmp_path, COMPLETE) == Agenda(
        title="Runtime Call {date}",
        minutes="{date:%Y}/{date}-runtime.md",
        output="notes/Runtime",
        schedule=Schedule(2, "weeks", 1, time(10, 30), "America/Los_Angeles", date(2018, 9, 4)),
        duration=1800,
        chair="Ann Lee",
        people=(Person("Ann Lee", "AL", "annlee"), Person("Bo Ek")),
        quorum=0.5,
        sections=(
            Section("Announcements"),
            Section("Welcome", time=90),
            Section("Discussion", time=480, topics=True, motions=True),
            Section(
                "Reviews",
                total=900,
                weigh="history",
                projects=(
                    Project("CLI", "Bo Ek"),
                    Project("Eirini", "Cy Dee / Di Fo", "incubating", ("one", "two (a.k.a 2)")),
                    Project("Routing", pinned=True),
                    Project("Diego"),
                ),
            ),
            Section(
                "Round", each=60, projects=(Project("A"), Project("B"), Project("C", "Di Fo")), pinned=True
            ),
        ),
        adapt="two-way",
        record=RecordOptions(attendance=True, timing="comment", carry=True),
        sync=SyncOptions("off", 45),
    )


def test_what_is_left_out_has_sensible_values(tmp_path: Path) -> None:
    agenda = loaded(tmp_path, MINIMAL)
    assert (agenda.duration, agenda.output, agenda.schedule, agenda.quorum) == (1800, ".", None, None)
    assert agenda.record == RecordOptions()


def test_keys_without_effect_are_noted_and_only_those(findings: Callable[[str], list[str]]) -> None:
    noted = re.findall(r"note: '(.+?)' is understood, but has no effect yet", "\n".join(findings(COMPLETE)))
    assert set(noted) == agenda_keys.NO_EFFECT_YET
    assert findings(MINIMAL + "record: {attendance: false, timing: off}\n") == []


def test_notes_do_not_stop_an_agenda(tmp_path: Path) -> None:
    assert loaded(tmp_path, MINIMAL + "quorum: 7\n").quorum == 7


def test_all_errors_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    path.write_text("titel: T\nminutes: x.md\nduration: 30\nagenda:\n  - A: {time: 5m, topic: yes}\n  - A\n")
    with pytest.raises(AgendaErrors) as caught:
        load(path)
    assert [str(finding) for finding in caught.value.findings] == [
        f"{path}:1: 'titel' is not known in agenda; did you mean 'title'?",
        f"{path}:1: 'title' is missing; write title: Team Meeting {{date}}",
        f"{path}:2: minutes: without {{date}} every call would have the same file",
        f"{path}:3: duration: '30' has no unit; write 30m or 30s",
        f"{path}:5: 'topic' is not known in section 'A'; did you mean 'topics'?",
        f"{path}:6: section 'A' stands twice; it was in line 5",
    ]
    assert str(caught.value).count("\n") == 5


WRONG = [
    # types
    ("[a, b]", "1: agenda must be keys and values (title, minutes"),
    ("", "1: the file is empty; an agenda has title, minutes and agenda"),
    (MINIMAL + "duration: [30m]", "5: duration must be text, not a list; quote"),
    (MINIMAL + "chair:", "5: 'chair' has no value; write one or take the line out"),
    (MINIMAL + "people: Ann", "5: people must be a list, each item beginning with '- ', not 'Ann'"),
    (MINIMAL + "people: [Ann]", "5: a person must be keys and values (name, initials, handle), not 'Ann'"),
    (MINIMAL + "people: [{handle: ann}]", "5: a person has a name; write"),
    (
        MINIMAL + "people: [{name: A, initials: A B}]",
        "5: initials: 'A B' should be up to five letters",
    ),
    (
        MINIMAL + "people: [{name: A, initials: al}]",
        "5: initials: 'al' should be up to five letters",
    ),
    (
        MINIMAL + "people: [{name: A, initials: X}]",
        "5: initials: 'X' should be up to five letters",
    ),
    (MINIMAL + "people: [{name: A, handle: a b}]", "5: handle: 'a b' should be one word"),
    (MINIMAL + "record: {carry: yes}", "5: carry must be true or false, not 'yes'"),
    (MINIMAL + 'record: {carry: "true"}', "5: carry must be true or false, not 'true'"),
    (MINIMAL + "record: {timing: coment}", "5: timing cannot be 'coment'; did you mean 'comment'?"),
    (MINIMAL + "sync: {git: never}", "5: git cannot be 'never'; there is auto, off"),
    (MINIMAL + "quorum: half", "5: quorum: 'half' is not a quorum; write a share"),
    (MINIMAL + "quorum: 120%", "5: quorum: '120%' is not a quorum"),
    (MINIMAL + "output: ../elsewhere", "5: output: '../elsewhere' must be a directory below the current one"),
    (MINIMAL + "output: /etc", "5: output: '/etc' must be a directory below the current one"),
    # durations
    (MINIMAL + "duration: 1:30", "5: duration: '1:30' is not a time; write it like 30m, 90s or 1h30m"),
    (MINIMAL + "duration: 0m", "5: duration: '0m' must be more than nothing"),
    (MINIMAL + "duration: 25h", "5: duration: '25h' must be more than nothing and at most 24h"),
    # titles and file names
    (MINIMAL.replace("{date}.md", "{date:%B}.md"), "2: minutes: 'January.md' cannot name a file"),
    (
        MINIMAL.replace("{date}.md", "{date}-" + 85 * "x" + "{date:%-d}.md") + "schedule: {every: day}",
        "2: minutes: '2024-01-10",
    ),
    (MINIMAL.replace("{date}.md", "../{date}.md"), "2: minutes: '..' cannot name a file"),
    (MINIMAL.replace("T {date}", "'T {day}'"), "1: title: '{day}' is not known; write {date}"),
    (
        MINIMAL.replace("{date}.md", "{date:%Y-%m}.md") + "schedule: {every: week, on: mon}",
        "2: minutes: the calls of 2024-01-01 and 2024-01-08 would share the file '2024-01.md'",
    ),
    # sections and projects
    (
        MINIMAL.replace("  - One: 5m\n", "  One: 5m\n"),
        "4: agenda must be a list, each item beginning with '- '",
    ),
    (MINIMAL.replace("\n  - One: 5m\n", " []\n"), "3: agenda has no sections"),
    (
        MINIMAL + "  - Two:\n    time: 5m\n",
        "6: a list item names one section; indent what belongs to 'Two' below it",
    ),
    (MINIMAL + "  - Two: [a]\n", "5: 'Two' must have a time or keys such as projects:, not a list"),
    (MINIMAL + "  - one\n", "5: section 'one' stands twice; it was in line 4"),
    (MINIMAL + "  - [x]\n", "5: a section must be a name, or a name, a colon and more, not a list"),
    (
        MINIMAL + "  - R: {projects: [A: {led: B}]}\n",
        "5: 'led' is not known in project 'A'; did you mean 'lead'?",
    ),
    (MINIMAL + "  - R: {projects: [A: B, a: C]}\n", "5: project 'a' stands twice; it was in line 5"),
    (MINIMAL + "  - R: {projects: [A], time: 1m}\n", "5: a section with projects has a 'total' for all"),
    (
        MINIMAL + "  - R: {projects: [A], total: 1m, each: 1m}\n",
        "5: a section has a 'total' for all projects or",
    ),
    (MINIMAL + "  - R: {projects: [A], topics: true}\n", "5: a section has topics or projects, not both"),
    (MINIMAL + "  - R: {total: 1m}\n", "5: 'total' shares time among projects, and 'R' has none"),
    (MINIMAL + "  - R: {projects: [A], weigh: word}\n", "5: weigh cannot be 'word'; did you mean 'words'?"),
    # times that do not add up
    (
        MINIMAL + "  - Two: 26m\nduration: 30m\n",
        "6: the times add up to 31m, 1m more than the 30m of the call",
    ),
    (MINIMAL + "  - R: {each: 20m, projects: [A, B]}\n", "4: the times add up to 45m, 15m more than the 30m"),
    (
        MINIMAL + "  - Two: 25m\n  - Rest\n",
        "4: the times take up the whole 30m, and nothing is left for 'Rest'",
    ),
    # schedules
    (MINIMAL + "schedule: weekly", "5: schedule must be keys and values (every, on, at, timezone, from)"),
    (MINIMAL + "schedule: {on: monday}", "5: schedule says no 'every', such as every: 2 weeks"),
    (
        MINIMAL + "schedule: {every: 2 wekks, on: monday}",
        "5: every: 'wekks' is not known; did you mean 'weeks'?",
    ),
    (MINIMAL + "schedule: {every: 0 days}", "5: every: the number must be 1 or more"),
    (
        MINIMAL + "schedule: {every: week, on: tusday}",
        "5: on: 'tusday' is not a day of the week; did you mean 'tuesday'?",
    ),
    (
        MINIMAL + "schedule: {every: month, on: fist monday}",
        "5: on: 'fist' is not known; did you mean 'first'?",
    ),
    (MINIMAL + "schedule: {every: month, on: monday}", "5: which one of the month? Write on: first monday"),
    (
        MINIMAL + "schedule: {every: week, on: first monday}",
        "5: the first, second, … of a month needs every: month",
    ),
    (
        MINIMAL + "schedule: {every: 2 weeks, on: monday}",
        "5: every 2 weeks needs 'from', the date of one of the",
    ),
    (
        MINIMAL + "schedule: {every: 3 days, on: monday, from: 2024-01-01}",
        "5: 'on' has no place where calls are",
    ),
    (MINIMAL + "schedule: {every: week}", "5: schedule says no day; write on: tuesday"),
    (
        MINIMAL + "schedule: {every: week, from: 2018-02-30}",
        "5: from: '2018-02-30' is not a date; write it like",
    ),
    (MINIMAL + "schedule: {every: week, from: 20180904}", "5: from: '20180904' is not a date; write it like"),
    (
        MINIMAL + "schedule: {every: week, on: mon, at: 25:00}",
        "5: at: '25:00' is not a time of day; write it like",
    ),
    (
        MINIMAL + "schedule: {every: week, on: mon, timezone: America/Los_Angelos}",
        "5: timezone: 'America/Los_Angelos' is not a time zone; did you mean 'America/Los_Angeles'?",
    ),
    (
        MINIMAL + "schedule: {every: week, on: mon, timezone: Berlin}",
        "5: timezone: 'Berlin' is not a time zone; did you mean 'Europe/Berlin'?",
    ),
    (
        MINIMAL + "schedule: {every: week, on: mon, timezone: ../../etc/passwd}",
        "5: timezone: '../../etc/passwd' is not",
    ),
    (
        MINIMAL + "schedule: {every: week, on: mon, timezone: America}",
        "5: timezone: 'America' is not a time zone",
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=lambda value: value[-40:])
def test_what_is_wrong_is_one_line_with_its_place(
    findings: Callable[[str], list[str]], text: str, expected: str
) -> None:
    errors = [finding for finding in findings(text) if ": note:" not in finding]
    assert len(errors) == 1
    assert errors[0].startswith(expected)


def test_two_of_the_same_person_initials_or_handle(findings: Callable[[str], list[str]]) -> None:
    people = (
        "people:\n  - {name: A B, initials: AB, handle: ab}\n  - {name: a b, initials: Ab, handle: '@AB'}\n"
    )
    assert findings(MINIMAL + people) == [
        "7: name 'a b' stands twice; it was in line 6",
        "7: initials 'Ab' stands twice; it was in line 6",
        "7: handle 'AB' stands twice; it was in line 6",
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30m", 1800),
        ("90s", 90),
        ("1h", 3600),
        ("1h30m", 5400),
        ("2 min", 120),
        ("1 hour 5 minutes", 3900),
        ("2M", 120),
    ],
)
def test_times_as_people_write_them(tmp_path: Path, written: str, seconds: int) -> None:
    assert loaded(tmp_path, MINIMAL + f"sync: {{every: {written}}}\n").sync.every == seconds


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("{every: day}", Schedule(1, "days", None, None, None, None)),
        ("{every: Week, on: Mon}", Schedule(1, "weeks", 0, None, None, None)),
        ("{every: month, on: last Friday, at: 9:05}", Schedule(1, "months", 4, time(9, 5), None, None, -1)),
        ("{every: 3 months, from: 2024-02-29}", Schedule(3, "months", None, None, None, date(2024, 2, 29))),
    ],
)
def test_rhythms(tmp_path: Path, written: str, schedule: Schedule) -> None:
    assert loaded(tmp_path, MINIMAL + f"schedule: {written}\n").schedule == schedule


def test_a_file_that_cannot_be_opened_is_an_error_like_others(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none.yaml", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (tmp_path / "a\0b", "embedded null byte"),
    ):
        with pytest.raises(AgendaErrors, match=f"cannot be read: {reason}") as caught:
            load(path)
        assert [finding.line for finding in caught.value.findings] == [0]


def test_names_are_compared_without_their_spacing(findings: Callable[[str], list[str]]) -> None:
    twice = MINIMAL + "  - 'Any  Other\u00a0Business'\n  - any other business\n"
    assert findings(twice) == ["6: section 'any other business' stands twice; it was in line 5"]


def test_a_text_has_an_end(findings: Callable[[str], list[str]]) -> None:
    assert findings(MINIMAL + f"chair: '{'x' * 501}'\n") == ["5: chair is longer than 500 characters"]


def test_a_file_full_of_mistakes_is_left_after_the_first_hundred(
    findings: Callable[[str], list[str]],
) -> None:
    found = findings(MINIMAL + "".join(f"key{number}: x\n" for number in range(5000)))
    assert found[-1] == "105: more than 100 problems; from here on nothing was looked at"
    assert len(found) == 101


def test_a_hostile_file_reaches_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;x\x07.yaml"
    path.write_bytes(b'"\\e[31mtitel": "\\u202e"\nduration: "\\x9b"\nagenda: ["\\0"]\n')
    shown = "\n".join(map(str, check(path)))
    assert "titel" in shown
    assert all(char.isprintable() or char == "\n" for char in shown)


LINES = st.sampled_from([*COMPLETE.splitlines(), "  - ", "\t", "? x", "  - {}", "{}", "a: &a [*a]", "- - -"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LINES | st.text(max_size=12), max_size=25)
    .map("\n".join)
    .map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_text_ends_in_a_traceback(source: bytes) -> None:
    tree, problems = strict_yaml.read(source)
    if tree is not None:
        agenda, wrong, _ = agenda_schema.read_agenda(tree)
        assert (agenda is None) == bool(wrong)
        problems += wrong
    assert all("\n" not in problem.text for problem in problems)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_line_never_ends_in_a_traceback(data: st.DataObject) -> None:
    lines = COMPLETE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    lines[at] = (
        lines[at][:cut]
        + data.draw(st.sampled_from(["", ":", "[", "]", "{", "'", "- ", "x", "0", " #", "\t"]))
        + lines[at][cut + 1 :]
    )
    tree, problems = strict_yaml.read("\n".join(lines).encode())
    assert tree is not None or problems
    if tree is not None:
        agenda_schema.read_agenda(tree)
