"""People: the days that roles are asked for against those they give, shares promised twice, one who answers for each duty."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, people, plan, words
from tests.planning.books import TODAY, book, office, section, work


def made(*sections: flow_nouns.SectionAnswers, **own: float) -> nouns.Plan:
    numbers = tuple(flow_nouns.Assumption(name, value) for name, value in own.items())
    given = book(*sections, assumptions=numbers)
    return plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)


def load(found: nouns.Plan, role: str) -> nouns.RoleLoad:
    return next(one for one in found.people.loads if one.role.code == f"who.{role}")


def test_the_days_needed_are_those_of_the_tasks_that_hold_the_role() -> None:
    found = made(office(), section("project_team", manager_name="Pam", manager_dedicated="yes"))
    assert found.schedule is not None
    held = [task for task in found.schedule.tasks if "manager" in task.roles]
    manager = load(found, "manager")
    assert manager.needed.value == sum(task.days for task in held)
    assert manager.given.value is not None
    assert manager.load.value == pytest.approx(100 * (manager.needed.value or 0) / manager.given.value)
    assert manager.severity is nouns.Severity.GREEN


def test_half_a_week_gives_half_the_days() -> None:
    whole = load(
        made(office(), section("administration", admins=[{"name": "Ann", "percent": 100}])), "administrator"
    )
    half = load(
        made(office(), section("administration", admins=[{"name": "Ann", "percent": 50}])), "administrator"
    )
    assert half.given.value == pytest.approx((whole.given.value or 0) / 2)
    assert (half.who, half.load.value) == ("Ann", pytest.approx(2 * (whole.load.value or 0)))


@pytest.mark.parametrize(
    ("percent", "severity"),
    [
        pytest.param(90, "amber", id="0.9 of 1: a tenth is missing"),
        pytest.param(50, "amber", id="just half is there"),
        pytest.param(49, "red", id="less than half is there"),
        pytest.param(100, None, id="nothing is missing"),
    ],
)
def test_a_little_time_missing_is_not_critical(percent: int, severity: str | None) -> None:
    found = people.plan(
        work(office(), section("administration", admins=[{"name": "Ann", "percent": percent}]))
    )
    gap = next((gap for gap in found.gaps if gap.id == "administrators"), None)
    assert (gap.severity.value if gap is not None else None) == severity


def test_more_work_than_time_is_a_gap_by_name() -> None:
    found = made(office(), section("administration", admins=[{"name": "Ann", "percent": 1}]))
    gap = next(gap for gap in found.people.gaps if gap.id == "overload")
    assert words.say(gap.what) == "Administrator (Ann): more work than time"
    assert gap.severity is nouns.Severity.RED
    assert load(found, "administrator").severity is nouns.Severity.RED


@pytest.mark.parametrize(
    ("members", "manager", "named"),
    [
        pytest.param([("Ann", 60), ("Ann", 60)], {}, "Ann", id="twice in the team"),
        pytest.param([("Pam Mwangi", 30)], {"manager_dedicated": "yes"}, "Pam Mwangi", id="beside managing all week"),
        pytest.param([("Pam", 60)], {"manager_dedicated": "no", "manager_percent": 50}, "Pam", id="beside half a week, by first name"),
        pytest.param([("Pam Mwangi", 100)], {"manager_dedicated": "yes"}, "", id="named in the team as its manager"),
        pytest.param([("Ann", 60), ("Bo", 60)], {}, "", id="two people"),
        pytest.param([("Ann", 50), ("Ann", 50)], {}, "", id="just the whole week"),
    ],
)  # fmt: skip
def test_a_week_promised_more_than_once(
    members: list[tuple[str, int]], manager: dict[str, Any], named: str
) -> None:
    team = [{"name": name, "role": "Tests", "percent": percent, "exists": "yes"} for name, percent in members]
    found = made(section("project_team", manager_name="Pam Mwangi", members=team, **manager))
    gaps = [words.say(gap.what) for gap in found.people.gaps if gap.id == "person_overload"]
    assert gaps == ([f"{named}: more than a whole week is promised"] if named else [])


@pytest.mark.parametrize(
    "named",
    ["Ann and Bo", "Ann et Bo", "Ana y Bo", "Asha na Juma", "Ann, Bo", "Ann / Bo", "Ann & Bo", "Ann ou Bo"],
)
def test_two_who_answer_for_one_duty_are_found_in_each_language(named: str) -> None:
    given = section(
        "administration", backups_responsible="Di", backups_accountable=named, backups_stand_in="Ed"
    )
    row = next(row for row in people.plan(work(given)).raci if row.duty.code == "duty.backups")
    assert [text.code for text in row.defects] == ["raci.several_accountable"]


@pytest.mark.parametrize("named", ["Nobody", "Hakuna mtu", "Personne", "Nadie"])
def test_nobody_by_any_name_answers_for_nothing(named: str) -> None:
    given = section(
        "administration", backups_responsible="Di", backups_accountable=named, backups_stand_in="Ed"
    )
    row = next(row for row in people.plan(work(given)).raci if row.duty.code == "duty.backups")
    assert [text.code for text in row.defects] == ["raci.nobody_accountable"]


@pytest.mark.parametrize(
    ("branches", "needed"),
    [
        pytest.param(10, 1, id="up to ten: one person's work"),
        pytest.param(11, 3, id="up to fifty: system, functional and help desk"),
        pytest.param(51, 5, id="beyond: 2 and ⌈51 × 9 / 175⌉ = 3 at the help desk"),
    ],
)
def test_administrators_by_branches_and_users(branches: int, needed: int) -> None:
    places = tuple(flow_nouns.Branch(f"b{n}", f"Branch {n}") for n in range(branches))
    staff = [section("branch_office", place.id, staff_total=9) for place in places]
    assert people.plan(work(*staff, branches=places)).administrators_needed.value == needed


def test_critical_reports_come_before_acceptance() -> None:
    rows = [
        {"name": "Central bank", "priority": "critical", "area": "other", "complexity": "regulatory"},
        {"name": "Donor", "priority": "highly_desirable", "area": "other", "complexity": "simple"},
    ]
    found = made(office(), section("operations_reports", reports=rows))
    assert found.schedule is not None
    tasks = {task.id: task for task in found.schedule.tasks}
    assert tasks["report_1"].end < tasks["acceptance"].start <= tasks["report_2"].start


@pytest.mark.parametrize("name", ["Ann Were", "Ann Were, of a partner in Kisumu"])
def test_a_specialist_of_the_team_gives_the_share_that_the_team_says(name: str) -> None:
    team = section("project_team", specialist_name=name, members=[{"name": "Ann Were", "percent": 60}])
    alone = section("project_team", specialist_name=name)
    half, whole = load(made(office(), team), "specialist"), load(made(office(), alone), "specialist")
    assert half.given.value == pytest.approx(0.6 * (whole.given.value or 0))


def test_of_a_role_that_nobody_has_no_days_are_there() -> None:
    change = {"name": "Receipts", "effort_days": 8, "before_go_live": "yes"}
    developer = load(made(office(), section("customisation", customisations=[change])), "developer")
    assert developer.needed.value == 8
    assert (developer.who, developer.given.value, developer.load.value) == ("", None, None)
    assert developer.severity is nouns.Severity.AMBER


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        pytest.param(["none"], "", id="nothing to learn is no need of training"),
        pytest.param(["mifos"], "Mifos itself", id="a topic"),
    ],
)
def test_what_an_administrator_must_learn(topics: list[str], told: str) -> None:
    at = work(section("administration", admins=[{"name": "Ann", "percent": 40, "needs_training_in": topics}]))
    (ann,) = people.plan(at).administrators
    assert ann.needs_training_in == told
