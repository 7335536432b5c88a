"""A schedule's order kept: the tasks as a graph in which whoever shares people waits for who had them before.

With the order fixed, other lengths give other dates in one pass forward, and one pass back says how late each task
may begin without moving the finish. Days are ordinals.
"""

from __future__ import annotations

import graphlib
from collections.abc import Collection, Sequence, Set

from planning.schedule import passes, project


class FixedOrder:
    """A project's tasks in the order of one schedule."""

    def __init__(self, work: passes.Work, slots: Sequence[passes.Slot]) -> None:
        self.work = work
        self.days = [task.days for task in work.tasks]
        before = [set(earlier) for earlier in work.before]
        for number, earlier in _handed_over(work, slots):
            before[number].add(earlier)
        self.order = tuple(graphlib.TopologicalSorter(dict(enumerate(before))).static_order())
        self.before = _direct(before, self.order)

    def finish(self, days: Sequence[int]) -> int:
        """The last day when the tasks take so many days."""
        return max(self.work.start, max(self.ready(days), default=0) - 1)

    def ready(self, days: Sequence[int]) -> list[int]:
        """For each task the first day on which a follower may begin, when the tasks take so many days."""
        ready = [0] * len(days)
        floor = self.work.floor
        # hundreds of runs pass here: written out, it takes half as long
        for number in self.order:
            first = floor[number]
            for earlier in self.before[number]:
                if ready[earlier] > first:  # noqa: PLR1730  # a call of max for each costs more than all the rest
                    first = ready[earlier]
            ready[number] = self._span(number, first, days[number])[1] + 1 if days[number] else first
        return ready

    def waits(self, days: Sequence[int]) -> list[int]:
        """How many days its calendar lets each task wait, when the tasks take so many days."""
        ready = self.ready(days)
        found = []
        for number, length in enumerate(days):
            earliest = max([self.work.floor[number], *[ready[earlier] for earlier in self.before[number]]])
            found.append(self._span(number, earliest, length)[0] - earliest if length else 0)
        return found

    def chain(self, days: Sequence[int], goal: Collection[int]) -> list[int]:
        """The tasks that set a goal when all take so many days: from its last one back, each time what was waited for."""
        ready = self.ready(days)
        found = [max(goal, key=ready.__getitem__)]
        while self.before[found[-1]]:
            found.append(max(self.before[found[-1]], key=ready.__getitem__))
        return found

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

    def _span(self, number: int, first: int, days: int) -> tuple[int, int]:
        """The first and last day of a task of so many days, from `first` on or as soon as its calendar lets it."""
        task, clock = self.work.tasks[number], self.work.clocks[number]
        while True:
            first, last = (first, first + days - 1) if task.elapsed else clock.span(first, days)
            shut = clock.closed_after(first, last) if task.field_work else None
            if shut is None:
                return first, last
            first = shut + 1

    def _start(self, number: int, last: int) -> int:
        """The latest first day of a task that must be done by `last`."""
        task, clock, days = self.work.tasks[number], self.work.clocks[number], self.days[number]
        while True:
            span = (last - days + 1, last) if task.elapsed else clock.span_until(last, days)
            if span is None:
                return self.work.start
            first, last = span
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


def _direct(before: Sequence[Set[int]], order: Sequence[int]) -> list[list[int]]:
    """Whom each waits for, without those whom another of them waits for already."""
    all_before = [0] * len(before)
    """A bit for each."""
    found: list[list[int]] = [[] for _ in before]
    for number in order:
        behind = 0
        for earlier in before[number]:
            behind |= all_before[earlier]
        found[number] = sorted(earlier for earlier in before[number] if not behind >> earlier & 1)
        all_before[number] = behind | sum(1 << earlier for earlier in found[number])
    return found


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
