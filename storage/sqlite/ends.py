"""A SQLite file as one end of a move; its statements run in the event loop's thread, where nothing else goes on."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator

from storage import files, limits, port
from storage.sqlite import connecting, errors, locking, migrating

End = tuple[connecting.Statements, str, int]
"""The connection, how the database is called, and its schema's version."""


@contextlib.contextmanager
def source(path: pathlib.Path, *, locked: bool) -> Iterator[End]:
    """One moment of a file; locked, no bot works on it meanwhile."""
    if not files.is_file(path):
        raise port.StorageError(f"There is no database {path}. Check its name.")
    connecting.refuse_emptied(path)
    with _locked(path, locked=locked), _connected(path) as connection:
        migrating.check(connection, path, len(migrating.scripts()))
        connection.execute("BEGIN")
        yield connecting.Statements(connection), f"The database {path}", migrating.version(connection)


@contextlib.contextmanager
def target(path: pathlib.Path) -> Iterator[End]:
    """A file to fill, a new one with the newest schema; written only where all goes well."""
    fresh = not files.exists(path)
    connecting.create(path)
    try:
        with _locked(path, locked=not fresh), _connected(path) as connection:
            if migrating.version(connection) == 0:
                migrating.migrate(connection, path)
            migrating.check(connection, path, len(migrating.scripts()))
            connection.execute("BEGIN IMMEDIATE")
            yield connecting.Statements(connection), f"The database {path}", migrating.version(connection)
            connection.execute("COMMIT")
    except BaseException:
        if fresh:
            path.unlink()
        raise


@contextlib.contextmanager
def _connected(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    with (
        errors.told(path),
        contextlib.closing(
            sqlite3.connect(path, timeout=limits.BUSY_SECONDS, isolation_level=None)
        ) as connection,
    ):
        connecting.configure(connection)
        yield connection


@contextlib.contextmanager
def _locked(path: pathlib.Path, *, locked: bool) -> Iterator[None]:
    lock = locking.Lock(path)
    if locked:
        lock.take()
    try:
        yield
    finally:
        lock.release()
