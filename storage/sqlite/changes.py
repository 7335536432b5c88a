"""Each change of the port as what it does to the rows."""

from __future__ import annotations

import msgspec

from storage import limits, packing, port, records, tables
from storage.sqlite import rows as rows_


def apply(rows: rows_.Rows, change: port.Change) -> None:
    """Make one change inside the transaction; `Conflict` where it does not fit what is there."""
    match change:
        case port.Put(record) | port.PutNew(record):
            _put(rows, record, new=isinstance(change, port.PutNew))
        case port.Unchanged(record):
            if rows.one(type(record), *tables.key_of(record)) != record:
                raise port.Conflict(f"This {tables.TABLES[type(record)].name} was changed meanwhile.")
        case port.Remove(record):
            _remove(rows, record)
        case port.Handled(update_id):
            _handle(rows, update_id)
        case port.UseInvitation():
            _use(rows, change)
        case port.PutSession(section, session, before):
            kept = rows.write("revision", section=section).fetchone()
            if (kept["revision"] if kept else -1) != before:
                raise port.Conflict("This section was changed meanwhile.")
            rows.put_session(section, session)
        case port.PutAnswer(section, key, answer):
            rows.put_answer(section, key, answer)
        case port.DropAnswer(section, key):
            rows.write("drop_answer", section=section, key=key)
        case port.DropReminders(assessment, person):
            rows.write("drop_reminders", assessment=assessment, person=person)
        case port.Forget(person, pseudonym):
            _forget(rows, person, pseudonym)
        case _:
            raise port.StorageError(f"No storage knows the change {type(change).__name__}.")


def _put(rows: rows_.Rows, record: records.Record, *, new: bool) -> None:
    if isinstance(record, records.Received):
        _refuse_handled(rows, record.update_id)
    (rows.put_new if new else rows.put)(record)
    if isinstance(record, records.Screen):
        rows.write("prune_screens", person=record.person, kept=limits.SCREENS_KEPT)


def _refuse_handled(rows: rows_.Rows, update_id: int) -> None:
    if rows.write("is_handled", update_id=update_id).fetchone():
        raise port.AlreadyHandled("This update was handled before.")


def _handle(rows: rows_.Rows, update_id: int) -> None:
    _refuse_handled(rows, update_id)
    rows.write("drop_received", update_id=update_id)
    rows.write("handle", update_id=update_id)
    rows.write("prune_handled", kept=limits.HANDLED_KEPT)


def _use(rows: rows_.Rows, change: port.UseInvitation) -> None:
    invitation = rows.one(records.Invitation, change.token_hash)
    at = packing.utc(change.at)
    if invitation is None or not tables.usable(invitation, at):
        raise port.Conflict("This invitation is used, expired or withdrawn.")
    rows.put(msgspec.structs.replace(invitation, used_by=change.person, used_at=at))


def _remove(rows: rows_.Rows, record: records.Record) -> None:
    table = tables.TABLES[type(record)]
    if isinstance(record, records.Section):
        _remove_answers(rows, record.id)
    if isinstance(record, records.Assessment):
        for section in rows.where(records.Section, assessment=record.id):
            _remove_answers(rows, section.id)
        for kind in tables.OF_AN_ASSESSMENT:
            rows.delete(kind, assessment=record.id)
    rows.delete(type(record), **dict(zip(table.key, tables.key_of(record), strict=True)))


def _remove_answers(rows: rows_.Rows, section: str) -> None:
    rows.write("drop_session", section=section)
    rows.write("drop_answers", section=section)


def _forget(rows: rows_.Rows, person: int, pseudonym: str) -> None:
    # what a reviewer proposed lies sealed within sessions: there it is found by reading them
    for row in rows.read("every_session"):
        session = rows.session(row, {})
        if packing.rivals(session, str(person)):
            rows.put_session(row["section"], packing.without(session, str(person), pseudonym))
    for kind, table in tables.TABLES.items():
        if table.theirs:
            rows.delete(kind, **{table.people[0]: person})
    for section in rows.where(records.Section, owner=person):
        rows.put(msgspec.structs.replace(section, owner=None))
    for assessment in rows.where(records.Assessment, created_by=person):
        rows.put(msgspec.structs.replace(assessment, created_by=0))
    for invitation in rows.where(records.Invitation, created_by=person):
        rows.put(msgspec.structs.replace(invitation, created_by=0))
    for invitation in rows.where(records.Invitation, used_by=person):
        rows.put(msgspec.structs.replace(invitation, used_by=None, name=""))
    for delegation in rows.where(records.Delegation, asked_by=person):
        rows.put(msgspec.structs.replace(delegation, asked_by=0))
    for delegation in rows.where(records.Delegation, colleague=person):
        rows.put(msgspec.structs.replace(delegation, colleague=None, place=None))
    for line in rows.where(records.SignOff, made_by=person):
        rows.put(msgspec.structs.replace(line, made_by=0))
    for line in rows.where(records.SignOff, person=person):
        rows.put(msgspec.structs.replace(line, person=0))
    for plan in rows.where(records.PlanFile, made_by=person):
        rows.put(msgspec.structs.replace(plan, made_by=0))
    for survey in rows.where(records.Survey, added_by=person):
        rows.put(msgspec.structs.replace(survey, added_by=0))
    for template in rows.where(records.Template, sent_by=person):
        rows.put(msgspec.structs.replace(template, sent_by=0))
    rows.write("rename_answers", by=str(person), pseudonym=pseudonym)
    rows.write("rename_proposals", by=str(person), pseudonym=pseudonym)
