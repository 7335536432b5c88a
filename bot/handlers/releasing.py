"""Parts that wait for a colleague no longer: the owner answered or took them back, or nobody will come any more."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import markupsafe
import msgspec

from bot import views
from bot.people import access, delegations, team, working_hours
from bot.reminders import reminding
from bot.seats import seating
from bot.work import Work
from flows import handing, nouns
from storage import port, records


async def woken(
    work: Work, found: team.Team, section: records.Section, session: nouns.Session
) -> tuple[nouns.Session, list[str]]:
    """The session without the parts that nobody will answer any more, and what its owner is told of each."""
    said: list[str] = []
    alive = set()
    for one in delegations.standing(found, section.id):
        reason = delegations.dead(found, one, work.now)
        if not reason:
            alive.add(one.key)
            continue
        work.change(one, delegations.ended(one, reason, work.now))
        # who is told now is not told once more in the morning
        told = delegations.in_the_morning(found, section, one, work.person.id, work.now)
        work.changes.append(port.Remove(told))
        about = delegations.about(found, one, session, work.person.language, work.now)
        said.append(work.words.html(f"hand.{reason}", label=about.label if about is not None else ""))
    over = [key for key in session.handed if key not in alive]
    if not over:
        return session, said
    flow = work.told(found.library.flow(section.flow, session.version))
    return handing.came_back(flow, session, over, now=work.now), said


def released(
    work: Work,
    found: team.Team,
    section: records.Section,
    session: nouns.Session,
    keys: Collection[str],
    reason: str,
) -> None:
    """The parts with these keys wait no longer: who was at work on one is told the reason."""
    for one in delegations.standing(found, section.id):
        if one.key not in keys:
            continue
        work.change(one, delegations.ended(one, reason, work.now))
        colleague = found.people.get(one.colleague or 0)
        if colleague is None:
            continue
        theirs = work.words_of(colleague)
        about = delegations.about(found, one, session, colleague.language, work.now)
        name = delegations.asker(found, one, theirs)
        label = about.label if about is not None else ""
        work.tell(colleague.id, views.View(theirs.html(f"hand.over.{reason}", label=label, name=name)))


def why(turn: nouns.Turn, event: nouns.AnyEvent) -> str:
    """Why parts of a section stopped waiting with a turn of its owner's."""
    if any(isinstance(effect, nouns.HandedIn) for effect in turn.effects):
        return delegations.CLOSED
    if isinstance(event, nouns.TakenBack):
        return delegations.TAKEN_BACK
    if any(isinstance(effect, nouns.Stored) for effect in turn.effects):
        return delegations.ANSWERED
    return delegations.GONE


async def tell_of_the_dead(work: Work, found: team.Team) -> str:
    """At the owner's return: parts that nobody will answer any more are theirs again, and they are told so."""
    said: list[str] = []
    for section in found.owned(work.person.id):
        if section.state not in team.OPEN_STATES:
            continue
        session = await work.storage.session(section.id) if delegations.standing(found, section.id) else None
        changes = (one for one in work.changes if isinstance(one, port.PutSession))
        if session is None or any(one.section == section.id for one in changes):
            continue
        after, told = await woken(work, found, section, session)
        if told:
            after = msgspec.structs.replace(after, revision=session.revision + 1)
            work.changes.append(port.PutSession(section.id, after, session.revision))
            work.put(msgspec.structs.replace(section, waits=False))
            said += told
    return str(markupsafe.Markup("\n").join(markupsafe.Markup(one) for one in said))  # noqa: S704  # catalogue HTML


async def given_back(
    work: Work,
    found: team.Team,
    section: records.Section,
    one: records.Delegation,
    over: records.Delegation,
) -> None:
    """A part is its owner's again, with what was answered of it; they are told why it is over."""
    work.change(one, over)
    session = await work.session(section.id)
    if session is not None:
        flow = work.told(found.library.flow(section.flow, session.version))
        after = handing.came_back(flow, session, (one.key,), now=work.now)
        after = msgspec.structs.replace(after, revision=session.revision + 1)
        work.changes.append(port.PutSession(section.id, after, session.revision))
        work.put(msgspec.structs.replace(section, waits=False))
    await came_back(work, found, section, over, over.end)


async def left(work: Work, found: team.Team, person: int) -> team.Team:
    """Somebody answers for no colleague here any more: what was asked of them goes back; the team as it is then."""
    over = {}
    for one in found.asked(person):
        section = next(each for each in found.sections if each.id == one.section)
        over[one.token_hash] = delegations.ended(one, delegations.LEFT, work.now)
        await given_back(work, found, section, one, over[one.token_hash])
    part = records.Membership(found.assessment.id, person, access.COLLEAGUE)
    if part in found.memberships:
        work.changes.append(port.Remove(part))
    after = dataclasses.replace(
        found,
        memberships=[each for each in found.memberships if each != part],
        delegations=[over.get(each.token_hash, each) for each in found.delegations],
    )
    if part in found.memberships:
        seating.keep_name(work, after, person)
    return after


async def came_back(
    work: Work, found: team.Team, section: records.Section, one: records.Delegation, reason: str
) -> None:
    """The owner is told what became of a part, when they may be written to, and reminded of what is theirs again."""
    owner = found.people.get(section.owner or 0)
    if owner is None:
        return
    calendar = working_hours.Calendar.of(found.assessment, section.branch)
    due = calendar.next(work.now)
    session = await work.session(section.id)
    about = delegations.about(found, one, session, owner.language, work.now)
    if due <= work.now and about is not None:
        work.tell(owner.id, delegations.notice(found, about, reason, work.words_of(owner)))
    else:
        work.put(delegations.in_the_morning(found, section, one, owner.id, due))
    kept = {row.id for row in await work.storage.reminders_of(owner.id)}
    if section.state in team.OPEN_STATES and reminding.identity(one.assessment, owner.id) not in kept:
        work.put(reminding.first(found.assessment, section.branch, owner.id, work.now))
