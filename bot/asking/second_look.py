"""A second look at what was handed in: which answers are not plain, and which cannot all be true."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping, Sequence

import msgspec

from bot import library
from bot.asking import books
from bot.people import team
from bot.work import Work
from flows import doubts, expressions, form, instance, nouns, stops
from planning import conflicts, facts, parameters
from storage import records

LOOKS_KEPT = 4
"""Looks kept in memory: a reviewer goes from section to section of the same answers."""

SECTIONS_KEPT = 1_000
"""Sections of which is kept what is not plain: all of four institutions of forty branches, some kilobytes each."""

Where = tuple[str, str]
"""A section by its flow and its branch."""


@dataclasses.dataclass(frozen=True)
class Look:
    """What a reviewer should see of an assessment's sections."""

    doubtful: Mapping[Where, Mapping[str, doubts.Doubt]]
    """What is not plain, by the answer's key."""
    against: Mapping[Where, Sequence[conflicts.Conflict]]
    """What cannot all be true, in every section that has a part in it."""

    def doubts_of(self, section: records.Section) -> Mapping[str, doubts.Doubt]:
        """The answers of a section that are not plain."""
        return self.doubtful.get((section.flow, section.branch), {})

    def conflicts_of(self, section: records.Section) -> Sequence[conflicts.Conflict]:
        """What contradicts the section's answers."""
        return self.against.get((section.flow, section.branch), ())

    def count(self, section: records.Section) -> int:
        """How many things of a section want a look; none where it is plain."""
        return len(self.doubts_of(section)) + len(self.conflicts_of(section))


async def at(work: Work, found: team.Team) -> Look:
    """The look at an assessment as it stands."""
    now = work.now
    sessions = await work.sessions(found.assessment.id)
    book = await books.book(work.storage, found, made_at=now)
    same = msgspec.json.encode(msgspec.structs.replace(book, made_at=None))
    flows = found.library.flows()
    asked = _Asked(tuple((flow.id, flow.version) for flow in flows), flows)

    def look() -> Look:
        waiting = [section for section in found.sections if section.state == "submitted"]
        seen = {
            (section.flow, section.branch): _doubts_of(found, section, sessions.get(section.id), now)
            for section in waiting
        }
        return Look(seen, _conflicts(same, asked, now.date()))

    # in a thread: with forty branches it takes a moment, and everybody else goes on chatting
    return await asyncio.to_thread(look)


@dataclasses.dataclass(frozen=True)
class _Asked:
    """The flows of an assessment; their versions tell them apart."""

    versions: tuple[library.Version, ...]
    flows: Sequence[nouns.Flow] = dataclasses.field(compare=False)


@dataclasses.dataclass(frozen=True)
class _HandedIn:
    """A section as it was handed in, on a day; what is kept of it was seen at that day's first look."""

    id: str
    session: bytes
    date: dt.date
    now: dt.datetime = dataclasses.field(compare=False)
    flow: nouns.Flow = dataclasses.field(compare=False)
    """In the session's version."""


def _doubts_of(
    found: team.Team, section: records.Section, session: nouns.Session | None, now: dt.datetime
) -> Mapping[str, doubts.Doubt]:
    if session is None:
        return {}
    flow = found.library.flow(section.flow, session.version)
    return _doubts(_HandedIn(section.id, msgspec.json.encode(session), now.date(), now, flow))


@functools.lru_cache(maxsize=SECTIONS_KEPT)
def _doubts(given: _HandedIn) -> Mapping[str, doubts.Doubt]:
    session = msgspec.json.decode(given.session, type=nouns.Session)
    try:
        return doubts.of(stops.Way(instance.Instance(form.of(given.flow), session, given.now)))
    except expressions.TooHeavyError:
        return {"": doubts.Doubt.OPEN}


@functools.lru_cache(maxsize=LOOKS_KEPT)
def _conflicts(packed: bytes, asked: _Asked, today: dt.date) -> Mapping[Where, Sequence[conflicts.Conflict]]:
    book = msgspec.json.decode(packed, type=nouns.AnswerBook)
    numbers, _ = parameters.of(book)
    too_many = numbers["too_many_computers"].value
    by: dict[Where, list[conflicts.Conflict]] = {}
    try:
        known = facts.Facts(book, asked.flows, today)
        for one in (
            *(
                one
                for each in book.branches
                for one in conflicts.of_branch(known, each.id, too_many=too_many)
            ),
            *conflicts.of_institution(known),
        ):
            for where in dict.fromkeys((place.flow, place.branch) for place in one.places):
                by.setdefault(where, []).append(one)
    except expressions.TooHeavyError:
        # a survey computes too much: its own section says so, the others are reviewed without this look
        return {}
    return by
