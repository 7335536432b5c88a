"""Currencies: which are known, what a country pays in, and what one unit of another is worth at home."""

from __future__ import annotations

import functools

from babel import numbers

from flows import locales

DOLLAR = "USD"


def is_known(currency: str) -> bool:
    """Whether it is a currency of ISO 4217."""
    return locales.is_currency(currency)


@functools.cache
def of_country(country: str) -> str:
    """What a country pays in; empty where nobody knows the country."""
    try:
        return next(iter(numbers.get_territory_currencies(country)), "") if country else ""
    except (LookupError, ValueError):
        return ""


def rate_unit(home: str, other: str) -> str:
    """The unit of a rate: how much of one's own money a unit of the other is worth."""
    return f"{home}/{other}"


def is_rate(unit: str) -> bool:
    """Whether a unit is that of a rate."""
    home, _, other = unit.partition("/")
    return is_known(home) and is_known(other)
