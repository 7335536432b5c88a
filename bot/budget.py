"""The send budget: Telegram's pace over all chats and for each chat, kept before it has to refuse."""

from __future__ import annotations

import asyncio

from bot import limits


class Bucket:
    """Tokens that come at a steady rate up to a burst; `reserve` says how long to wait for the next one."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = 0.0

    def reserve(self, now: float) -> float:
        """Take a token; returns the seconds until it may be spent."""
        if self._at:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)

    def full(self, now: float) -> bool:
        """Nothing was spent lately: the bucket may be forgotten."""
        return self._tokens + (now - self._at) * self._rate >= self._burst


class Budget:
    """One budget for everything that the bot sends."""

    def __init__(self, chat_pace: float) -> None:
        self._chat_pace = chat_pace
        pace = max(limits.MESSAGES_A_SECOND, chat_pace)
        self._all = Bucket(pace, pace)
        self._chats: dict[int, Bucket] = {}

    async def spend(self, chat: int) -> None:
        """Wait until one more message may go to this chat."""
        loop = asyncio.get_running_loop()
        bucket = self._chats.get(chat)
        if bucket is None:
            self._tidy(loop.time())
            bucket = self._chats[chat] = Bucket(self._chat_pace, limits.CHAT_BURST)
        wait = bucket.reserve(loop.time())
        if wait:
            await asyncio.sleep(wait)
        wait = self._all.reserve(loop.time())
        if wait:
            await asyncio.sleep(wait)

    def _tidy(self, now: float) -> None:
        if len(self._chats) >= limits.CHATS_REMEMBERED:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
