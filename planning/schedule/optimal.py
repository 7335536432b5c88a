"""The best dates that there are, with proof: OR-tools' CP-SAT, helped by the fast schedule as hint and bound.

Each task's first day is a variable over the days on which its calendar lets it begin; a task that crosses days off is
as long as the calendar makes it from there. What comes of it goes through the serial pass once more, in the order of
the starts: no task moves back by that, and whoever found the dates, one piece of code made them.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import msgspec

from planning.schedule import bound, explain, heuristic, passes, project

EFFORT = 3.0
"""For the proof, in the solver's own units of three to four seconds: steps are counted and not the clock, so that a
slow machine finds the same dates. Afterwards the best dates found so far are given, called feasible."""

USUAL_STARTS = 3000
"""Of 30 to 40 tasks together; a step takes longer the more there are, so larger projects get fewer steps."""

MOST_STARTS = 50_000
"""First days of all tasks together: beyond, writing the problem down takes longer than anybody waits."""

MOST_PAIRS = 2_000
"""Pairs of tasks whose order is a question of its own: 30 tasks have at most 435."""

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


def solve(made: project.Project, effort: float = EFFORT) -> project.Result:
    """Dates for every task; raises ScheduleError. Optimal where the proof was found with this effort."""
    project.checked(made)
    work = passes.Work(made)
    alone = heuristic.alone(work)
    least = bound.finish(work, alone)
    best = heuristic.best(work, least)
    if passes.finish(best, work.start) > least:
        best, least = _improved(work, alone, best, least, effort)
    return explain.result(work, best, least)


def _improved(
    work: passes.Work, alone: list[passes.Slot], known: list[passes.Slot], least: int, effort: float
) -> tuple[list[passes.Slot], int]:
    """A schedule no worse than the one known, and the first last day that could not be excluded.

    Only what ends a day earlier is asked for: that leaves every task fewer days from the outset, and where there is no
    such schedule, the one known is proven.
    """
    horizon = passes.finish(known, work.start) - 1
    windows = _windows(work, alone, horizon)
    if windows is None:
        return known, least
    cp_model = _library()
    model = cp_model.CpModel()
    finish = model.new_int_var(least, horizon, "finish")
    first = _written(model, cp_model, work, windows, known, finish)
    model.minimize(finish)
    solver = cp_model.CpSolver()
    starts = sum(len(window.first) for window in windows)
    solver.parameters.max_deterministic_time = effort * min(1.0, USUAL_STARTS / starts)
    # people who run short prove more by their days than by fractions of tasks
    solver.parameters.linearization_level = 0
    # looking for what follows from each value costs large projects more than it saves
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    # tidying up what was learnt takes more steps than a tidy memory saves
    solver.parameters.inprocessing_dtime_ratio = 0.0
    solver.parameters.random_seed = SEED
    # one thread finds the same dates every time
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return known, horizon + 1
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return known, least
    found = passes.serial(work, [-float(solver.value(variable)) for variable in first])
    better = min(known, found, key=lambda slots: heuristic.worth(work, slots))
    return better, max(least, math.ceil(solver.best_objective_bound - ROUNDING))


def _written(
    model: Any,
    cp_model: Any,
    work: passes.Work,
    windows: list[Window],
    known: list[passes.Slot],
    finish: Any,
) -> list[Any]:
    """Write the project into the model, with the known schedule as hint; returns the variable of each task's first day."""
    first, ready = [], []
    held: dict[str, list[tuple[Any, int]]] = {name: [] for name in work.project.resources}
    for task, window, slot in zip(work.tasks, windows, known, strict=True):
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
            model.add_hint(after, slot.ready)
            model.add_hint(size, slot.ready - slot.first)
        model.add_hint(begin, slot.first if task.days else slot.ready)
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
    for one, other in _never_together(work):
        comes_first = model.new_bool_var("")
        model.add(ready[one] <= first[other]).only_enforce_if(comes_first)
        model.add(ready[other] <= first[one]).only_enforce_if(~comes_first)
    return first


def _never_together(work: passes.Work) -> list[tuple[int, int]]:
    """Pairs of tasks that need more people together than there are, where nothing yet says which comes first.

    Said outright, much follows that counting people day by day leaves open. Of whom there is one, all pairs are such,
    and the solver knows. Nothing where there are too many to be worth it.
    """
    behind = [0] * len(work.tasks)
    """A bit for each task that must come before."""
    for number in work.topological:
        for earlier in work.before[number]:
            behind[number] |= behind[earlier] | 1 << earlier
    found = {
        (one, other)
        for name, users in work.users.items()
        if (room := work.project.resources[name]) > 1
        for one, other in itertools.combinations(users, 2)
        if work.tasks[one].needs[name] + work.tasks[other].needs[name] > room
        and not (behind[one] >> other & 1 or behind[other] >> one & 1)
    }
    return sorted(found) if len(found) <= MOST_PAIRS else []


def _by_day(window: Window) -> list[int]:
    """The day on which a follower may begin, for every day from the first possible; those off repeat the one before."""
    found: list[int] = []
    for first, ready in zip(window.first, window.ready, strict=True):
        found += [found[-1]] * (first - window.first[0] - len(found)) if found else []
        found.append(ready)
    return found


def _windows(work: passes.Work, alone: list[passes.Slot], horizon: int) -> list[Window] | None:
    """Where every task can stand up to the horizon; None where that is too much to write down."""
    windows: dict[int, Window] = {}
    total = 0
    for number in reversed(work.topological):
        followers = (windows[follower].first[-1] for follower in work.followers[number])
        windows[number] = _window(work, number, alone[number], min(followers, default=horizon + 1))
        total += len(windows[number].first)
        if total > MOST_STARTS:
            return None
    return [windows[number] for number in range(len(work.tasks))]


def _window(work: passes.Work, number: int, slot: passes.Slot, by: int) -> Window:
    """Where one task can stand, from where it would stand if people cost no day; a follower must begin on `by`."""
    if not work.tasks[number].days:
        days = tuple(range(slot.ready, max(by, slot.ready) + 1))
        return Window(days, days)
    first, ready = [slot.first], [slot.ready]
    while slot.ready < by:
        try:
            slot = work.fitted(number, slot.first + 1)
        except project.ScheduleError:
            # the calendar leaves no later days
            break
        if slot.ready > by:
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
