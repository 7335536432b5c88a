"""Whole turns without a network: an update is kept, its turn decided and committed, what it sends noted as sent."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import time
from collections.abc import Iterable
from typing import Any, cast

import structlog
from telegram import Bot

from bot import library, settings, turns
from bot.operations import metrics
from bot.receiving import fetching, intake
from bot.reminders import nagging
from bot.sending import outbox
from storage import port, records

NAME = "groundwork_bot"

UPDATES = itertools.count(1)
"""Telegram's numbers of updates: another bench on the same storage goes on where the first has stopped."""


class Clock:
    """Stands still, so that every run asks and sends the same."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        """Always the same."""
        return self._now


class Silent:
    """Telegram's end of the line: takes everything at once."""

    username = NAME

    async def answer_callback_query(self, *_: object, **__: object) -> bool:
        """Take the word over a button."""
        return True


class Post:
    """An outbox whose messages arrive at once; that they did is noted as the bot's own does."""

    def __init__(self, storage: port.Storage) -> None:
        self._storage = storage
        self._lanes: list[port.Lane] = []

    def accept(self, messages: Iterable[records.Outgoing]) -> None:
        """What a turn wants sent: as the bot's own, remembers where it waits, not what it says."""
        self._lanes += [(message.person, message.lane) for message in messages]

    async def send(self) -> list[records.Outgoing]:
        """Note all as sent."""
        sent = []
        for lane in self._lanes:
            if message := await self._storage.claim_outgoing(*lane):
                await self._storage.commit([port.Unchanged(message), port.Remove(message)])
                sent.append(message)
        self._lanes.clear()
        return sent


class Bench:
    """The bot's turns and reminders on a storage."""

    def __init__(self, storage: port.Storage, now: dt.datetime) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        self._storage = storage
        self._now = now
        self._post = Post(storage)
        post, flows, clock, seen = (
            cast(outbox.Outbox, self._post), library.Library.shipped(), Clock(now), metrics.Metrics()
        )  # fmt: skip
        self._turns = turns.Turns(
            bot=cast(Bot, Silent()),
            fetch=fetching.nothing,
            storage=storage,
            library=flows,
            clock=clock,
            outbox=post,
            settings=settings.read({}),
            seen=seen,
        )
        self.reminders = nagging.Reminders(storage, flows, clock, post, seen)

    async def say(self, person: int, text: str, *, group: int = 0) -> tuple[float, list[records.Outgoing]]:
        """Milliseconds of the processor's time that these words took, and what was sent."""
        update = intake.received(self._update(person, text, group), self._now)
        begun = time.process_time()
        await self._storage.commit([port.PutNew(update)])
        await self._turns.handle(update.person)
        sent = await self._post.send()
        return (time.process_time() - begun) * 1e3, sent

    def _update(self, person: int, text: str, group: int) -> dict[str, Any]:
        number = next(UPDATES)
        sender = {"id": person, "is_bot": False, "first_name": f"Respondent {person}", "language_code": "en"}
        chat = {"id": person, "type": "private"}
        if group:
            chat = {"id": group, "type": "supergroup", "title": "Field team"}
        message = {"message_id": number, "date": 1_795_000_000, "chat": chat, "from": sender, "text": text}
        return {"update_id": number, "message": message}
