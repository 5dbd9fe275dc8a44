"""Somebody else saves the minutes while the call is open."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.document import Document
from facilitator.core.events import Drafted, Redone, Undone
from facilitator.core.fold import CannotUndo
from facilitator.core.record import Note
from facilitator.store import exchanging, saving
from tests.calls import MINUTES, Chair, Checkout, open_call

WORDS = (
    *("apple", "river", "stone", "cloud", "lamp", "tiger", "window", "paper", "violin", "garden"),
    *("rocket", "silver", "candle", "forest", "bridge", "marble", "pencil", "anchor", "copper", "saddle"),
    *("harbor", "ladder", "mirror", "needle", "orchid", "pepper", "quarry", "ribbon", "timber", "walnut"),
)
LENS = b"- New lens\n"
THEIRS = MINUTES.replace(b"Solheim\n", b"Solheim\n\n" + LENS)
NOTED = MINUTES.replace(b"week\n", b"week\n- Who upgrades first?\n")
BOTH = THEIRS.replace(b"week\n", b"week\n- Who upgrades first?\n")


@pytest.fixture
def call(tmp_path: Path) -> Chair:
    return chaired(tmp_path / "2024-06-04-council.md")


def chaired(path: Path) -> Chair:
    """A call that has started, on minutes that were there."""
    if not path.exists():
        path.write_bytes(MINUTES)
    chair = open_call(path)
    chair.start()
    return chair


def noted(call: Chair) -> None:
    """Take a note, and have it saved."""
    call.note("Beacon", "Who upgrades first?")
    call.look()
    assert call.disk() == NOTED


# Landing


def test_a_leads_update_lands_while_the_chair_takes_notes(call: Chair) -> None:
    noted(call)
    call.theirs(call.disk().replace(b"Solheim\n", b"Solheim\n\n" + LENS))
    call.note("Foghorn", "Welcome them")
    call.look()
    assert call.disk() == BOTH + b"- Welcome them\n"
    (landing,) = call.session.landings
    assert [(one.title, one.added, one.removed) for one in landing.touched] == [("Lantern", 1, 0)]
    assert landing.before == NOTED + b"- Welcome them\n"
    assert landing.after == call.disk()


def test_it_is_marked_until_the_chair_has_looked(call: Chair) -> None:
    call.theirs(THEIRS)
    call.look()
    assert call.session.landings[0].unseen == {call.item("Lantern")}
    call.session.see(call.item("Beacon"))
    assert not call.session.landings[0].seen
    call.session.see(call.item("Lantern"))
    assert call.session.landings[0].seen


def test_neither_draft_nor_item_nor_clock_is_moved(call: Chair) -> None:
    call.session.record(Drafted(call.clock.now(), call.item("Foghorn"), "note", "Wel"))
    before = call.meeting
    call.theirs(THEIRS)
    call.look()
    after = call.meeting
    assert (after.draft, after.steering) == (before.draft, before.steering)
    assert after.document.source == THEIRS


def test_a_quiet_project_that_got_text_is_quiet_no_more(call: Chair) -> None:
    assert call.meeting.item(call.item("Lantern")).quiet
    call.theirs(THEIRS)
    call.look()
    assert not call.meeting.item(call.item("Lantern")).quiet


def test_a_lead_who_changed_is_followed_in_the_running_order(call: Chair) -> None:
    beacon = call.item("Beacon")
    call.theirs(MINUTES.replace(b"Beacon - Tomas Rey", b"Beacon - Ada Brandt"))
    call.look()
    assert call.meeting.item(beacon).leads == ("Ada Brandt",)


def test_sections_that_others_add_and_move_are_followed(call: Chair) -> None:
    call.note("Beacon", "Who upgrades first?")
    head, lantern, foghorn = MINUTES.partition(b"### Lantern - Ingrid Solheim\n\n")
    call.theirs(head + foghorn + b"\n" + lantern + b"### Pier - Lise Meitner\n\n- Open again\n")
    call.look()
    found = [one.title for one in call.meeting.items]
    assert found == ["Announcements", "Beacon", "Foghorn", "Lantern", "Pier"]
    assert call.disk().count(b"- Who upgrades first?\n") == 1


def test_a_landing_is_taken_back_with_what_was_written_since_in_its_place(call: Chair) -> None:
    call.theirs(MINUTES.replace(b"release week\n", b"release week\n- Two crashes\n- None since\n"))
    call.look()
    call.note("Beacon", "Who upgrades first?")
    call.session.take_back(0)
    call.look()
    expected = MINUTES.replace(b"release week\n", b"release week\n- Who upgrades first?\n")
    assert call.disk() == expected
    call.theirs(expected + b"- A fourth\n")
    call.look()
    assert call.disk() == expected + b"- A fourth\n", "it does not come back with the next landing"


def test_a_landing_that_was_changed_since_is_not_taken_back(call: Chair) -> None:
    call.theirs(MINUTES.replace(b"release week\n", b"release week\n- Two crashes\n"))
    call.look()
    call.theirs(call.disk().replace(b"- Two crashes\n", b"- Three crashes\n"))
    call.look()
    before = call.disk()
    with pytest.raises(
        CannotUndo, match="What landed in Beacon - Tomas Rey was changed since: nothing undone"
    ):
        call.session.take_back(0)
    call.session.take_back(1)
    call.look()
    assert call.disk() == before.replace(b"- Three crashes\n", b"- Two crashes\n")
    with pytest.raises(CannotUndo, match="Nothing of that landing stands there any more"):
        call.session.take_back(1)


def test_what_was_written_before_a_landing_can_still_be_undone(call: Chair) -> None:
    noted(call)
    call.theirs(BOTH)
    call.look()
    call.session.record(Undone(call.clock.now()))
    call.look()
    assert call.disk() == THEIRS


@pytest.mark.parametrize("moment", [(saving, "create"), (exchanging, "swap")])
def test_a_landing_inside_a_write_of_ours_is_met_before_or_with_the_exchange(
    call: Chair, monkeypatch: pytest.MonkeyPatch, moment: tuple[object, str]
) -> None:
    real = getattr(*moment)
    landed: list[object] = []

    def meanwhile(*arguments: Any) -> Any:
        if not landed:
            landed.append(moment)
            call.theirs(THEIRS)
        return real(*arguments)

    monkeypatch.setattr(*moment, meanwhile)
    call.note("Beacon", "Who upgrades first?")
    assert call.session.flush(5)
    assert landed
    assert call.disk() == BOTH
    assert sorted(os.listdir(call.path.parent)) == [call.path.name, "state"]


def test_who_writes_in_place_while_ours_is_saved_is_heard(call: Chair) -> None:
    with call.path.open("r+b") as late:
        noted(call)
        late.write(THEIRS)
    for _ in range(3):
        call.look()
    assert call.disk() == BOTH
    assert len(call.session.landings) == 1


def test_what_was_captured_is_known_through_a_change_of_all_line_endings(call: Chair) -> None:
    noted(call)
    call.note("Foghorn", "Welcome them")
    call.look()
    ours = call.disk()
    call.theirs(ours.replace(b"\n", b"\r\n"))
    call.look()
    source = call.meeting.document.source
    texts = [source[one.start : one.end] for one in call.meeting.captured]
    assert texts == [b"- Who upgrades first?\r\n", b"- Welcome them\r\n"]
    call.theirs(THEIRS)
    call.look()
    assert [one for one in [*ours.splitlines(), LENS.strip()] if one not in call.disk().splitlines()] == []


def test_what_was_captured_is_known_where_its_section_went(call: Chair) -> None:
    noted(call)
    head, beacon, rest = call.disk().partition(b"### Beacon")
    text, lantern, tail = rest.partition(b"### Lantern")
    call.theirs(head + lantern + tail + b"\n" + beacon + text)
    call.look()
    (one,) = call.meeting.captured
    assert call.disk()[one.start : one.end] == b"- Who upgrades first?\n"
    call.theirs(call.disk().replace(b"- Who upgrades first?\n", b"- Ask around\n"))
    call.look()
    assert b"- Who upgrades first?\n" in call.disk()


def test_a_copy_from_before_our_notes_takes_none_of_them_away(call: Chair) -> None:
    noted(call)
    call.theirs(THEIRS)
    call.look()
    assert call.disk() == BOTH
    assert call.session.landings[0].removals == ()


def test_both_changed_the_same_line(call: Chair) -> None:
    call.note("Foghorn", "Welcome them")
    call.look()
    line = b"- Welcome them"
    call.theirs(call.disk().replace(line, b"- Welcome all five of them"))
    call.session.record(Undone(call.clock.now()))
    call.note("Foghorn", "Welcome them on Friday")
    call.look()
    (landing,) = call.session.landings
    assert [one.title for one in landing.conflicts] == ["Foghorn"]
    assert call.item("Foghorn") in landing.unseen
    assert call.disk() == MINUTES + b"- Welcome all five of them\n- Welcome them on Friday\n"


def _rename(path: Path, source: bytes) -> None:
    new = path.with_name("new")
    new.write_bytes(source)
    new.replace(path)


def _same_mtime(path: Path, source: bytes) -> None:
    found = path.stat()
    path.write_bytes(source)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


@pytest.mark.parametrize("how", [Path.write_bytes, _rename, _same_mtime])
@pytest.mark.parametrize("source", [THEIRS, MINUTES.replace(b"fixed", b"found")], ids=["longer", "as long"])
def test_however_the_file_was_saved_it_is_noticed_once(
    call: Chair, how: Callable[[Path, bytes], object], source: bytes
) -> None:
    how(call.path, source)
    for _ in range(3):
        call.look()
    assert call.meeting.document.source == source == call.disk()
    assert len(call.session.landings) == 1


def test_a_mere_touch_is_silent(call: Chair) -> None:
    noted(call)
    os.utime(call.path)
    _rename(call.path, call.disk())
    for _ in range(3):
        call.look()
    assert call.session.landings == ()
    assert call.session.troubles == ()


def test_what_we_have_already_is_silent(call: Chair) -> None:
    call.note("Beacon", "Who upgrades first?")
    call.theirs(NOTED)
    call.look()
    assert call.session.landings == ()
    assert call.disk() == NOTED


def test_a_hundred_edits_race_ours(call: Chair) -> None:
    chance = random.Random(7)
    for number in range(100):
        call.note(chance.randrange(4), f"our note {number}")
        if chance.random() < 0.5:
            call.session.storage.run_pending(call.clock.now())
        held = call.disk()
        if chance.random() < 0.5:
            call.look()
        how = chance.choice([Path.write_bytes, _rename, _same_mtime])
        how(call.path, held.replace(b"- First", b"- their edit %d\n- First" % number))
        if chance.random() < 0.7:
            call.look()
    assert call.adjourn()
    lines = call.disk().splitlines()
    expected = [b"- %s %d" % (what, n) for what in (b"our note", b"their edit") for n in range(100)]
    assert not [line for line in expected if lines.count(line) != 1]


def test_two_facilitators_on_one_file_write_two_hundred_entries_each(
    call: Chair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACILITATOR_STATE_DIR", str(tmp_path / "another"))
    other = open_call(call.path, call.clock)
    other.start()
    for number in range(200):
        for chair, name in ((call, "one"), (other, "two")):
            chair.note(number % 4, f"{name} {number}")
            chair.look()
    for chair in (call, other, call):
        chair.look()
    assert call.meeting.document.source == other.meeting.document.source == call.disk()
    lines = call.disk().splitlines()
    expected = [b"- %s %d" % (name, number) for name in (b"one", b"two") for number in range(200)]
    assert not [line for line in expected if lines.count(line) != 1]


HAPPENS = st.lists(
    st.tuples(
        st.sampled_from(["note", "their", "look", "write", "draft", "leave", "kill"]), st.integers(0, 3)
    ),
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(HAPPENS)
def test_whatever_happens_in_whatever_order_no_word_is_lost(happens: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as environment:
        environment.setenv("FACILITATOR_STATE_DIR", os.path.join(directory, "state"))
        call = chaired(Path(directory, "2024-06-04-council.md"))
        expected = []
        for number, (what, item) in enumerate(happens):
            line = f"{what} {number}: {WORDS[number]} {WORDS[number - 7]} {WORDS[number - 11]}"
            if what == "note":
                call.note(item, line)
                expected.append(line)
            elif what == "their":
                document = Document.parse(call.disk())
                call.theirs(document.append(item + 1, [line]).source)
                expected.append(line)
            elif what == "look":
                call.look()
            elif what == "write":
                call.session.storage.run_pending(call.clock.now())
            elif what == "draft":
                call.session.record(Drafted(call.clock.now(), call.meeting.current, "note", line))
            else:
                if what == "leave":
                    call.session.close()
                else:
                    call.session.storage.journal.close()
                call = open_call(call.path, call.clock)
        call.look()
        if call.meeting.draft is not None:
            expected.append(call.meeting.draft.text)
        assert call.adjourn()
        found = call.disk().decode().splitlines()
        assert [line for line in expected if found.count(f"- {line}") != 1] == []


# Questions


def test_an_older_version_put_back_holds_the_save_until_the_chair_answers(call: Chair) -> None:
    noted(call)
    call.theirs(MINUTES)
    call.look()
    assert call.session.question is not None
    assert call.session.question.kind == "put back"
    assert call.session.troubles == (call.session.question.text,)
    call.note("Foghorn", "Welcome them")
    call.look()
    assert call.disk() == MINUTES
    assert not call.adjourn()
    assert call.meeting.document.source == NOTED + b"- Welcome them\n"


def test_our_text_is_kept(call: Chair) -> None:
    noted(call)
    call.theirs(MINUTES)
    call.look()
    call.session.keep()
    call.look()
    assert call.disk() == NOTED
    assert call.session.question is None
    assert call.session.troubles == ()


def test_the_older_version_is_taken_with_what_was_captured_in_this_call(call: Chair) -> None:
    call.theirs(THEIRS)
    call.look()
    call.note("Beacon", "Who upgrades first?")
    call.look()
    assert call.disk() == BOTH
    call.theirs(MINUTES)
    call.look()
    call.session.accept()
    call.look()
    assert call.disk() == NOTED
    assert call.session.question is None

    call.session.record(Undone(call.session.clock.now()))
    call.look()
    assert call.disk() == BOTH
    assert call.session.question is None
    assert [one.entry for one in call.meeting.captured] == [Note("Who upgrades first?")]
    call.session.record(Redone(call.session.clock.now()))
    call.look()
    assert call.disk() == NOTED


def test_a_question_is_over_when_the_file_is_as_it_was(call: Chair) -> None:
    noted(call)
    call.path.unlink()
    call.look()
    assert call.session.question is not None
    call.theirs(NOTED)
    call.look()
    assert call.session.question is None


def test_a_file_that_is_gone_is_written_anew_only_when_asked(call: Chair) -> None:
    noted(call)
    call.path.unlink()
    call.note("Foghorn", "Welcome them")
    call.look()
    assert not call.path.exists()
    question = call.session.question
    assert question is not None
    assert (question.kind, question.takable) == ("gone", False)
    with pytest.raises(ValueError, match="nothing"):
        call.session.accept()
    call.session.keep()
    call.look()
    assert call.disk() == NOTED + b"- Welcome them\n"


def test_an_emptied_file_is_not_taken_for_everybodys_wish(call: Chair) -> None:
    noted(call)
    call.theirs(b"")
    call.look()
    assert call.session.question is not None
    assert call.session.question.kind == "emptied"
    assert call.meeting.document.source == NOTED
    call.session.keep()
    call.look()
    assert call.disk() == NOTED
    call.theirs(b"")
    call.look()
    call.session.accept()
    call.look()
    assert b"- Who upgrades first?" in call.disk()
    assert b"Lantern" not in call.disk()
    for undone in (Undone, Redone, Undone):
        call.session.record(undone(call.session.clock.now()))
        (one,) = call.meeting.captured
        assert call.meeting.document.source[one.start : one.end] == b"- Who upgrades first?\n"
    call.look()
    assert call.disk() == NOTED


@pytest.mark.parametrize("how", ["directory", "unreadable"])
def test_what_cannot_be_read_is_an_alarm_until_it_can(
    call: Chair, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(call)
    if how == "directory":
        call.path.unlink()
        call.path.mkdir()
    elif os.geteuid():
        call.path.chmod(0)
    else:
        pytest.skip("nothing is unreadable for root")
    os.utime(call.path, (1, 1))
    call.note("Foghorn", "Welcome them")
    call.look()
    assert call.session.troubles
    if how == "directory":
        call.path.rmdir()
        call.theirs(NOTED)
    else:
        call.path.chmod(0o644)
    call.clock.advance(60)
    call.look()
    assert call.session.troubles == ()
    assert call.disk() == NOTED + b"- Welcome them\n"


def test_a_text_that_breaks_off_is_given_time_to_become_whole(call: Chair) -> None:
    noted(call)
    call.theirs(NOTED[:100])
    call.look()
    call.theirs(BOTH)
    call.look()
    assert call.disk() == BOTH
    assert len(call.session.landings) == 1


def test_a_file_that_was_cut_off_costs_no_text(call: Chair) -> None:
    noted(call)
    call.theirs(NOTED[:100])
    for _ in range(4):
        call.look()
    assert call.disk() == NOTED
    (landing,) = call.session.landings
    assert landing.open == tuple(range(len(landing.removals)))
    assert "Foghorn" in [one.title for one in landing.removals]


def test_a_text_too_large_to_be_merged_is_a_question(call: Chair) -> None:
    call.theirs(THEIRS + b"x" * 5_000_000)
    call.look()
    assert call.session.question is not None
    assert not call.session.question.takable
    call.session.keep()
    call.look()
    assert call.disk() == MINUTES


# Clobbers


@pytest.fixture
def clobbered(call: Chair) -> Chair:
    """Beacon's text is wiped by somebody who meant to write to Lantern."""
    text = b"\n- Reconnect storms are fixed\n  - upgrade before release week\n"
    assert text in THEIRS
    call.theirs(THEIRS.replace(text, b""))
    call.look()
    return call


def test_a_wiped_section_stays_until_the_chair_takes_the_removal(clobbered: Chair) -> None:
    assert clobbered.disk() == THEIRS
    (landing,) = clobbered.session.landings
    assert [(one.title, one.answer) for one in landing.removals] == [("Beacon", "")]
    assert landing.open == (0,)
    clobbered.session.take_removal(0, 0)
    clobbered.look()
    assert b"Reconnect storms" not in clobbered.disk()
    assert LENS in clobbered.disk()
    assert clobbered.session.landings[0].open == ()
    clobbered.theirs(clobbered.disk() + b"- Release on Friday\n")
    clobbered.look()
    assert clobbered.session.landings[1].removals == ()


def test_a_removal_that_was_taken_can_be_undone(clobbered: Chair) -> None:
    clobbered.session.take_removal(0, 0)
    clobbered.session.record(Undone(clobbered.clock.now()))
    clobbered.look()
    assert clobbered.disk() == THEIRS


def test_a_wiped_section_is_kept_for_good(clobbered: Chair) -> None:
    clobbered.session.keep_removed(0, 0)
    clobbered.look()
    assert clobbered.disk() == THEIRS
    assert clobbered.session.landings[0].removals[0].answer == "kept"


def test_no_landing_removes_what_was_captured_in_this_call(call: Chair) -> None:
    noted(call)
    call.theirs(BOTH.replace(b"- Who upgrades first?\n", b"- Ask around\n"))
    call.look()
    assert b"- Who upgrades first?\n" in call.disk()
    assert LENS in call.disk()
    assert b"- Ask around\n" in call.disk()


# Resuming


def test_what_landed_is_known_when_the_call_is_resumed(clobbered: Chair) -> None:
    clobbered.session.see(clobbered.item("Lantern"))
    assert clobbered.session.close()
    resumed = open_call(clobbered.path)
    assert resumed.session.landings == clobbered.session.landings
    resumed.session.take_removal(0, 0)
    resumed.look()
    assert b"Reconnect storms" not in resumed.disk()


def test_what_was_saved_while_the_call_was_left_lands_when_it_is_resumed(call: Chair) -> None:
    noted(call)
    assert call.session.close()
    call.theirs(BOTH)
    resumed = open_call(call.path)
    resumed.look()
    assert resumed.meeting.document.source == BOTH
    assert [one.title for one in resumed.session.landings[0].touched] == ["Lantern"]


def test_a_landing_that_was_taken_in_but_not_saved_lands_once(call: Chair, tmp_path: Path) -> None:
    call.note("Beacon", "Who upgrades first?")
    call.theirs(THEIRS)
    call.session.look()
    call.session.storage.run_pending(call.clock.now())
    call.session.catch_up()
    call.session.storage.journal.close()  # and the power is cut before anything is saved
    assert call.disk() == THEIRS
    resumed = open_call(call.path)
    resumed.look()
    assert resumed.disk() == BOTH
    assert len(resumed.session.landings) == 1


def test_a_note_that_was_taken_back_just_before_the_power_went_stays_away(call: Chair) -> None:
    noted(call)
    call.session.record(Undone(call.clock.now()))
    call.session.storage.journal.close()  # and the power is cut before that is saved
    call.theirs(BOTH)
    resumed = open_call(call.path)
    resumed.look()
    assert resumed.disk() == THEIRS
    assert [one.title for one in resumed.session.landings[0].touched] == ["Lantern"]


def test_minutes_that_went_away_while_the_call_was_left_are_asked_about(call: Chair) -> None:
    noted(call)
    call.note("Foghorn", "Welcome them")
    assert call.session.close()
    call.path.unlink()
    resumed = open_call(call.path)
    resumed.look()
    assert resumed.session.question is not None
    assert resumed.session.question.kind == "gone"


# In a checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout.make(tmp_path / "checkout")
    made.commit("Ada Brandt", MINUTES)
    return made


def test_git_knows_who_landed(checkout: Checkout) -> None:
    call = chaired(checkout.path)
    checkout.commit("Ingrid Solheim", THEIRS)
    checkout.commit("Priya Nair", THEIRS + b"- Release on Friday\n")
    call.look()
    (landing,) = call.session.landings
    assert landing.by == "Ingrid Solheim, Priya Nair"
    call.theirs(THEIRS + b"- Release on Monday\n")
    call.look()
    assert call.session.landings[1].by == ""


def test_a_stale_copy_heals_from_the_history(checkout: Checkout) -> None:
    checkout.commit("Ingrid Solheim", THEIRS)
    call = chaired(checkout.path)
    call.note("Beacon", "Who upgrades first?")
    call.look()
    call.theirs(MINUTES + b"- Release on Friday\n")
    call.look()
    (landing,) = call.session.landings
    assert landing.removals == ()
    assert call.disk() == BOTH + b"- Release on Friday\n"


def test_a_version_from_before_the_call_was_put_back(checkout: Checkout) -> None:
    checkout.commit("Ingrid Solheim", THEIRS)
    call = chaired(checkout.path)
    checkout.git("checkout", "-q", "HEAD~1", "--", checkout.path.name)
    call.look()
    assert call.session.question is not None
    assert call.session.question.kind == "put back"


def test_another_branch_checked_out_under_the_call_is_asked_about(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "-b", "side")
    checkout.commit("Ingrid Solheim", THEIRS)
    checkout.git("checkout", "-q", "main")
    call = chaired(checkout.path)
    checkout.git("checkout", "-q", "side")
    call.look()
    assert call.session.question is not None
    assert call.session.question.kind == "other branch"
    checkout.git("checkout", "-q", "main")
    call.look()
    assert call.session.question is None
    call.note("Beacon", "Who upgrades first?")
    call.look()
    assert call.disk() == NOTED


def test_what_is_left_by_a_rebase_lands_when_that_is_over(checkout: Checkout) -> None:
    call = chaired(checkout.path)
    checkout.git("checkout", "-q", "--detach")
    checkout.commit("Ingrid Solheim", THEIRS)
    call.look()
    assert call.session.question is not None
    checkout.git("branch", "-f", "main", "HEAD")
    checkout.git("checkout", "-q", "main")
    call.look()
    assert call.session.question is None
    assert [one.by for one in call.session.landings] == ["Ingrid Solheim"]


def test_conflict_markers_are_no_text_of_anybodys(call: Chair) -> None:
    noted(call)
    mixed = b"<<<<<<< Updated upstream\n- Theirs\n=======\n- Ours\n>>>>>>> Stashed changes\n"
    call.theirs(NOTED + mixed)
    call.look()
    assert call.session.question is not None
    assert (call.session.question.kind, call.session.question.takable) == ("conflicted", False)
    call.theirs(NOTED + b"- Theirs\n- Ours\n")
    call.look()
    assert call.session.question is None
    assert call.meeting.document.source == NOTED + b"- Theirs\n- Ours\n"


def test_a_branch_that_was_accepted_is_the_calls(checkout: Checkout) -> None:
    call = chaired(checkout.path)
    call.note("Beacon", "Who upgrades first?")
    checkout.git("checkout", "-q", "-b", "side")
    checkout.path.write_bytes(THEIRS)
    call.look()
    assert call.session.question is not None
    call.session.accept()
    call.look()
    assert call.disk() == BOTH
    call.theirs(BOTH + b"- Release on Friday\n")
    call.look()
    assert call.session.question is None
    assert len(call.session.landings) == 2
