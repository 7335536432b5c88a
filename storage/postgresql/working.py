"""A worker's place among the others: a lock that says who runs, and signs of life that keep its claims."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator

import asyncpg

from storage import limits, port
from storage.postgresql import connecting, errors, migrating

LOCK = 7_003
"""Number of the advisory lock that who polls has for itself, and that others share."""

PATIENCE_SECONDS = 3.0
"""How long a worker that was just killed may still seem to have its lock."""

BUCKETS_KEPT_SECONDS = 600
"""How long an empty bucket stays; who writes again finds a new one that is just as empty."""


class Worker:
    """This process among the workers; its connection is its own, for the lock lives as long as that."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._connection: asyncpg.Connection | None = None
        self._alone = False
        self._until = 0.0
        self.id = 0
        """By which its claims are known; another one after a silence that was too long."""
        self.rank = 0
        """How many older workers lived at the last sign of life."""

    async def enlist(self, *, alone: bool) -> None:
        """Begin to work; `StorageError` beside another worker where one of the two must be alone."""
        self._alone = alone
        await self.beat()

    async def beat(self) -> None:
        """Give a sign of life, over a new connection where the old one broke."""
        with errors.told(self._url), self._mended():
            if self._connection is None or self._connection.is_closed():
                self._connection = await connecting.connect(self._url)
                await self._lock(self._connection)
            began = self._clock()
            self.id = await self._alive(self._connection)
            self._until = began + limits.SILENT_SECONDS
            self.rank = await self._connection.fetchval(
                "SELECT count(*) FROM worker WHERE id < $1 AND alive_until > clock_timestamp()", self.id
            )

    @contextlib.contextmanager
    def _mended(self) -> Iterator[None]:
        """Leave a connection on which something failed: after a cut it may not yet know that it is closed."""
        try:
            yield
        except BaseException:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.terminate()
            raise

    @property
    def holds(self) -> bool:
        """Whether the last sign of life still counts."""
        return self._clock() < self._until

    async def leave(self) -> None:
        """End; what was claimed is free at once."""
        self._until = 0.0
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with errors.told(self._url):
            try:
                await connection.execute("DELETE FROM worker WHERE id = $1", self.id)
            finally:
                await connection.close()

    async def _lock(self, connection: asyncpg.Connection) -> None:
        kind = "pg_try_advisory_lock" if self._alone else "pg_try_advisory_lock_shared"
        until = self._clock() + PATIENCE_SECONDS
        while not await connection.fetchval(f"SELECT {kind}({LOCK})"):
            if self._clock() >= until:
                await connection.close()
                raise port.StorageError(_beside(self._alone, errors.place(self._url)))
            await asyncio.sleep(0.1)

    async def _alive(self, connection: asyncpg.Connection) -> int:
        seconds = limits.SILENT_SECONDS
        kept = await connection.fetchval(
            "UPDATE worker SET alive_until = clock_timestamp() + make_interval(secs => $2) "
            "WHERE id = $1 AND alive_until > clock_timestamp() RETURNING id",
            self.id,
            seconds,
        )
        if kept is not None and self.holds:
            return self.id
        # new, or silent for so long that others may be at what it held: under a new number it holds nothing
        await connection.execute(
            "DELETE FROM worker WHERE id = $1 OR alive_until < clock_timestamp() - interval '1 minute'",
            self.id,
        )
        await connection.execute(
            "DELETE FROM bucket WHERE empty_at < extract(epoch FROM clock_timestamp()) - $1",
            float(BUCKETS_KEPT_SECONDS),
        )
        async with connection.transaction():
            # nobody enlists while the schema changes, and no older program after it did
            await connection.execute("SELECT pg_advisory_xact_lock_shared($1)", migrating.LOCK)
            known = migrating.steps()[-1].version
            await migrating.version(connection, self._url, known)
            fresh: int = await connection.fetchval(
                "INSERT INTO worker (schema, alive_until) "
                "VALUES ($1, clock_timestamp() + make_interval(secs => $2)) RETURNING id",
                known,
                seconds,
            )
        return fresh


def _beside(alone: bool, place: str) -> str:
    if alone:
        return (
            f"The bot runs on the database {place} already, and polling is for one process alone. "
            "Stop the other first, or run all of them with --webhook."
        )
    return f"A bot that polls runs on the database {place}. Stop it first, then start the workers with --webhook."
