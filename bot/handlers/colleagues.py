"""A colleague's turns in somebody else's section: what their acts mean there, and what becomes of both."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import views
from bot.asking import places
from bot.handlers import common, moving, releasing, tasks
from bot.people import delegations, team
from bot.work import Work
from flows import handing, nouns
from storage import records

TOPIC = "share"


def way_out(work: Work, one: records.Delegation) -> tuple[views.Button, ...]:
    """Under every question of a part: it may be given back."""
    return (views.Button(work.words.say("button.refuse"), views.Pick(f"{TOPIC}.refuse", one.token_hash)),)


def asks(
    work: Work,
    flow: nouns.Flow,
    session: nouns.Session,
    one: records.Delegation,
    event: nouns.AnyEvent,
) -> nouns.AnyEvent | None:
    """What the colleague's act means as the section stands now; None where nothing of their part is asked.

    Where the question before them was answered by somebody else meanwhile, nothing is overwritten: they are told,
    and what is next stands. Where a new version asks something else there, they see it first.
    """
    way = handing.way(flow, session, now=work.now)
    if not way.stops:
        return None
    if isinstance(event, nouns.Amended) and event.key != session.cursor:
        return event
    if one.place is None and not isinstance(event, moving.PASSING):
        work.say(views.View(work.words.html("changed.since", title=flow.title)))
        return nouns.Begin()
    stood = one.place is not None and bool(session.cursor)
    if stood and way.at(session.cursor) is None and not isinstance(event, moving.PASSING):
        work.say(views.View(work.words.html("hand.meanwhile")))
        return nouns.Begin()
    return event


async def nothing(work: Work, place: places.Place) -> None:
    """Nothing of the part is asked: another answer was changed, or all of it was given."""
    known = await seen(work, place.delegation) if place.delegation is not None else None
    if known is None:
        await home(work, work.words.html("section.gone"))
        return
    found, about = known
    code = "hand.not_asked" if about.asks is None else "hand.over.answered"
    name = delegations.asker(found, about.delegation, work.words)
    await home(work, work.words.html(code, label=about.label, name=name))


async def went_on(
    work: Work, found: team.Team, place: places.Place, before: nouns.Session, turn: nouns.Turn
) -> tuple[nouns.Session, places.Place]:
    """The section's session after the colleague's turn, and their place; at the end the owner is told."""
    one = place.delegation
    assert one is not None  # noqa: S101 - only a colleague goes on so
    after, where = handing.parted(before, turn.session)
    share = turn.session.share
    key = share.key if share is not None else one.key
    # a new version of the questions may have given it another key within this turn
    known = msgspec.structs.replace(one, key=key)
    moved = msgspec.structs.replace(known, place=where, moved_at=work.now)
    gone = set(before.handed) - set(after.handed) - {key}
    releasing.released(work, found, place.section, after, gone, delegations.GONE)
    if any(isinstance(effect, nouns.HandedIn) for effect in turn.effects):
        moved = delegations.ended(moved, delegations.GIVEN, work.now)
        after = msgspec.structs.replace(after, handed=tuple(other for other in after.handed if other != key))
    work.change(known, moved)
    return after, dataclasses.replace(place, delegation=moved)


async def thanked(work: Work, found: team.Team, section: records.Section, place: places.Place) -> None:
    """The part is answered: the colleague is thanked, and sees what else waits for them."""
    one = place.delegation
    assert one is not None  # noqa: S101 - only a colleague is thanked so
    sections = [section if each.id == section.id else each for each in found.sections]
    left = [one if each.token_hash == one.token_hash else each for each in found.delegations]
    found = dataclasses.replace(found, sections=sections, delegations=left)
    await releasing.came_back(work, found, section, one, delegations.GIVEN)
    about = await told(work, found, one, work.person)
    work.close(views.bold(about.label))
    name = delegations.asker(found, one, work.words)
    await tasks.tasks_of(work, found, before=work.words.html("hand.done", label=about.label, name=name))


async def over(work: Work, place: places.Place) -> None:
    """The part is closed to this person: they are told why in a sentence."""
    one = place.delegation
    known = await seen(work, one) if one is not None else None
    if one is None or known is None or one.colleague != work.person.id:
        await home(work, work.words.html("hello.wrong"))
        return
    found, about = known
    reason = one.end or delegations.CLOSED
    name = delegations.asker(found, one, work.words)
    await home(work, work.words.html(f"hand.over.{reason}", label=about.label, name=name))


async def seen(work: Work, one: records.Delegation) -> tuple[team.Team, delegations.About] | None:
    """A delegation with its institution, as the person is told of it; None where the section is gone."""
    found = await team.load(work.storage, work.library, one.assessment)
    if found is None:
        return None
    session = await work.storage.session(one.section)
    about = delegations.about(found, one, session, work.person.language, work.now)
    return (found, about) if about is not None else None


async def told(
    work: Work, found: team.Team, one: records.Delegation, person: records.Person
) -> delegations.About:
    """What a delegation is about in somebody's language, as this turn leaves the section."""
    session = await work.session(one.section)
    about = delegations.about(found, one, session, person.language, work.now)
    assert about is not None  # noqa: S101 - its section was read in this turn
    return about


async def home(work: Work, before: str) -> None:
    """Say it above the person's own tasks; alone where they have no part in anything yet."""
    found = await common.current_team(work)
    if found is None:
        common.leave_topic(work)
        work.show(views.View(before))
    else:
        await tasks.tasks_of(work, found, before=before)
