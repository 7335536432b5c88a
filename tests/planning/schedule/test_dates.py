"""Small projects with dates computed by hand; 4 January 2027 is a Monday."""

from __future__ import annotations

import datetime as dt
import random

import hypothesis
import msgspec
import pytest
from hypothesis import strategies

from planning.schedule import check, project, scheduler
from tests.planning.schedule.projects import MONDAY, made, random_project, task

NO_HOLIDAYS = {"holidays": ()}
RAIN = ((dt.date(2027, 1, 6), dt.date(2027, 1, 20)),)

CASES = [
    pytest.param(made(task("A", 5)), {"A": ("01-04", "01-08", "start")}, id="Monday to Friday"),
    pytest.param(made(task("A", 6)), {"A": ("01-04", "01-11", "start")}, id="over the weekend"),
    pytest.param(
        made(task("A", 5), calendar=project.Calendar(weekend=(4, 5))),
        {"A": ("01-04", "01-10", "start")},  # Mon–Thu, then Sunday
        id="weekend on Friday and Saturday",
    ),
    pytest.param(
        made(task("A", 3), calendar=project.Calendar(weekend=(6,)), start=dt.date(2027, 1, 8)),
        {"A": ("01-08", "01-11", "start")},  # Fri, Sat, Mon
        id="Sunday alone is free",
    ),
    pytest.param(
        made(task("A", 2), start=dt.date(2027, 1, 9)), {"A": ("01-11", "01-12", "calendar HQ")}, id="begins on a Saturday"
    ),
    pytest.param(
        made(task("A", 2), start=dt.date(2027, 3, 25), calendar=project.Calendar(country="KE")),
        {"A": ("03-25", "03-30", "start")},  # Good Friday the 26th, weekend, Easter Monday the 29th
        id="Easter in Kenya",
    ),
    pytest.param(
        made(task("A", 2), start=dt.date(2027, 3, 25), calendar=project.Calendar(country="KE", holidays=())),
        {"A": ("03-25", "03-26", "start")},
        id="own holidays replace the country's",
    ),
    pytest.param(
        made(task("A", 1), task("B", 5, elapsed=True, after=("A",)), task("C", 1, after=("B",))),
        # Tue 5 to Sat 9 are 5 calendar days; C on Monday 11
        {"A": ("01-04", "01-04", "start"), "B": ("01-05", "01-09", "after A"), "C": ("01-11", "01-11", "after B")},
        id="waiting counts calendar days",
    ),
    pytest.param(
        made(task("A", 5), task("M", 0, after=("A",)), task("B", 1, after=("M",))),
        {"A": ("01-04", "01-08", "start"), "M": ("01-08", "01-08", "after A"), "B": ("01-11", "01-11", "after M")},
        id="a milestone takes no day",
    ),
    pytest.param(
        made(task("M", 0), task("A", 1, after=("M",))),
        {"M": ("01-04", "01-04", "start"), "A": ("01-04", "01-04", "start")},
        id="a milestone at the start",
    ),
    pytest.param(
        made(task("A", 3, field_work=True), calendar=project.Calendar(closed=RAIN)),
        {"A": ("01-21", "01-25", "closed HQ")},  # two days before the rain are too few: Thu 21, Fri 22, Mon 25
        id="field work does not straddle the rain",
    ),
    pytest.param(
        made(task("A", 2, field_work=True), calendar=project.Calendar(closed=RAIN)),
        {"A": ("01-04", "01-05", "start")},
        id="field work just before the rain",
    ),
    pytest.param(
        made(task("A", 3), calendar=project.Calendar(closed=RAIN)), {"A": ("01-04", "01-06", "start")}, id="rain stops only the field"
    ),
    pytest.param(
        made(task("A", 2, needs={"PM": 1}), task("B", 2, needs={"PM": 1}), resources={"PM": 1}),
        {"A": ("01-04", "01-05", "start"), "B": ("01-06", "01-07", "resource PM")},
        id="one manager, one task at a time",
    ),
    pytest.param(
        made(task("A", 2, needs={"IT": 1}), task("B", 2, needs={"IT": 1}), resources={"IT": 2}),
        {"A": ("01-04", "01-05", "start"), "B": ("01-04", "01-05", "start")},
        id="two people, two tasks",
    ),
    pytest.param(
        made(task("A", 6, needs={"PM": 1}), task("B", 1, needs={"PM": 1}, calendar="ALL"), resources={"PM": 1},
             calendars={"HQ": project.Calendar(), "ALL": project.Calendar(weekend=())}),
        {"A": ("01-05", "01-12", "resource PM"), "B": ("01-04", "01-04", "start")},
        id="held over the weekend too: B cannot slip in, it goes first",
    ),
    pytest.param(
        made(task("A", 1, not_before=dt.date(2027, 2, 1))), {"A": ("02-01", "02-01", "date")}, id="not before its own date"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_dates_by_hand(given, expected):
    result = scheduler.schedule(given)
    found = {
        name: (dates.start.strftime("%m-%d"), dates.end.strftime("%m-%d"), dates.why)
        for name, dates in result.tasks.items()
    }
    assert found == expected
    assert result.finish.strftime("%m-%d") == max(last for _, last, _ in expected.values())
    assert check.violations(given, result) == ()


def test_what_a_task_waits_for():
    given = made(
        task("A", 2), task("B", 3), task("C", 1, after=("A", "B")), task("D", 1, needs={"PM": 1}, after=("C",)),
        task("E", 4, needs={"PM": 1}), resources={"PM": 1},
    )  # fmt: skip
    found = scheduler.schedule(given).tasks
    assert (found["A"].waits_for, found["C"].waits_for) == (None, "B")  # B ends last
    assert found["D"].start > found["C"].start


def test_a_task_that_waits_for_people_names_who_had_them():
    given = made(task("A", 4, needs={"PM": 1}), task("B", 1, needs={"PM": 1}), resources={"PM": 1})
    found = scheduler.schedule(given).tasks
    first, second = sorted(found, key=lambda name: found[name].start)
    assert (found[second].waits_for, found[second].why) == (first, "resource PM")


def test_restarts_beat_a_single_rule():
    # before the rain there is room for two short visits or one long; a longest-first rule strands the short ones
    rain = project.Calendar(closed=((dt.date(2027, 1, 11), dt.date(2027, 5, 31)),))
    given = made(
        task("long", 5, needs={"X": 1}), task("desk", 10, after=("long",)),
        task("visit1", 2, needs={"X": 1}, field_work=True), task("visit2", 3, needs={"X": 1}, field_work=True),
        calendar=rain, resources={"X": 1},
    )  # fmt: skip
    result = scheduler.schedule(given)
    assert result.finish == dt.date(2027, 1, 29)  # visits 4–8, long 11–15, desk 18–29


@pytest.mark.parametrize(
    ("given", "bound", "gap"),
    [
        pytest.param(made(task("A", 2), task("B", 2, after=("A",))), "01-07", 0, id="the longest chain"),
        pytest.param(
            made(task("A", 3, needs={"PM": 1}), task("B", 4, needs={"PM": 1}), resources={"PM": 1}),
            "01-12", 0, id="7 days of work for one manager",
        ),
        pytest.param(
            made(task("A", 2, needs={"PM": 1}), task("B", 2, needs={"PM": 1}), task("C", 5, after=("A", "B")),
                 resources={"PM": 1}),
            "01-12", 18.2, id="4 days of work, then at least 5 of the calendar: 2 of 11 days are open",
        ),
        pytest.param(
            made(*(task(name, 2, needs={"IT": 1}) for name in "ABC"), resources={"IT": 2}),
            "01-06", 25, id="6 days of work for two would be 3 days, but no task can be cut: 1 of 4 days is open",
        ),
    ],
)  # fmt: skip
def test_no_schedule_ends_before_the_bound(given, bound, gap):
    found = scheduler.schedule(given)
    assert (found.bound.strftime("%m-%d"), found.gap) == (bound, gap)
    assert found.status == ("feasible" if gap else "optimal")


@hypothesis.given(strategies.integers(0, 10_000))
@hypothesis.settings(max_examples=40, deadline=None)
def test_the_order_in_the_file_changes_nothing(seed):
    given = random_project(seed)
    shuffled = list(given.tasks)
    random.Random(seed).shuffle(shuffled)
    other = msgspec.structs.replace(
        given, tasks=tuple(msgspec.structs.replace(one, after=one.after[::-1]) for one in shuffled)
    )
    assert project.write(scheduler.schedule(other)) == project.write(scheduler.schedule(given))


@hypothesis.given(strategies.integers(0, 10_000), strategies.integers(1, 60))
@hypothesis.settings(max_examples=60, deadline=None)
def test_a_later_start_never_ends_earlier(seed, days):
    """With equal calendars and nothing shared: with shared people a late start may luckily order them better."""
    drawn = random_project(seed)
    alone = tuple(msgspec.structs.replace(one, needs={}) for one in drawn.tasks)
    given = msgspec.structs.replace(drawn, tasks=alone)
    later = msgspec.structs.replace(given, start=given.start + dt.timedelta(days))
    assert scheduler.schedule(later).finish >= scheduler.schedule(given).finish


def test_an_empty_project_ends_where_it_begins():
    assert scheduler.schedule(made()).finish == MONDAY


@pytest.mark.parametrize("block", range(10))
def test_random_projects_break_no_rule(block):
    for seed in range(block * 20, block * 20 + 20):
        given = random_project(seed)
        assert check.violations(given, scheduler.schedule(given)) == (), f"seed {seed}"


def test_the_same_project_gets_the_same_dates():
    given = random_project(7)
    assert scheduler.schedule(given) == scheduler.schedule(given)
