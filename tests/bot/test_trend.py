"""The trend is read off the answers' own times, and says when all is answered at the present pace."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.progress import trend
from flows import nouns

TODAY = dt.date(2027, 3, 31)


def session(*days_ago: int) -> nouns.Session:
    noon = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    given = {str(n): nouns.Answer(1, at=noon - dt.timedelta(days=ago)) for n, ago in enumerate(days_ago)}
    return nouns.Session("flow", "1", answers=given)


def of(answered: int, total: int, *sessions: nouns.Session) -> trend.Trend:
    return trend.of(sessions, answered, total, dt.UTC, TODAY)


@pytest.mark.parametrize(
    ("found", "pace", "complete"),
    [
        pytest.param(of(0, 10), 0, None, id="nothing answered yet: no day"),
        pytest.param(
            of(2, 10, session(1, 0)), 1, TODAY + dt.timedelta(days=8), id="one a day since yesterday"
        ),
        pytest.param(
            of(14, 28, session(*range(14))), 1, TODAY + dt.timedelta(days=14), id="one a day for two weeks"
        ),
        pytest.param(of(3, 10, session(40, 39, 38)), 0, None, id="nothing in two weeks: no day"),
        pytest.param(of(10, 10, session(*range(10))), 1, TODAY, id="all is answered"),
        pytest.param(of(1, 5000, session(13)), 1 / 14, None, id="too slow to name a day"),
    ],
)
def test_the_pace_and_the_day(found: trend.Trend, pace: float, complete: dt.date | None) -> None:
    assert found.pace == pytest.approx(pace)
    assert found.complete_on == complete


def test_the_line_begins_at_nothing_and_ends_where_it_stands() -> None:
    # two of the four answers belong to questions that no longer apply
    line = of(2, 8, session(9, 8), session(3, 1))
    assert (line.answered[0], line.now, line.week) == (0, 2, 1)
    assert list(line.answered) == sorted(line.answered)
    assert line.days[-1] == TODAY
