"""Dates as people type them: "3 April 2027", "2027-04-03", "3.4.2027", "03/04/2027", "tomorrow"."""

from __future__ import annotations

import datetime as dt
import re

from flows.reading import outcome, spoken, text

EARLIEST, LATEST = 1900, 2200
"""Years outside these are slips of the finger."""

LONGEST = 60
"""Characters: the longest way to write a date has about 30, and no pattern is tried on a whole page."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_LEAD = re.compile(r"^(?:(?:on|the|le|el|tarehe) )+(?=\d)")
"""Words before the day: "le 1er mars 2027", "tarehe 3 Aprili 2027"."""

_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|ro|º|ª)\b")
_DAY_FIRST = re.compile(
    r"(\d{1,2})\s*(?:[-/., ]|\b(?:of|de|ya)\b)*\s*([^\W\d_]+)\.?,?[-/ ]*(?:de\s+)?(\d{4}|\d{2})?"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?[-/ ]*(\d{1,2})(?:(?:\s*,\s*|\s+|[-/])(\d{4}|\d{2}))?")

_MONTHS = {
    text.plain(name): number + 1 for names in spoken.MONTHS.values() for number, name in enumerate(names)
}
_DAYS = {text.plain(word): days for word, days in spoken.DAYS.items()}
SHORTEST = 3
"""Letters of a month's name that are enough where only one month begins with them."""


def date(typed: str, *, today: dt.date) -> outcome.Outcome:
    """The date in the words; one that could be another, or lacks its year, waits to be confirmed."""
    if len(typed) > LONGEST:
        return outcome.refused("not_a_date", given=typed)
    words = _ORDINAL.sub("", _LEAD.sub("", text.plain(text.western(typed))))
    if words in _DAYS:
        return outcome.Reading((today + dt.timedelta(days=_DAYS[words])).isoformat(), certain=False)
    if match := _ISO.fullmatch(words):
        year, month, day = map(int, match.groups())
        return _made(year, month, day, typed)
    if match := _NUMERIC.fullmatch(words):
        return _numeric(match, today, typed)
    if match := _DAY_FIRST.fullmatch(words):
        return _named(match[1], match[2], match[3], today, typed)
    if match := _MONTH_FIRST.fullmatch(words):
        return _named(match[2], match[1], match[3], today, typed)
    return outcome.refused("not_a_date", given=typed)


def _numeric(match: re.Match[str], today: dt.date, typed: str) -> outcome.Outcome:
    """Day first, as most of the world writes; with slashes or dashes the other order is possible too."""
    first, mark, second = int(match[1]), match[2], int(match[3])
    number, certain = _year(match[4], today)
    if second > 12 >= first:
        return _made(number, first, second, typed, certain=certain)
    either = first <= 12 and first != second and mark != "."
    return _made(number, second, first, typed, certain=certain and not either)


def _named(day: str, name: str, year: str | None, today: dt.date, typed: str) -> outcome.Outcome:
    month = _month(name)
    if month is None:
        return outcome.refused("not_a_date", given=typed)
    if year:
        number, certain = _year(year, today)
        return _made(number, month, int(day), typed, certain=certain)
    this_year = _made(today.year, month, int(day), typed, certain=False)
    if isinstance(this_year, outcome.Reading) and str(this_year.value) < today.isoformat():
        return _made(today.year + 1, month, int(day), typed, certain=False)
    return this_year


def _month(name: str) -> int | None:
    if name in _MONTHS:
        return _MONTHS[name]
    begun = {month for known, month in _MONTHS.items() if len(name) >= SHORTEST and known.startswith(name)}
    return begun.pop() if len(begun) == 1 else None


def _year(written: str, today: dt.date) -> tuple[int, bool]:
    """The year meant, and whether it was written in full; two digits are of this century."""
    if len(written) == 4:
        return int(written), True
    return today.year // 100 * 100 + int(written), False


def _made(year: int, month: int, day: int, typed: str, *, certain: bool = True) -> outcome.Outcome:
    try:
        made = dt.date(year, month, day)
    except ValueError:
        return outcome.refused("no_such_date", given=typed)
    if not EARLIEST <= year <= LATEST:
        return outcome.refused("date_too_far", given=typed)
    return outcome.Reading(made.isoformat(), certain=certain)
