"""Which changes of a turn are deeds for the record, found in the changes themselves: no handler can forget one.

Answers are no deeds: the answer log says who gave them. Neither are messages, screens and reminders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.people import access
from storage import chain, port, records

ANSWERING = frozenset({"not_started", "in_progress"})
"""States of a section between which its owner moves by answering; every other state was somebody's decision."""


async def lines(
    storage: port.Storage, changes: Sequence[port.Change], *, by: int, at: dt.datetime
) -> list[port.Change]:
    """The lines that these changes add to the records of their assessments.

    Two turns that add a line at the same moment clash, and one of them is done again.
    """
    if any(isinstance(change, port.Forget) and change.person == by for change in changes):
        by = 0
    added: list[port.Change] = []
    heads: dict[str, records.AuditLine | None] = {}
    removed = {
        change.record.id
        for change in changes
        if isinstance(change, port.Remove) and isinstance(change.record, records.Assessment)
    }
    for change in changes:
        for deed in await _deeds(storage, change):
            if deed.assessment in removed:
                continue
            if deed.assessment not in heads:
                heads[deed.assessment] = await storage.audit_head(deed.assessment)
            line = chain.line(deed, by=by, at=at, before=heads[deed.assessment])
            heads[deed.assessment] = line
            added.append(port.PutNew(line))
    return added


async def _deeds(storage: port.Storage, change: port.Change) -> list[chain.Deed]:
    match change:
        case port.Put(record) | port.PutNew(record):
            return await _kept(storage, record)
        case port.Remove(records.Membership() as part):
            return [chain.Deed(part.assessment, "left", _seat(part.role, part.branch), part.person)]
        case port.Remove(records.Template() as template):
            return [chain.Deed(template.assessment, "template removed", template.sha256)]
        case port.UseInvitation(token_hash):
            used = await storage.invitation(token_hash)
            return (
                [] if used is None else [chain.Deed(used.assessment, "came", _seat(used.role, used.branch))]
            )
        case port.Forget(person):
            parts = await storage.memberships(person=person)
            return [chain.Deed(name, "erased") for name in sorted({part.assessment for part in parts})]
        case _:
            return []


async def _kept(storage: port.Storage, record: records.Record) -> list[chain.Deed]:
    match record:
        case records.Membership(role=access.FORMER):
            return []  # that they left is a deed of its own
        case records.Membership(assessment, person, role, branch):
            held = await storage.memberships(assessment=assessment, person=person)
            taken = all((part.role, part.branch) != (role, branch) for part in held)
            return [chain.Deed(assessment, "joined", _seat(role, branch), person)] if taken else []
        case records.Invitation():
            return [_invited(record)] if record.used_at is None else []
        case records.Delegation():
            return [chain.Deed(record.assessment, record.end or "handed on", record.section)]
        case records.Section():
            return await _section(storage, record)
        case records.SignOff():
            return [chain.Deed(record.assessment, f"sign-off {record.kind}", record.digest, record.person)]
        case records.PlanFile():
            return [chain.Deed(record.assessment, "plan made", f"{record.version} {record.sha256}")]
        case records.Survey():
            return [chain.Deed(record.assessment, "survey added", f"{record.flow} {record.version}")]
        case records.Template():
            return [chain.Deed(record.assessment, f"template {record.state}", record.sha256)]
        case records.Assessment():
            return list(_assessment(await storage.assessment(record.id), record))
        case _:
            return []


async def _section(storage: port.Storage, record: records.Section) -> list[chain.Deed]:
    before = await storage.section(record.id) if record.state not in ANSWERING else None
    if record.state in ANSWERING or (before is not None and before.state == record.state):
        return []
    return [chain.Deed(record.assessment, f"section {record.state}", record.id, record.owner or 0)]


def _invited(record: records.Invitation) -> chain.Deed:
    what = "link withdrawn" if record.revoked else "link made"
    return chain.Deed(record.assessment, what, _seat(record.role, record.branch))


def _assessment(before: records.Assessment | None, after: records.Assessment) -> Iterator[chain.Deed]:
    if before is None:
        yield chain.Deed(after.id, "created")
        return
    if before.state != after.state:
        yield chain.Deed(after.id, f"assessment {after.state}")
    for what in ("institution", "branches", "closed", "groups", "assumptions", "reminders"):
        if getattr(before, what) != getattr(after, what):
            yield chain.Deed(after.id, f"{what} changed")


def _seat(role: str, branch: str) -> str:
    return f"{role} {branch}".strip()
