"""A look at a database for the doctor: it changes nothing, not even an old schema."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import sqlite3

import asyncpg

from storage import files, limits, opening, rotating, sealing
from storage.postgresql import connecting as connecting_
from storage.postgresql import errors as errors_
from storage.postgresql import migrating as migrating_
from storage.postgresql import statements
from storage.sql import bodies, places
from storage.sqlite import bodies as bodies_
from storage.sqlite import connecting, errors, locking, migrating

FIRST_START = "is made at the first start"


async def look(url: str, key_file: pathlib.Path) -> str:
    """How the database is; `StorageError` for what is wrong with it."""
    if url == opening.MEMORY:
        return "in memory: everything is forgotten at the end"
    if url.startswith(opening.POSTGRESQL):
        return await _at_server(url, key_file)
    return await asyncio.to_thread(_at_file, opening.sqlite_path(url), key_file)


def _at_file(path: pathlib.Path, key_file: pathlib.Path) -> str:
    if not files.exists(path):
        _makeable(path, key_file)
        connecting.refuse_log_alone(path)
        return f"{path} {FIRST_START}"
    files.check_regular(path)
    if path.is_file():
        files.check_usable(path, path.with_name(path.name + locking.ENDING))
        connecting.refuse_emptied(path)
    address = f"{path.resolve().as_uri()}?mode=rw"
    with (
        errors.told(path),
        contextlib.closing(
            sqlite3.connect(address, uri=True, timeout=limits.BUSY_SECONDS, isolation_level=None)
        ) as connection,
    ):
        steps = len(migrating.scripts())
        connection.row_factory = sqlite3.Row
        connecting.check(connection, path)  # first, as at the start: once it was read, it may look writable
        migrating.check(connection, path, steps)
        migrating.refuse_emptied(connection, path)
        done = migrating.version(connection)
        if files.exists(key_file):
            bodies_.check(connection, path, sealing.Seal(*sealing.load_keys(key_file)))
        if done < steps:
            return f"{path} opens; the next start runs the migrations from {done} to {steps}"
        older = connecting.finished(rotating.of_older_form(connecting.Statements(connection)))
    return f"{path} opens, is whole, and has all {steps} migrations{_advice(older)}"


def _makeable(path: pathlib.Path, key_file: pathlib.Path) -> None:
    """`StorageError` where the first start could not make the database, or the key."""
    if files.exists(key_file):
        connecting.check_folder(path)  # the first start makes folders only with a key
    else:
        files.check_makeable(key_file)
    files.check_makeable(path)


async def _at_server(url: str, key_file: pathlib.Path) -> str:
    known = migrating_.steps()[-1].version
    with errors_.told(url):
        connection = await connecting_.connect(url)
        try:
            done = await migrating_.version(connection, url, known)
            place = errors_.place(url)
            if done < known:
                if done:
                    _key_fits(await connection.fetchval("SELECT body FROM seal"), key_file)
                return f"{place} answers; the next start runs the migrations from {done} to {known}"
            workers = await _workers(connection)
            if files.exists(key_file):
                await _opens(connection, url, sealing.Seal(*sealing.load_keys(key_file)))
            older = await rotating.of_older_form(statements.Statements(connection))
        finally:
            await connection.close()
    return f"{place} answers, has all {known} migrations; workers that live: {workers}{_advice(older)}"


def _advice(older: int) -> str:
    if not older:
        return ""
    return f"; {older:,} of what is kept is not sealed together with its row yet: stop the bot and run groundwork key rotate"


async def _workers(connection: asyncpg.Connection) -> int:
    count: int = await connection.fetchval(
        "SELECT count(*) FROM worker WHERE alive_until > clock_timestamp()"
    )
    return count


def _key_fits(sealed: bytes | None, key_file: pathlib.Path) -> None:
    """`StorageError` where the key does not open the known words."""
    if sealed is not None and files.exists(key_file):
        sealing.Seal(*sealing.load_keys(key_file)).open(sealed, places.SEAL.place({}))


async def _opens(connection: asyncpg.Connection, url: str, seal: sealing.Seal) -> None:
    """`StorageError` where something that is sealed does not open."""
    errors_.refuse_closed(url, await bodies.of(statements.Statements(connection), seal))
