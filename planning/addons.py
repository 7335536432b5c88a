"""Programs beside Mifos that close gaps cost a fee every year; offers name it, until then the specialist's day is its measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planning import costs, functional_gaps, nouns, prices, workbook

WAY = "resolution.plugin"


def rows(work: workbook.Workbook, gaps: Sequence[nouns.Gap]) -> Iterator[nouns.CostRow]:
    """The budget's row of their fees; none where every need is known and no such program closes one."""
    there = work.counted("addons", len({program for gap in gaps if (program := _program(gap))}))
    many = work.total("addons", [there], missing=functional_gaps.unasked(work))
    if many.value == 0:
        return
    each = work.computed(
        "price_addon",
        lambda day, days: day * days,
        prices.price(work, "specialist_day_price"),
        work.assumed("addon_days", "addon_days"),
        unit=work.currency,
    )
    yield nouns.CostRow(nouns.Text("cost.addons"), many, each, costs.amount(work, many, each), yearly=True)


def _program(gap: nouns.Gap) -> str:
    """Which program closes a gap: one may close several, and what Mifos does without a screen takes a script of one's own."""
    if gap.resolution is None or gap.resolution.code != WAY:
        return ""
    capability = next(one for one in functional_gaps.capabilities().values() if one.id == gap.id)
    own = "" if capability.support == "A" else capability.id
    return capability.program or own
