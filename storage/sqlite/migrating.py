"""Bringing a database's schema up to date: numbered files, forward only, each in a transaction."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Sequence

from storage import port

HERE = pathlib.Path(__file__).parent

APPLICATION = 0x47524E44
"""SQLite's application_id of our files: "GRND"."""

_ANYTHING = r"SELECT 1 FROM sqlite_master WHERE name NOT LIKE '\_litestream\_%' ESCAPE '\'"
"""Litestream puts its two tables into a file that it finds before the first migration has been there."""


def scripts() -> list[str]:
    """The migrations in order; the first brings the schema from version 0 to 1."""
    files = sorted((HERE / "migrations").glob("*.sql"))
    return [file.read_text("utf-8") for file in files]


def version(connection: sqlite3.Connection) -> int:
    """The schema's version: how many migrations it has had; 0 in a new file."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def check(connection: sqlite3.Connection, path: pathlib.Path, known: int) -> None:
    """`StorageError` for another program's database and for one from a newer Groundwork."""
    empty = connection.execute(_ANYTHING).fetchone() is None
    if not empty and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise port.StorageError(
            f"The database {path} belongs to another program. Set GROUNDWORK_DATABASE_URL to a file of its own."
        )
    if (found := version(connection)) > known:
        raise port.StorageError(
            f"The database {path} was written by a newer Groundwork (schema {found}; this one knows {known}). "
            "Install the newer version again, or restore a backup from before it."
        )


def refuse_emptied(connection: sqlite3.Connection, path: pathlib.Path) -> None:
    """`StorageError` for a file that holds nothing and was not made by a first start, which marks it as ours."""
    if not version(connection) and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise emptied(path)


def emptied(path: pathlib.Path) -> port.StorageError:
    """What to say of a file that was a database, or never was one."""
    return port.StorageError(
        f"The database {path} is empty, and no first start leaves one like that. Restore a backup: groundwork "
        "restore BACKUP. Where nothing was ever kept here, delete the empty file and start again."
    )


def migrate(connection: sqlite3.Connection, path: pathlib.Path, steps: Sequence[str] | None = None) -> None:
    """Run the migrations that are missing; a failing one leaves the schema as it was before it."""
    steps = scripts() if steps is None else steps
    check(connection, path, len(steps))
    for number in range(version(connection), len(steps)):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE; {steps[number]}; PRAGMA application_id = {APPLICATION}; "
                f"PRAGMA user_version = {number + 1}; COMMIT;"
            )
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
