"""A schedule's order kept: the tasks as a graph in which whoever shares people waits for who had them before.

With the order fixed, other lengths give other dates in one pass forward, and one pass back says how late each task
may begin without moving the finish. Days are ordinals.
"""

from __future__ import annotations

import bisect
import graphlib
from collections.abc import Sequence

from planning import calendars
from planning.schedule import passes, project

DAYS_AHEAD = 3
"""Times the project's own length for which working days are written down; later ones are asked of the calendar."""


class FixedOrder:
    """A project's tasks in the order of one schedule."""

    def __init__(self, work: passes.Work, slots: Sequence[passes.Slot]) -> None:
        self.work = work
        self.days = [task.days for task in work.tasks]
        self.before = [list(before) for before in work.before]
        for number, earlier in _handed_over(work, slots):
            self.before[number].append(earlier)
        graph = {number: self.before[number] for number in range(len(work.tasks))}
        self.order = tuple(graphlib.TopologicalSorter(graph).static_order())
        horizon = work.start + DAYS_AHEAD * (passes.finish(slots, work.start) - work.start + 31)
        known: dict[str, list[int]] = {}
        for clock in work.clocks:
            if clock.name not in known:
                known[clock.name] = _worked(clock, work.start, horizon)
        self._worked = [known[clock.name] for clock in work.clocks]

    def finish(self, days: Sequence[int]) -> int:
        """The last day when the tasks take so many days."""
        work = self.work
        ready = [0] * len(days)
        last_day = work.start
        for number in self.order:
            task = work.tasks[number]
            first = max((ready[earlier] for earlier in self.before[number]), default=work.start)
            first = max(first, work.start)
            if task.not_before is not None:
                first = max(first, task.not_before.toordinal())
            if not task.days:
                ready[number] = first
                last_day = max(last_day, first - 1)
                continue
            ready[number] = self._end(number, first, days[number]) + 1
            last_day = max(last_day, ready[number] - 1)
        return last_day

    def latest(self, finish: int) -> list[int]:
        """The last day on which each task may begin so that all are done by `finish`."""
        by = [finish] * len(self.days)
        found = [finish] * len(self.days)
        for number in reversed(self.order):
            found[number] = self._start(number, by[number]) if self.days[number] else by[number] + 1
            for earlier in self.before[number]:
                by[earlier] = min(by[earlier], found[number] - 1)
            if not self.days[number]:
                found[number] = min(found[number], finish)
        return found

    def _end(self, number: int, first: int, days: int) -> int:
        """The last day of a task of so many days that begins on `first` or as soon as its calendar lets it."""
        task, clock, worked = self.work.tasks[number], self.work.clocks[number], self._worked[number]
        while True:
            if task.elapsed:
                last = first + days - 1
            else:
                place = bisect.bisect_left(worked, first)
                if place + days > len(worked):
                    return clock.end(clock.next_working(first), days)
                first, last = worked[place], worked[place + days - 1]
            shut = clock.closed_after(first, last) if task.field_work else None
            if shut is None:
                return last
            first = shut + 1

    def _start(self, number: int, last: int) -> int:
        """The latest first day of a task that must be done by `last`."""
        task, clock, worked = self.work.tasks[number], self.work.clocks[number], self._worked[number]
        days = self.days[number]
        while True:
            if task.elapsed:
                first = last - days + 1
            else:
                place = bisect.bisect_right(worked, last)
                if place < days:
                    return self.work.start
                first, last = worked[place - days], worked[place - 1]
            shut = clock.closed_before(first, last) if task.field_work else None
            if shut is None:
                return first
            last = shut - 1


def of(made: project.Project, result: project.Result) -> FixedOrder:
    """The order of a project's result."""
    work = passes.Work(made)
    dates = [result.tasks[task.id] for task in work.tasks]
    slots = [
        passes.Slot(one.start.toordinal(), one.end.toordinal(), one.end.toordinal() + 1) for one in dates
    ]
    return FixedOrder(work, slots)


def _worked(clock: calendars.Clock, first: int, last: int) -> list[int]:
    return [day for day in range(first, min(last, clock.limit) + 1) if clock.works(day)]


def _handed_over(work: passes.Work, slots: Sequence[passes.Slot]) -> list[tuple[int, int]]:
    """Pairs of a task and the one that had its people before it, unit by unit of every resource."""
    pairs: list[tuple[int, int]] = []
    for name, users in work.users.items():
        holders: list[int | None] = [None] * work.project.resources[name]
        for number in sorted(users, key=lambda number: (slots[number].first, number)):
            free = [
                unit
                for unit, holder in enumerate(holders)
                if holder is None or slots[holder].last < slots[number].first
            ]
            for unit in free[: work.tasks[number].needs[name]]:
                earlier = holders[unit]
                if earlier is not None:
                    pairs.append((number, earlier))
                holders[unit] = number
    return pairs
