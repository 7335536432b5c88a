"""How far the institution is, and what brings it further."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text, Words


class Aspect(Noun, frozen=True):
    """One thing that must be there before a place can begin."""

    what: Text
    figure: Figure
    """100 % where it is there, 0 where it is missing or nobody knows."""
    weight: float
    name: str = ""

    @property
    def percent(self) -> float:
        """How far it is there."""
        return self.figure.value or 0.0


class Ready(Noun, frozen=True):
    """How ready one branch, or the project, is."""

    branch: str
    """Empty for the project."""
    place: Words
    score: Figure
    aspects: tuple[Aspect, ...]
    steps: tuple[Step, ...] = ()
    """What of it would raise the whole score most."""


class Step(Noun, frozen=True):
    """Something to put right, with what that adds to the whole score."""

    place: Words
    what: Text
    points: float


class Readiness(Noun, frozen=True):
    """How ready the institution is to begin with Mifos, of 100."""

    score: Figure
    project: Ready
    branches: tuple[Ready, ...] = ()
    steps: tuple[Step, ...] = ()
    """What raises the score most, the most first."""
