"""The send budget: Telegram's pace over all chats and for each chat, kept by all workers together."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot import limits
from bot.people import team
from bot.sending import turnstile
from storage import pacing, port

EVERYBODY = 0
"""The bucket of all chats; a chat's own has the chat's id."""


class Budget:
    """One budget for everything that the bot sends."""

    def __init__(self, storage: port.Storage, chat_pace: float) -> None:
        self._storage = storage
        self._chat = pacing.Pace(chat_pace, limits.CHAT_BURST)
        pace = max(limits.MESSAGES_A_SECOND, chat_pace)
        self._all = pacing.Pace(pace, max(limits.BURST, chat_pace))
        self._turnstile = turnstile.Turnstile()
        self._within_a_second = asyncio.Semaphore(max(limits.MESSAGES_WITHIN_A_SECOND, round(chat_pace)))

    @contextlib.asynccontextmanager
    async def message(self, chat: int) -> AsyncIterator[None]:
        """Wait until one more message may go to this chat; it goes while this is open."""
        await self._wait(chat, self._chat)
        async with self._turnstile.place(is_stranger=lambda: self._is_stranger(chat)):
            # one after the other: a worker that is killed while it waits has taken no more than one in vain
            await self._wait(EVERYBODY, self._all)
            await self._within_a_second.acquire()
        # However unevenly the calls arrive: Telegram took it before it answered, so until a second after that it
        # counts. What comes with no answer for long was taken long ago, or travels: it holds up nobody else.
        loop, release = asyncio.get_running_loop(), self._within_a_second.release
        counted = loop.call_later(limits.ARRIVING_SECONDS + 1.0, release)
        arrived_by = loop.time() + limits.ARRIVING_SECONDS
        try:
            yield
        finally:
            if loop.time() < arrived_by:
                counted.cancel()
                loop.call_later(1.0, release)

    async def _is_stranger(self, chat: int) -> bool:
        """Whether nobody of any team is there; a group is a stranger too: anybody may add the bot to theirs."""
        return not team.current(await self._storage.memberships(person=chat))

    async def _wait(self, bucket: int, pace: pacing.Pace) -> None:
        wait = await self._storage.reserve(bucket, pace)
        if wait:
            await asyncio.sleep(wait)
