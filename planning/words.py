"""Says the plan's texts: the sentences lie in `words/`, English is the base."""

from __future__ import annotations

from typing import Any

import flows.words
from flows import locales, units
from planning import nouns, parameter_words


def say(text: nouns.Words, language: str = flows.words.BASE_LANGUAGE) -> str:
    """The words of a text in a language; words that somebody else wrote pass as they are."""
    if isinstance(text, str):
        return text
    values = {name: _shown(name, value, language) for name, value in text.values.items()}
    if parameter_words.is_ours(text.code):
        return parameter_words.catalogue(language).say(text.code)
    return flows.words.catalogue("planning", language).say(text.code, **values)


def known(code: str) -> bool:
    """Whether the catalogue has such a sentence."""
    return code in flows.words.catalogue("planning", flows.words.BASE_LANGUAGE)


LONGEST = 1e15
"""From here on a number is written with a power of ten, as in 1.2E20: nobody reads so many digits."""

SMALL = 0.1
"""Below it two places behind the comma say too little, as of a rate of 0.0077: three digits do."""


def number(value: float | None, language: str = flows.words.BASE_LANGUAGE) -> str:
    """A number as people of that language write it, two places behind the comma unless it is smaller; "" for None."""
    if value is None:
        return ""
    if 0 < abs(value) < SMALL:
        return locales.number(float(f"{value:.3g}"), language)
    value = round(value, 2) or 0  # never "-0"
    pattern = "#,##0.##" if abs(value) < LONGEST else "0.##E0"
    return locales.number(value, language, pattern)


def _shown(name: str, value: Any, language: str) -> object:
    """A value as it goes into a sentence; `n` stays a number, because it picks the plural."""
    match value:
        case nouns.Text():
            return say(value, language)
        case int() | float():
            return _whole(value) if name == "n" else number(value, language)
        case nouns.Day():
            return locales.date(value.day, language)
        case nouns.Amount(value=amount, unit=unit):
            return units.amount(number(amount, language), amount, unit, language)
        case tuple():
            return ", ".join(str(_shown("", part, language)) for part in value)
    return value


def _whole(value: float) -> float:
    """A count as it is said: 3 and not 3.0."""
    return int(value) if float(value).is_integer() else value
