"""Every formula has a worked example: one branch and its institution with the arithmetic written out, or a test elsewhere.

Each line is the formula's name, then what it comes to in this book, as somebody would reckon it on paper.
"""

from __future__ import annotations

import math
import pathlib
import re
from typing import Any

import msgspec
import pytest

from flows import shipped
from planning import branches, costs, facts, hosting, nouns, options, parameters, server_ways, workbook
from tests.planning.books import TODAY, book, office, section

HERE = pathlib.Path(__file__).parent
WORDS = HERE.parents[1] / "planning" / "words" / "en.yaml"


class Recorded(workbook.Workbook):
    """A workbook that keeps every figure it makes, by the formula's name."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.made: dict[str, list[float | None]] = {}

    def _figure(self, name: str, value: float | None, *given: Any, **more: Any) -> nouns.Figure:
        self.made.setdefault(name, []).append(value)
        return super()._figure(name, value, *given, **more)


MOBILE = {
    "technology": "mobile", "provider": "A", "mbps_morning": 4, "mbps_afternoon": 0.8, "cuts_per_week": 6,
    "usual_cut_hours": 1, "longest_cut_hours": 52, "monthly_cost": 3000,
}  # fmt: skip
FIBRE = MOBILE | {
    "technology": "fibre", "provider": "B", "mbps_morning": 0.5, "cuts_per_week": 0, "monthly_cost": 5000,
    "shares_mast": "no",
}  # fmt: skip
BRANCH = (
    office(clients=1000),
    section("branch_internet", "b", links=[MOBILE, FIBRE], mobile_signal="good"),
    section(
        "branch_power", "b", grid_hours=2, cuts_per_week=10, longest_cut_hours=6, usual_cut_hours=3,
        backups=["inverter"], va=500, battery_ah=100,
    ),
    section(
        "branch_equipment", "b", pages_per_day=137, printers=[{"printer_kind": "laser", "printer_how_many": 1}],
        computers=[
            {"kind": "desktop", "how_many": 2, "age_years": 1, "memory_gb": 8, "works": "yes"},
            {"kind": "laptop", "how_many": 1, "age_years": 7, "works": "yes"},
        ],
    ),
    section("operations_documents", receipts="yes"),
)  # fmt: skip
INSTITUTION = (
    section(
        "it_hosting", clients_total=50_000, clients_growth_percent=10, years=2, hosting_options=["own_room"],
        servers=[{"name": "S", "cores": 8, "memory_gb": 32, "disk_gb": 100, "age_years": 2, "use": "Files"}],
        hosting_preference="own_room", server_room="yes",
    ),
    section(
        "finance_setup", price_computer=60_000, price_printer=30_000, price_receipt_printer=14_000, price_ups=20_000,
        price_battery=22_000, price_solar=12_000, price_generator=70_000, price_fuel=200, price_router=16_000,
        sim_month_price=1000, line_month_price=7000, price_server=550_000, hosting_month_price=20_000,
        specialist_day_price=30_000, contingency_percent=10, exchange_rate=130,
    ),
)  # fmt: skip

LOAD = 2 * 90 + 3 * 40 + 2 * 25 + 20 + 20
"""Two desktops, three laptops, two receipt printers, network and light: 390 W."""
DARK = 4.35 * max(10 * 3, 5 * (8 - 2))
"""Opening hours of a month without the grid: 30 a week."""
ONCE = 4 * 60_000 + 30_000 + 2 * 14_000 + 2 * 20_000 + 6 * 22_000 + 7 * 12_000 + 550_000
"""Computers, printer, receipt printers, UPS for the branch and for the server, batteries, panels, server."""
ENERGY = 2 * 350 * 1.35 * 24 * 7 * 4.35 / 1000
"""kWh a month of two servers of 350 W, and a third again for their cooling."""
YEARLY = 7000 * 12 + 8000 * 12 + ENERGY * 0.2 * 130 * 12
"""The faster line, today's lines, the servers' electricity at 0.2 dollars."""
INFLATED = [YEARLY * 1.05**later for later in range(5)]
NETWORK = 16_000 + 16_000 * 40 / 100
"""A router, and a switch at a share of its price."""
AGAIN = (6 * 22_000 + 30_000 + NETWORK + 550_000) * 1.05**3 + 2 * 60_000 * 1.05**4
"""Year 4: batteries, today's printer, router and switch, which have 2.5 of 5 years behind them, and today's server of 2 years; year 5: computers of 1 year."""

WORKED: dict[str, float] = {
    # internet
    "days_a_week": 5,
    "bandwidth_need": max(1000, 5 * 100 * 1.5),
    "bandwidth_have": max(800, 500),
    "bandwidth_gap": 1000 - 800,
    "link_speed": min(4, 0.8) * 1000,
    "link_availability": 100 * (1 - (77 * 1 + 2 * 8 + 4) / 520),  # 78 cuts; 52 h are two days and 4 h
    "link_availability_no_cuts": 99.7,
    "lines_cost": 3000 + 5000,
    "router_off": 100 * 5 * (6 - 100 * 12 * 0.5 * 0.85 / LOAD) / (5 * 8),
    "mast_off": 100 * 5 * (6 - 4) / (5 * 8),
    # both are down less of themselves than the power is: what is left is the router's power
    "availability": 100 - 100 * 5 * (6 - 100 * 12 * 0.5 * 0.85 / LOAD) / (5 * 8),
    "lost_hours": 8 * 5 * 4.35 * 5 * (6 - 100 * 12 * 0.5 * 0.85 / LOAD) / (5 * 8),
    "entries_day": 1000 * 70 / (5 * 52),
    "entry_hours": 1000 * 70 / (5 * 52) * 1 / 60 / 5,
    "line_hours": 8 * (1 - 5 * (6 - 510 / LOAD) / 40),
    "late_entries": 1000 * 70 / (5 * 52) * 5 * (6 - 510 / LOAD) / 40,
    # power
    "computers_in_use": max(5, 2 + 2 + 1),  # ⌈4 / 3⌉ = 2
    "desktops": 2,
    "laptops": 5 - 2,
    "receipt_printers": 2,
    "watts": LOAD,
    "watts_servers": 1 * 350,
    "watts_desktop": 2 * 90,
    "watts_laptop": 3 * 40,
    "watts_receipt": 2 * 25,
    "autonomy": min(8, max(0.25, 3 * 10 / 5, 8 - 2)),
    "ups": LOAD / 0.6 * 1.25,
    "battery": LOAD * 6 / (12 * 0.5 * 0.85 * 0.8),
    "runtime": 100 * 12 * 0.5 * 0.85 / LOAD,
    "runtime_gap": 6 - 510 / LOAD,
    "generator": LOAD * 1.3 / 0.8 / 1000,
    "solar": LOAD * 6 / (5 * 0.7),
    # devices
    "computers_need": 5 + 1,  # 10 % of 5 is half a one
    "computers_usable": 2,
    "computers_usable_of": 2,
    "computers_ruled_out": 0,  # seven years old
    "computers_gap": 6 - 2,
    "printers_need": 2,  # 137 × 22 / 3,000 = 1.005
    "printers_usable": 1,
    "printers_gap": 2 - 1,
    "receipt_printers_gap": 2 - 0,
    # ways
    "option_nothing_bought": 0,
    "option_bought": 4 * 60_000 * 1,
    "option_rented": 4 * (60_000 * 4 / 100) * 12 * 5,
    "option_sum": 20_000 + 12 * 0 + 6 * 22_000 * 2 + 7 * 12_000 * 1,
    "still_missing": 4 - 4,
    "price_lease": 60_000 * 4 / 100,
    "price_switch": 16_000 * 40 / 100,
    "network_there": 1,
    "ups_needed": math.ceil(LOAD / 0.6 * 1.25 / 1000),
    "panels_needed": math.ceil(LOAD * 6 / (5 * 0.7) / 100),
    "generators_needed": math.ceil(LOAD * 1.3 / 0.8 / 1000 / 3),
    "fuel_litres": DARK * max(0.6, LOAD / 1000 * 0.35),
    "hours_dark": DARK,
    "batteries_needed": math.ceil(LOAD * 6 / (12 * 0.5 * 0.85 * 0.8) / 100),
    "option_both_lines": 800 + 500,
    # servers: 50,000 × 1.1² = 60,500.000000000007, rounded up; class M
    "clients_at_end": 60_501,
    "users_of_branches": 5,
    "cores_need": 16,
    "memory_need": 48,
    "disk_need": 60_501 * (2 * 0.25 + 1.5) * (1 + 3) / 1024 + 40,
    "best_cores": 8,
    "best_memory_gb": 32,
    "best_disk_gb": 100,
    "cores_gap": 16 - 8,
    "memory_gb_gap": 48 - 32,
    "disk_gb_gap": 60_501 * 2 * 4 / 1024 + 40 - 100,
    "servers_needed": max(math.ceil(16 / 8), math.ceil(48 / 32)),
    "servers_rented": max(math.ceil(16 / 8), math.ceil(48 / 16)),
    "servers_there": min(8 // 8, 32 // 32),
    "servers_to_buy": 2 - 1,
    "energy_servers": ENERGY,
    "own_month": 1 * 550_000 / 5 / 12 + ENERGY * 26,
    "hosting_month": 3 * 20_000,
    # money
    "quantity": 4,
    "quantity_again": 2 - 0,
    "quantity_specialist": 0,
    "amount": 4 * 60_000,
    "amount_none": 0,
    "amount_rented": 7000 * 12,
    "amount_year": 8000 * 12,
    "amount_in_year": 7000 * 12 * 1.05,
    "lines_total": 3000 + 5000,
    "months_a_year": 12,
    "once": ONCE,
    "contingency": ONCE * 10 / 100,
    "year_once": ONCE * 1.1,
    "year_running": INFLATED[1],
    "year_total": ONCE * 1.1 + INFLATED[0],
    "cost_total": ONCE * 1.1 + sum(INFLATED) + AGAIN,
    "cost_per_client": (ONCE * 1.1 + sum(INFLATED) + AGAIN) / 5 / 50_000,
}

ELSEWHERE: dict[str, str] = {
    "clients_of_branches": "test_the_branches_count_where_head_office_does_not",
    "router_generator": "test_lines_stop_with_the_power",
    "availability_shared": "test_two_lines_together",
    "availability_none": "test_no_line_is_no_time_with_a_line_but_nobody_asked_is_not_known",
    "autonomy_no_cuts": "test_hours_that_the_battery_must_last",
    "autonomy_generator": "test_a_generator_that_is_there_needs_fuel_and_no_purchase",
    "runtime_solar": "test_hours_that_todays_batteries_last",
    "pieces_there": "test_what_stands_there_grows_old",
    "trainer_days_held": "test_trainers_are_paid_for_every_day_on_which_a_task_holds_one",
    "specialist_on_site": "test_a_specialist_from_elsewhere_travels_and_stays",
    "specialist_nights": "test_a_specialist_from_elsewhere_travels_and_stays",
    "specialist_journeys": "test_a_specialist_from_elsewhere_travels_and_stays",
    "price_journey": "test_a_specialist_from_elsewhere_travels_and_stays",
    "stabilisers": "test_each_branch_whose_voltage_swings_gets_a_stabiliser",
    "earthing": "test_a_building_without_an_earth_wire_is_earthed",
    "arresters": "test_lightning_asks_for_arresters",
    "addons": "test_programs_beside_mifos_have_a_fee_each_year",
    "price_addon": "test_programs_beside_mifos_have_a_fee_each_year",
    "cooling_needed": "test_the_heat_of_servers_is_carried_out",
    "price_cooling": "test_the_heat_of_servers_is_carried_out",
    "records_compared": "test_single_payments_are_loaded_but_not_compared_one_by_one",
    "cut_over_accounts": "test_single_payments_are_loaded_but_not_compared_one_by_one",
    "days_away": "test_days_at_branches_near_head_office_cost_no_bed",
    "quantity_away": "test_days_at_branches_near_head_office_cost_no_bed",
    "months_hired": "test_whoever_is_hired_is_paid_for_the_months_of_their_work",
    "quantity_hired": "test_whoever_is_hired_is_paid_for_the_months_of_their_work",
    "runtime_seen": "test_hours_that_todays_batteries_last",
    "runtime_none": "test_hours_that_todays_batteries_last",
    "price_repair": "test_a_repair_costs_less_and_fits_less_well_than_new_ones",
    "restore": "test_what_a_failure_costs_in_each_place",
    "down_rented": "test_what_a_failure_costs_in_each_place",
    "down_own": "test_what_a_failure_costs_in_each_place",
    "servers_followed": "test_a_second_server_that_follows_is_in_the_budget",
    "servers_spare": "test_a_spare_server_saves_the_wait",
    "no_server": "test_where_the_server_comes_from",
    "by_hand": "test_migration_by_hand_and_by_template",
    "by_hand_total": "test_migration_by_hand_and_by_template",
    "template_fixed": "test_migration_by_hand_and_by_template",
    "cleaning": "test_migration_by_hand_and_by_template",
    "typing_sheets": "test_migration_by_hand_and_by_template",
    "by_template": "test_migration_by_hand_and_by_template",
    "break_even": "test_migration_by_hand_and_by_template",
    "migration_days": "test_migration_by_hand_and_by_template",
    "records": "test_migration_by_hand_and_by_template",
    "gap_score": "test_gaps_of_capabilities",
    "gap_effort": "test_gaps_of_capabilities",
    "gap_effort_in_changes": "test_a_gap_closed_by_a_change_is_counted_once",
    "gap_effort_none": "test_what_was_chosen_counts_for_needs_served_in_part",
    "report_effort": "test_reports_by_priority_and_effort",
    "report_effort_stock": "test_reports_by_priority_and_effort",
    "report_effort_none": "test_reports_by_priority_and_effort",
    "staff_of_branches": "test_many_branches_need_a_help_desk",
    "administrators_needed": "test_administrators_by_branches",
    "administrators_share": "test_administrators_by_branches",
    "administrators_have": "test_administrators_by_branches",
    "administrators_gap": "test_administrators_by_branches",
    "converted": "test_a_price_in_dollars_is_turned_by_the_stated_rate_and_shows_it",
    "fuel_total": "test_fuel_of_today_goes_on",
    "link_speed_once": "test_a_line_measured_once",
    "needs": "test_gaps_are_counted",
    "needs_served": "test_gaps_are_counted",
    "needs_missing": "test_gaps_are_counted",
    "gaps_effort": "test_gaps_are_counted",
    "settings_effort": "test_gaps_are_counted",
    "trainer_days": "test_trainer_days_are_added_up",
    "trainer_days_available": "test_trainer_days_are_added_up",
    "no_migration": "test_where_nothing_moves_there_is_no_window",
    "cut_over_rows": "test_the_hours_of_the_largest_branch",
    "cut_over_loading": "test_the_hours_of_the_largest_branch",
    "cut_over_checking": "test_the_hours_of_the_largest_branch",
    "cut_over_days": "test_the_hours_of_the_largest_branch",
    "days_needed": "test_the_days_needed_are_those_of_the_tasks_that_hold_the_role",
    "days_given": "test_half_a_week_gives_half_the_days",
    "load": "test_half_a_week_gives_half_the_days",
    "share_together": "test_a_week_promised_more_than_once",
    "readiness": "test_half_is_the_branches_and_half_the_project",
    "readiness_branches": "test_half_is_the_branches_and_half_the_project",
    "readiness_branch": "test_a_branch_is_the_weighted_mean_of_its_parts",
    "readiness_project": "test_the_project_is_the_weighted_mean_of_its_parts",
    "ready_answers": "test_how_far_each_thing_is_there",
    "ready_line": "test_how_far_each_thing_is_there",
    "ready_second_line": "test_how_far_each_thing_is_there",
    "ready_power": "test_how_far_each_thing_is_there",
    "ready_computers": "test_how_far_each_thing_is_there",
    "ready_printers": "test_how_far_each_thing_is_there",
    "ready_manager": "test_how_far_each_thing_is_there",
    "ready_specialist": "test_how_far_each_thing_is_there",
    "ready_security": "test_how_far_each_thing_is_there",
    "ready_duties": "test_how_far_each_thing_is_there",
    "ready_first_trainer": "test_how_far_each_thing_is_there",
    "ready_data": "test_how_far_each_thing_is_there",
    "training_groups": "test_training_in_groups_of_twelve",
    "course_days_more": "test_branch_staff_learn_together",
    "branch_course_days": "test_branch_staff_learn_together",
    "groups_at_branch": "test_branch_staff_learn_together",
    "groups_of_branches": "test_branch_staff_learn_together",
    "learners_of_branches": "test_branch_staff_learn_together",
    "course_trainer_days": "test_training_in_groups_of_twelve",
}
"""Formulas whose arithmetic stands in another test of this folder."""


@pytest.fixture(scope="module")
def made() -> dict[str, list[float | None]]:
    """What every formula came to in the book above."""
    at = Recorded(facts.Facts(book(*BRANCH, *INSTITUTION), shipped.assessment(), TODAY), parameters.default())
    pages = options.of_branches(at, [branches.plan(at, branch) for branch in at.facts.book.branches])
    found = hosting.plan(at)
    found = msgspec.structs.replace(found, ways=(server_ways.of(at, found),))
    costs.plan(at, pages, found, [], hosting.clients_now(at))
    return at.made


@pytest.mark.parametrize("name", WORKED)
def test_a_formula_comes_to_what_paper_says(made, name):
    found = made[name]
    assert any(value == pytest.approx(WORKED[name], abs=1e-6) for value in found if value is not None), found


def test_every_formula_has_a_worked_example():
    formulas = set(re.findall(r"^formula\.(\w+):", WORDS.read_text("utf-8"), re.MULTILINE))
    shown = {*WORKED, *ELSEWHERE}
    assert formulas == shown


def test_examples_elsewhere_are_there():
    tests = "".join(path.read_text("utf-8") for path in HERE.rglob("test_*.py"))
    assert {name for name in ELSEWHERE.values() if f"def {name}(" not in tests} == set()
