"""The charts: as many as the bars need, weeks that cover the project, one kind a cell."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from document_templates import schedule_fields, teller
from planning import nouns as plan_nouns
from tests.document_templates import plans


def told(schedule):
    return schedule_fields.schedule(
        teller.Teller(msgspec.structs.replace(plans.full(1), schedule=schedule), "en")
    )


def of_phases(*counts: int):
    """A schedule with so many tasks in each phase."""
    tasks = iter(plans.schedule(sum(counts)).tasks)
    named = [
        msgspec.structs.replace(next(tasks), phase=f"Phase {number}")
        for number, count in enumerate(counts)
        for _ in range(count)
    ]
    return msgspec.structs.replace(plans.schedule(1), tasks=tuple(named), chain=())


@pytest.mark.parametrize(
    ("phases", "bars"),
    [
        pytest.param([1], [2], id="a single task under its phase"),
        pytest.param([37], [38], id="a full page"),
        pytest.param([38], [20, 20], id="one more makes two even pages"),
        pytest.param([10, 10, 10], [33], id="phases that share a page"),
        pytest.param([30, 10], [31, 11], id="a phase that would be torn begins a page"),
        pytest.param([100], [35, 35, 33], id="three pages of one phase"),
    ],
)
def test_bars_stand_by_phase_on_pages_that_hold_them(phases, bars):
    charts = told(of_phases(*phases)).charts
    assert [len(chart.bars) for chart in charts] == bars
    assert all(chart.bars[0].is_phase for chart in charts)


def test_a_bar_carries_the_number_of_its_task():
    schedule = told(of_phases(3))
    numbers = {task.name: task.number.removeprefix("▶ ") for task in schedule.tasks}
    _, *bars = schedule.charts[0].bars
    assert [bar.name for bar in bars] == [f"{number} {name}" for name, number in numbers.items()]


def test_a_phase_spans_its_tasks():
    phase, *tasks = told(of_phases(3)).charts[0].bars
    touched = [any(task.weeks[week] != "empty" for task in tasks) for week in range(len(phase.weeks))]
    assert phase.weeks.index("phase") == touched.index(True)
    assert phase.weeks[::-1].index("phase") == touched[::-1].index(True)


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
    assert set(shown.charts[0].bars[1].weeks) == {"driving"}


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
    assert [bar.weeks for bar in told(schedule).charts[0].bars if not bar.is_phase] == [
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
    assert [(row.number, row.id) for row in chain[:3]] == [("▶ 1", "T1"), ("▶ 4", "T4"), ("▶ 7", "T7")]
    assert chain[1].why == "waits for the server, which takes 45 days to come"


def test_what_follows_its_predecessor_is_no_wait():
    plan = plans.schedule(2)
    after, busy = (
        msgspec.structs.replace(task, why=why)
        for task, why in zip(
            plan.tasks,
            (
                plan_nouns.Text("why.after", {"task": "the task before"}),
                plan_nouns.Text("why.resource", {"who": "Trainer", "task": "a course"}),
            ),
            strict=True,
        )
    )
    shown = told(msgspec.structs.replace(plan, tasks=(after, busy), chain=(after.id, busy.id)))
    assert [row.why for row in shown.waits] == ["Trainer must finish first: a course."]
    assert shown.chain_line.startswith("These 2 tasks set the finish date")
    assert shown.chain_line.endswith("numbers 1–2.")
