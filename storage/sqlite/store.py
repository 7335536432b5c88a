"""The port on SQLite: one connection that writes, a few that read, and the key that seals what lies on the disk."""

from __future__ import annotations

import datetime as dt
import itertools
import pathlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from flows import nouns
from storage import limits, packing, port, records, sealing, tables
from storage.sqlite import changes as changes_
from storage.sqlite import connecting, errors, migrating, writing
from storage.sqlite import rows as rows_

T = TypeVar("T")
R = TypeVar("R", bound=records.Record)

KNOWN_WORDS = b"Groundwork"
"""Sealed at the first opening; a key that does not open them is the wrong one."""


class Opened(msgspec.Struct, frozen=True):
    """The connections of an open storage."""

    connection: connecting.Connection
    writer: writing.Writer
    readers: tuple[connecting.Connection, ...]
    next_reader: itertools.cycle[connecting.Connection]


class SqliteStorage:
    """`port.Storage` in a file."""

    def __init__(
        self, path: pathlib.Path, key: sealing.Key, *, busy_seconds: float = limits.BUSY_SECONDS
    ) -> None:
        self._path = path
        self._seal = sealing.Seal(key)
        self._busy_seconds = busy_seconds
        self._opened: Opened | None = None

    async def open(self) -> None:
        """Connect, check that the database is whole and writable and the key the right one, migrate."""
        connecting.create(self._path)
        opened: list[connecting.Connection] = []
        try:
            with errors.told(self._path):
                opened.append(await self._connect(writes=True))
                await opened[0].run(self._prepare)
                for _ in range(limits.READERS):
                    opened.append(await self._connect(writes=False))
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        connection, *readers = opened
        writer = writing.Writer(connection, self._path)
        self._opened = Opened(connection, writer, tuple(readers), itertools.cycle(readers))

    async def _connect(self, *, writes: bool) -> connecting.Connection:
        return await connecting.connect(self._path, busy_seconds=self._busy_seconds, writes=writes)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connecting.check(connection, self._path)
        migrating.migrate(connection, self._path)
        found = connection.execute("SELECT body FROM seal").fetchone()
        if found is None:
            words = self._seal.close(KNOWN_WORDS, "seal")
            connection.execute("INSERT INTO seal (id, body) VALUES (1, ?)", (words,))
        else:
            self._seal.open(found["body"], "seal")
            # Changes nothing, but only where something could be changed: a read-only database is told at once.
            connection.execute("UPDATE seal SET body = body")

    async def close(self) -> None:
        """Write what waits, then let go; commits that come later are refused."""
        if self._opened is None:
            return
        opened = self._opened
        await opened.writer.close()
        self._opened = None
        for connection in (*opened.readers, opened.connection):
            await connection.close()

    @property
    def transactions(self) -> int:
        """How many transactions were committed since `open`; turns that came together share one."""
        return self._open.writer.transactions

    @property
    def _open(self) -> Opened:
        if self._opened is None:
            raise port.StorageError("The storage is not open.")
        return self._opened

    async def _read(self, work: Callable[[rows_.Rows], T]) -> T:
        """What the work finds, all of it at one moment."""
        reader = next(self._open.next_reader)

        def reading(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN")
            try:
                return work(rows_.Rows(connection, self._seal))
            finally:
                connection.execute("ROLLBACK")

        with errors.told(self._path):
            return await reader.run(reading)

    async def _one(self, kind: type[R], *key: object) -> R | None:
        return await self._read(lambda rows: rows.one(kind, *key))

    async def _find(self, kind: type[R], query: str, **values: object) -> list[R]:
        return await self._read(lambda rows: rows.find(kind, query, **values))

    # --- writing ---

    async def commit(self, changes: Sequence[port.Change]) -> None:
        """All or nothing, durable on return; turns that wait together share a transaction."""
        turn = tuple(changes)

        def work(connection: sqlite3.Connection) -> None:
            rows = rows_.Rows(connection, self._seal)
            for change in turn:
                changes_.apply(rows, change)

        erases = any(isinstance(change, port.Forget) for change in turn)
        await self._open.writer.write(work, erases=erases)

    async def claim_reminders(
        self, *, due: dt.datetime, lease: dt.timedelta, limit: int
    ) -> Sequence[records.Reminder]:
        """Due reminders that nobody else holds, leased to the caller until `due + lease`, oldest first."""
        now, until = packing.to_microseconds(due), packing.to_microseconds(due + lease)

        def work(connection: sqlite3.Connection) -> list[records.Reminder]:
            rows = rows_.Rows(connection, self._seal)
            found = rows.write("claimable", due=now, limit=limit).fetchall()
            for row in found:
                rows.write("lease", id=row["id"], until=until)
            return [rows.record(records.Reminder, row) for row in found]

        return await self._open.writer.write(work)

    # --- reading ---

    async def person(self, person: int) -> records.Person | None:
        """One person."""
        return await self._one(records.Person, person)

    async def people(self, assessment: str) -> Sequence[records.Person]:
        """Everyone who has a part in an assessment, by name."""
        found = await self._find(records.Person, "people", assessment=assessment)
        return sorted(found, key=lambda person: (person.name, person.id))

    async def assessment(self, assessment: str) -> records.Assessment | None:
        """One assessment."""
        return await self._one(records.Assessment, assessment)

    async def assessments(self) -> Sequence[records.Assessment]:
        """All assessments, oldest first."""
        return await self._find(records.Assessment, "assessments")

    async def memberships(
        self, *, assessment: str | None = None, person: int | None = None
    ) -> Sequence[records.Membership]:
        """Parts in an assessment, or of a person, or both; by role and branch."""
        kind = records.Membership
        if person is not None:
            return await self._find(kind, "memberships_of_person", person=person, assessment=assessment)
        if assessment is not None:
            return await self._find(kind, "memberships_in_assessment", assessment=assessment)
        return await self._find(kind, "memberships")

    async def invitation(self, token_hash: str) -> records.Invitation | None:
        """One invitation by the hash of its token."""
        return await self._one(records.Invitation, token_hash)

    async def invitations(self, assessment: str) -> Sequence[records.Invitation]:
        """An assessment's invitations, oldest first."""
        return await self._find(records.Invitation, "invitations", assessment=assessment)

    async def delegation(self, token_hash: str) -> records.Delegation | None:
        """One delegation by the hash of its link's token."""
        return await self._one(records.Delegation, token_hash)

    async def delegations(self, assessment: str) -> Sequence[records.Delegation]:
        """An assessment's delegations, those that are over too, oldest first."""
        return await self._find(records.Delegation, "delegations", assessment=assessment)

    async def section(self, section: str) -> records.Section | None:
        """One section."""
        return await self._one(records.Section, section)

    async def sections(self, assessment: str) -> Sequence[records.Section]:
        """An assessment's sections by flow and branch."""
        return await self._find(records.Section, "sections", assessment=assessment)

    async def session(self, section: str) -> nouns.Session | None:
        """A section's session with its answers; None before the first turn."""

        def work(rows: rows_.Rows) -> nouns.Session | None:
            found = rows.read("session", section=section)
            answers = {row["key"]: rows.answer(row) for row in rows.read("answers", section=section)}
            return rows.session(found[0], answers) if found else None

        return await self._read(work)

    async def sessions(self, assessment: str) -> dict[str, nouns.Session]:
        """Every begun session of an assessment by section id, in one read."""

        def work(rows: rows_.Rows) -> dict[str, nouns.Session]:
            answers: dict[str, dict[str, nouns.Answer]] = {}
            for row in rows.read("answers_of_assessment", assessment=assessment):
                answers.setdefault(row["section"], {})[row["key"]] = rows.answer(row)
            found = rows.read("sessions", assessment=assessment)
            return {row["section"]: rows.session(row, answers.get(row["section"], {})) for row in found}

        return await self._read(work)

    async def conversation(self, person: int) -> records.Conversation | None:
        """What a person's chat is about."""
        return await self._one(records.Conversation, person)

    async def screen(self, token: str) -> records.Screen | None:
        """A screen by the token in its buttons."""
        return await self._one(records.Screen, token)

    async def screens(self, person: int) -> Sequence[records.Screen]:
        """The screens of a person that are kept, oldest first."""
        return await self._find(records.Screen, "screens", person=person)

    async def waiting(self) -> Sequence[records.Received]:
        """Updates that were received and not yet handled, in the order of their ids."""
        return await self._find(records.Received, "waiting")

    async def outgoing(self, *, due: dt.datetime, limit: int) -> Sequence[records.Outgoing]:
        """Messages due by then, in the order of their ids."""
        now = packing.to_microseconds(due)
        return await self._find(records.Outgoing, "outgoing", due=now, limit=limit)

    async def reminders(self, assessment: str) -> Sequence[records.Reminder]:
        """An assessment's reminders by due time."""
        return await self._find(records.Reminder, "reminders", assessment=assessment)

    async def reminders_of(self, person: int) -> Sequence[records.Reminder]:
        """A person's reminders in all assessments by due time."""
        return await self._find(records.Reminder, "reminders_of_person", person=person)

    async def next_reminder(self) -> dt.datetime | None:
        """When the next reminder is due, leased or not; None where there is none."""
        count = await self._read(lambda rows: rows.read("next_reminder")[0][0])
        return None if count is None else packing.from_microseconds(count)

    async def plan_files(self, assessment: str) -> Sequence[records.PlanFile]:
        """Issued plans without their files and their data, oldest first."""
        return await self._find(records.PlanFile, "plan_files", assessment=assessment)

    async def plan_file(self, assessment: str, version: str) -> records.PlanFile | None:
        """One issued plan with its file and its data."""
        return await self._one(records.PlanFile, assessment, version)

    async def sign_offs(self, assessment: str) -> Sequence[records.SignOff]:
        """An assessment's record of sign-off, in the order of its lines."""
        return await self._find(records.SignOff, "sign_offs", assessment=assessment)

    async def surveys(self, assessment: str) -> Sequence[records.Survey]:
        """The surveys of an assessment in every version, without their definitions, oldest first."""
        return await self._find(records.Survey, "surveys", assessment=assessment)

    async def survey(self, assessment: str, flow: str, version: str) -> records.Survey | None:
        """One version of a survey with its definition."""
        return await self._one(records.Survey, assessment, flow, version)

    async def template(self, assessment: str, state: str) -> records.Template | None:
        """The Word template that is used or proposed in an assessment, with the file."""
        return await self._one(records.Template, assessment, state)

    async def about(self, person: int) -> dict[str, list[dict[str, object]]]:
        """Everything kept about a person, by kind of record, as plain JSON values."""

        def work(rows: rows_.Rows) -> list[tuple[str, dict[str, object]]]:
            by = str(person)
            found = [
                (table.name, tables.shown(record))
                for kind, table in tables.TABLES.items()
                for record in rows.naming(kind, person)
            ]
            for row in rows.read("proposed_by", by=by):
                proposed = rows.session(row, {}).proposed
                found.append(("proposed", {"section": row["section"], **packing.plain(proposed)}))
            for row in rows.read("every_session"):
                for key, answer in packing.rivals(rows.session(row, {}), by).items():
                    rival = {"section": row["section"], "key": key, **packing.plain(answer)}
                    found.append(("rival", rival))
            for row in rows.read("given_by", by=by):
                given = packing.plain(rows.answer(row))
                found.append(("answer", {"section": row["section"], "key": row["key"], **given}))
            return found

        return tables.by_kind(await self._read(work))
