"""Figures that are measured, each beside the number that it has to beat."""

from __future__ import annotations

import msgspec


class NotHere(Exception):  # noqa: N818 - the name says what happened
    """A row cannot be measured on this machine; the message says why."""


class Figure(msgspec.Struct, frozen=True):
    """One thing measured."""

    what: str
    value: float
    beat: str = ""
    """The bound in words; empty where the figure only says how much was done."""
    holds: bool = True

    def __str__(self) -> str:
        bound = f" ({self.beat})" if self.beat else ""
        return f"{self.what}: {self.value:,.6g}{bound}{'' if self.holds else ' NOT MET'}"


class Measured(msgspec.Struct, frozen=True):
    """What a row's measurement found, and when and how large it was."""

    day: str
    full: bool
    seconds: float
    figures: tuple[Figure, ...]

    @property
    def holds(self) -> bool:
        """Whether every bound is kept."""
        return all(figure.holds for figure in self.figures)


def count(what: str, value: float) -> Figure:
    """How much was done; no bound."""
    return Figure(what, value)


def none(what: str, value: float) -> Figure:
    """What must not happen."""
    return Figure(what, int(value), "0", value == 0)


def at_most(what: str, value: float, bound: float, unit: str = "") -> Figure:
    """What must stay small."""
    return Figure(what, value, f"at most {bound:,g}{unit and ' ' + unit}", value <= bound)


def at_least(what: str, value: float, bound: float, unit: str = "") -> Figure:
    """What must be large enough."""
    return Figure(what, value, f"at least {bound:,g}{unit and ' ' + unit}", value >= bound)
