"""ODK's dates: text, days since 1 January 1970 UTC, and the value between the two."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)
MILLISECONDS_PER_DAY = 86_400_000
SECONDS_PER_DAY = 86_400

OFFSET = r"(?P<offset>Z|[+-]\d{2}:\d{2})?"
CLOCK = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d+))?)?"
DATE_TIME = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T ]{CLOCK}{OFFSET})?", re.ASCII
)
TIME = re.compile(CLOCK + OFFSET, re.ASCII)
HOURS_A_DAY = 24
MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time on one: what `date()` and `today()` give. In arithmetic it is its `days`.

    `days` counts from 1 January 1970 UTC, with the time as a fraction; NaN is a date that is none.
    """

    days: float
    zone: dt.tzinfo

    def __str__(self) -> str:
        """As ODK stores it: the date alone at the start of a day, else the time and its offset too."""
        local = self.local()
        if local is None:
            return "Invalid Date"
        if local.time() == dt.time():
            return local.date().isoformat()
        return local.isoformat(timespec="milliseconds")

    def local(self) -> dt.datetime | None:
        """The moment on the clock of its zone, to the millisecond; None if it is none or out of the calendar."""
        if not math.isfinite(self.days):
            return None
        try:
            return (EPOCH + dt.timedelta(milliseconds=round(self.days * MILLISECONDS_PER_DAY))).astimezone(
                self.zone
            )
        except OverflowError:
            return None


def of(moment: dt.datetime, zone: dt.tzinfo) -> Moment:
    """The moment of an aware datetime."""
    return Moment(days_between(moment), zone)


def days_between(moment: dt.datetime) -> float:
    """Days from the epoch to `moment`, exact to the microsecond."""
    return (moment - EPOCH) / ONE_DAY


def looks_like_date(text: str) -> bool:
    """Whether `text` may be a date: cheap, for it is asked of every text that is no number."""
    return len(text) >= 8 and text[4] == "-" and text[:4].isdigit()


@functools.lru_cache(maxsize=1024)
def parse(text: str, zone: dt.tzinfo) -> float:
    """Days of `2026-11-23` or `2026-11-23T10:30:00.000+03:00`; without an offset, in `zone`. NaN for anything else."""
    match = DATE_TIME.fullmatch(text)
    if match is None:
        return math.nan
    offset = zone
    if match["offset"]:
        given = read_offset(match["offset"])
        if given is None:
            return math.nan
        offset = given
    try:
        moment = dt.datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            microsecond(match["fraction"]),
            tzinfo=offset,
        )
        return days_between(moment)
    except (ValueError, OverflowError):
        return math.nan


def day_fraction(text: str, zone: dt.tzinfo, day: dt.date) -> float:
    """The part of a day at `06:00` or `06:00:00.000-07:00`, on the clock of `zone` on `day`; NaN for no time."""
    match = TIME.fullmatch(text)
    if match is None:
        return math.nan
    try:
        clock = dt.time(
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            microsecond(match["fraction"]),
        )
    except ValueError:
        return math.nan
    moment = dt.datetime.combine(day, clock, tzinfo=zone)
    if match["offset"]:
        given = read_offset(match["offset"])
        if given is None:
            return math.nan
        moment = moment.replace(tzinfo=given).astimezone(zone)
    seconds = (moment.hour * MINUTES_AN_HOUR + moment.minute) * 60 + moment.second + moment.microsecond / 1e6
    return seconds / SECONDS_PER_DAY


def read_offset(text: str) -> dt.timezone | None:
    """The zone of `Z` or `+03:00`; None when there is none such, as `+03:60`."""
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours >= HOURS_A_DAY or minutes >= MINUTES_AN_HOUR:
        return None
    distance = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-distance if text[0] == "-" else distance)


def microsecond(fraction: str | None) -> int:
    """Microseconds of the digits after the decimal point."""
    return int((fraction or "")[:6].ljust(6, "0"))


def write(
    moment: dt.datetime, pattern: str, months: Sequence[str], weekdays: Sequence[str], *, times: bool
) -> str:
    """`moment` by ODK's pattern (`%Y-%m-%d`); the letters of the time of day count only where `times` is true."""
    letters = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": f"{moment.month}",
        "b": months[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": f"{moment.day}",
        "a": weekdays[moment.weekday()],
        "%": "%",
    }
    if times:
        letters |= {
            "H": f"{moment.hour:02}",
            "h": f"{moment.hour}",
            "M": f"{moment.minute:02}",
            "S": f"{moment.second:02}",
            "3": f"{moment.microsecond // 1000:03}",
        }
    return re.sub(r"%(.)", lambda found: letters.get(found[1], found[0]), pattern)
