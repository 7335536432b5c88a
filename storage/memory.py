"""The storage in memory: for tests and for trying things; what SQLite does, without a disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from flows import nouns
from storage import alone, limits, packing, port, records, tables

R = TypeVar("R", bound=records.Record)
Rows = dict[tuple[Any, ...], records.Record]


class Contents:
    """All that is kept at one moment; a commit works on a copy, so that a failed one leaves nothing."""

    def __init__(self, before: Contents | None = None) -> None:
        self.rows: dict[type[records.Record], Rows] = {
            kind: dict(before.rows[kind]) if before else {} for kind in tables.TABLES
        }
        self.sessions: dict[str, nouns.Session] = dict(before.sessions) if before else {}
        self.answers: dict[tuple[str, str], nouns.Answer] = dict(before.answers) if before else {}
        self.handled: dict[int, None] = dict(before.handled) if before else {}
        self.leases: dict[str, dt.datetime] = dict(before.leases) if before else {}

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, in the order of arrival."""
        return [row for row in self.rows[kind].values() if isinstance(row, kind)]

    def one(self, kind: type[R], *key: Any) -> R | None:
        """A record by its key."""
        row = self.rows[kind].get(key)
        return row if isinstance(row, kind) else None

    def put(self, record: records.Record) -> None:
        """Keep a record as it would come back from a disk: times in UTC, tuples inside `Any` as lists."""
        tables.check(record)
        if isinstance(record, records.Received) and record.update_id in self.handled:
            raise port.AlreadyHandled("This update was handled before.")
        rows = self.rows[type(record)]
        rows.pop(tables.key_of(record), None)
        rows[tables.key_of(record)] = faithful(record)
        if isinstance(record, records.Reminder):
            self.leases.pop(record.id, None)
        if isinstance(record, records.Screen):
            kept = [screen for screen in self.all(records.Screen) if screen.person == record.person]
            for old in kept[: -limits.SCREENS_KEPT]:
                self.remove(old)

    def remove(self, record: records.Record) -> None:
        """Delete a record and what hangs on it."""
        self.rows[type(record)].pop(tables.key_of(record), None)
        if isinstance(record, records.Section):
            self.sessions.pop(record.id, None)
            self.answers = {place: kept for place, kept in self.answers.items() if place[0] != record.id}
        if isinstance(record, records.Reminder):
            self.leases.pop(record.id, None)
        if isinstance(record, records.Assessment):
            for kind in tables.OF_AN_ASSESSMENT:
                self.remove_where(kind, assessment=record.id)

    def remove_where(self, kind: type[records.Record], **fields: Any) -> None:
        """Delete the records whose fields have these values."""
        for record in self.where(kind, **fields):
            self.remove(record)

    def where(self, kind: type[R], **fields: Any) -> list[R]:
        """The records whose fields have these values."""
        return [
            record
            for record in self.all(kind)
            if all(getattr(record, field) == value for field, value in fields.items())
        ]

    def session(self, section: str) -> nouns.Session | None:
        """A session with its answers in the order of their keys."""
        session = self.sessions.get(section)
        if session is None:
            return None
        answers = {key: self.answers[place, key] for place, key in sorted(self.answers) if place == section}
        return msgspec.structs.replace(session, answers=answers)

    # --- changes ---

    def apply(self, change: port.Change) -> None:
        """Make one change; `Conflict` where it does not fit what is there."""
        match change:
            case port.Put(record):
                self.put(record)
            case port.PutNew(record):
                if tables.key_of(record) in self.rows[type(record)]:
                    raise port.Conflict(f"This {tables.TABLES[type(record)].name} is there already.")
                self.put(record)
            case port.Unchanged(record):
                if self.one(type(record), *tables.key_of(record)) != faithful(record):
                    raise port.Conflict(f"This {tables.TABLES[type(record)].name} was changed meanwhile.")
            case port.Remove(record):
                self.remove(record)
            case port.Handled(update_id):
                self._handle(update_id)
            case port.UseInvitation():
                self._use(change)
            case port.PutSession():
                self._put_session(change)
            case port.PutAnswer(section, key, answer):
                self.answers[section, key] = faithful(answer)
            case port.DropAnswer(section, key):
                self.answers.pop((section, key), None)
            case port.Forget(person, pseudonym):
                self._forget(person, pseudonym)
            case _:
                raise port.StorageError(f"No storage knows the change {type(change).__name__}.")

    def _handle(self, update_id: int) -> None:
        if update_id in self.handled:
            raise port.AlreadyHandled("This update was handled before.")
        self.rows[records.Received].pop((update_id,), None)
        self.handled[update_id] = None
        while len(self.handled) > limits.HANDLED_KEPT:
            del self.handled[next(iter(self.handled))]

    def _use(self, change: port.UseInvitation) -> None:
        invitation = self.one(records.Invitation, change.token_hash)
        at = packing.utc(change.at)
        if invitation is None or not tables.usable(invitation, at):
            raise port.Conflict("This invitation is used, expired or withdrawn.")
        self.put(msgspec.structs.replace(invitation, used_by=change.person, used_at=at))

    def _put_session(self, change: port.PutSession) -> None:
        kept = self.sessions.get(change.section)
        if (kept.revision if kept else -1) != change.before:
            raise port.Conflict("This section was changed meanwhile.")
        self.sessions[change.section] = faithful(msgspec.structs.replace(change.session, answers={}))

    def _forget(self, person: int, pseudonym: str) -> None:
        for kind, table in tables.TABLES.items():
            if table.theirs:
                self.remove_where(kind, **{table.people[0]: person})
            else:
                rows = self.rows[kind]
                self.rows[kind] = {key: tables.without(row, person) for key, row in rows.items()}
        by = str(person)
        self.sessions = {
            section: packing.without(session, by, pseudonym) for section, session in self.sessions.items()
        }
        for place, answer in self.answers.items():
            if answer.by == by:
                self.answers[place] = msgspec.structs.replace(answer, by=pseudonym)


class MemoryStorage(alone.Alone):
    """`port.Storage` without a disk; what was committed stays through `close` and `open`, as on one."""

    def __init__(self) -> None:
        super().__init__()
        self._contents = Contents()
        self._is_open = False

    async def open(self) -> None:
        """Begin; there is nothing to check."""
        self._is_open = True

    async def close(self) -> None:
        """End; nothing is under way."""
        self._is_open = False

    @property
    def _kept(self) -> Contents:
        if not self._is_open:
            raise port.StorageError("The storage is not open.")
        return self._contents

    async def commit(self, changes: Sequence[port.Change]) -> None:
        """All or nothing."""
        contents = Contents(self._kept)
        for change in changes:
            contents.apply(change)
        self._contents = contents

    async def person(self, person: int) -> records.Person | None:
        """One person."""
        return self._kept.one(records.Person, person)

    async def people(self, assessment: str) -> Sequence[records.Person]:
        """Everyone who has a part in an assessment, by name."""
        parts = {part.person for part in self._kept.where(records.Membership, assessment=assessment)}
        people = [person for person in self._kept.all(records.Person) if person.id in parts]
        return sorted(people, key=lambda person: (person.name, person.id))

    async def assessment(self, assessment: str) -> records.Assessment | None:
        """One assessment."""
        return self._kept.one(records.Assessment, assessment)

    async def assessments(self) -> Sequence[records.Assessment]:
        """All assessments, oldest first."""
        return by_age(self._kept.all(records.Assessment), lambda row: (row.created_at, row.id))

    async def assessment_of_group(self, chat: int) -> records.Assessment | None:
        """The assessment to which a group is linked."""
        found = self._kept.all(records.Assessment)
        return next((one for one in found if any(group.chat == chat for group in one.groups)), None)

    async def assessments_over(self, now: dt.datetime) -> Sequence[records.Assessment]:
        """Those that have been kept long enough, the one that waits longest first."""
        found = [
            (one.keep_until, one.id, one) for one in self._kept.all(records.Assessment) if one.keep_until
        ]
        return [
            one for until, _, one in sorted(found, key=lambda each: each[:2]) if until <= packing.utc(now)
        ]

    async def memberships(
        self, *, assessment: str | None = None, person: int | None = None
    ) -> Sequence[records.Membership]:
        """Parts in an assessment, or of a person, or both; by role and branch."""
        wanted = {"assessment": assessment, "person": person}
        given = {field: value for field, value in wanted.items() if value is not None}
        parts = self._kept.where(records.Membership, **given)
        return sorted(parts, key=lambda part: (part.role, part.branch, part.assessment, part.person))

    async def invitation(self, token_hash: str) -> records.Invitation | None:
        """One invitation by the hash of its token."""
        return self._kept.one(records.Invitation, token_hash)

    async def invitations(self, assessment: str) -> Sequence[records.Invitation]:
        """An assessment's invitations, oldest first."""
        found = self._kept.where(records.Invitation, assessment=assessment)
        return by_age(found, lambda row: (row.created_at, row.token_hash))

    async def delegation(self, token_hash: str) -> records.Delegation | None:
        """One delegation by the hash of its link's token."""
        return self._kept.one(records.Delegation, token_hash)

    async def delegations(self, assessment: str) -> Sequence[records.Delegation]:
        """An assessment's delegations, those that are over too, oldest first."""
        found = self._kept.where(records.Delegation, assessment=assessment)
        return by_age(found, lambda row: (row.asked_at, row.token_hash))

    async def section(self, section: str) -> records.Section | None:
        """One section."""
        return self._kept.one(records.Section, section)

    async def sections(self, assessment: str) -> Sequence[records.Section]:
        """An assessment's sections by flow and branch."""
        found = self._kept.where(records.Section, assessment=assessment)
        return sorted(found, key=lambda row: (row.flow, row.branch, row.id))

    async def session(self, section: str) -> nouns.Session | None:
        """A section's session with its answers; None before the first turn."""
        return self._kept.session(section)

    async def sessions(self, assessment: str) -> dict[str, nouns.Session]:
        """Every begun session of an assessment by section id."""
        found = {row.id: self._kept.session(row.id) for row in await self.sections(assessment)}
        return {section: session for section, session in found.items() if session is not None}

    async def conversation(self, person: int) -> records.Conversation | None:
        """What a person's chat is about."""
        return self._kept.one(records.Conversation, person)

    async def correspondent(
        self, person: int
    ) -> tuple[records.Person | None, records.Conversation | None, records.Screen | None]:
        """Who writes, what their chat is about, and the screen that stands there."""
        talk = await self.conversation(person)
        stands = await self.screen(talk.screen) if talk is not None and talk.screen else None
        return await self.person(person), talk, stands

    async def screen(self, token: str) -> records.Screen | None:
        """A screen by the token in its buttons."""
        return self._kept.one(records.Screen, token)

    async def screens(self, person: int) -> Sequence[records.Screen]:
        """The screens of a person that are kept, oldest first."""
        return self._kept.where(records.Screen, person=person)

    async def waiting(self) -> Sequence[records.Received]:
        """Updates that were received and not yet handled, in the order of their ids."""
        return sorted(self._kept.all(records.Received), key=lambda row: row.update_id)

    async def outgoing(
        self, *, due: dt.datetime, limit: int, person: int | None = None
    ) -> Sequence[records.Outgoing]:
        """Messages due by then, of one person or of all, in the order of their ids."""
        due = packing.utc(due)
        rows = self._kept.all(records.Outgoing)
        found = [row for row in rows if row.due_at is None or row.due_at <= due]
        found = [row for row in found if person is None or row.person == person]
        return sorted(found, key=lambda row: row.id)[:limit]

    async def enlist(self, *, alone: bool) -> None:
        """Nobody else can be here."""

    async def claim_received(self, person: int) -> records.Received | None:
        """The first update of a person's that waits."""
        return next((row for row in await self.waiting() if row.person == person), None)

    async def claim_outgoing(self, person: int, lane: str) -> records.Outgoing | None:
        """The first message of a person's lane that waits."""
        found = self._kept.where(records.Outgoing, person=person, lane=lane)
        return min(found, key=lambda row: row.id, default=None)

    async def left_received(self) -> Sequence[int]:
        """People whose updates wait."""
        return list(dict.fromkeys(row.person for row in self._kept.all(records.Received)))

    async def left_outgoing(self) -> Sequence[port.Lane]:
        """Lanes in which messages wait."""
        return list(dict.fromkeys((row.person, row.lane) for row in self._kept.all(records.Outgoing)))

    async def claim_reminders(
        self, *, due: dt.datetime, lease: dt.timedelta, limit: int
    ) -> Sequence[records.Reminder]:
        """Due reminders that nobody else holds, leased to the caller until `due + lease`, oldest first."""
        due, leases = packing.utc(due), self._kept.leases
        free = [
            row
            for row in self._kept.all(records.Reminder)
            if row.due_at <= due and (row.id not in leases or leases[row.id] <= due)
        ]
        claimed = sorted(free, key=lambda row: (row.due_at, row.id))[:limit]
        leases.update({row.id: due + lease for row in claimed})
        return claimed

    async def reminders(self, assessment: str) -> Sequence[records.Reminder]:
        """An assessment's reminders by due time."""
        found = self._kept.where(records.Reminder, assessment=assessment)
        return sorted(found, key=lambda row: (row.due_at, row.id))

    async def reminders_of(self, person: int) -> Sequence[records.Reminder]:
        """A person's reminders in all assessments by due time."""
        found = self._kept.where(records.Reminder, person=person)
        return sorted(found, key=lambda row: (row.due_at, row.id))

    async def next_reminder(self) -> dt.datetime | None:
        """When the next reminder is due, leased or not; None where there is none."""
        return min((row.due_at for row in self._kept.all(records.Reminder)), default=None)

    async def plan_files(self, assessment: str) -> Sequence[records.PlanFile]:
        """Issued plans without their files and their data, oldest first."""
        found = self._kept.where(records.PlanFile, assessment=assessment)
        bare = [msgspec.structs.replace(row, body=b"", plan=b"") for row in found]
        return sorted(bare, key=lambda row: (row.made_at, row.version))

    async def plan_file(self, assessment: str, version: str) -> records.PlanFile | None:
        """One issued plan with its file and its data."""
        return self._kept.one(records.PlanFile, assessment, version)

    async def sign_offs(self, assessment: str) -> Sequence[records.SignOff]:
        """An assessment's record of sign-off, in the order of its lines."""
        found = self._kept.where(records.SignOff, assessment=assessment)
        return sorted(found, key=lambda line: line.number)

    async def audit_lines(self, assessment: str) -> Sequence[records.AuditLine]:
        """An assessment's record of deeds, in the order of its lines."""
        found = self._kept.where(records.AuditLine, assessment=assessment)
        return sorted(found, key=lambda line: line.number)

    async def audit_head(self, assessment: str) -> records.AuditLine | None:
        """The last line of an assessment's record of deeds."""
        return next(reversed(await self.audit_lines(assessment)), None)

    async def surveys(self, assessment: str) -> Sequence[records.Survey]:
        """The surveys of an assessment in every version, without their definitions, oldest first."""
        found = self._kept.where(records.Survey, assessment=assessment)
        bare = [msgspec.structs.replace(row, form="", definition=None) for row in found]
        return sorted(bare, key=lambda row: (row.added_at, row.flow, row.version))

    async def survey(self, assessment: str, flow: str, version: str) -> records.Survey | None:
        """One version of a survey with its definition."""
        return self._kept.one(records.Survey, assessment, flow, version)

    async def template(self, assessment: str, state: str) -> records.Template | None:
        """The Word template that is used or proposed in an assessment, with the file."""
        return self._kept.one(records.Template, assessment, state)

    async def alert(self, trouble: str) -> records.Alert | None:
        """When the owners were last told of a trouble."""
        return self._kept.one(records.Alert, trouble)

    async def about(self, person: int) -> dict[str, list[dict[str, object]]]:
        """Everything kept about a person, by kind of record, as plain JSON values."""
        kept = self._kept
        found: list[tuple[str, dict[str, object]]] = [
            (table.name, tables.shown(record))
            for kind, table in tables.TABLES.items()
            for record in kept.all(kind)
            if any(getattr(record, field) == person for field in table.people)
        ]
        for section, session in sorted(kept.sessions.items()):
            if session.proposed is not None and session.proposed.by == str(person):
                found.append(("proposed", {"section": section, **packing.plain(session.proposed)}))
            for key, rival in packing.rivals(session, str(person)).items():
                found.append(("rival", {"section": section, "key": key, **packing.plain(rival)}))
        for (section, key), answer in sorted(kept.answers.items()):
            if answer.by == str(person):
                found.append(("answer", {"section": section, "key": key, **packing.plain(answer)}))
        return tables.by_kind(found)


def faithful(value: R | nouns.Answer | nouns.Session) -> Any:
    """The value as it comes back from a disk."""
    return packing.unpack(packing.pack(value), type(value))


def by_age(found: list[R], age: Callable[[R], tuple[dt.datetime | None, str]]) -> list[R]:
    """Oldest first, those without a time before all."""

    def known_last(row: R) -> tuple[bool, tuple[dt.datetime | None, str]]:
        return age(row)[0] is not None, age(row)

    return sorted(found, key=known_last)
