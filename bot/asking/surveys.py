"""Surveys of an assessment: a questionnaire added as a section, published in a new version, or removed again."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from bot import views
from bot.people import branches, team
from bot.reminders import reminding
from bot.work import Work
from flows import declaring, engine, nouns, progress
from storage import port, records

ID_BYTES = 4
"""Random bytes in a survey's id: it meets neither a shipped flow's nor that of another institution."""

ID_CHARACTERS = 12
"""Of the form's own id in it, by which people know its tables; Excel takes 31 in a sheet's name."""

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


REGISTER = f"{declaring.BRANCHES}.csv"
"""What a form calls the institution's branches, as ODK calls the list of an entity: nobody has to send it."""


class Published(NamedTuple):
    """What a new version meets."""

    answering: int
    """Sections that go on in it at their next answer."""
    handed_in: int
    """Sections that keep the version they were handed in with."""


def register(found: team.Team) -> bytes:
    """The branches as the table that a form may choose from and look things up in."""
    institution, register = found.assessment.institution, found.assessment.branches
    kept = sorted({name for branch in register for name in branch.properties})
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(("name", "label", *branches.KNOWN, *kept))
    for branch in register:
        country = branch.country or institution.country
        timezone = branch.timezone or institution.timezone
        others = (branch.properties.get(name, "") for name in kept)
        rows.writerow((branch.id, branch.name, country, branch.subdivision, timezone, *others))
    return table.getvalue().encode()


async def kept(storage: port.Storage, assessment: str) -> Sequence[records.Survey]:
    """The surveys of an assessment, each in its newest version with all that it asks, oldest first."""
    newest = {row.flow: row for row in await storage.surveys(assessment)}
    found = [await storage.survey(assessment, row.flow, row.version) for row in newest.values()]
    return [row for row in found if row is not None]


def add(work: Work, found: team.Team, flow: nouns.Flow, form: str) -> Sequence[records.Section]:
    """Add a questionnaire: its sections are made, and who sits where it is answered owes them now."""
    flow = msgspec.structs.replace(flow, id=_id(form))
    work.put(_record(work, found, flow, form))
    return ask(work, found, flow, [branch.id for branch in found.assessment.branches])


def ask(work: Work, found: team.Team, flow: nouns.Flow, places: Sequence[str]) -> Sequence[records.Section]:
    """Make a flow's sections, one for each of these branches or one for the organisation, and tell who owes them."""
    made = [
        records.Section(
            id=secrets.token_hex(8),
            assessment=found.assessment.id,
            flow=flow.id,
            version=flow.version,
            branch=branch,
            owner=_owner(found, flow, branch),
            changed_at=work.now,
            total=progress.of(flow, engine.start(flow), now=work.now).total,
        )
        for branch in (places if flow.per is nouns.Per.BRANCH else [""])
    ]
    for section in made:
        work.put(section)
    _tell(work, found, flow, made)
    return made


async def publish(work: Work, found: team.Team, flow: nouns.Flow, form: str) -> Published:
    """Publish a new version: who is answering goes on in it, what is handed in keeps its own."""
    sections = [section for section in found.sections if section.flow == flow.id]
    sessions = await work.storage.sessions(found.assessment.id)
    used = {sessions[section.id].version for section in sections if section.id in sessions}
    for old in await work.storage.surveys(found.assessment.id):
        if old.flow == flow.id and old.version not in used:
            work.changes.append(port.Remove(old))
    work.put(_record(work, found, flow, form))
    total = progress.of(flow, engine.start(flow), now=work.now).total
    for section in sections:
        if section.id not in sessions:
            work.put(msgspec.structs.replace(section, version=flow.version, total=total))
    begun = [section for section in sections if section.id in sessions]
    answering = sum(section.state in team.OPEN_STATES for section in begun)
    return Published(answering, len(begun) - answering)


async def remove(work: Work, found: team.Team, flow: str) -> None:
    """Remove a survey with every answer to it."""
    for section in found.sections:
        if section.flow == flow:
            work.changes.append(port.Remove(section))
    for version in await work.storage.surveys(found.assessment.id):
        if version.flow == flow:
            work.changes.append(port.Remove(version))


def _id(form: str) -> str:
    name = _NOT_IN_IDS.sub("_", form.lower()).strip("_")[:ID_CHARACTERS].strip("_")
    return f"{name or 'survey'}_{secrets.token_hex(ID_BYTES)}"


def _record(work: Work, found: team.Team, flow: nouns.Flow, form: str) -> records.Survey:
    return records.Survey(
        assessment=found.assessment.id,
        flow=flow.id,
        version=flow.version,
        added_at=work.now,
        added_by=work.person.id,
        form=form,
        definition=flow,
    )


def _owner(found: team.Team, flow: nouns.Flow, branch: str) -> int | None:
    """Who sits where the survey is answered for this place."""
    holder = found.holder(seat_of(flow.role, branch))
    return holder.id if holder is not None else None


def seat_of(role: nouns.Role, branch: str) -> team.Seat:
    """The seat that answers: the branch's own for its staff, else the one at the head office."""
    return team.Seat(role, branch if role is nouns.Role.BRANCH_STAFF else "")


def _tell(work: Work, found: team.Team, flow: nouns.Flow, made: Sequence[records.Section]) -> None:
    """Tell everybody who owes it, once a person, and remind them in time."""
    owed: Mapping[int, list[records.Section]] = {
        owner: [section for section in made if section.owner == owner]
        for owner in dict.fromkeys(section.owner for section in made if section.owner is not None)
    }
    for owner, sections in owed.items():
        if not found.owed(owner):
            work.put(reminding.first(found.assessment, sections[0].branch, owner, work.now))
        if owner == work.person.id:
            continue
        theirs = work.words_of(found.people[owner])
        text = theirs.html("survey.notice", name=work.person.name, title=flow.title, n=len(sections))
        begin = views.Button(theirs.say("survey.begin"), views.Open(sections[0].id), style="primary")
        work.tell(owner, views.View(text, ((begin,),)))
