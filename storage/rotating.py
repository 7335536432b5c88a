"""Another key for everything at rest: a new one is added, every body sealed with it, the old one then taken out."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator, Sequence

from storage import files, moving, opening, port, sealing
from storage.sql import connections, places
from storage.sqlite import migrating

PAGE = 50
"""Rows in memory at once; a plan's file takes megabytes."""


async def rotate(url: str, key_file: pathlib.Path) -> int:
    """Seal everything with a new key, the bot stopped; returns how many bodies were sealed anew.

    The file has the new key before the first body needs it, and keeps the older ones: backups are opened with them.
    All is sealed anew or nothing is. Where that was broken off, or an older backup was restored, the key that is
    the newest already is used, and no other made.
    """
    keys = _keys(url, key_file)
    async with moving.target_of(url) as (connection, schema):
        _check(schema)
        if await _left(connection, sealing.Seal(*keys)) == 0:
            keys = (sealing.next_key(keys), *keys)
            sealing.replace_keys(key_file, keys)
        seal = sealing.Seal(*keys)
        count = 0
        for table in places.SEALED:
            async for row in _older(connection, table, seal.prefix):
                place = table.place(row)
                body = seal.close(seal.open(row["body"], place), place)
                values = {name: row[name] for name in table.key}
                await connection.change(
                    f"UPDATE {table.name} SET body = :body WHERE {_equal(table.key)}",  # noqa: S608 - names from `tables`
                    {**values, "body": body},
                )
                count += 1
    return count


async def retire(url: str, key_file: pathlib.Path) -> int:
    """Take every key but the newest out of the file; returns how many. Backups from before cannot be opened any more.

    `StorageError` where something is still sealed with one of them.
    """
    keys = _keys(url, key_file)
    async with moving.target_of(url) as (connection, schema):
        _check(schema)
        if left := await _left(connection, sealing.Seal(*keys)):
            raise port.StorageError(
                f"An older key is needed for {left:,} of what is kept. Run: groundwork key rotate. Then retire it."
            )
        sealing.replace_keys(key_file, keys[:1])
    return len(keys) - 1


def _keys(url: str, key_file: pathlib.Path) -> tuple[sealing.Key, ...]:
    if url == opening.MEMORY:
        raise port.StorageError(
            "Nothing is kept in memory that a key could seal. Set GROUNDWORK_DATABASE_URL."
        )
    if not url.startswith(opening.POSTGRESQL) and not files.is_file(path := opening.sqlite_path(url)):
        raise port.StorageError(f"There is no database {path}. Check GROUNDWORK_DATABASE_URL.")
    return sealing.load_keys(key_file)


def _check(schema: moving.Schema) -> None:
    if schema.version != (known := len(migrating.scripts())):
        raise port.StorageError(
            f"{schema.name} has schema {schema.version}, and this version of Groundwork works with {known}. "
            "Start the bot on it once, which brings it up to date, stop it, and try again."
        )


async def of_older_form(connection: connections.Connection) -> int:
    """How many bodies were sealed before bodies were sealed for their whole row, and not since."""
    count = 0
    for table in places.SEALED:
        [row] = await connection.fetch(
            f"SELECT count(*) AS n FROM {table.name} WHERE substr(body, 1, 1) <> :zero",  # noqa: S608 - names from `tables`
            {"zero": sealing.WHOLE_ROW},
        )
        count += row["n"]
    return count


async def _left(connection: connections.Connection, seal: sealing.Seal) -> int:
    """How many bodies another key than the newest has sealed, in whichever form."""
    count = 0
    for table in places.SEALED:
        [row] = await connection.fetch(
            f"SELECT count(*) AS n FROM {table.name} "  # noqa: S608 - names from `tables`
            "WHERE substr(body, 1, 1) <> :number AND substr(body, 1, 2) <> :prefix",
            {"number": seal.number, "prefix": seal.prefix},
        )
        count += row["n"]
    return count


async def _older(
    connection: connections.Connection, table: places.Sealed, newest: bytes
) -> AsyncIterator[connections.Row]:
    """The rows whose bodies begin otherwise than those of the newest key, in the order of their keys."""
    after: dict[str, object] = {}
    rows: Sequence[connections.Row] | None = None
    columns = ", ".join((*table.columns, "body"))
    order = f"ORDER BY {', '.join(table.key)}" if table.key else ""
    while rows is None or (rows and table.key):
        behind = f"AND ({', '.join(table.key)}) > ({', '.join(f':{n}' for n in table.key)})" if after else ""
        rows = await connection.fetch(
            f"SELECT {columns} FROM {table.name} WHERE substr(body, 1, 2) <> :newest {behind} {order} LIMIT {PAGE}",  # noqa: S608 - names from `tables`
            {**after, "newest": newest},
        )
        for row in rows:
            yield row
        if rows:
            after = {name: rows[-1][name] for name in table.key}


def _equal(key: Sequence[str]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in key) or "true"
