"""Prices as finance gave them; one below 0 is named and not believed."""

from __future__ import annotations

from planning import nouns, workbook

FLOW = "finance_setup"

ASKED = (
    "price_computer", "price_printer", "price_ups", "price_battery", "price_router", "price_server",
    "hosting_month_price", "specialist_day_price",
)  # fmt: skip


def price(work: workbook.Workbook, name: str, figure: str = "price") -> nouns.Figure:
    """A price in the institution's currency; without value where nobody knows it or it cannot be true."""
    fact = work.facts.one(FLOW, name)
    if fact.number is not None and fact.number < 0:
        return work.unknown(figure, unit=work.currency)
    return work.stated(figure, fact, work.currency)


def given(work: workbook.Workbook, flow: str, name: str, branch: str) -> nouns.Figure:
    """A price that a branch gave."""
    return work.stated("price", work.facts.one(flow, name, branch), work.currency)


def warnings(work: workbook.Workbook) -> tuple[nouns.Text, ...]:
    """The prices that cannot be true."""
    return tuple(
        nouns.Text("warning.negative_price", {"question": fact.label, "shown": fact.shown})
        for fact in (work.facts.one(FLOW, name) for name in ASKED)
        if fact.number is not None and fact.number < 0
    )
