"""The pulse of a worker: a sign of life every two seconds, and a look for what a dead worker left."""

from __future__ import annotations

import asyncio

import structlog

from bot.receiving import intake
from bot.sending import outbox
from storage import limits, port

log = structlog.get_logger()


class Pulse:
    """Keeps what this worker claimed, and takes up what waits: from an earlier run, or from a worker that ended."""

    def __init__(self, storage: port.Storage, intake: intake.Intake, outbox: outbox.Outbox) -> None:
        self._storage = storage
        self._intake = intake
        self._outbox = outbox
        self._resting = False

    def rest(self) -> None:
        """Only give signs of life from now on: what is being done is ours to its end, and nothing else is begun."""
        self._resting = True

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(limits.BEAT_SECONDS)
            try:
                await self.beat()
            except port.StorageError as problem:
                log.warning("no sign of life given", reason=str(problem))

    async def beat(self) -> None:
        """Give a sign of life, then call whatever waits and nobody is at."""
        await self._storage.beat()
        if self._resting:
            return
        for person in await self._storage.left_received():
            await self._intake.call(person)
        for lane in await self._storage.left_outgoing():
            self._outbox.call(lane)
