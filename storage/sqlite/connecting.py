"""Connections: how every one of them is set, and work done in its thread at a stretch."""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import aiosqlite

from storage import files, port
from storage.sqlite import errors, migrating

T = TypeVar("T")


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that can do several statements in one visit to its thread.

    A visit costs more than most statements; a turn has half a dozen, and up to 256 turns share a transaction.
    """

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in the connection's thread; it goes on to its end when the caller is cancelled."""
        result: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call] # untyped in aiosqlite
        return result


class Statements:
    """A connection within its thread, as `storage.sql.connections.Connection`: nothing in it ever waits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, values: Mapping[str, object]) -> Sequence[sqlite3.Row]:
        """The rows that a statement reads or returns."""
        rows: list[sqlite3.Row] = self._connection.execute(sql, values).fetchall()
        return rows

    async def change(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement that writes; returns how many rows it touched."""
        return self._connection.execute(sql, values).rowcount


def finished(work: Awaitable[T]) -> T:
    """What work over `Statements` returns: it never waits, so that it runs to its end here, in this thread."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError("Work over SQLite waited for something.")


def configure(connection: sqlite3.Connection) -> None:
    """What every connection is told, before it reads or writes."""
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    connection.execute("PRAGMA synchronous = FULL")  # with WAL: each commit is on the disk when it returns
    connection.execute("PRAGMA trusted_schema = OFF")


async def connect(path: pathlib.Path, *, busy_seconds: float, writes: bool) -> Connection:
    """An open connection; sqlite3's own errors."""

    def connector() -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)

    def prepare(connection: sqlite3.Connection) -> None:
        configure(connection)
        if not writes:
            connection.execute("PRAGMA query_only = ON")

    connection = Connection(connector, iter_chunk_size=64)
    await connection
    try:
        await connection.run(prepare)
    except BaseException:
        await connection.close()
        raise
    return connection


def check_folder(path: pathlib.Path) -> None:
    """`StorageError` where there is no folder for a database of this name."""
    with files.told(path.parent):
        there = path.parent.is_dir()
    if not there:
        raise port.StorageError(
            f"There is no folder {path.parent} for the database. Create it, or set GROUNDWORK_DATABASE_URL elsewhere."
        )


def create(path: pathlib.Path) -> None:
    """A file without tables that only its owner can read, where there is none; SQLite's other files get its rights.

    `StorageError` for one that is there and was emptied.
    """
    check_folder(path)
    files.check_regular(path)
    try:
        if not path.exists():
            _make(pathlib.Path(os.path.realpath(path)))
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        raise port.StorageError(
            f"The database {path} cannot be opened: {error.strerror}. Check its path and this user's rights."
        ) from error
    refuse_emptied(path)


def refuse_emptied(path: pathlib.Path) -> None:
    """`StorageError` for a file of no bytes, before SQLite opens it and deletes the log beside it."""
    with files.told(path):
        if path.is_file() and path.stat().st_size == 0:
            raise migrating.emptied(path)


def refuse_log_alone(path: pathlib.Path) -> None:
    """`StorageError` where a log is without its database: SQLite would take it into whatever gets that name."""
    log = path.with_name(f"{path.name}-wal")
    if files.exists(log) and log.stat().st_size:
        raise port.StorageError(
            f"The database {path} is gone, but its log {log} is not, and only fits that database. Put the database "
            "back, or restore a backup: groundwork restore BACKUP. Where neither is wanted, move the log elsewhere."
        )


def _make(path: pathlib.Path) -> None:
    """A file that has our mark from the moment that it has its name: one without was not made by a first start."""
    refuse_log_alone(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)  # of a start that was killed: it may be a second name of a file in use
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # nobody knows of it yet
            connection.execute(f"PRAGMA application_id = {migrating.APPLICATION}")
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        _name(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _name(fresh: pathlib.Path, path: pathlib.Path) -> None:
    """Give it its name, unless another process was first."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without second names
        os.replace(fresh, path)


def check(connection: sqlite3.Connection, path: pathlib.Path) -> None:
    """`StorageError` unless the database is whole and can be written."""
    with errors.told(path):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        errors.refuse_damaged(connection)


def log_ahead(connection: sqlite3.Connection) -> None:
    """Write to a log before the database; it changes the file, so only one that is whole and ours."""
    connection.execute("PRAGMA journal_mode = WAL")
