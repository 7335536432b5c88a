"""Tests of single characters: the classes of regular expressions."""

from __future__ import annotations

import unicodedata

from flows.expressions.patterns.parts import CharacterTest

WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def word(character: str) -> bool:
    """Whether it is a letter, digit or underscore."""
    return character in WORD


def digit(character: str) -> bool:
    """Whether it is one of 0 to 9."""
    return "0" <= character <= "9"


CLASSES: dict[str, CharacterTest] = {"d": digit, "w": word, "s": str.isspace}


def opposite(test: CharacterTest) -> CharacterTest:
    """The test that passes what the given one does not."""
    return lambda character: not test(character)


def exactly(wanted: str) -> CharacterTest:
    """The test for one character."""
    return lambda character: character == wanted


def span(first: str, last: str) -> CharacterTest:
    """The test for a range."""
    return lambda character: first <= character <= last


def category(name: str) -> CharacterTest:
    """The test of `\\p{L}`: the start of Unicode's general category."""
    return lambda character: unicodedata.category(character).startswith(name)


def any_of(tests: tuple[CharacterTest, ...]) -> CharacterTest:
    """The test that passes what any of them does."""
    return lambda character: any(test(character) for test in tests)
