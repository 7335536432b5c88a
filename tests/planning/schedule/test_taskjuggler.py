"""Where nothing is shared, TaskJuggler finds the same dates, every task; where people are, it ends no earlier than we do.

It may break work off and take it up again, and ours may not: so ends are compared there, and the checker judges ours.
Where it ends earlier than a proven end of ours, it must have broken something off: two of 200 projects are so.

`GROUNDWORK_JUDGED_PROJECTS=200` judges as many; a run of all tests takes a few.
"""

from __future__ import annotations

import datetime as dt
import os
import pathlib
import random

import pytest

from planning.schedule import check, project, scheduler
from tests.planning.schedule import taskjuggler

pytestmark = pytest.mark.skipif(taskjuggler.PROGRAM is None, reason="Debian's tj3 is not installed")

START = dt.date(2027, 1, 4)
PROJECTS = int(os.environ.get("GROUNDWORK_JUDGED_PROJECTS", "4"))


def drawn(seed: int) -> project.Project:
    """Ten to forty tasks at up to four places, each with its weekend and some holidays."""
    chance = random.Random(seed)
    calendars = {
        f"place{number}": project.Calendar(
            weekend=chance.choice([(5, 6), (4, 5), (6,), ()]),
            holidays=tuple(START + dt.timedelta(days) for days in sorted(chance.sample(range(400), 20))),
        )
        for number in range(chance.randint(1, 4))
    }
    tasks = [
        project.Task(
            id=f"T{number}",
            days=chance.choice([0, 1, 1, 2, 3, 5, 8, 13]),
            elapsed=chance.random() < 0.2,
            calendar=chance.choice(sorted(calendars)),
            after=tuple(
                f"T{earlier}"
                for earlier in sorted(chance.sample(range(number), min(number, chance.randint(0, 3))))
            ),
        )
        for number in range(chance.randint(10, 40))
    ]
    return project.Project(START, tuple(tasks), calendars)


@pytest.mark.parametrize("seed", range(PROJECTS))
def test_every_task_has_the_same_dates(seed: int, tmp_path: pathlib.Path) -> None:
    made = drawn(seed)
    ours = scheduler.schedule(made)
    judged = taskjuggler.dates(made, tmp_path)
    assert {name: (one.start, one.end) for name, one in ours.tasks.items()} == judged
    assert ours.status == "optimal"


def shared(seed: int) -> project.Project:
    """Fifteen to thirty tasks at one place for three people, each of whom does one thing at a time."""
    chance = random.Random(seed)
    people = ("manager", "trainer", "technician")
    calendar = project.Calendar(
        holidays=tuple(START + dt.timedelta(days) for days in sorted(chance.sample(range(300), 12)))
    )
    tasks = [
        project.Task(
            id=f"T{number}",
            days=chance.choice([1, 2, 3, 5, 8]),
            calendar="office",
            needs={chance.choice(people): 1},
            after=tuple(
                f"T{earlier}"
                for earlier in sorted(chance.sample(range(number), min(number, chance.randint(0, 2))))
            ),
        )
        for number in range(chance.randint(15, 30))
    ]
    return project.Project(START, tuple(tasks), {"office": calendar}, dict.fromkeys(people, 1))


@pytest.mark.parametrize("seed", range(PROJECTS))
def test_where_people_are_shared_we_end_no_later(seed: int, tmp_path: pathlib.Path) -> None:
    made = shared(seed)
    ours = scheduler.schedule(made, method="optimal")
    assert check.violations(made, ours) == ()
    judged = taskjuggler.dates(made, tmp_path)
    earlier = ours.finish > max(last for _, last in judged.values())
    assert not earlier or (ours.status == "optimal" and broken_off(made, judged))


def broken_off(made: project.Project, dates: dict[str, tuple[dt.date, dt.date]]) -> list[str]:
    """The tasks for which these dates leave more working days than the work takes: somebody broke it off."""
    calendar = made.calendars["office"]
    days = {
        name: sum(
            1
            for count in range((last - first).days + 1)
            if (day := first + dt.timedelta(count)).weekday() not in calendar.weekend
            and day not in (calendar.holidays or ())
        )
        for name, (first, last) in dates.items()
    }
    return [task.id for task in made.tasks if days[task.id] > task.days]


@pytest.mark.parametrize("days", [2, 5, 6])
def test_a_closed_season_is_the_same_for_both(days: int, tmp_path: pathlib.Path) -> None:
    # open from Monday 4 to Friday 8 January: 5 days fit, the 6th is behind the rain for both
    rain = project.Calendar(holidays=(), closed=((dt.date(2027, 1, 9), dt.date(2027, 2, 28)),))
    work = project.Task(id="roof", days=days, calendar="far", field_work=True)
    made = project.Project(START, (work,), {"far": rain})
    ours, judged = scheduler.schedule(made).tasks["roof"], taskjuggler.dates(made, tmp_path)["roof"]
    if days <= 5:
        assert (ours.start, ours.end) == judged
    else:
        # ours is not broken off: it begins when it can be done in one go
        assert judged == (START, dt.date(2027, 3, 1))
        assert (ours.start, ours.end) == (dt.date(2027, 3, 1), dt.date(2027, 3, 8))
