"""Data, reports and courses: each formula with its arithmetic written out."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import migration, nouns, plan, reports, training
from tests.planning.books import TODAY, book, office, section, work


def data(**changes: Any) -> nouns.Migration:
    """300 clients in a spreadsheet and 240 loans on paper, one branch, three rehearsals, two clerks."""
    usual: dict[str, Any] = {
        "strategy": "opening_balances", "dirty_records": 150, "rehearsals": 3, "clerks": 2,
        "entities": [
            {"entity": "clients", "records": 300, "source": "spreadsheet", "history": "none", "quality": "clean"},
            {"entity": "loans", "records": 240, "source": "paper", "history": "none", "quality": "clean"},
        ],
    }  # fmt: skip
    return migration.plan(work(section("migration", **(usual | changes))))


def by_code(figure: nouns.Figure, code: str) -> nouns.Figure:
    assert figure.formula is not None
    assert figure.formula.code == f"formula.{code}"
    return figure


def test_records_and_days_by_hand() -> None:
    found = data()
    assert by_code(found.records, "records").value == 540  # 300 + 240
    clients, loans = (by_code(row.by_hand, "by_hand") for row in found.rows)
    assert clients.value == pytest.approx(300 * 10 / 60 / 6 * 1.25)  # 10.42 days
    assert loans.value == pytest.approx(240 * 8 / 60 / 6 * 1.25)  # 6.67 days
    assert by_code(found.by_hand, "by_hand_total").value == pytest.approx(10.41667 + 6.66667, abs=0.001)


def test_days_by_template_and_where_it_begins_to_pay() -> None:
    found = data()
    # fixed 10 + 10 + 3 × 5 + 1 × 2 = 37; cleaning 150 / 150 = 1; paper 240 / 80 = 3
    parts = {
        operand.label.code if isinstance(operand.label, nouns.Text) else "": operand.value
        for operand in found.by_template.operands
    }
    assert parts == {"figure.template_fixed": 37, "figure.cleaning": 1, "figure.typing_sheets": 3}
    assert by_code(found.by_template, "by_template").value == 41
    # ⌈37 × 540 / 17.083⌉ = ⌈1,169.56⌉
    assert by_code(found.break_even, "break_even").value == 1170
    assert found.method.code == "method.hand"
    assert by_code(found.working_days, "migration_days").value == 9  # ⌈17.083 / 2⌉


def test_where_only_balances_move_no_old_payments_do_whatever_was_said_before() -> None:
    assert {row.history for row in data().rows} == {"No old ones"}
    wished = [
        {"entity": "loans", "records": 240, "source": "paper", "history": "all", "from_date": "2025-01-01"}
    ]
    assert [(row.history, row.period) for row in data(entities=wished).rows] == [("No old ones", "")]
    moved = data(strategy="full_history", entities=wished)
    assert [(row.history, row.period) for row in moved.rows] == [
        ("Also of closed accounts", "1 January 2025 – ")
    ]


def test_nothing_that_moves_takes_no_day() -> None:
    found = data(strategy="none", entities=[])
    assert found.method.code == "method.none"
    assert found.steps == ()
    assert found.working_days.value == 0


def test_rehearsals_as_assumed_where_nobody_says() -> None:
    found = migration.plan(work(section("migration", strategy="opening_balances")))
    assert (found.rehearsals.value, found.rehearsals.source) == (3, nouns.Source.RULE_OF_THUMB)


def test_more_to_correct_never_makes_the_templates_quicker() -> None:
    days = [data(dirty_records=dirty).by_template.value or 0 for dirty in (0, 100, 500)]
    assert days == sorted(days)


def test_what_no_template_carries_is_named_and_the_way_back_is_a_step() -> None:
    found = data()
    named = {text.code.removeprefix("not_carried.") for text in found.not_carried}
    assert {"products", "charges", "roles", "photos", "identifiers", "write_offs", "audit"} <= named
    codes = [text.code for text in found.steps]
    assert codes.index("step.rehearse") < codes.index("step.cut_over") < codes.index("step.way_back")


@pytest.mark.parametrize(
    ("report", "days", "code"),
    [
        pytest.param({"priority": "critical", "area": "other", "complexity": "simple"}, 1, "report_effort", id="a list"),
        pytest.param({"priority": "critical", "area": "other", "complexity": "grouped"}, 3, "report_effort", id="with groups"),
        pytest.param({"priority": "critical", "area": "other", "complexity": "regulatory"}, 6, "report_effort", id="in a prescribed form"),
        pytest.param({"priority": "critical", "area": "late_loans", "stock_report": "portfolio_at_risk"}, 0.5, "report_effort_stock", id="a stock report serves"),
        pytest.param({"priority": "not_required"}, 0, "report_effort_none", id="not needed"),
    ],
)  # fmt: skip
def test_days_of_a_report(report: dict[str, str], days: float, code: str) -> None:
    (row,) = reports.plan(work(section("operations_reports", reports=[{"name": "One"} | report])))
    assert by_code(row.effort, code).value == days


def courses(*more: flow_nouns.SectionAnswers, **changes: Any) -> nouns.Training:
    return training.plan(work(section("training_needs", **changes), *more))


def test_groups_days_and_trainer_days() -> None:
    found = courses(
        office(loan_officers=20, tellers=4, staff_total=30),
        trainees_loan_officers=20, trainees_tellers=4, trainees_accountants=13, trainees_branch_managers=0,
        trainees_administrators=0, trainees_report_writers=0, trainees_head_office=0, weak_topics=["computers"],
        trainers=[{"name": "Ann", "days_available": 5}, {"name": "Bo", "days_available": 4}],
    )  # fmt: skip
    told = {
        one.role.code: (one.learners.value, one.groups.value, one.days.value, one.trainer_days.value)
        for one in found.courses
    }
    assert told == {
        "role.accountants": (13, 2, 3, 6),  # ⌈13 / 12⌉ × 3 days
        "role.branches": (24, 2, 2, 4),  # ⌈(20 + 4) / 12⌉ × (1 + 1 because computers are new)
    }
    assert by_code(found.trainer_days, "trainer_days").value == 10  # 6 + 4
    assert by_code(found.trainer_days_available, "trainer_days_available").value == 9  # 5 + 4
    assert [text.code for text in found.warnings] == ["warning.trainer_days"]


TRAINED: dict[str, Any] = {
    "trainees_loan_officers": 8, "trainees_tellers": 4, "trainees_branch_managers": 2, "weak_topics": [],
    "trainees_accountants": 0, "trainees_administrators": 0, "trainees_report_writers": 0, "trainees_head_office": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "people", "told"),
    [
        # the managers' course takes 1.5 days, so the visit takes 2; 4 + 2 people and ⌈2 / 1⌉ managers are 8
        pytest.param({}, {}, (14, 1, 2, 2), id="one group"),
        pytest.param({}, {"loan_officers": 9}, (14, 2, 2, 4), id="one person too many for one room"),
        pytest.param({"trainees_tellers": 0}, {"loan_officers": 9, "staff_total": 40, "tellers": 20}, (10, 1, 2, 2), id="tellers are not taught"),
        pytest.param({"trainees_branch_managers": 0}, {}, (12, 1, 1, 1), id="no managers: a day"),
        pytest.param({}, {"loan_officers": flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)}, (14, None, 2, None), id="nobody counted the loan officers"),
        pytest.param({"trainees_tellers": flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)}, {}, (None, None, 2, None), id="nobody knows whether tellers are taught"),
    ],
)  # fmt: skip
def test_branch_staff_are_taught_together_branch_by_branch(
    changes: dict[str, Any], people: dict[str, Any], told: tuple[float | None, ...]
) -> None:
    found = courses(office(**({"staff_total": 20} | people)), **(TRAINED | changes))
    (course,) = found.courses
    assert (course.learners.value, course.groups.value, course.days.value, course.trainer_days.value) == told
    # one group is certain
    assert course.groups.value is not None or course.groups.low == 1


def test_a_visit_takes_as_many_days_as_its_groups() -> None:
    at = book(office(loan_officers=20, staff_total=40), section("training_needs", **TRAINED))
    found = plan.make_plan(at, shipped.assessment(), today=TODAY, prove=False)
    assert found.schedule is not None
    (visit,) = [task for task in found.schedule.tasks if task.id == "teach_b"]
    assert visit.days == 2 * 2  # ⌈(20 + 2 + 2) / 12⌉ groups × 2 days


def test_without_branch_staff_or_branches_there_is_no_course_for_them() -> None:
    nobody = TRAINED | dict.fromkeys(
        ("trainees_loan_officers", "trainees_tellers", "trainees_branch_managers"), 0
    )
    assert courses(office(), **nobody).courses == ()
    assert training.plan(work(section("training_needs", **TRAINED), branches=())).courses == ()


def test_trainers_who_are_not_known_leave_the_days_open() -> None:
    found = courses(
        trainers=[{"name": "Ann", "days_available": flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)}]
    )
    assert found.trainer_days_available.value is None
    assert found.trainer_days_available.waits_for
