"""Room: so many turns are worked out at once; the others wait in line, and who waits for Telegram stands aside."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

T = TypeVar("T")


class Place:
    """One turn's place, which it has but for while it stands aside."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_held = False

    async def take(self) -> None:
        """Wait in line for a place."""
        await self._places.acquire()
        self._is_held = True

    def leave(self) -> None:
        """Let the next have it; nothing where it is not held."""
        if self._is_held:
            self._is_held = False
            self._places.release()

    async def aside(self, wait: Awaitable[T]) -> T:
        """What the turn waits for; meanwhile another has the place."""
        self.leave()
        try:
            found = await wait
        except Exception:
            await self.take()
            raise
        await self.take()
        return found


class Room:
    """Places for turns that are worked out, given in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """A place for a turn, from when there is one."""
        here = Place(self._places)
        await here.take()
        try:
            yield here
        finally:
            here.leave()
