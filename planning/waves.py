"""Which branches begin together: the pilot, then waves as large as the trainers and the institution's size allow."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import math
from collections.abc import Mapping, Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import calendars, travel, workbook
from planning.schedule import project

WEEK, WORK_WEEK = 7, 5
"""Working days are stretched to calendar days by these where only an order is wanted."""


class Wave(msgspec.Struct, frozen=True):
    """Branches that are taught and moved together."""

    id: str
    """pilot, or wave_1 …"""
    number: int
    """0 is the pilot."""
    branches: tuple[flow_nouns.Branch, ...]
    behind: str = ""
    """Id of the wave whose trainers it takes over; empty where they come from the pilot."""

    @property
    def pilot(self) -> bool:
        """Whether it is the first of all."""
        return not self.number


def pilot(work: workbook.Workbook) -> Wave | None:
    """The nearest branches, because the pilot must be easy to reach; None where there is no branch."""
    first = _nearest(work)[: _pilots(work)]
    return Wave("pilot", 0, tuple(first)) if first else None


def roll_out(
    work: workbook.Workbook,
    own: Mapping[str, project.Calendar],
    visits: Mapping[str, project.Calendar],
    begins: dt.date,
) -> tuple[Wave, ...]:
    """The waves after the pilot, whose branches share a calendar: the nearest first among those whose road is open.

    Where it ends the roll-out earlier, those come first whose road will close: the others fill that time.
    """
    order = _nearest(work)
    together, teams = size(work)
    groups = _together(order[_pilots(work) :], own, together)
    clocks = {name: calendars.Clock(name, calendar, begins) for name, calendar in visits.items()}
    # a wave goes by the name of its first branch
    lengths = {group[0].id: _days(work, group) for group in groups}
    closing = {group[0].id: bool(own[group[0].id].closed) for group in groups}

    def queued(*, scarce_first: bool) -> tuple[int, list[Wave]]:
        """The day on which the last trainers are free again, and the waves; each takes over the trainers of another."""
        free = [(begins.toordinal(), "")] * teams
        waiting = list(groups)
        found: list[Wave] = []
        while waiting:
            day, behind = heapq.heappop(free)
            opens = {
                first: _opens(clocks[first], day, lengths[first])
                for first in (group[0].id for group in waiting)
            }
            # the first of the nearest wins a draw
            chosen = min(
                waiting, key=lambda group: (opens[group[0].id], scarce_first and not closing[group[0].id])
            )
            waiting.remove(chosen)
            found.append(Wave(f"wave_{len(found) + 1}", len(found) + 1, chosen, behind))
            heapq.heappush(free, (opens[chosen[0].id] + lengths[chosen[0].id], found[-1].id))
        return max(day for day, _ in free), found

    nearest, scarce = queued(scarce_first=False), queued(scarce_first=True)
    return tuple(min(nearest, scarce, key=lambda queue: queue[0])[1])


def _opens(clock: calendars.Clock, day: int, days: int) -> int:
    """The first day, roughly, from which on the branches can be visited; `day` itself where the road never lets them."""
    first = day
    while first <= clock.limit:
        shut = clock.closed_after(first, first + days)
        if shut is None:
            return first
        first = shut + 1
    return day


def _days(work: workbook.Workbook, group: Sequence[flow_nouns.Branch]) -> int:
    """Calendar days, roughly, that a wave takes its trainers."""
    names = ("task_go_no_go", "task_cutover", "task_support", "course_loan_officers")
    road = max(travel.to(work, branch).days for branch in group)
    return math.ceil((sum(work.parameter(name) for name in names) + 2 * road) * WEEK / WORK_WEEK)


def _pilots(work: workbook.Workbook) -> int:
    return max(1, int(work.parameter("pilot_branches")))


def _nearest(work: workbook.Workbook) -> list[flow_nouns.Branch]:
    """The branches by their way; unknown ways last."""
    return sorted(work.facts.book.branches, key=lambda branch: _way(work, branch))


def trainers(work: workbook.Workbook) -> int:
    """How many can teach at the same time; one where nobody is named yet."""
    return max(1, len(work.facts.entries("training_needs", "trainers")))


def size(work: workbook.Workbook) -> tuple[int, int]:
    """Branches of a wave, and how many teams of trainers there are to serve one each."""
    there = trainers(work)
    wished = math.ceil(len(work.facts.book.branches) * work.parameter("wave_share") / 100)
    together = max(1, min(there, wished, int(work.parameter("wave_most"))))
    return together, there // together


def _together(
    order: Sequence[flow_nouns.Branch], own: Mapping[str, project.Calendar], size: int
) -> list[tuple[flow_nouns.Branch, ...]]:
    """The branches in groups of one calendar, those groups first whose first branch is nearest."""
    alike: dict[project.Calendar, list[flow_nouns.Branch]] = {}
    for branch in order:
        alike.setdefault(own[branch.id], []).append(branch)
    place = {branch.id: number for number, branch in enumerate(order)}
    groups = itertools.chain.from_iterable(
        (tuple(group[start : start + size]) for start in range(0, len(group), size))
        for group in alike.values()
    )
    return sorted(groups, key=lambda group: place[group[0].id])


def _way(work: workbook.Workbook, branch: flow_nouns.Branch) -> float:
    hours = travel.to(work, branch).hours
    return math.inf if hours is None else hours
