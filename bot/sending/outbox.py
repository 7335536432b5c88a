"""The outbox: what a committed turn wants sent is sent, in order for each person, until it is delivered."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
from collections.abc import Awaitable, Callable, Iterable, Sequence

import msgspec
import structlog
from telegram import error

from bot import clock, limits
from bot.operations import auditing, metrics
from bot.sending import budget, calling
from flows import words as wording
from storage import port, records

log = structlog.get_logger()

PACED = frozenset({"show", "picture", "document", "annex"})
"""Kinds that are new messages; edits and the making of plans are none."""

PLANNED = frozenset({"plan", "changes", "annex", "preview", "what_if", "dates"})
"""Kinds that are made from a plan first."""

AWAITED = PLANNED | {"picture", "document"}
"""Kinds of which somebody knows that something is to come."""

ALL = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Later than any message is due, wherever the clock stood when it was written."""

Deliver = Callable[[records.Outgoing], Awaitable[list[port.Change]]]
"""Delivers one message; returns what else to write down now that it is out."""


class Outbox:
    """Delivers what lies in the storage, lane by lane; of several workers, one at a time is at a lane.

    A message can be doubled when the line is cut after Telegram took it and before it said so, or the worker
    ends there: the Bot API has no idempotency key. It is given up only where Telegram will never take it
    (a refused request, a person who blocked the bot, a group that moves on and on) or after `limits.DELIVERY_ATTEMPTS` tries
    and `limits.DELIVERY_LIFE`; where the storage is what fails, it is never given up.
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
        seen.outgoing(lambda: float(len(self._workers)))
        self._storage = storage
        self._deliver = deliver
        self._unreachable = unreachable
        self._clock = clock
        self._budget = budget.Budget(storage, chat_pace)
        self._called: set[port.Lane] = set()
        """Lanes in which something was put since they were last looked through."""
        self._workers: dict[port.Lane, asyncio.Task[None]] = {}
        self._stopping = False

    def accept(self, messages: Iterable[records.Outgoing]) -> None:
        """Deliver these committed messages."""
        for message in messages:
            self.call((message.person, message.lane))

    def call(self, lane: port.Lane) -> None:
        """Deliver what waits in a lane."""
        self._called.add(lane)
        if lane not in self._workers and not self._stopping:
            self._workers[lane] = asyncio.create_task(self._work(lane), name=f"outbox {lane}")

    async def stop(self, seconds: float) -> None:
        """Deliver what can be delivered in this time; the rest stays in the storage."""
        self._stopping = True
        if self._workers:
            _, late = await asyncio.wait(list(self._workers.values()), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lane: port.Lane) -> None:
        try:
            while lane in self._called:
                self._called.discard(lane)
                while (message := await self._storage.claim_outgoing(*lane)) is not None:
                    await self._until_delivered(message)
        except port.StorageError as problem:
            # what is kept is looked for again and again
            log.warning("lane put off", lane=lane, reason=str(problem))
        finally:
            del self._workers[lane]

    async def _until_delivered(self, message: records.Outgoing) -> None:
        """Deliver one message; returns when that is noted, when it is given up, or when another worker has it."""
        attempts, sent = 0, message
        while True:
            try:
                async with self._paced(message):
                    if not self._storage.holds:
                        return
                    changes = await self._deliver(sent)
                self._seen.delivered()
            except error.RetryAfter as wait:
                await asyncio.sleep(calling.seconds(wait.retry_after))
                continue
            except error.Forbidden:
                await self._kept(lambda: self._unreachable(message.person))
                return
            except (error.BadRequest, error.ChatMigrated) as refusal:
                if isinstance(refusal, error.ChatMigrated) and sent is message:
                    # a group became a supergroup while this was on its way; it does so once
                    sent = msgspec.structs.replace(message, person=refusal.new_chat_id)
                    continue
                # Telegram will never take it: holding it back would silence the person for good.
                self._refused(message, refusal)
                changes = await told(self._storage, message)
            except port.StorageError as problem:
                log.error("delivery put off", kind=message.kind, id=message.id, reason=str(problem))
                await asyncio.sleep(limits.STORAGE_WAIT.total_seconds())
                continue
            except error.TelegramError as problem:
                attempts += 1
                old = message.due_at is None or self._clock.now() - message.due_at >= limits.DELIVERY_LIFE
                if attempts < limits.DELIVERY_ATTEMPTS or not old:
                    reason = type(problem).__name__
                    log.warning(
                        "delivery put off", kind=message.kind, id=message.id, attempts=attempts, reason=reason
                    )
                    await asyncio.sleep(calling.pause(attempts))
                    continue
                self._seen.fault("given up")
                log.error("delivery given up", kind=message.kind, id=message.id)
                changes = []
            await self._noted(message, changes)
            return

    def _refused(self, message: records.Outgoing, refusal: error.TelegramError) -> None:
        # what it quotes of the message is for nobody's log
        reason = refusal.message.partition('"')[0].strip()
        if message.person < 0:
            # Who runs a group, be it a stranger, says what may be written there, and may shut a topic at any time;
            # whoever is woken by that can mend nothing.
            log.warning("message refused in a group", kind=message.kind, id=message.id, reason=reason)
            return
        self._seen.fault("refused")
        log.error("message refused", kind=message.kind, id=message.id, reason=reason)

    def _paced(self, message: records.Outgoing) -> contextlib.AbstractAsyncContextManager[None]:
        """A place in the budget, where the message needs one."""
        return self._budget.message(message.person) if message.kind in PACED else contextlib.nullcontext()

    async def _noted(self, message: records.Outgoing, changes: Sequence[port.Change]) -> None:
        # It is out already: only the note of it is tried again, never the sending.
        note = [port.Unchanged(message), port.Remove(message), *changes]
        try:
            await self._kept(lambda: self._note(note, message.person))
        except port.UnkeepableError as problem:
            # what was made can never be kept: who waits for it is told, and what stands behind it goes on
            self._seen.fault("given up")
            log.error("delivery cannot be kept", kind=message.kind, id=message.id, reason=str(problem))
            await self._noted(message, await told(self._storage, message))
            return
        except port.Conflict:
            # Another worker took it over and was first; or what is made anew clashes, as a plan with another of
            # the same number: then the message still lies there, and is made again.
            return
        self.accept(put(changes))

    async def _note(self, note: Sequence[port.Change], by: int) -> None:
        deeds = await auditing.lines(self._storage, note, by=by, at=self._clock.now())
        await self._storage.commit([*note, *deeds])

    async def _kept(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it as soon as the storage lets it; raises Conflict and UnkeepableError."""
        for attempt in itertools.count(1):
            try:
                await work()
            except (port.Conflict, port.UnkeepableError):
                raise
            except port.StorageError as problem:
                log.error("delivery not noted", reason=str(problem))
                await asyncio.sleep(calling.pause(attempt, limits.STORAGE_WAIT))
            else:
                return


def put(changes: Iterable[port.Change]) -> list[records.Outgoing]:
    """The messages that these changes put into the outbox."""
    return [
        change.record
        for change in changes
        if isinstance(change, port.PutNew) and isinstance(change.record, records.Outgoing)
    ]


async def told(storage: port.Storage, message: records.Outgoing) -> list[port.Change]:
    """What a person is told who waits for what could not be made, or was not taken; a picture's words come without it."""
    if message.kind not in AWAITED or message.person < 0:
        return []
    if message.kind == "picture":
        body = {key: message.body[key] for key in ("token", "text", "keyboard")}
    else:
        person = await storage.person(message.person)
        language = message.body.get("language") or (person.language if person else "")
        said = wording.catalogue("bot", language).html("problem.unexpected")
        body = {"token": "", "text": str(said), "keyboard": []}
    return [port.PutNew(msgspec.structs.replace(message, id=f"{message.id}-", kind="show", body=body))]


def lane(kind: str) -> str:
    """The lane of a kind of message: a plan takes seconds to make, and does not hold up the conversation."""
    return "plan" if kind in PLANNED else ""
