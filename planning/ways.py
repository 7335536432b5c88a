"""One way to fill a gap, what it costs over the plan's years, and which of several is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import msgspec

from planning import choices, nouns, prices, workbook

TEAM = "project_team"

MONTHS = 12

WORST_LAST = (nouns.Severity.GREEN, nouns.Severity.AMBER, nouns.Severity.RED)


class Way(msgspec.Struct, frozen=True):
    """A way that could be taken, before anybody knows how much of the gap is left for it."""

    name: str
    """reuse, repair, buy, rent, or workaround."""
    what: str
    """`fill.<what>` says it."""
    days: nouns.Figure
    fit: nouns.Severity
    buys: Callable[[nouns.Figure], tuple[nouns.Purchase, ...]] = lambda _: ()
    """What comes into the budget for so many pieces."""
    most: float | None = None
    """Pieces that it fills at most; None where it fills the whole gap."""
    values: Mapping[str, nouns.Value] = {}


def decided(
    work: workbook.Workbook,
    gap: nouns.Gap,
    missing: nouns.Figure,
    made: Sequence[Way],
    *,
    wished: Sequence[str] = (),
    chosen: choices.Choice | None = None,
) -> nouns.GapOptions:
    """The ways in the order of their merit: the best are taken until the gap is filled; a choice stands before it.

    `wished` are the ways that people of the place would like, unless they fit badly.
    """
    whole = [(one, option(work, one, missing)) for one in made]

    def merit(pair: tuple[Way, nouns.Option]) -> tuple[bool, bool, int, bool, float, float]:
        one, full = pair
        cost, days = full.cost.value, full.days.value
        return (
            chosen is None or one.name != chosen.way,
            one.name not in wished or one.fit is nouns.Severity.RED,
            WORST_LAST.index(one.fit),
            cost is None,
            cost / full.covers if cost is not None and full.covers else cost or 0.0,
            days if days is not None else math.inf,
        )

    left = missing
    taken: list[nouns.Option] = []
    shown: list[nouns.Option] = []
    for one, full in sorted(whole, key=merit):
        filled = bool(taken) and (left.value == 0 or taken[-1].covers is None)
        own = chosen is not None and one.name == chosen.way
        if filled or (one.fit is nouns.Severity.RED and not own):
            shown.append(full)
            continue
        part = msgspec.structs.replace(option(work, one, left), advised=True)
        taken.append(part)
        shown.append(part)
        if part.covers is not None:
            left = work.computed(
                "still_missing", lambda more, filled: max(0.0, more - filled), left, work.counted("pieces", part.covers)
            )  # fmt: skip
    return nouns.GapOptions(
        gap.id,
        gap.what,
        tuple(shown),
        _why(work, shown, taken, wished, chosen),
        gap.branch,
        buys=tuple(purchase for one in taken for purchase in one.buys),
    )


def not_known(gap: nouns.Gap, *buys: nouns.Purchase) -> nouns.GapOptions:
    """While nobody knows whether anything is missing, what is usually bought stays open in the budget."""
    return nouns.GapOptions(gap.id, gap.what, (), nouns.Text("advice.unknown"), gap.branch, buys=buys)


def option(work: workbook.Workbook, one: Way, missing: nouns.Figure) -> nouns.Option:
    """A way for what is missing: its pieces, its purchases, and their cost over the plan's years."""
    covers = None if one.most is None or missing.value is None else min(one.most, missing.value)
    pieces = missing
    if covers is not None and missing.value is not None and covers < missing.value:
        pieces = work.counted("pieces", covers)
    buys = one.buys(pieces)
    count: dict[str, nouns.Value] = {} if covers is None else {"n": math.ceil(covers)}
    return nouns.Option(
        nouns.Text(f"way.{one.name}"),
        nouns.Text(f"fill.{one.what}", count | dict(one.values)),
        _cost(work, buys),
        one.days,
        one.fit,
        covers,
        buys=buys,
    )


def _cost(work: workbook.Workbook, buys: Sequence[nouns.Purchase]) -> nouns.Figure:
    """Over the plan's years, at today's prices."""
    parts = [over_years(work, one) for one in buys]
    if not parts:
        return work.computed("option_nothing_bought", lambda: 0.0, unit=work.currency)
    return parts[0] if len(parts) == 1 else work.total("option_sum", parts, unit=work.currency)


def over_years(work: workbook.Workbook, one: nouns.Purchase) -> nouns.Figure:
    """What a purchase costs over the plan's years, bought again whenever its life ends."""
    if one.monthly:
        return _rented(work, one.quantity, one.price)
    if not one.life:
        return work.computed(
            "amount", lambda many, each: many * each, one.quantity, one.price, unit=work.currency
        )
    return work.computed(
        "option_bought",
        lambda many, each, years, lasts: many * each * math.ceil(years / lasts),
        one.quantity,
        one.price,
        uses=("plan_years", one.life),
        unit=work.currency,
    )


def _rented(work: workbook.Workbook, pieces: nouns.Figure, month: nouns.Figure) -> nouns.Figure:
    return work.computed(
        "option_rented",
        lambda many, each, years: many * each * MONTHS * years,
        pieces,
        month,
        uses=("plan_years",),
        unit=work.currency,
    )


def bought(work: workbook.Workbook, item: str, pieces: nouns.Figure, price: str, life: str) -> nouns.Purchase:
    """Pieces at the price that finance gave, bought again at the end of their life."""
    return nouns.Purchase(item, pieces, prices.price(work, price), life=life)


def monthly(work: workbook.Workbook, item: str, pieces: nouns.Figure, price: str) -> nouns.Purchase:
    """Pieces that are paid for each month, at the price that finance gave."""
    return nouns.Purchase(item, pieces, prices.price(work, price), monthly=True)


def share_of(work: workbook.Workbook, name: str, price: str, percent: str) -> nouns.Figure:
    """A price that is a share of the price of a new one."""
    return work.computed(
        name,
        lambda whole, part: whole * part / 100,
        prices.price(work, price),
        uses=(percent,),
        unit=work.currency,
    )


def price_of_switch(work: workbook.Workbook) -> nouns.Figure:
    """A switch is a share of a router."""
    return share_of(work, "price_switch", "price_router", "switch_percent")


def one_piece(work: workbook.Workbook) -> nouns.Figure:
    """A single piece."""
    return work.counted("pieces", 1)


def at_once(work: workbook.Workbook) -> nouns.Figure:
    """No day to wait."""
    return work.counted("option_days", 0, "days")


def days(work: workbook.Workbook, name: str, otherwise: str) -> nouns.Figure:
    """Days from the order: as answered, else as the parameters say."""
    answer = work.facts.one(TEAM, name)
    if answer.known:
        return work.stated("option_days", answer, "days")
    return work.assumed("option_days", otherwise)


def without(work: workbook.Workbook, kind: str, fit: nouns.Severity) -> Way:
    """To go on without it, by a procedure on paper or by taking turns."""
    return Way("workaround", f"workaround_{kind}", at_once(work), fit)


def _why(
    work: workbook.Workbook,
    options: Sequence[nouns.Option],
    taken: Sequence[nouns.Option],
    wished: Sequence[str],
    chosen: choices.Choice | None,
) -> nouns.Text:
    """Why just these ways are taken, in a sentence."""
    if not taken:
        return nouns.Text("advice.none")
    first = taken[0]
    values: dict[str, nouns.Value] = {
        "ways": tuple({one.way.code: one.way for one in taken}.values()),
        "years": work.parameter("plan_years"),
    }
    if chosen is not None:
        values["who"] = chosen.by or nouns.Text("trace.nobody")
        if first.way.code != f"way.{chosen.way}":
            return nouns.Text("advice.not_possible", values | {"way": nouns.Text(f"way.{chosen.way}")})
        return nouns.Text("advice.against" if first.fit is nouns.Severity.RED else "advice.chosen", values)
    if first.way.code.removeprefix("way.") in wished:
        return nouns.Text("advice.wished", values)
    rivals = [one for one in options if one.fit is taken[-1].fit]
    if len(taken) > 1:
        return nouns.Text("advice.several", values)
    if len(rivals) == 1:
        return nouns.Text("advice.fits", values)
    open_prices = any(one.cost.value is None for one in rivals)
    return nouns.Text("advice.open" if open_prices else "advice.cheapest", values)
