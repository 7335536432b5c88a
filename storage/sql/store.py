"""The port over SQL: every question and every commit, whichever database answers."""

from __future__ import annotations

import abc
import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from flows import nouns
from storage import packing, port, records, sealing, tables
from storage.sql import changes as changes_
from storage.sql import mentions, touching, writing
from storage.sql import rows as rows_

T = TypeVar("T")
R = TypeVar("R", bound=records.Record)

KNOWN_WORDS = b"Groundwork"
"""Sealed at the first opening; a key that does not open them is the wrong one."""


class SqlStorage(abc.ABC):
    """`port.Storage` but for connections, transactions and workers, which each database has in its own way."""

    def __init__(self, *keys: sealing.Key) -> None:
        super().__init__()
        self._seal = sealing.Seal(*keys)

    @abc.abstractmethod
    async def _read(self, work: writing.Work[T], *, whole: bool = False) -> T:
        """What the work finds, all of it at one moment; of a `whole` assessment or person nobody's turn waits."""

    @abc.abstractmethod
    async def _ask(self, work: writing.Work[T]) -> T:
        """What statements find, each at its own moment."""

    @abc.abstractmethod
    async def _write(
        self, work: writing.Work[T], *, erases: bool = False, touches: touching.Touched = None
    ) -> T:
        """What the work returns once it is durable; nothing of it is written where it raises."""

    async def _one(self, kind: type[R], *key: object) -> R | None:
        return await self._ask(lambda rows: rows.one(kind, *key))

    async def _find(self, kind: type[R], query: str, *, whole: bool = True, **values: object) -> list[R]:
        return await self._ask(lambda rows: rows.find(kind, query, whole=whole, **values))

    # --- writing ---

    async def commit(self, changes: Sequence[port.Change]) -> None:
        """All or nothing, durable on return; turns that wait together share a transaction."""
        turn = tuple(changes)

        async def work(rows: rows_.Rows) -> None:
            for change in turn:
                await changes_.apply(rows, change)

        erases = any(_erases(change) for change in turn)
        await self._write(work, erases=erases, touches=touching.touched(turn))

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

    async def assessment_of_group(self, chat: int) -> records.Assessment | None:
        """The assessment to which a group is linked."""
        found = await self._mentioning(mentions.GROUP, chat, chat)
        return next((one for one in found if any(group.chat == chat for group in one.groups)), None)

    async def assessments_over(self, now: dt.datetime) -> Sequence[records.Assessment]:
        """Those that have been kept long enough, the one that waits longest first."""
        return await self._mentioning(mentions.END, 0, packing.to_microseconds(now))

    async def _mentioning(self, of: str, first: int, last: int) -> list[records.Assessment]:
        return await self._find(records.Assessment, "assessments_mentioning", of=of, first=first, last=last)

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

        async def work(rows: rows_.Rows) -> nouns.Session | None:
            found = await rows.read("session", section=section)
            given = await rows.read("answers", section=section)
            answers = {row["key"]: rows.answer(row) for row in given}
            return rows.session(found[0], answers) if found else None

        return await self._read(work)

    async def sessions(self, assessment: str) -> dict[str, nouns.Session]:
        """Every begun session of an assessment by section id, in one read."""

        async def work(rows: rows_.Rows) -> dict[str, nouns.Session]:
            answers: dict[str, dict[str, nouns.Answer]] = {}
            for row in await rows.read("answers_of_assessment", assessment=assessment):
                answers.setdefault(row["section"], {})[row["key"]] = rows.answer(row)
            found = await rows.read("sessions", assessment=assessment)
            return {row["section"]: rows.session(row, answers.get(row["section"], {})) for row in found}

        return await self._read(work, whole=True)

    async def conversation(self, person: int) -> records.Conversation | None:
        """What a person's chat is about."""
        return await self._one(records.Conversation, person)

    async def correspondent(
        self, person: int
    ) -> tuple[records.Person | None, records.Conversation | None, records.Screen | None]:
        """Who writes, what their chat is about, and the screen that stands there, in one visit to the database."""

        async def work(
            rows: rows_.Rows,
        ) -> tuple[records.Person | None, records.Conversation | None, records.Screen | None]:
            talk = await rows.one(records.Conversation, person)
            stands = await rows.one(records.Screen, talk.screen) if talk is not None and talk.screen else None
            return await rows.one(records.Person, person), talk, stands

        return await self._ask(work)

    async def screen(self, token: str) -> records.Screen | None:
        """A screen by the token in its buttons."""
        return await self._one(records.Screen, token)

    async def screens(self, person: int) -> Sequence[records.Screen]:
        """The screens of a person that are kept, oldest first."""
        return await self._find(records.Screen, "screens", person=person)

    async def waiting(self) -> Sequence[records.Received]:
        """Updates that were received and not yet handled, in the order of their ids."""
        return await self._find(records.Received, "waiting")

    async def outgoing(
        self, *, due: dt.datetime, limit: int, person: int | None = None
    ) -> Sequence[records.Outgoing]:
        """Messages due by then, of one person or of all, in the order of their ids."""
        now = packing.to_microseconds(due)
        return await self._find(records.Outgoing, "outgoing", due=now, limit=limit, person=person)

    async def reminders(self, assessment: str) -> Sequence[records.Reminder]:
        """An assessment's reminders by due time."""
        return await self._find(records.Reminder, "reminders", assessment=assessment)

    async def reminders_of(self, person: int) -> Sequence[records.Reminder]:
        """A person's reminders in all assessments by due time."""
        return await self._find(records.Reminder, "reminders_of_person", person=person)

    async def next_reminder(self) -> dt.datetime | None:
        """When the next reminder is due, leased or not; None where there is none."""
        [row] = await self._ask(lambda rows: rows.read("next_reminder"))
        return None if row["due_at"] is None else packing.from_microseconds(row["due_at"])

    async def plan_files(self, assessment: str) -> Sequence[records.PlanFile]:
        """Issued plans without their files and their data, oldest first."""
        return await self._find(records.PlanFile, "plan_files", whole=False, assessment=assessment)

    async def plan_file(self, assessment: str, version: str) -> records.PlanFile | None:
        """One issued plan with its file and its data."""
        return await self._one(records.PlanFile, assessment, version)

    async def sign_offs(self, assessment: str) -> Sequence[records.SignOff]:
        """An assessment's record of sign-off, in the order of its lines."""
        return await self._find(records.SignOff, "sign_offs", assessment=assessment)

    async def audit_lines(self, assessment: str) -> Sequence[records.AuditLine]:
        """An assessment's record of deeds, in the order of its lines."""
        return await self._find(records.AuditLine, "audit_lines", assessment=assessment)

    async def audit_head(self, assessment: str) -> records.AuditLine | None:
        """The last line of an assessment's record of deeds."""
        found = await self._find(records.AuditLine, "audit_head", assessment=assessment)
        return found[0] if found else None

    async def surveys(self, assessment: str) -> Sequence[records.Survey]:
        """The surveys of an assessment in every version, without their definitions, oldest first."""
        return await self._find(records.Survey, "surveys", whole=False, assessment=assessment)

    async def survey(self, assessment: str, flow: str, version: str) -> records.Survey | None:
        """One version of a survey with its definition."""
        return await self._one(records.Survey, assessment, flow, version)

    async def template(self, assessment: str, state: str) -> records.Template | None:
        """The Word template that is used or proposed in an assessment, with the file."""
        return await self._one(records.Template, assessment, state)

    async def alert(self, trouble: str) -> records.Alert | None:
        """When the owners were last told of a trouble."""
        return await self._one(records.Alert, trouble)

    async def about(self, person: int) -> dict[str, list[dict[str, object]]]:
        """Everything kept about a person, by kind of record, as plain JSON values."""

        async def work(rows: rows_.Rows) -> list[tuple[str, dict[str, object]]]:
            by = str(person)
            found = [
                (table.name, tables.shown(record))
                for kind, table in tables.TABLES.items()
                for record in await rows.naming(kind, person)
            ]
            for row in await mentions.sessions_naming(rows, person):
                session = rows.session(row, {})
                if session.proposed is not None and session.proposed.by == by:
                    found.append(("proposed", {"section": row["section"], **packing.plain(session.proposed)}))
                for key, answer in packing.rivals(session, by).items():
                    rival = {"section": row["section"], "key": key, **packing.plain(answer)}
                    found.append(("rival", rival))
            for row in await rows.read("given_by", by=by):
                given = packing.plain(rows.answer(row))
                found.append(("answer", {"section": row["section"], "key": row["key"], **given}))
            return found

        return tables.by_kind(await self._read(work, whole=True))


def _erases(change: port.Change) -> bool:
    """Whether somebody was promised that what this takes away is gone, from the log of the database too."""
    whole = (records.Assessment, records.Person)
    return isinstance(change, port.Forget) or (
        isinstance(change, port.Remove) and isinstance(change.record, whole)
    )
