"""Numbers as people type them: "1,200", "1 200", "12k", "about 40", "KES 4,500", "3 Mbps", "٣"."""

from __future__ import annotations

import math
import re

import msgspec

from flows import locales, nouns
from flows import units as counted
from flows.reading import digits, fractions, measures, outcome, spoken, text, units

_NUMBER = re.compile(r"[-+]?\s?(?:\d[\d.,' ]*\d|\d|[.,]\d+)")
_WORDS = re.compile(r"[\s-]+")
_RANGE = re.compile(r"\d\s*(?:-|\bto\b|\bor\b|\.\.+)\s*\d")


def number(typed: str, *, whole: bool, unit: str, language: str) -> outcome.Outcome:
    """The number in the words, in the question's unit; `whole` for an integer question."""
    # before scripts are made one: "1½" would be 11⁄2
    written, has_part = fractions.as_decimals(_without_about(typed)[0])
    sure = _without_about(text.western(typed))[1]
    words = text.western(written)
    read = _as_asked(words, sure, typed, whole=whole, unit=unit, language=language)
    if isinstance(read, outcome.Reading) and has_part:
        return msgspec.structs.replace(read, certain=False)
    if isinstance(read, outcome.Reading) and read.certain:
        return read
    converted = measures.read(words, unit, language=language)
    if converted is None or abs(converted) >= digits.LARGEST:
        return read
    value = measures.whole(converted) if whole else _tidy(converted)
    if value is not None:
        return outcome.Reading(value, sure, certain=False)
    if isinstance(read, nouns.Problem) and read.code == "not_whole":
        return read  # in the question's own unit
    amount = counted.amount(locales.number(converted, language, "0.##"), converted, unit, language)
    remark = outcome.refused("rounded", given=typed, amount=amount)
    return outcome.Reading(math.floor(converted + 0.5), sure, certain=False, remark=remark)


def _as_asked(
    words: str, sure: nouns.Sure, typed: str, *, whole: bool, unit: str, language: str
) -> outcome.Outcome:
    """The one number in the words, with nothing beside it but the question's unit."""
    if text.plain(words) in spoken.IS_NOTHING:
        return outcome.Reading(0, certain=False)
    words, spelled = _digits_for_words(words)
    if _RANGE.search(words):
        return outcome.refused("one_number", given=typed)
    found = list(_NUMBER.finditer(words))
    if len(found) != 1:
        return outcome.refused("one_number" if found else "not_a_number", given=typed)
    before, after = words[: found[0].start()].strip(), words[found[0].end() :].strip()
    read = digits.value(found[0].group(), whole=whole, grouping=spoken.grouping(locales.meant(language)))
    if read is None:
        return outcome.refused("not_a_number", given=typed)
    value, certain = read
    after, factor = _multiple(after)
    value *= factor
    for beside in (before, after):
        fits = _is_said(beside, unit, language) or units.same(beside, unit)
        if fits is False:
            return outcome.refused("other_unit", given=beside, unit=counted.name(unit, language))
        certain = certain and fits is True
    certain = certain and not spelled
    if not math.isfinite(value) or abs(value) >= digits.LARGEST:
        return outcome.refused("number_too_large")
    if whole and value != int(value):
        return outcome.refused("not_whole", given=typed)
    return outcome.Reading(int(value) if whole else _tidy(value), sure, certain)


def _is_said(beside: str, unit: str, language: str) -> bool:
    """Whether the words are the unit as the bot itself says it in the language, of one or of many."""
    said = {text.plain(counted.amount("", count, unit, language)) for count in (1, 2)} if unit else set()
    return bool(beside) and text.plain(beside) in said


def _digits_for_words(words: str) -> tuple[str, bool]:
    """The words with "nine" or "twenty-five" at their beginning as digits, and whether that was so."""
    tokens = _WORDS.split(text.plain(words))
    if not tokens or tokens[0] not in spoken.NUMERALS:
        return words, False
    value, used = spoken.NUMERALS[tokens[0]], 1
    rest = tokens[2:] if len(tokens) > 2 and tokens[1] in spoken.IS_AND else tokens[1:]
    if value >= 20 and rest and spoken.NUMERALS.get(rest[0], 10) < 10:
        value, used = value + spoken.NUMERALS[rest[0]], len(tokens) - len(rest) + 1
    return " ".join([str(value), *tokens[used:]]), True


def _without_about(words: str) -> tuple[str, nouns.Sure]:
    """The words without an "about" before or behind the number, and how sure that leaves the respondent."""
    plain = words.casefold().strip()
    for about in _ABOUT:
        if plain.startswith(about) and (not about[-1].isalpha() or not plain[len(about) :][:1].isalpha()):
            return words[len(about) :].strip(), nouns.Sure.ESTIMATE
        if plain.endswith(" " + about):
            return words[: -len(about)].strip(), nouns.Sure.ESTIMATE
    return words, nouns.Sure.KNOWN


_ABOUT = sorted({word for language in spoken.ABOUT.values() for word in language}, key=len, reverse=True)


def _multiple(after: str) -> tuple[str, int]:
    """What stands behind the number without a word such as "k" or "thousand", and what that multiplies by."""
    first, _, rest = after.partition(" ")
    factor = spoken.MULTIPLES.get(text.plain(first))
    return (rest.strip(), factor) if factor else (after, 1)


def _tidy(value: float) -> int | float:
    return int(value) if value == int(value) else value
