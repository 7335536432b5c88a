"""What the rows ask of a database: SQL with `:name` where a value goes, and rows by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol


class Row(Protocol):
    """A row that was read: values by column or by place."""

    def __getitem__(self, column: Any, /) -> Any:
        """One value."""

    def keys(self) -> Iterable[str]:
        """The columns."""


class Connection(Protocol):
    """One connection, used by one piece of work at a time; errors are the database's own."""

    async def fetch(self, sql: str, values: Mapping[str, object]) -> Sequence[Row]:
        """The rows that a statement reads or returns."""

    async def change(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement that writes; returns how many rows it touched."""
