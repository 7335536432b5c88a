"""Amounts in another unit of the same kind, or in several: "2 days", "1 h 30", "half a day", "2 GB", "twice a month".

They are converted to the unit of the question; who asks says back what was understood before it counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows import locales
from flows import units as counted
from flows import words as catalogues
from flows.reading import digits, spoken, text, units

KINDS: tuple[Mapping[str, float], ...] = (
    {
        "ms": 0.001,
        "second": 1,
        "minute": 60,
        "hour": 3_600,
        "day": 86_400,
        "week": 7 * 86_400,
        "month": 365 / 12 * 86_400,
        "year": 365 * 86_400,
    },
    {"kbps": 0.001, "mbps": 1, "gbps": 1_000},
    {"mb": 1, "gb": 1_024, "tb": 1_024**2},
    {"va": 1, "kva": 1_000},
    # a panel's peak is said in plain watts as well
    {"w": 1, "wp": 1, "kw": 1_000, "kwp": 1_000},
    {"km": 1, "mile": 1.609},
)
"""What can be converted: in each row the units of one kind, by their names in `units.SAME`, with their sizes."""

TIME = KINDS[0]

NEAR = 0.02
"""Share by which a converted number may miss a whole one where one is due: months and years are no whole days."""

_TOKEN = re.compile(r"\d[\d.,' ]*\d|\d|[^\W\d_]+(?:/[^\W\d_]+)?|\S")
_JOINT = re.compile(r"\bd'|(?<=[^\W\d_])-(?=[^\W\d_])")
"""What joins words: "quart d'heure", "demi-heure"."""
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_RATE = re.compile(r"times an? (\w+)")


class _Word(NamedTuple):
    """One word of an amount, by what it does: number, fraction, unit, and, article."""

    does: str
    value: float = 0.0
    unit: str = ""


def read(words: str, unit: str, *, language: str) -> float | None:
    """The amount in the question's unit; None where the words are no amount of that kind."""
    plain = _JOINT.sub(" ", text.plain(words))
    rate = _RATE.fullmatch(text.plain(unit))
    if rate is not None:
        return _rate(plain, units.named(rate.group(1)), language)
    name = units.named(unit)
    sizes = next((kind for kind in KINDS if name in kind), None)
    if sizes is None:
        return None
    clock = _CLOCK.fullmatch(plain)
    if clock is not None and name in ("hour", "minute"):
        total: float | None = int(clock.group(1)) * TIME["hour"] + int(clock.group(2)) * TIME["minute"]
    else:
        total = _sum(tuple(_words(plain, sizes, language)), sizes)
    return None if total is None else _rounded(total / sizes[name])


def _rate(plain: str, period: str, language: str) -> float | None:
    """How many times in the question's period: "2 times a month" for a week."""
    tokens = [word for word in _TOKEN.findall(plain) if word not in spoken.IS_TIMES]
    if len(tokens) > 1 and tokens[0] in spoken.ONCE and tokens[1] in spoken.IS_EACH:
        tokens[0] = str(spoken.ONCE[tokens[0]])
    tokens = [word for word in tokens if word not in spoken.IS_EACH]
    found = sorted(_words(" ".join(tokens), TIME, language), key=lambda word: word.does)
    if [word.does for word in found] != ["number", "unit"]:
        return None
    number, each = found
    return _rounded(number.value * TIME[period] / TIME[each.unit])


def _words(plain: str, sizes: Mapping[str, float], language: str) -> Iterator[_Word]:
    """The words by what they do; what does nothing here is passed on as it is, and spoils the sum."""
    meant = locales.meant(language)
    names = _names(meant)
    for token in _TOKEN.findall(plain):
        if token[0].isdigit():
            value = digits.value(token, whole=False, grouping=spoken.grouping(meant))
            yield _Word("number", value[0]) if value is not None else _Word("nothing")
        elif token in spoken.ARTICLE.get(meant, ()):
            yield _Word("article")  # "an" is a year in French
        elif names.get(token, "") in sizes:
            yield _Word("unit", unit=names[token])
        elif token in spoken.FRACTIONS:
            yield _Word("fraction", spoken.FRACTIONS[token])
        elif token in spoken.NUMERALS:
            yield _Word("number", spoken.NUMERALS[token])
        elif token in spoken.IS_AND:
            yield _Word("and")
        else:
            yield _Word("article" if token in spoken.IS_ARTICLE else "nothing")


def _sum(words: tuple[_Word, ...], sizes: Mapping[str, float]) -> float | None:
    """The amounts together; a unit stands behind its number, or before it as in Swahili."""
    first = words[0].does if words else ""
    total, last, joined = 0.0, "", False
    number = 1.0 if first == "article" else None
    for place, word in enumerate(words):
        match word.does:
            case "number" if first == "unit" and last and number is None:
                total, number = total + word.value * sizes[last], 0.0
            case "number" if number is None:
                number = word.value
            case "fraction" if joined and last:
                total, number = total + (number or 1.0) * word.value * sizes[last], None
            case "fraction" if number is not None:
                number = number + word.value if joined else number * word.value
            case "fraction":
                number = word.value
            case "unit" if first == "unit" and (number is not None or place == 0):
                last, number = word.unit, None
            case "unit" if first != "unit" and number is not None:
                total, last, number = total + number * sizes[word.unit], word.unit, None
            case "and" | "article":
                pass
            case _:
                return None
        joined = word.does == "and" or (joined and word.does in ("article", "number"))
    if first == "unit":
        return total or None
    if number is not None:
        if last != "hour" or number >= 60:
            return None
        total += number * sizes["minute"]
    return total if last else None


def _rounded(value: float) -> float:
    """As exactly as people count: two digits behind the point, or two that are not 0."""
    return round(value, 2) if abs(value) >= 1 else float(f"{value:.2g}")


def whole(value: float) -> int | None:
    """The whole number that a converted one is near to; None where it is near to none."""
    nearest = round(value)
    return nearest if abs(value - nearest) <= NEAR * nearest else None


@functools.cache
def _names(language: str) -> Mapping[str, str]:
    """Word -> the unit that it names: what `units.SAME` lists, and what the catalogue says in the language."""
    known = language if language in catalogues.languages("flows") else catalogues.BASE_LANGUAGE
    said = {
        text.plain(counted.amount("", count, unit, known)): units.named(unit)
        for unit in catalogues.english("flows")
        if units.named(unit)
        for count in (1, 2)
    }
    return {**said, **units.GROUP}
