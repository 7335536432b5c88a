"""What needs a person who runs the bot, told to the owners in chat: a trouble once, once a day while it lasts, and its end.

Of several workers one tells: who notes it first where all can read it. A storage that fails can be told by nobody
else's note; there the eldest worker speaks for all.

Sent beside the outbox, which cannot be written where the storage is what is wrong. Other words than these are in the
log; here is nothing of anybody's answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pathlib
import shutil
from collections.abc import Callable

import msgspec
import structlog
from telegram import Bot, error

from bot import clock, limits, settings
from bot.operations import health, metrics
from flows import words as wording
from storage import port, records

log = structlog.get_logger()

STORAGE_PATIENCE = 60.0
"""Seconds for which storage may fail before anybody is called: a backup may hold it as long."""

NEXT_WAITS = 10
"""How many times longer the next worker waits: the eldest may have ended together with the storage."""

FREE_BYTES = 500_000_000
"""Room for the database, its log and a backup beside it; one assessment takes a few megabytes."""

COUNTED = {"alert.deliveries": ("refused", "given up"), "alert.turns": ("turn",)}
"""Troubles that are counted, with the faults that count."""


OVER = {"alert.storage": "alert.storage_over", "alert.disk": "alert.disk_over"}
"""What is said when a trouble that lasted is over."""


class Told(msgspec.Struct, frozen=True):
    """What the owners heard last of one trouble."""

    at: float
    """When, in seconds of a clock that only goes forward."""
    faults: int = 0
    """How many faults had been counted by then."""


def disk_free(folder: pathlib.Path) -> int:
    """Bytes free where this folder is, or will be."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


class Alerts:
    """Looks every minute, and tells."""

    def __init__(
        self,
        bot: Bot,
        storage: port.Storage,
        given: settings.Settings,
        seen: metrics.Metrics,
        clock: clock.Clock,
        *,
        free: Callable[[pathlib.Path], int] = disk_free,
    ) -> None:
        self._free = free
        self._bot = bot
        self._storage = storage
        self._settings = given
        self._seen = seen
        self._clock = clock
        self._told: dict[str, Told] = {}

    async def look(self) -> None:
        """Tell the owners what has begun, goes on since a day, or is over."""
        if self._seen.refused_for(health.STORAGE) > STORAGE_PATIENCE * NEXT_WAITS**self._storage.rank:
            await self._lasting("alert.storage")
        else:
            await self._over("alert.storage")
        free = await asyncio.to_thread(self._free, self._settings.data_dir)
        if free < FREE_BYTES:
            megabytes = {"free": free // 1_000_000, "wanted": FREE_BYTES // 1_000_000}
            await self._lasting("alert.disk", **megabytes)
        else:
            await self._over("alert.disk")
        for key, kinds in COUNTED.items():
            await self._counted(key, sum(self._seen.faults(kind) for kind in kinds))

    async def _lasting(self, key: str, **gaps: int) -> None:
        told = self._told.get(key)
        waited = told is None or self._seen.now() - told.at >= limits.ALERT_AGAIN.total_seconds()
        if waited and await self._noted(key, limits.ALERT_AGAIN):
            await self._tell(key, **gaps)
            self._told[key] = Told(self._seen.now())

    async def _over(self, key: str) -> None:
        if self._told.pop(key, None) is not None:
            with contextlib.suppress(port.StorageError):
                await self._storage.commit([port.Remove(records.Alert(key, self._clock.now()))])
            await self._tell(OVER[key])

    async def _counted(self, key: str, faults: int) -> None:
        told = self._told.get(key, Told(float("-inf")))
        waited = self._seen.now() - told.at >= limits.ALERTS_APART.total_seconds()
        if faults > told.faults and waited and await self._noted(key, limits.ALERTS_APART):
            await self._tell(key, n=faults - told.faults)
            self._told[key] = Told(self._seen.now(), faults)

    async def _noted(self, key: str, apart: dt.timedelta) -> bool:
        """Whether it is on this worker to tell: no other did within that time. What cannot be noted is told."""
        fresh = records.Alert(key, self._clock.now())
        try:
            told = await self._storage.alert(key)
            if told is not None and abs(fresh.told_at - told.told_at) < apart:
                return False
            before = port.PutNew(fresh) if told is None else port.Unchanged(told)
            await self._storage.commit([before, port.Put(fresh)])
        except port.Conflict:  # another notes it at this moment
            return False
        except port.StorageError:
            return True
        return True

    async def _tell(self, key: str, **gaps: int) -> None:
        log.warning("owners told", trouble=key)
        for owner in self._settings.owner_ids:
            words = wording.catalogue("bot", await self._language(owner))
            # Who cannot be reached now is told by the log; an alert that comes late is of no use.
            with contextlib.suppress(error.TelegramError):
                await self._bot.send_message(owner, words.say(key, **gaps))

    async def _language(self, owner: int) -> str:
        with contextlib.suppress(port.StorageError):
            if (person := await self._storage.person(owner)) is not None:
                return person.language
        return self._settings.language
