"""A turn in a section as it is kept: its session, its answers, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from bot.work import Work
from flows import handing, lifecycles, nouns, progress
from storage import port, records


def keep(
    work: Work,
    section: records.Section,
    before: nouns.Session | None,
    after: nouns.Session,
    effects: Iterable[nouns.AnyEffect],
) -> None:
    """Keep what the turn came to; where another turn changed the section meanwhile, this one is done again."""
    revision = before.revision if before is not None else -1
    # whose section it is may be changed by somebody else at this moment
    work.changes += [port.Unchanged(section), port.PutSession(section.id, after, revision)]
    for effect in effects:
        if isinstance(effect, nouns.Stored):
            work.changes.append(port.PutAnswer(section.id, effect.key, effect.answer))
        elif isinstance(effect, nouns.Erased):
            work.changes.append(port.DropAnswer(section.id, effect.key))


def counted(
    flow: nouns.Flow, section: records.Section, session: nouns.Session, now: dt.datetime
) -> records.Section:
    """The section as its session stands: begun, and with so many answers."""
    count = progress.of(flow, session, now=now)
    state = section.state
    if state == "not_started":
        state = lifecycles.next_state("section", state, "begin")
    return msgspec.structs.replace(
        section,
        version=session.version,
        state=state,
        answered=count.answered,
        total=count.total,
        waits=bool(session.handed) and handing.waits(handing.way(flow, session, now=now)),
    )
