"""When no branch may move to Mifos: around the ends of months and of the year, when the books are closed."""

from __future__ import annotations

import datetime as dt

from planning import environment, workbook

Range = tuple[dt.date, dt.date]

FINANCE = "finance_setup"


def months(work: workbook.Workbook, first: int, last: int) -> tuple[Range, ...]:
    """The last days of every month and the first ones of the next, for the years from `first` to `last`."""
    return _around(
        [dt.date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13)],
        work.parameter("freeze_before_month"),
        work.parameter("freeze_after_month"),
    )


def years(work: workbook.Workbook, first: int, last: int) -> tuple[Range, ...]:
    """The same around the beginning of the financial year, longer."""
    month = work.facts.one(FINANCE, "financial_year_start").text
    begins = environment.MONTHS.index(month) + 1 if month in environment.MONTHS else 1
    return _around(
        [dt.date(year, begins, 1) for year in range(first, last + 1)],
        work.parameter("freeze_before_year"),
        work.parameter("freeze_after_year"),
    )


def _around(beginnings: list[dt.date], before: float, after: float) -> tuple[Range, ...]:
    if before + after < 1:
        return ()
    return tuple(
        (day - dt.timedelta(days=int(before)), day + dt.timedelta(days=int(after) - 1)) for day in beginnings
    )
