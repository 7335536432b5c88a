"""The serial pass: each task in turn gets the first days on which it can be done; days are ordinals."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Mapping, Sequence

import msgspec

from planning import calendars
from planning.schedule import load, project


class Slot(msgspec.Struct):
    """Where a task was put. `ready` is the first day on which a follower may begin."""

    first: int
    last: int
    ready: int


class Work:
    """A project made ready: tasks by number, their predecessors, followers and clocks."""

    def __init__(self, made: project.Project) -> None:
        self.project = made
        self.start = made.start.toordinal()
        # by id, so that the order in which somebody wrote the tasks down changes nothing
        self.tasks = tuple(sorted(made.tasks, key=lambda task: task.id))
        self.number = {task.id: number for number, task in enumerate(self.tasks)}
        self.before = [sorted({self.number[name] for name in task.after}) for task in self.tasks]
        self.followers: list[list[int]] = [[] for _ in self.tasks]
        for number, names in enumerate(self.before):
            for name in names:
                self.followers[name].append(number)
        usual = next(iter(made.calendars), "")
        given = made.calendars or {"": project.Calendar()}
        self._clocks = {name: calendars.Clock(name, calendar, made.start) for name, calendar in given.items()}
        self.clocks = [self._clocks[task.calendar or usual] for task in self.tasks]
        self.floor = [
            self.start if task.not_before is None else max(self.start, task.not_before.toordinal())
            for task in self.tasks
        ]
        """The first day that the project's start and its own date leave to each task."""
        self.needs = [
            [(name, count) for name, count in task.needs.items() if count and task.days]
            for task in self.tasks
        ]
        self.users: dict[str, list[int]] = {name: [] for name in made.resources}
        for number, needs in enumerate(self.needs):
            for resource, _ in needs:
                self.users[resource].append(number)
        ordered = msgspec.structs.replace(made, tasks=self.tasks)
        self.topological = [self.number[name] for name in project.in_order(ordered)]

    def earliest(self, number: int, slots: Mapping[int, Slot]) -> int:
        """The first day that predecessors, the project's start and its own date leave to a task."""
        return max([self.floor[number], *[slots[before].ready for before in self.before[number]]])

    def fitted(self, number: int, first: int) -> Slot:
        """The first days from `first` on that the calendar leaves to a task, people aside."""
        task, clock = self.tasks[number], self.clocks[number]
        if task.days == 0:
            return self._milestone(number, first)
        try:
            while True:
                if not task.elapsed:
                    first, last = clock.span(first, task.days)
                elif (last := first + task.days - 1) > clock.limit:
                    raise clock.beyond()
                shut = clock.closed_after(first, last) if task.field_work else None
                if shut is None:
                    return Slot(first, last, last + 1)
                first = shut + 1
                if first > clock.limit:
                    raise project.NoWindowError(task.id, clock.name, task.days, clock.widest(task.elapsed))
        except project.TooLongError as error:
            raise project.TooLongError(error.calendar, error.years, task.id) from error

    def _milestone(self, number: int, first: int) -> Slot:
        """A milestone stands on the day its last predecessor ends; a follower may begin as if it were not there."""
        task = self.tasks[number]
        on_own_date = task.not_before is not None and task.not_before.toordinal() == first
        if self.before[number] and first > self.start and not on_own_date:
            return Slot(first - 1, first - 1, first)
        return Slot(first, first, first)


def serial(work: Work, priority: Sequence[float], *, people: bool = True) -> list[Slot]:
    """Put every task, the highest priority among those whose predecessors are put; ties go by number."""
    slots: dict[int, Slot] = {}
    held = {name: load.Load() for name in work.project.resources}
    waiting = [len(before) for before in work.before]
    ready = [(-priority[number], number) for number, left in enumerate(waiting) if not left]
    heapq.heapify(ready)
    while ready:
        _, number = heapq.heappop(ready)
        slots[number] = _place(work, number, slots, held, people=people)
        for follower in work.followers[number]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, (-priority[follower], follower))
    return [slots[number] for number in range(len(work.tasks))]


def finish(slots: Sequence[Slot], start: int) -> int:
    """The last day of the project."""
    return max((slot.last for slot in slots), default=start)


def day(ordinal: int) -> dt.date:
    """The date of an ordinal."""
    return dt.date.fromordinal(ordinal)


def _place(
    work: Work, number: int, slots: Mapping[int, Slot], held: Mapping[str, load.Load], *, people: bool
) -> Slot:
    slot = work.fitted(number, work.earliest(number, slots))
    needs = work.needs[number] if people else ()
    while True:
        blocked = None
        for name, count in needs:
            blocked = held[name].free_after(slot.first, slot.last, work.project.resources[name] - count)
            if blocked is not None:
                break
        if blocked is None:
            break
        slot = work.fitted(number, blocked)
    for name, count in needs:
        held[name].hold(slot.first, slot.last, count)
    return slot
