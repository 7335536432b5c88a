"""Room: so many are in it at once; the others wait in line, and who waits for Telegram stands aside."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

T = TypeVar("T")


class Place:
    """A place that somebody has but for while they stand aside; it may lie within another place."""

    def __init__(self, places: asyncio.Semaphore, within: Place | None = None) -> None:
        self._places = places
        self._within = within
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
        """What is waited for; meanwhile another has the place, and that around it."""
        self.leave()
        try:
            found = await (wait if self._within is None else self._within.aside(wait))
        except Exception:
            await self.take()
            raise
        await self.take()
        return found


class Room:
    """Places, given in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    @contextlib.asynccontextmanager
    async def place(self, *, within: Place | None = None) -> AsyncIterator[Place]:
        """A place, from when there is one; who has one within it stands aside from both."""
        here = Place(self._places, within)
        await here.take()
        try:
            yield here
        finally:
            here.leave()
