"""From one database to another, row by row as it lies there: bodies stay sealed, and are compared by a hash."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Sequence

import msgspec

from storage import opening, port, tables
from storage.sql import connections
from storage.sqlite import migrating

PAGE = 50
"""Rows in memory at once; a plan's file takes megabytes."""


class Kept(msgspec.Struct, frozen=True):
    """A table as both databases have it: its columns, and those that order and tell apart its rows."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


class Moved(msgspec.Struct, frozen=True):
    """What was moved."""

    rows: int
    digest: str
    """SHA-256 over every row, the same on both sides."""


KEPT: tuple[Kept, ...] = (
    *(
        Kept(
            table.name, table.key, tuple(filter(None, (*table.columns, "body", table.counted, table.leased)))
        )
        for table in tables.TABLES.values()
    ),
    Kept("seal", ("id",), ("id", "body")),
    Kept("session", ("section",), ("section", "revision", "proposed_by", "body")),
    Kept("answer", ("section", "key"), ("section", "key", "given_by", "body")),
    Kept("handled", ("sequence",), ("sequence", "update_id")),
    Kept("mention", ("kind", "number", "place"), ("kind", "number", "place")),
)
"""Everything that is kept; what only says which worker is at what stays behind."""


OPENED = ("seal", "mention")
"""Tables in which an empty database has rows too, once it was opened."""


class Schema(msgspec.Struct, frozen=True):
    """How one side of a move is called, and what schema it has."""

    name: str
    version: int


async def move(source: str, target: str) -> Moved:
    """Move everything into an empty database; all of it arrives and is compared, or nothing is written."""
    async with _source(source, locked=True) as (old, was), target_of(target) as (new, becomes):
        return await _moved(old, was, new, becomes)


async def copy_out(source: str, target: str) -> Moved:
    """As `move`, while the bot goes on working on the source: what is copied is one moment of it."""
    async with _source(source, locked=False) as (old, was), target_of(target) as (new, becomes):
        return await _moved(old, was, new, becomes)


async def _moved(
    old: connections.Connection, was: Schema, new: connections.Connection, becomes: Schema
) -> Moved:
    for side in (was, becomes):
        if side.version != (known := len(migrating.scripts())):
            raise port.StorageError(
                f"{side.name} has schema {side.version}, and this version of Groundwork works with {known}. "
                "Start the bot on it once with this version, which brings it up to date, stop it, and try again."
            )
    for table in KEPT:
        if table.name not in OPENED and await _page(new, table, None, 1):
            raise port.StorageError(
                f"{becomes.name} is not empty. Name an empty database: nothing is mixed or overwritten."
            )
    for name in OPENED:
        await new.change(f"DELETE FROM {name}", {})  # noqa: S608 - names from here
    count, digest = 0, hashlib.sha256()
    for table in KEPT:
        async for rows in _pages(old, table):
            for row in rows:
                await new.change(_inserting(table), {name: row[name] for name in table.columns})
                digest.update(_packed(table, row))
            count += len(rows)
    again = hashlib.sha256()
    for table in KEPT:
        async for rows in _pages(new, table):
            for row in rows:
                again.update(_packed(table, row))
    if again.digest() != digest.digest():
        raise port.StorageError(f"What arrived in {becomes.name} is not what was sent. Nothing was written.")
    return Moved(count, digest.hexdigest())


def _inserting(table: Kept) -> str:
    names = ", ".join(table.columns)
    marks = ", ".join(f":{name}" for name in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names from `tables`


def _packed(table: Kept, row: connections.Row) -> bytes:
    return msgspec.msgpack.encode((table.name, *(row[name] for name in table.columns)))


async def _pages(connection: connections.Connection, table: Kept) -> AsyncIterator[Sequence[connections.Row]]:
    """A table's rows in the order of their keys."""
    rows = await _page(connection, table, None, PAGE)
    while rows:
        yield rows
        rows = await _page(connection, table, rows[-1], PAGE)


async def _page(
    connection: connections.Connection, table: Kept, after: connections.Row | None, limit: int
) -> Sequence[connections.Row]:
    key = ", ".join(table.key)
    where = f"WHERE ({key}) > ({', '.join(f':{name}' for name in table.key)})" if after is not None else ""
    values = {name: after[name] for name in table.key} if after is not None else {}
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name} {where} ORDER BY {key} LIMIT :limit"  # noqa: S608 - names from `tables`
    return await connection.fetch(sql, {**values, "limit": limit})


# --- the two ends ----------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _source(url: str, *, locked: bool) -> AsyncIterator[tuple[connections.Connection, Schema]]:
    """One moment of a database; locked, nobody works on it meanwhile."""
    if url.startswith(opening.POSTGRESQL):
        from storage.postgresql import ends

        async with ends.source(url, locked=locked) as (connection, name, version):
            yield connection, Schema(name, version)
    else:
        from storage.sqlite import ends as files

        with files.source(opening.sqlite_path(url), locked=locked) as (file, name, version):
            yield file, Schema(name, version)


@contextlib.asynccontextmanager
async def target_of(url: str) -> AsyncIterator[tuple[connections.Connection, Schema]]:
    """A database to fill: up to date, and kept as it was unless all goes well."""
    if url.startswith(opening.POSTGRESQL):
        from storage.postgresql import ends

        async with ends.target(url) as (connection, name, version):
            yield connection, Schema(name, version)
    else:
        from storage.sqlite import ends as files

        with files.target(opening.sqlite_path(url)) as (file, name, version):
            yield file, Schema(name, version)
