"""The order kept: one pass forward gives the same dates, one pass back how late each task may begin."""

from __future__ import annotations

import datetime as dt

import hypothesis
import msgspec
import pytest
from hypothesis import strategies

from planning.schedule import heuristic, project, sequence, simulation
from tests.planning.schedule import projects

PROJECTS = strategies.integers(0, 10_000).map(projects.random_project)
"""Random projects with weekends, holidays, closed seasons and shared people."""

MONDAY = dt.date(2027, 1, 4)

SPREAD = simulation.Spread(work_low=0.8, work_high=1.6, delivery_high=2.0)


def task(name: str, days: int, **rest: object) -> project.Task:
    return project.Task(id=name, days=days, calendar="HQ", **rest)  # type: ignore[arg-type]  # fields by name


def made(
    *tasks: project.Task, people: int = 1, closed: tuple[tuple[dt.date, dt.date], ...] = ()
) -> project.Project:
    calendar = project.Calendar(holidays=(), closed=closed)
    return project.Project(start=MONDAY, tasks=tasks, calendars={"HQ": calendar}, resources={"PM": people})


def order(given: project.Project) -> tuple[sequence.FixedOrder, project.Result]:
    result = heuristic.solve(given)
    return sequence.of(given, result), result


@hypothesis.given(PROJECTS)
@hypothesis.settings(max_examples=60, deadline=None)
def test_planned_lengths_give_no_later_finish(given: project.Project) -> None:
    kept, result = order(given)
    assert kept.finish(kept.days) <= result.finish.toordinal()


@hypothesis.given(PROJECTS)
@hypothesis.settings(max_examples=60, deadline=None)
def test_no_task_may_begin_later_than_it_must(given: project.Project) -> None:
    kept, result = order(given)
    latest = kept.latest(result.finish.toordinal())
    for one in given.tasks:
        if one.days:
            assert latest[kept.work.number[one.id]] >= result.tasks[one.id].start.toordinal()


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        # goods take 14 days, 4 to 17 January; the house is ready on Friday 29 January; both before the 1 February
        pytest.param(
            [
                task("goods", 14, elapsed=True),
                task("house", 20),
                task("move", 1, after=("goods", "house")),
            ],
            {"goods": dt.date(2027, 1, 18), "house": MONDAY, "move": dt.date(2027, 2, 1)},
            id="an order may wait while something longer runs",
        ),
        pytest.param(
            [task("first", 5, needs={"PM": 1}), task("then", 5, needs={"PM": 1})],
            {"first": MONDAY, "then": dt.date(2027, 1, 11)},
            id="who shares a person waits for whoever had them",
        ),
    ],
)
def test_last_days_to_begin(tasks: list[project.Task], expected: dict[str, dt.date]) -> None:
    kept, result = order(made(*tasks))
    found = kept.latest(result.finish.toordinal())
    assert {one.id: dt.date.fromordinal(found[kept.work.number[one.id]]) for one in tasks} == expected


def test_the_road_must_be_open_on_the_way_back_too() -> None:
    # the roof takes 3 days; closed from 18 to 29 January; all is over on Friday 29 January with the long task
    closed = ((dt.date(2027, 1, 18), dt.date(2027, 1, 29)),)
    given = made(task("roof", 3, field_work=True), task("long", 20), closed=closed)
    kept, result = order(given)
    assert result.finish == dt.date(2027, 1, 29)
    assert dt.date.fromordinal(kept.latest(result.finish.toordinal())[kept.work.number["roof"]]) == dt.date(
        2027, 1, 13
    )


def test_a_hundred_runs_lie_between_the_shortest_and_the_longest() -> None:
    # 10 days of work: 8 at least, 16 at most; from Monday 4 January that is the 13th to the 25th
    kept, _ = order(made(task("work", 10)))
    (found,) = simulation.run(kept, SPREAD, 100, [kept.work.number])
    assert min(found.days) >= dt.date(2027, 1, 13)
    assert max(found.days) <= dt.date(2027, 1, 25)
    assert min(found.days) < found.by(50) < found.by(80) < max(found.days)
    assert (found,) == simulation.run(kept, SPREAD, 100, [kept.work.number])


@pytest.mark.parametrize(
    ("percent", "day"),
    [
        pytest.param(10, 1, id="the first of ten"),
        pytest.param(50, 5, id="half"),
        pytest.param(80, 8, id="four of five"),
        pytest.param(81, 9, id="a little more"),
        pytest.param(100, 10, id="all"),
    ],
)
def test_the_day_by_which_so_many_were_done(percent: float, day: int) -> None:
    found = simulation.Finishes(tuple(dt.date(2027, 1, one) for one in range(1, 11)))
    assert found.by(percent) == dt.date(2027, 1, day)
    assert found.chance(dt.date(2027, 1, day)) == day * 10
    assert found.chance(dt.date(2026, 12, 31)) == 0


@hypothesis.given(PROJECTS)
@hypothesis.settings(max_examples=30, deadline=None)
def test_longer_deliveries_never_bring_an_earlier_safe_day(given: project.Project) -> None:
    kept, _ = order(given)
    (usual,) = simulation.run(kept, SPREAD, 20, [kept.work.number])
    (slow,) = simulation.run(kept, simulation.Spread(0.8, 1.6, 3.0), 20, [kept.work.number])
    assert slow.by(80) >= usual.by(80)


@hypothesis.given(PROJECTS, strategies.integers(1, 3))
@hypothesis.settings(max_examples=60, deadline=None)
def test_where_nobody_is_shared_other_lengths_give_what_planning_anew_gives(
    given: project.Project, times: int
) -> None:
    alone = msgspec.structs.replace(
        given, tasks=tuple(msgspec.structs.replace(one, needs={}) for one in given.tasks)
    )
    longer = msgspec.structs.replace(
        alone, tasks=tuple(msgspec.structs.replace(one, days=one.days * times) for one in alone.tasks)
    )
    try:
        expected = heuristic.solve(longer).finish
    except project.NoWindowError:
        hypothesis.reject()
    kept, _ = order(alone)
    assert dt.date.fromordinal(kept.finish([days * times for days in kept.days])) == expected


def test_a_longer_run_waits_for_the_road_where_the_plan_need_not() -> None:
    # Monday 4 January: five days of work, then two in the field before the road closes on the 13th for the month
    closed = ((dt.date(2027, 1, 13), dt.date(2027, 1, 31)),)
    kept, _ = order(made(task("work", 5), task("visit", 2, after=("work",), field_work=True), closed=closed))
    visit, work = kept.work.number["visit"], kept.work.number["work"]
    longer = [0, 0]
    longer[work], longer[visit] = 6, 2
    # planned: the 11th and 12th, behind a weekend; a day more, and the road is closed until 1 February
    assert kept.waits(kept.days)[visit] == (dt.date(2027, 1, 11) - dt.date(2027, 1, 9)).days
    assert kept.waits(longer)[visit] == (dt.date(2027, 2, 1) - dt.date(2027, 1, 12)).days
    assert kept.chain(longer, [visit]) == [visit, work]


def test_the_run_in_the_middle_is_told() -> None:
    kept, _ = order(made(task("work", 10)))
    (found,) = simulation.run(kept, SPREAD, 101, [kept.work.number])
    assert dt.date.fromordinal(kept.finish(found.middle)) == found.by(50)
