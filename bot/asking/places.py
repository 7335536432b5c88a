"""Where somebody answers: a section of theirs, or the part of another's that they were asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt

from bot.work import Work
from flows import engine, handing, nouns
from storage import records


@dataclasses.dataclass(frozen=True)
class Place:
    """A section, and where a colleague answers in it, the delegation that opens their part of it."""

    section: records.Section
    delegation: records.Delegation | None = None

    @property
    def id(self) -> str:
        """What buttons and conversations name it by: the section's id, or the hash of the colleague's link."""
        return self.delegation.token_hash if self.delegation is not None else self.section.id

    def is_of(self, person: int) -> bool:
        """Whether this person answers here."""
        if self.delegation is not None:
            return self.delegation.colleague == person and self.delegation.ended_at is None
        return self.section.owner == person

    def seen(self, session: nouns.Session) -> nouns.Session:
        """The section's session as it is gone on with here."""
        delegation = self.delegation
        if delegation is None:
            return session
        share = nouns.Share(delegation.key, str(delegation.colleague or ""))
        return handing.shared(session, delegation.place, share)


async def find(work: Work, place: str) -> Place | None:
    """The place with this id, whoever's it is; None where there is none."""
    section = await work.storage.section(place)
    if section is not None:
        return Place(section)
    delegation = await work.storage.delegation(place)
    section = await work.storage.section(delegation.section) if delegation is not None else None
    return Place(section, delegation) if section is not None else None


@dataclasses.dataclass(frozen=True)
class Standing:
    """What stands before a person: where, the questions in their language, and their session."""

    place: Place
    flow: nouns.Flow
    session: nouns.Session


async def standing(work: Work) -> Standing | None:
    """What stands in the person's conversation; None where nothing of theirs does."""
    return await at(work, work.conversation.section)


async def at(work: Work, place_id: str) -> Standing | None:
    """What stands at a place of the person's; None where it is not theirs, or was never begun."""
    place = await find(work, place_id) if place_id else None
    if place is None or not place.is_of(work.person.id):
        return None
    session = await work.storage.session(place.section.id)
    if session is None:
        return None
    flows = await work.library.of(work.storage, place.section.assessment)
    flow = work.told(flows.flow(place.section.flow, session.version))
    return Standing(place, flow, place.seen(session))


def part(flow: nouns.Flow, session: nouns.Session | None, key: str, now: dt.datetime) -> handing.Part | None:
    """A part of a section, which may not have been begun; None where it is not asked now."""
    return handing.part(flow, session or engine.start(flow), key, now=now)
