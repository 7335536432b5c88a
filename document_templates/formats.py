"""Numbers, money and dates as the reader's language writes them."""

from __future__ import annotations

import datetime as dt

import babel
from babel import dates, numbers

from flows import units
from planning import money, words

SMALL_PRICE = 10
"""Below it a price has cents: a kWh of 0.2 dollars does not cost 0."""


class Formats:
    """Formatting for one language."""

    def __init__(self, locale: babel.Locale) -> None:
        self.locale = locale
        self._language = locale.language

    def number(self, value: float) -> str:
        """With the language's separators, and only as many decimals as the size deserves."""
        decimals = 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 10 else 2
        return str(numbers.format_decimal(round(value, decimals), format="#,##0.##", locale=self.locale))

    def amount(self, value: float, unit: str) -> str:
        """A number with its unit; an ISO 4217 currency makes it money, in whole units unless it is a small price."""
        if money.is_known(unit):
            whole = abs(value) >= SMALL_PRICE or float(value).is_integer()
            written = numbers.format_decimal(
                value, format="#,##0" if whole else "#,##0.00", locale=self.locale
            )
            return units.amount(str(written), value, unit, self._language)
        if money.is_rate(unit):
            # a rate of 129.5 is not 130
            return f"{words.number(value, self._language)} {unit}"
        return units.amount(self.number(value), value, unit, self._language)

    def compact(self, value: float) -> str:
        """As 1.7M: a mark on a chart's scale."""
        return str(numbers.format_compact_decimal(value, locale=self.locale, fraction_digits=1))

    def date(self, day: dt.date) -> str:
        """As 4 Jan 2027."""
        return str(dates.format_date(day, format="medium", locale=self.locale))

    def long_date(self, day: dt.date) -> str:
        """As 4 January 2027."""
        return str(dates.format_date(day, format="long", locale=self.locale))

    def column_date(self, day: dt.date) -> str:
        """As 4 Jan 2027: the head of a chart's column, with the year because projects cross one."""
        return str(dates.format_skeleton("yMMMd", day, locale=self.locale))

    def weekday(self, day: int) -> str:
        """The name of a day of the week, Monday is 0."""
        return str(dates.get_day_names("wide", locale=self.locale)[day])

    def country(self, code: str) -> str:
        """The country's name."""
        return str(self.locale.territories.get(code, code))

    def currency(self, code: str) -> str:
        """The currency's name with its code."""
        return f"{numbers.get_currency_name(code, locale=self.locale)} ({code})"
