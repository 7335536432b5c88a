"""Working days of a place: weekends, public holidays by country and region, closed ranges of the road."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
import warnings
from collections.abc import Iterable

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
        self.start = start.toordinal()
        self.limit = start.toordinal() + HORIZON_YEARS * 366
        self._weekend = frozenset(calendar.weekend)
        self._closed = _joined((first.toordinal(), last.toordinal()) for first, last in calendar.closed)
        self._begins = [begin for begin, _ in self._closed]
        self._ends = [end for _, end in self._closed]
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

    def widest(self, elapsed: bool) -> int:
        """The most days that lie between two closed ranges: working days, or all days where `elapsed`."""
        most, day = 0, self.start
        for begin, end in self._closed:
            days = sum(elapsed or self.works(one) for one in range(day, begin))
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


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(ranges):
        if found and begin <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return found
