"""How sure a day is: the same order of work many times over, each time with other lengths.

Lengths are drawn from triangles around the planned ones: work from `work_low` to `work_high` times its days, waits for
deliveries from as promised to `delivery_high` times. The order of the schedule is kept, as people would keep it.
"""

from __future__ import annotations

import datetime as dt
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
    found: list[list[int]] = [[] for _ in goals]
    for _ in range(runs):
        ready = order.ready(_drawn(work.tasks, spread, chance))
        for days, goal in zip(found, numbers, strict=True):
            days.append(max([work.start, *[ready[number] - 1 for number in goal]]))
    return tuple(Finishes(tuple(passes.day(day) for day in sorted(days))) for days in found)


def usual(tasks: Sequence[project.Task], spread: Spread) -> list[int]:
    """As long as each task takes on average over many runs."""
    work, delivery = (
        (low + high + 1) / 3
        for low, high in ((spread.work_low, spread.work_high), (1.0, spread.delivery_high))
    )
    return [_whole(task.days, delivery if task.elapsed else work) for task in tasks]


def _whole(days: int, factor: float) -> int:
    # nothing that has to be done takes no day at all
    return max(1, round(days * factor)) if days else 0


def _drawn(tasks: Sequence[project.Task], spread: Spread, chance: random.Random) -> list[int]:
    days = []
    for task in tasks:
        if task.elapsed:
            factor = chance.triangular(1.0, spread.delivery_high, 1.0)
        else:
            factor = chance.triangular(spread.work_low, spread.work_high, 1.0)
        days.append(_whole(task.days, factor))
    return days
