"""A script is recorded in the minutes as a chair would have typed it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from facilitator.core import capture, chair, directing, ledger
from facilitator.core.agenda import Agenda
from facilitator.core.events import ItemEntered
from facilitator.core.fold import apply
from facilitator.core.meeting import opened
from facilitator.core.record import Attendee, Motion, Note, Outcome, Tally
from facilitator.store import call as calls
from facilitator.store.agenda_file import load
from facilitator.store.opening import CannotOpen, open_call
from facilitator.store.session import Session
from facilitator.store.taking import Taken, take
from facilitator.system.clock import ManualClock
from tests.chairing import AGENDA as COUNCIL

AGENDA = COUNCIL.replace("duration: 30m", "duration: 30m\nquorum: 50%")

MINUTES = """\
# Harbor Council 2024-06-04

## Announcements

- Picnic on Friday

## Reviews

### Beacon - Tomas Rey

* Reconnect storms are **fixed**

### Lantern - Ingrid Solheim

### Foghorn (incubating) - Priya Nair
"""


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "2024-06-04-council.md"
    path.write_text(MINUTES)
    return path


@pytest.fixture
def agenda(tmp_path: Path) -> Agenda:
    path = tmp_path / "council.yaml"
    path.write_text(AGENDA)
    return load(path)


def record(path: Path, *script: str, agenda: Agenda | None = None) -> Taken:
    call = calls.of_minutes(path, None, date(2024, 6, 4), None, agenda)
    return take(open_call(call, ManualClock(1_000.0)), "\n".join(script))


def refused(taken: Taken) -> list[int]:
    return [remark.line for remark in taken.remarks if not remark.placed]


class TestEntries:
    def test_the_first_item_is_written_to_until_a_topic_is_chosen(self, minutes: Path) -> None:
        taken = record(minutes, "Doors open at nine", "Topic: lantern", "ACTION: Ingrid to oil the lamp")
        assert taken == Taken(2, (), ())
        assert minutes.read_text() == MINUTES.replace(
            "- Picnic on Friday\n", "- Picnic on Friday\n- Doors open at nine\n"
        ).replace(
            "Ingrid Solheim\n\n",
            "Ingrid Solheim\n\n- [ ] **Action:** Ingrid Solheim: oil the lamp\n\n",
        )

    def test_a_run_of_entries_is_what_they_would_be_one_by_one(self, minutes: Path, tmp_path: Path) -> None:
        lines = [
            "one",
            "RESOLVED: two",
            "```",
            "three",
            "```",
            "ACTION: zed to do four",
            "-> https://example.org x",
        ]
        single = tmp_path / "2024-06-04-single.md"
        single.write_text(MINUTES)
        record(minutes, "Topic: Beacon", *lines)
        for part in (lines[:1], lines[1:2], lines[2:5], lines[5:6], lines[6:]):
            record(single, "Topic: Beacon", *part)
        assert minutes.read_bytes() == single.read_bytes()

    def test_due_dates_and_initials_come_from_the_agenda(self, minutes: Path, agenda: Agenda) -> None:
        record(minutes, "[ab] fine by me", "ACTION: @adab to call", agenda=agenda)
        assert (
            "- [AB] fine by me\n- [ ] **Action:** Ada Brandt: call (due 2024-06-18)\n" in minutes.read_text()
        )

    def test_the_lead_is_that_of_the_item_the_line_goes_to(self, minutes: Path) -> None:
        record(minutes, "Topic: Lantern", "a word", "Topic: Beacon", "ACTION: lead to oil it")
        assert "* [ ] **Action:** Tomas Rey: oil it\n" in minutes.read_text()

    def test_an_item_the_minutes_lack_gets_its_heading(self, minutes: Path, agenda: Agenda) -> None:
        minutes.write_text(MINUTES.replace("### Lantern - Ingrid Solheim\n\n", ""))
        record(minutes, "Topic: Lantern", "all dark", "still dark", agenda=agenda)
        assert "### Lantern - Ingrid Solheim\n\n- all dark\n- still dark\n" in minutes.read_text()

    def test_minutes_that_are_not_there_are_made_from_the_agenda(
        self, tmp_path: Path, agenda: Agenda
    ) -> None:
        path = tmp_path / "2024-06-18-council.md"
        assert record(path, "Topic: Beacon", "lit", agenda=agenda).complete
        text = path.read_text()
        assert text.startswith("# Harbor Council 2024-06-18\n")
        assert "### Beacon - Tomas Rey\n\n* lit\n" in text

    def test_crlf_and_bytes_that_are_not_utf_8_stay(self, minutes: Path) -> None:
        minutes.write_bytes(MINUTES.replace("\n", "\r\n").encode() + b"\xff\r\n")
        record(minutes, "one", "two")
        text = minutes.read_bytes()
        assert b"- Picnic on Friday\r\n- one\r\n- two\r\n\r\n" in text
        assert text.endswith(b"\xff\r\n")

    def test_an_empty_script_changes_nothing(self, minutes: Path, state_directory: Path) -> None:
        assert record(minutes, "", "  ") == Taken(0, (), ())
        assert minutes.read_text() == MINUTES


LINES = (
    *("a lamp", "RESOLVED: a lamp", "ACTION: Ingrid to oil a lamp", "another lamp"),
    *("Topic: Announcements", "Topic: Beacon", "Topic: Lantern"),
    *(
        "PROPOSED: more oil",
        "#vote Is oil better?",
        "#vote Tomas +1",
        "#vote Tomas no, Ingrid yes",
        "#vote 5 for, 2 against",
        "/object Ingrid",
        "/approve",
        "/reject",
    ),
    *("s/lamp/light/", "s/oil/gas/", "#undo", "#undo", "/redo", "/redo", "q+ Ingrid", "q-"),
    *("present+ Tomas", "regrets+ Tomas", "present+ Ingrid, Priya", "present+ Zoe Quist"),
)


def one_by_one(source: str, script: list[str]) -> tuple[bytes, list[int]]:
    """What a chair would leave who records each line before the next is read, and the lines that were refused."""
    meeting, wrong = opened(source.encode(), None, date(2024, 6, 4), 1800), []
    for number, line in enumerate(script, 1):
        reading = capture.read(line, directing.context(meeting, directing.people(meeting), meeting.current))
        try:
            for wish in reading.directives:
                if event := directing.done(meeting, meeting.current, wish, 1.0):
                    meeting = apply(meeting, event)
            for entry in reading.entries:
                meeting = apply(meeting, directing.entered(meeting, meeting.current, entry, 1.0))
        except ValueError:
            wrong.append(number)
    return meeting.document.source, wrong


class TestTogether:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(LINES), max_size=30))
    @example(["PROPOSED: more oil", "#vote Tomas +1", "PROPOSED: more oil", "s/oil/gas/", "/reject"])
    @example(
        ["PROPOSED: more oil", "#vote Tomas +1", "PROPOSED: more oil", "Topic: Announcements", "/reject"]
    )
    def test_lines_that_wait_for_each_other_leave_what_they_would_one_by_one(
        self, tmp_path: Path, script: list[str]
    ) -> None:
        path = tmp_path / "2024-06-04-council.md"
        source = MINUTES.replace(
            "* ", "- "
        )  # the manner of a list that is made follows what stands around it then
        path.write_text(source)
        taken = record(path, *script)
        assert (path.read_bytes(), refused(taken)) == one_by_one(source, script)

    def test_a_motion_and_its_outcome_are_two_entries(self, minutes: Path) -> None:
        taken = record(minutes, "PROPOSED: ship it", "#vote Ada +1", "Topic: Beacon", "/approve", "x")
        assert (taken.entries, refused(taken)) == (2, [4])


class TestWhatCannotBePlaced:
    def test_an_unknown_topic_takes_what_follows_with_it(self, minutes: Path) -> None:
        taken = record(minutes, "one", "Topic: Lanterm", "two", "present+ Ada", "Topic: Beacon", "three")
        assert refused(taken) == [2, 3]
        assert "Lantern" in taken.remarks[0].text
        text = minutes.read_text()
        assert "one" in text
        assert "* three" in text
        assert "two" not in text
        assert "- Ada" in text

    def test_an_open_fence_would_swallow_each_of_the_lines(self, minutes: Path) -> None:
        minutes.write_text(MINUTES + "\n```\nno end\n")
        taken = record(minutes, "kept", "Topic: Foghorn", "one", "two")
        assert refused(taken) == [3, 4]
        assert all("line 18" in remark.text for remark in taken.remarks)
        assert minutes.read_text() == (MINUTES + "\n```\nno end\n").replace("Friday\n", "Friday\n- kept\n")

    @pytest.mark.parametrize(
        "line",
        [
            "#undo",
            "/redo",
            "s/nothing/here/",
            "#vote Ada +1",
            "/object Ada",
            "#vote",
            "/approve",
            "q-",
            "ACTION:",
        ],
    )
    def test_what_finds_nothing_to_act_on_is_named(self, minutes: Path, line: str) -> None:
        assert refused(record(minutes, line)) == [1]
        assert minutes.read_text() == MINUTES

    def test_doubts_are_told_of_lines_that_are_recorded(self, minutes: Path) -> None:
        taken = record(minutes, "ACTION: zed to call", "#actoin zed to call")
        assert taken.complete
        assert taken.entries == 2
        assert [remark.line for remark in taken.remarks] == [1, 2]


class TestTakingBack:
    def test_undo_takes_back_one_line_of_a_run(self, minutes: Path) -> None:
        taken = record(minutes, "one", "two", "three", "#undo", "#undo", "four")
        assert taken == Taken(2, (), ())
        assert "- Picnic on Friday\n- one\n- four\n\n" in minutes.read_text()

    def test_redo_brings_it_back(self, minutes: Path) -> None:
        record(minutes, "one", "two", "#undo", "#undo", "/redo")
        assert "- Picnic on Friday\n- one\n\n" in minutes.read_text()

    def test_undo_reaches_over_a_change_of_topic(self, minutes: Path) -> None:
        record(minutes, "one", "two", "Topic: Beacon", "#undo", "#undo", "three")
        assert "- Picnic on Friday\n- one\n- three\n\n" in minutes.read_text()

    def test_words_are_corrected_in_the_nearest_entry_that_holds_them(self, minutes: Path) -> None:
        record(minutes, "ACTION: Ada to cal", "cal", "other", "s/cal/call/", "Topic: Beacon", "s/to cal/x/")
        text = minutes.read_text()
        assert "Ada: cal\n- call\n- other\n" in text


class TestProcedure:
    def test_a_vote_counts_once_a_person_and_comes_with_the_quorum(
        self, minutes: Path, agenda: Agenda
    ) -> None:
        taken = record(
            minutes,
            "present+ Tomas, Ingrid, AB",
            "regrets+ priya",
            "Topic: Beacon",
            "PROPOSED: Ada moves to light both lamps",
            "Tomas is for it",
            "#vote Tomas +1",
            "#vote Ingrid, Ada: -1",
            "#vote Ingrid +1",
            "#vote Priya abstains",
            "/approve",
            agenda=agenda,
        )
        assert taken.complete
        text = minutes.read_text()
        assert (
            "* **Motion:** light both lamps (moved by Ada Brandt)\n"
            "  * **Approved:** 2 for, 1 against, 1 abstained (2 of 3 leads present)\n"
            "* Tomas is for it\n"
        ) in text
        assert text.endswith(
            "## Attendees\n\n- Tomas Rey (Beacon)\n- Ingrid Solheim (Lantern)\n- Ada Brandt\n- Priya Nair (regrets)\n"
        )

    def test_objections_are_the_reason(self, minutes: Path) -> None:
        record(minutes, "#motion ship it", "/object Tomas: too soon", "/reject")
        assert "  - **Rejected:** objections by Tomas Rey\n" in minutes.read_text()

    def test_a_question_is_put_to_the_vote_and_undone_like_the_rest(self, minutes: Path) -> None:
        record(
            minutes,
            "#vote Meet at ten?",
            "#vote",
            "#vote Ada +1",
            "#undo",
            "#vote Tomas -1",
            "/reject too early",
        )
        assert "- **Motion:** Meet at ten?\n  - **Rejected:** too early, 0 for, 1 against, 0 abstained\n" in (
            minutes.read_text()
        )

    def test_a_motion_that_stood_in_the_minutes_is_closed_where_it_stands(self, minutes: Path) -> None:
        record(minutes, "PROPOSED: ship it", "later talk")
        record(minutes, "/defer to 2024-07-02")
        assert "- **Motion:** ship it\n  - **Deferred to 2024-07-02**\n- later talk\n" in minutes.read_text()

    def test_an_amendment_is_closed_before_its_motion(self, minutes: Path) -> None:
        record(
            minutes,
            "PROPOSED: ship it",
            "#vote Ada +1",
            "PROPOSED: ship it in June",
            "#vote Tomas -1",
            "/reject",
            "/approve",
        )
        document = open_call(calls.of_minutes(minutes, None, date(2024, 6, 4), None), ManualClock(1.0))
        motions = [
            one.entry for one in ledger.entries(document.meeting.document) if isinstance(one.entry, Motion)
        ]
        assert motions == [
            Motion("ship it", "", Outcome("Approved", "", Tally(1, 0, 0))),
            Motion("ship it in June", "", Outcome("Rejected", "", Tally(0, 1, 0))),
        ]

    def test_a_corrected_motion_keeps_its_votes(self, minutes: Path) -> None:
        record(minutes, "PROPOSED: shp it", "#vote Ada +1", "s/shp/ship/", "/approve")
        assert (
            "- **Motion:** ship it\n  - **Approved:** 1 for, 0 against, 0 abstained\n" in minutes.read_text()
        )

    def test_hands_are_shown_and_not_recorded(self, minutes: Path) -> None:
        assert record(minutes, "q+ Ada", "q+ Tomas about lamps", "q-", "q- Tomas").complete
        assert minutes.read_text() == MINUTES


class TestAttendance:
    def test_people_change_their_line_and_nobody_stands_twice(self, minutes: Path) -> None:
        minutes.write_text(MINUTES + "\n## Attendees\n\n- Ada Brandt (regrets)\n- **Tomas Rey** (Beacon)\n")
        record(minutes, "present+ Ada Brandt, Tomas Rey", "regrets+ Ingrid", "present+ Ingrid")
        assert minutes.read_text().endswith(
            "- Ada Brandt\n- **Tomas Rey** (Beacon)\n- Ingrid Solheim (Lantern)\n"
        )

    def test_boxes_are_ticked(self, minutes: Path) -> None:
        minutes.write_text(MINUTES + "\n## Present\n\n- [ ] Ada Brandt (Guest)\n- [x] Tomas Rey\n")
        record(minutes, "present+ Ada Brandt, Zoe Quist", "regrets+ Tomas Rey")
        assert minutes.read_text().endswith(
            "- [x] Ada Brandt (Guest)\n- [ ] Tomas Rey (regrets)\n- [x] Zoe Quist\n"
        )

    def test_marking_is_one_step_and_undone_as_one(self, minutes: Path) -> None:
        record(minutes, "present+ Ada, Tomas", "#undo")
        assert minutes.read_text() == MINUTES

    def test_who_is_listed_can_own_an_action_item(self, minutes: Path) -> None:
        record(minutes, "present+ Zoe Quist")
        record(minutes, "ACTION: zoe to call")
        assert "**Action:** Zoe Quist: call" in minutes.read_text()


class TestTheCall:
    def test_a_call_for_the_script_alone_leaves_nothing_behind(
        self, minutes: Path, state_directory: Path
    ) -> None:
        record(minutes, "one")
        assert not list(state_directory.glob("*.journal*"))

    def test_a_call_that_was_left_goes_on(self, minutes: Path) -> None:
        call = calls.of_minutes(minutes, None, date(2024, 6, 4), None)
        session = Session(open_call(call, ManualClock(500.0)))
        beacon = session.meeting.items[1].key
        session.record(ItemEntered(500.0, beacon))
        session.record(chair.write(session.meeting, beacon, Note("from the screen"), 500.0))
        session.close()
        assert record(minutes, "from the script", "more").complete
        resumed = Session(open_call(call, ManualClock(1_500.0)))
        assert [one.entry for one in resumed.meeting.captured] == [
            Note("from the screen"),
            Note("from the script"),
            Note("more"),
        ]
        resumed.close()
        assert "* from the screen\n* from the script\n* more\n" in minutes.read_text()

    def test_votes_and_hands_come_back_from_the_journal(self, minutes: Path) -> None:
        call = calls.of_minutes(minutes, None, date(2024, 6, 4), None)
        session = Session(open_call(call, ManualClock(500.0)))
        session.record(ItemEntered(500.0, session.meeting.items[1].key))
        session.close()
        record(minutes, "PROPOSED: ship it", "#vote Ada +1", "q+ Tomas about lamps", "present+ Ada")
        record(minutes, "/approve")
        assert "  * **Approved:** 1 for, 0 against, 0 abstained" in minutes.read_text()
        resumed = Session(open_call(call, ManualClock(1_500.0)))
        assert [hand.name for hand in resumed.meeting.steering.hands] == ["Tomas Rey"]
        assert ledger.attendance(resumed.meeting.document) == (Attendee("Ada"),)
        resumed.close()

    def test_a_call_that_is_open_elsewhere_is_left_alone(self, minutes: Path) -> None:
        session = Session(
            open_call(calls.of_minutes(minutes, None, date(2024, 6, 4), None), ManualClock(1.0))
        )
        with pytest.raises(CannotOpen):
            record(minutes, "one")
        session.close()

    def test_what_somebody_else_saved_meanwhile_stays(self, minutes: Path) -> None:
        opened = open_call(calls.of_minutes(minutes, None, date(2024, 6, 4), None), ManualClock(1.0))
        minutes.write_text(MINUTES.replace("Ingrid Solheim\n", "Ingrid Solheim\n\n- New wick\n"))
        assert take(opened, "one").complete
        text = minutes.read_text()
        assert "- New wick\n" in text
        assert "- one\n" in text

    def test_what_waits_for_an_answer_is_told_and_kept(self, minutes: Path) -> None:
        opened = open_call(calls.of_minutes(minutes, None, date(2024, 6, 4), None), ManualClock(1.0))
        minutes.unlink()
        taken = take(opened, "one")
        assert not taken.complete
        assert taken.troubles
        assert not minutes.exists()
