"""What a regular expression consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CharacterTest = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Single:
    """One character that passes a test."""

    test: CharacterTest


@dataclass(frozen=True, slots=True)
class Assertion:
    """A condition on the place: start, end, boundary, no boundary."""

    kind: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """A part from `least` to `most` times; None is without end."""

    part: Part
    least: int
    most: int | None


Part = Single | Assertion | Chain | Choice | Repetition
