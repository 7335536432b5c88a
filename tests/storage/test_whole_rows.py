"""Whoever can write the database, and has no key, can neither change a row nor move what is sealed without being found."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import AsyncIterator

import pytest

from storage import moving, port, sealing, tables
from storage.postgresql import store as postgresql_store
from storage.sql import connections, places, rows
from storage.sqlite import store
from tests.storage import test_port

KINDS = {table.name: kind for kind, table in tables.TABLES.items()}

ROWS = [table for table in places.SEALED if table != places.SEAL]

UNSEALED = {"body", "sequence", "leased_until", "held_by"}
"""The body itself, the order of screens, and who works at a row until when."""


class Stranger:
    """Somebody who can write the database, and what the bot then reads."""

    def __init__(self, connection: connections.Connection, key: sealing.Key) -> None:
        self.connection = connection
        self._rows = rows.Rows(connection, sealing.Seal(key))

    async def read(self, table: places.Sealed) -> list[object]:
        """Every row of a table, as the bot opens it."""
        found = await self.connection.fetch(f"SELECT * FROM {table.name}", {})
        if table == places.SESSION:
            return [self._rows.session(row, {}) for row in found]
        if table == places.ANSWER:
            return [self._rows.answer(row) for row in found]
        return [self._rows.record(KINDS[table.name], row) for row in found]

    @contextlib.asynccontextmanager
    async def taken_back(self) -> AsyncIterator[None]:
        """Undo what is changed inside."""
        await self.connection.fetch("SAVEPOINT before", {})
        yield
        await self.connection.fetch("ROLLBACK TO before", {})

    async def finds(self, table: places.Sealed) -> bool:
        """Whether reading the table refuses what it finds."""
        try:
            await self.read(table)
        except port.StorageError as refused:
            return "key does not open" in str(refused)
        return False


@pytest.fixture(params=["sqlite", "postgresql"])
async def stranger(
    request: pytest.FixtureRequest, path: pathlib.Path, key: sealing.Key
) -> AsyncIterator[Stranger]:
    """At a database with two rows of every kind at least."""
    storage: port.Storage
    if request.param == "sqlite":
        url = f"sqlite:///{path}"
        storage = store.SqliteStorage(path, key)
    else:
        url = request.getfixturevalue("postgresql")
        storage = postgresql_store.PostgresqlStorage(url, key)
    await storage.open()
    await storage.commit([*test_port.everything_of(1), *test_port.everything_of(2), *test_port.ALERTS])
    await storage.close()
    async with moving.target_of(url) as (connection, _):
        yield Stranger(connection, key)


async def test_every_readable_column_that_is_changed_is_found(stranger: Stranger) -> None:
    unfound = []
    for table in ROWS:
        [first, *_] = await stranger.connection.fetch(f"SELECT * FROM {table.name}", {})
        for column in set(first.keys()) - UNSEALED:
            other = f"{first[column]}2" if isinstance(first[column], str) else (first[column] or 0) + 7
            async with stranger.taken_back():
                where = " AND ".join(f"{name} = :key_{name}" for name in table.key)
                keys = {f"key_{name}": first[name] for name in table.key}
                await stranger.connection.change(
                    f"UPDATE {table.name} SET {column} = :other WHERE {where}", {"other": other, **keys}
                )
                unfound += [] if await stranger.finds(table) else [f"{table.name}.{column}"]
    assert not unfound
    for table in ROWS:
        assert len(await stranger.read(table)) >= 2, f"{table.name} was not as it had been"


async def test_a_body_that_is_moved_to_another_row_is_found(stranger: Stranger) -> None:
    unfound = []
    for table in ROWS:
        [first, second, *_] = await stranger.connection.fetch(f"SELECT * FROM {table.name}", {})
        async with stranger.taken_back():
            where = " AND ".join(f"{name} = :{name}" for name in table.key)
            keys = {name: second[name] for name in table.key}
            await stranger.connection.change(
                f"UPDATE {table.name} SET body = :body WHERE {where}", {"body": first["body"], **keys}
            )
            unfound += [] if await stranger.finds(table) else [table.name]
    assert not unfound
