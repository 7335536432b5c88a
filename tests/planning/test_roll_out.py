"""Pilot, waves, freezes, roads: what a project manager looks at first in the dates of a large institution."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from flows import book as books_of_flows
from flows import nouns as flow_nouns
from flows import shipped
from planning import freezes, plan, promises, travel, words
from tests.planning.books import TODAY, book, estimate, office, section, work
from tests.planning.test_plan import SAMPLE, made


def many(count: int) -> flow_nouns.AnswerBook:
    """The sample with so many branches, each as one of its three."""
    given = books_of_flows.decode(SAMPLE.read_bytes())
    branches, sections = [], [one for one in given.sections if not one.branch]
    for number in range(count):
        like = given.branches[number % len(given.branches)]
        branch = msgspec.structs.replace(
            like, id=f"b{number:02}", name=f"{like.name} {number}", head_office=not number
        )
        branches.append(branch)
        sections += [
            msgspec.structs.replace(one, branch=branch.id) for one in given.sections if one.branch == like.id
        ]
    return msgspec.structs.replace(given, branches=tuple(branches), sections=tuple(sections))


@pytest.fixture(scope="module")
def large():
    given = many(40)
    assert given.made_at is not None
    return plan.make_plan(given, shipped.assessment(), today=given.made_at.date())


@pytest.fixture(scope="module")
def tasks(large):
    return {task.id: task for task in large.schedule.tasks}


def test_every_branch_begins_soon_after_its_training_and_is_not_left_alone(large, tasks):
    late = {text.values["branch"] for text in large.warnings if text.code == "warning.late_after_training"}
    assert len(late) <= 4
    for branch in [one.branch for one in large.branches]:
        taught, live, support = (tasks[f"{kind}_{branch.id}"] for kind in ("teach", "live", "support"))
        assert taught.end < live.start < support.start
        assert (live.start - taught.end).days <= 14 or branch.name in late
        assert (support.start - live.start).days <= 7


def test_nobody_moves_while_the_books_are_closed(tasks):
    moves = [task for name, task in tasks.items() if name.startswith("cut_over_")]
    assert len(moves) > 10
    for move in moves:
        days = [move.start + dt.timedelta(count) for count in range((move.end - move.start).days + 1)]
        for day in days:
            assert day.day > 5
            assert (day + dt.timedelta(3)).month == day.month
            assert (1, 14) < (day.month, day.day) < (12, 18)


def test_the_pilot_sees_an_end_of_month_closed(tasks):
    pilot = tasks["pilot"]
    assert pilot.start.month != pilot.end.month
    assert pilot.end.day >= 5


def test_waves_are_as_large_as_the_trainers_allow(large, tasks):
    # two trainers: two branches at a time, although a tenth of 40 is four
    taught = [task for name, task in tasks.items() if name.startswith("teach_")]
    busiest = max(sum(one.start <= day.start <= one.end for one in taught) for day in taught)
    assert busiest == 2
    # 26 branches of one calendar make 13 waves, 13 on the road to Lodwar 7
    assert sum(name.startswith("cut_over_wave") for name in tasks) == 20


def test_closed_roads_are_used_while_they_are_open(large, tasks):
    # Lodwar's road closes from March to May; the branches without seasons fill that time
    field = [
        one for one in large.schedule.tasks if one.field_work and one.days and one.id.split("_")[0] != "cut"
    ]
    closed = {one.id: one.closed for one in large.schedule.calendars}
    for task in field:
        assert not any(task.start <= last and first <= task.end for first, last in closed[task.branch])


@pytest.mark.parametrize(
    ("month", "year_end"),
    [
        pytest.param(None, (dt.date(2026, 12, 18), dt.date(2027, 1, 14)), id="the calendar's where nobody said"),
        pytest.param("jul", (dt.date(2027, 6, 17), dt.date(2027, 7, 14)), id="as in Kenya's cooperatives"),
    ],
)  # fmt: skip
def test_freezes_lie_around_the_ends(month, year_end):
    given = work(section("finance_setup", financial_year_start=month)) if month else work()
    assert freezes.years(given, 2027, 2027) == (year_end,)
    # three days before the first of March, and five from it on
    assert freezes.months(given, 2027, 2027)[2] == (dt.date(2027, 2, 26), dt.date(2027, 3, 5))


@pytest.mark.parametrize(
    ("hours", "closes", "days"),
    [
        pytest.param(4, "none", 0, id="there and back in a day"),
        pytest.param(5, "none", 1, id="longer than half a day"),
        pytest.param(12, "none", 2, id="two days by daylight"),
        pytest.param(12, "jun", 3, id="12 hours on a hard road count 18"),
        pytest.param(None, "none", 0, id="nobody said"),
    ],
)
def test_days_on_the_road(hours, closes, days):
    given = {"travel_hours": hours} if hours is not None else {}
    found = travel.to(work(office(), section("branch_place", "b", road_closed_from=closes, **given)), BRANCH)
    assert found.days == days


BRANCH = flow_nouns.Branch("b", "B")


def test_a_road_that_is_always_closed_is_named_and_the_dates_still_come():
    place = section("branch_place", "b", travel_hours=9, road_closed_from="jan", road_closed_to="dec")
    found = made(book(office(), place))
    assert found.schedule is not None
    said = [words.say(text) for text in found.warnings if text.code == "warning.no_window"]
    assert said
    assert "no more than 0 lie between" in said[0]
    assert found.schedule.finish < dt.date(2029, 1, 1)


def test_a_week_without_working_day_is_named_and_the_dates_still_come():
    institution = flow_nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi", weekend=(0, 1, 2, 3, 4, 5, 6))
    found = made(book(institution=institution))
    assert "warning.no_week" in {text.code for text in found.warnings}
    assert found.schedule is not None


def test_a_manager_with_another_job_takes_longer():
    # 3 days of work with 40 % of the week: 7.5, so 8 days from Monday the 4th
    part = section("project_team", manager_dedicated="no", manager_percent=40)
    charter = next(task for task in made(book(part)).schedule.tasks if task.id == "charter")
    assert (charter.start, charter.days) == (TODAY, 8)
    assert "40%" in words.say(charter.assumption)


def test_each_gap_is_a_task_and_only_a_must_of_the_first_day_comes_before_the_first_branch(tasks, large):
    gaps = {gap.id: gap for gap in large.functional_gaps}
    found = {name.removeprefix("gap_"): task for name, task in tasks.items() if name.startswith("gap_")}
    assert len(found) > 5
    for name, task in found.items():
        before = task.end < tasks["acceptance"].start
        assert before == (words.say(gaps[name].urgency) in {"Must have", "Must have, from the first day"}), (
            name
        )
    assert {"COL-03", "REP-02"} <= {name for name in found if found[name].end < tasks["acceptance"].start}


def test_every_task_says_where_its_length_comes_from(tasks):
    for task in tasks.values():
        assert not task.days or task.inputs or task.assumption is not None, task.id


def test_the_records_of_all_waves_make_the_whole_migration(tasks, large):
    found = [task for name, task in tasks.items() if name.startswith("data_")]
    whole = large.migration.working_days.value
    assert whole <= sum(task.days for task in found) <= whole + len(found)
    for task in found:
        assert task.end < tasks[task.id.replace("data_", "go_")].start if "tool" not in task.id else True


def test_estimates_do_not_change_which_tasks_there_are():
    sure = made(book(office(clients=900)))
    guessed = made(book(office(clients=estimate(900))))
    assert [one.id for one in sure.schedule.tasks] == [one.id for one in guessed.schedule.tasks]


def test_a_training_waits_for_the_road_or_for_open_books_and_says_which(large):
    hills = made(
        books_of_flows.decode(SAMPLE.with_name("village_bank.answers.json").read_bytes()), prove=False
    )
    told = set()
    for found in (large.schedule, hills.schedule):
        tasks = {task.id: task for task in found.tasks}
        closed = {used.id: used.closed for used in found.calendars}
        for task in found.tasks:
            if not task.id.startswith("teach_") or not task.why.code.startswith("why.closed"):
                continue
            ready = tasks[task.waits_for].end
            by_road = any(ready <= last < task.start for _, last in closed[task.branch])
            assert task.why.code == ("why.closed_visit" if by_road else "why.closed_taught"), task.id
            told.add(task.why.code)
    assert told == {"why.closed_visit", "why.closed_taught"}


def test_a_missed_season_is_named_where_the_promise_lies_far_behind_the_plan(large):
    far = (large.schedule.live_likely.even - large.schedule.live).days
    assert (large.schedule.missed is not None) == (far >= promises.LONG_WAIT)
