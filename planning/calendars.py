"""Working days of a place: weekends, public holidays by country and region, closed ranges of the road."""

from __future__ import annotations

import datetime as dt
import functools
import re
import warnings

import holidays

from planning import nouns
from planning.schedule import project

HORIZON_YEARS = 30
"""How far dates may run: beyond it, a project's input is wrong."""

_ESTIMATED = re.compile(r"\s*\((?:observed, )?estimated\)")
"""What the holidays library writes behind a holiday whose date hangs on the moon."""


@functools.lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str | None, year: int) -> tuple[nouns.Holiday, ...]:
    """The public holidays of one year; raises ScheduleError for a country or region that nobody knows."""
    try:
        with warnings.catch_warnings():
            # beyond the years that the library knows, it warns and gives those that it can compute
            warnings.simplefilter("ignore", UserWarning)
            found = holidays.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    except NotImplementedError as error:
        known = holidays.list_supported_countries(include_aliases=False).get(country)
        if known is None:
            raise project.ScheduleError(
                f"No public holidays are known for the country {country}. Use a code of two letters as KE, "
                "or list the holidays yourself."
            ) from error
        raise project.ScheduleError(
            f"{country} has no region {subdivision} with holidays of its own. "
            + (f"Use one of {', '.join(known)}, or none." if known else "Leave the region away.")
        ) from error
    return tuple(
        nouns.Holiday(day, _ESTIMATED.sub("", name), _ESTIMATED.search(name) is not None)
        for day, name in sorted(found.items())
    )


class Clock:
    """One calendar's days, asked for often: which are worked, and where a task would end."""

    def __init__(self, name: str, calendar: project.Calendar, start: dt.date) -> None:
        self.name = name
        self.calendar = calendar
        self.limit = start.toordinal() + HORIZON_YEARS * 366
        self._weekend = frozenset(calendar.weekend)
        self._closed = sorted((first.toordinal(), last.toordinal()) for first, last in calendar.closed)
        self._years: dict[int, frozenset[int]] = {}
        self._given = (
            frozenset(day.toordinal() for day in calendar.holidays) if calendar.holidays is not None else None
        )

    def works(self, day: int) -> bool:
        """Whether an ordinal day is worked."""
        return (day + 6) % 7 not in self._weekend and day not in self._holidays(day)

    def next_working(self, day: int) -> int:
        """The day itself, or the first one after it that is worked."""
        while day <= self.limit:
            if self.works(day):
                return day
            day += 1
        raise self.beyond()

    def end(self, first: int, days: int) -> int:
        """The last of so many working days, the first of which is `first`."""
        day = first
        for _ in range(days - 1):
            day = self.next_working(day + 1)
        return day

    def beyond(self) -> project.ScheduleError:
        """What is raised where no day is left before the horizon."""
        return project.ScheduleError(
            f"By calendar {self.name} the project would run for more than {HORIZON_YEARS} years. "
            "Look for a length, a waiting time or a list of holidays that is too long."
        )

    def closed_after(self, first: int, last: int) -> int | None:
        """The last day of a closed range that the days from first to last touch; None where none does."""
        for begin, end in self._closed:
            if begin <= last and first <= end:
                return end
        return None

    def closed_before(self, first: int, last: int) -> int | None:
        """The first day of a closed range that the days from first to last touch; None where none does."""
        for begin, end in reversed(self._closed):
            if begin <= last and first <= end:
                return begin
        return None

    def _holidays(self, day: int) -> frozenset[int]:
        if self._given is not None:
            return self._given
        year = dt.date.fromordinal(day).year
        known = self._years.get(year)
        if known is None:
            country = self.calendar.country
            found = public_holidays(country, self.calendar.subdivision, year) if country else ()
            known = self._years[year] = frozenset(holiday.day.toordinal() for holiday in found)
        return known
