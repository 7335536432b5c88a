"""Languages as Babel knows them: whose dates, numbers and plurals are written how."""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import re

import babel
import babel.dates
import babel.numbers

_FIGURES = re.compile(r"[#0,.]+")
"""Where the number stands in Babel's pattern of a percentage."""

REGIONS = {"en": "GB", "fr": "FR", "es": "ES", "sw": "KE"}
"""The country whose spelling and dates are meant by a language named alone: day before month everywhere."""

PROMISED = ("en", "fr", "es", "sw")
"""The languages in which everything is said."""

AUTHORS_LANGUAGES = 256
"""Ways of writing a language that are remembered: forms name theirs as they like."""

CURRENCY_LETTERS = 3
"""Of a currency's code, by ISO 4217."""

NUMBERS_REMEMBERED = 4096
"""A plan says the same few hundred numbers over and over."""


def plain(language: str) -> str:
    """The language alone, as catalogues are named: `fr` of fr-CA, FR_ca or `Français (fr)`."""
    return _code(language).replace("_", "-").partition("-")[0].casefold()


def _code(language: str) -> str:
    """What stands in brackets, where a form's author writes name and code as `Français (fr)`."""
    return (language.rpartition("(")[2].rstrip(") ") if language.endswith(")") else language).strip()


def means(written: str, language: str) -> bool:
    """Whether a form's author means that language: by its code, its name, or both as in `Français (fr)`."""
    locale = of(language)
    names = {language, str(locale.get_language_name("en")).casefold(), str(locale.language_name).casefold()}
    return plain(written) in names


@functools.lru_cache(maxsize=AUTHORS_LANGUAGES)
def meant(written: str) -> str:
    """The language that a form's author means, as catalogues are named; what they wrote where it is not ours."""
    return next((language for language in PROMISED if means(written, language)), plain(written))


@functools.lru_cache(maxsize=AUTHORS_LANGUAGES)
def of(language: str) -> babel.Locale:
    """The locale of a language; English's where nobody knows it."""
    name = _code(language).replace("-", "_")
    try:
        return babel.Locale.parse(f"{name}_{REGIONS[name]}" if name in REGIONS else name)
    except (ValueError, babel.UnknownLocaleError):
        return babel.Locale("en", "GB")


def date(day: dt.date, language: str) -> str:
    """A day in full: 15 March 2027, 15 mars 2027, 15 de marzo de 2027, 15 Machi 2027."""
    return str(babel.dates.format_date(day, "long", of(language)))


def short_date(day: dt.date, language: str) -> str:
    """A day of these months: 15 Mar, 15 mars, 15 mar, 15 Mac."""
    return str(babel.dates.format_skeleton("MMMd", day, locale=of(language)))


@functools.lru_cache(maxsize=NUMBERS_REMEMBERED)
def number(value: float, language: str, pattern: str = "#,##0.############") -> str:
    """A number with the language's own signs for thousands and decimals."""
    try:
        return str(babel.numbers.format_decimal(value, pattern, of(language)))
    except decimal.InvalidOperation:
        # more digits than anybody counts: only how many matters
        return f"{decimal.Decimal(value):.2e}"


def percent(number: str, language: str) -> str:
    """A number, as written already, of a hundred: 99% in English, 99 % with the fixed space that French wants."""
    return _FIGURES.sub(lambda _: number, str(of(language).percent_formats[None].pattern), count=1)


@functools.lru_cache(maxsize=AUTHORS_LANGUAGES)
def is_currency(code: str) -> bool:
    """Whether it is a currency of ISO 4217."""
    return len(code) == CURRENCY_LETTERS and code.isupper() and bool(babel.numbers.is_currency(code))


def moment(at: dt.datetime, zone: dt.tzinfo, language: str) -> str:
    """A time of these days by the clock of a place: Monday 15 March, 9:00."""
    local = at.astimezone(zone)
    day = babel.dates.format_skeleton("EEEEMMMMd", local, locale=of(language))
    return f"{day}, {local:%H:%M}".replace(", 0", ", ")


def month(first: dt.date, language: str) -> str:
    """A month with its year: March 2027, mars 2027, marzo de 2027, Machi 2027."""
    return str(babel.dates.format_skeleton("yMMMM", first, locale=of(language)))


def first_weekday(language: str, country: str) -> int:
    """The day on which a week begins where this language is spoken in that country, Monday being 0."""
    try:
        return int(babel.Locale.parse(f"{plain(language)}_{country}").first_week_day)
    except (ValueError, babel.UnknownLocaleError):
        return int(of(language).first_week_day)
