"""Parts of one in a number: "1/2", "½", "2 3/4", "half", "one and a half", "moja na nusu", "trois quarts"."""

from __future__ import annotations

import re
import unicodedata

from flows.reading import spoken, text

_WRITTEN = re.compile(r"(?<![\d./])(?:(\d{1,6})\s+)?(\d)\s?[/⁄]\s?(\d{1,2})(?![\d./])")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\S")


def as_decimals(words: str) -> tuple[str, bool]:
    """The words with a part of one written as a decimal, and whether there was any."""
    spaced = "".join(_spaced(character) for character in words)
    changed = _WRITTEN.sub(_decimal, spaced)
    if changed != spaced:
        return changed, True
    value = _spelled(words)
    return (words, False) if value is None else (f"{value:g}", True)


def _spaced(character: str) -> str:
    """ "½" as " 1⁄2": beside digits it would be taken for one of them."""
    is_fraction = unicodedata.decomposition(character).startswith("<fraction>")
    return f" {unicodedata.normalize('NFKC', character)}" if is_fraction else character


def _decimal(found: re.Match[str]) -> str:
    whole, above, below = (int(part or 0) for part in found.groups())
    if not 0 < above < below:
        return found[0]
    # two digits: a third is no number of people's thousandths
    return f"{whole + round(above / below, 2):g}"


def _spelled(words: str) -> float | None:
    """What the words say, where all of them are numbers, parts and what joins them, with one part at least."""
    tokens = _WORD.findall(text.plain(words).replace("-", " "))
    if not any(token in spoken.FRACTIONS for token in tokens):
        return None
    total, joined = None, False
    for token in tokens:
        value = spoken.FRACTIONS.get(token)
        if value is not None:
            total = value if total is None else total + value if joined else total * value
        elif token.isdecimal() or token in spoken.NUMERALS:
            number = int(token) if token.isdecimal() else spoken.NUMERALS[token]
            if joined and number == 1:
                continue  # "dos y un cuarto": it counts the part
            total = number if total is None else total * number
        elif token not in spoken.IS_AND and token not in spoken.IS_ARTICLE:
            return None
        joined = token in spoken.IS_AND or (joined and value is None)
    return total
