"""The answer book of an assessment: everything that was answered, as the value that plans are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.people import delegations, team, working_hours
from flows import book as answer_books
from flows import nouns
from storage import port, records


async def book(storage: port.Storage, found: team.Team, *, made_at: dt.datetime) -> nouns.AnswerBook:
    """The book of an assessment as it stands."""
    sessions = await storage.sessions(found.assessment.id)
    sections = []
    for section in found.ordered():
        answers = nouns.SectionAnswers(
            flow=section.flow,
            version=section.version,
            branch=section.branch,
            state=section.state,
            owner=str(section.owner) if section.owner is not None else "",
            waits=dict(_waits(found, section, made_at)),
        )
        session = sessions.get(section.id)
        sections.append(answers if session is None else answer_books.with_session(answers, session))
    return nouns.AnswerBook(
        institution=found.assessment.institution,
        branches=found.assessment.branches,
        people=tuple(_respondent(found, person) for person in _people(found, sections)),
        sections=tuple(sections),
        assumptions=found.assessment.assumptions,
        surveys=tuple(_surveys(found, {(given.flow, given.version) for given in sections})),
        made_at=made_at,
    )


def _people(found: team.Team, sections: Iterable[nouns.SectionAnswers]) -> list[int]:
    """Who takes part, and who left and has answered something, or put in a number."""
    said = {answer.by for section in sections for answer in section.answers.values()}
    said |= {one.by for one in found.assessment.assumptions}
    return sorted([*found.people, *(person for person in found.former if str(person) in said)])


def _waits(
    found: team.Team, section: records.Section, now: dt.datetime
) -> Iterator[tuple[str, nouns.Waiting]]:
    """The parts that wait for a colleague, each with who and since when."""
    zone = working_hours.Calendar.of(found.assessment, "").zone
    for one in delegations.standing(found, section.id):
        if not delegations.dead(found, one, now):
            colleague = found.people.get(one.colleague or 0)
            at = one.taken_at if colleague is not None else one.asked_at
            name = colleague.name if colleague is not None else ""
            yield one.key, nouns.Waiting(name, at.astimezone(zone).date() if at is not None else None)


def _surveys(found: team.Team, answered: set[tuple[str, str]]) -> Iterator[nouns.Flow]:
    """The surveys in the versions that count: the newest, and those that sections were answered in."""
    for flow in found.library.surveys():
        if flow is found.library.flow(flow.id) or (flow.id, flow.version) in answered:
            yield flow


def _respondent(found: team.Team, person: int) -> nouns.Respondent:
    parts = [part for part in found.memberships if part.person == person]
    roles = {nouns.Role(part.role) for part in parts if part.role in set(nouns.Role)}
    return nouns.Respondent(
        id=str(person),
        name=found.name(person),
        roles=tuple(sorted(roles)),
        branches=tuple(sorted({part.branch for part in parts if part.branch})),
    )
