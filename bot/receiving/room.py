"""Room: so many turns are worked out at once; the others wait in line, and who waits for Telegram stands aside."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

T = TypeVar("T")


class Room:
    """Places for turns that are worked out, given in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place for a turn, from when there is one."""
        async with self._places:
            yield

    async def aside(self, wait: Awaitable[T]) -> T:
        """What a turn in its place waits for; meanwhile another has the place."""
        self._places.release()
        try:
            return await wait
        finally:
            await self._places.acquire()
