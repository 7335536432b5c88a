"""One asyncpg connection as the rows want it: `:name` where a value goes."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import asyncpg

_VALUE = re.compile(r"(?<!:):(\w+)")


@functools.lru_cache(maxsize=1000)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with `$1` for its first value and so on, and the names of those values."""
    names = tuple(dict.fromkeys(_VALUE.findall(sql)))
    return _VALUE.sub(lambda found: f"${names.index(found[1]) + 1}", sql), names


class Statements:
    """A connection, as `storage.sql.connections.Connection`."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, values: Mapping[str, object]) -> Sequence[asyncpg.Record]:
        """The rows that a statement reads or returns."""
        text, names = numbered(sql)
        rows: Sequence[asyncpg.Record] = await self._connection.fetch(text, *(values[name] for name in names))
        return rows

    async def change(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement that writes; returns how many rows it touched."""
        text, names = numbered(sql)
        said: str = await self._connection.execute(text, *(values[name] for name in names))
        return int(said.rpartition(" ")[2])
