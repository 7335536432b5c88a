"""Five years of money: what the ways to fill gaps buy, what runs, what is bought again; unknown prices stay unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planning import money, nouns, prices, replacement, ways, workbook


def plan(
    work: workbook.Workbook,
    branches: Sequence[nouns.BranchPlan],
    hosting: nouns.Hosting,
    specialist_days: Sequence[nouns.Figure],
    clients: nouns.Figure,
    others: Sequence[nouns.CostRow] = (),
) -> nouns.Costs:
    """The budget: rows, years, contingency, and what a client costs a year; `others` are the rows of people and of add-ons."""
    decisions = [*(one for page in branches for one in page.options), *hosting.ways]
    rows = (
        *_of_gaps(work, decisions),
        *_running(work, branches),
        _of_specialist(work, specialist_days),
        *others,
        *_of_age(work, replacement.of(work, branches, hosting)),
    )
    at_start = [row for row in rows if not row.yearly and row.first == 1]
    once = work.total(
        "once",
        [row.amount for row in at_start],
        unit=work.currency,
        called=[row.what for row in at_start],
    )
    contingency = _contingency(work, once)
    years = tuple(
        _year(work, year, rows, contingency) for year in range(1, int(work.parameter("plan_years")) + 1)
    )
    total = work.total(
        "cost_total",
        [year.total for year in years],
        unit=work.currency,
        called=[nouns.Text("row.year", {"year": year.year}) for year in years],
    )
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
            rising=True,
        ),
        rate=prices.rate(work, money.DOLLAR),
        rate_date=rate_date.isoformat() if rate_date is not None else "",
        rates=prices.abroad(work),
        budget=budget,
        warnings=(*prices.warnings(work), *_short(budget, years[0].once)),
    )


ITEMS = (
    "computers", "computers_repaired", "computers_leased", "printers", "printers_leased",
    "receipt_printers", "receipt_printers_leased", "ups", "batteries", "solar",
    "generators", "fuel_more", "routers", "switches", "sims", "second_lines", "fast_lines",
    "server", "server_repaired", "cooling", "electricity", "hosting",
)  # fmt: skip
"""What the ways to fill gaps may put into the budget, in the order of its rows."""


def _of_gaps(work: workbook.Workbook, decisions: Iterable[nouns.GapOptions]) -> Iterable[nouns.CostRow]:
    """A row for each thing that the ways taken buy, rent or repair."""
    found: dict[str, list[nouns.Purchase]] = {}
    for purchase in (one for decision in decisions for one in decision.buys):
        found.setdefault(purchase.item, []).append(purchase)
    for item in sorted(found, key=ITEMS.index):
        yield _row(work, item, found[item])


def _running(work: workbook.Workbook, branches: Sequence[nouns.BranchPlan]) -> Iterable[nouns.CostRow]:
    """What branches pay for today and go on paying."""
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


def _of_specialist(work: workbook.Workbook, days: Sequence[nouns.Figure]) -> nouns.CostRow:
    pieces = work.total("quantity_specialist", days, unit="days")
    price = prices.price(work, "specialist_day_price")
    return nouns.CostRow(nouns.Text("cost.specialist"), pieces, price, amount(work, pieces, price))


def _of_age(work: workbook.Workbook, old: Iterable[replacement.Stock]) -> Iterable[nouns.CostRow]:
    """A row for each year in which something of today is bought again."""
    for one in old:
        price = replacement.price(work, one.item)
        yield nouns.CostRow(
            nouns.Text("cost.again", {"what": nouns.Text(f"cost.{one.item}"), "year": one.first}),
            one.pieces,
            price,
            amount(work, one.pieces, price),
            every=int(work.parameter(replacement.life(one.item))),
            first=one.first,
        )


def _row(work: workbook.Workbook, item: str, bought: Sequence[nouns.Purchase]) -> nouns.CostRow:
    """One thing of all branches; all pay the same price for it."""
    pieces = work.total("quantity", [one.quantity for one in bought], unit=bought[0].quantity.unit)
    first = bought[0]
    if first.monthly:
        year = amount_of_year(work, pieces, first.price)
        return nouns.CostRow(nouns.Text(f"cost.{item}"), pieces, first.price, year, yearly=True)
    every = int(work.parameter(first.life)) if first.life else 0
    return nouns.CostRow(
        nouns.Text(f"cost.{item}"), pieces, first.price, amount(work, pieces, first.price), every=every
    )


def amount(work: workbook.Workbook, pieces: nouns.Figure, price: nouns.Figure) -> nouns.Figure:
    """So many at a price; of none the price need not be known."""
    if pieces.value == 0:
        return work.computed("amount_none", lambda _: 0.0, pieces, unit=work.currency)
    return work.computed(
        "amount", lambda many, each: many * each, pieces, price, unit=work.currency, rising=True
    )


def amount_of_year(work: workbook.Workbook, pieces: nouns.Figure, month: nouns.Figure) -> nouns.Figure:
    """So many at a price a month, for a year."""
    return work.computed(
        "amount_rented",
        lambda many, each: many * each * ways.MONTHS,
        pieces,
        month,
        unit=work.currency,
        rising=True,
    )


def _monthly(work: workbook.Workbook, what: str, month: nouns.Figure) -> nouns.CostRow:
    return nouns.CostRow(
        nouns.Text(f"cost.{what}"),
        work.computed("months_a_year", lambda: float(ways.MONTHS), unit="months"),
        month,
        work.computed("amount_year", lambda each: each * ways.MONTHS, month, unit=work.currency, rising=True),
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
        "contingency", lambda money, part: money * part / 100, once, share, unit=work.currency, rising=True
    )


def _is_bought(row: nouns.CostRow, year: int) -> bool:
    since = year - row.first
    return since == 0 or (since > 0 and row.every > 0 and since % row.every == 0)


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
            rising=True,
        )

    def summed(name: str, of_year: Sequence[nouns.CostRow], *more: nouns.Figure) -> nouns.Figure:
        parts = [*(at_prices_of_the_year(row) for row in of_year), *more]
        called = [*(row.what for row in of_year), *(one.label for one in more)]
        return work.total(name, parts, unit=work.currency, called=called)

    bought = [row for row in rows if not row.yearly and _is_bought(row, year)]
    once = summed("year_once", bought, *([contingency] if year == 1 else []))
    runs = summed("year_running", [row for row in rows if row.yearly])
    return nouns.YearCost(year, once, runs, work.total("year_total", [once, runs], unit=work.currency))
