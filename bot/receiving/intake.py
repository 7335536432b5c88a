"""Intake: updates are on the disk before Telegram is told that they arrived."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import structlog
from telegram import error

from bot import clock, limits
from bot.operations import health, metrics
from bot.receiving import acts, order
from bot.sending import calling, client, transport
from storage import port, records

log = structlog.get_logger()

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of updates that mean something to the bot."""

Queue = Callable[[order.Waiting], Awaitable[None]]


class Intake:
    """The durable inbox: keeps each update once, then sends word that somebody's wait."""

    def __init__(
        self, storage: port.Storage, clock: clock.Clock, queue: Queue, seen: metrics.Metrics
    ) -> None:
        self._storage = storage
        self._seen = seen
        self._clock = clock
        self._queue = queue
        self._called: set[int] = set()
        """People of whom word was sent and not yet heard."""

    async def call(self, person: int) -> None:
        """Send word that updates of a person's wait, unless it is under way already."""
        if person not in self._called:
            self._called.add(person)
            await self._queue(order.Waiting(person))

    def heard(self, person: int) -> None:
        """The word is heard: whatever comes from now on needs another."""
        self._called.discard(person)

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep these updates (Telegram's JSON), then send word of those not seen before.

        Telegram may hand them out in another order than they were made, above all after a fault.
        """
        now = self._clock.now()
        kept = [received(update, now) for update in sorted(updates, key=_number)]
        try:
            fresh = await asyncio.gather(*(self._kept(one) for one in kept))
        except port.StorageError:
            self._seen.refused(health.STORAGE)
            raise
        self._seen.kept(sum(fresh))
        if kept:
            self._seen.well(health.STORAGE)
        for one, new in zip(kept, fresh, strict=True):
            if new:
                await self.call(one.person)

    async def _kept(self, received: records.Received) -> bool:
        try:
            await self._storage.commit([port.PutNew(received)])
        except port.Conflict:
            return False
        return True


class Polling:
    """Long polling; the offset moves only past what the intake has kept."""

    def __init__(self, bot: client.Client, intake: Intake, seen: metrics.Metrics) -> None:
        self._bot = bot
        self._seen = seen
        self._intake = intake
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled; raises Conflict when another process polls, InvalidToken when the token is refused."""
        failures = conflicts = 0
        taken_over = False
        while True:
            try:
                if not taken_over:
                    await self._bot.delete_webhook()
                    taken_over = True
                updates = await self._fetched()
                self._seen.well(health.TELEGRAM)
                await self._intake.keep(updates)
                self._offset = _after(updates, self._offset)
                failures = conflicts = 0
            except error.InvalidToken:
                raise
            except error.Conflict:
                conflicts += 1
                if conflicts == limits.CONFLICTS:
                    raise
                await asyncio.sleep(calling.pause(conflicts))
            except error.RetryAfter as wait:
                await asyncio.sleep(calling.seconds(wait.retry_after))
            except port.StorageError as problem:
                failures += 1
                log.error("polling interrupted", reason=str(problem), failures=failures)
                await asyncio.sleep(calling.pause(failures, limits.STORAGE_WAIT))
            except error.TelegramError as problem:
                failures += 1
                log.warning("polling interrupted", reason=type(problem).__name__, failures=failures)
                await asyncio.sleep(min(calling.pause(failures), limits.POLL_SECONDS))

    async def _fetched(self) -> list[dict[str, Any]]:
        """What waits, as Telegram says it.

        `Bot.get_updates` makes objects of it, and raises for one update that is not as this version of the library
        knows it: that one would end the bot at every start.
        """
        updates: list[dict[str, Any]] = await self._bot.call(
            "getUpdates",
            list[dict[str, Any]],
            offset=self._offset,
            timeout=limits.POLL_SECONDS,
            allowed_updates=WANTED,
            read_timeout=limits.POLL_SECONDS + transport.READ_SECONDS,
        )
        if not all(isinstance(update.get("update_id"), int) for update in updates):
            raise error.NetworkError("Updates without their numbers are not Telegram's.")
        return updates


def _after(updates: Sequence[dict[str, Any]], offset: int) -> int:
    return max((_number(update) + 1 for update in updates), default=offset)


def _number(update: dict[str, Any]) -> int:
    number: int = update["update_id"]
    return number


def received(update: dict[str, Any], now: dt.datetime) -> records.Received:
    """An update as it is kept, whatever is in it; of nobody where it does not say of whom."""
    try:
        body = msgspec.json.encode(update)
    except UnicodeEncodeError:  # half an emoji, which is no text
        body = json.dumps(update, ensure_ascii=False).encode(errors="replace")
    return records.Received(update["update_id"], _person(update), body, now)


def _person(update: dict[str, Any]) -> int:
    for kind in WANTED:
        match update.get(kind):
            case {"from": {"id": int(sender)}} if abs(sender) <= acts.LARGEST:
                return int(sender)
    return 0
