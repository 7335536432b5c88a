"""One transaction for many turns on a SQLite file, after one that a failing disk left neither kept nor undone."""

from __future__ import annotations

import pathlib

from storage import sealing
from storage.sql import rows, writing
from storage.sqlite import connecting
from storage.sqlite import writing as sqlite_writing
from storage.sqlite.store import SqliteStorage
from tests.storage.test_port import person


async def test_what_was_left_open_is_undone_before_the_next(
    sqlite: SqliteStorage, path: pathlib.Path, key: sealing.Key
) -> None:
    async def work(kept: rows.Rows) -> None:
        await kept.put(person(8))

    connection = await connecting.connect(path, busy_seconds=1, writes=True)
    await connection.run(lambda open_one: open_one.execute("BEGIN IMMEDIATE").execute("DELETE FROM seal"))
    writer = writing.Writer(sqlite_writing.Transactions(connection, path, sealing.Seal(key)))
    await writer.write(work)
    await writer.close()
    await connection.close()
    assert await sqlite.person(8) == person(8)
    await sqlite.close()
    await sqlite.open()  # which reads the seal
