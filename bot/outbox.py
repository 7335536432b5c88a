"""The outbox: what a committed turn wants sent is sent, in order for each person, until it is delivered."""

from __future__ import annotations

import asyncio
import collections
import datetime as dt
import itertools
from collections.abc import Awaitable, Callable, Iterable

import msgspec
import structlog
from telegram import error

from bot import budget, clock, limits, metrics
from storage import port, records

log = structlog.get_logger()

PACED = frozenset({"show", "picture", "document", "annex"})
"""Kinds that are new messages; edits and the making of plans are none."""

PLANNED = frozenset({"plan", "changes", "annex", "preview", "what_if", "dates"})
"""Kinds that are made from a plan first."""

Deliver = Callable[[records.Outgoing], Awaitable[list[port.Change]]]
"""Delivers one message; returns what else to write down now that it is out."""


class Outbox:
    """Queues in memory over rows in the storage: a restart reads the rows and goes on.

    A message can be doubled when the line is cut after Telegram took it and before it said so:
    the Bot API has no idempotency key. It is given up only where Telegram will never take it
    (a refused request, a person who blocked the bot) or after `limits.DELIVERY_ATTEMPTS` tries.
    """

    def __init__(
        self,
        storage: port.Storage,
        deliver: Deliver,
        unreachable: Callable[[int], Awaitable[None]],
        clock: clock.Clock,
        *,
        chat_pace: float,
        seen: metrics.Metrics,
    ) -> None:
        self._seen = seen
        seen.outgoing(lambda: float(len(self._lanes)))
        self._storage = storage
        self._deliver = deliver
        self._unreachable = unreachable
        self._clock = clock
        self._budget = budget.Budget(chat_pace)
        self._lanes: dict[str, collections.deque[records.Outgoing]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def start(self) -> None:
        """Take up what an earlier run left."""
        now = self._clock.now()
        self.accept(await self._storage.outgoing(due=now + dt.timedelta(days=365), limit=limits.OUTBOX_READ))

    def accept(self, messages: Iterable[records.Outgoing]) -> None:
        """Deliver these committed messages, each person's in order."""
        for message in messages:
            lane = _lane(message)
            self._lanes.setdefault(lane, collections.deque()).append(message)
            if lane not in self._workers and not self._stopping:
                self._workers[lane] = asyncio.create_task(self._work(lane), name=f"outbox {lane}")

    async def drained(self) -> None:
        """Return when nothing is left to deliver."""
        while self._workers:
            await asyncio.wait(list(self._workers.values()))

    async def stop(self, seconds: float) -> None:
        """Deliver what can be delivered in this time; the rest stays in the storage."""
        self._stopping = True
        if self._workers:
            _, late = await asyncio.wait(list(self._workers.values()), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lane: str) -> None:
        queue = self._lanes[lane]
        try:
            while queue:
                await self._until_delivered(queue)
        finally:
            del self._workers[lane]
            if not queue:
                del self._lanes[lane]

    async def _until_delivered(self, queue: collections.deque[records.Outgoing]) -> None:
        message = queue[0]
        if message.kind in PACED:
            await self._budget.spend(message.person)
        try:
            changes = await self._deliver(message)
            self._seen.delivered()
        except error.RetryAfter as wait:
            await asyncio.sleep(seconds(wait.retry_after))
            return
        except error.Forbidden:
            queue.clear()
            await self._unreachable(message.person)
            return
        except error.BadRequest as refusal:
            # Telegram will never take it: holding it back would silence the person for good.
            self._seen.fault("refused")
            log.error("message refused", kind=message.kind, id=message.id, reason=refusal.message)
            changes = []
        except (error.TelegramError, port.StorageError) as problem:
            message = msgspec.structs.replace(
                message, attempts=message.attempts + 1, problem=type(problem).__name__
            )
            if message.attempts < limits.DELIVERY_ATTEMPTS:
                queue[0] = message
                log.warning("delivery put off", kind=message.kind, id=message.id, attempts=message.attempts)
                await asyncio.sleep(pause(message.attempts))
                return
            self._seen.fault("given up")
            log.error("delivery given up", kind=message.kind, id=message.id)
            changes = []
        if await self._noted([port.Remove(message), *changes]):
            queue.popleft()
            self.accept(
                change.record
                for change in changes
                if isinstance(change, port.PutNew) and isinstance(change.record, records.Outgoing)
            )

    async def _noted(self, changes: list[port.Change]) -> bool:
        # It is out already: only the note of it is tried again, never the sending.
        for attempt in itertools.count(1):
            try:
                await self._storage.commit(changes)
                return True
            except port.Conflict:
                # Only what is made anew can clash, as a plan with another of the same number: it is made again.
                return False
            except port.StorageError as problem:
                log.error("delivery not noted", reason=str(problem))
                await asyncio.sleep(pause(attempt))
        return False


def pause(attempts: int) -> float:
    """Seconds before the next try: doubling from half a second to the longest wait."""
    doubled: float = 0.5 * 2.0 ** min(attempts - 1, 20)
    return min(doubled, limits.LONGEST_WAIT.total_seconds())


def _lane(message: records.Outgoing) -> str:
    # A plan takes seconds to make: in a lane of its own it does not hold up the person's conversation.
    return f"{message.person} plan" if message.kind in PLANNED else str(message.person)


def seconds(value: int | dt.timedelta) -> float:
    """Seconds of a wait that Telegram asks for."""
    return value.total_seconds() if isinstance(value, dt.timedelta) else float(value)
