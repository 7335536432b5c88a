"""The turnstile before the send budget: one message after the other, and those of strangers do not hold up the rest."""

from __future__ import annotations

import asyncio
import collections
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from bot import limits


class Turnstile:
    """One at a time passes, those who take part before strangers.

    Anybody can write to a bot, ten thousand at once too. Who takes part waits for one stranger at most; strangers,
    of whom one may be on the way to a seat, have a place in every few, so that they come through a storm as well.
    """

    def __init__(self) -> None:
        self._taken = False
        self._members: collections.deque[asyncio.Future[None]] = collections.deque()
        self._strangers: collections.deque[asyncio.Future[None]] = collections.deque()
        self._in_a_row = 0
        """Places that went to members since the last stranger's."""

    @contextlib.asynccontextmanager
    async def place(self, *, is_stranger: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
        """Wait for one's turn; nobody else passes while this is open. Who comes is asked only where there is a queue."""
        if self._taken:
            waiting = self._strangers if await is_stranger() else self._members
            if self._taken:
                await self._turn(waiting)
        self._taken = True
        try:
            yield
        finally:
            self._next()

    async def _turn(self, waiting: collections.deque[asyncio.Future[None]]) -> None:
        turn = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                # it was given to somebody who is gone
                self._next()
            raise

    def _next(self) -> None:
        while self._members or self._strangers:
            ours = self._members and not (self._strangers and self._in_a_row >= limits.MEMBERS_IN_A_ROW)
            self._in_a_row = self._in_a_row + 1 if ours else 0
            turn = (self._members if ours else self._strangers).popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
