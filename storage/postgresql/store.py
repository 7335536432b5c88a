"""The port on PostgreSQL: pools that read, write and claim, and this worker's place among the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import asyncpg
import msgspec

from storage import limits, pacing, packing, port, records, sealing
from storage.postgresql import connecting, errors, migrating, statements, working
from storage.postgresql import writing as writing_
from storage.sql import mentions, places, queries, rows, store, touching, writing

T = TypeVar("T")

CLAIM = queries.load(migrating.HERE / "claiming.sql")

CLAIMERS = 2
"""Connections that claim and keep the pace; each statement is done in less than a millisecond."""


class Opened(msgspec.Struct, frozen=True):
    """The pools of an open storage."""

    readers: asyncpg.Pool
    writers: asyncpg.Pool
    claimers: asyncpg.Pool
    writer: writing.Writer


class PostgresqlStorage(store.SqlStorage):
    """`port.Storage` in a PostgreSQL database, for any number of workers."""

    def __init__(self, url: str, *keys: sealing.Key) -> None:
        super().__init__(*keys)
        self._url = url
        self._opened: Opened | None = None
        self._worker = working.Worker(url)

    async def open(self) -> None:
        """Connect, check that the database can be written and the key is the right one, migrate."""
        pools: list[asyncpg.Pool] = []
        with errors.told(self._url):
            connection = await connecting.connect(self._url)
            try:
                await migrating.migrate(connection, self._url)
                await self._check_key(connection)
                async with connection.transaction():
                    await connection.execute("SELECT pg_advisory_xact_lock($1)", writing_.LOCK)
                    await mentions.complete(self._rows(connection))
            finally:
                await connection.close()
            try:
                pools.append(await connecting.pool(self._url, limits.POOLED_READERS))
                pools.append(await connecting.pool(self._url, 1))
                pools.append(await connecting.pool(self._url, CLAIMERS, durable=False))
            except BaseException:
                for pool in pools:
                    pool.terminate()
                raise
        readers, writers, claimers = pools
        writer = writing.Writer(writing_.Transactions(writers, self._url, self._seal))
        self._opened = Opened(readers, writers, claimers, writer)

    async def _check_key(self, connection: asyncpg.Connection) -> None:
        # Written where there is none yet, and again where there is: a read-only database is told at once.
        words = self._seal.close(store.KNOWN_WORDS, places.SEAL.place({}))
        found = await connection.fetchval(
            "INSERT INTO seal (id, body) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET body = seal.body "
            "RETURNING body",
            words,
        )
        self._seal.open(found, places.SEAL.place({}))

    async def close(self) -> None:
        """Write what waits, then let go; commits that come later are refused."""
        if self._opened is None:
            return
        opened, self._opened = self._opened, None
        try:
            await opened.writer.close()
            await self._worker.leave()
        except port.StorageError:
            pass  # the line is cut: whatever was claimed is free when the sign of life runs out
        finally:
            for pool in (opened.readers, opened.writers, opened.claimers):
                await pool.close()

    @property
    def transactions(self) -> int:
        """How many transactions were committed since `open`; turns that came together share one."""
        return self._open.writer.transactions

    @property
    def _open(self) -> Opened:
        if self._opened is None:
            raise port.StorageError("The storage is not open.")
        return self._opened

    async def _read(self, work: writing.Work[T], *, whole: bool = False) -> T:  # noqa: ARG002 - the pool has room
        with errors.told(self._url):
            try:
                return await self._at_one_moment(work)
            except asyncpg.InvalidCachedStatementError:  # the schema grew under a prepared statement
                return await self._at_one_moment(work)

    async def _at_one_moment(self, work: writing.Work[T]) -> T:
        async with (
            self._open.readers.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await work(self._rows(connection))

    async def _ask(self, work: writing.Work[T]) -> T:
        pool = self._open.readers
        with errors.told(self._url):
            async with pool.acquire() as connection:
                return await work(self._rows(connection))

    async def _write(
        self, work: writing.Work[T], *, erases: bool = False, touches: touching.Touched = None
    ) -> T:
        return await self._open.writer.write(work, erases=erases, touches=touches)

    def _rows(self, connection: asyncpg.Connection) -> rows.Rows:
        return rows.Rows(statements.Statements(connection), self._seal)

    # --- this worker among the others ---

    async def enlist(self, *, alone: bool) -> None:
        """Begin to work; `StorageError` beside another worker where one of the two must be alone."""
        await self._worker.enlist(alone=alone)

    async def beat(self) -> None:
        """Give a sign of life."""
        await self._worker.beat()

    @property
    def holds(self) -> bool:
        """Whether this worker still has what it claimed."""
        return self._worker.holds

    @property
    def rank(self) -> int:
        """How many older workers lived at the last sign of life."""
        return self._worker.rank

    async def claim_reminders(
        self, *, due: dt.datetime, lease: dt.timedelta, limit: int
    ) -> Sequence[records.Reminder]:
        """Due reminders that nobody else holds, leased to the caller until `due + lease`, oldest first."""
        now, until = packing.to_microseconds(due), packing.to_microseconds(due + lease)
        found = await self._claim(records.Reminder, "claim_reminders", due=now, until=until, limit=limit)
        return sorted(found, key=lambda reminder: (reminder.due_at, reminder.id))

    async def claim_received(self, person: int) -> records.Received | None:
        """The first update of a person's that waits; None where there is none or another worker is at it."""
        return await self._first(records.Received, "claim_received", person=person)

    async def claim_outgoing(self, person: int, lane: str) -> records.Outgoing | None:
        """The first message of a person's lane; None where there is none or another worker is at it."""
        return await self._first(records.Outgoing, "claim_outgoing", person=person, lane=lane)

    async def left_received(self) -> Sequence[int]:
        """People whose updates wait and whom no other worker is at."""
        return [row["person"] for row in await self._ask(lambda rows: rows.fetch(CLAIM["left_received"]))]

    async def left_outgoing(self) -> Sequence[port.Lane]:
        """Lanes in which messages wait and that no other worker is at."""
        found = await self._ask(lambda rows: rows.fetch(CLAIM["left_outgoing"]))
        return [(row["person"], row["lane"]) for row in found]

    async def reserve(self, bucket: int, pace: pacing.Pace) -> float:
        """Take one from a bucket that all workers share; returns the seconds until it may be spent."""
        with errors.told(self._url):
            async with self._open.claimers.acquire() as connection:
                [row] = await self._rows(connection).fetch(
                    CLAIM["reserve"], bucket=bucket, interval=1 / pace.rate
                )
        return pace.wait(row["empty_at"], row["now"])

    async def _first(self, kind: type[store.R], query: str, **values: object) -> store.R | None:
        if not self._worker.holds:  # under its number others take what it claims
            return None
        found = await self._claim(kind, query, worker=self._worker.id, **values)
        return found[0] if found else None

    async def _claim(self, kind: type[store.R], query: str, **values: object) -> list[store.R]:
        with errors.told(self._url):
            async with self._open.claimers.acquire() as connection:
                found = self._rows(connection)
                return [found.record(kind, row) for row in await found.fetch(CLAIM[query], **values)]
