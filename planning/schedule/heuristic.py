"""A good schedule quickly: several priority rules, then seeded random restarts around the best."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from planning.schedule import bound, explain, passes, project

SEED = 1
"""The same project always gets the same dates."""

PLACEMENTS = 6000
"""Tasks put in all restarts together: the work stays the same for small and large projects."""

FEWEST_RESTARTS, MOST_RESTARTS = 10, 200

WEEK, WORK_WEEK = 7, 5
"""Working days are stretched to calendar days by these where only their order matters."""


def solve(made: project.Project) -> project.Result:
    """Dates for every task; raises ScheduleError. Proven optimal where they end on the bound."""
    project.checked(made)
    work = passes.Work(made)
    least = bound.finish(work, alone(work))
    return explain.result(work, best(work, least), least)


def alone(work: passes.Work) -> list[passes.Slot]:
    """Where each task would stand if people cost no day: none can stand earlier."""
    return passes.serial(work, [0.0] * len(work.tasks), people=False)


def best(work: passes.Work, least: int) -> list[passes.Slot]:
    """The best of all rules and restarts; none is tried after one that ends on the day `least`."""
    found: list[passes.Slot] | None = None
    for priority in _priorities(work):
        slots = passes.serial(work, priority)
        if found is None or worth(work, slots) < worth(work, found):
            found = slots
        if passes.finish(found, work.start) == least:
            break
    assert found is not None  # noqa: S101  # there is always a first rule
    return _restarted(work, found, least)


def worth(work: passes.Work, slots: Sequence[passes.Slot]) -> tuple[int, int]:
    """Less is better: the finish, then the sum of all starts."""
    return passes.finish(slots, work.start), sum(slot.first for slot in slots)


def _priorities(work: passes.Work) -> Iterator[list[float]]:
    """The rules: longest chain behind, chain and people, most followers, least days, closing seasons first."""
    tails = chains_behind(work)
    yield tails
    demand = [sum(task.needs.values()) for task in work.tasks]
    yield [tail + task.days * people for tail, task, people in zip(tails, work.tasks, demand, strict=True)]
    yield [float(len(followers)) for followers in work.followers]
    yield [-float(task.days) for task in work.tasks]
    season = max(tails, default=0.0)
    yield [tail + season * task.field_work for tail, task in zip(tails, work.tasks, strict=True)]


def chains_behind(work: passes.Work) -> list[float]:
    """Calendar days, roughly, from a task's start to the end of the longest chain behind it."""
    tails = [0.0] * len(work.tasks)
    for number in reversed(work.topological):
        task = work.tasks[number]
        own = task.days if task.elapsed else task.days * WEEK / WORK_WEEK
        tails[number] = own + max((tails[follower] for follower in work.followers[number]), default=0.0)
    return tails


def _restarted(work: passes.Work, best: list[passes.Slot], least: int) -> list[passes.Slot]:
    """Try orders near the best schedule's and near the longest chains', alternately."""
    chance = random.Random(SEED)  # noqa: S311  # no secret: it only shuffles
    tails = chains_behind(work)
    restarts = min(MOST_RESTARTS, max(FEWEST_RESTARTS, PLACEMENTS // max(1, len(work.tasks))))
    for turn in range(restarts):
        if passes.finish(best, work.start) == least:
            break
        if turn % 2:
            priority = [tail * chance.uniform(0.5, 1.5) for tail in tails]
        else:
            spread = max(1, passes.finish(best, work.start) - work.start) * chance.uniform(0.02, 0.2)
            priority = [-(slot.first + chance.uniform(-spread, spread)) for slot in best]
        slots = passes.serial(work, priority)
        if worth(work, slots) < worth(work, best):
            best = slots
    return best
