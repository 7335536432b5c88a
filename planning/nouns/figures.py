"""Figures with the way they came about: formula, inputs, parameters, sources, bounds."""

from __future__ import annotations

import datetime as dt
import enum

from flows import nouns
from planning.nouns.base import Noun
from planning.nouns.words import Text, Words


class Source(enum.StrEnum):
    """How far a number can be trusted, by where it comes from."""

    MEASURED = "measured"
    STATED = "stated"
    DERIVED = "derived"
    RULE_OF_THUMB = "rule_of_thumb"


class Parameter(Noun, frozen=True):
    """A number that the formulas use and an institution may replace."""

    name: str
    value: float
    unit: str
    source: Source
    origin: str
    """Where the number was found; for a rule of thumb, what it leans on."""
    replaced: bool = False
    """Whether this institution put its own number in the place of ours."""
    least: float | None = None
    """Below it an own number is a slip; None: below a tenth of ours."""
    most: float | None = None
    """Above it an own number is a slip; None: above ten times ours."""
    low: float | None = None
    """Where it stands for a price that nobody is asked, the least that it usually is; None of an own number."""
    high: float | None = None
    """And the most."""
    group: str = ""
    """What it belongs to: internet, power, money …"""
    ours: float | None = None
    """What stands in `parameters.yaml`, where it was replaced."""
    at: dt.datetime | None = None
    """When it was replaced."""

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest number that is believed in its place."""
        least = self.value / 10 if self.least is None else self.least
        return least, self.value * 10 if self.most is None else self.most


class Input(Noun, frozen=True):
    """One answer that a figure was computed from."""

    label: Words
    shown: Words
    """The value in words, with its unit; empty where nobody answered."""
    respondent: str = ""
    """Name of who answered."""
    at: dt.datetime | None = None
    sure: nouns.Sure = nouns.Sure.KNOWN
    flow: str = ""
    branch: str = ""
    """Id of the branch; empty for the organisation's sections."""
    key: str = ""


class Operand(Noun, frozen=True):
    """What entered a formula: an answer, or another figure."""

    label: Words
    value: float | None = None
    unit: str = ""
    shown: Words = ""
    """In words where it is no number; empty, without a value, while nobody knows it."""
    branch: str = ""
    """Id of the only branch whose answers are behind it; empty where there are none or several."""


class Figure(Noun, frozen=True):
    """A computed number that can say where it comes from; `value` is None while an answer is missing."""

    label: Text
    value: float | None = None
    unit: str = ""
    """kbps, VA, Ah, days, an ISO 4217 currency …; empty for plain counts."""
    formula: Text | None = None
    """The arithmetic in words; None where the figure is an answer itself."""
    operands: tuple[Operand, ...] = ()
    """What the formula was filled with, in its order."""
    inputs: tuple[Input, ...] = ()
    """Every answer behind it, those behind its operands included."""
    parameters: tuple[Parameter, ...] = ()
    source: Source = Source.DERIVED
    low: float | None = None
    high: float | None = None
    """The bounds where inputs are estimates or partly unknown; None where there are none."""
    waits_for: tuple[str, ...] = ()
    """Ids of the open points without which the value is not known."""
