"""Times of day as people type them, "14:30", "2.30 pm", "14h", alone or behind a date."""

from __future__ import annotations

import datetime as dt
import re

from flows import nouns
from flows.reading import dates, outcome, text

_TIME = r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?:\s*:\s*(\d{2}))?\s*(h|hrs|hours|uhr)?\s*([ap]\.?m\.?)?"
_ALONE = re.compile(_TIME)
_BEHIND = re.compile(rf"(.*?)(?:\s*,\s*|\s+at\s+|\s+|t)({_TIME})")

NOON = 12
"""Hours before and after which clocks with am and pm begin again."""


def time(typed: str) -> outcome.Outcome:
    """The time in the words, to the second."""
    found = _time(text.plain(text.western(typed))) if len(typed) <= dates.LONGEST else None
    if found is None:
        return outcome.refused("not_a_time", given=typed)
    return outcome.Reading(found.isoformat())


def date_time(typed: str, *, today: dt.date) -> outcome.Outcome:
    """The date and the time behind it in the words."""
    match = _BEHIND.fullmatch(text.plain(text.western(typed))) if len(typed) <= dates.LONGEST else None
    found = _time(match[2]) if match else None
    if match is None or found is None:
        return outcome.refused("not_a_moment", given=typed)
    read = dates.date(match[1], today=today)
    if isinstance(read, nouns.Problem):
        return read if read.code != "not_a_date" else outcome.refused("not_a_moment", given=typed)
    return outcome.Reading(f"{read.value}T{found.isoformat()}", certain=read.certain)


def _time(words: str) -> dt.time | None:
    """The time that the words are; a bare number is none, it could be anything."""
    match = _ALONE.fullmatch(words)
    if match is None or not (match[2] or match[4] or match[5]):
        return None
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if match[5]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if match[5].startswith("p") else 0)
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None
