"""Every body of a file tried with the key: SQLite's own check sees no damage within them."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator

from storage import sealing
from storage.sql import bodies, places
from storage.sqlite import errors, migrating


def of(connection: sqlite3.Connection, path: pathlib.Path, seal: sealing.Seal) -> bodies.Bodies:
    """What opens and what does not, read row by row; of an older schema what there is of it.

    `StorageError` where a table or column is gone that the schema's version says to be there.
    """
    found = bodies.Bodies(seal)
    current = migrating.version(connection) >= len(migrating.scripts())
    with _any_text(connection):
        cursor = connection.cursor()
        cursor.row_factory = sqlite3.Row
        for table in places.SEALED:
            there = {row["name"] for row in cursor.execute(f"PRAGMA table_info({table.name})")}
            columns = (*table.columns, "body")
            if current and not there.issuperset(columns):
                raise errors.damaged(path, f"of {table.name} something is gone")
            if there:
                read = ", ".join(name if name in there else f"NULL AS {name}" for name in columns)
                for row in cursor.execute(f"SELECT {read} FROM {table.name}"):  # noqa: S608 - names from `tables`
                    found.try_row(table, row)
    return found


def check(connection: sqlite3.Connection, path: pathlib.Path, seal: sealing.Seal) -> None:
    """`StorageError` where something that is sealed does not open: for the key where nothing does, else for damage."""
    found = of(connection, path, seal)
    if found.of_another_key:
        raise sealing.wrong_key()
    if found.closed:
        raise errors.damaged(path, found.words())


@contextlib.contextmanager
def _any_text(connection: sqlite3.Connection) -> Iterator[None]:
    """Text in a damaged column is read as it is: its body says that it is not what was written."""
    connection.text_factory = lambda text: text.decode(errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str
