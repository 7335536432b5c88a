"""Functions on dates and times."""

from __future__ import annotations

import datetime as dt

from flows.expressions import context, errors, moments, values
from flows.expressions.functions.registry import Function, exactly


def present(at: context.Context, function: str) -> dt.datetime:
    """The host's clock, on the respondent's time zone."""
    if at.host.now is None:
        message = f"{function}() has no meaning here: no time is given."
        raise errors.EvaluationError(message)
    return at.host.now.astimezone(at.host.zone)


def now(at: context.Context) -> moments.Moment:
    """This moment."""
    return moments.of(present(at, "now"), at.host.zone)


def today(at: context.Context) -> moments.Moment:
    """The start of this day where the respondent is."""
    start = dt.datetime.combine(present(at, "today").date(), dt.time(), tzinfo=at.host.zone)
    return moments.of(start, at.host.zone)


def date(at: context.Context, value: values.Value) -> values.Value:
    """The value as a date: text in ODK's form, or a number of days since 1970; nothing for nothing."""
    if not isinstance(value, float | bool) and values.to_string(value) == "":
        return ""
    return values.to_moment(value, at)


def decimal_date_time(at: context.Context, value: values.Value) -> float:
    """Days since 1970, with the time as a fraction."""
    return values.to_moment(value, at).days


def decimal_time(at: context.Context, value: values.Value) -> float:
    """A time as a part of a day: noon is 0.5. Its offset, if it has one, is changed for the respondent's."""
    day = at.host.now.astimezone(at.host.zone).date() if at.host.now is not None else moments.EPOCH.date()
    return moments.day_fraction(values.to_string(value).strip(), at.host.zone, day)


def written(at: context.Context, value: values.Value, pattern: values.Value, *, times: bool) -> str:
    """A date in a pattern; nothing for what is no date."""
    local = values.to_moment(value, at).local()
    if local is None:
        return ""
    text = moments.write(local, values.to_string(pattern), at.host.months, at.host.weekdays, times=times)
    return values.bounded(text)


def format_date(at: context.Context, value: values.Value, pattern: values.Value) -> str:
    """The date by a pattern of `%Y %y %m %n %b %d %e %a`."""
    return written(at, value, pattern, times=False)


def format_date_time(at: context.Context, value: values.Value, pattern: values.Value) -> str:
    """The same with `%H %h %M %S %3` for the time of day."""
    return written(at, value, pattern, times=True)


FUNCTIONS = (
    Function(name="now", implementation=now, counts=exactly(0), example="now()", constant=False),
    Function(name="today", implementation=today, counts=exactly(0), example="today()", constant=False),
    Function(name="date", implementation=date, counts=exactly(1), example="date('2026-11-23')"),
    Function(
        name="date-time", implementation=date, counts=exactly(1), example="date-time('2026-11-23T10:30:00Z')"
    ),
    Function(
        name="decimal-date-time",
        implementation=decimal_date_time,
        counts=exactly(1),
        example="decimal-date-time(${question})",
    ),
    Function(
        name="decimal-time", implementation=decimal_time, counts=exactly(1), example="decimal-time('06:00')"
    ),
    Function(
        name="format-date",
        implementation=format_date,
        counts=exactly(2),
        example="format-date(date, '%d/%m/%Y')",
    ),
    Function(
        name="format-date-time",
        implementation=format_date_time,
        counts=exactly(2),
        example="format-date-time(date, '%H:%M')",
    ),
)
