"""What is handed to colleagues goes along to a new version of the questions, or is over where it is asked no more."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import views
from bot.asking import places
from bot.handlers import moving
from bot.people import delegations, team
from bot.work import Work
from flows import nouns, versions
from storage import records


@dataclasses.dataclass(frozen=True)
class Carried:
    """How a section and its parts go on."""

    going: moving.Going
    found: team.Team
    section: nouns.Session
    """The section's session in the version that it goes on in, where its owner stands as before."""
    is_over: bool = False
    """Whether the part of the colleague whose turn this is went with its question."""


def on(
    work: Work, found: team.Team, place: places.Place, session: nouns.Session, going: moving.Going
) -> Carried:
    """The same in the session's version; in a new one each part at its new place, and those told whose part is gone."""
    if going.session.version == session.version:
        return Carried(going, found, session)
    before = found.library.known(session.flow, session.version)
    homes = dict(zip(session.handed, going.session.handed, strict=True))
    after: dict[str, records.Delegation] = {}
    gone: list[records.Delegation] = []
    # those that nobody will answer any more have ended in this turn already
    standing = [one for one in delegations.standing(found, place.section.id) if one.key in homes]
    for one in standing:
        key = homes[one.key]
        if key and versions.item_at(going.flow, key) is None:
            gone.append(one)
            after[one.token_hash] = delegations.ended(one, delegations.GONE, work.now)
        elif one == place.delegation:
            # where they stand is written with what they do now
            after[one.token_hash] = msgspec.structs.replace(one, key=key)
        else:
            stands = _stands(before, going.flow, one.place)
            after[one.token_hash] = msgspec.structs.replace(one, key=key, place=stands)
    for one in found.delegations:
        if one != after.get(one.token_hash, one):
            work.change(one, after[one.token_hash])
    for one in gone:
        _tell(work, found, place.section, session, one)
    lost = {homes[one.key] for one in gone}
    left = tuple(key for key in going.session.handed if key not in lost)
    moved = versions.move(going.flow, session, before=before).session
    return Carried(
        dataclasses.replace(going, session=msgspec.structs.replace(going.session, handed=left)),
        dataclasses.replace(found, delegations=[after.get(one.token_hash, one) for one in found.delegations]),
        msgspec.structs.replace(moved, handed=left),
        place.delegation in gone,
    )


def _stands(before: nouns.Flow | None, flow: nouns.Flow, place: nouns.Session | None) -> nouns.Session | None:
    """Where a colleague stands in the new version; nowhere if the question there is another, so that they see it first."""
    if place is None:
        return None
    moved = versions.move(flow, place, before=before).session
    return moved if moving.is_alike(before, flow, place.cursor, moved.cursor) else None


def _tell(
    work: Work, found: team.Team, section: records.Section, session: nouns.Session, one: records.Delegation
) -> None:
    """Who was asked and who asked hear that it is not asked any more; whoever's turn this is sees it in their chat."""
    owner, colleague = found.people.get(section.owner or 0), found.people.get(one.colleague or 0)
    for person, code in ((owner, "hand.gone"), (colleague, "hand.over.gone")):
        if person is None:
            continue
        theirs = work.words_of(person)
        about = delegations.about(found, one, session, person.language, work.now)
        label = about.label if about is not None else ""
        said = views.View(theirs.html(code, label=label, name=delegations.asker(found, one, theirs)))
        if person.id == work.person.id:
            work.say(said)
        else:
            work.tell(person.id, said)
