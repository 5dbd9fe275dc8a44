"""When something is due, in the words of a call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core import due

TUESDAY = date(2018, 9, 4)
NEXT_CALL = date(2018, 9, 18)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2018-09-20", date(2018, 9, 20)),
        ("3 June", date(2019, 6, 3)),
        ("June 3rd", date(2019, 6, 3)),
        ("the 3rd of june, 2018", date(2018, 6, 3)),
        ("Sept. 20", date(2018, 9, 20)),
        ("29 Feb", date(2020, 2, 29)),
        ("wed", date(2018, 9, 5)),
        ("Tuesday", date(2018, 9, 11)),
        ("this Friday", date(2018, 9, 7)),
        ("next Monday", date(2018, 9, 10)),
        ("tomorrow", date(2018, 9, 5)),
        ("in 3 days", date(2018, 9, 7)),
        ("in a week", date(2018, 9, 11)),
        ("in 4 months", date(2019, 1, 4)),
        ("next month", date(2018, 10, 4)),
        ("end of week", date(2018, 9, 7)),
        ("the next call", NEXT_CALL),
    ],
)
def test_a_day_is_named_in_many_ways(words: str, day: date) -> None:
    assert due.parse(words, TUESDAY, NEXT_CALL) == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "6/3",
        "3",
        "june",
        "soon",
        "2018-02-30",
        "31 June",
        "0 May",
        "in 0x2 weeks",
        "in ² weeks",
        "the call",
        "１２ May",
    ],
)
def test_what_names_no_day_gives_none(words: str) -> None:
    assert due.parse(words, TUESDAY, NEXT_CALL) is None


def test_without_a_schedule_there_is_no_next_call() -> None:
    assert due.parse("next call", TUESDAY) is None
    assert due.trailing("reply by next call", TUESDAY) is None


def test_a_day_that_has_just_gone_by_is_a_slip_and_an_older_one_is_next_years() -> None:
    assert due.parse("3 Sep", TUESDAY) == date(2018, 9, 3)
    assert due.parse("1 July", TUESDAY) == date(2019, 7, 1)
    assert due.parse("28 Dec", date(2019, 1, 2)) == date(2018, 12, 28)


def test_the_last_month_day_stands_for_one_that_a_shorter_month_lacks() -> None:
    assert due.parse("in 1 month", date(2018, 1, 31)) == date(2018, 2, 28)


def test_the_end_of_the_calendar_is_no_crash() -> None:
    assert due.parse("in 2 weeks", date.max) is None
    assert due.parse("in 999 months", date(9990, 1, 1)) is None
    assert due.anniversary(date(9999, 1, 1), date.max) == date.max


def test_only_due_and_by_introduce_a_day() -> None:
    found = due.trailing("go by bus, by Friday.", TUESDAY)
    assert found == due.Due(date(2018, 9, 7), call=False, text="go by bus", words="Friday.")
    assert due.trailing("meet on Friday", TUESDAY) is None
    assert due.trailing("overdue tomorrow", TUESDAY) is None
    assert due.trailing("stand by me", TUESDAY) is None


@given(DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_a_day_as_shown_reads_back_as_the_same_day(day: date, today: date) -> None:
    shown = due.short(day, today)
    if day >= today or shown.endswith(str(day.year)):
        assert due.parse(shown, today) == day


@given(DAYS)
@settings(max_examples=100, deadline=None)
def test_any_weekday_lies_within_the_week_to_come(today: date) -> None:
    for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        day = due.parse(f"next {name}", today)
        assert day is not None
        assert timedelta(0) < day - today <= timedelta(days=7)
        assert day.strftime("%A").lower().startswith(name)


@given(DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_an_anniversary_is_the_first_from_today_on(day: date, today: date) -> None:
    found = due.anniversary(day, today)
    assert found >= today
    assert (found.month, found.day) in {(day.month, day.day), (2, 28)}
    assert day > today or found - today <= timedelta(days=366)


@given(st.text(max_size=30), DAYS)
@settings(max_examples=300, deadline=None)
def test_no_words_are_too_strange(words: str, today: date) -> None:
    due.parse(words, today)
    due.trailing(f"x by {words}", today)
