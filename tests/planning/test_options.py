"""Ways to fill gaps: what each costs over five years, and which is advised."""

from __future__ import annotations

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import branches, nouns, plan, words
from tests.planning.books import TODAY, book, estimate, office, section, work

PRICES = {"price_computer": 60_000, "price_ups": 20_000, "price_battery": 22_000, "price_router": 16_000}


def made(*sections: flow_nouns.SectionAnswers, **changes) -> nouns.Plan:
    """A plan; clients get no printed receipts where a test does not say otherwise."""
    papers = [section("operations_documents", receipts="no")]
    if any(one.flow == papers[0].flow for one in sections):
        papers = []
    return plan.make_plan(book(*papers, *sections, **changes), shipped.assessment(), today=TODAY)


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


@pytest.mark.parametrize(
    ("there", "waits"),
    [  # each needs 6, B has 3
        pytest.param(9, False, id="A has the three that B lacks"),
        pytest.param(8, True, id="A has two of three, one is bought"),
    ],
)
def test_what_is_reused_waits_for_no_order(there, waits):
    branches = tuple(flow_nouns.Branch(name, name.upper()) for name in "ab")
    offices = [
        section("branch_office", name, users_at_once=5, tellers=2, loan_officers=4, staff_total=9)
        for name in "ab"
    ]
    power = [section("branch_power", name, grid_hours=24, cuts_per_week=0, backups=[]) for name in "ab"]
    found = made(
        *offices, *power, machines("a", how_many=there), machines("b", how_many=3), section("finance_setup", **PRICES),
        branches=branches,
    )  # fmt: skip
    tasks = {task.id: task for task in found.schedule.tasks}
    assert ("hardware_order" in tasks) is waits
    before = tasks["hardware_order" if waits else "gaps"]
    assert tasks["bring_b"].start > before.end
    assert tasks["site_b"].start > tasks["bring_b"].end


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
    money = section(
        "finance_setup", price_server=550_000, price_ups=20_000, hosting_month_price=estimate(20_000), exchange_rate=100,
    )  # fmt: skip
    (gap,) = made(office(), hosting, money).hosting.ways
    found = {one.way.code.removeprefix("way."): one for one in gap.options}
    # 550,000 × ⌈5 / 5 years⌉ and a UPS for 350 W / 0.6 × 1.25 = 729 VA; 345.3 kWh a month × 0.2 × 100 × 12 × 5
    energy = 350 * 1.35 * 168 * 4.35 / 1000
    assert found["buy"].cost.value == pytest.approx(570_000 + energy * 20 * 60)
    # nobody is asked what a kWh costs: it is between 0.08 and 0.35 dollars
    assert found["buy"].cost.low == pytest.approx(570_000 + energy * 8 * 60)
    assert found["buy"].cost.high == pytest.approx(570_000 + energy * 35 * 60)
    # 20,000 × 12 × 5 = 1,200,000, a quarter less or more
    assert (found["rent"].cost.low, found["rent"].cost.value, found["rent"].cost.high) == (
        900_000,
        1_200_000,
        1_500_000,
    )


@pytest.mark.parametrize(
    ("room", "bought"),
    [
        pytest.param({"server_room": "yes"}, {"ups": 1}, id="power day and night: a UPS"),
        # 350 W × 4 h / (12 × 0.5 × 0.85 × 0.8) = 343 Ah
        pytest.param({"server_room": "no"}, {"ups": 1, "batteries": 4, "cooling": 1}, id="no such room: batteries and cooling too"),
        pytest.param({}, {"ups": 1, "batteries": 4, "cooling": 1}, id="nobody said"),
    ],
)  # fmt: skip
def test_an_own_server_needs_power_at_head_office(room, bought):
    hosting = section(
        "it_hosting", clients_total=5000, clients_growth_percent=0, years=3, servers=[], hosting_options=["own_room"], **room
    )  # fmt: skip
    (gap,) = made(office(), hosting, section("finance_setup", **PRICES)).hosting.ways
    (buy,) = [one for one in gap.options if one.way.code == "way.buy"]
    pieces = {one.item: one.quantity.value for one in buy.buys if one.item != "electricity"}
    assert pieces == {"server": 1} | bought


def test_the_heat_of_servers_is_carried_out():
    """60,000 clients are of class M: two servers of 8 cores and 32 GB, 700 W."""
    hosting = section(
        "it_hosting", clients_total=60_000, clients_growth_percent=0, years=3, servers=[], hosting_options=["own_room"], server_room="no",
    )  # fmt: skip
    (gap,) = made(office(), hosting, section("finance_setup", price_server=550_000)).hosting.ways
    (buy,) = [one for one in gap.options if one.way.code == "way.buy"]
    (cooling,) = [one for one in buy.buys if one.item == "cooling"]
    assert (cooling.quantity.value, cooling.price.value) == (1, 550_000 * 15 / 100)  # ⌈700 / 2,500⌉


def test_nothing_missing_needs_no_way():
    found = made(office(), machines(how_many=8))
    assert not [one for one in found.branches[0].options if one.gap == "computers"]


# --- one decision: the budget buys what the ways taken need, and nothing else


def rows(found: nouns.Plan) -> dict[str, nouns.CostRow]:
    return {row.what.code.removeprefix("cost."): row for row in found.costs.rows}


def three_branches(*sections: flow_nouns.SectionAnswers, **more) -> nouns.Plan:
    """Each needs 6 computers: A has 10, B lacks 3, C lacks 4."""
    offices = [
        section("branch_office", name, users_at_once=5, tellers=2, loan_officers=4, staff_total=9)
        for name in "abc"
    ]
    return made(
        *offices, machines("a", how_many=10), machines("b", how_many=3), machines("c"),
        section("finance_setup", **PRICES), *sections,
        branches=tuple(flow_nouns.Branch(name, name.upper()) for name in "abc"), **more,
    )  # fmt: skip


def test_what_is_reused_is_not_bought():
    found = three_branches()
    # B's 3 and 1 of C's 4 come from A; 4 − 1 = 3 are new: 3 × 60,000
    assert (rows(found)["computers"].quantity.value, rows(found)["computers"].amount.value) == (3, 180_000)
    (bought,) = [one for one in found.branches[2].options[0].options if one.way.code == "way.buy"]
    assert words.say(bought.what) == "3 new"
    said = {
        words.say(text)
        for chapter in found.sections
        if chapter.key == "budget"
        for text in chapter.statements
    }
    assert "B, Computers: 3 from A, which has more than it needs. Nothing is bought for it." in said
    (gap,) = [gap for gap in found.branches[1].gaps if gap.id == "computers"]
    assert words.say(gap.resolution) == "3 from A, which has more than it needs"


@pytest.mark.parametrize(
    ("own", "bought", "leased", "advice"),
    [
        # B buys its 3, so A's four too many all go to C
        pytest.param({"own_branch": "b", "own_way": "buy"}, 3, 0, "advice.chosen", id="buy at one branch"),
        pytest.param({"own_way": "buy"}, 7, 0, "advice.chosen", id="buy at all of them"),
        pytest.param({"own_branch": "B", "own_way": "rent"}, 0, 3, "advice.chosen", id="on lease at one"),
        pytest.param({"own_branch": "B", "own_way": "workaround"}, 0, 0, "advice.chosen", id="taking turns"),
        pytest.param(
            {"own_branch": "B", "own_way": "repair"}, 3, 0, "advice.not_possible", id="nothing to repair"
        ),
    ],
)
def test_the_project_manager_decides_otherwise(own, bought, leased, advice):
    found = three_branches(section("project_team", own_ways=[{"own_gap": "computers"} | own]))
    pieces = {name: row.quantity.value for name, row in rows(found).items()}
    assert (pieces.get("computers", 0), pieces.get("computers_leased", 0)) == (bought, leased)
    assert found.branches[1].options[0].advice.code == advice


def test_a_lease_is_paid_each_year():
    own = {"own_gap": "computers", "own_branch": "B", "own_way": "rent"}
    leased = rows(three_branches(section("project_team", own_ways=[own])))["computers_leased"]
    # 3 × 60,000 × 4 % × 12 = 86,400
    assert (leased.yearly, leased.amount.value) == (True, 86_400)


def test_a_choice_for_a_branch_that_is_not_there_is_named():
    own = [{"own_gap": "computers", "own_branch": "Lodvar", "own_way": "buy"}]
    found = made(office(), section("project_team", own_ways=own))
    assert "warning.choice_elsewhere" in {text.code for text in found.warnings}


SERVER = {"name": "Old friend", "cores": 16, "memory_gb": 64, "disk_gb": 4000, "age_years": 2, "use": "Files"}


def hosted(*servers: dict, **changes) -> flow_nouns.SectionAnswers:
    usual = {
        "clients_total": 5000, "clients_growth_percent": 0, "years": 3, "servers": list(servers),
        "hosting_options": ["own_room", "local_provider"], "server_room": "yes", "data_must_stay": "no",
        "hosting_preference": "own_room",
    }  # fmt: skip
    return section("it_hosting", **(usual | changes))


MONEY = section("finance_setup", price_server=550_000, hosting_month_price=20_000)


@pytest.mark.parametrize(
    ("servers", "changes", "taken", "bought"),
    [
        pytest.param([SERVER], {}, ["reuse"], {}, id="large and young enough: nothing is bought"),
        # 550,000 × 25 % = 137,500
        pytest.param(
            [SERVER | {"memory_gb": 8}], {}, ["repair"], {"server_repaired": 137_500}, id="too little memory"
        ),
        pytest.param([SERVER | {"age_years": 6}], {}, ["buy"], {"server": 550_000}, id="too old"),
        # class M takes 16 cores and 48 GB: ⌈16/8⌉ = 2 servers of 8 cores and 32 GB; 1 such is there, 1 is bought
        pytest.param(
            [SERVER | {"cores": 8, "memory_gb": 32}], {"clients_total": 50_000}, ["buy"], {"server": 550_000},
            id="one of two is there",
        ),
        # ⌈48 / 16⌉ = 3 rented servers of 16 GB × 20,000 × 12 = 720,000
        pytest.param(
            [], {"clients_total": 50_000, "hosting_preference": "local_provider"}, ["rent"], {"hosting": 720_000},
            id="rented, as wished",
        ),
        pytest.param(
            [SERVER], {"server_room": "no"}, ["rent"], {"hosting": 240_000}, id="no room for the one that is there"
        ),
    ],
)  # fmt: skip
def test_where_the_server_comes_from(servers, changes, taken, bought):
    found = made(office(), hosted(*servers, **changes), MONEY)
    (gap,) = found.hosting.ways
    assert [one.way.code.removeprefix("way.") for one in gap.taken] == taken
    kept = {name: row.amount.value for name, row in rows(found).items()}
    assert {name: kept[name] for name in ("server", "server_repaired", "hosting") if name in kept} == bought


@pytest.mark.parametrize(
    ("wish", "rows_of"),
    [
        # one rented server and one that follows: 2 × 20,000 × 12
        pytest.param("local_provider", {"hosting": 480_000}, id="rented"),
        # the one that is there, and one bought that follows it: 1 × 550,000
        pytest.param("own_room", {"server": 550_000}, id="one is there"),
    ],
)
def test_a_second_server_that_follows_is_in_the_budget(wish, rows_of):
    borne = section("it_security", rpo_hours=1, rto_hours=2)
    found = made(office(), hosted(SERVER, hosting_preference=wish), MONEY, borne)
    kept = {name: row.amount.value for name, row in rows(found).items()}
    assert {name: kept[name] for name in ("server", "hosting") if name in kept} == rows_of


def test_the_project_manager_rents_though_a_server_is_there():
    own = section("project_team", own_ways=[{"own_gap": "server", "own_way": "rent"}])
    found = made(office(), hosted(SERVER), MONEY, own)
    assert rows(found)["hosting"].amount.value == 240_000
    (gap,) = found.hosting.ways
    assert words.say(gap.advice) == "Decided by Ann Achieng: Rent."


def test_panels_against_a_generator_where_cuts_are_long():
    supply = section(
        "branch_power",
        "b",
        grid_hours=2,
        cuts_per_week=5,
        longest_cut_hours=6,
        usual_cut_hours=3,
        backups=["none"],
    )
    prices = PRICES | {"price_solar": 12_000, "price_generator": 70_000, "price_fuel": 200}
    found = made(office(), machines(), supply, section("finance_setup", **prices))
    (gap,) = [one for one in found.branches[0].options if one.gap == "power"]
    costs = {one.what.code.removeprefix("fill.buy_power_"): one.cost.value for one in gap.options}
    # 340 W; 8 − 2 = 6 h: 500 Ah and 582.86 Wp. UPS 20,000 × 1; 5 batteries × 22,000 × ⌈5/3⌉ = 220,000;
    # 6 sets of 100 Wp × 12,000 × ⌈5/10⌉ = 72,000: 312,000
    assert costs["solar"] == pytest.approx(312_000)
    # UPS 20,000; 0.5525 kVA: 1 generator × 70,000 = 70,000; 4.35 weeks × 5 days × 6 h = 130.5 h a month; 0.34 kW × 0.35
    # is less than 0.6 l an hour: 78.3 l × 200 × 12 × 5 = 939,600: 1,029,600
    assert costs["generator"] == pytest.approx(1_029_600)
    assert rows(found)["solar"].amount.value == pytest.approx(72_000)
    assert not {"generators", "fuel_more"} & set(rows(found))


@pytest.mark.parametrize(
    ("there", "severity", "bought"),
    [
        pytest.param({"kva": 3, "backups": ["generator", "ups"], "va": 900, "minutes": 15}, "green", set(), id="strong, with a UPS until it runs"),
        pytest.param({"kva": 3, "backups": ["generator"]}, "amber", {"ups"}, id="strong: only the minutes are missing"),
        pytest.param({"kva": 0.5, "backups": ["generator", "ups"], "va": 900, "minutes": 15}, "red", {"ups", "batteries", "solar"}, id="too weak for 0.5525 kVA"),
    ],
)  # fmt: skip
def test_a_generator_that_is_there_needs_fuel_and_no_purchase(there, severity, bought):
    cuts = {"grid_hours": 2, "cuts_per_week": 5, "longest_cut_hours": 6, "usual_cut_hours": 3}
    supply = section("branch_power", "b", fuel_cost_month=9000, **cuts, **there)
    prices = PRICES | {"price_solar": 12_000, "price_generator": 70_000, "price_fuel": 200}
    found = made(office(), machines(), supply, section("finance_setup", **prices))
    (gap,) = [gap for gap in found.branches[0].gaps if gap.id == "power"]
    assert gap.severity.value == severity
    assert {"ups", "batteries", "solar", "generators"} & set(rows(found)) == bought
    assert rows(found)["fuel"].amount.value == 108_000  # 9,000 × 12


def test_a_page_names_its_two_lengths_of_cuts_apart():
    supply = section(
        "branch_power", "b", grid_hours=4, cuts_per_week=5, longest_cut_hours=6, usual_cut_hours=3,
        backups=["generator"], kva=5,
    )  # fmt: skip
    found = branches.plan(work(office(), supply), flow_nouns.Branch("b", "Busia")).power
    labels = [words.say(figure.label) for figure in (found.outage, found.autonomy)]
    assert len(set(labels)) == 2


def test_how_strong_the_generator_is_must_be_known_before_anything_is_bought():
    supply = section(
        "branch_power", "b", grid_hours=6, cuts_per_week=5, longest_cut_hours=4, usual_cut_hours=3, backups=["generator"],
    )  # fmt: skip
    found = made(office(), machines(), supply, section("finance_setup", **PRICES))
    assert "branch_power:b:generator/kva" in found.branches[0].power.autonomy.waits_for
    assert rows(found)["ups"].quantity.value is None


def test_a_generator_of_unknown_price_costs_at_least_what_is_known():
    supply = section(
        "branch_power",
        "b",
        grid_hours=2,
        cuts_per_week=5,
        longest_cut_hours=6,
        usual_cut_hours=3,
        backups=["none"],
    )
    found = made(office(), machines(), supply, section("finance_setup", **PRICES))
    (gap,) = [one for one in found.branches[0].options if one.gap == "power"]
    (generator,) = [one for one in gap.options if one.what.code == "fill.buy_power_generator"]
    assert (generator.cost.value, generator.cost.low) == (None, 20_000)
    assert {"finance_setup::prices/price_generator", "finance_setup::prices/price_fuel"} <= set(
        generator.cost.waits_for
    )


def test_fuel_of_today_goes_on():
    supply = section("branch_power", "b", backups=["generator"], kva=3, fuel_cost_month=9000)
    found = made(office(), supply)
    assert rows(found)["fuel"].unit_price.value == 9000
    assert rows(found)["fuel"].amount.value == 108_000  # 9,000 × 12


def test_receipt_printers_have_a_price():
    kinds = section("branch_equipment", "b", computers=[], printers=[])
    papers = section("operations_documents", receipts="yes")
    found = made(office(), kinds, papers, section("finance_setup", price_receipt_printer=14_000))
    assert rows(found)["receipt_printers"].amount.value == 28_000  # one for each of 2 tellers


def test_a_second_sim_is_a_router_and_a_fee():
    line = {
        "technology": "mobile", "provider": "A", "mbps_morning": 4, "mbps_afternoon": 4, "cuts_per_week": 0,
        "monthly_cost": 3000,
    }  # fmt: skip
    part = section("branch_internet", "b", links=[line], mobile_signal="good")
    wish = section("it_systems", failover_wish="second_sim")
    found = made(office(), part, wish, section("finance_setup", price_router=16_000, sim_month_price=1000))
    # 16,000 × ⌈5/5⌉ + 1,000 × 12 × 5 = 76,000
    assert ways(found, "failover")["buy"].cost.value == 76_000
    assert rows(found)["routers"].amount.value == 16_000
    assert rows(found)["sims"].amount.value == 12_000


@pytest.mark.parametrize(
    ("wish", "own", "bought", "said"),
    [
        # one router with two SIM cards and one switch, at 40 % of the router, carry both lines
        pytest.param("second_sim", "", {"fast_lines": 84_000, "routers": 16_000, "switches": 6_400, "sims": 12_000}, "fill.buy_failover_sim", id="a first line and a SIM"),
        pytest.param("second_line", "", {"fast_lines": 84_000, "routers": 16_000, "switches": 6_400, "second_lines": 84_000}, "fill.rent_failover", id="a first line and a second one"),
        pytest.param("second_sim", "workaround", {"routers": 16_000, "switches": 6_400, "sims": 12_000}, "fill.buy_failover", id="only a SIM, as decided"),
    ],
)  # fmt: skip
def test_a_branch_without_a_line_gets_a_router_and_a_switch_once(wish, own, bought, said):
    part = section("branch_internet", "b", links=[], mobile_signal="good")
    decided = section("project_team", own_ways=[{"own_gap": "bandwidth", "own_way": own}] if own else [])
    prices = section("finance_setup", price_router=16_000, sim_month_price=1000, line_month_price=7000)
    found = made(office(), part, section("it_systems", failover_wish=wish), decided, prices)
    kept = {name: row.amount.value for name, row in rows(found).items()}
    network = ("fast_lines", "routers", "switches", "sims", "second_lines")
    assert {name: kept[name] for name in network if name in kept} == bought
    (second,) = [gap for gap in found.branches[0].options if gap.gap == "failover"]
    assert [way.what.code for way in second.taken] == [said]


NEEDS = {
    "modules": ["teller", "reporting", "messages", "savings"],
    "must_savings": ["sav_01"],
    "nice_to_have": ["none"],
}


@pytest.mark.parametrize(
    ("needs", "price", "fees"),
    [
        # receipts and finished reports are one program, messages another: 2 × 30,000 × 5, between nothing and 20 days
        pytest.param(NEEDS | {"must_teller": ["csh_04"], "must_reporting": ["rep_02"], "must_messages": ["msg_01"]}, {"specialist_day_price": 30_000}, (300_000, 0, 1_200_000), id="two programs for three needs"),
        pytest.param(NEEDS | {"must_teller": ["csh_04"], "must_reporting": ["rep_04"], "must_messages": ["msg_02"]}, {"specialist_day_price": 30_000}, (150_000, 0, 600_000), id="a script of one's own has no fee"),
        pytest.param(NEEDS | {"must_teller": ["csh_04"], "must_reporting": ["rep_01"], "must_messages": ["msg_02"]}, {}, (None, None, None), id="the specialist's price is not known"),
        pytest.param(NEEDS | {"must_teller": ["csh_01"], "must_reporting": ["rep_01"], "must_messages": ["msg_02"]}, {}, None, id="none"),
        pytest.param(NEEDS | {"must_teller": ["csh_04"]}, {"specialist_day_price": 30_000}, (None, None, None), id="other needs are not known yet"),
    ],
)  # fmt: skip
def test_programs_beside_mifos_have_a_fee_each_year(needs, price, fees):
    found = made(office(), section("operations_needs", **needs), section("finance_setup", **price))
    row = rows(found).get("addons")
    assert (row and (row.amount.value, row.amount.low, row.amount.high)) == fees
    assert row is None or row.yearly


def test_while_nobody_knows_what_is_missing_the_budget_keeps_it_open():
    found = made(office(), section("finance_setup", **PRICES))
    for item in ("computers", "ups", "batteries", "routers", "sims", "fast_lines"):
        row = rows(found)[item]
        assert row.quantity.value is None, item
        assert row.quantity.waits_for, item
    assert found.costs.once.value is None
