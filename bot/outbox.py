"""The outbox: what a committed turn wants sent is sent, in order for each person, until it is delivered."""

from __future__ import annotations

import asyncio
import collections
import datetime as dt
import itertools
from collections.abc import Awaitable, Callable, Iterable, Sequence

import msgspec
import structlog
from telegram import error

from bot import budget, calling, clock, limits, metrics
from storage import port, records

log = structlog.get_logger()

PACED = frozenset({"show", "picture", "document", "annex"})
"""Kinds that are new messages; edits and the making of plans are none."""

PLANNED = frozenset({"plan", "changes", "annex", "preview", "what_if", "dates"})
"""Kinds that are made from a plan first."""

ALL = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Later than any message is due, wherever the clock stood when it was written."""

Deliver = Callable[[records.Outgoing], Awaitable[list[port.Change]]]
"""Delivers one message; returns what else to write down now that it is out."""


class Outbox:
    """Queues in memory over rows in the storage: a restart reads the rows and goes on.

    A message can be doubled when the line is cut after Telegram took it and before it said so:
    the Bot API has no idempotency key. It is given up only where Telegram will never take it
    (a refused request, a person who blocked the bot) or after `limits.DELIVERY_ATTEMPTS` tries
    and `limits.DELIVERY_LIFE`; where the storage is what fails, it is never given up.
    """

    def __init__(
        self,
        storage: port.Storage,
        deliver: Deliver,
        unreachable: Callable[[int, Sequence[records.Outgoing]], Awaitable[None]],
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
        self.accept(await self._storage.outgoing(due=ALL, limit=limits.OUTBOX_READ))

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
            await asyncio.sleep(calling.seconds(wait.retry_after))
            return
        except error.Forbidden:
            unsent = list(queue)
            await self._kept(lambda: self._unreachable(message.person, unsent))
            for _ in unsent:
                queue.popleft()
            return
        except error.BadRequest as refusal:
            # Telegram will never take it: holding it back would silence the person for good.
            self._seen.fault("refused")
            log.error("message refused", kind=message.kind, id=message.id, reason=refusal.message)
            changes = []
        except port.StorageError as problem:
            log.error("delivery put off", kind=message.kind, id=message.id, reason=str(problem))
            await asyncio.sleep(limits.STORAGE_WAIT.total_seconds())
            return
        except error.TelegramError as problem:
            message = msgspec.structs.replace(
                message, attempts=message.attempts + 1, problem=type(problem).__name__
            )
            old = message.due_at is None or self._clock.now() - message.due_at >= limits.DELIVERY_LIFE
            if message.attempts < limits.DELIVERY_ATTEMPTS or not old:
                queue[0] = message
                log.warning("delivery put off", kind=message.kind, id=message.id, attempts=message.attempts)
                await asyncio.sleep(calling.pause(message.attempts))
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
        try:
            await self._kept(lambda: self._storage.commit(changes))
        except port.Conflict:
            # Only what is made anew can clash, as a plan with another of the same number: it is made again.
            return False
        return True

    async def _kept(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it as soon as the storage lets it; raises Conflict."""
        for attempt in itertools.count(1):
            try:
                await work()
            except port.Conflict:
                raise
            except port.StorageError as problem:
                log.error("delivery not noted", reason=str(problem))
                await asyncio.sleep(calling.pause(attempt, limits.STORAGE_WAIT))
            else:
                return


def _lane(message: records.Outgoing) -> str:
    # A plan takes seconds to make: in a lane of its own it does not hold up the person's conversation.
    return f"{message.person} plan" if message.kind in PLANNED else str(message.person)
