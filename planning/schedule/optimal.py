"""The best dates that there are, with proof: OR-tools' CP-SAT, helped by the fast schedule as hint and bound.

Each task's first day is a variable over the days on which its calendar lets it begin; a task that crosses days off is
as long as the calendar makes it from there. What comes of it goes through the serial pass once more, in the order of
the starts: no task moves back by that, and whoever found the dates, one piece of code made them.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

from planning.schedule import explain, heuristic, passes, project

SECONDS = 10.0
"""For the proof; afterwards the best dates found so far are given, called feasible."""

MOST_STARTS = 300_000
"""First days of all tasks together: beyond, writing the problem down takes longer than anybody waits."""

SEED = 1

ROUNDING = 1e-6
"""The solver tells its bound on whole days as a float."""


class Window(msgspec.Struct, frozen=True):
    """The days on which a task may begin, and from each the day on which a follower may."""

    first: tuple[int, ...]
    ready: tuple[int, ...]

    @property
    def length(self) -> int | None:
        """Calendar days that it takes, whenever it begins; None where that depends on the day."""
        lengths = {ready - first for first, ready in zip(self.first, self.ready, strict=True)}
        return lengths.pop() if len(lengths) == 1 else None


def solve(made: project.Project) -> project.Result:
    """Dates for every task; raises ScheduleError. Optimal where the proof was found in time."""
    project.checked(made)
    work = passes.Work(made)
    alone = heuristic.alone(work)
    bound = passes.finish(alone, work.start)
    best = heuristic.best(work, bound)
    if passes.finish(best, work.start) > bound:
        best, bound = _improved(work, alone, best, bound)
    last = passes.finish(best, work.start)
    return project.Result(
        finish=passes.day(last),
        status="optimal" if last == bound else "feasible",
        tasks=explain.dates(work, best),
    )


def _improved(
    work: passes.Work, alone: list[passes.Slot], known: list[passes.Slot], bound: int
) -> tuple[list[passes.Slot], int]:
    """A schedule no worse than the one known, and the first last day that could not be excluded."""
    horizon = passes.finish(known, work.start)
    windows = _windows(work, alone, horizon)
    if windows is None:
        return known, bound
    cp_model = _library()
    model = cp_model.CpModel()
    finish = model.new_int_var(bound, horizon, "finish")
    first = _written(model, cp_model, work, windows, finish)
    for number, slot in enumerate(known):
        model.add_hint(first[number], slot.first if work.tasks[number].days else slot.ready)
    model.add_hint(finish, horizon)
    model.minimize(finish)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.random_seed = SEED
    # one thread finds the same dates every time
    solver.parameters.num_workers = 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return known, bound
    found = passes.serial(work, [-float(solver.value(variable)) for variable in first])
    better = min(known, found, key=lambda slots: heuristic.worth(work, slots))
    return better, max(bound, math.ceil(solver.best_objective_bound - ROUNDING))


def _written(model: Any, cp_model: Any, work: passes.Work, windows: list[Window], finish: Any) -> list[Any]:
    """Write the project into the model; returns the variable of each task's first day."""
    first, ready = [], []
    held: dict[str, list[tuple[Any, int]]] = {name: [] for name in work.project.resources}
    for task, window in zip(work.tasks, windows, strict=True):
        begin = model.new_int_var_from_domain(cp_model.Domain.from_values(window.first), task.id)
        if (length := window.length) is not None:
            after = begin + length
            interval = model.new_fixed_size_interval_var(begin, length, task.id)
        else:
            after = model.new_int_var(window.ready[0], window.ready[-1], task.id)
            model.add_element(begin - window.first[0], _by_day(window), after)
            size = model.new_int_var(
                1, max(r - f for f, r in zip(window.first, window.ready, strict=True)), task.id
            )
            interval = model.new_interval_var(begin, size, after, task.id)
        first.append(begin)
        ready.append(after)
        for name, count in task.needs.items():
            if count and task.days:
                held[name].append((interval, count))
    for number, before in enumerate(work.before):
        for earlier in before:
            model.add(first[number] >= ready[earlier])
        if not work.followers[number]:
            # a milestone that waits stands on the day before its follower could begin
            model.add(finish >= ready[number] - 1)
    for name, users in held.items():
        room = work.project.resources[name]
        if sum(count for _, count in users) > room:
            model.add_cumulative([interval for interval, _ in users], [count for _, count in users], room)
    return first


def _by_day(window: Window) -> list[int]:
    """The day on which a follower may begin, for every day from the first possible; those off repeat the one before."""
    found: list[int] = []
    for first, ready in zip(window.first, window.ready, strict=True):
        found += [found[-1]] * (first - window.first[0] - len(found)) if found else []
        found.append(ready)
    return found


def _windows(work: passes.Work, alone: list[passes.Slot], horizon: int) -> list[Window] | None:
    """Where every task can stand up to the horizon; None where that is too much to write down."""
    windows: list[Window] = []
    total = 0
    for number, slot in enumerate(alone):
        window = _window(work, number, slot, horizon)
        total += len(window.first)
        if total > MOST_STARTS:
            return None
        windows.append(window)
    return windows


def _window(work: passes.Work, number: int, slot: passes.Slot, horizon: int) -> Window:
    """Where one task can stand, from where it would stand if people cost no day."""
    if not work.tasks[number].days:
        days = tuple(range(slot.ready, max(horizon + 1, slot.ready) + 1))
        return Window(days, days)
    first, ready = [slot.first], [slot.ready]
    while slot.first < horizon:
        try:
            slot = work.fitted(number, slot.first + 1)
        except project.ScheduleError:
            # the calendar leaves no later days
            break
        if slot.last > horizon:
            break
        first.append(slot.first)
        ready.append(slot.ready)
    return Window(tuple(first), tuple(ready))


def _library() -> Any:
    """OR-tools, which takes half a second to load and is an extra."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise project.ScheduleError(
            "The method optimal needs OR-tools. Install `mifos-groundwork[optimal]`, or use the method fast."
        ) from None
    return cp_model
