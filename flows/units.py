"""Amounts with their units in words: "1 hour", "8 heures", "saa 3", "1 time a week".

A flow names its units in English; `words/` says them in each language. Symbols as Mbps stay as they are.
"""

from __future__ import annotations

from flows import locales, words


def amount(number: str, value: float, unit: str, language: str = words.BASE_LANGUAGE) -> str:
    """The number, as written already, with the unit of so many."""
    meant = locales.meant(language)
    known = words.catalogue("flows", meant if meant in words.languages("flows") else words.BASE_LANGUAGE)
    if unit in known:
        return known.say(unit, number=number, n=value).strip()
    return f"{number} {unit}".strip()


def name(unit: str, language: str = words.BASE_LANGUAGE) -> str:
    """The unit alone, as many would be counted in it."""
    return " ".join(amount("", 2, unit, language).split())
