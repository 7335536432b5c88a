"""Each change of the port as what it does to the rows."""

from __future__ import annotations

import msgspec

from storage import limits, packing, port, records, tables
from storage.sql import mentions
from storage.sql import rows as rows_


async def apply(rows: rows_.Rows, change: port.Change) -> None:
    """Make one change inside the transaction; `Conflict` where it does not fit what is there."""
    match change:
        case port.Put(record) | port.PutNew(record):
            await _put(rows, record, new=isinstance(change, port.PutNew))
        case port.Unchanged(record):
            if await rows.one(type(record), *tables.key_of(record)) != record:
                raise port.Conflict(f"This {tables.TABLES[type(record)].name} was changed meanwhile.")
        case port.Remove(record):
            await _remove(rows, record)
        case port.Handled(update_id):
            await _handle(rows, update_id)
        case port.UseInvitation():
            await _use(rows, change)
        case port.PutSession(section, session, before):
            kept = await rows.read("revision", section=section)
            if (kept[0]["revision"] if kept else -1) != before:
                raise port.Conflict("This section was changed meanwhile.")
            await rows.put_session(section, session)
            await mentions.note_rivals(rows, section, session)
        case port.PutAnswer(section, key, answer):
            await rows.put_answer(section, key, answer)
        case port.DropAnswer(section, key):
            await rows.write("drop_answer", section=section, key=key)
        case port.Forget(person, pseudonym):
            await _forget(rows, person, pseudonym)
        case _:
            raise port.StorageError(f"No storage knows the change {type(change).__name__}.")


async def _put(rows: rows_.Rows, record: records.Record, *, new: bool) -> None:
    if isinstance(record, records.Received):
        await _refuse_handled(rows, record.update_id)
    await (rows.put_new if new else rows.put)(record)
    if isinstance(record, records.Screen):
        await rows.write("prune_screens", person=record.person, kept=limits.SCREENS_KEPT)
    if isinstance(record, records.Assessment):
        await mentions.note(rows, record)


async def _refuse_handled(rows: rows_.Rows, update_id: int) -> None:
    if await rows.read("is_handled", update_id=update_id):
        raise port.AlreadyHandled("This update was handled before.")


async def _handle(rows: rows_.Rows, update_id: int) -> None:
    await _refuse_handled(rows, update_id)
    await rows.write("drop_received", update_id=update_id)
    await rows.write("handle", update_id=update_id)
    if update_id % limits.HANDLED_MORE == 0:
        await rows.write("prune_handled", kept=limits.HANDLED_KEPT)


async def _use(rows: rows_.Rows, change: port.UseInvitation) -> None:
    invitation = await rows.one(records.Invitation, change.token_hash)
    at = packing.utc(change.at)
    if invitation is None or not tables.usable(invitation, at):
        raise port.Conflict("This invitation is used, expired or withdrawn.")
    await rows.put(msgspec.structs.replace(invitation, used_by=change.person, used_at=at))


async def _remove(rows: rows_.Rows, record: records.Record) -> None:
    table = tables.TABLES[type(record)]
    if isinstance(record, records.Section):
        await _remove_answers(rows, record.id)
    if isinstance(record, records.Assessment):
        await rows.write("drop_mentions", place=record.id)
        for section in await rows.where(records.Section, assessment=record.id):
            await _remove_answers(rows, section.id)
        for kind in tables.OF_AN_ASSESSMENT:
            await rows.delete(kind, assessment=record.id)
    await rows.delete(type(record), **dict(zip(table.key, tables.key_of(record), strict=True)))


async def _remove_answers(rows: rows_.Rows, section: str) -> None:
    await rows.write("drop_mentions", place=section)
    await rows.write("drop_session", section=section)
    await rows.write("drop_answers", section=section)


async def _forget(rows: rows_.Rows, person: int, pseudonym: str) -> None:
    by = str(person)
    for row in await mentions.sessions_naming(rows, person):
        session = rows.session(row, {})
        if (renamed := packing.without(session, by, pseudonym)) != session:
            await rows.put_session(row["section"], renamed)
    await rows.write("drop_mentions_of", kind=mentions.RIVAL, number=person)
    for row in await rows.read("given_by", by=by):
        answer = msgspec.structs.replace(rows.answer(row), by=pseudonym)
        await rows.put_answer(row["section"], row["key"], answer)
    for kind, table in tables.TABLES.items():
        if table.theirs:
            await rows.delete(kind, **{table.people[0]: person})
        else:
            for record in await rows.naming(kind, person):
                await rows.put(tables.without(record, person))
