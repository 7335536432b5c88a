"""Records to rows and back: key and search columns as they are, everything else sealed in `body`."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from flows import nouns
from storage import packing, port, records, sealing, tables
from storage.sqlite import queries

R = TypeVar("R", bound=records.Record)


class Rows:
    """Reads and writes rows of one connection, which is used in one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, seal: sealing.Seal) -> None:
        self._connection = connection
        self._seal = seal

    # --- any record ---

    def put(self, record: records.Record) -> None:
        """Insert or replace; a replaced row counts as new, its lease as over."""
        self._insert("INSERT OR REPLACE", record)

    def put_new(self, record: records.Record) -> None:
        """Insert; `Conflict` when the key is taken."""
        try:
            self._insert("INSERT", record)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorname in {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"}:
                name = tables.TABLES[type(record)].name
                raise port.Conflict(f"This {name} is there already.") from error
            raise

    def _insert(self, verb: str, record: records.Record) -> None:
        tables.check(record)
        table = tables.TABLES[type(record)]
        rest = {
            field.name: value
            for field in msgspec.structs.fields(record)
            if field.name not in table.columns and (value := getattr(record, field.name)) != field.default
        }
        body = self._seal.close(packing.pack(rest), table.name, *tables.key_of(record))
        names = ", ".join(table.columns)
        marks = ", ".join("?" for _ in table.columns)
        self._connection.execute(
            f"{verb} INTO {table.name} ({names}, body) VALUES ({marks}, ?)",
            (*(_column(getattr(record, name)) for name in table.columns), body),
        )

    def delete(self, kind: type[records.Record], **fields: object) -> None:
        """Delete the rows whose columns have these values."""
        self._connection.execute(
            f"DELETE FROM {tables.TABLES[kind].name} WHERE {_equal(fields)}",  # noqa: S608 - names from `tables`
            fields,
        )

    def where(self, kind: type[R], **fields: object) -> list[R]:
        """The records whose columns have these values."""
        found = self._connection.execute(
            f"SELECT * FROM {tables.TABLES[kind].name} WHERE {_equal(fields)}",  # noqa: S608 - names from `tables`
            fields,
        )
        return [self.record(kind, row) for row in found]

    def naming(self, kind: type[R], person: int) -> list[R]:
        """The records that name a person."""
        found: dict[tuple[object, ...], R] = {}
        for field in tables.TABLES[kind].people:
            found |= {tables.key_of(record): record for record in self.where(kind, **{field: person})}
        return list(found.values())

    def one(self, kind: type[R], *key: object) -> R | None:
        """A record by its key."""
        found = self.where(kind, **dict(zip(tables.TABLES[kind].key, key, strict=True)))
        return found[0] if found else None

    def record(self, kind: type[R], row: sqlite3.Row) -> R:
        """The record in a row; without its sealed part where the row was read without `body`."""
        table = tables.TABLES[kind]
        values = {name: _value(name, row[name]) for name in table.columns}
        if "body" in row.keys():  # noqa: SIM118 - a row iterates over its values
            body = self._seal.open(row["body"], table.name, *(row[name] for name in table.key))
            values |= packing.unpack(body, dict[str, Any])
        return msgspec.convert(values, kind)

    # --- named queries ---

    def read(self, name: str, **values: object) -> list[sqlite3.Row]:
        """The rows of a query in `sql/reading.sql`."""
        return self._connection.execute(queries.READ[name], values).fetchall()

    def write(self, name: str, **values: object) -> sqlite3.Cursor:
        """Run a query of `sql/writing.sql`."""
        return self._connection.execute(queries.WRITE[name], values)

    def find(self, kind: type[R], name: str, **values: object) -> list[R]:
        """The records that a query in `sql/reading.sql` finds."""
        return [self.record(kind, row) for row in self.read(name, **values)]

    # --- sessions and answers ---

    def put_session(self, section: str, session: nouns.Session) -> None:
        """Keep a session without its answers; who waits for yes or no stays in a column, as in an answer."""
        proposed = session.proposed
        bare = msgspec.structs.replace(
            session,
            answers={},
            revision=0,
            proposed=msgspec.structs.replace(proposed, by="") if proposed else None,
        )
        self.write(
            "put_session",
            section=section,
            revision=session.revision,
            proposed_by=proposed.by if proposed else "",
            body=self._seal.close(packing.pack(bare), "session", section),
        )

    def session(self, row: sqlite3.Row, answers: Mapping[str, nouns.Answer]) -> nouns.Session:
        """The session in a row, with its answers."""
        bare = packing.unpack(self._seal.open(row["body"], "session", row["section"]), nouns.Session)
        proposed = bare.proposed
        return msgspec.structs.replace(
            bare,
            answers=dict(answers),
            revision=row["revision"],
            proposed=msgspec.structs.replace(proposed, by=row["proposed_by"]) if proposed else None,
        )

    def put_answer(self, section: str, key: str, answer: nouns.Answer) -> None:
        """Keep an answer; who gave it stays in a column, so that a pseudonym can take its place."""
        body = packing.pack(msgspec.structs.replace(answer, by=""))
        self.write(
            "put_answer",
            section=section,
            key=key,
            given_by=answer.by,
            body=self._seal.close(body, "answer", section, key),
        )

    def answer(self, row: sqlite3.Row) -> nouns.Answer:
        """The answer in a row."""
        body = self._seal.open(row["body"], "answer", row["section"], row["key"])
        return msgspec.structs.replace(packing.unpack(body, nouns.Answer), by=row["given_by"])


def _equal(fields: Mapping[str, object]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in fields)


def _column(value: object) -> object:
    return packing.to_microseconds(value) if isinstance(value, dt.datetime) else value


def _value(name: str, stored: Any) -> Any:
    """A column's value in a record; times are in the columns that end in `_at`."""
    return packing.from_microseconds(stored) if name.endswith("_at") and stored is not None else stored
