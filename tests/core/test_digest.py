"""The digest that goes to the mailing list after the call."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.core import record, timekeeping
from facilitator.core.agenda import Agenda, Section
from facilitator.core.digest import Format, digest, written
from facilitator.core.document import Document
from facilitator.core.record import Action, Decision, Motion
from facilitator.core.timing import Timed, comment

DAY = date(2018, 9, 4)
MINUTES = f"""\
# Example [EM] 2018-09-04

## Attendees

- Ada Okafor (Router)
- Ken Ojuka (regrets)

## Discussion

- talk
- **Motion:** adopt it (moved by Ada Okafor)
  - **Approved:** no objections (2 of 3 leads present)
- **Motion:** drop it

## Reviews

### Router - Ada Okafor

- **Decision:** keep *it* <b>opt-in</b>
- [ ] **Action:** Ada Okafor: write the guide (due 2018-09-18)

### Gateway - Ken Ojuka

- [x] **Action:** Ken Ojuka: reply (due 2018-09-04, from 2018-08-21)

{comment([Timed("Discussion", 300, 370), Timed("Router", 60, 45)])}
"""


def made(source: str, form: Format) -> str:
    return written(digest(Document.parse(source.encode()), DAY), form)


def test_the_text_tells_what_the_call_came_to() -> None:
    assert made(MINUTES, "text") == (
        "Example [EM] 2018-09-04\n\n"
        "Decisions\n"
        "  keep *it* <b>opt-in</b> — Router\n\n"
        "Action items\n"
        "  ☐ Ada Okafor: write the guide (due 2018-09-18) — Router\n"
        "  ☑ Ken Ojuka: reply (due 2018-09-04, from 2018-08-21) — Gateway\n\n"
        "Motions\n"
        "  adopt it (moved by Ada Okafor): Approved: no objections (2 of 3 leads present) — Discussion\n"
        "  drop it: open — Discussion\n\n"
        "Attendance\n"
        "  present: Ada Okafor\n"
        "  regrets: Ken Ojuka\n\n"
        "Time\n"
        "  Discussion: 6:10 of 5:00\n"
        "  Router: 0:45 of 1:00\n"
        "  in all: 6:55 of 6:00\n"
    )


def test_markdown_shows_the_words_as_typed() -> None:
    markdown = made(MINUTES, "markdown")
    assert markdown.startswith(
        "# Example [EM] 2018-09-04\n\n## Decisions\n\n- keep \\*it* \\<b>opt-in\\</b> — Router\n"
    )


def test_in_html_everything_is_escaped() -> None:
    page = made(MINUTES, "html")
    assert "<li>keep *it* &lt;b&gt;opt-in&lt;/b&gt; — Router</li>" in page
    assert "<b>" not in page


def test_json_holds_what_programs_want() -> None:
    values = json.loads(made(MINUTES, "json"))
    assert values["date"] == "2018-09-04"
    assert (values["present"], values["regrets"]) == (["Ada Okafor"], ["Ken Ojuka"])
    assert values["decisions"] == [{"item": "Router", "text": "keep *it* <b>opt-in</b>"}]
    assert values["actions"][0] == {
        "item": "Router",
        "text": "write the guide",
        "owners": ["Ada Okafor"],
        "due": "2018-09-18",
        "done": False,
        "since": None,
    }
    assert [one["outcome"] and one["outcome"]["verdict"] for one in values["motions"]] == ["Approved", None]
    assert values["time"][1] == {"title": "Router", "planned": 60, "actual": 45}


def test_a_list_of_action_items_is_no_item() -> None:
    told = made("# x\n\n## Talk\n\n- y\n\n## Action Items\n\n- Ada Okafor to write the guide\n", "text")
    assert told == "x\n\nAction items\n  ☐ Ada Okafor: write the guide\n"


def test_minutes_without_anything_say_so() -> None:
    assert made("nothing but prose\n", "text") == "Minutes\n\nDecisions and action items\n  none\n"


@pytest.mark.parametrize("form", ["markdown", "text", "html", "json"])
def test_no_form_lets_an_escape_sequence_or_a_broken_byte_out(form: Format) -> None:
    source = Document.parse(b"# a\x1b]52;c;x\x07\n\n- **Decision:** b\x1b[31m \xff \xe2\x80\xae\n")
    shown = written(digest(source, None), form)
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}
    assert shown.encode()


WORDS = st.text(st.sampled_from("ab *_`<>[]()#&\\~!:/.'\"-+1"), min_size=1).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(Decision, WORDS) | st.builds(Action, WORDS) | st.builds(Motion, WORDS), max_size=4))
def test_every_form_tells_every_entry(entries: list[Decision | Action | Motion]) -> None:
    document = Document.parse(b"# x\n\n## y\n")
    for entry in entries:
        document = document.append(2, record.lines(entry))
    kinds = (Decision, Action, Motion)
    rows = sum(
        1
        for token in MarkdownIt().parse(written(digest(document, DAY), "markdown"))
        if token.type == "list_item_open"
    )
    assert rows == max(1, len(entries))
    assert written(digest(document, DAY), "html").count("<li>") == max(1, len(entries))
    values = json.loads(written(digest(document, DAY), "json"))
    told = [one["text"] for name in ("decisions", "actions", "motions") for one in values[name]]
    assert told == [entry.text.strip() for kind in kinds for entry in entries if isinstance(entry, kind)]


def test_what_had_no_time_was_not_taken_up() -> None:
    kept = comment([Timed("Discussion", 300, 370), Timed("Router", 60, 2), Timed("Gateway", 95, 0)])
    told = made(f"# x\n\n## Discussion\n\n{kept}\n", "text")
    assert told.endswith(
        "Time\n"
        "  Discussion: 6:10 of 5:00\n"
        "  Router: not taken up, planned 1:00\n"
        "  Gateway: not taken up, planned 1:35\n"
        "  in all: 6:12 of 7:35\n"
    )


def test_the_tag_of_a_topic_stands_in_its_own_brackets_only() -> None:
    agenda = Agenda(title="x", minutes="x.md", sections=(Section("Discussion", topics=True),))
    source = "# x\n\n## Discussion\n\n- [EM] [Roadmap](https://example.org/r)?\n  - **Decision:** ship it\n"
    told = digest(Document.parse(source.encode()), DAY, agenda)
    assert written(told, "markdown").endswith("- ship it — [EM] Roadmap?\n")
    assert "<li>ship it — [EM] Roadmap?</li>" in written(told, "html")


def test_the_time_is_read_from_a_table_as_from_a_comment() -> None:
    kept = [Timed("Discussion", 300, 370), Timed("Router", 60, 45)]
    table = MINUTES.replace(comment(kept), "## Time Taken\n\n" + "\n".join(timekeeping.table(kept)))
    assert made(table, "text") == made(MINUTES, "text")
