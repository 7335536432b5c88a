"""What people cost: trainers, days away from home, whoever is hired for the project, administrators who are missing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, staff_costs, task_list, words
from tests.planning.books import TODAY, book, office, section, work

PRICES = {
    "trainer_day_price": 4000, "away_day_price": 4500, "hired_month_price": 45_000, "administrator_month_price": 90_000,
}  # fmt: skip


def made(*sections: flow_nouns.SectionAnswers, **prices: Any) -> nouns.Plan:
    given = book(office(), *sections, section("finance_setup", **(PRICES | prices)))
    return plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)


def row(found: nouns.Plan, what: str) -> nouns.CostRow:
    return next(one for one in found.costs.rows if one.what.code == f"cost.{what}")


def test_trainers_are_paid_for_every_day_on_which_a_task_holds_one() -> None:
    found = made(section("training_needs", trainees_loan_officers=4, trainees_tellers=0))
    assert found.schedule is not None
    days = sum(task.days for task in found.schedule.tasks if task_list.TRAINER in task.roles)
    trainers = row(found, "trainers")
    assert days > 0
    assert trainers.quantity.value == days
    assert trainers.amount.value == days * 4000
    assert not trainers.yearly


@pytest.mark.parametrize(
    ("hours", "goes_home"),
    [
        pytest.param(0.5, True, id="half an hour"),
        pytest.param(1, True, id="just an hour"),
        pytest.param(1.5, False, id="an hour and a half: a bed for the night"),
    ],
)
def test_days_at_branches_near_head_office_cost_no_bed(hours: float, *, goes_home: bool) -> None:
    found = made(
        section("branch_place", "b", travel_hours=hours), section("training_needs", trainees_tellers=2)
    )
    assert found.schedule is not None
    at_branch = [
        task.days
        for task in found.schedule.tasks
        if task.branch and {"trainer", "administrator"} & set(task.roles)
    ]
    away = row(found, "travel")
    assert sum(at_branch) > 0
    assert away.quantity.value == (0 if goes_home else sum(at_branch))
    assert away.amount.value == (0 if goes_home else sum(at_branch) * 4500)


def test_how_far_nobody_knows_is_no_day_at_home() -> None:
    away = row(made(), "travel")
    assert (away.quantity.value, away.amount.value) == (None, None)
    assert "branch_place:b:" in away.quantity.waits_for


def test_a_specialist_from_elsewhere_travels_and_stays() -> None:
    found = made(section("project_team", specialist_name="A partner in Lomé"), specialist_day_price=30_000)
    assert found.schedule is not None
    together = [
        task.days
        for task in found.schedule.tasks
        if "specialist" in task.roles and (task.branch or len(task.roles) > 1)
    ]
    alone = [task.id for task in found.schedule.tasks if task.roles == ("specialist",) and not task.branch]
    # settings are entered from afar; gaps are talked through, rehearsed, tested and moved on the spot
    assert "configuration" in alone
    days = sum(together)
    stay, journeys = row(found, "specialist_stay"), row(found, "specialist_journeys")
    assert stay.quantity.value == math.ceil(days * 1.4)
    assert stay.amount.value == math.ceil(days * 1.4) * 4500
    assert journeys.quantity.value == math.ceil(days / 10)
    assert journeys.unit_price.value == 30_000 * 2
    assert journeys.amount.value == math.ceil(days / 10) * 60_000


@pytest.mark.parametrize("name", ["Ann Were", "Ann Were, trained specialist"])
def test_a_specialist_who_runs_the_system_afterwards_lives_there(name: str) -> None:
    found = made(
        section("project_team", specialist_name=name),
        section("administration", admins=[{"name": "Ann Were", "percent": 40}]),
    )
    assert not {"cost.specialist_stay", "cost.specialist_journeys"} & {
        row.what.code for row in found.costs.rows
    }


def test_what_a_journey_costs_is_not_known_while_the_specialists_day_is_not() -> None:
    journeys = row(made(), "specialist_journeys")
    assert (journeys.unit_price.value, journeys.amount.value) == (None, None)
    assert any(point.startswith("finance_setup:") for point in journeys.amount.waits_for)


def test_whoever_is_hired_is_paid_for_the_months_of_their_work() -> None:
    team = [
        {"name": "Clerks", "percent": 100, "exists": "to_hire", "hire_count": 3, "hire_months": 4},
        {"name": "Tester", "percent": 50, "exists": "to_hire", "hire_count": 1, "hire_months": 6},
        {"name": "Ann", "percent": 100, "exists": "yes"},
    ]
    hired = row(made(section("project_team", members=team)), "hired")
    assert hired.quantity.value == 3 * 4 + 1 * 6 * 0.5
    assert hired.amount.value == 15 * 45_000


def test_nobody_to_hire_is_no_row() -> None:
    found = made(section("project_team", members=[{"name": "Ann", "percent": 100, "exists": "yes"}]))
    assert "cost.hired" not in {one.what.code for one in found.costs.rows}


@pytest.mark.parametrize(
    ("percent", "missing"),
    [pytest.param(40, 0.6, id="0.4 of one"), pytest.param(100, None, id="one of one")],
)
def test_administrators_who_are_missing_are_paid_every_year(percent: int, missing: float | None) -> None:
    found = made(section("administration", admins=[{"name": "Ann", "percent": percent}]))
    rows = {one.what.code: one for one in found.costs.rows}
    if missing is None:
        assert "cost.administrators" not in rows
        return
    of = rows["cost.administrators"]
    assert of.quantity.value == pytest.approx(missing)
    assert of.amount.value == pytest.approx(missing * 90_000 * 12)
    assert of.yearly


def test_while_nobody_lists_administrators_their_pay_stays_open() -> None:
    of = row(made(), "administrators")
    assert of.quantity.value is None
    assert of.quantity.waits_for


def test_without_a_schedule_nobody_knows_the_days() -> None:
    rows = staff_costs.rows(work(section("finance_setup", **PRICES)), None)
    assert [words.say(one.what).split(":")[0].split(",")[0] for one in rows[:2]] == [
        "Trainers' days", "Days away from home",
    ]  # fmt: skip
    assert all(one.amount.value is None for one in rows[:2])
