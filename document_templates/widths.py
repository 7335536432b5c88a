"""How wide words are in print, near enough to keep a column from breaking one inside."""

from __future__ import annotations

import functools
import re
import unicodedata

_HUNDREDTHS = {
    28: "'`|il,.:;jI!",
    33: "()[]{}-ftrJ\u00a0\u202f",
    42: 'sczLF/\\"',
    50: 'aegvxykESTYZ?#*+<=>^_~$0123456789•–·"',
    55: "bdhnopquBCKPRVX",
    65: "ADGHNOQU&%●",
    80: "mw",
    91: "MW@",
}
"""Of the height of type -> the letters that wide in bold Calibri, the widest hand that the plan is set in."""
_OF_LETTER = {letter: width for width, letters in _HUNDREDTHS.items() for letter in letters}
_OTHER = 60
"""What is not listed: signs, and letters of other scripts."""
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+|(?<=[-\u2010\u2013\u2014\u200b])")
"""Where a line may end: at a space that is no fixed one, and behind a hyphen."""


@functools.lru_cache(maxsize=20_000)
def longest_word(words: str, points: float) -> int:
    """The width of the longest part that no line may break, in twentieths of a point."""
    return max((_hundredths(part) for part in _BREAKS.split(words)), default=0) * round(20 * points) // 100


def _hundredths(part: str) -> int:
    """Accents take no room beside their letter."""
    plain = unicodedata.normalize("NFD", part)
    return sum(_OF_LETTER.get(letter, _OTHER) for letter in plain if not unicodedata.combining(letter))
