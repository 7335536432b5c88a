"""Prices as finance and branches gave them."""

from __future__ import annotations

from planning import nouns, workbook

FLOW = "finance_setup"


def price(work: workbook.Workbook, name: str, figure: str = "price") -> nouns.Figure:
    """A price in the institution's currency; without value where nobody knows it."""
    return work.stated(figure, work.facts.one(FLOW, name), work.currency)


def given(work: workbook.Workbook, flow: str, name: str, branch: str) -> nouns.Figure:
    """A price that a branch gave."""
    return work.stated("price", work.facts.one(flow, name, branch), work.currency)
