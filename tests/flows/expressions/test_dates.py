"""ODK's dates: text, days since 1970, and comparisons, in the respondent's zone."""

from __future__ import annotations

import datetime as dt
import math
import zoneinfo

import pytest

from flows import expressions
from flows.expressions import nodes
from tests.flows.expressions import form


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("today()", "2026-11-24", id="today is the respondent's day"),
        pytest.param("now()", "2026-11-24T01:30:00.000+03:00", id="now has the respondent's offset"),
        pytest.param("date('2026-1-2')", "2026-01-02", id="zeros are added"),
        pytest.param("date(today() + 7)", "2026-12-01", id="a week later"),
        pytest.param("date('2026-02-28' + 1)", "2026-03-01", id="the day after a text"),
        pytest.param(
            "date('2026-11-23T22:30:00Z')", "2026-11-24T01:30:00.000+03:00", id="another zone's time"
        ),
        pytest.param("date('')", "", id="no date stays none"),
        pytest.param("date('soon')", "Invalid Date", id="a word is no date"),
        pytest.param("date('2026-02-30')", "Invalid Date", id="a day that is not in the calendar"),
        pytest.param("date(1 div 0)", "Invalid Date", id="an infinite date"),
        pytest.param("date(true())", "Invalid Date", id="yes is no date"),
        pytest.param("date('2026-02-01 and later')", "Invalid Date", id="words behind a date"),
        pytest.param("date('2026-02-01T10:00:00+25:00')", "Invalid Date", id="no such offset"),
        pytest.param("date(100000000)", "Invalid Date", id="beyond the calendar"),
        pytest.param(
            "format-date('2026-03-09', '%e %b %Y, %a %d/%m/%y %n')", "9 Mar 2026, Mon 09/03/26 3", id="format"
        ),
        pytest.param("format-date('2026-03-09', '%H %x %')", "%H %x %", id="letters that are none stay"),
        pytest.param(
            "format-date-time('2026-03-09T07:05:03.250', '%H:%M:%S.%3 %h %%')", "07:05:03.250 7 %", id="time"
        ),
        pytest.param("format-date('soon', '%Y')", "", id="no date has no form"),
    ],
)
def test_dates_as_text(text: str, shown: str) -> None:
    assert expressions.to_string(form.evaluate(text)) == shown


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("number(date('1970-01-02T00:00:00Z'))", 1.0, id="days since 1970"),
        pytest.param("decimal-date-time('1970-01-01T12:00:00Z')", 0.5, id="noon is half a day"),
        pytest.param("decimal-date-time('1969-12-31T00:00:00Z')", -1.0, id="before 1970"),
        pytest.param(
            "decimal-date-time('1970-01-01')", -0.125, id="the day begins three hours earlier in Nairobi"
        ),
        pytest.param("date('2026-03-01') - date('2026-02-01')", 28.0, id="days between"),
        pytest.param("decimal-time('06:00')", 0.25, id="a local time"),
        pytest.param("decimal-time('06:00:00.000+00:00')", 0.375, id="a time elsewhere"),
        pytest.param("decimal-time('24:00')", math.nan, id="no hour 24"),
        pytest.param("decimal-time('06:00+03:60')", math.nan, id="no such offset"),
        pytest.param("decimal-time('at six')", math.nan, id="words for a time"),
    ],
)
def test_dates_as_numbers(text: str, days: float) -> None:
    assert expressions.to_number(form.evaluate(text), expressions.Context(form.host(), nodes.document())) == (
        pytest.approx(days, nan_ok=True)
    )


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("'2026-11-24' = today()", True, id="text with a date"),
        pytest.param("'2026-11-23' < today()", True, id="yesterday"),
        pytest.param("${born} < '2000-01-01'", True, id="an answer with a text"),
        pytest.param("${born} = '1999-12-31T00:00:00.000+03:00'", True, id="the same moment in another form"),
        pytest.param("${born} != '1999-12-31'", False, id="different is the opposite of same"),
        pytest.param("${born} = ${also}", True, id="answers in two forms"),
        pytest.param("${born} > today()", False, id="an answer with today"),
        pytest.param("'soon' < today()", False, id="no date compares with none"),
        pytest.param("'soon' != today()", True, id="but differs from each"),
        pytest.param("date('soon') or false()", False, id="no date is false"),
        pytest.param("(today() - ${born}) div 365.25 >= 18", True, id="of age"),
    ],
)
def test_dates_compare(text: str, holds: bool) -> None:
    host = form.answers({"born": "1999-12-31", "also": "1999-12-30T21:00:00.000Z"})
    assert form.evaluate(text, host) is holds


def test_constants_do_not_keep_the_zone_of_the_first_evaluation() -> None:
    compiled = expressions.compile(expressions.parse("decimal-date-time('1970-01-01') * 24"))
    hours = [
        compiled(expressions.Context(form.host(zone=zoneinfo.ZoneInfo(zone)), nodes.document()))
        for zone in ("Africa/Nairobi", "America/Phoenix", "UTC")
    ]
    assert hours == pytest.approx([-3.0, 7.0, 0.0])


def test_months_and_weekdays_can_be_another_languages() -> None:
    months = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
    host = form.host(months=months, weekdays=("lu", "ma", "mi", "ju", "vi", "sá", "do"))
    assert form.evaluate("format-date('2026-01-04', '%a %e %b')", host) == "do 4 ene"


def test_a_moment_knows_its_local_clock() -> None:
    moment = form.evaluate("now()")
    assert isinstance(moment, expressions.Moment)
    assert moment.local() == form.NOW
    assert moment.local() == dt.datetime(2026, 11, 24, 1, 30, tzinfo=form.NAIROBI)
