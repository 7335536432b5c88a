"""When a branch may be disturbed: not at night, not on its weekend, not on its holidays."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from bot.people import working_hours
from flows import nouns

KENYA = nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi")
NEPAL = nouns.Institution("Sahayog", "NP", "NPR", "Asia/Kathmandu", weekend=(5,))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        pytest.param("2027-03-03T10:00+03:00", "2027-03-03T10:00+03:00", id="in working hours: at once"),
        pytest.param("2027-03-03T08:59+03:00", "2027-03-03T09:00+03:00", id="early in the morning: at nine"),
        pytest.param("2027-03-03T09:00+03:00", "2027-03-03T09:00+03:00", id="nine itself"),
        pytest.param("2027-03-03T17:00+03:00", "2027-03-04T09:00+03:00", id="at five: tomorrow"),
        pytest.param("2027-03-03T23:30+03:00", "2027-03-04T09:00+03:00", id="at night: tomorrow"),
        pytest.param("2027-03-05T17:30+03:00", "2027-03-08T09:00+03:00", id="Friday evening: Monday"),
        pytest.param("2027-03-06T11:00+03:00", "2027-03-08T09:00+03:00", id="Saturday: Monday"),
        pytest.param(
            "2027-03-26T11:00+03:00", "2027-03-30T09:00+03:00", id="Good Friday: after Easter Monday"
        ),
        pytest.param("2027-12-24T18:00+03:00", "2027-12-28T09:00+03:00", id="Christmas: observed on Monday"),
    ],
)
def test_the_next_working_moment(after: str, opens: str) -> None:
    assert working_hours.Calendar(KENYA).next(utc(after)) == utc(opens)


@pytest.mark.parametrize(
    ("days", "opens"),
    [
        pytest.param(1, "2027-03-04T09:00+03:00", id="tomorrow"),
        pytest.param(2, "2027-03-05T09:00+03:00", id="the day after"),
        pytest.param(3, "2027-03-08T09:00+03:00", id="over the weekend"),
    ],
)
def test_so_many_working_days_on(days: int, opens: str) -> None:
    found = working_hours.Calendar(KENYA).next(utc("2027-03-03T10:00+03:00"), days=days)
    assert found == utc(opens)


@pytest.mark.parametrize(
    ("institution", "branch", "after", "opens"),
    [
        pytest.param(
            NEPAL, None, "2027-03-06T10:00+05:45", "2027-03-07T09:00+05:45", id="Saturday off in Nepal"
        ),
        pytest.param(
            NEPAL, None, "2027-03-07T10:00+05:45", "2027-03-07T10:00+05:45", id="Sunday worked there"
        ),
        pytest.param(
            KENYA,
            nouns.Branch("b", "Arua", country="UG", timezone="Africa/Kampala", weekend=(6,)),
            "2027-03-06T10:00+03:00",
            "2027-03-06T10:00+03:00",
            id="a branch that works on Saturdays",
        ),
        pytest.param(
            KENYA,
            nouns.Branch("b", "Paris", timezone="Europe/Paris"),
            "2027-03-03T09:30+03:00",
            "2027-03-03T09:00+01:00",
            id="a branch whose day begins later",
        ),
        pytest.param(
            nouns.Institution("Nowhere", "XX", "USD", "UTC"),
            None,
            "2027-12-25T10:00+00:00",
            "2027-12-27T09:00+00:00",
            id="a country without known holidays still has weekends",
        ),
        pytest.param(
            nouns.Institution("Maple", "CA", "CAD", "America/Toronto", subdivision="ON"),
            nouns.Branch("b", "Nairobi", country="KE", timezone="Africa/Nairobi"),
            "2027-06-01T10:00+03:00",
            "2027-06-02T09:00+03:00",
            id="a branch abroad keeps its own holidays, whatever the institution's region",
        ),
        pytest.param(
            nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi", subdivision="XX"),
            None,
            "2027-06-01T10:00+03:00",
            "2027-06-02T09:00+03:00",
            id="in an unknown region the country's holidays hold",
        ),
        pytest.param(
            nouns.Institution("Sparkasse", "DE", "EUR", "Europe/Berlin", subdivision="BY"),
            None,
            "2027-01-06T10:00+01:00",
            "2027-01-07T09:00+01:00",
            id="a holiday of the region alone",
        ),
        pytest.param(
            nouns.Institution("Sparkasse", "DE", "EUR", "Europe/Berlin"),
            nouns.Branch("b", "Augsburg", subdivision="BY"),
            "2027-01-06T10:00+01:00",
            "2027-01-07T09:00+01:00",
            id="a holiday of the branch's region alone",
        ),
        pytest.param(
            nouns.Institution("Sparkasse", "DE", "EUR", "Europe/Berlin", subdivision="BY"),
            nouns.Branch("b", "Berlin", subdivision="BE"),
            "2027-01-06T10:00+01:00",
            "2027-01-06T10:00+01:00",
            id="a branch in a region that works on that day",
        ),
    ],
)
def test_each_place_has_its_own_days(
    institution: nouns.Institution, branch: nouns.Branch | None, after: str, opens: str
) -> None:
    assert working_hours.Calendar(institution, branch).next(utc(after)) == utc(opens)


def test_a_calendar_on_which_nobody_ever_works_puts_nothing_off_for_ever() -> None:
    never = msgspec.structs.replace(KENYA, weekend=tuple(range(7)))
    calendar, now = working_hours.Calendar(never), utc("2027-03-03T10:00+03:00")
    day = dt.date(2027, 3, 4)
    assert now < calendar.next(now) < now + dt.timedelta(days=working_hours.LONGEST_SEARCH_DAYS + 2)
    assert calendar.before(day) == calendar.opening(day)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        pytest.param("2027-03-04", "2027-03-03T09:00+03:00", id="Thursday: the day before"),
        pytest.param("2027-03-08", "2027-03-05T09:00+03:00", id="Monday: on Friday"),
        pytest.param("2027-03-30", "2027-03-25T09:00+03:00", id="behind Easter: before Good Friday"),
    ],
)
def test_the_working_day_before(day: str, opens: str) -> None:
    assert working_hours.Calendar(KENYA).before(dt.date.fromisoformat(day)) == utc(opens)
