"""Order: one person's turns follow each other, those of different people run side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import msgspec
from telegram.ext import BaseUpdateProcessor

from bot import limits


class Waiting(msgspec.Struct, frozen=True):
    """Word that updates of a person's wait in the inbox."""

    person: int


class PerPersonProcessor(BaseUpdateProcessor):
    """Runs turns concurrently, but never two of one person: their session would fork."""

    def __init__(self) -> None:
        # those who may be at work have places in a room, which they leave while they wait for Telegram
        super().__init__(limits.PEOPLE_WAITING)
        self._locks: dict[int, asyncio.Lock] = {}
        self._users: dict[int, int] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the person's earlier turns, then run this one; waiting turns keep their order."""
        if not isinstance(update, Waiting):
            await coroutine
            return
        person = update.person
        lock = self._locks.setdefault(person, asyncio.Lock())
        self._users[person] = self._users.get(person, 0) + 1
        try:
            async with lock:
                await coroutine
        finally:
            self._users[person] -= 1
            if not self._users[person]:
                del self._users[person], self._locks[person]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
