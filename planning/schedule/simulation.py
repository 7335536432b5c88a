"""How sure a day is: the same order of work many times over, each time with other lengths.

Lengths are drawn from triangles around the planned ones: work from `work_low` to `work_high` times its days, waits for
deliveries from as promised to `delivery_high` times. The order of the schedule is kept, as people would keep it.
"""

from __future__ import annotations

import datetime as dt
import operator
import random
from collections.abc import Collection, Sequence

import msgspec

from planning.schedule import passes, project, sequence

SEED = 1
"""The same project always gets the same dates."""


class Spread(msgspec.Struct, frozen=True):
    """How far lengths stray, as factors of the planned days; the planned length is the likeliest."""

    work_low: float
    work_high: float
    delivery_high: float


class Finishes(msgspec.Struct, frozen=True):
    """The days on which all runs had reached a goal, earliest first."""

    days: tuple[dt.date, ...]
    middle: tuple[int, ...] = ()
    """How long each task took in the run in the middle."""

    def by(self, percent: float) -> dt.date:
        """The day by which so many of a hundred runs were done."""
        place = -(-len(self.days) * percent // 100) - 1
        return self.days[min(len(self.days) - 1, max(0, int(place)))]

    def chance(self, day: dt.date) -> int:
        """Of a hundred runs, how many were done by a day; whole percent, rounded down."""
        return sum(done <= day for done in self.days) * 100 // len(self.days)


def run(
    order: sequence.FixedOrder, spread: Spread, runs: int, goals: Sequence[Collection[str]]
) -> tuple[Finishes, ...]:
    """For each goal, ids of tasks, the days on which so many runs had done them all.

    Raises ScheduleError where dates run past the calendars.
    """
    chance = random.Random(SEED)  # noqa: S311  # no secret: it only draws lengths
    work = order.work
    numbers = [[work.number[task] for task in goal] for goal in goals]
    found: list[list[tuple[int, tuple[int, ...]]]] = [[] for _ in goals]
    for _ in range(runs):
        days = _drawn(work.tasks, spread, chance)
        ready = order.ready(days)
        for reached, goal in zip(found, numbers, strict=True):
            reached.append((max([work.start, *[ready[number] - 1 for number in goal]]), days))
    for reached in found:
        reached.sort(key=operator.itemgetter(0))
    return tuple(
        Finishes(tuple(passes.day(day) for day, _ in reached), reached[(len(reached) - 1) // 2][1])
        for reached in found
    )


def _drawn(tasks: Sequence[project.Task], spread: Spread, chance: random.Random) -> tuple[int, ...]:
    days = []
    for task in tasks:
        if task.elapsed:
            factor = chance.triangular(1.0, spread.delivery_high, 1.0)
        else:
            factor = chance.triangular(spread.work_low, spread.work_high, 1.0)
        # nothing that has to be done takes no day at all
        days.append(max(1, round(task.days * factor)) if task.days else 0)
    return tuple(days)
