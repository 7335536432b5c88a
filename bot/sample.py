"""The demo's institution: the shipped sample, planted as if its people had answered already."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import secrets
from collections.abc import Mapping

import msgspec

from bot import clock, library, settings
from bot.people import access
from bot.reminders import reminding
from flows import book, engine, nouns, progress
from storage import opening, port, preparing, records

SAMPLE = "jitegemea"
PEOPLE = {"wanjiru": 710000001, "achieng": 710000002, "ekai": 710000003, "mwende": 710000004}
"""The sample's people as the practice page's: their Telegram ids."""

LEFT_FOR_YOU = ("ekai",)
"""Whose sections wait unanswered, so that there is something to do."""


async def plant(environment: Mapping[str, str]) -> None:
    """Write the sample assessment into an empty database."""
    given = settings.read(environment)
    preparing.prepare(given.database, given.key_file)
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        await storage.commit(changes(clock.SystemClock(given.clock_file).now()))
    finally:
        await storage.close()


def answers(name: str = SAMPLE) -> nouns.AnswerBook:
    """The answer book of a shipped sample; that of the demo where none is named."""
    file = importlib.resources.files("flows") / "samples" / f"{name}.answers.json"
    return book.decode(file.read_bytes())


def changes(now: dt.datetime) -> list[port.Change]:
    """The sample as changes: everybody is seated, all have answered but those left for the visitor."""
    sample = answers()
    flows = library.Library.shipped()
    assessment = records.Assessment(
        id=secrets.token_hex(8),
        institution=sample.institution,
        branches=sample.branches,
        state="collecting",
        created_by=PEOPLE["wanjiru"],
        created_at=now,
    )
    made: list[port.Change] = [port.Put(assessment)]
    owner = records.Membership(assessment.id, PEOPLE["wanjiru"], access.OWNER)
    made.append(port.Put(owner))
    made.append(port.Put(reminding.record(assessment, owner.person, now)))
    for respondent in sample.people:
        person = PEOPLE[respondent.id]
        known = records.Person(person, respondent.name, joined_at=now, agreed_at=now)
        made.append(port.Put(known))
        made.append(port.Put(records.Conversation(person, assessment.id)))
        for role in respondent.roles:
            places = respondent.branches if role == nouns.Role.BRANCH_STAFF else ("",)
            made.extend(port.Put(records.Membership(assessment.id, person, role, b)) for b in places)
    for answered in sample.sections:
        made.extend(_section(flows, assessment, answered, now))
    for name in LEFT_FOR_YOU:
        made.append(port.Put(reminding.first(assessment, _place(sample, name), PEOPLE[name], now)))
    return made


def _section(
    flows: library.Library, assessment: records.Assessment, answered: nouns.SectionAnswers, now: dt.datetime
) -> list[port.Change]:
    flow = flows.flow(answered.flow)
    section = records.Section(
        id=secrets.token_hex(8),
        assessment=assessment.id,
        flow=flow.id,
        version=flow.version,
        branch=answered.branch,
        owner=PEOPLE[answered.owner],
        changed_at=now,
        total=progress.of(flow, engine.start(flow), now=now).total,
    )
    if answered.owner in LEFT_FOR_YOU:
        return [port.Put(section)]
    session = msgspec.structs.replace(
        book.session(answered),
        answers={
            key: msgspec.structs.replace(answer, by=str(PEOPLE.get(answer.by, "")))
            for key, answer in answered.answers.items()
        },
    )
    count = progress.of(flow, session, now=now)
    section = msgspec.structs.replace(section, state="submitted", answered=count.answered, total=count.total)
    made: list[port.Change] = [port.Put(section), port.PutSession(section.id, session, -1)]
    made.extend(port.PutAnswer(section.id, key, answer) for key, answer in session.answers.items())
    return made


def _place(sample: nouns.AnswerBook, name: str) -> str:
    found = next(respondent for respondent in sample.people if respondent.id == name)
    return found.branches[0] if found.branches else ""
