"""What in typed words looks as if it told who a client is, and the words without it; pure.

The assessment asks about branches, never about clients. Whoever pastes a line of a ledger all the same is
asked before it is kept: phone, identity and account numbers, and names behind a word for a client.
"""

from __future__ import annotations

import re

LEAST_DIGITS = 7
"""Of a number that may lead to a person: phone numbers without their area code have as many."""

MOST_DIGITS = 19
"""Of such a number: the longest account and card numbers have as many."""

DIGITS_LEFT = 2
"""Digits at the end that stay, so that whoever wrote the number knows which it was."""

SIGN = "•"
"""Stands for what is hidden."""

_CLIENT = (
    "client|member|customer|borrower|depositor|"  # English
    "clienta|socio|socia|prestatario|prestataria|"  # Spanish
    "cliente|membre|sociétaire|emprunteur|emprunteuse|"  # French
    "mteja|mwanachama|mkopaji"  # Swahili
)

_NAME = re.compile(
    rf"\b(?:{_CLIENT})\s+(?P<name>(?:(?:Mrs?|Ms|Mme|M|Sr|Sra|Bw|Bi)\.?\s)?[A-ZÀ-ÖØ-Þ]\w+(?:\s[A-ZÀ-ÖØ-Þ]\w+)+)"
)
"""A word for a client in small letters, and at least two words in capitals behind it: "client John Otieno"."""

_NUMBER = re.compile(r"(?<![\w.,•])[A-Z]{0,3}\(?\+?\d(?:(?:[ .,/-]|\) ?| \()?\d)+(?![\w•])")
"""Digits with what people put between them, and the letters that begin passports and accounts."""

_HARMLESS = (
    re.compile(r"\d{1,3}([ .,]\d{3})+([.,]\d{1,2})?"),  # an amount in groups of three
    re.compile(r"\d+[.,]\d+"),  # a measure or coordinate
    re.compile(r"\d+000"),  # a round amount
    re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}"),  # a day
    re.compile(r"(19|20)\d\d\s?[-/]\s?(19|20)\d\d"),  # years
    re.compile(r"\d{1,2}[.:]\d\d\s?-\s?\d{1,2}[.:]\d\d"),  # hours
    re.compile(r"\d{1,3}(\.\d{1,3}){3}"),  # an address of the Internet
    re.compile(r"\d{1,4}(,\d{1,4})+"),  # several small numbers
)


def hidden(words: str) -> str:
    """The words with such numbers and names hidden; the same words where there are none."""
    return _NUMBER.sub(_number, _NAME.sub(_name, words))


def _name(found: re.Match[str]) -> str:
    before = found.group()[: found.start("name") - found.start()]
    return before + " ".join(f"{part[0]}." for part in found["name"].split())


def _number(found: re.Match[str]) -> str:
    written = found.group()
    digits = sum(character.isdecimal() for character in written)
    plain = written.strip("(")
    if not LEAST_DIGITS <= digits <= MOST_DIGITS or any(known.fullmatch(plain) for known in _HARMLESS):
        return written
    return SIGN * (digits - DIGITS_LEFT) + "".join(filter(str.isdecimal, written))[-DIGITS_LEFT:]
