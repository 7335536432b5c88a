"""Typed words as they may be kept, and as they may be compared."""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 2000
"""Characters of an answer: a table cell of the plan stays readable; Telegram sends at most 4096."""

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that reorder what stands around them: they would let an answer disturb the words beside it."""

_INVISIBLE = frozenset("\ufeff\u200b\u2060\u00ad")


def clean(typed: str) -> str:
    """The words without what nobody sees: control characters, lone surrogates, marks of direction, outer space."""
    kept = "".join(character for character in typed if _may_stay(character))
    return unicodedata.normalize("NFC", kept.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _may_stay(character: str) -> bool:
    if character in "\n\t\r":
        return True
    if character in _DIRECTIONS or character in _INVISIBLE:
        return False
    # joiners (Cf) stay: scripts and emoji need them
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Co"}


def plain(typed: str) -> str:
    """The words for comparing: lower case, no accents, plain apostrophes, single spaces, no closing mark."""
    folded = unicodedata.normalize("NFKD", typed.replace("’", "'").replace("‘", "'").casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return re.sub(r"\s+", " ", bare).strip(" \t\n.!?,;:")


def western(typed: str) -> str:
    """The words with every script's digits as 0 to 9, and with plain signs, points and spaces."""
    folded = unicodedata.normalize("NFKC", typed.replace("٫", ".").replace("٬", ","))
    return "".join(map(_western_character, folded)).strip()


_SIGNS = {"−": "-", "–": "-", "—": "-", "’": "'", "`": "'"}


def _western_character(character: str) -> str:
    if character.isspace():
        return " "
    digit = unicodedata.decimal(character, None)
    return _SIGNS.get(character, character) if digit is None else str(digit)
