"""Five years of money: what is bought, what runs, what is bought again; unknown prices stay unknown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from planning import money, nouns, prices, workbook

MONTHS = 12


def plan(
    work: workbook.Workbook,
    branches: Sequence[nouns.BranchPlan],
    hosting: nouns.Hosting,
    specialist_days: Sequence[nouns.Figure],
    clients: nouns.Figure,
) -> nouns.Costs:
    """The budget: rows, years, contingency, and what a client costs a year."""
    rows = (*_of_branches(work, branches), *_of_servers(work, hosting), _of_specialist(work, specialist_days))
    once = work.total("once", [row.amount for row in rows if not row.yearly], unit=work.currency)
    contingency = _contingency(work, once)
    years = tuple(
        _year(work, year, rows, contingency) for year in range(1, int(work.parameter("plan_years")) + 1)
    )
    total = work.total("cost_total", [year.total for year in years], unit=work.currency)
    rate_date = prices.rate_day(work, money.DOLLAR)
    budget = work.stated("budget", work.facts.one(prices.FLOW, "budget_total"), work.currency)
    return nouns.Costs(
        currency=work.currency,
        rows=rows,
        years=years,
        once=once,
        contingency=contingency,
        total=total,
        per_client=work.computed(
            "cost_per_client",
            lambda money, people, horizon: money / horizon / people if people else 0.0,
            total,
            clients,
            uses=("plan_years",),
            unit=work.currency,
        ),
        rate=prices.rate(work, money.DOLLAR),
        rate_date=rate_date.isoformat() if rate_date is not None else "",
        rates=prices.abroad(work),
        budget=budget,
        warnings=(*prices.warnings(work), *_short(budget, years[0].once)),
    )


def _of_branches(work: workbook.Workbook, branches: Sequence[nouns.BranchPlan]) -> Iterable[nouns.CostRow]:
    computer, battery = int(work.parameter("life_computer")), int(work.parameter("life_battery"))
    yield _row(work, "computers", [plan.computers.gap for plan in branches], "price_computer", every=computer)
    yield _row(work, "printers", [plan.printing.gap for plan in branches], "price_printer", every=computer)
    yield _row(work, "ups", [ups(work, plan) for plan in branches], "price_ups", every=computer)
    yield _row(
        work, "batteries", [batteries(work, plan) for plan in branches], "price_battery", every=battery
    )
    yield _row(work, "routers", [_router(work, plan) for plan in branches], "price_router", every=computer)
    lines = work.total(
        "lines_total", [plan.connectivity.monthly_cost for plan in branches], unit=work.currency
    )
    yield _monthly(work, "lines", lines)
    fuel = [
        prices.given(
            work, work.facts.one("branch_power", "fuel_cost_month", plan.branch.id), plan.branch.id, "fuel"
        )
        for plan in branches
        if work.facts.one("branch_power", "fuel_cost_month", plan.branch.id).applies
    ]
    if fuel:
        yield _monthly(work, "fuel", work.total("fuel_total", fuel, unit=work.currency))


def _of_servers(work: workbook.Workbook, hosting: nouns.Hosting) -> Iterable[nouns.CostRow]:
    """A server bought where the institution wishes its own room, else one rented."""
    if any(option.name.code == "place.own_room" and option.wished for option in hosting.options):
        short = [gap.gap for gap in hosting.gaps if gap.gap is not None]
        needed = work.computed("servers_to_buy", lambda *gaps: float(any(gaps)), *short)
        yield _row(work, "server", [needed], "price_server", every=int(work.parameter("life_server")))
        return
    price = prices.price(work, "hosting_month_price")
    yield _monthly(work, "hosting", price)


def _of_specialist(work: workbook.Workbook, days: Sequence[nouns.Figure]) -> nouns.CostRow:
    return _row(work, "specialist", days, "specialist_day_price", unit="days")


def ups(work: workbook.Workbook, plan: nouns.BranchPlan) -> nouns.Figure:
    """UPS to buy, where today's batteries do not last."""
    return work.computed(
        "ups_to_buy",
        lambda va, need, have, size: 0.0 if have >= need else float(math.ceil(va / size)),
        plan.power.ups,
        plan.power.autonomy,
        plan.power.runtime,
        uses=("ups_price_va",),
    )


def batteries(work: workbook.Workbook, plan: nouns.BranchPlan) -> nouns.Figure:
    """Batteries beside those that a UPS has inside, where the cuts are longer than a UPS lasts."""
    return work.computed(
        "batteries_to_buy",
        lambda ah, need, have, size, inside: (
            0.0 if have >= need or need <= inside else float(math.ceil(ah / size))
        ),
        plan.power.battery,
        plan.power.autonomy,
        plan.power.runtime,
        uses=("battery_price_ah", "ups_hours"),
    )


def _router(work: workbook.Workbook, plan: nouns.BranchPlan) -> nouns.Figure:
    failover = plan.connectivity.failover.code
    if failover == "failover.unknown":
        return work.unknown("routers_to_buy", *plan.connectivity.have.waits_for)
    wanted = failover not in {"failover.there", "failover.wish_none"}
    return work.computed("routers_to_buy", lambda: float(wanted))


def _row(
    work: workbook.Workbook,
    what: str,
    quantities: Sequence[nouns.Figure],
    price: str,
    *,
    every: int = 0,
    unit: str = "",
) -> nouns.CostRow:
    quantity = work.total(f"quantity_{what}", quantities, unit=unit)
    unit_price = prices.price(work, price)
    if quantity.value == 0:
        amount = work.computed("amount_none", lambda _: 0.0, quantity, unit=work.currency)
    else:
        amount = work.computed(
            "amount", lambda many, each: many * each, quantity, unit_price, unit=work.currency
        )
    return nouns.CostRow(nouns.Text(f"cost.{what}"), quantity, unit_price, amount, every=every)


def _monthly(work: workbook.Workbook, what: str, month: nouns.Figure) -> nouns.CostRow:
    return nouns.CostRow(
        nouns.Text(f"cost.{what}"),
        work.computed("months_a_year", lambda: float(MONTHS), unit="months"),
        month,
        work.computed("amount_year", lambda each: each * MONTHS, month, unit=work.currency),
        yearly=True,
    )


def _short(budget: nouns.Figure, needed: nouns.Figure) -> Iterable[nouns.Text]:
    """That the money there is does not reach for what is bought at the start, surprises included."""
    least = needed.value if needed.value is not None else needed.low
    if budget.value is not None and least is not None and budget.value < least:
        values: dict[str, nouns.Value] = {
            "budget": nouns.Amount(budget.value, budget.unit), "needed": nouns.Amount(least, needed.unit),
        }  # fmt: skip
        yield nouns.Text("warning.budget" if needed.value is not None else "warning.budget_least", values)


def _contingency(work: workbook.Workbook, once: nouns.Figure) -> nouns.Figure:
    percent = work.facts.one(prices.FLOW, "contingency_percent")
    share = work.stated("contingency_percent", percent, "%")
    if not percent.known:
        share = work.assumed("contingency_percent", "contingency")
    return work.computed(
        "contingency", lambda money, part: money * part / 100, once, share, unit=work.currency
    )


def _year(
    work: workbook.Workbook, year: int, rows: Sequence[nouns.CostRow], contingency: nouns.Figure
) -> nouns.YearCost:
    def at_prices_of_the_year(row: nouns.CostRow) -> nouns.Figure:
        return work.computed(
            "amount_in_year",
            lambda money, later, inflation: money * (1 + inflation / 100) ** later,
            row.amount,
            work.counted("years_since", year - 1, "years"),
            uses=("inflation",),
            unit=work.currency,
        )

    bought = [
        at_prices_of_the_year(row)
        for row in rows
        if not row.yearly and (year == 1 or (row.every and (year - 1) % row.every == 0))
    ]
    running = [at_prices_of_the_year(row) for row in rows if row.yearly]
    once = work.total("year_once", [*bought, contingency] if year == 1 else bought, unit=work.currency)
    runs = work.total("year_running", running, unit=work.currency)
    return nouns.YearCost(year, once, runs, work.total("year_total", [once, runs], unit=work.currency))
