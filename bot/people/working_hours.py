"""Working hours: when a branch may be disturbed. Never at night, on its weekend or on a public holiday."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import zoneinfo

import holidays

from flows import nouns
from storage import records

OPENS = dt.time(9)
"""Reminders wait for the first quiet moment of the working day."""

CLOSES = dt.time(17)

LONGEST_SEARCH_DAYS = 60
"""No institution is closed longer; ends the search where a calendar is wrong."""


@dataclasses.dataclass(frozen=True)
class Calendar:
    """The hours and days on which the people of a place may be written to."""

    institution: nouns.Institution
    branch: nouns.Branch | None = None
    opens: dt.time = OPENS
    closes: dt.time = CLOSES

    @classmethod
    def of(cls, assessment: records.Assessment, branch: str) -> Calendar:
        """The calendar of a branch, or of the head office where it is empty, with the assessment's quiet hours."""
        place = next((found for found in assessment.branches if found.id == branch), None)
        policy = assessment.reminders
        return cls(assessment.institution, place, dt.time(policy.opens), dt.time(policy.closes))

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of the place."""
        return zone_of(self.institution, self.branch)

    def next(self, after: dt.datetime, *, days: int = 0) -> dt.datetime:
        """The first working moment at or after `after` (in UTC); with `days`, the opening that many working days on.

        The branch's own time zone, country and weekend come before the institution's.
        """
        local = after.astimezone(self.zone)
        if not days and self.works(local.date()) and self.opens <= local.time() < self.closes:
            return after
        day = local.date()
        if days or local.time() >= self.opens:
            day += dt.timedelta(days=1)
        left = max(days, 1)
        for _ in range(LONGEST_SEARCH_DAYS + days):
            if self.works(day):
                left -= 1
                if not left:
                    break
            day += dt.timedelta(days=1)
        return self.opening(day)

    def before(self, day: dt.date) -> dt.datetime:
        """The opening of the last working day before a day."""
        for back in range(1, LONGEST_SEARCH_DAYS):
            if self.works(day - dt.timedelta(days=back)):
                return self.opening(day - dt.timedelta(days=back))
        return self.opening(day)

    def opening(self, day: dt.date) -> dt.datetime:
        """When a day begins there, in UTC."""
        return dt.datetime.combine(day, self.opens, self.zone).astimezone(dt.UTC)

    def works(self, day: dt.date) -> bool:
        """Whether there is work on that day."""
        weekend = self.institution.weekend
        if self.branch is not None and self.branch.weekend is not None:
            weekend = self.branch.weekend
        if day.weekday() in weekend:
            return False
        country, subdivision = self.institution.country, self.institution.subdivision
        if self.branch is not None and self.branch.country not in ("", country):
            # the institution's region lies in another country and says nothing here
            country, subdivision = self.branch.country, ""
        if self.branch is not None and self.branch.subdivision:
            subdivision = self.branch.subdivision
        return day not in _holidays(country, subdivision, day.year)


def zone_of(institution: nouns.Institution, branch: nouns.Branch | None) -> zoneinfo.ZoneInfo:
    """The branch's time zone, else the institution's."""
    return zoneinfo.ZoneInfo((branch.timezone if branch else "") or institution.timezone)


def load() -> None:
    """Load what is known of every country's days, which comes with the first country: a part of a second."""
    _holidays("KE", "", dt.date.min.year)


@functools.lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[dt.date]:
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        # The library knows no such region, or no such country: the country's days, or its weekends, still hold.
        return _holidays(country, "", year) if subdivision else frozenset()
    return frozenset(found)
