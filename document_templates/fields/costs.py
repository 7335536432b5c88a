"""The money."""

from __future__ import annotations

from document_templates.fields.base import Fields
from document_templates.fields.branches import Fact
from document_templates.fields.schedule import Chart


class CostRow(Fields, frozen=True):
    """A line of the budget."""

    number: str
    what: str
    quantity: str
    unit_price: str
    amount: str
    when: str
    """Once, yearly, or every so many years."""


class YearRow(Fields, frozen=True):
    """The money of one year."""

    number: str
    year: str
    once: str
    running: str
    total: str


class Costs(Fields, frozen=True):
    """The money."""

    facts: list[Fact]
    rows: list[CostRow]
    years: list[YearRow]
    charts: list[Chart]
    """A bar a year; empty while no amount is known."""
    warnings: list[str]
