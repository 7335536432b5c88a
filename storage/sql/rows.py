"""Records to rows and back: key and search columns as they are, everything else sealed in `body`."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from flows import nouns
from storage import packing, port, records, sealing, tables
from storage.sql import connections, places, queries

R = TypeVar("R", bound=records.Record)

Values = dict[str, Any]


class Rows:
    """Reads and writes rows over one connection."""

    def __init__(self, connection: connections.Connection, seal: sealing.Seal) -> None:
        self._connection = connection
        self._seal = seal

    # --- any record ---

    async def put(self, record: records.Record) -> None:
        """Insert or replace; a replaced row counts as new, its lease as over."""
        await self._insert(_replacing(tables.TABLES[type(record)]), record)

    async def put_new(self, record: records.Record) -> None:
        """Insert; `Conflict` when the key is taken."""
        table = tables.TABLES[type(record)]
        if not await self._insert(f"{_inserting(table)} ON CONFLICT DO NOTHING", record):
            raise port.Conflict(f"This {table.name} is there already.")

    async def _insert(self, sql: str, record: records.Record) -> int:
        tables.check(record)
        table = tables.TABLES[type(record)]
        rest = {
            name: value
            for name, usual in tables.defaults(type(record)).items()
            if name not in table.columns and (value := getattr(record, name)) != usual
        }
        values = {name: _column(getattr(record, name)) for name in table.columns}
        body = self._seal.close(packing.pack(rest), places.RECORDS[table.name].place(values))
        return await self._connection.change(sql, {**values, "body": body})

    async def delete(self, kind: type[records.Record], **fields: object) -> None:
        """Delete the rows whose columns have these values."""
        table = tables.TABLES[kind].name
        await self._connection.change(f"DELETE FROM {table} WHERE {_equal(fields)}", fields)  # noqa: S608 - names from `tables`

    async def where(self, kind: type[R], **fields: object) -> list[R]:
        """The records whose columns have these values."""
        table = tables.TABLES[kind].name
        found = await self._connection.fetch(f"SELECT * FROM {table} WHERE {_equal(fields)}", fields)  # noqa: S608 - names from `tables`
        return [self.record(kind, row) for row in found]

    async def naming(self, kind: type[R], person: int) -> list[R]:
        """The records that name a person."""
        found: dict[tuple[object, ...], R] = {}
        for field in tables.TABLES[kind].people:
            named = await self.where(kind, **{field: person})
            found |= {tables.key_of(record): record for record in named}
        return list(found.values())

    async def one(self, kind: type[R], *key: object) -> R | None:
        """A record by its key."""
        found = await self.where(kind, **dict(zip(tables.TABLES[kind].key, key, strict=True)))
        return found[0] if found else None

    def record(self, kind: type[R], row: connections.Row, *, whole: bool = True) -> R:
        """The record in a row, or without its sealed part; `StorageError` where that should be there and is not."""
        table = tables.TABLES[kind]
        values = {name: _value(name, row[name]) for name in table.columns}
        if whole:
            if "body" not in row.keys():  # noqa: SIM118 - a row iterates over its values
                raise port.StorageError(
                    f"The database is damaged: the table {table.name} has lost a column. "
                    "Stop the bot, keep the file, and run: groundwork restore BACKUP."
                )
            body = self._seal.open(row["body"], places.RECORDS[table.name].place(row))
            values |= packing.unpack(body, Values)
        return msgspec.convert(values, kind)

    # --- named queries ---

    async def read(self, name: str, **values: object) -> Sequence[connections.Row]:
        """The rows of a query in `reading.sql`."""
        return await self._connection.fetch(queries.READ[name], values)

    async def fetch(self, sql: str, **values: object) -> Sequence[connections.Row]:
        """The rows of a statement that a database has of its own."""
        return await self._connection.fetch(sql, values)

    async def write(self, name: str, **values: object) -> int:
        """Run a statement of `writing.sql`; returns how many rows it touched."""
        return await self._connection.change(queries.WRITE[name], values)

    async def find(self, kind: type[R], name: str, *, whole: bool = True, **values: object) -> list[R]:
        """The records that a query in `reading.sql` finds, or what it reads of them without their sealed part."""
        return [self.record(kind, row, whole=whole) for row in await self.read(name, **values)]

    # --- sessions and answers ---

    async def put_session(self, section: str, session: nouns.Session) -> None:
        """Keep a session without its answers; who waits for yes or no stays in a column, as in an answer."""
        proposed = session.proposed
        bare = msgspec.structs.replace(
            session,
            answers={},
            revision=0,
            proposed=msgspec.structs.replace(proposed, by="") if proposed else None,
        )
        values = {
            "section": section,
            "revision": session.revision,
            "proposed_by": proposed.by if proposed else "",
        }
        body = self._seal.close(packing.pack(bare), places.SESSION.place(values))
        await self.write("put_session", **values, body=body)

    def session(self, row: connections.Row, answers: Mapping[str, nouns.Answer]) -> nouns.Session:
        """The session in a row, with its answers."""
        body = self._seal.open(row["body"], places.SESSION.place(row))
        bare = packing.unpack(body, nouns.Session)
        proposed = bare.proposed
        return msgspec.structs.replace(
            bare,
            answers=dict(answers),
            revision=row["revision"],
            proposed=msgspec.structs.replace(proposed, by=row["proposed_by"]) if proposed else None,
        )

    async def put_answer(self, section: str, key: str, answer: nouns.Answer) -> None:
        """Keep an answer; who gave it stays in a column, so that a pseudonym can take its place."""
        values = {"section": section, "key": key, "given_by": answer.by}
        packed = packing.pack(msgspec.structs.replace(answer, by=""))
        body = self._seal.close(packed, places.ANSWER.place(values))
        await self.write("put_answer", **values, body=body)

    def answer(self, row: connections.Row) -> nouns.Answer:
        """The answer in a row."""
        body = self._seal.open(row["body"], places.ANSWER.place(row))
        return msgspec.structs.replace(packing.unpack(body, nouns.Answer), by=row["given_by"])


@functools.cache
def _inserting(table: tables.Table) -> str:
    values = {name: f":{name}" for name in (*table.columns, "body")}
    return f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({', '.join(values.values())})"  # noqa: S608 - names from `tables`


@functools.cache
def _replacing(table: tables.Table) -> str:
    taken = [name for name in (*table.plain, "body", table.counted) if name]
    settings = [f"{name} = excluded.{name}" for name in taken]
    settings += [f"{table.leased} = NULL"] if table.leased else []
    return f"{_inserting(table)} ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {', '.join(settings)}"


def _equal(fields: Mapping[str, object]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in fields)


def _column(value: object) -> object:
    return packing.to_microseconds(value) if isinstance(value, dt.datetime) else value


def _value(name: str, stored: Any) -> Any:
    """A column's value in a record; times are in the columns that end in `_at`."""
    return packing.from_microseconds(stored) if name.endswith("_at") and stored is not None else stored
