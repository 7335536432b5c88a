"""The cut-over window: hours of loading and comparing written out, month-end, what a branch can bear, the way back."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import cut_over, migration, nouns, plan, words
from tests.planning.books import TODAY, book, office, section, work

TWO = (flow_nouns.Branch("b", "Busia"), flow_nouns.Branch("m", "Malaba"))


def moving(records: int = 12_000, **more: Any) -> flow_nouns.SectionAnswers:
    entities = [
        {
            "entity": "clients",
            "records": records,
            "source": "spreadsheet",
            "history": "none",
            "quality": "clean",
        }
    ]
    return section(
        "migration", strategy="opening_balances", entities=entities, dirty_records=0, **({"clerks": 2} | more)
    )


def window(*sections: flow_nouns.SectionAnswers, **changes: Any) -> nouns.CutOver:
    at = work(*sections, **changes)
    found = cut_over.plan(at, migration.plan(at), None)
    assert found is not None
    return found


def test_the_hours_of_the_largest_branch() -> None:
    small = section("branch_office", "m", clients=500)
    rows, loading, checking, days, _ = window(office(), small, moving(), branches=TWO).figures
    assert rows.value == 8000  # 12,000 × 1,000 of 1,500 clients
    assert loading.value == pytest.approx(8000 * 2 / 3600)  # two seconds a row: 4.44 h
    assert checking.value == pytest.approx(
        160 * 10 / 60 / 2
    )  # 160 batches of 50 × 10 min by two people: 13.33 h
    assert days.value == 3  # ⌈(4.44 + 13.33 + 4) / 10⌉ = ⌈2.18⌉


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param({"no_posting_days": 5}, "cut_over.fits", id="the branch can bear it"),
        pytest.param({"no_posting_days": 2}, "cut_over.too_long", id="longer than it can bear"),
        pytest.param({}, "cut_over.ask", id="nobody said what it can bear"),
        pytest.param({"clerks": flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)}, "cut_over.unknown", id="nobody knows who checks"),
    ],
)  # fmt: skip
def test_against_what_a_branch_can_bear(answers: dict[str, Any], code: str) -> None:
    found = window(office(), moving(**answers))  # 12,000 rows: ⌈(6.67 + 20 + 4) / 10⌉ = 4 days
    assert found.statements[0].code == code


def test_more_people_who_check_never_need_more_days() -> None:
    days = [window(office(), moving(clerks=clerks)).figures[3].value for clerks in range(1, 9)]
    assert days == sorted((day for day in days if day is not None), reverse=True)


def test_single_payments_are_loaded_but_not_compared_one_by_one() -> None:
    kinds = [("clients", 1000), ("loans", 500), ("transactions", 30_000)]
    entities = [{"entity": kind, "records": records, "history": "all"} for kind, records in kinds]
    moved = section("migration", strategy="full_history", entities=entities, clerks=2)
    rows, accounts, loading, checking, days, _ = window(office(), moved).figures
    assert (rows.value, accounts.value) == (31_500, 1500)
    assert loading.value == pytest.approx(31_500 * 2 / 3600)  # 17.5 h
    assert checking.value == pytest.approx(30 * 10 / 60 / 2)  # 30 batches of 50: 2.5 h
    assert days.value == 3  # ⌈(17.5 + 2.5 + 4) / 10⌉


@pytest.mark.parametrize(
    ("records", "days", "code"),
    [
        pytest.param(1000, 2, "assumed.days", id="a small branch: as long as usual"),
        pytest.param(12_000, 4, "assumed.records", id="a large one: as long as it posts nothing"),
    ],
)
def test_the_move_is_planned_as_long_as_a_branch_posts_nothing(records: int, days: int, code: str) -> None:
    found = plan.make_plan(book(office(), moving(records)), shipped.assessment(), today=TODAY, prove=False)
    assert found.schedule is not None
    (move,) = [task for task in found.schedule.tasks if task.id.startswith("cut_over_")]
    assert (move.days, move.assumption.code if move.assumption else "") == (days, code)


def test_further_branches_of_a_wave_add_to_the_largest() -> None:
    at = work(office(), section("branch_office", "m", clients=500), moving(), branches=TWO)
    data = migration.plan(at)
    days = [cut_over.window(at, data, some).days.value for some in (TWO, TWO[:1], TWO[1:])]
    assert days == [3, 3, 2]  # ⌈2.18⌉ for 8,000 records; 4,000: ⌈(2.22 + 6.67 + 4) / 10⌉


def test_the_days_of_a_month_and_the_way_back() -> None:
    given = book(office(), moving(no_posting_days=5))
    found = plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)
    assert found.migration.cut_over is not None
    said = {text.code: words.say(text) for text in found.migration.cut_over.statements}
    # five days after a month's end and three before it the books are being closed
    assert "from day 6 of a month until 3 days before its end" in said["cut_over.month"]
    assert found.schedule is not None
    moves = [task for task in found.schedule.tasks if task.id.startswith("cut_over_")]
    assert words.say(nouns.Text("what_if.day", {"day": nouns.Day(moves[0].start)})) in said["cut_over.dates"]
    assert "until 5 " in said["cut_over.way_back"]  # the fifth of the next month


@pytest.mark.parametrize(
    ("until", "named"),
    [
        pytest.param("2027-01-31", ["Loans"], id="before the branch moves"),
        pytest.param("2029-01-31", [], id="after it"),
        pytest.param(None, [], id="nobody said"),
    ],
)
def test_old_records_that_end_before_the_last_move_are_named(until: str | None, named: list[str]) -> None:
    loans = {
        "entity": "loans",
        "records": 100,
        "history": "all",
        "from_date": "2024-01-01",
        "to_date": until,
    }
    moved = section("migration", strategy="full_history", entities=[loans], clerks=2, dirty_records=0)
    found = plan.make_plan(book(office(), moved), shipped.assessment(), today=TODAY, prove=False)
    assert found.migration.cut_over is not None
    said = [one for one in found.migration.cut_over.statements if one.code == "cut_over.history"]
    assert [one.values["entity"] for one in said] == named


def test_where_nothing_moves_there_is_no_window() -> None:
    at = work(office(), section("migration", strategy="none"))
    assert cut_over.plan(at, migration.plan(at), None) is None
