"""One transaction for many turns; of several workers' transactions only those wait for each other that touch the same.

A transaction locks what its turns touch before it begins, in one order, so that no deadlock arises: persons,
sections, assessments. Whoever may touch anything, as in erasing somebody, locks everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg

from storage import sealing
from storage.postgresql import errors, statements
from storage.sql import rows, writing

LOCK = 7_002
"""Number of the advisory lock on everything: shared by those who lock things beside it."""

LOCKS_TOGETHER = 500
"""A group that touches more locks everything: the server has room for 6,400 locks as it comes, of all workers."""

SEES_LATEST = "read_committed"
"""Each statement sees what was written until it began, and so whatever was waited for."""

_ALL = "SELECT pg_advisory_xact_lock($1)"

_EACH = """
SELECT CASE key WHEN $1 THEN pg_advisory_xact_lock_shared(key) ELSE pg_advisory_xact_lock(key) END
FROM unnest($2::bigint[]) AS key
"""


class Transactions:
    """Writes groups of turns."""

    def __init__(self, pool: asyncpg.Pool, url: str, seal: sealing.Seal) -> None:
        self._pool = pool
        self._url = url
        self._seal = seal

    async def __call__(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        """Each turn's result or error, all committed; raises when the transaction failed as a whole."""
        with errors.told(self._url):
            try:
                return await self._at_a_stretch(group)
            except errors.LINE_LOST:
                raise
            except Exception:
                # One does not fit, as happens seldom, or the schema grew under a prepared statement:
                # each anew with a savepoint of its own.
                return await self._one_by_one(group)

    async def _at_a_stretch(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        async with self._pool.acquire() as connection, connection.transaction(isolation=SEES_LATEST):
            await _lock(connection, group)
            found = rows.Rows(statements.Statements(connection), self._seal)
            return [await write.work(found) for write in group]

    async def _one_by_one(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        outcomes: list[Any] = []
        async with self._pool.acquire() as connection, connection.transaction(isolation=SEES_LATEST):
            await _lock(connection, group)
            found = rows.Rows(statements.Statements(connection), self._seal)
            for write in group:
                try:
                    with errors.told(self._url):
                        async with connection.transaction():
                            outcomes.append(await write.work(found))
                except Exception as error:
                    if connection.is_closed():  # the line is cut: nothing of the others is written either
                        raise
                    outcomes.append(error)
        return outcomes


async def _lock(connection: asyncpg.Connection, group: Sequence[writing.Write]) -> None:
    """Wait until nobody else is at what the group touches; held to the end of the transaction."""
    names: set[str] = set()
    for write in group:
        if write.touches is None or len(names | write.touches) > LOCKS_TOGETHER:
            await connection.execute(_ALL, LOCK)
            return
        names |= write.touches
    # everything's comes first, whatever the numbers of the others
    await connection.execute(_EACH, LOCK, [LOCK, *sorted(numbers(names))])


def numbers(names: Iterable[str]) -> set[int]:
    """Of the locks on things; two things that had the same would wait for each other, and no more."""
    # half an emoji in a key is refused with its own turn, not here with all of the group
    encoded = (name.encode("utf-8", "surrogatepass") for name in names)
    return {int.from_bytes(hashlib.blake2b(one, digest_size=8).digest(), signed=True) for one in encoded}
