"""The method optimal against every schedule there is, for projects small enough to try them all."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.schedule import check, heuristic, optimal, project, scheduler

MONDAY = dt.date(2027, 1, 4)
DAYS = 15
"""How far the search of everything goes; the projects below fit in."""

CALENDARS = {
    "week": project.Calendar(),
    "all days": project.Calendar(weekend=()),
    "rains": project.Calendar(weekend=(6,), closed=((dt.date(2027, 1, 6), dt.date(2027, 1, 8)),)),
}

tasks = st.builds(
    project.Task,
    id=st.just(""),
    days=st.integers(0, 3),
    elapsed=st.booleans(),
    calendar=st.sampled_from(sorted(CALENDARS)),
    field_work=st.booleans(),
    needs=st.dictionaries(st.sampled_from(["clerk", "vehicle"]), st.just(1)),
)


@st.composite
def projects(draw: st.DrawFn) -> project.Project:
    """Three or four tasks that share one clerk and one vehicle."""
    made = []
    for number in range(draw(st.integers(3, 4))):
        after = tuple(f"T{earlier}" for earlier in range(number) if draw(st.booleans()))
        drawn = draw(tasks)
        made.append(
            project.Task(
                id=f"T{number}",
                days=drawn.days,
                elapsed=drawn.elapsed,
                calendar=drawn.calendar,
                field_work=drawn.field_work,
                needs=drawn.needs,
                after=after,
            )
        )
    return project.Project(MONDAY, tuple(made), CALENDARS, {"clerk": 1, "vehicle": 1})


@settings(max_examples=40, deadline=None)
@given(projects())
def test_no_schedule_of_all_ends_earlier(made: project.Project) -> None:
    found = scheduler.schedule(made, method="optimal")
    assert found.status == "optimal"
    assert check.violations(made, found) == ()
    earlier = (found.finish - MONDAY).days
    assert not any(_is_valid(made, first, earlier) for first in _starts(made, earlier))


def _starts(made: project.Project, days: int) -> itertools.product[tuple[int, ...]]:
    return itertools.product(range(days), repeat=len(made.tasks))


def _is_valid(made: project.Project, first: tuple[int, ...], days: int) -> bool:
    """Whether these first days, counted from the project's start, make a schedule that ends within so many days."""
    dates = {}
    for task, start in zip(made.tasks, first, strict=True):
        last = _last(made, task, start, days)
        if last is None:
            return False
        dates[task.id] = project.Dates(MONDAY + dt.timedelta(start), MONDAY + dt.timedelta(last))
    finish = max(each.end for each in dates.values())
    return not check.violations(made, project.Result(finish, "feasible", dates))


def _last(made: project.Project, task: project.Task, start: int, days: int) -> int | None:
    """The last day of a task, counted day by day; None where it would not end in time."""
    if task.elapsed or task.days == 0:
        last = start + max(0, task.days - 1)
        return last if last < days else None
    left = task.days
    for day in range(start, days):
        left -= (MONDAY + dt.timedelta(day)).weekday() not in made.calendars[task.calendar].weekend
        if left == 0:
            return day
    return None


def two_clerks() -> project.Project:
    """Three tasks of 2 days for two clerks: 6 days of work, which two cannot share evenly."""
    alone = [project.Task(id=f"T{number}", days=2, needs={"clerk": 1}) for number in range(3)]
    return project.Project(MONDAY, tuple(alone), {"all": project.Calendar(weekend=())}, {"clerk": 2})


def test_the_proof_needs_more_than_counting_the_work() -> None:
    # one of them does two tasks: 4 days from Monday the 4th; counting says 3
    found = optimal.solve(two_clerks())
    assert (found.finish, found.status, found.bound, found.gap) == (
        dt.date(2027, 1, 7), "optimal", dt.date(2027, 1, 7), 0,
    )  # fmt: skip
    fast = heuristic.solve(two_clerks())
    assert (fast.status, fast.bound) == ("feasible", dt.date(2027, 1, 6)), "the fast method cannot prove it"


def crowded(seed: int) -> project.Project:
    """Twenty tasks that all want three kinds of people, of whom two tasks often want more than there are."""
    chance = random.Random(seed)
    room = {"clerks": 10, "trainers": 10, "drivers": 10}
    made = tuple(
        project.Task(
            id=f"T{number}",
            days=chance.randint(1, 10),
            needs={name: chance.randint(2, 7) for name in room},
            after=tuple(sorted({f"T{chance.randrange(number)}" for _ in range(2)})) if number > 3 else (),
        )
        for number in range(20)
    )
    return project.Project(MONDAY, made, {"all": project.Calendar(weekend=())}, room)


SHORT_EFFORT = 0.03
"""A hundredth of what is usual: one of these takes eight times as much where only days are counted."""


@pytest.mark.parametrize("seed", [2, 3, 6, 7])
def test_who_can_never_work_side_by_side_is_seen_at_once(seed: int) -> None:
    found = optimal.solve(crowded(seed), SHORT_EFFORT)
    assert found.status == "optimal"
    assert check.violations(crowded(seed), found) == ()


def test_more_pairs_than_are_worth_it_are_left_to_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = optimal.solve(crowded(6)).finish
    monkeypatch.setattr(optimal, "MOST_PAIRS", 10)
    assert optimal.solve(crowded(6), SHORT_EFFORT).status == "feasible"
    assert optimal.solve(crowded(6)).finish == expected


def test_without_any_effort_the_known_dates_are_given() -> None:
    assert optimal.solve(two_clerks(), effort=0.0).status == "feasible"


@settings(max_examples=30, deadline=None)
@given(projects())
def test_no_schedule_ends_before_the_bound(made: project.Project) -> None:
    assert heuristic.solve(made).bound <= optimal.solve(made).finish  # type: ignore[operator]  # every method gives one


def test_the_same_project_gets_the_same_dates() -> None:
    assert optimal.solve(two_clerks()) == optimal.solve(two_clerks())


def test_a_project_too_large_for_a_proof_is_planned_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimal, "MOST_STARTS", 5)
    found = optimal.solve(two_clerks())
    assert found.status == "feasible"
    assert check.violations(two_clerks(), found) == ()


def test_without_the_library_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(project.ScheduleError, match=r"mifos-groundwork\[optimal\]"):
        optimal.solve(two_clerks())
