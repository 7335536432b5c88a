"""One way to fill a gap, what it costs over the plan's years, and which of several is advised."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from planning import costs, nouns, workbook

WORST_LAST = (nouns.Severity.GREEN, nouns.Severity.AMBER, nouns.Severity.RED)


def option(
    way: str,
    kind: str,
    cost: nouns.Figure,
    days: nouns.Figure,
    fit: nouns.Severity,
    covers: float | None = None,
    values: Mapping[str, nouns.Value] | None = None,
) -> nouns.Option:
    """A way that fills `covers` pieces of the gap, or all of it where that is None."""
    count: dict[str, nouns.Value] = {} if covers is None else {"n": math.ceil(covers)}
    what = nouns.Text(f"fill.{way}_{kind}", count | dict(values or {}))
    return nouns.Option(nouns.Text(f"way.{way}"), what, cost, days, fit, covers)


def without(work: workbook.Workbook, kind: str, fit: nouns.Severity) -> nouns.Option:
    """To go on without it, by a procedure on paper or by taking turns."""
    cost = work.computed("option_nothing_bought", lambda: 0.0, unit=work.currency)
    return option("workaround", kind, cost, work.counted("option_days", 0, "days"), fit)


def bought(work: workbook.Workbook, pieces: nouns.Figure, price: nouns.Figure, life: str) -> nouns.Figure:
    """What pieces cost over the plan's years, bought again whenever their life ends."""
    return work.computed(
        "option_bought",
        lambda many, each, years, lasts: many * each * math.ceil(years / lasts),
        pieces,
        price,
        uses=("plan_years", life),
        unit=work.currency,
    )


def rented(work: workbook.Workbook, month: nouns.Figure) -> nouns.Figure:
    """What a monthly price comes to over the plan's years."""
    return work.computed(
        "option_rented",
        lambda each, years: each * costs.MONTHS * years,
        month,
        uses=("plan_years",),
        unit=work.currency,
    )


def at_least(work: workbook.Workbook, name: str, floor: nouns.Figure) -> nouns.Figure:
    """A cost of which only a part is known: no value, but never less than the part."""
    figure = work.unknown(name, *floor.waits_for, unit=work.currency)
    low = floor.value if floor.value is not None else floor.low
    return msgspec.structs.replace(
        figure,
        low=low,
        formula=nouns.Text(f"formula.{name}"),
        operands=(nouns.Operand(floor.label, floor.value, floor.unit),),
        inputs=floor.inputs,
        parameters=floor.parameters,
    )


def advised(
    work: workbook.Workbook, gap: nouns.Gap, options: Sequence[nouns.Option], *, wished: str = ""
) -> nouns.GapOptions:
    """The ways in the order of their merit: the best are advised until the gap is filled."""

    def merit(one: nouns.Option) -> tuple[bool, int, bool, float, float]:
        cost, days = one.cost.value, one.days.value
        return (
            one.way.code != f"way.{wished}" or one.fit is nouns.Severity.RED,
            WORST_LAST.index(one.fit),
            cost is None,
            cost / one.covers if cost is not None and one.covers else cost or 0.0,
            days if days is not None else math.inf,
        )

    ranked = sorted(options, key=merit)
    left = gap.gap.value if gap.gap is not None and gap.gap.value is not None else 0.0
    taken = []
    for one in ranked:
        if one.fit is nouns.Severity.RED:
            continue
        taken.append(one)
        if one.covers is None or one.covers >= left:
            break
        left -= one.covers
    whole = tuple(msgspec.structs.replace(one, advised=one in taken) for one in ranked)
    return nouns.GapOptions(gap.id, gap.what, whole, _why(work, ranked, taken, wished), gap.branch)


def _why(
    work: workbook.Workbook, options: Sequence[nouns.Option], taken: Sequence[nouns.Option], wished: str
) -> nouns.Text:
    """Why just these ways are advised, in a sentence."""
    if not taken:
        return nouns.Text("advice.none")
    named = tuple(one.way for one in taken)
    values: dict[str, nouns.Value] = {"ways": named, "years": work.parameter("plan_years")}
    if wished and taken[0].way.code == f"way.{wished}":
        return nouns.Text("advice.wished", values)
    rivals = [one for one in options if one.fit is taken[-1].fit]
    if len(taken) > 1:
        return nouns.Text("advice.several", values)
    if len(rivals) == 1:
        return nouns.Text("advice.fits", values)
    open_prices = any(one.cost.value is None for one in rivals)
    return nouns.Text("advice.open" if open_prices else "advice.cheapest", values)
