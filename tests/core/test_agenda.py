"""What an agenda knows about its calls: their dates, their titles, their files, the people in them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.agenda import (
    Agenda,
    Person,
    Project,
    Schedule,
    Section,
    call_date,
    minutes_name,
    names,
    people_of,
    series_title,
    title,
)
from facilitator.core.schedule import calls, first_call, next_call

TUESDAY = 1
FORTNIGHTLY = Schedule(2, "weeks", TUESDAY, None, None, date(2018, 9, 4))


def agenda(**fields: object) -> Agenda:
    given_fields: dict[str, object] = {"title": "Sync {date}", "minutes": "{date}.md", "sections": ()}
    return Agenda(**{**given_fields, **fields})  # type: ignore[arg-type]


def monthly(
    weekday: int | None, nth: int | None = None, start: date | None = None, every: int = 1
) -> Schedule:
    return Schedule(every, "months", weekday, None, None, start, nth)


class TestTheDatesOfCalls:
    def test_every_second_tuesday_counts_from_the_first_call(self) -> None:
        assert calls(FORTNIGHTLY, date(2018, 9, 4), 3) == [
            date(2018, 9, 4),
            date(2018, 9, 18),
            date(2018, 10, 2),
        ]
        assert next_call(FORTNIGHTLY, date(2018, 9, 4)) == date(2018, 9, 18)
        assert next_call(FORTNIGHTLY, date(2018, 9, 10)) == date(2018, 9, 18)

    def test_before_the_first_call_there_is_none(self) -> None:
        assert next_call(FORTNIGHTLY, date(2017, 1, 1)) == date(2018, 9, 4)

    def test_a_start_on_another_day_means_the_first_such_day_after_it(self) -> None:
        schedule = Schedule(2, "weeks", TUESDAY, None, None, date(2018, 9, 1))
        assert calls(schedule, date(2018, 1, 1), 2) == [date(2018, 9, 4), date(2018, 9, 18)]

    def test_without_a_start_every_such_weekday_has_its_call(self) -> None:
        assert calls(Schedule(1, "weeks", 4, None, None, None), date(2024, 2, 28), 2) == [
            date(2024, 3, 1),
            date(2024, 3, 8),
        ]

    def test_the_start_gives_the_day_where_none_is_named(self) -> None:
        assert next_call(Schedule(1, "weeks", None, None, None, date(2024, 5, 1)), date(2024, 5, 1)) == date(
            2024, 5, 8
        )
        assert next_call(Schedule(10, "days", None, None, None, date(2024, 5, 1)), date(2024, 5, 5)) == date(
            2024, 5, 11
        )

    def test_first_and_last_weekdays_of_a_month(self) -> None:
        assert calls(monthly(TUESDAY, 1), date(2024, 1, 3), 2) == [date(2024, 2, 6), date(2024, 3, 5)]
        assert calls(monthly(4, -1), date(2024, 2, 1), 2) == [date(2024, 2, 23), date(2024, 3, 29)]

    def test_a_weekday_of_the_month_is_taken_from_the_start(self) -> None:
        second_wednesday = monthly(2, start=date(2024, 1, 10))
        assert next_call(second_wednesday, date(2024, 1, 10)) == date(2024, 2, 14)
        fifth_is_last = monthly(2, start=date(2024, 1, 31))
        assert calls(fifth_is_last, date(2024, 1, 1), 2) == [date(2024, 1, 31), date(2024, 2, 28)]

    def test_the_thirty_first_is_the_last_day_of_a_shorter_month(self) -> None:
        assert calls(monthly(None, start=date(2024, 1, 31)), date(2024, 2, 1), 2) == [
            date(2024, 2, 29),
            date(2024, 3, 31),
        ]

    def test_every_third_month_counts_from_the_first_call(self) -> None:
        quarterly = monthly(TUESDAY, 1, start=date(2023, 11, 10), every=3)
        assert calls(quarterly, date(2020, 1, 1), 3) == [
            date(2023, 12, 5),
            date(2024, 3, 5),
            date(2024, 6, 4),
        ]

    def test_the_calendar_ends(self) -> None:
        assert next_call(FORTNIGHTLY, date.max) is None
        assert len(calls(FORTNIGHTLY, date(9999, 12, 1), 9)) < 9
        assert first_call(monthly(None, start=date(2024, 1, 1)), date(9999, 12, 2)) is None

    @settings(max_examples=150, deadline=None)
    @given(
        st.builds(
            Schedule,
            st.integers(1, 12),
            st.sampled_from(["days", "weeks", "months"]),
            st.none() | st.integers(0, 6),
            st.none(),
            st.none(),
            st.dates(date(1990, 1, 1), date(2100, 1, 1)),
            st.none() | st.sampled_from([1, 2, 3, 4, -1]),
        ),
        st.dates(date(1980, 1, 1), date(2110, 1, 1)),
    )
    def test_the_next_call_is_the_same_wherever_one_stands_before_it(
        self, schedule: Schedule, day: date
    ) -> None:
        following = next_call(schedule, day)
        assert following is not None
        assert following > day
        assert following >= (schedule.start or day)
        assert next_call(schedule, following - timedelta(days=1)) == following
        if schedule.weekday is not None and schedule.unit != "days":
            assert following.weekday() == schedule.weekday


class TestTheCallToChair:
    def test_today_where_a_call_is_scheduled_today(self) -> None:
        assert call_date(agenda(schedule=FORTNIGHTLY), date(2018, 9, 18)) == date(2018, 9, 18)

    def test_else_the_next_one(self) -> None:
        assert call_date(agenda(schedule=FORTNIGHTLY), date(2018, 9, 19)) == date(2018, 10, 2)

    def test_today_without_a_schedule(self) -> None:
        assert call_date(agenda(), date(2018, 9, 19)) == date(2018, 9, 19)


class TestNames:
    def test_title_and_file_carry_the_date(self) -> None:
        runtime = agenda(title="Runtime {date:%-d %B %Y}", minutes="{date:%Y}/{date}-runtime.md")
        assert title(runtime, date(2018, 9, 4)) == "Runtime 4 September 2018"
        assert minutes_name(runtime, date(2018, 9, 4)) == "2018/2018-09-04-runtime.md"

    @pytest.mark.parametrize(
        ("pattern", "day", "expected"),
        [
            ("{date:%G-w%V}", date(2027, 1, 1), "2026-w53"),
            ("{date:%a %d %b %y}", date(2024, 2, 3), "Sat 03 Feb 24"),
            ("{date:%A} {date:%j} {date:%-m}.", date(2024, 2, 3), "Saturday 034 2."),
            ("no date", date(2024, 2, 3), "no date"),
        ],
    )
    def test_directives(self, pattern: str, day: date, expected: str) -> None:
        assert title(agenda(title=pattern), day) == expected

    @settings(max_examples=60, deadline=None)
    @given(st.dates(date(1000, 1, 1)), st.sampled_from("YymdBbAajGV"))
    def test_directives_mean_what_strftime_says(self, day: date, directive: str) -> None:
        assert title(agenda(title=f"{{date:%{directive}}}"), day) == day.strftime(f"%{directive}")

    @pytest.mark.parametrize(
        "pattern", ["{dat}", "{", "x}", "{date:%Q}", "{date:%}", "{date:100%}", "{{date}}"]
    )
    def test_what_cannot_be_read_is_said_in_one_line(self, pattern: str) -> None:
        with pytest.raises(ValueError, match=r"\A'.*'.* (is not known|in a date).*\Z"):
            title(agenda(title=pattern), date(2024, 1, 1))

    @pytest.mark.parametrize(
        ("pattern", "complaint"),
        [
            ("/{date}.md", "must be relative"),
            ("a//{date}.md", "must be relative"),
            ("../{date}.md", "cannot name a file"),
            (".git/{date}.md", "cannot name a file"),
            ("-x/{date}.md", "cannot name a file"),
            ("{date:%B}.md", "'September.md' cannot name a file"),
            ("{date} notes.md", "cannot name a file"),
            ("{date}\\x.md", "cannot name a file"),
            ("é{date}.md", "cannot name a file"),
            ("{date}.md\n", "cannot name a file"),
            ("a" * 88 + "-{date}.md", "longer than 100 bytes"),
            ("{date}.sh", "does not end in .md"),
            ("", "must be relative"),
        ],
    )
    def test_a_file_name_cannot_leave_its_place_or_surprise(self, pattern: str, complaint: str) -> None:
        with pytest.raises(ValueError, match=complaint):
            minutes_name(agenda(minutes=pattern), date(2018, 9, 4))

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("Runtime PMC Meeting {date}", "Runtime PMC Meeting"),
            ("{date}: TSC", "TSC"),
            ("TSC ({date:%B %Y}) minutes", "TSC minutes"),
            ("{date}", ""),
        ],
    )
    def test_a_series_is_called_without_its_date(self, pattern: str, expected: str) -> None:
        assert series_title(agenda(title=pattern)) == expected


class TestPeople:
    def test_leads_and_chair_join_the_people_with_their_initials(self) -> None:
        ann = Person("Ann Lee", "AL", "annlee")
        roster = Section(
            "Reviews", projects=(Project("A", "Ann Lee"), Project("B", "Bo Ek / Cy Dee"), Project("C"))
        )
        people = people_of(agenda(people=(ann,), chair="Mo Roe", sections=(roster,)))
        assert people == (ann, Person("Mo Roe", "MR"), Person("Bo Ek", "BE"), Person("Cy Dee", "CD"))

    def test_initials_that_two_would_share_are_nobodys(self) -> None:
        roster = Section(
            "Reviews", projects=(Project("A", "Ann Lee"), Project("B", "Abe Low"), Project("C", "Zoe"))
        )
        assert [person.initials for person in people_of(agenda(sections=(roster,)))] == ["", "", ""]

    def test_given_initials_stay_with_who_has_them(self) -> None:
        roster = Section("Reviews", projects=(Project("A", "Ann Lee"), Project("B", "abe low")))
        people = people_of(agenda(people=(Person("Abe Low", "AL"),), sections=(roster,)))
        assert people == (Person("Abe Low", "AL"), Person("Ann Lee"))

    def test_initials_are_such_as_a_note_can_begin_with(self) -> None:
        roster = Section("Reviews", projects=(Project("A", "Ann (2nd) Lee"), Project("B", "van der Berg")))
        assert [person.initials for person in people_of(agenda(sections=(roster,)))] == ["", "VDB"]

    def test_names_are_split_only_where_there_are_several(self) -> None:
        assert names("Sandra Anderson") == ("Sandra Anderson",)
        assert names("Ann Lee, Bo Ek and Cy Dee & Di Fo") == ("Ann Lee", "Bo Ek", "Cy Dee", "Di Fo")
        assert names("") == ()
