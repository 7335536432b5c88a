"""The money."""

from __future__ import annotations

import datetime as dt

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text


class CostRow(Noun, frozen=True):
    """One line of the budget."""

    what: Text
    quantity: Figure
    unit_price: Figure
    amount: Figure
    """Once, or a year, in the institution's currency."""
    yearly: bool = False
    every: int = 0
    """Years after which it is bought again; 0 means never."""
    first: int = 1
    """The year in which it is bought first; later than 1 where what is there today grows old."""


class YearCost(Noun, frozen=True):
    """The money of one year."""

    year: int
    """1 is the year of the deployment."""
    once: Figure
    running: Figure
    total: Figure


class Rate(Noun, frozen=True):
    """What other money is worth at home, and who pays in it."""

    currency: str
    rate: Figure
    branches: tuple[str, ...] = ()
    """Names of the branches that pay in it."""
    on: dt.date | None = None


class Costs(Noun, frozen=True):
    """Five years of money; where a price is unknown the value is None and `low` holds the known part."""

    currency: str
    rows: tuple[CostRow, ...]
    years: tuple[YearCost, ...]
    once: Figure
    contingency: Figure
    total: Figure
    """Of all years."""
    per_client: Figure
    """A year and active client."""
    rate: Figure
    """Units of the currency for one US dollar."""
    rate_date: str = ""
    rates: tuple[Rate, ...] = ()
    """Of the currencies that branches abroad pay in."""
    budget: Figure | None = None
    """What there is for the whole project; None where the flow does not ask."""
    warnings: tuple[Text, ...] = ()
