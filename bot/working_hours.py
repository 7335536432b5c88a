"""Working hours: when a branch may be disturbed. Never at night, on its weekend or on a public holiday."""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo

import holidays

from flows import nouns

OPENS = dt.time(9)
"""Reminders wait for the first quiet moment of the working day."""

CLOSES = dt.time(17)

LONGEST_SEARCH_DAYS = 60
"""No institution is closed longer; ends the search where a calendar is wrong."""


def next_working_time(
    institution: nouns.Institution, branch: nouns.Branch | None, after: dt.datetime, *, days: int = 0
) -> dt.datetime:
    """The first working moment at or after `after` (in UTC); with `days`, the opening that many working days on.

    The branch's own time zone, country and weekend come before the institution's.
    """
    zone = zone_of(institution, branch)
    local = after.astimezone(zone)
    if not days and _works(institution, branch, local.date()) and OPENS <= local.time() < CLOSES:
        return after
    day = local.date()
    if days or local.time() >= OPENS:
        day += dt.timedelta(days=1)
    left = max(days, 1)
    for _ in range(LONGEST_SEARCH_DAYS + days):
        if _works(institution, branch, day):
            left -= 1
            if not left:
                break
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, OPENS, zone).astimezone(dt.UTC)


def zone_of(institution: nouns.Institution, branch: nouns.Branch | None) -> zoneinfo.ZoneInfo:
    """The branch's time zone, else the institution's."""
    return zoneinfo.ZoneInfo((branch.timezone if branch else "") or institution.timezone)


def _works(institution: nouns.Institution, branch: nouns.Branch | None, day: dt.date) -> bool:
    weekend = institution.weekend
    if branch is not None and branch.weekend is not None:
        weekend = branch.weekend
    if day.weekday() in weekend:
        return False
    country = (branch.country if branch else "") or institution.country
    subdivision = (branch.subdivision if branch else "") or institution.subdivision
    return day not in _holidays(country, subdivision, day.year)


@functools.lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[dt.date]:
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        # The library knows no such country or region: its weekends still hold.
        return frozenset()
    return frozenset(found)
