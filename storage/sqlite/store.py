"""The port on SQLite: one connection that writes, two that read, and the key that seals what lies on the disk."""

from __future__ import annotations

import datetime as dt
import pathlib
import sqlite3
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from storage import alone, limits, packing, port, records, sealing
from storage.sql import mentions, places, store, touching, writing
from storage.sql import rows as rows_
from storage.sqlite import bodies, connecting, errors, locking, migrating, visiting
from storage.sqlite import writing as writing_

T = TypeVar("T")


class Opened(msgspec.Struct, frozen=True):
    """The connections of an open storage."""

    connection: connecting.Connection
    together: writing_.Transactions
    writer: writing.Writer
    reader: visiting.Reader
    reader_of_whole: visiting.Reader
    """Reads what takes long, so that nobody's turn stands behind it."""


class SqliteStorage(store.SqlStorage, alone.Alone):
    """`port.Storage` in a file, for one process at a time."""

    def __init__(
        self, path: pathlib.Path, *keys: sealing.Key, busy_seconds: float = limits.BUSY_SECONDS
    ) -> None:
        super().__init__(*keys)
        self._path = path
        self._busy_seconds = busy_seconds
        self._opened: Opened | None = None
        self._lock = locking.Lock(path)

    async def open(self) -> None:
        """Connect, check that the database is whole and writable and the key opens all of it, migrate."""
        connecting.create(self._path)
        opened: list[connecting.Connection] = []
        try:
            with errors.told(self._path):
                opened.append(await self._connect(writes=True))
                await opened[0].run(self._prepare)
                await opened[0].run(writing_.wait_in_steps)
                together = writing_.Transactions(opened[0], self._path, self._seal, self._busy_seconds)
                await together.tidy()
                for _ in range(2):
                    opened.append(await self._connect(writes=False))
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        connection, *reading = opened
        self._opened = Opened(connection, together, writing.Writer(together), *map(visiting.Reader, reading))

    async def _connect(self, *, writes: bool) -> connecting.Connection:
        return await connecting.connect(self._path, busy_seconds=self._busy_seconds, writes=writes)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connecting.check(connection, self._path)
        migrating.check(connection, self._path, len(migrating.scripts()))
        migrating.refuse_emptied(connection, self._path)
        bodies.check(connection, self._path, self._seal)
        connecting.log_ahead(connection)
        migrating.migrate(connection, self._path)
        found = connection.execute("SELECT body FROM seal").fetchone()
        if found is None:
            words = self._seal.close(store.KNOWN_WORDS, places.SEAL.place({}))
            connection.execute("INSERT INTO seal (id, body) VALUES (1, ?)", (words,))
        else:
            # Changes nothing, but only where something could be changed: a read-only database is told at once.
            connection.execute("UPDATE seal SET body = body")
        connection.execute("BEGIN IMMEDIATE")
        connecting.finished(mentions.complete(self._rows(connection)))
        connection.execute("COMMIT")

    async def close(self) -> None:
        """Write what waits, then let go; commits that come later are refused."""
        self._lock.release()
        if self._opened is None:
            return
        opened = self._opened
        await opened.writer.close()
        self._opened = None
        await opened.reader.close()
        await opened.reader_of_whole.close()
        await opened.together.tidy()
        await opened.connection.close()

    @property
    def transactions(self) -> int:
        """How many transactions were committed since `open`; turns that came together share one."""
        return self._open.writer.transactions

    @property
    def _open(self) -> Opened:
        if self._opened is None:
            raise port.StorageError("The storage is not open.")
        return self._opened

    async def _read(self, work: writing.Work[T], *, whole: bool = False) -> T:
        reader = self._open.reader_of_whole if whole else self._open.reader

        def reading(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN")
            try:
                return connecting.finished(work(self._rows(connection)))
            finally:
                connection.execute("ROLLBACK")

        with errors.told(self._path):
            return await reader.run(reading)

    async def _ask(self, work: writing.Work[T]) -> T:
        with errors.told(self._path):
            return await self._open.reader.run(
                lambda connection: connecting.finished(work(self._rows(connection)))
            )

    async def _write(
        self, work: writing.Work[T], *, erases: bool = False, touches: touching.Touched = None
    ) -> T:
        return await self._open.writer.write(work, erases=erases, touches=touches)

    def _rows(self, connection: sqlite3.Connection) -> rows_.Rows:
        return rows_.Rows(connecting.Statements(connection), self._seal)

    # --- the one process that works on it ---

    async def enlist(self, *, alone: bool) -> None:  # noqa: ARG002 - here everybody works alone
        """Begin to work; `StorageError` where another process does."""
        self._lock.take()

    async def claim_reminders(
        self, *, due: dt.datetime, lease: dt.timedelta, limit: int
    ) -> Sequence[records.Reminder]:
        """Due reminders that nobody else holds, leased to the caller until `due + lease`, oldest first."""
        now, until = packing.to_microseconds(due), packing.to_microseconds(due + lease)

        async def work(rows: rows_.Rows) -> list[records.Reminder]:
            found = await rows.find(records.Reminder, "claimable", due=now, limit=limit)
            for reminder in found:
                await rows.write("lease", id=reminder.id, until=until)
            return found

        return await self._write(work)

    async def claim_received(self, person: int) -> records.Received | None:
        """The first update of a person's that waits."""
        found = await self._find(records.Received, "first_received", person=person)
        return found[0] if found else None

    async def claim_outgoing(self, person: int, lane: str) -> records.Outgoing | None:
        """The first message of a person's lane that waits."""
        found = await self._find(records.Outgoing, "first_outgoing", person=person, lane=lane)
        return found[0] if found else None

    async def left_received(self) -> Sequence[int]:
        """People whose updates wait."""
        return [row["person"] for row in await self._ask(lambda rows: rows.read("people_waiting"))]

    async def left_outgoing(self) -> Sequence[port.Lane]:
        """Lanes in which messages wait."""
        found = await self._ask(lambda rows: rows.read("lanes_waiting"))
        return [(row["person"], row["lane"]) for row in found]
