"""One transaction for many turns, and one transaction at a time over all workers.

Turns stand on what they read, and a turn may touch anything of an assessment. Under one lock they follow each other
as in SQLite: none can be in another's way, and no deadlock arises. Telegram's thirty messages a second over all
chats are a small part of what goes through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from storage import sealing
from storage.postgresql import errors, statements
from storage.sql import rows, writing

LOCK = 7_002
"""Number of the advisory lock that a transaction holds to its end."""


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
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            found = rows.Rows(statements.Statements(connection), self._seal)
            return [await write.work(found) for write in group]

    async def _one_by_one(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        outcomes: list[Any] = []
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
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
