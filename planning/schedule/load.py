"""How much of one resource is held on each day, as a profile of steps: the schedule's only record of who is busy."""

from __future__ import annotations

import bisect

ALWAYS = 0
"""Before every day: ordinals begin at 1."""


class Load:
    """Steps of a profile: from `edges[n]` until the day before `edges[n + 1]`, `levels[n]` units are held."""

    def __init__(self) -> None:
        self.edges = [ALWAYS]
        self.levels = [0]

    def hold(self, first: int, last: int, count: int) -> None:
        """Hold `count` units from the first day to the last."""
        start, end = self._edge(first), self._edge(last + 1)
        for step in range(start, end):
            self.levels[step] += count
        # equal neighbours become one step, so that a resource that is always busy stays one long step
        self._join(end)
        self._join(start)

    def free_after(self, first: int, last: int, room: int) -> int | None:
        """None where no day from first to last holds more than `room`; else the first day after the last that does.

        Whatever begins no later than such a day and lasts no shorter covers it too, so no day between is worth a try.
        """
        step = bisect.bisect_right(self.edges, last) - 1
        while step >= 0 and (step + 1 == len(self.edges) or self.edges[step + 1] > first):
            if self.levels[step] > room:
                # the last step holds nothing: every hold ends
                return self.edges[step + 1]
            step -= 1
        return None

    def _edge(self, day: int) -> int:
        """The step that begins on a day, made where there is none."""
        step = bisect.bisect_left(self.edges, day)
        if step == len(self.edges) or self.edges[step] != day:
            self.edges.insert(step, day)
            self.levels.insert(step, self.levels[step - 1])
        return step

    def _join(self, step: int) -> None:
        if 0 < step < len(self.levels) and self.levels[step] == self.levels[step - 1]:
            del self.edges[step], self.levels[step]
