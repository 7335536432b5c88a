"""What no line may part: amounts and their units, a minus and its number, a place on the map, French signs.

Words come from catalogues, answers and people, so it is done once, to all that a document prints.
"""

from __future__ import annotations

import functools
import re

import flows.words
from flows import locales

NO_BREAK = "\u00a0"
MINUS = "\u2212"
"""The sign itself: behind a hyphen a line may end, even in front of a digit."""

SYMBOL = 4
"""Letters of a word behind a number that is taken for a symbol, as kbps or kVA; a short word does no harm there."""

_COUNTS = (0, 1, 2, 5, 11)
"""Of a unit, so that each of a language's plural forms is met."""
_MARK = "#"
_FRENCH = re.compile(r"(?<=\S) (?=[:;!?»])|(?<=«) ")
"""What stands before a sign in French, and nowhere in the others."""
_DIGIT = re.compile(r"\d")
_NEGATIVE = re.compile(r"(?:(?<=^)|(?<=[\s(\[;:,]))-(?=\d)")
_CURRENCY = re.compile(r"\b([A-Z]{3}) (?=\d)")
_PLACE = re.compile(r"(?<=\.\d{5}), (?=\u2212?\d{1,3}\.\d{5})")
"""Between latitude and longitude, as `flows.shown` writes them."""


def text(value: str, *, language: str) -> str:
    """The words with fixed spaces where no line may end."""
    value = _FRENCH.sub(NO_BREAK, value)
    if not _DIGIT.search(value):
        return value
    before, behind = _units(locales.plain(language))
    value = _NEGATIVE.sub(MINUS, value)
    value = _PLACE.sub(f",{NO_BREAK}", value)
    value = _CURRENCY.sub(_money, value)
    value = behind.sub(NO_BREAK, value)
    return before.sub(rf"\1{NO_BREAK}", value) if before else value


def _money(found: re.Match[str]) -> str:
    return f"{found[1]}{NO_BREAK}" if locales.is_currency(found[1]) else found[0]


@functools.cache
def _units(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """What finds the space behind the words that a language says before a number, and in front of those behind it."""
    catalogue = flows.words.catalogue("flows", language)
    before, behind = set[str](), set[str]()
    for unit in flows.words.english("flows"):
        for count in _COUNTS:
            front, _, back = catalogue.say(unit, number=_MARK, n=count).partition(_MARK)
            before |= set(front.split()[-1:]) if front.endswith(" ") else set()
            behind |= set(back.split()[:1])
    words = "|".join(sorted(map(re.escape, behind), key=len, reverse=True))
    following = re.compile(rf"(?<=\d) (?=(?:{words})\b|[^\W\d_]{{1,{SYMBOL}}}\b|[%°])")
    if not before:
        return None, following
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, before)))}) (?=\d)", re.IGNORECASE), following
