"""The port: what any storage does for the bot. SQLite, PostgreSQL and memory stand behind it.

Reading is a set of questions; writing is one call, `commit`, with all the changes of a turn:
either every change is on the disk when it returns, or none is and it raises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import msgspec

from flows import nouns
from storage import pacing, records

Lane = tuple[int, str]
"""A person and a lane of theirs: messages of one lane go out one after the other."""


class StorageError(Exception):
    """The storage could not do it; the message says what is wrong and what to do."""


class UnkeepableError(StorageError):
    """No storage could ever hold it, as half an emoji or a number over 64 bits: trying again would not help."""


class Conflict(StorageError):  # noqa: N818 - a conflict is an answer to the turn, not a fault
    """Another turn changed what this one stands on; nothing was written, so it may be done again."""


class AlreadyHandled(Conflict):
    """This update's turn was committed before: there is nothing left to do."""


# --- changes ---------------------------------------------------------------------------------------


class Change(msgspec.Struct, frozen=True):
    """One write; several are committed together."""


class Put(Change, frozen=True):
    """Insert or replace a record by its key."""

    record: records.Record


class PutNew(Change, frozen=True):
    """Insert a record; `Conflict` when its key is taken."""

    record: records.Record


class Unchanged(Change, frozen=True):
    """Write nothing; `Conflict` unless this record is kept just so, as the turn read it."""

    record: records.Record


class Remove(Change, frozen=True):
    """Delete a record; its key fields are what counts. Nothing happens when it is not there."""

    record: records.Record


class Handled(Change, frozen=True):
    """Note that an update's turn is done and forget its body; `AlreadyHandled` when it was done before."""

    update_id: int


class UseInvitation(Change, frozen=True):
    """Use up an invitation; `Conflict` unless it is unused, unrevoked and unexpired at that time."""

    token_hash: str
    person: int
    at: dt.datetime


class PutSession(Change, frozen=True):
    """Keep a section's session without its answers; `Conflict` unless its kept revision is `before`."""

    section: str
    session: nouns.Session
    before: int
    """The revision that this turn began with; -1 for a new session."""


class PutAnswer(Change, frozen=True):
    """Keep one answer of a section."""

    section: str
    key: str
    answer: nouns.Answer


class DropAnswer(Change, frozen=True):
    """Delete one answer of a section."""

    section: str
    key: str


class Forget(Change, frozen=True):
    """Erase a person: name, conversation, screens, messages, reminders, memberships.

    Answers stay, with `pseudonym` in the place of who gave them; sections they owed lose their owner.
    """

    person: int
    pseudonym: str


# --- the port --------------------------------------------------------------------------------------


class Storage(Protocol):
    """Where everything is kept. Times are aware datetimes in UTC; lists come in a stated order."""

    async def open(self) -> None:
        """Connect, check that the storage is whole and writable, bring its schema up to date."""

    async def close(self) -> None:
        """Finish what is being written and let go."""

    async def commit(self, changes: Sequence[Change]) -> None:
        """Write all or nothing; returns when it is durable. Concurrent commits may share a transaction."""

    # Workers: processes that run the bot on this storage. What one claims nobody else is given, until it is
    # done, or the worker ends, or it gives no sign of life for `limits.SILENT_SECONDS`.

    async def enlist(self, *, alone: bool) -> None:
        """Begin to work; `StorageError` beside another worker where one of the two must be alone."""

    async def beat(self) -> None:
        """Give a sign of life."""

    @property
    def holds(self) -> bool:
        """Whether this worker still has what it claimed: not when its last sign of life is too long ago."""

    async def claim_received(self, person: int) -> records.Received | None:
        """The first update of a person's that waits; None where there is none or another worker is at it."""

    async def claim_outgoing(self, person: int, lane: str) -> records.Outgoing | None:
        """The first message of a person's lane; None where there is none or another worker is at it."""

    async def left_received(self) -> Sequence[int]:
        """People whose updates wait and whom no other worker is at."""

    async def left_outgoing(self) -> Sequence[Lane]:
        """Lanes in which messages wait and that no other worker is at."""

    @property
    def rank(self) -> int:
        """How many older workers lived at the last sign of life: 0 for the one that speaks for all."""

    async def reserve(self, bucket: int, pace: pacing.Pace) -> float:
        """Take one from a bucket that all workers share; returns the seconds until it may be spent."""

    async def person(self, person: int) -> records.Person | None:
        """One person."""

    async def people(self, assessment: str) -> Sequence[records.Person]:
        """Everyone who has a part in an assessment, by name."""

    async def assessment(self, assessment: str) -> records.Assessment | None:
        """One assessment."""

    async def assessments(self) -> Sequence[records.Assessment]:
        """All assessments, oldest first (export, doctor)."""

    async def assessment_of_group(self, chat: int) -> records.Assessment | None:
        """The assessment to which a group is linked."""

    async def assessments_over(self, now: dt.datetime) -> Sequence[records.Assessment]:
        """Those that have been kept long enough, the one that waits longest first."""

    async def memberships(
        self, *, assessment: str | None = None, person: int | None = None
    ) -> Sequence[records.Membership]:
        """Parts in an assessment, or of a person, or both; by role and branch."""

    async def invitation(self, token_hash: str) -> records.Invitation | None:
        """One invitation by the hash of its token."""

    async def invitations(self, assessment: str) -> Sequence[records.Invitation]:
        """An assessment's invitations, oldest first."""

    async def delegation(self, token_hash: str) -> records.Delegation | None:
        """One delegation by the hash of its link's token."""

    async def delegations(self, assessment: str) -> Sequence[records.Delegation]:
        """An assessment's delegations, those that are over too, oldest first."""

    async def section(self, section: str) -> records.Section | None:
        """One section."""

    async def sections(self, assessment: str) -> Sequence[records.Section]:
        """An assessment's sections by flow and branch."""

    async def session(self, section: str) -> nouns.Session | None:
        """A section's session with its answers; None before the first turn."""

    async def sessions(self, assessment: str) -> dict[str, nouns.Session]:
        """Every begun session of an assessment by section id, in one read."""

    async def conversation(self, person: int) -> records.Conversation | None:
        """What a person's chat is about."""

    async def correspondent(
        self, person: int
    ) -> tuple[records.Person | None, records.Conversation | None, records.Screen | None]:
        """Who writes, what their chat is about, and the screen that stands there: what every turn begins with."""

    async def screen(self, token: str) -> records.Screen | None:
        """A screen by the token in its buttons."""

    async def screens(self, person: int) -> Sequence[records.Screen]:
        """The screens of a person that are kept, oldest first."""

    async def waiting(self) -> Sequence[records.Received]:
        """Updates that were received and not yet handled, in the order of their ids."""

    async def outgoing(
        self, *, due: dt.datetime, limit: int, person: int | None = None
    ) -> Sequence[records.Outgoing]:
        """Messages due by then, of one person or of all, in the order of their ids."""

    async def claim_reminders(
        self, *, due: dt.datetime, lease: dt.timedelta, limit: int
    ) -> Sequence[records.Reminder]:
        """Due reminders that nobody else holds, leased to the caller until `due + lease`, oldest first."""

    async def reminders(self, assessment: str) -> Sequence[records.Reminder]:
        """An assessment's reminders by due time."""

    async def reminders_of(self, person: int) -> Sequence[records.Reminder]:
        """A person's reminders in all assessments by due time."""

    async def next_reminder(self) -> dt.datetime | None:
        """When the next reminder is due, leased or not; None where there is none."""

    async def plan_files(self, assessment: str) -> Sequence[records.PlanFile]:
        """Issued plans without their files and their data, oldest first."""

    async def plan_file(self, assessment: str, version: str) -> records.PlanFile | None:
        """One issued plan with its file and its data."""

    async def sign_offs(self, assessment: str) -> Sequence[records.SignOff]:
        """An assessment's record of sign-off, in the order of its lines."""

    async def audit_lines(self, assessment: str) -> Sequence[records.AuditLine]:
        """An assessment's record of deeds, in the order of its lines."""

    async def audit_head(self, assessment: str) -> records.AuditLine | None:
        """The last line of an assessment's record of deeds."""

    async def surveys(self, assessment: str) -> Sequence[records.Survey]:
        """The surveys of an assessment in every version, without their definitions, oldest first."""

    async def survey(self, assessment: str, flow: str, version: str) -> records.Survey | None:
        """One version of a survey with its definition."""

    async def template(self, assessment: str, state: str) -> records.Template | None:
        """The Word template that is used or proposed in an assessment, with the file."""

    async def alert(self, trouble: str) -> records.Alert | None:
        """When the owners were last told of a trouble."""

    async def about(self, person: int) -> dict[str, list[dict[str, object]]]:
        """Everything kept about a person, by kind of record, as plain JSON values (for /mydata)."""
