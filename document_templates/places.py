"""Places in which to compute: so many at once, and who asked first gets the next one."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import os
from collections.abc import AsyncIterator

PLACES = max(1, (os.cpu_count() or 1) - 1)
"""One processor is left for the chat."""

SHORT = ""
"""The order of what takes a moment and somebody looks at the chat for: it goes before everything that has an order."""


class Places:
    """A queue by order; what is `SHORT` has one place more, so that it never waits behind something long."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._busy = 0
        self._count = itertools.count()
        self._waiting: list[tuple[str, int, asyncio.Future[None]]] = []

    @contextlib.asynccontextmanager
    async def place(self, order: str = SHORT) -> AsyncIterator[None]:
        """Wait for a place and hold it; the smallest order comes first, and of equals who came first."""
        entered = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (order, next(self._count), entered))
        self._let_in()
        try:
            await entered
        except asyncio.CancelledError:
            if not entered.cancelled():
                # let in and called off in the same moment
                self._leave()
            raise
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        self._busy -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting:
            order, _, entered = self._waiting[0]
            if not entered.done():
                if self._busy >= self._places + (order == SHORT):
                    return
                self._busy += 1
                entered.set_result(None)
            heapq.heappop(self._waiting)
