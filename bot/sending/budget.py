"""The send budget: Telegram's pace over all chats and for each chat, kept by all workers together."""

from __future__ import annotations

import asyncio

from bot import limits
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
        self._turnstile = asyncio.Lock()

    async def spend(self, chat: int) -> None:
        """Wait until one more message may go to this chat."""
        await self._wait(chat, self._chat)
        async with self._turnstile:
            # one after the other: a worker that is killed while it waits has taken no more than one in vain
            await self._wait(EVERYBODY, self._all)

    async def _wait(self, bucket: int, pace: pacing.Pace) -> None:
        wait = await self._storage.reserve(bucket, pace)
        if wait:
            await asyncio.sleep(wait)
