"""A figure and how it came about."""

from __future__ import annotations

from document_templates.fields.base import Fields


class FigureRow(Fields, frozen=True):
    """A computed number with where it comes from."""

    number: str
    """As 6.3: the third figure of chapter 6."""
    label: str
    value: str
    formula: str
    comes_from: str
    """The answers and parameters behind it."""


class ParameterRow(Fields, frozen=True):
    """A number the formulas use."""

    name: str
    value: str
    source: str
    origin: str


class ParameterGroup(Fields, frozen=True):
    """The numbers on one subject."""

    title: str
    """As Parameters: Internet."""
    rows: list[ParameterRow]


class FormulaRow(Fields, frozen=True):
    """A figure of the plan and its arithmetic."""

    number: str
    label: str
    formula: str
