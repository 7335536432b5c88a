"""Amounts with their units in words: "1 hour", "8 heures", "saa 3", "1 time a week".

A flow names its units in English; `words/` says them in each language. Symbols as Mbps stay as they are.
"""

from __future__ import annotations

from flows import locales, words

PERCENT = "%"
"""The one symbol that languages set each in their own way."""

AFTER_AMOUNTS = frozenset(
    {
        "a day",
        "a litre",
        "a month",
        "day of the month",
        "each",
        "for 1",
        "for 1 USD",
        "in all",
        "lines a day",
        "people",
        "pieces",
    }
)
"""Units that an amount is read with: the question says them in its own words, and "In each." would tell nobody more."""


def amount(number: str, value: float, unit: str, language: str = words.BASE_LANGUAGE) -> str:
    """The number, as written already, with the unit of so many."""
    if unit == PERCENT:
        return locales.percent(number, language).strip()
    if locales.is_currency(unit):
        # the code, not a sign: several currencies share one sign
        return f"{unit} {number}".strip()
    meant = locales.meant(language)
    known = words.catalogue("flows", meant if meant in words.languages("flows") else words.BASE_LANGUAGE)
    if unit in known:
        return known.say(unit, number=number, n=value).strip()
    return f"{number} {unit}".strip()


def asked_in(unit: str, language: str = words.BASE_LANGUAGE) -> str:
    """The unit to be told with a question; empty where the question says it in its own words."""
    return "" if unit in AFTER_AMOUNTS else name(unit, language)


def name(unit: str, language: str = words.BASE_LANGUAGE) -> str:
    """The unit alone, as many would be counted in it."""
    return " ".join(amount("", 2, unit, language).split())
