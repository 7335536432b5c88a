"""A month as buttons: a date is tapped where typing it would take a dozen taps. Typing stays possible."""

from __future__ import annotations

import calendar
import datetime as dt

from bot import views
from flows import locales, nouns
from flows import words as wording

TOPIC = "month"

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""What a calendar leafs through; other years are typed."""

EMPTY = "·"
"""On a button that is no day; Telegram takes no empty ones."""


def first_month(session: nouns.Session, key: str, today: dt.date) -> dt.date:
    """The month to begin with: that of the answer, of the latest date given beside it, or this one."""
    given = _day(session, key)
    if given is not None:
        return given.replace(day=1)
    place = key.rpartition("/")[0]
    beside = (_day(session, other) for other in session.answers if other.rpartition("/")[0] == place)
    return max((day for day in beside if day is not None), default=today).replace(day=1)


def rows(month: dt.date, words: wording.Catalogue, country: str) -> tuple[tuple[views.Button, ...], ...]:
    """The month's days under the names of the weekdays, with ways to other months and years."""
    first = locales.first_weekday(words.language, country)
    title = locales.month(month, words.language)
    turns = [("«", _moved(month, -12)), ("‹", _moved(month, -1)), (title, month)]
    turns += [("›", _moved(month, 1)), ("»", _moved(month, 12))]
    names = words.say("calendar.weekdays").split()
    names = names[first:] + names[:first]
    weeks = calendar.Calendar(first).monthdatescalendar(month.year, month.month)
    return (
        tuple(views.Button(face, _turn(to)) for face, to in turns),
        tuple(views.Button(name, _turn(month)) for name in names),
        *(tuple(_day_button(day, month) for day in week) for week in weeks),
    )


def month_of(value: str, otherwise: dt.date) -> dt.date:
    """The month that a button names."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return otherwise.replace(day=1)


def _day_button(day: dt.date, month: dt.date) -> views.Button:
    if day.month != month.month:
        return views.Button(EMPTY, _turn(month))
    return views.Button(str(day.day), views.Answer(nouns.Typed(day.isoformat())))


def _turn(month: dt.date) -> views.Pick:
    return views.Pick(TOPIC, month.isoformat())


def _moved(month: dt.date, months: int) -> dt.date:
    count = month.year * 12 + month.month - 1 + months
    year = min(max(count // 12, FIRST_YEAR), LAST_YEAR)
    return dt.date(year, count % 12 + 1, 1)


def _day(session: nouns.Session, key: str) -> dt.date | None:
    answer = session.answers.get(key)
    try:
        return dt.date.fromisoformat(str(answer.value)) if answer is not None else None
    except ValueError:
        return None
