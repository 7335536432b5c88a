"""Who cannot be reached any more: what was to be sent to them goes, and those who lead are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from bot import library as shipped
from bot import limits, views, work
from bot.handlers import groups
from bot.people import team
from bot.sending import outbox
from flows import words as wording
from storage import port, records


async def changes(
    storage: port.Storage, library: shipped.Library, chat: int, now: dt.datetime
) -> list[port.Change]:
    """What follows from a 403 of Telegram: a person blocked the bot, or it was put out of a group."""
    known = await storage.person(chat)
    unsent = await storage.outgoing(due=outbox.ALL, limit=limits.OUTBOX_READ, person=chat)
    found: list[port.Change] = [port.Remove(message) for message in unsent]
    found += await groups.lost(storage, library, chat, now)
    if known is not None and known.reachable:
        found.append(port.Put(msgspec.structs.replace(known, reachable=False)))
        parts = team.current(await storage.memberships(person=chat))
        for assessment in {part.assessment for part in parts}:
            of_it = await team.load(storage, library, assessment)
            if of_it is not None:
                found += map(port.PutNew, _notices(of_it, known, now))
    return found


def _notices(of_it: team.Team, person: records.Person, now: dt.datetime) -> Iterator[records.Outgoing]:
    """A word to each of the others who lead, with the seats of whom the bot cannot reach."""
    for number, leader in enumerate(of_it.reviewers()):
        if leader.id != person.id:
            words = wording.catalogue("bot", leader.language)
            seats = [seat for seat in of_it.seats() if of_it.holder(seat) == person]
            seat = "; ".join(of_it.seat_name(seat, words) for seat in seats)
            view = views.View(words.html("unreachable.notice", name=person.name, seat=seat))
            yield work.plain(leader.id, view.text, now, number)
