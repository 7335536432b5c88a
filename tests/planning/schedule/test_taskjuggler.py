"""Where nothing is shared, TaskJuggler finds the same dates, every task.

`GROUNDWORK_JUDGED_PROJECTS=200` judges as many; a run of all tests takes a few.
"""

from __future__ import annotations

import datetime as dt
import os
import pathlib
import random

import pytest

from planning.schedule import project, scheduler
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
