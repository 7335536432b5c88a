"""Data, reports and courses: each formula with its arithmetic written out."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns as flow_nouns
from planning import migration, nouns, reports, training
from tests.planning.books import section, work


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


def courses(**changes: Any) -> nouns.Training:
    return training.plan(work(section("training_needs", **changes)))


def test_groups_days_and_trainer_days() -> None:
    found = courses(
        trainees_loan_officers=25, trainees_tellers=12, trainees_accountants=13, trainees_branch_managers=0,
        trainees_administrators=0, trainees_report_writers=0, trainees_head_office=0, weak_topics=["computers"],
        trainers=[{"name": "Ann", "days_available": 8}, {"name": "Bo", "days_available": 5}],
    )  # fmt: skip
    told = {
        one.role.code: (one.groups.value, one.days.value, one.trainer_days.value) for one in found.courses
    }
    assert told == {
        "role.accountants": (2, 3, 6),  # ⌈13 / 12⌉ × 3 days
        "role.loan_officers": (3, 2, 6),  # ⌈25 / 12⌉ × (1 + 1 because computers are new)
        "role.tellers": (1, 2, 2),  # 12 / 12 × (1 + 1)
    }
    assert by_code(found.trainer_days, "trainer_days").value == 14  # 6 + 6 + 2
    assert by_code(found.trainer_days_available, "trainer_days_available").value == 13  # 8 + 5
    assert [text.code for text in found.warnings] == ["warning.trainer_days"]


def test_trainers_who_are_not_known_leave_the_days_open() -> None:
    found = courses(
        trainers=[{"name": "Ann", "days_available": flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)}]
    )
    assert found.trainer_days_available.value is None
    assert found.trainer_days_available.waits_for
