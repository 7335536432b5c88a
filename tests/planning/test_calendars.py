"""A clock's spans agree with counting days one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning import calendars, nouns
from planning.schedule import project

MONDAY = dt.date(2027, 1, 4)
START = MONDAY.toordinal()

calendars_drawn = st.builds(
    project.Calendar,
    country=st.sampled_from([None, "KE", "PH"]),
    weekend=st.sampled_from([(), (6,), (4, 5), (5, 6), (0, 1, 2, 3, 4, 5)]),
    holidays=st.none()
    | st.lists(st.integers(0, 900), max_size=20).map(
        lambda days: tuple(MONDAY + dt.timedelta(day) for day in days)
    ),
)


def counted(calendar: project.Calendar, first: int, last: int) -> list[int]:
    """The days worked, each looked at on its own."""
    found = []
    for ordinal in range(first, last + 1):
        day = dt.date.fromordinal(ordinal)
        free: tuple[dt.date, ...] = calendar.holidays or ()
        if calendar.holidays is None and calendar.country:
            known = calendars.public_holidays(calendar.country, None, day.year)
            free = tuple(one.day for one in known)
        if day.weekday() not in calendar.weekend and day not in free:
            found.append(ordinal)
    return found


@settings(deadline=None)
@given(calendars_drawn, st.integers(0, 700), st.integers(1, 60))
def test_so_many_working_days_from_a_day_on(calendar: project.Calendar, ahead: int, days: int) -> None:
    clock = calendars.Clock("HQ", calendar, MONDAY)
    first, last = clock.span(START + ahead, days)
    # one day of seven is worked at least, and holidays take a few
    worked = counted(calendar, START + ahead, START + ahead + 7 * days + 100)
    assert (first, last) == (worked[0], worked[days - 1])
    assert clock.next_working(START + ahead) == worked[0]


@settings(deadline=None)
@given(calendars_drawn, st.integers(0, 700), st.integers(1, 60))
def test_so_many_working_days_up_to_a_day(calendar: project.Calendar, ahead: int, days: int) -> None:
    clock = calendars.Clock("HQ", calendar, MONDAY)
    worked = counted(calendar, START, START + ahead)
    expected = (worked[-days], worked[-1]) if len(worked) >= days else None
    assert clock.span_until(START + ahead, days) == expected


@settings(deadline=None)
@given(calendars_drawn, st.integers(0, 900))
def test_whether_a_day_is_worked(calendar: project.Calendar, ahead: int) -> None:
    clock = calendars.Clock("HQ", calendar, MONDAY)
    assert clock.works(START + ahead) == bool(counted(calendar, START + ahead, START + ahead))


@pytest.mark.parametrize("days", [1, 400, 8000])
def test_beyond_thirty_years_no_day_is_given(days: int) -> None:
    clock = calendars.Clock("HQ", project.Calendar(), MONDAY)
    with pytest.raises(project.ScheduleError, match=r"calendar HQ .* more than 30 years"):
        clock.span(clock.limit + 1 if days == 1 else clock.limit - 365, days)
    assert clock.span(START, 5) == (START, START + 4), "and the days before are there all the same"


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        pytest.param("BO", dt.date(2027, 3, 26), "es", "Viernes Santo", id="the country's own"),
        pytest.param("KE", dt.date(2027, 3, 26), "sw", "Ijumaa Kuu", id="one of its languages"),
        pytest.param("KE", dt.date(2027, 5, 1), "en", "Labor Day", id="in English as everywhere"),
        pytest.param("SN", dt.date(2027, 5, 17), "fr", "Journée de la Tabaski; Lundi de Pentecôte", id="without the remark on the moon"),
        pytest.param("BO", dt.date(2027, 3, 26), "sw", "Good Friday", id="a language that nobody speaks there"),
    ],
)  # fmt: skip
def test_a_holiday_is_named_in_the_readers_language(country, day, language, name):
    known = calendars.public_holidays(country, None, day.year)
    used = nouns.CalendarUsed("place", "A place", (5, 6), known, (), country)
    holiday = next(one for one in known if one.day == day)
    assert calendars.name(used, holiday, language) == name
