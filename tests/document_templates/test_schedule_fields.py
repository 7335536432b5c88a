"""The charts: as many as the bars need, weeks that cover the project, one kind a cell."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from document_templates import schedule_fields, teller
from tests.document_templates import plans


def told(schedule):
    return schedule_fields.schedule(
        teller.Teller(msgspec.structs.replace(plans.full(1), schedule=schedule), "en")
    )


@pytest.mark.parametrize(
    ("tasks", "bars"),
    [
        pytest.param(1, [1], id="a single task"),
        pytest.param(36, [36], id="a full page"),
        pytest.param(37, [19, 18], id="one more makes two even pages"),
        pytest.param(100, [34, 34, 32], id="three pages"),
    ],
)
def test_bars_are_spread_evenly(tasks, bars):
    assert [len(chart.bars) for chart in told(plans.schedule(tasks)).charts] == bars


@pytest.mark.parametrize(
    ("days", "columns", "weeks"),
    [
        pytest.param(1, 1, "One column is one week", id="a day"),
        pytest.param(40 * 7, 40, "One column is one week", id="forty weeks"),
        pytest.param(40 * 7 + 1, 21, "One column is 2 weeks", id="a day more"),
        pytest.param(3 * 365, 40, "One column is 4 weeks", id="three years"),
    ],
)
def test_columns_cover_the_project_and_never_exceed_the_page(days, columns, weeks):
    start = dt.date(2027, 1, 4)
    task = msgspec.structs.replace(
        plans.schedule(1).tasks[0], start=start, end=start + dt.timedelta(days=days - 1), days=days
    )
    shown = told(msgspec.structs.replace(plans.schedule(1), start=start, finish=task.end, tasks=(task,)))
    assert len(shown.charts[0].weeks) == columns
    assert shown.column.startswith(weeks)
    assert set(shown.charts[0].bars[0].weeks) == {"driving"}


def test_a_bar_fills_exactly_the_weeks_it_touches():
    first = plans.schedule(1).tasks[0]
    monday = dt.date(2027, 1, 4)
    task = msgspec.structs.replace(
        first, start=monday + dt.timedelta(days=6), end=monday + dt.timedelta(days=7), driving=False
    )
    stone = msgspec.structs.replace(
        first, id="M", start=monday + dt.timedelta(days=15), end=monday + dt.timedelta(days=15), days=0
    )
    schedule = msgspec.structs.replace(
        plans.schedule(1), start=monday, finish=monday + dt.timedelta(days=20), tasks=(task, stone)
    )
    assert [bar.weeks for bar in told(schedule).charts[0].bars] == [
        ["task", "task", "empty"],
        ["empty", "empty", "milestone"],
    ]


def test_without_a_schedule_there_is_a_sentence_and_no_chart():
    shown = told(None)
    assert shown.charts == []
    assert "No schedule can be computed" in shown.verdict


def test_the_day_to_promise_stands_beside_the_planned_one():
    facts = {fact.label: fact.value for fact in told(plans.schedule()).facts}
    assert facts["All branches work with Mifos, four times in five by"] == "2 Jul 2027"
    assert facts["All branches work with Mifos, as likely before as after"] == "11 Jun 2027"
    assert facts["The project closes, four times in five by"] == "6 Aug 2027"
    unsimulated = told(msgspec.structs.replace(plans.schedule(), likely=None, live_likely=None))
    assert [(fact.label, fact.value) for fact in unsimulated.facts] == [
        ("Project starts", "4 Jan 2027"),
        ("All branches work with Mifos, if nothing takes longer than planned", "8 May 2027"),
        ("The project closes, if nothing takes longer than planned", "12 Jun 2027"),
    ]


def test_what_to_order_says_how_much_room_there_is():
    rows = told(plans.schedule()).orders
    # no day; the 13 days from the 4th to the 17th; the 14 to the 18th
    assert [row.tag.level for row in rows] == ["red", "amber", "green"]
    assert (rows[1].what, rows[1].days, rows[1].planned, rows[1].latest) == (
        "Wait for computers", "35 calendar days", "4 Jan 2027", "17 Jan 2027",
    )  # fmt: skip


def test_each_task_that_sets_the_finish_says_what_it_waits_for():
    chain = told(plans.schedule()).chain
    assert [(row.number, row.id) for row in chain[:3]] == [("1", "T1"), ("4", "T4"), ("7", "T7")]
    assert chain[1].why == "waits for the server, which takes 45 days to come"
