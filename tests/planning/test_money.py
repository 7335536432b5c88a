"""Money: every formula with its arithmetic written out, prices in other money, years, replacement and surprises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import costs, money, nouns, prices, words
from planning import plan as planning
from tests.planning import books
from tests.planning.books import INSTITUTION, TODAY, book, estimate, office, section, work

DESKS = section("branch_equipment", "b", computers=[], printers=[])
PAPERS = section("operations_documents", receipts="no")
SERVER = section("it_hosting", clients_total=1000, clients_growth_percent=0, years=3)
"""One rented server carries them."""
ABROAD = (flow_nouns.Branch("b", "Busia", country="UG"),)
"""The branch of the books, in the land of another money."""


def budget(*more: flow_nouns.SectionAnswers, days: float = 0, **given: Any) -> nouns.Costs:
    """The money of one branch that lacks 6 computers; `given` are finance's prices."""
    changes = {name: given.pop(name) for name in ("branches", "assumptions") if name in given}
    at = work(office(), DESKS, PAPERS, SERVER, section("finance_setup", **given), *more, **changes)
    return books.budget(at, [at.counted("report_effort", days, "days")] if days else [])


def row(found: nouns.Costs, what: str) -> nouns.CostRow:
    return next(one for one in found.rows if one.what.code == f"cost.{what}")


def test_how_many_times_the_price_is_the_amount() -> None:
    computers = row(budget(price_computer=60_000), "computers")
    # the greater of 5 people at a computer and 2 tellers + ⌈4 / 3⌉ + 1 = 5; and 10 % spare: ⌈5.5⌉ = 6
    assert computers.quantity.value == 6
    assert computers.amount.value == 360_000  # 6 × 60,000
    assert computers.amount.formula is not None
    assert computers.amount.formula.code == "formula.amount"


def test_what_nobody_needs_is_not_in_the_budget() -> None:
    full = [{"kind": "laptop", "how_many": 6, "age_years": 1, "memory_gb": 8, "works": "yes"}]
    desks = section("branch_equipment", "b", computers=full, printers=[])
    at = work(office(), desks, PAPERS, section("finance_setup"))
    assert "cost.computers" not in {one.what.code for one in books.budget(at).rows}


def test_unknown_prices_are_bounds_and_never_nothing() -> None:
    found = budget(price_computer=60_000)
    assert found.once.value is None
    assert found.once.low == 360_000
    assert "finance_setup::prices/price_router" in found.once.waits_for
    assert found.total.value is None
    assert found.total.low is not None
    assert found.per_client.value is None
    assert found.per_client.low == pytest.approx(found.total.low / 5 / 1000)


def test_of_a_number_not_known_in_full_its_known_part_is_paid() -> None:
    at = work(section("finance_setup", price_ups=20_000))
    pieces = at.total("quantity", [at.counted("pieces", 3), at.unknown("pieces", "somewhere")])
    price = prices.price(at, "price_ups")
    found = costs.amount(at, pieces, price)
    assert (found.value, found.low, found.high) == (None, 60_000, None)
    assert found.waits_for == ("somewhere",)
    # a price that nobody knows leaves nothing that is certain
    assert costs.amount(at, pieces, prices.price(at, "price_server")).low is None


def test_a_month_is_paid_twelve_times() -> None:
    rented = row(budget(hosting_month_price=estimate(10_000)), "hosting")
    # 10,000 × 12, and a quarter less or more for what is estimated
    assert (rented.amount.low, rented.amount.value, rented.amount.high) == (90_000, 120_000, 150_000)


@pytest.mark.parametrize(
    ("percent", "share"), [pytest.param(20, 20, id="as finance says"), pytest.param(None, 15, id="else as assumed")]
)  # fmt: skip
def test_surprises_are_a_share_of_what_is_bought(percent: int | None, share: int) -> None:
    given = {} if percent is None else {"contingency_percent": percent}
    found = budget(days=10, specialist_day_price=32_000, price_computer=60_000, **given)
    known = 10 * 32_000 + 6 * 60_000  # 680,000, and the router nobody priced
    assert found.once.low == known
    assert found.contingency.value is None
    assert found.contingency.low == known * share / 100
    # the first year is what is bought and its surprises: both count as far as they are known
    assert found.years[0].once.low == known * (100 + share) / 100
    assert share in {operand.value for operand in found.contingency.operands}


YEARS = {"days": 10, "specialist_day_price": 32_000, "price_computer": 60_000, "price_printer": 30_000}
ALL = YEARS | {
    "price_ups": 1, "price_battery": 1, "price_router": 16_000, "price_server": 1, "hosting_month_price": 10_000,
}  # fmt: skip


def known_year(year: nouns.YearCost) -> float:
    return year.total.value if year.total.value is not None else year.total.low or 0.0


def test_running_costs_grow_with_inflation() -> None:
    found = budget(**ALL)
    rent = 120_000
    for year in found.years:
        running = year.running.value if year.running.value is not None else year.running.low
        # 120,000 × 1.05 to the power of the years since the first
        assert running == pytest.approx(rent * 1.05 ** (year.year - 1))


def test_what_wears_out_is_bought_again_at_the_prices_of_that_year() -> None:
    # a lease of 20 % a month is never the cheaper way
    short = (flow_nouns.Assumption("life_computer", 2), flow_nouns.Assumption("lease_percent", 20))
    found = budget(assumptions=short, **ALL)
    again = {year.year: year.once.low if year.once.value is None else year.once.value for year in found.years}
    computers = 6 * 60_000
    # every second year: the third and the fifth; 360,000 × 1.05² = 396,900 and × 1.05⁴ = 437,582.25
    assert again[3] is not None
    assert again[3] >= computers * 1.05**2
    assert again[5] is not None
    assert again[5] >= computers * 1.05**4
    assert not again[2]
    assert not again[4]


def test_all_years_together_and_for_a_client() -> None:
    found = budget(**ALL)
    total = sum(known_year(year) for year in found.years)
    assert (found.total.low if found.total.value is None else found.total.value) == pytest.approx(total)
    if found.per_client.value is not None:
        assert found.per_client.value == pytest.approx(total / 5 / 1000)  # 5 years, 1,000 clients


def test_a_longer_horizon_has_as_many_years() -> None:
    assert len(budget(assumptions=(flow_nouns.Assumption("plan_years", 7),), **ALL).years) == 7


@pytest.mark.parametrize(
    ("budget_total", "named"),
    [
        pytest.param(100_000, True, id="less than is certain"),
        pytest.param(10_000_000, False, id="enough"),
    ],
)
def test_too_little_money_is_named(budget_total: int, named: bool) -> None:
    found = budget(budget_total=budget_total, **YEARS)
    assert bool([text for text in found.warnings if text.code == "warning.budget_least"]) is named


# --- other money -------------------------------------------------------------------------------------

RATE = {"exchange_rate": 129.5, "exchange_date": "2026-11-02"}


def test_a_price_in_dollars_is_turned_by_the_stated_rate_and_shows_it() -> None:
    at = work(section("finance_setup", price_server=5000, in_dollars=["server"], **RATE))
    server = prices.price(at, "price_server")
    assert server.value == 647_500  # 5,000 × 129.5
    assert server.unit == "KES"
    assert [(one.value, one.unit) for one in server.operands] == [(5000, "USD"), (129.5, "KES/USD")]
    # the price, the rate, and the day of the rate
    assert [one.key.rpartition("/")[2] for one in server.inputs] == [
        "price_server",
        "exchange_rate",
        "exchange_date",
    ]
    assert prices.price(at, "price_computer").unit == "KES"


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        pytest.param({"price_server": 5000}, "prices/exchange_rate", id="no rate"),
        pytest.param(
            {"price_server": 5000, "exchange_rate": 0}, "prices/exchange_rate", id="a rate that cannot be"
        ),
        pytest.param({"exchange_rate": 129.5}, "prices/price_server", id="no price"),
    ],
)
def test_without_rate_or_price_there_is_an_open_point_and_no_amount(
    answers: dict[str, Any], waits: str
) -> None:
    at = work(section("finance_setup", in_dollars=["server"], **answers))
    server = prices.price(at, "price_server")
    assert server.value is None
    assert f"finance_setup::{waits}" in server.waits_for


LINE = {
    "technology": "fibre", "provider": "A", "mbps_morning": 5, "mbps_afternoon": 5, "cuts_per_week": 0, "monthly_cost": 100_000,
}  # fmt: skip


def lines(**given: Any) -> tuple[nouns.Plan, nouns.CostRow]:
    """The plan of a branch in Uganda whose line costs 100,000 in its own money."""
    parts = [office(), DESKS, PAPERS, section("branch_internet", "b", links=[LINE])]
    given_book = book(*parts, section("finance_setup", **given), branches=ABROAD)
    found = planning.make_plan(given_book, shipped.assessment(), today=TODAY, prove=False)
    return found, row(found.costs, "lines")


@pytest.mark.parametrize(
    ("given", "changes", "told"),
    [
        pytest.param({"exchange_rate": 130}, {}, (26, 10.4, 45.5), id="0.2 dollars, between 0.08 and 0.35"),
        pytest.param({}, {"institution": msgspec.structs.replace(INSTITUTION, currency="USD")}, (0.2, 0.08, 0.35), id="at home in dollars"),
        pytest.param({}, {}, (None, None, None), id="nobody gave the rate"),
        pytest.param({"exchange_rate": 130}, {"assumptions": (flow_nouns.Assumption("electricity_price", 0.15),)}, (19.5, None, None), id="the bill's own price has no range"),
    ],
)  # fmt: skip
def test_a_kwh_has_a_usual_price_and_a_range(
    given: dict[str, float], changes: dict[str, Any], told: tuple[float | None, ...]
) -> None:
    found = prices.of_electricity(work(section("finance_setup", **given), **changes))
    assert (found.value, found.low, found.high) == pytest.approx(told)
    assert bool(found.waits_for) is (found.value is None)


def test_a_branch_abroad_pays_in_the_money_of_its_country() -> None:
    rates = [{"rate_currency": "ugx", "rate_value": 0.035, "rate_date": "2026-12-01"}]
    found, line = lines(rates=rates)
    assert line.unit_price.value == pytest.approx(3500)  # 100,000 × 0.035
    (rate,) = found.costs.rates
    assert (rate.currency, rate.rate.value, rate.branches, rate.on) == (
        "UGX",
        0.035,
        ("Busia",),
        dt.date(2026, 12, 1),
    )


def test_a_rate_that_nobody_gave_is_an_open_point_of_finance() -> None:
    found, line = lines(rates=[], decimals=2)
    assert line.amount.value is None
    (point,) = [one for one in found.open_points if one.id == "finance_setup::rates"]
    assert point.question == "How much KES is one of each of these: UGX?"
    assert point.id in line.amount.waits_for


def test_at_home_no_rate_is_asked() -> None:
    found = planning.make_plan(
        book(office(), section("finance_setup", rates=[])), shipped.assessment(), today=TODAY, prove=False
    )
    assert found.costs.rates == ()
    assert "finance_setup::rates" not in {one.id for one in found.open_points}


@pytest.mark.parametrize(
    ("on", "named"), [pytest.param("2026-10-07", False, id="89 days"), pytest.param("2026-10-05", True, id="91 days")]
)  # fmt: skip
def test_a_rate_too_old_to_buy_by_is_named(on: str, named: bool) -> None:
    at = work(section("finance_setup", in_dollars=["server"], exchange_rate=129.5, exchange_date=on))
    assert bool(list(prices.warnings(at))) is named


def test_a_rate_is_shown_as_it_was_given() -> None:
    rate = prices.rate(work(section("finance_setup", **RATE)), money.DOLLAR)
    assert (
        words.say(nouns.Text("trace.amount", {"value": nouns.Amount(rate.value or 0, rate.unit)}))
        == "129.5 KES/USD"
    )
    assert words.number(0.00771) == "0.00771"
    home = msgspec.structs.replace(INSTITUTION, currency="USD")
    assert (
        prices.rate(work(section("finance_setup", exchange_rate=1), institution=home), money.DOLLAR).value
        == 1
    )


@pytest.mark.parametrize(
    ("country", "currency"),
    [("KE", "KES"), ("UG", "UGX"), ("SN", "XOF"), ("BO", "BOB"), ("XX", ""), ("", "")],
)
def test_a_country_pays_in(country: str, currency: str) -> None:
    assert money.of_country(country) == currency


# --- what is there today grows old --------------------------------------------------------------------


def kinds(*given: tuple[int, int]) -> flow_nouns.SectionAnswers:
    """Laptops, as many of an age."""
    made = [
        {"kind": "laptop", "how_many": many, "age_years": age, "memory_gb": 8, "works": "yes"}
        for many, age in given
    ]
    return section("branch_equipment", "b", computers=made, printers=[])


@pytest.mark.parametrize(
    ("there", "years"),
    [
        pytest.param([(6, 1)], {5: 6}, id="one year old: four years are left"),
        pytest.param([(2, 3), (4, 1)], {3: 2, 5: 4}, id="each when it is five years old"),
        pytest.param([(6, 5)], {2: 6}, id="five years old: in the next year"),
        pytest.param([(6, 0)], {}, id="new: after the plan's years"),
        # 6 are needed
        pytest.param([(3, 4), (5, 2)], {2: 1, 4: 5}, id="of more than are needed the oldest are let go"),
    ],
)
def test_computers_of_today_are_bought_again(there: list[tuple[int, int]], years: dict[int, int]) -> None:
    at = work(office(), kinds(*there), PAPERS, SERVER, section("finance_setup", price_computer=60_000))
    found = books.budget(at)
    again = {one.first: one for one in found.rows if one.what.code == "cost.again"}
    assert {year: one.quantity.value for year, one in again.items()} == years
    for year, one in again.items():
        assert one.amount.value == years[year] * 60_000
    at_start = [one.amount.low or one.amount.value for one in found.rows if not one.yearly and one.first == 1]
    assert (found.once.low if found.once.value is None else found.once.value) == sum(filter(None, at_start))


def test_what_stands_there_grows_old() -> None:
    """Five laptops at work, network and light: 240 W for 0.5 h: 583 VA and 29 Ah are needed, one UPS and one battery of those there.

    Half of the 5 and 3 years are over, so 3 and 2 are left: years 4 and 3.
    """
    supply = section(
        "branch_power", "b", grid_hours=8, cuts_per_week=1, longest_cut_hours=0.5, backups=["inverter"], va=1500, battery_ah=250,
    )  # fmt: skip
    prices_ = section("finance_setup", price_ups=20_000, price_battery=22_000, price_computer=60_000)
    found = books.budget(work(office(), kinds((6, 0)), PAPERS, SERVER, supply, prices_))
    again = {str(one.what.values["what"]): one for one in found.rows if one.what.code == "cost.again"}
    of = {words.say(one.what): (one.first, one.every, one.amount.value) for one in again.values()}
    assert of == {
        "UPS of 1,000 VA: those of today, again in year 4": (4, 5, 20_000),
        "Batteries of 100 Ah: those of today, again in year 3": (3, 3, 22_000),
    }
