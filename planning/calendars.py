"""Working days of a place: weekends, public holidays by country and region, closed ranges of the road."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
import warnings
from collections.abc import Mapping

import holidays
import msgspec

from flows import locales
from planning import nouns
from planning.schedule import project

HORIZON_YEARS = 30
"""How far dates may run: beyond it, a project's input is wrong."""

ENGLISH = "en_US"
"""The language in which the library names the holidays of every country."""

_REMARK = re.compile(r"\s*\([^()]*\)")
"""What it writes behind an estimated one in another language."""
_ESTIMATED = re.compile(r"\s*\((?:observed, )?estimated\)")
"""What the holidays library writes behind a holiday whose date hangs on the moon."""


@functools.lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str | None, year: int) -> tuple[nouns.Holiday, ...]:
    """The public holidays of one year; raises ScheduleError for a country or region that nobody knows."""
    try:
        found = _found(country, subdivision, year, ENGLISH)
    except NotImplementedError as error:
        known = holidays.list_supported_countries(include_aliases=False).get(country)
        regions = tuple(known) if known is not None else None
        raise project.NoHolidaysError(country, subdivision, regions) from error
    return tuple(
        nouns.Holiday(day, _ESTIMATED.sub("", name), _ESTIMATED.search(name) is not None)
        for day, name in sorted(found.items())
    )


def name(used: nouns.CalendarUsed, holiday: nouns.Holiday, language: str) -> str:
    """What a public holiday is called in a language; in English where its country has no name in that."""
    spoken = _spoken(used.country, language)
    if spoken == ENGLISH:
        return holiday.name
    said = _found(used.country, used.subdivision or None, holiday.day.year, spoken).get(holiday.day, "")
    return (_REMARK.sub("", said) if holiday.estimated else said) or holiday.name


@functools.cache
def _spoken(country: str, language: str) -> str:
    """The library's name of a language, where it knows the country's holidays in it."""
    known = holidays.list_localized_countries(include_aliases=False).get(country, ())
    return next((one for one in (ENGLISH, *known) if locales.plain(one) == language), ENGLISH)


@functools.lru_cache(maxsize=256)
def _found(country: str, subdivision: str | None, year: int, language: str) -> Mapping[dt.date, str]:
    with warnings.catch_warnings():
        # beyond the years that the library knows, it warns and gives those that it can compute
        warnings.simplefilter("ignore", UserWarning)
        return dict(
            holidays.country_holidays(country, subdiv=subdivision, years=year, language=language).items()
        )


@functools.lru_cache(maxsize=1024)
def _worked(calendar: project.Calendar, year: int) -> tuple[int, ...]:
    """The days of one year that are worked, its closed ranges aside: written down once for all who follow the calendar."""
    if calendar.holidays is not None:
        free = frozenset(day.toordinal() for day in calendar.holidays if day.year == year)
    elif calendar.country:
        known = public_holidays(calendar.country, calendar.subdivision, year)
        free = frozenset(holiday.day.toordinal() for holiday in known)
    else:
        free = frozenset()
    first, after = dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal()
    week = [(day + 6) % 7 not in calendar.weekend for day in range(first, first + 7)]
    return tuple(day for day in range(first, after) if week[(day - first) % 7] and day not in free)


class Clock:
    """One calendar's days, asked for often: which are worked, and where a task would end."""

    def __init__(self, name: str, calendar: project.Calendar, start: dt.date) -> None:
        self.name = name
        self.start = start.toordinal()
        self.limit = start.toordinal() + HORIZON_YEARS * 366
        self._open = msgspec.structs.replace(calendar, closed=())
        self._closed = _joined(calendar.closed)
        self._begins = [begin for begin, _ in self._closed]
        self._ends = [end for _, end in self._closed]
        self._days: list[int] = []
        """Those worked from the start on, written down as far as they were asked for."""
        self._known = self.start - 1
        """The last day of which it is written down."""

    def works(self, day: int) -> bool:
        """Whether an ordinal day is worked."""
        place = self._place(day)
        return place < len(self._days) and self._days[place] == day

    def next_working(self, day: int) -> int:
        """The day itself, or the first one after it that is worked."""
        return self.span(day, 1)[0]

    def span(self, first: int, days: int) -> tuple[int, int]:
        """The first and the last of so many working days, from a day on."""
        place = self._place(first)
        last = place + days - 1
        while last >= len(self._days):
            self._write()
        return self._days[place], self._days[last]

    def span_until(self, last: int, days: int) -> tuple[int, int] | None:
        """The first and the last of so many working days, up to a day; None where the start comes before."""
        place = self._place(last + 1)
        return (self._days[place - days], self._days[place - 1]) if place >= days else None

    def beyond(self) -> project.ScheduleError:
        """What is raised where no day is left before the horizon."""
        return project.TooLongError(self.name, HORIZON_YEARS)

    def widest(self, elapsed: bool) -> int:
        """The most days that lie between two closed ranges: working days, or all days where `elapsed`."""
        most, day = 0, self.start
        for begin, end in self._closed:
            days = sum(elapsed or self.works(one) for one in range(day, min(begin, self.limit + 1)))
            most, day = max(most, days), max(day, end + 1)
        return most

    def closed_after(self, first: int, last: int) -> int | None:
        """The last day of the first closed range that the days from first to last touch; None where none does."""
        place = bisect.bisect_left(self._ends, first)
        return self._ends[place] if place < len(self._ends) and self._begins[place] <= last else None

    def closed_before(self, first: int, last: int) -> int | None:
        """The first day of the last closed range that the days from first to last touch; None where none does."""
        place = bisect.bisect_right(self._begins, last) - 1
        return self._begins[place] if place >= 0 and first <= self._ends[place] else None

    def _place(self, day: int) -> int:
        """How many worked days lie before a day."""
        while day > self._known:
            self._write()
        return bisect.bisect_left(self._days, day)

    def _write(self) -> None:
        """Write down the rest of a year; raises ScheduleError where dates have run too far."""
        if self._known >= self.limit:
            raise self.beyond()
        year = dt.date.fromordinal(self._known + 1).year
        self._days += [day for day in _worked(self._open, year) if self._known < day <= self.limit]
        self._known = dt.date(year, 12, 31).toordinal()


@functools.lru_cache(maxsize=256)
def _joined(ranges: tuple[tuple[dt.date, dt.date], ...]) -> tuple[tuple[int, int], ...]:
    """The ranges in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted((first.toordinal(), last.toordinal()) for first, last in ranges):
        if found and begin <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return tuple(found)
