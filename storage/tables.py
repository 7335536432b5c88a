"""Which fields make a record's key and which others stay readable, so that rows can be found; the rest is sealed."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from storage import packing, records

R = TypeVar("R", bound=records.Record)


class Table(msgspec.Struct, frozen=True):
    """Where records of one kind lie."""

    name: str
    record: type[records.Record]
    key: tuple[str, ...]
    plain: tuple[str, ...] = ()
    """Columns beside the key by which rows are found, ordered or counted."""
    people: tuple[str, ...] = ()
    """Columns that name a person."""
    theirs: bool = False
    """Whether the record goes when that person is forgotten; else it stays without them."""
    telling: tuple[tuple[str, str], ...] = ()
    """Fields that tell of a person beside the column that names them, and go with it."""
    counted: str = ""
    """A column in which the database counts the rows as they are put, where their order matters."""
    leased: str = ""
    """A column that says until when somebody holds the row."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every readable column."""
        return self.key + self.plain


TABLES: dict[type[records.Record], Table] = {
    table.record: table
    for table in (
        Table("person", records.Person, ("id",), people=("id",), theirs=True),
        Table(
            "assessment",
            records.Assessment,
            ("id",),
            ("created_by", "created_at"),
            people=("created_by",),
        ),
        Table(
            "membership",
            records.Membership,
            ("assessment", "person", "role", "branch"),
            people=("person",),
            theirs=True,
        ),
        Table(
            "invitation",
            records.Invitation,
            ("token_hash",),
            ("assessment", "created_by", "created_at", "used_by"),
            people=("created_by", "used_by"),
            telling=(("used_by", "name"),),
        ),
        Table(
            "delegation",
            records.Delegation,
            ("token_hash",),
            ("assessment", "section", "asked_by", "asked_at", "colleague"),
            people=("asked_by", "colleague"),
            telling=(("colleague", "place"),),
        ),
        Table(
            "section",
            records.Section,
            ("id",),
            ("assessment", "flow", "branch", "owner"),
            people=("owner",),
        ),
        Table("conversation", records.Conversation, ("person",), people=("person",), theirs=True),
        Table(
            "screen",
            records.Screen,
            ("token",),
            ("person",),
            people=("person",),
            theirs=True,
            counted="sequence",
        ),
        Table("received", records.Received, ("update_id",), ("person",), people=("person",), theirs=True),
        Table(
            "outgoing",
            records.Outgoing,
            ("id",),
            ("person", "lane", "due_at"),
            people=("person",),
            theirs=True,
        ),
        Table(
            "reminder",
            records.Reminder,
            ("id",),
            ("assessment", "person", "due_at"),
            people=("person",),
            theirs=True,
            leased="leased_until",
        ),
        Table(
            "sign_off",
            records.SignOff,
            ("assessment", "number"),
            ("made_at", "made_by", "person"),
            people=("made_by", "person"),
        ),
        Table(
            "audit_line",
            records.AuditLine,
            ("assessment", "number"),
            ("made_at", "made_by", "person"),
            people=("made_by", "person"),
            telling=(("made_by", "maker_salt"), ("person", "person_salt")),
        ),
        Table(
            "plan_file",
            records.PlanFile,
            ("assessment", "version"),
            ("made_at", "made_by", "sha256", "language", "content"),
            people=("made_by",),
        ),
        Table(
            "survey",
            records.Survey,
            ("assessment", "flow", "version"),
            ("added_at", "added_by"),
            people=("added_by",),
        ),
        Table(
            "template",
            records.Template,
            ("assessment", "state"),
            ("sent_at", "sent_by", "sha256"),
            people=("sent_by",),
        ),
        Table("alert", records.Alert, ("trouble",), ("told_at",)),
    )
}

OF_AN_ASSESSMENT: tuple[type[records.Record], ...] = (
    records.Membership,
    records.Invitation,
    records.Delegation,
    records.Section,
    records.Reminder,
    records.SignOff,
    records.AuditLine,
    records.PlanFile,
    records.Survey,
    records.Template,
)
"""What goes with an assessment when it is removed."""


def key_of(record: records.Record) -> tuple[Any, ...]:
    """The values of a record's key fields."""
    return tuple(getattr(record, field) for field in TABLES[type(record)].key)


@functools.cache
def defaults(kind: type[records.Record]) -> Mapping[str, Any]:
    """The fields of a kind of record with what stands in them where nothing was said."""
    return {field.name: field.default for field in msgspec.structs.fields(kind)}


def usable(invitation: records.Invitation, at: dt.datetime) -> bool:
    """Whether an invitation may be used at that time; a used one stays used when its person is forgotten."""
    used = invitation.used_at is not None or invitation.used_by is not None
    expired = invitation.expires_at is not None and invitation.expires_at <= at
    return not (used or expired or invitation.revoked)


def without(record: R, person: int) -> R:
    """A record that stays when a person is forgotten, without them."""
    table, usual = TABLES[type(record)], defaults(type(record))
    gone = [name for name in table.people if getattr(record, name) == person]
    changes: dict[str, Any] = {name: None if usual[name] is None else 0 for name in gone}
    changes |= {field: usual[field] for name, field in table.telling if name in gone}
    return msgspec.structs.replace(record, **changes)


def check(record: records.Record) -> None:
    """`UnkeepableError` when one of the record's times has no time zone."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, dt.datetime):
            packing.utc(value)


def shown(record: records.Record) -> dict[str, object]:
    """A record for the eyes of the person it is about: plain JSON values, an update as Telegram sent it.

    The files that a leader had made or sent are the institution's, and left out.
    """
    if isinstance(record, records.PlanFile):
        record = msgspec.structs.replace(record, body=b"", plan=b"")
    if isinstance(record, records.Template):
        record = msgspec.structs.replace(record, body=b"")
    if isinstance(record, records.Survey):
        record = msgspec.structs.replace(record, definition=None)
    if isinstance(record, records.Delegation):
        # the one who asked may not read what the other is about to say
        record = msgspec.structs.replace(record, place=None)
    values: dict[str, object] = packing.plain(record)
    if isinstance(record, records.Received):
        values["body"] = record.body.decode(errors="replace")
    return values


def by_kind(found: Iterable[tuple[str, dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """What was found, grouped by kind of record, each group in a fixed order."""
    groups: dict[str, list[dict[str, object]]] = {}
    for kind, values in found:
        groups.setdefault(kind, []).append(values)
    return {kind: sorted(group, key=repr) for kind, group in groups.items()}
