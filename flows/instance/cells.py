"""Values that know what they were computed from, so that a change recomputes what depends on it and nothing else.

A `Source` is anything that may be read: an answer, the entries of a repeat, the clock. A `Cell` is a value
computed from sources; while it is computed, each source it reads notes it as a reader. When a source changes,
its readers become stale and are computed again, those first that stand nearer to the answers.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any

MOST_ROUNDS = 100
"""Times that one cell is computed while one change settles: a form whose values chase each other stops there."""

NEVER = object()
"""What a value was before it was computed for the first time."""


class Source:
    """Something that cells read."""

    __slots__ = ("_readers",)

    def __init__(self) -> None:
        self._readers: set[Cell] = set()

    def read(self, works: Works) -> None:
        """Note that the cell being computed, if one is, depends on this."""
        reader = works.reader
        if reader is not None and reader is not self:
            reader.sources.add(self)
            self._readers.add(reader)

    @property
    def is_read(self) -> bool:
        """Whether anything was computed from this."""
        return bool(self._readers)

    def changed(self, works: Works) -> None:
        """Make everything stale that was computed from this."""
        for reader in self._readers:
            works.stale(reader)

    def forget(self, reader: Cell) -> None:
        """No longer tell this reader."""
        self._readers.discard(reader)


class Cell(Source):
    """A value computed from sources, kept until one of them changes."""

    __slots__ = ("_busy", "_compute", "_is_stale", "_is_young", "_then", "rank", "rounds", "sources", "value")

    def __init__(
        self,
        rank: tuple[int, int],
        compute: Callable[[], Any],
        *,
        at_first: Any = None,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__()
        self.rank = rank
        """Its place in the order of computing: depth of what it depends on, then age."""
        self.sources: set[Source] = set()
        self.value = at_first
        self.rounds = 0
        self._compute = compute
        self._then = then
        self._is_stale = True
        self._is_young = True
        self._busy = False

    def get(self, works: Works) -> Any:
        """The value as it is now; one that is asked for while it is computed is what it was before."""
        if works.reader is not None:
            self.read(works)
        if self._is_stale and not self._busy:
            self.refresh(works)
        return self.value

    def refresh(self, works: Works) -> None:
        """Compute the value anew, and make its readers stale if it is another."""
        if not self._is_stale or self._busy or self.rounds > MOST_ROUNDS:
            return
        self.rounds += 1
        works.touched.append(self)
        before, self.sources = self.sources, set()
        outer, works.reader = works.reader, self
        self._busy, self._is_stale = True, False
        try:
            value = self._compute()
        finally:
            works.reader, self._busy = outer, False
            for source in before - self.sources:
                source.forget(self)
        is_young, self._is_young = self._is_young, False
        if value != self.value or type(value) is not type(self.value):
            old, self.value = self.value, value
            self.changed(works)
            if self._then is not None:
                works.follow_up(self._then, NEVER if is_young else old)

    def make_stale(self) -> bool:
        """Note that the value may be another; False where that is known already."""
        if self._is_stale:
            return False
        self._is_stale = True
        return True

    def dissolve(self) -> None:
        """Stop being told of changes: what it belonged to is gone."""
        for source in self.sources:
            source.forget(self)
        self.sources.clear()
        self._is_stale = False
        self._busy = True


class Works:
    """What is being computed, and what waits to be, in one living form."""

    __slots__ = ("_follow_ups", "_waiting", "reader", "touched")

    def __init__(self) -> None:
        self.reader: Cell | None = None
        self.touched: list[Cell] = []
        self._waiting: list[tuple[tuple[int, int], Cell]] = []
        self._follow_ups: list[tuple[Callable[[Any], None], Any]] = []

    def add(self, cell: Cell) -> None:
        """Compute a new cell when the form settles."""
        heapq.heappush(self._waiting, (cell.rank, cell))

    def stale(self, cell: Cell) -> None:
        """Compute a cell again when the form settles."""
        if cell.make_stale():
            heapq.heappush(self._waiting, (cell.rank, cell))

    def follow_up(self, act: Callable[[Any], None], old: Any) -> None:
        """Do something once every stale cell is computed, because a value is no longer the old one."""
        self._follow_ups.append((act, old))

    def settle(self) -> None:
        """Compute everything that is stale, and do what follows from it, until nothing is left."""
        while self._waiting or self._follow_ups:
            self.compute()
            if self._follow_ups:
                act, old = self._follow_ups.pop(0)
                act(old)
        for cell in self.touched:
            cell.rounds = 0
        self.touched.clear()

    def compute(self) -> None:
        """Compute everything that is stale; what follows from it waits until the form settles."""
        for cell in self._next():
            cell.refresh(self)

    def _next(self) -> Iterator[Cell]:
        while self._waiting:
            yield heapq.heappop(self._waiting)[1]
