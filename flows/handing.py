"""Parts of a section that a colleague answers for its owner: a question, a list, a group, or all that is open.

The owner hands a part on and is not asked there while it waits; answering it all the same takes it back. The
colleague's session is the section's own, seen through a share: the same answers and conditions, and only the
part's questions, without those that somebody else has answered. Only where the colleague stands is kept apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from flows import ahead, conversation, form, instance, keys, nouns, shown, stops

PLACE = ("mode", "cursor", "language", "ticked", "proposed", "doubted", "written", "resume")
"""Fields of a session that say where somebody stands; the others are the section's."""


class Part(NamedTuple):
    """What may be handed on."""

    key: str
    label: str
    kind: str
    """question, list, entry, group or section."""
    asks: int
    """Questions and lists in it that a colleague would be asked, at the most: as many as they then read above the first."""


# --- the owner's -----------------------------------------------------------------------------------


def parts(flow: nouns.Flow, session: nouns.Session, at: str, *, now: dt.datetime) -> tuple[Part, ...]:
    """What may be handed on from a question or list, the smallest first; none where nothing is left to answer.

    A group that asks no more than the question in it is left out, and one that asks as much as the section.
    """
    where = way(flow, session, now=now)
    stop = where.at(at)
    nodes: list[instance.Branching] = [] if stop is None else [stop.node, *_around(stop.node)]
    found = [Part(node.key, shown.title(node), _kind(node), _asks(where, node.key)) for node in nodes]
    found.append(Part("", flow.title, "section", _asks(where, "")))
    kept: list[Part] = []
    for part in found:
        if not part.label:
            continue
        if part.asks > (kept[-1].asks if kept else 0):
            kept.append(part)
        elif part.kind == "section" and kept and kept[-1].kind == "group":
            kept[-1] = part
    return tuple(kept)


def part(flow: nouns.Flow, session: nouns.Session, key: str, *, now: dt.datetime) -> Part | None:
    """The part with that key, and how much of it is asked now; None where it does not apply any more."""
    where = way(flow, session, now=now)
    node = where.instance.find(key) if key else None
    if not key:
        return Part("", flow.title, "section", _open(where, ""))
    if node is None or not any(keys.is_in(stop.key, key) for stop in where.stops):
        return None
    return Part(key, shown.title(node), _kind(node), _open(where, key))


def is_open(flow: nouns.Flow, session: nouns.Session, key: str, *, now: dt.datetime) -> bool:
    """Whether a part may be handed on: something in it nobody has answered or been handed."""
    return _count(way(flow, session, now=now), key) > 0


def handed(turn: conversation.Conversation, event: nouns.Handed) -> None:
    """Hand a part on, and go on behind it."""
    if turn.session.share is not None or not _count(turn.way, event.key):
        turn.refuse("stale")
        return
    turn.change(handed=(*turn.session.handed, event.key))
    stop = turn.stop
    if stop is not None and keys.is_in(stop.key, event.key):
        turn.go_on()


def taken_back(turn: conversation.Conversation, event: nouns.TakenBack) -> None:
    """Answer a part oneself again, from its first open question on."""
    if turn.session.share is not None or event.key not in turn.session.handed:
        turn.refuse("stale")
        return
    _wait_no_longer(turn, (event.key,))
    open_ = [stop for stop in turn.way.stops if keys.is_in(stop.key, event.key) and stop.lacks]
    if open_:
        # a single one that was looked for in the review leads back there, more are gone through
        looked = turn.session.mode in (nouns.Mode.REVIEWING, nouns.Mode.EDITING)
        turn.stand(open_[0], trigger="edit" if looked and len(open_) == 1 else "ask")


def came_back(
    flow: nouns.Flow, session: nouns.Session, parts: Collection[str], *, now: dt.datetime
) -> nouns.Session:
    """The session when nobody will answer these parts any more.

    Whoever stood at the review because the rest waited stands at what is open in them.
    """
    turn = conversation.Conversation(flow, session, now=now)
    _wait_no_longer(turn, parts)
    mode = session.resume if session.mode is nouns.Mode.PAUSED else session.mode
    if mode is nouns.Mode.REVIEWING:
        theirs = (stop for stop in turn.way.open() if any(keys.is_in(stop.key, key) for key in parts))
        if (stop := next(theirs, None)) is not None:
            turn.stand(stop)
    return turn.session


def _wait_no_longer(turn: conversation.Conversation, parts: Collection[str]) -> None:
    turn.change(handed=tuple(key for key in turn.session.handed if key not in parts))


def settle(turn: conversation.Conversation) -> None:
    """What the owner has answered meanwhile waits for nobody any more."""
    stored = [effect.key for effect in turn.effects if isinstance(effect, nouns.Stored)]
    settled = {
        key
        for key in turn.session.handed
        if any(keys.is_in(one, key) for one in stored)
        and not any(stop.lacks for stop in turn.way.stops if keys.is_in(stop.key, key))
    }
    if settled and turn.session.share is None:
        turn.change(handed=tuple(key for key in turn.session.handed if key not in settled))


def taken_over(session: nouns.Session) -> nouns.Session:
    """The session for somebody new: the answers stay, and the first question that waits will stand before them."""
    blank = nouns.Session(session.flow, session.version)
    return msgspec.structs.replace(session, following={}, **{field: getattr(blank, field) for field in PLACE})


def way(flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime) -> stops.Way:
    """The way through a section as it stands."""
    return stops.looked_at(form.of(flow), session, now)


def waits(way: stops.Way) -> bool:
    """Whether all that is still open in a section is handed on."""
    lacking = [stop for stop in way.stops if stop.is_missing or stop.lacks]
    return any(stop.handed is not None for stop in lacking) and not any(
        stop.is_missing and stop.handed is None for stop in lacking
    )


# --- the colleague's -------------------------------------------------------------------------------


def shared(session: nouns.Session, place: nouns.Session | None, share: nouns.Share) -> nouns.Session:
    """The section's session as the colleague has it: its answers, their place, and their part only."""
    where = place or nouns.Session(session.flow, session.version)
    own = {field: getattr(where, field) for field in PLACE}
    return msgspec.structs.replace(session, share=share, **own)


def parted(before: nouns.Session, after: nouns.Session) -> tuple[nouns.Session, nouns.Session]:
    """The section's session after a colleague's turn, where its owner stands as before; and the colleague's place."""
    own = {field: getattr(before, field) for field in PLACE}
    section = msgspec.structs.replace(after, share=None, **own)
    place = nouns.Session(after.flow, after.version, **{field: getattr(after, field) for field in PLACE})
    # whose reading it is, the place says already; no name may stay in it
    unnamed = {
        field: msgspec.structs.replace(answer, by="")
        for field in ("proposed", "written")
        if (answer := getattr(place, field)) is not None
    }
    return section, msgspec.structs.replace(place, **unnamed)


def finish(turn: conversation.Conversation) -> None:
    """A single question that is answered needs no review: it is handed in at once."""
    share = turn.session.share
    stop = turn.way.at(share.key) if share is not None else None
    if stop is None or not isinstance(stop.node, instance.Question) or stop.is_missing:
        return
    if turn.session.mode is nouns.Mode.REVIEWING:
        turn.trigger("submit", cursor="", ticked=(), proposed=None, written=None)
        turn.effects.append(nouns.HandedIn())


def is_theirs(session: nouns.Session, holder: str) -> bool:
    """Whether nothing in an entry was answered by somebody else."""
    share = session.share
    return share is None or not any(
        keys.is_within(key, holder) and answer.value is not None and answer.by != share.by
        for key, answer in session.answers.items()
    )


# --- inside ----------------------------------------------------------------------------------------


def _count(way: stops.Way, key: str) -> int:
    """Questions and lists in a part that nobody has answered or been handed."""
    return sum(stop.lacks and stop.handed is None for stop in way.stops if keys.is_in(stop.key, key))


def _asks(way: stops.Way, key: str) -> int:
    """As `_count`, with those that may come by what is answered; none where nobody is to answer anything."""
    return count + ahead.count(way.instance, key) if (count := _count(way, key)) else 0


def _open(way: stops.Way, key: str) -> int:
    return sum(stop.lacks for stop in way.stops if keys.is_in(stop.key, key)) + ahead.count(way.instance, key)


def _around(node: instance.Branching) -> Iterable[instance.Branching]:
    """The groups, entries and lists around a node, the nearest first."""
    above = node.parent
    while isinstance(above, instance.Branching):
        yield above
        if isinstance(above, instance.Entry):
            yield above.series
        above = above.parent


def _kind(node: instance.Branching) -> str:
    match node:
        case instance.Question():
            return "question"
        case instance.Series():
            return "list"
        case instance.Entry():
            return "entry"
        case _:
            return "group"
