"""The checker finds each kind of broken rule."""

from __future__ import annotations

import datetime as dt

import hypothesis
import msgspec
import pytest
from hypothesis import strategies

from planning.schedule import check, project, scheduler
from tests.planning.schedule import projects
from tests.planning.schedule.projects import made, task

GIVEN = made(
    task("A", 2, needs={"PM": 1}),
    task("B", 2, needs={"PM": 1}, after=("A",)),
    task("F", 1, field_work=True),
    task("M", 0),
    calendar=project.Calendar(holidays=(), closed=((dt.date(2027, 1, 6), dt.date(2027, 1, 20)),)),
    resources={"PM": 1},
)


def broken(**dates):
    result = scheduler.schedule(GIVEN)
    tasks = {
        name: msgspec.structs.replace(
            old, start=dt.date.fromisoformat(dates[name][0]), end=dt.date.fromisoformat(dates[name][1])
        )
        if name in dates
        else old
        for name, old in result.tasks.items()
    }
    finish = max(one.end for one in tasks.values())
    return msgspec.structs.replace(result, tasks=tasks, finish=finish)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        pytest.param({"B": ("2027-01-05", "2027-01-06")}, "B begins before A is done", id="precedence"),
        pytest.param({"B": ("2027-01-05", "2027-01-06")}, "PM is held 2 times on 2027-01-05", id="capacity"),
        pytest.param(
            {"B": ("2027-01-08", "2027-01-09")}, "begins or ends on a free day", id="ends on a Saturday"
        ),
        pytest.param({"B": ("2027-01-06", "2027-01-08")}, "B has 3 days of 2", id="too long"),
        pytest.param(
            {"F": ("2027-01-07", "2027-01-07")}, "F is in the field while the road is closed", id="season"
        ),
        pytest.param({"A": ("2027-01-01", "2027-01-04")}, "A begins too early", id="before the start"),
        pytest.param({"M": ("2027-01-04", "2027-01-05")}, "milestone M lasts", id="a long milestone"),
    ],
)
def test_each_broken_rule_is_found(dates, words):
    assert any(words in found for found in check.violations(GIVEN, broken(**dates)))


def test_a_false_finish_and_missing_tasks_are_found():
    result = scheduler.schedule(GIVEN)
    late = msgspec.structs.replace(result, finish=dt.date(2028, 1, 1))
    assert "the finish is 2028-01-01" in check.violations(GIVEN, late)[0]
    fewer = msgspec.structs.replace(result, tasks={"A": result.tasks["A"]})
    assert "tasks differ" in check.violations(GIVEN, fewer)[0]


def test_work_behind_a_milestone_waits_for_what_the_milestone_waits_for():
    given = made(
        task("A", 2), task("M", 0, after=("A",)), task("N", 0, after=("M",)), task("B", 1, after=("N",))
    )
    result = scheduler.schedule(given)
    assert check.violations(given, result) == ()
    moved = {**result.tasks, "B": project.Dates(result.tasks["A"].end, result.tasks["A"].end)}
    early = msgspec.structs.replace(result, tasks=moved, finish=result.tasks["A"].end)
    assert check.violations(given, early) == ("B begins before A is done",)


@hypothesis.given(
    strategies.integers(0, 10_000), strategies.integers(0, 1_000), strategies.sampled_from([-1, 1])
)
@hypothesis.settings(max_examples=60, deadline=None)
def test_a_task_that_lasts_a_day_more_or_less_is_found(seed, number, days):
    given = projects.random_project(seed)
    result = scheduler.schedule(given)
    working = [one for one in given.tasks if one.days]
    hypothesis.assume(working)
    changed = working[number % len(working)]
    old = result.tasks[changed.id]
    mutated = msgspec.structs.replace(old, end=old.end + dt.timedelta(days))
    tasks = {**result.tasks, changed.id: mutated}
    broken_one = msgspec.structs.replace(result, tasks=tasks, finish=max(one.end for one in tasks.values()))
    assert check.violations(given, result) == ()
    assert check.violations(given, broken_one)
