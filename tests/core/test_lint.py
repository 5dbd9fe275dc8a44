"""What the check of minutes finds, and what it leaves alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from facilitator.core import timekeeping
from facilitator.core.agenda import Person
from facilitator.core.document import Document
from facilitator.core.lint import problems
from facilitator.core.timing import Timed, comment

DAY = date(2018, 9, 4)
NAME = "2018-09-04-example.md"

RIGHT = """\
# Example 2018-09-04

## Attendees

- Ada Okafor
- Ken Ojuka, Example Ltd

## Reviews

### Router - Ada Okafor

- [ ] **Action:** Ken Ojuka: reply (due 2018-09-18)
- [x] **Action:** long done
- **Motion:** adopt it
  - **Approved:** no objections

### Gateway - Zed Zahn

```
[add updates here]
TBD
```
"""


def found(source: str, name: str = NAME, people: tuple[Person, ...] = ()) -> list[tuple[int, str]]:
    day = DAY if name == NAME else None
    return [(one.line, one.text) for one in problems(Document.parse(source.encode()), name, day, people)]


def test_minutes_that_are_right_are_left_alone() -> None:
    assert found(RIGHT) == []
    assert found(RIGHT.replace("\n", "\r\n")) == []
    assert found("") == []


@pytest.mark.parametrize(
    ("was", "becomes", "line", "said"),
    [
        ("Ken Ojuka: reply (due", "reply (due", 12, "action item without owner"),
        (" (due 2018-09-18)", "", 12, "action item without due date"),
        ("Ken Ojuka: reply", "Kim Olsen: reply", 12, "nobody here is called Kim Olsen"),
        ("  - **Approved:** no objections\n", "", 14, "motion without outcome"),
        ("- Ada Okafor\n- Ken Ojuka, Example Ltd\n", "- Ken Ojuka (regrets)\n", 3, "nobody is listed as present"),
        ("```\n[add updates here]\nTBD\n```", "[add updates here]", 19, "placeholder [add updates here]"),
        ("```\n[add updates here]\nTBD\n```", "- **Host**: TBD", 19, "placeholder **Host**: TBD"),
        ("TBD\n```\n", "TBD\n", 19, "this code fence is never closed, end it with ```"),
        ("```\n[add updates here]\nTBD\n```", "<!-- note", 19, "this comment is never closed"),
        ("# Example 2018-09-04", "# Example 2018-09-05", 1, "the title says 2018-09-05, the file's name 2018-09-04"),
        ("# Example 2018-09-04", "# Example September 5th, 2018", 1, "the title says 2018-09-05"),
        ("# Example 2018-09-04", "# Example 2018-09-34", 1, "the title says 2018-09-34, which is no day"),
        ("# Example 2018-09-04", "# Example YYYY-MM-DD", 1, "the heading says YYYY-MM-DD"),
        ("### Gateway - Zed Zahn", "### Router - Zed Zahn", 17, "Router twice, it stands in line 10 already"),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_one_finding_at_its_line(was: str, becomes: str, line: int, said: str) -> None:
    assert was in RIGHT
    told = found(RIGHT.replace(was, becomes))
    assert len(told) == 1
    at, text = told[0]
    assert at == line
    assert text.startswith(said)


@pytest.mark.parametrize("held", ["", "- [ ] Ada Okafor\n", "Ada, Ken\n", "### Here\n\n- Ada Okafor\n"])
def test_only_a_list_of_nobody_says_that_nobody_was_there(held: str) -> None:
    told = found(f"# x\n\n## Present\n\n{held}\n## y\n\n- **Decision:** go\n")
    assert bool(told) == (held in ("", "- [ ] Ada Okafor\n"))


def test_minutes_that_keep_the_time_of_a_call_name_who_was_there() -> None:
    kept = f"# x\n\n## Present\n\n## y\n\n{comment([Timed('y', 60, 40)])}\n"
    assert found(kept) == [(3, "nobody is listed as present, list who was")]


def test_a_day_in_words_that_is_the_right_one_is_fine() -> None:
    assert found(RIGHT.replace("# Example 2018-09-04", "# Example, 4 September 2018")) == []


def test_a_name_whose_date_is_none_is_told() -> None:
    assert found("", "2018-09-34-example.md") == [
        (1, "the file's name says 2018-09-34, which is no day: rename it")
    ]


def test_the_people_of_an_agenda_are_known() -> None:
    source = RIGHT.replace("Ken Ojuka: reply", "Kim Olsen: reply")
    assert found(source, people=(Person("Kim Olsen"),)) == []


def test_a_name_that_several_go_by_is_told() -> None:
    source = RIGHT.replace("Ken Ojuka: reply", "Ken: reply").replace("Zed Zahn", "Ken Zahn")
    assert found(source) == [(12, "Ken may be Ken Zahn or Ken Ojuka, write the name in full")]


def test_where_nobody_is_known_owners_are_not_judged() -> None:
    assert found("# x\n\n- ACTION: zed to do it (due 2018-09-18)\n") == [
        (1, "nobody is listed as present, add a section Attendees")
    ]


def test_what_was_neither_reached_nor_parked_is_told() -> None:
    kept = RIGHT + "\n" + comment([Timed("Router", 60, 0), Timed("Gateway", 60, 40)]) + "\n"
    assert found(kept) == [(10, "Router was neither reached nor parked, put it in the parking lot")]
    rows = "\n".join(timekeeping.table([Timed("Router", 60, 0)]))
    assert found(f"{RIGHT}\n## Time Taken\n\n{rows}\n")[0][1].startswith(
        "Router was neither reached nor parked"
    )
    quiet = kept.replace("### Router", "### Winch - Wim Berg\n\n### Router").replace('"Router"', '"Winch"')
    assert found(quiet) == []
    assert found(kept.replace("<!--", "## Parking Lot\n\n- Router (parked 2018-09-04 by time)\n\n<!--")) == []


def test_real_minutes_have_the_faults_they_are_known_for(corpus: Path) -> None:
    known = {
        "2015-06-16-runtime.md": (1, "the title says 2015-06-02"),
        "2020-02-06.md": (34, "this code fence is never closed, end it with ~~~~"),
    }
    for path in corpus.glob("files/*/**/*.md"):
        told = problems(
            Document.parse(path.read_bytes()), path.name, date(2015, 6, 16) if "06-16" in path.name else None
        )
        if path.name in known:
            line, said = known[path.name]
            assert any(one.line == line and one.text.startswith(said) for one in told)
        assert not any("twice" in one.text for one in told)
