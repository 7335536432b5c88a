"""Every table whose rows have a sealed body, and what each body is sealed for: its row's key and readable columns."""

from __future__ import annotations

import msgspec

from storage import sealing, tables
from storage.sql import connections


class Sealed(msgspec.Struct, frozen=True):
    """A table whose rows have a sealed body: the columns that make its key, and the readable ones beside it."""

    name: str
    key: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every readable column that the body is sealed for."""
        return self.key + self.plain

    def place(self, row: connections.Row) -> sealing.Place:
        """What the body of a row is sealed for."""
        read = row.__getitem__
        return sealing.Place(self.name, tuple(map(read, self.key)), tuple(map(read, self.plain)))


RECORDS: dict[str, Sealed] = {
    table.name: Sealed(table.name, table.key, table.plain) for table in tables.TABLES.values()
}

SEAL = Sealed("seal")
"""Known words, by which a wrong key is told."""

SESSION = Sealed("session", ("section",), ("revision", "proposed_by"))

ANSWER = Sealed("answer", ("section", "key"), ("given_by",))

SEALED: tuple[Sealed, ...] = (*RECORDS.values(), SEAL, SESSION, ANSWER)
