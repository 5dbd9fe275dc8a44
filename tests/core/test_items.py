"""The running order is what the chair of that meeting would step through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.document import Document
from facilitator.core.headings import timebox, title
from facilitator.core.items import Item, follow, heading, infer, refresh, spans

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
ROSTER = Agenda(
    title="Backlog call {date}",
    minutes="{date}.md",
    sections=(
        Section("Announcements"),
        Section("Discussion", topics=True),
        Section(
            "Backlog Reviews",
            projects=(
                Project("CLI", "Ann Lee"),
                Project("CF CLI", "Ben Ode"),
                Project("Garden", "Cy Poe"),
                Project("Garden-Windows", "Di Roe"),
                Project("Infrastructure", "Ed Soh", parts=("bootloader",)),
                Project("Bits-Service", "Flo Tan", "incubating"),
            ),
        ),
        Section("Any Other Business"),
    ),
)
MINUTES = """# Backlog call 2018-09-04

## Agenda

* Announcements
* Backlog Review

## Announcements


## Discussion

- [EM] Roadmap? (https://example.org/62)
  - said so
- [ ] second topic (5m, Lee)
- **Decision:** go on

## Backlog Review

### CLI - (vacant)


### Garden (incubating) - Cy Poe (away until 09/13)

- slow start

# New Features

- faster

# Fixes

### garden windows – ~~Al Fox~~ Di Roe / Gus Uhl

### Infrastructure - Ed Soh
#### `bootloader` (a.k.a `bbl`)
- done

## CLI - second text

## Attendees

- Ann Lee
"""


def parsed(text: str) -> Document:
    return Document.parse(text.encode())


def keys(items: tuple[Item, ...]) -> list[str]:
    return [item.key for item in items]


def test_a_roster_finds_its_projects_wherever_the_outline_puts_them() -> None:
    document = parsed(MINUTES)
    items = infer(document, ROSTER)
    assert keys(items) == [
        "section:announcements",
        "topic:discussion/em-roadmap",
        "topic:discussion/second-topic",
        "project:cli",
        "project:cf-cli",
        "project:garden",
        "project:garden-windows",
        "project:infrastructure",
        "project:bits-service",
        "section:any-other-business",
    ]
    named = {item.key.partition(":")[2]: item for item in items}
    assert [document.sections[index].title for index in named["garden"].sections] == [
        "Garden (incubating) - Cy Poe (away until 09/13)",
        "New Features",
        "Fixes",
    ]
    garden = named["garden"]
    assert (garden.leads, garden.status, garden.remark) == (("Cy Poe",), "incubating", "away until 09/13")
    assert named["garden-windows"].leads == ("Di Roe", "Gus Uhl")
    assert (named["cli"].leads, named["cli"].remark, named["cli"].words) == ((), "vacant", 0)
    assert len(named["cli"].sections) == 2
    assert (named["cf-cli"].section, named["cf-cli"].leads, named["cf-cli"].quiet) == (
        None,
        ("Ben Ode",),
        True,
    )
    assert (named["bits-service"].status, named["bits-service"].group) == ("incubating", "Backlog Reviews")
    assert len(named["infrastructure"].sections) == 2
    assert not named["infrastructure"].quiet
    assert spans(document, named["bits-service"]) == ()


def test_each_bullet_of_a_topics_section_is_a_step() -> None:
    document = parsed(MINUTES)
    first, second = infer(document, ROSTER)[1:3]
    assert (first.title, first.group, first.bullet, first.timebox) == ("[EM] Roadmap?", "Discussion", 0, None)
    assert (second.title, second.bullet, second.timebox, second.leads) == ("second topic", 2, 300, ("Lee",))
    (span,) = spans(document, first)
    assert document.text(span) == "- [EM] Roadmap? (https://example.org/62)\n  - said so\n"


def test_an_item_is_its_text_without_its_heading_but_with_pasted_ones() -> None:
    document = parsed(MINUTES)
    garden = next(item for item in infer(document, ROSTER) if item.title == "Garden")
    assert [document.text(span) for span in spans(document, garden)] == [
        "\n- slow start\n\n# New Features\n\n- faster\n\n# Fixes\n\n"
    ]
    cli = next(item for item in infer(document, ROSTER) if item.title == "CLI")
    assert [document.text(span) for span in spans(document, cli)] == ["\n\n", "## CLI - second text\n\n"]


def test_without_an_agenda_the_outline_says_the_same() -> None:
    items = infer(parsed(MINUTES))
    assert [(item.kind, item.title, item.group) for item in items] == [
        ("section", "Announcements", ""),
        ("topic", "[EM] Roadmap?", "Discussion"),
        ("topic", "second topic", "Discussion"),
        ("project", "CLI", "Backlog Review"),
        ("project", "Garden", "Backlog Review"),
        ("project", "garden windows", "Backlog Review"),
        ("project", "Infrastructure", "Backlog Review"),
        ("project", "CLI", ""),
    ]
    assert items[-1].key == "project:cli#2"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", ["Minutes"]),
        ("just text\n", ["Minutes"]),
        ("# Only a title\n\ntext\n", ["Only a title"]),
        ("# Agenda\n\n- a\n\n# Triage\n# RFCs\n", ["a", "Triage", "RFCs"]),
        ("# T\n## A\n# Divider\n## B\n## C\n", ["A", "B", "C"]),
        ("# T\n## A\n# Pasted\ntext\n## B\n", ["A", "B"]),
        ("## Call\n##### 21 August\n## A\n## B\n", ["A", "B"]),
        ("# T\n## Attendees\n- a\n## Agenda\n## A\n", ["A"]),
        ("# T\n## Agenda\n- first\n- second\n## Notes\n", ["first", "second", "Notes"]),
        ("# T\n## Agenda\n- Notes\n- second\n## Notes\n", ["Notes"]),
        ("# T\n## A\n- x (5m)\n- y [10 min]\n- z\n", ["x", "y", "z"]),
        ("# T\n## A\n* x\n  - 5 minute timebox\n* y\n  - 10 minute timebox\n", ["x", "y"]),
        ("# T\n## A\n- x will be 5 mins late\n- y\n", ["A"]),
        ("# T\n## A - Ann Lee\n### one\n### two\n", ["A"]),
        ("# T\n## A\n" + "word " * 50 + "\n### one\n### two\n", ["A"]),
        ("# T\n## A\n### one\n### two\n#### deep\n", ["one", "two"]),
    ],
)
def test_the_rule_without_an_agenda(text: str, titles: list[str]) -> None:
    assert [item.title for item in infer(parsed(text))] == titles


@pytest.mark.parametrize(
    ("text", "project", "leads", "status", "remark"),
    [
        ("Diego - Eric Malm", "Diego", ("Eric Malm",), "", ""),
        ("Garden-Windows - A William / Colin Ja", "Garden-Windows", ("A William", "Colin Ja"), "", ""),
        ("Azure CPI – Jason Stevens", "Azure CPI", ("Jason Stevens",), "", ""),
        ("Eirini (incubating) - Julz Friedman", "Eirini", ("Julz Friedman",), "incubating", ""),
        ("CLI - (vacant)", "CLI", (), "", "vacant"),
        ("CLI - Steve Tay pinch hitting for Zach Ro", "CLI", ("Steve Tay",), "", "pinch hitting for Zach Ro"),
        ("CAPI - Seth Bo (Jenna Go representing)", "CAPI", ("Seth Bo",), "", "Jenna Go representing"),
        ("Bits (incubating) - Pe Go (Out until 09/13)", "Bits", ("Pe Go",), "incubating", "Out until 09/13"),
        ("`bosh-bootloader` (a.k.a `bbl`)", "bosh-bootloader", (), "", "a.k.a bbl"),
        ("[Service Fabrik](https://example.org) - Steven Le", "Service Fabrik", ("Steven Le",), "", ""),
        ("MySQL - ~~Marco Ni~~ David Wa", "MySQL", ("David Wa",), "", ""),
        ("App AutoScaler (Julz)", "App AutoScaler", ("Julz",), "", ""),
        ("Multi-Buildpacks (?)", "Multi-Buildpacks", (), "", ""),
        ("Steering Committee (TSC)", "Steering Committee", (), "", "TSC"),
        ("[Followup - ISO call - Sang](https://example.org)", "Followup - ISO call", ("Sang",), "", ""),
        ("Diego", "Diego", (), "", ""),
    ],
)
def test_a_heading_is_taken_apart(
    text: str, project: str, leads: tuple[str, ...], status: str, remark: str
) -> None:
    found = heading(text)
    assert (found.project, found.leads, found.status, found.remark) == (project, leads, status, remark)


@pytest.mark.parametrize(
    ("text", "seconds", "name"),
    [
        ("Intro (5m, Lee)", 300, "Intro"),
        ("Talk [30 mins]", 1800, "Talk"),
        ("Review (5-10m Ben)", 600, "Review"),
        ("Talk (1h)", 3600, "Talk"),
        ("Poll (90s)", 90, "Poll"),
        ("Discussion (50 minute timebox)", 3000, "Discussion"),
        ("15 minute timebox", 900, ""),
        ("[Talk](https://example.org/5m) (10 min)", 600, "Talk"),
        ("I will be 5 mins late", None, "I will be 5 mins late"),
        ("Plan (v2)", None, "Plan (v2)"),
    ],
)
def test_a_timebox_is_read_where_it_is_written(text: str, seconds: int | None, name: str) -> None:
    assert timebox(text) == seconds
    assert title(text) == name
    assert timebox("Release week: 10mins", trailing=True) == 600


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n-\n", 0),
        ("<!-- say something -->\n", 0),
        ("[add updates here]\n", 0),
        ("...\n", 0),
        ("- two words\n", 2),
        ("[two words](https://example.org)\n", 2),
    ],
)
def test_a_placeholder_is_no_word(text: str, words: int) -> None:
    (item,) = infer(parsed(f"# T\n\n## A\n\n{text}"))
    assert (item.words, item.quiet) == (words, not words)


def test_names_are_compared_leniently_but_never_confused() -> None:
    text = (
        "# T\n## GARDEN - x\n## Garden_Windows\n## cf-cli\n## `CLI` (core)\n## bitsservice\n## announcement\n"
    )
    document = parsed(text)
    found = {item.title: item.section for item in infer(document, ROSTER)}
    assert [
        found[n] for n in ("Garden", "Garden-Windows", "CF CLI", "CLI", "Bits-Service", "Announcements")
    ] == [
        2,
        3,
        4,
        5,
        6,
        7,
    ]


def test_the_record_belongs_to_no_project() -> None:
    document = parsed("# T\n## Backlog Reviews\n### CLI\n## Parking Lot\n- later\n### Sub\n")
    (cli,) = (item for item in infer(document, ROSTER) if item.title == "CLI")
    assert cli.sections == (3,)


def test_an_item_keeps_its_key_though_its_lead_or_words_change() -> None:
    before = infer(parsed(MINUTES))
    renamed = MINUTES.replace("Garden (incubating) - Cy Poe", "Garden Core - Cy Poe")
    after = follow(before, infer(parsed(renamed)))
    assert [item.key for item in after if item.title == "Garden Core"] == ["project:garden"]
    assert keys(after) == keys(before)
    moved = MINUTES.replace("## Announcements\n\n\n", "") + "\n## Announcements\n"
    assert sorted(keys(follow(before, infer(parsed(moved))))) == sorted(keys(before))


def test_a_reworded_topic_keeps_its_key_beside_a_new_one() -> None:
    before = infer(parsed(MINUTES), ROSTER)
    text = MINUTES.replace("[EM] Roadmap?", "[EM] Roadmap for 2019?").replace("- **Dec", "- third\n- **Dec")
    after = follow(before, infer(parsed(text), ROSTER))
    assert keys(after)[1:4] == [
        "topic:discussion/em-roadmap",
        "topic:discussion/second-topic",
        "topic:discussion/third",
    ]
    assert after[1].title == "[EM] Roadmap for 2019?"


def test_a_first_note_where_topics_may_stand_does_not_move_the_chair_away() -> None:
    document = parsed("# T\n\n## Discussion\n\n\n## Announcements\n")
    before = infer(document, ROSTER)
    assert keys(before)[1] == "section:discussion"
    after = refresh(before, document.append(2, ["a note"]), ROSTER, 2)
    assert (after[1].key, after[1].kind, after[1].bullet) == ("section:discussion", "topic", 0)


def test_what_was_captured_where_nobody_wrote_topics_is_none_of_them() -> None:
    document = parsed("# T\n\n## Discussion\n\n\n## Announcements\n")
    before = infer(document, ROSTER)
    written = document.append(2, ["a note"])
    after = refresh(before, written, ROSTER, 2, {written.source.index(b"- a note")})
    assert (after[1].title, after[1].kind, after[1].bullet) == ("Discussion", "section", None)
    assert after[1].words


@pytest.mark.parametrize("agenda", [None, ROSTER])
def test_an_edit_in_one_section_refreshes_its_items_alone(agenda: Agenda | None) -> None:
    document = parsed(MINUTES)
    before = infer(document, agenda)
    for section in document.sections[2:]:
        edited = document.append(section, ["a new note"])
        after = refresh(before, edited, agenda, section.index)
        assert after == follow(before, infer(edited, agenda))
        kept = [item for item in before if section.index not in item.sections]
        assert all(any(item is other for other in after) for item in kept)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*MINUTES.splitlines(), "", "## New", "- x (5m)", "- y (5m)"]), max_size=25))
def test_any_minutes_have_items_with_keys_of_their_own(lines: list[str]) -> None:
    document = parsed("\n".join(lines))
    for agenda in (None, ROSTER):
        items = infer(document, agenda)
        assert items
        assert len(set(keys(items))) == len(items)
        assert follow(items, items) == items
        assert keys(follow(items, tuple(replace(item, words=9) for item in items))) == keys(items)
        covered = [span for item in items for span in spans(document, item)]
        assert all(0 <= span.start <= span.end <= len(document.source) for span in covered)
        assert all(
            a.end <= b.start or b.end <= a.start for n, a in enumerate(covered) for b in covered[:n] if a != b
        )


@pytest.mark.parametrize(
    ("name", "count", "groups", "leads"),
    [
        ("seed/2018-09-04-runtime.md", 22, {"", "Backlog Reviews"}, 19),
        (
            "cloudfoundry+pmc-notes/Extensions/2017/template.md",
            16,
            {"", "Incubating", "Under Review", "Misc"},
            12,
        ),
        ("graphql+graphql-wg/agendas/2021/2021-04-01.md", 9, {"Agenda"}, 9),
        ("nodejs+TSC/meetings/2019-07-24.md", 4, {"", "Agenda"}, 0),
        ("tc39+agendas/2021/05.md", 19, {"", "Agenda items"}, 1),
    ],
)
def test_real_minutes_give_the_running_order_their_chair_would_want(
    name: str, count: int, groups: set[str], leads: int
) -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of real minutes is not here")
    items = infer(Document.parse((CORPUS / "files" / name).read_bytes()))
    assert (len(items), {item.group for item in items}) == (count, groups)
    assert sum(1 for item in items if item.leads) == leads
