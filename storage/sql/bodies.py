"""Whether all that is sealed opens: damage within a body is seen by nobody who has no key."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from storage import port, sealing
from storage.sql import connections, places

PAGE = 50
"""Rows in memory at once; a plan's file takes megabytes."""

NAMED_CHARACTERS = 60
"""Of a key's value: a damaged one may be of any length."""

SECRET = ("token", "token_hash")
"""Columns by which whoever reads a log could press a button or use a link, so that no sentence names them."""


class Closed(msgspec.Struct):
    """What does not open in a table."""

    rows: int
    first: str
    """The key of the first of them in words; empty where it is not to be told."""

    def words(self, table: str) -> str:
        """As it stands in a sentence."""
        if self.rows == 1:
            return f"1 row of {table}" + (f" ({self.first})" if self.first else "")
        return f"{self.rows:,} rows of {table}" + (f" (the first is {self.first})" if self.first else "")


class Bodies:
    """What was found of the bodies that were tried so far."""

    def __init__(self, seal: sealing.Seal) -> None:
        self._seal = seal
        self._closed: dict[str, Closed] = {}
        self._of_missing_keys = 0
        self.opened = 0
        """How many opened."""

    def try_row(self, table: places.Sealed, row: connections.Row) -> None:
        """Open a row's body, and forget what it says."""
        try:
            self._seal.open(row["body"], table.place(row))
        except port.StorageError:
            self._of_missing_keys += not self._seal.has_key_of(row["body"])
            closed = self._closed.setdefault(table.name, Closed(0, _named(table, row)))
            closed.rows += 1
        else:
            self.opened += 1

    @property
    def closed(self) -> int:
        """How many did not open."""
        return sum(closed.rows for closed in self._closed.values())

    @property
    def of_another_key(self) -> bool:
        """Whether none at all opened: then it is the key that is wrong, and not what is kept."""
        return self.closed > 0 and self.opened == 0

    def words(self) -> str:
        """What did not open, as part of a sentence."""
        where = ", ".join(closed.words(table) for table, closed in self._closed.items())
        why = ""
        if self._of_missing_keys == self.closed:
            why = ", as sealed with a key that the key file does not hold: put back the one with all keys if there is one"
        return f"what is sealed in {where} does not open{why}"


def _named(table: places.Sealed, row: connections.Row) -> str:
    if not set(SECRET).isdisjoint(table.key):
        return ""
    return ", ".join(f"{name} {ascii(row[name])[:NAMED_CHARACTERS]}" for name in table.key)


async def of(connection: connections.Connection, seal: sealing.Seal) -> Bodies:
    """Every body of every table, page by page."""
    found = Bodies(seal)
    for table in places.SEALED:
        rows: Sequence[connections.Row] | None = None
        while rows is None or (rows and table.key):
            rows = await _page(connection, table, rows[-1] if rows else None)
            for row in rows:
                found.try_row(table, row)
    return found


async def _page(
    connection: connections.Connection, table: places.Sealed, after: connections.Row | None
) -> Sequence[connections.Row]:
    key, columns = ", ".join(table.key), ", ".join((*table.columns, "body"))
    behind = f"WHERE ({key}) > ({', '.join(f':{name}' for name in table.key)})" if after is not None else ""
    values = {name: after[name] for name in table.key} if after is not None else {}
    order = f"ORDER BY {key}" if key else ""
    return await connection.fetch(
        f"SELECT {columns} FROM {table.name} {behind} {order} LIMIT {PAGE}",  # noqa: S608 - names from `tables`
        values,
    )
