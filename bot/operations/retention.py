"""The end of an assessment: closed, kept for a while as its people were promised, then erased with those who were nowhere else."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import msgspec
import structlog

from bot.people import access
from flows import lifecycles
from storage import port, records

log = structlog.get_logger()

KEPT = dt.timedelta(days=365)
"""How long the answers of a closed assessment are kept, as /privacy says."""

WARNED = dt.timedelta(days=30)
"""How long before they are erased the owners hear of it: time for a holiday and a meeting."""


def archived(assessment: records.Assessment, now: dt.datetime) -> records.Assessment:
    """The assessment closed from now on; groups see its counts no more."""
    state = lifecycles.next_state("assessment", assessment.state, "archive")
    return msgspec.structs.replace(assessment, state=state, keep_until=now + KEPT, groups=())


def kept_longer(assessment: records.Assessment) -> records.Assessment:
    """A closed assessment that is kept a while more."""
    until = assessment.keep_until
    return msgspec.structs.replace(assessment, keep_until=until + KEPT if until is not None else None)


def warnings(assessment: records.Assessment, owners: Iterable[int]) -> list[records.Reminder]:
    """What tells the owners in time that it is going to be erased."""
    until = assessment.keep_until
    if until is None:
        return []
    return [
        records.Reminder(f"{assessment.id}:ending:{owner}", assessment.id, owner, until - WARNED, "ending")
        for owner in owners
    ]


def announced(assessment: records.Assessment, now: dt.datetime) -> records.Assessment:
    """The assessment once its owners hear that it ends: kept from then on for as long as they were promised.

    Their word may come late, where the bot was away or its clock went wrong.
    """
    until = assessment.keep_until
    return msgspec.structs.replace(
        assessment, keep_until=max(until, now + WARNED) if until is not None else None
    )


def is_over(assessment: records.Assessment, now: dt.datetime) -> bool:
    """Whether a closed assessment's time is up."""
    until = assessment.keep_until
    return assessment.state == "archived" and until is not None and until <= now


async def sweep(storage: port.Storage, now: dt.datetime) -> int:
    """Erase what has been kept long enough; returns how many assessments went.

    Nothing goes of which an owner still has to hear: a clock that jumps a year ahead erases nothing.
    """
    over = [one for one in await storage.assessments_over(now) if is_over(one, now)]
    gone = [one for one in over if not await _unannounced(storage, one)]
    for assessment in gone:
        await storage.commit([port.Unchanged(assessment), *await erasure(storage, assessment, now)])
        log.info("assessment erased", assessment=assessment.id)
    return len(gone)


async def _unannounced(storage: port.Storage, assessment: records.Assessment) -> bool:
    """Whether an owner who can be reached has not been told yet."""
    rows = [row for row in await storage.reminders(assessment.id) if row.kind == "ending"]
    owners = [await storage.person(row.person) for row in rows]
    return any(owner is not None and owner.reachable for owner in owners)


async def erasure(
    storage: port.Storage, assessment: records.Assessment, now: dt.datetime
) -> list[port.Change]:
    """What erases an assessment, and everybody who takes part in no other and runs none."""
    changes: list[port.Change] = [port.Remove(assessment)]
    for person in await storage.people(assessment.id):
        parts = await storage.memberships(person=person.id)
        leads = any(part.role == access.OWNER for part in parts)
        if not leads and all(part.assessment == assessment.id for part in parts):
            changes.append(port.Forget(person.id, pseudonym(person.id, now)))
    return changes


def pseudonym(person: int, now: dt.datetime) -> str:
    """What stands in the place of somebody who is erased."""
    return "erased-" + hashlib.sha256(f"{person}:{now}".encode()).hexdigest()[:10]
