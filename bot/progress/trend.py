"""How far an assessment has come day by day, and when it is complete at the present pace; pure.

Nothing is written down for it: each answer knows when it was given.
"""

from __future__ import annotations

import bisect
import datetime as dt
import math
from collections.abc import Iterable
from typing import NamedTuple

from flows import nouns

PACE_DAYS = 14
"""The pace is that of so many days: two weekends level out, and last month says little about today."""

LONGEST_FORECAST_DAYS = 730
"""A pace that needs longer than this is none."""


class Trend(NamedTuple):
    """The answers by day, and what they let expect."""

    days: tuple[dt.date, ...]
    """From the day before the first answer to today."""
    answered: tuple[int, ...]
    """Answers at the end of each day."""
    total: int
    """Questions that apply now."""
    pace: float
    """Answers a day over the last `PACE_DAYS`, or since the first where that is less."""
    complete_on: dt.date | None
    """When all are answered, if the questions stay as many and the pace stays what it is."""

    @property
    def now(self) -> int:
        """Answers as they stand."""
        return self.answered[-1]

    @property
    def week(self) -> int:
        """Answers of the last seven days."""
        return self.now - self.answered[max(0, len(self.answered) - 8)]


def of(
    sessions: Iterable[nouns.Session], answered: int, total: int, zone: dt.tzinfo, today: dt.date
) -> Trend:
    """The trend of the answers that stand; `answered` of `total` is how far they have come.

    An answer that was changed counts from its last change: the past looks a little slower than it was.
    """
    days = sorted(
        answer.at.astimezone(zone).date()
        for session in sessions
        for answer in session.answers.values()
        if answer.at is not None and answer.sure is not nouns.Sure.SKIPPED
    )
    first = min(days[0] if days else today, today) - dt.timedelta(days=1)
    shown = tuple(first + dt.timedelta(days=number) for number in range((today - first).days + 1))
    # answers to what is no longer asked are kept but do not count: the line ends at what does
    share = answered / len(days) if days else 0
    line = [round(bisect.bisect_right(days, day) * share) for day in shown[:-1]]
    line.append(answered)
    since = min(PACE_DAYS, len(shown) - 1)
    pace = (answered - line[-1 - since]) / since
    return Trend(shown, tuple(line), total, pace, _complete_on(total - answered, pace, today))


def _complete_on(left: int, pace: float, today: dt.date) -> dt.date | None:
    if left <= 0:
        return today
    days = math.ceil(left / pace) if pace > 0 else LONGEST_FORECAST_DAYS + 1
    return today + dt.timedelta(days=days) if days <= LONGEST_FORECAST_DAYS else None
