"""The minutes of a call as they are made, before anybody has written into them."""

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core.agenda import Agenda, Project, Section
from facilitator.core.template import minutes
from facilitator.store.agenda_file import load

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
RUNTIME = Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml"

WEEKLY = Agenda(
    title="Weekly {date}",
    minutes="{date}.md",
    sections=(
        Section("Announcements", time=60),
        Section(
            "Reviews",
            total=600,
            projects=(
                Project("CLI"),
                Project("Eirini", "Cy Dee", "incubating"),
                Project("Tools", "Ann Lee / Bo Ek", parts=("`fly`", "landing (a.k.a `l`)")),
            ),
        ),
        Section("Any Other Business"),
    ),
)

WRITTEN = b"""\
# Weekly 2024-05-07

## Agenda

* Announcements
* Reviews
* Any Other Business


## Announcements


## Reviews

### CLI - (vacant)


### Eirini (incubating) - Cy Dee


### Tools - Ann Lee / Bo Ek

#### `fly`


#### landing (a.k.a `l`)


## Any Other Business
"""


def headings(markdown: bytes) -> list[tuple[str, str]]:
    """Return level and shown text of every heading, as CommonMark sees them."""
    tokens = MarkdownIt("commonmark").parse(markdown.decode())
    return [
        (token.tag, "".join(child.content for child in following.children or ()))
        for token, following in itertools.pairwise(tokens)
        if token.type == "heading_open"
    ]


def test_headings_stand_as_a_chair_would_set_them() -> None:
    assert minutes(WEEKLY, date(2024, 5, 7)) == WRITTEN


def test_an_agenda_with_a_section_of_that_name_has_no_list_of_its_sections() -> None:
    agenda = Agenda("T", "{date}.md", (Section("Agenda", topics=True), Section("Close")))
    assert minutes(agenda, date(2024, 5, 7)) == b"# T\n\n## Agenda\n\n\n## Close\n"


def seed() -> bytes:
    path = CORPUS / "files" / "seed" / "2018-09-04-runtime.md"
    if not path.exists():
        pytest.skip("the corpus is not here")
    return path.read_bytes()


def test_the_runtime_call_has_the_headings_it_has_always_had() -> None:
    made = headings(minutes(load(RUNTIME), date(2018, 9, 4)))
    assert made == [(level, re.sub(r" \(Out of .*", "", text)) for level, text in headings(seed())]


def test_the_runtime_call_is_spaced_as_it_has_always_been() -> None:
    made = minutes(load(RUNTIME), date(2018, 9, 4))
    quiet = re.findall(rb"^#+ [^\n]+\n\n+(?=#)", seed(), re.MULTILINE)
    assert len(quiet) == 18
    assert [heading for heading in quiet if heading not in made] == []
    assert made.endswith(b"(incubating) - Peter Goetz\n")


NAMES = (
    st.text(
        st.characters(exclude_categories=["C", "Z"], max_codepoint=0x2FF)
        | st.sampled_from(" #*_`[]()<>&\\-+.1~|!=:"),
        min_size=1,
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text) and text != "Agenda" and "`" not in text)
)


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES, NAMES, NAMES)
def test_names_are_shown_as_they_are_written(section: str, project: str, lead: str, part: str) -> None:
    agenda = Agenda("T", "{date}.md", (Section(section, projects=(Project(project, lead, "new", (part,)),)),))
    shown = headings(minutes(agenda, date(2024, 5, 7)))
    below = [("h2", section), ("h3", f"{project} (new) - {lead}"), ("h4", part)]
    assert shown == [("h1", "T"), ("h2", "Agenda"), *below]


@settings(max_examples=50, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_the_list_of_sections_shows_their_names(names: list[str]) -> None:
    agenda = Agenda("T", "{date}.md", tuple(map(Section, names)))
    tokens = MarkdownIt("commonmark").parse(minutes(agenda, date(2024, 5, 7)).decode())
    items = [tokens[at + 2] for at, token in enumerate(tokens) if token.type == "list_item_open"]
    assert ["".join(child.content for child in item.children or ()) for item in items] == names
