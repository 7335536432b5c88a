"""A day before which no schedule can end: by the longest chain, and by the work that each kind of people has to do.

Everything is counted so that it can only be too early: a schedule that ends on that day needs no further proof.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from planning.schedule import passes

MOST_BEGINNINGS = 40
"""Days from which a resource's work is counted: more of them prove little more."""


def finish(work: passes.Work, alone: Sequence[passes.Slot]) -> int:
    """The day; `alone` is where each task would stand if people cost no day."""
    days_behind = least_behind(work)
    chain = passes.finish(alone, work.start)
    return max([chain, *(day for name in work.users for day in _by_work(work, alone, days_behind, name))])


def least_behind(work: passes.Work) -> list[int]:
    """Calendar days that must at least pass between each task's last day and the finish."""
    behind = [0] * len(work.tasks)
    for number in reversed(work.topological):
        for follower in work.followers[number]:
            behind[number] = max(behind[number], work.tasks[follower].days + behind[follower])
    return behind


def _by_work(
    work: passes.Work, alone: Sequence[passes.Slot], behind: Sequence[int], name: str
) -> Iterator[int]:
    """Days from which on all that a resource has to do can be done, with what must follow it."""
    users = work.users[name]
    room = work.project.resources[name]
    if not users or sum(work.tasks[number].needs[name] for number in users) <= room:
        return
    worked = _Days(work, users)
    heads = sorted({alone[number].first for number in users})
    step = -(-len(heads) // MOST_BEGINNINGS)
    for head in heads[::step]:
        load = 0
        later = (number for number in users if alone[number].first >= head)
        for number in sorted(later, key=lambda number: (-behind[number], number)):
            task = work.tasks[number]
            load += task.days * task.needs[name]
            # of the tasks counted so far none has fewer days behind it
            yield worked.after(head, -(-load // room)) + behind[number]


class _Days:
    """The days on which any of some tasks could be worked on, written down as far as they are asked for."""

    def __init__(self, work: passes.Work, users: Sequence[int]) -> None:
        self._any = any(work.tasks[number].elapsed for number in users)
        self._clocks = {work.clocks[number].name: work.clocks[number] for number in users}.values()
        self._known: list[int] = []
        self._next = work.start

    def after(self, first: int, count: int) -> int:
        """The day on which so many of them are over, counted from `first`."""
        if self._any:
            return first + count - 1
        while not self._known or self._known[-1] < first:
            self._more()
        place = bisect.bisect_left(self._known, first) + count - 1
        while place >= len(self._known):
            self._more()
        return self._known[place]

    def _more(self) -> None:
        limit = min(clock.limit for clock in self._clocks)
        while self._next <= limit:
            day = self._next
            self._next += 1
            if any(clock.works(day) for clock in self._clocks):
                self._known.append(day)
                return
        # beyond every calendar each day counts: that is too early, never too late
        self._known.append(self._next)
        self._next += 1
