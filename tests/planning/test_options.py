"""Ways to fill gaps: what each costs over five years, and which is advised."""

from __future__ import annotations

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, words
from tests.planning.books import TODAY, book, estimate, office, section

PRICES = {"price_computer": 60_000, "price_ups": 20_000, "price_battery": 22_000, "price_router": 16_000}


def made(*sections: flow_nouns.SectionAnswers, **changes) -> nouns.Plan:
    papers = section("operations_documents", receipts="no")
    return plan.make_plan(book(papers, *sections, **changes), shipped.assessment(), today=TODAY)


def machines(branch: str = "b", /, **changes) -> flow_nouns.SectionAnswers:
    usual = {"kind": "desktop", "how_many": 2, "age_years": 1, "memory_gb": 8, "works": "yes"}
    return section("branch_equipment", branch, computers=[usual | changes])


def ways(found: nouns.Plan, gap: str, page: int = 0) -> dict[str, nouns.Option]:
    (options,) = [one for one in found.branches[page].options if one.gap == gap]
    return {one.way.code.removeprefix("way."): one for one in options.options}


def test_new_computers_against_a_lease():
    found = ways(made(office(), machines(), section("finance_setup", **PRICES)), "computers")
    # need 6, there 2: 4 × 60,000 × ⌈5 years / 5 years⌉ = 240,000
    assert found["buy"].cost.value == 240_000
    # 4 × 60,000 × 4 % × 12 × 5 = 576,000
    assert found["rent"].cost.value == 576_000
    assert found["workaround"].cost.value == 0
    assert [way for way, one in found.items() if one.advised] == ["buy"]


def test_a_repair_costs_less_and_fits_less_well_than_new_ones():
    # 4 young ones that work badly: 4 × 60,000 × 25 % = 60,000; then 6 − 4 = 2 more
    found = ways(
        made(office(), machines(how_many=4, works="partly"), section("finance_setup", **PRICES)), "computers"
    )
    assert found["repair"].cost.value == 60_000
    assert found["repair"].covers == 4
    # all six new ones fit better than repaired ones
    assert [way for way, one in found.items() if one.advised] == ["buy"]


def test_what_one_branch_has_too_many_goes_to_another_once():
    branches = tuple(flow_nouns.Branch(name, name.upper()) for name in ("a", "b", "c"))
    offices = [
        section("branch_office", name, users_at_once=5, tellers=2, loan_officers=4, staff_total=9)
        for name in "abc"
    ]
    # each needs 6: a has 10 and so 4 too many, b lacks 3, c lacks 4
    found = made(
        *offices, machines("a", how_many=10), machines("b", how_many=3), machines("c"),
        section("finance_setup", **PRICES), branches=branches,
    )  # fmt: skip
    reused = [ways(found, "computers", page)["reuse"] for page in (1, 2)]
    assert [one.covers for one in reused] == [3, 1]
    assert words.say(reused[0].what) == "3 from A, which has more than it needs"
    assert [way for way, one in ways(found, "computers", 1).items() if one.advised] == ["reuse"]
    assert [way for way, one in ways(found, "computers", 2).items() if one.advised] == ["reuse", "buy"]


def test_a_price_that_nobody_knows_is_no_zero():
    found = ways(made(office(), machines()), "computers")
    assert found["buy"].cost.value is None
    assert found["buy"].cost.waits_for == ("finance_setup::",)


def test_batteries_for_the_inverter_that_is_there():
    supply = section(
        "branch_power", "b", grid_hours=6, cuts_per_week=5, longest_cut_hours=4, usual_cut_hours=3,
        backups=["inverter"], va=1000, battery_ah=50, minutes=30,
    )  # fmt: skip
    found = ways(made(office(), machines(), supply, section("finance_setup", **PRICES)), "power")
    # 340 W × 3 h / (12 × 0.5 × 0.85 × 0.8) = 250 Ah: 3 of 100 Ah × 22,000 × ⌈5 / 3 years⌉ = 132,000
    assert found["repair"].cost.value == 132_000
    # one UPS of 1,000 VA for 708 VA beside them: 20,000 + 132,000
    assert found["buy"].cost.value == 152_000
    assert found["repair"].advised


@pytest.mark.parametrize(
    ("signal", "fit", "advised"),
    [
        pytest.param("good", nouns.Severity.GREEN, "buy", id="another operator comes in well"),
        pytest.param("none", nouns.Severity.RED, "rent", id="none can be received"),
    ],
)
def test_a_second_line_follows_the_signal(signal, fit, advised):
    line = {
        "technology": "mobile", "provider": "A", "mbps_morning": 4, "mbps_afternoon": 4, "cuts_per_week": 0,
        "monthly_cost": 3000,
    }  # fmt: skip
    part = section("branch_internet", "b", links=[line], mobile_signal=signal)
    wish = section("it_systems", failover_wish="advise")
    found = ways(made(office(), part, wish, section("finance_setup", **PRICES)), "failover")
    assert found["buy"].fit is fit
    # the router is known, the SIM's fee is not
    assert (found["buy"].cost.value, found["buy"].cost.low) == (None, 16_000)
    assert [way for way, one in found.items() if one.advised] == [advised]


def test_a_rented_server_against_one_bought():
    hosting = section(
        "it_hosting", clients_total=5000, clients_growth_percent=0, years=3, servers=[], hosting_options=["own_room", "local_provider"],
        server_room="yes", round_trip_ms=80, data_must_stay="no", state="approved",
    )  # fmt: skip
    money = section("finance_setup", price_server=550_000, hosting_month_price=estimate(20_000))
    (gap,) = made(office(), hosting, money).hosting.ways
    found = {one.way.code.removeprefix("way."): one for one in gap.options}
    # 550,000 × ⌈5 / 5 years⌉; 20,000 × 12 × 5 = 1,200,000, a quarter less or more
    assert found["buy"].cost.value == 550_000
    assert (found["rent"].cost.low, found["rent"].cost.value, found["rent"].cost.high) == (
        900_000,
        1_200_000,
        1_500_000,
    )


def test_nothing_missing_needs_no_way():
    found = made(office(), machines(how_many=8))
    assert not [one for one in found.branches[0].options if one.gap == "computers"]
