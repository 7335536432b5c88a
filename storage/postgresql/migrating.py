"""Bringing the schema up to date while workers run: numbered files, forward only, each in a transaction.

The numbers are those of SQLite's migrations, so that a version means the same in both. A file that only adds is run
while older workers go on. A file that takes something away begins with `-- needs: N`, the oldest version of the
schema whose program can do without it: it waits until no older worker lives, and such a one does not start any more.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Sequence

import asyncpg
import msgspec

from storage import port
from storage.postgresql import errors

HERE = pathlib.Path(__file__).parent

LOCK = 7_001
"""Number of the advisory lock under which one process at a time changes the schema."""

_NEEDS = re.compile(r"^-- needs: (\d+)$", re.MULTILINE)


class Step(msgspec.Struct, frozen=True):
    """One migration: the version that it leads to, and the oldest version whose program goes on working."""

    version: int
    script: str
    needs: int = 0


def steps() -> list[Step]:
    """The migrations in order."""
    return [read(file) for file in sorted((HERE / "migrations").glob("*.sql"))]


def read(file: pathlib.Path) -> Step:
    """One migration's file."""
    script = file.read_text("utf-8")
    needs = _NEEDS.search(script)
    return Step(int(file.name[:4]), script, int(needs[1]) if needs else 0)


async def version(connection: asyncpg.Connection, url: str, known: int) -> int:
    """The schema's version, 0 in an empty one; `StorageError` where this program cannot work on it."""
    if await connection.fetchval("SELECT to_regclass('migration')") is None:
        other = await connection.fetchval(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )
        if other:
            raise port.StorageError(
                f"The database {errors.place(url)} belongs to another program. "
                "Set GROUNDWORK_DATABASE_URL to a database of its own."
            )
        return 0
    found = await connection.fetchrow(
        "SELECT coalesce(max(version), 0) AS version, coalesce(max(needs), 0) AS needs FROM migration"
    )
    if found["needs"] > known:
        raise port.StorageError(
            f"The database {errors.place(url)} was changed by a newer Groundwork (it needs schema {found['needs']}; "
            f"this one knows {known}). Install the newer version here too."
        )
    return int(found["version"])


async def migrate(connection: asyncpg.Connection, url: str, given: Sequence[Step] | None = None) -> None:
    """Run the migrations that are missing; a failing one leaves the schema as it was before it."""
    given = steps() if given is None else given
    known = given[-1].version
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    try:
        done = await version(connection, url, known)
        for step in given:
            if step.version > done:
                await _refuse_older(connection, url, step)
                async with connection.transaction():
                    await connection.execute(step.script)
                    await connection.execute(
                        "INSERT INTO migration (version, needs) VALUES ($1, $2)", step.version, step.needs
                    )
    finally:
        if not connection.is_closed():
            await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)


async def _refuse_older(connection: asyncpg.Connection, url: str, step: Step) -> None:
    if not step.needs:
        return
    older = await connection.fetchval(
        "SELECT count(*) FROM worker WHERE schema < $1 AND alive_until > clock_timestamp()", step.needs
    )
    if older:
        raise port.StorageError(
            f"Older workers ({older}) still run on {errors.place(url)} and cannot do without what this version "
            "takes away. Stop them, or bring them to this version, and start again."
        )
