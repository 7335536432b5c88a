"""What is said within sealed bodies and must be found all the same: a group, an end, whoever proposed an answer.

A row of `mention` says that a number may be found there. It may be old: who reads the body sees whether it still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows import nouns
from storage import packing, records
from storage.sql import connections
from storage.sql import rows as rows_

GROUP = "group"
"""A group's number, and the assessment whose counts it may see."""

END = "end"
"""When an assessment has been kept long enough."""

RIVAL = "rival"
"""Who proposed another answer, and the section in which it is disputed."""

COMPLETE = "complete"
"""That bodies which older programs sealed were read as well."""


async def note(rows: rows_.Rows, assessment: records.Assessment) -> None:
    """Note what an assessment says now, and nothing that it said before."""
    await rows.write("drop_mentions", place=assessment.id)
    for kind, number in _said(assessment):
        await rows.write("mention", kind=kind, number=number, place=assessment.id)


def _said(assessment: records.Assessment) -> Iterator[tuple[str, int]]:
    for group in assessment.groups:
        yield GROUP, group.chat
    if assessment.keep_until is not None:
        yield END, packing.to_microseconds(assessment.keep_until)


async def note_rivals(rows: rows_.Rows, section: str, session: nouns.Session) -> None:
    """Note who proposed an answer there; what a dispute said that is over stays until they or the section go."""
    for by in {dispute.proposed.by for dispute in session.disputes.values()}:
        if by.isdecimal():  # else of somebody who was forgotten
            await rows.write("mention", kind=RIVAL, number=int(by), place=section)


async def complete(rows: rows_.Rows) -> None:
    """Note what bodies say that were sealed before there were mentions; once, at the first start."""
    if await rows.read("mentioned", kind=COMPLETE, number=0):
        return
    for assessment in await rows.find(records.Assessment, "assessments"):
        await note(rows, assessment)
    for row in await rows.read("every_session"):
        await note_rivals(rows, row["section"], rows.session(row, {}))
    await rows.write("mention", kind=COMPLETE, number=0, place="")


async def sessions_naming(rows: rows_.Rows, person: int) -> Sequence[connections.Row]:
    """The sessions in which a person may have proposed an answer."""
    return await rows.read("sessions_naming", kind=RIVAL, number=person, by=str(person))
