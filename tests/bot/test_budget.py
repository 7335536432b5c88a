"""The send budget: however unevenly messages go, Telegram sees no more of them within a second than it allows."""

from __future__ import annotations

import asyncio
import bisect

import pytest

from bot import limits
from bot.sending import budget
from storage import memory

HURRIED = 10_000
"""A pace that holds nothing back: what the network bunches looks like that."""


async def test_no_second_has_more_messages_than_telegram_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES_A_SECOND", HURRIED)
    monkeypatch.setattr(limits, "BURST", HURRIED)
    storage = memory.MemoryStorage()
    await storage.open()
    sending, taken = budget.Budget(storage, 1), []

    async def send(chat: int) -> None:
        async with sending.message(chat):
            await asyncio.sleep(0)
            taken.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(send(chat) for chat in range(1, limits.MESSAGES_WITHIN_A_SECOND + 16)))
    within = [bisect.bisect_left(taken, at + 1) - place for place, at in enumerate(taken)]
    assert max(within) == limits.MESSAGES_WITHIN_A_SECOND


async def test_a_message_that_failed_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES_WITHIN_A_SECOND", 1)
    storage = memory.MemoryStorage()
    await storage.open()
    sending = budget.Budget(storage, 1)
    with pytest.raises(ConnectionError):
        async with sending.message(1):
            raise ConnectionError
    async with asyncio.timeout(60), sending.message(2):
        pass


async def test_messages_that_travel_for_long_hold_up_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES_WITHIN_A_SECOND", 2)
    monkeypatch.setattr(limits, "ARRIVING_SECONDS", 0.01)
    storage = memory.MemoryStorage()
    await storage.open()
    sending, answered = budget.Budget(storage, 1), asyncio.Event()

    async def send(chat: int) -> None:
        async with sending.message(chat):
            await answered.wait()

    slow = [asyncio.create_task(send(chat)) for chat in (1, 2)]
    async with asyncio.timeout(60), sending.message(3):
        assert not any(task.done() for task in slow)
    answered.set()
    await asyncio.gather(*slow)
