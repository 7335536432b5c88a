"""A PostgreSQL database as one end of a move."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import asyncpg

from storage import port, tables
from storage.postgresql import connecting, errors, migrating, statements, working

COUNTED = (*(table.name for table in tables.TABLES.values() if table.counted), "handled")
"""Tables whose rows the database counts."""

_COUNT_ON = """
SELECT setval(pg_get_serial_sequence('{table}', 'sequence'), coalesce(max(sequence), 0) + 1, false) FROM {table}
"""

End = tuple[statements.Statements, str, int]
"""The connection, how the database is called, and its schema's version."""


@contextlib.asynccontextmanager
async def source(url: str, *, locked: bool) -> AsyncIterator[End]:
    """One moment of a database; locked, no worker is at it meanwhile."""
    async with _connected(url, locked=locked) as connection:
        version = await migrating.version(connection, url, migrating.steps()[-1].version)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield statements.Statements(connection), f"The database {errors.place(url)}", version


@contextlib.asynccontextmanager
async def target(url: str) -> AsyncIterator[End]:
    """A database to fill, a new one with the newest schema; written only where all goes well."""
    async with _connected(url, locked=True) as connection:
        known = migrating.steps()[-1].version
        if await migrating.version(connection, url, known) == 0:
            await migrating.migrate(connection, url)
        async with connection.transaction():
            version = await migrating.version(connection, url, known)
            yield statements.Statements(connection), f"The database {errors.place(url)}", version
            for table in COUNTED:
                await connection.execute(_COUNT_ON.format(table=table))


@contextlib.asynccontextmanager
async def _connected(url: str, *, locked: bool) -> AsyncIterator[asyncpg.Connection]:
    with errors.told(url):
        connection = await connecting.connect(url)
        try:
            # the other end may keep this one waiting
            await connection.execute("SET idle_in_transaction_session_timeout = 0")
            if locked and not await connection.fetchval(f"SELECT pg_try_advisory_lock({working.LOCK})"):
                raise port.StorageError(
                    f"The bot runs on the database {errors.place(url)} already. Stop every worker first: "
                    "what they write meanwhile would be lost."
                )
            yield connection
        finally:
            await connection.close()
