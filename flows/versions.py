"""Versions of a flow: what a new one changes, and how a session that was begun in another goes on in it.

A question is the same in both where its name and the repeats around it are the same: it may stand in another
group, be worded anew, even change its type. Nothing that was said is thrown away by moving. What the new
version takes is kept, at its question's new place. What it does not take, because the type or a choice is
another, stays with its question, which is asked again. What it no longer asks stays where it was, counts for
nothing, and is there again should a later version ask it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

import msgspec

from flows import form, keys, kinds, nouns, values

T = TypeVar("T")

Identity = tuple[str, ...]
"""The names of the repeats around an item, and its own."""

NOT_ANSWERED = kinds.SILENT | {"group"}
"""Kinds of items that hold no answer."""


class Difference(msgspec.Struct, frozen=True):
    """What somebody who answers will notice of a new version, as the labels of questions and lists."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Moved(msgspec.Struct, frozen=True):
    """A session in another version of its flow, and what that came to."""

    session: nouns.Session
    unfit: tuple[str, ...] = ()
    """Keys of the answers that the new version does not take: their questions are asked again."""
    gone: tuple[str, ...] = ()
    """Keys of the answers to questions that are no longer asked."""


class Placed(NamedTuple):
    """An item of a flow and the repeats that it stands in, as paths from the outside in."""

    item: nouns.Item
    repeats: tuple[str, ...] = ()


# --- what a version changes ------------------------------------------------------------------------


def compare(before: nouns.Flow, after: nouns.Flow) -> Difference:
    """What is asked anew, otherwise, and no longer."""
    old, new = _by_identity(before), _by_identity(after)
    return Difference(
        new=tuple(_label(new[one]) for one in new if one not in old),
        changed=tuple(_label(new[one]) for one in new if one in old and seen(new[one]) != seen(old[one])),
        gone=tuple(_label(old[one]) for one in old if one not in new),
    )


def seen(item: nouns.Item) -> tuple[object, ...]:
    """What a respondent sees of an item: two that are alike in it can take each other's answers."""
    choices = item.choices if isinstance(item, nouns.Question) else ()
    return _kind(item), item.label, tuple((choice.name, choice.label) for choice in choices)


def item_at(flow: nouns.Flow, key: str) -> nouns.Item | None:
    """The item that a key of a session belongs to; None where the flow has none."""
    found = _by_path(flow).get(keys.path(key))
    return None if found is None else found.item


def _by_identity(flow: nouns.Flow) -> dict[Identity, nouns.Item]:
    """What people answer or add to, by identity, in order."""
    return {
        identity: placed.item
        for placed in _placed(flow.children, ())
        if _kind(placed.item) not in NOT_ANSWERED
        for identity in [_identity(placed)]
    }


# --- moving a session ------------------------------------------------------------------------------


def move(flow: nouns.Flow, session: nouns.Session, *, before: nouns.Flow | None = None) -> Moved:
    """The session in this version of its flow; as it is where it was begun in it, or moved before.

    `before` is the version that it was begun in, where that is still known.
    """
    if session.version == flow.version:
        return Moved(session)
    homes = _Homes(flow, before)
    answers: dict[str, nouns.Answer] = {}
    unfit, gone = [], []
    places = homes.of(session.answers)
    for key, answer in session.answers.items():
        place = places[key]
        item = homes.item(place)
        taken = _taken(item, answer.value) if item is not None else None
        if item is None or _kind(item) in NOT_ANSWERED:
            gone.append(place)
        elif taken is None and answer.value is not None:
            unfit.append(place)
        answers[place] = answer if taken is None else msgspec.structs.replace(answer, value=taken)
    return Moved(_resettled(flow, homes, session, answers), tuple(unfit), tuple(gone))


def is_movable(moved: Moved) -> bool:
    """Whether anything that was answered counts there; where nothing does, it is another questionnaire."""
    answers = moved.session.answers
    return not answers or len(moved.unfit) + len(moved.gone) < len(answers)


def _resettled(
    flow: nouns.Flow, homes: _Homes, session: nouns.Session, answers: dict[str, nouns.Answer]
) -> nouns.Session:
    """The session with everything at its new place; the engine stands elsewhere should the cursor's be gone."""
    cursor = homes.of([session.cursor])[session.cursor]
    item = homes.item(cursor)
    choices = {choice.name for choice in item.choices} if isinstance(item, nouns.Question) else set()
    proposed = session.proposed
    if proposed is not None and (item is None or _taken(item, proposed.value) is None):
        proposed = None
    return msgspec.structs.replace(
        session,
        version=flow.version,
        mode=session.resume if session.mode is nouns.Mode.CONFIRMING and proposed is None else session.mode,
        cursor=cursor,
        answers=answers,
        values=_values(flow, homes, session.values),
        entries=_rekeyed(homes, session.entries),
        numbered=_rekeyed(homes, session.numbered),
        closed=tuple(homes.of(session.closed).values()),
        ticked=tuple(name for name in session.ticked if name in choices),
        proposed=proposed,
        comments=_rekeyed(homes, session.comments),
        handed=tuple(homes.of(session.handed).values()),
        share=_share(homes, session.share),
        revision=session.revision + 1,
    )


def _values(flow: nouns.Flow, homes: _Homes, found: Mapping[str, nouns.Value]) -> dict[str, nouns.Value]:
    """What the form set, as far as the new version may set it too."""
    made = form.of(flow)
    return {key: value for key, value in _rekeyed(homes, found).items() if made.may_set(key)}


def _share(homes: _Homes, share: nouns.Share | None) -> nouns.Share | None:
    return None if share is None else nouns.Share(homes.of([share.key])[share.key], share.by)


def _rekeyed(homes: _Homes, found: Mapping[str, T]) -> dict[str, T]:
    return {place: found[key] for key, place in homes.of(found).items()}


def _taken(item: nouns.Item, value: nouns.Value) -> nouns.Value:
    """The value as the item takes it; None where it would not be what was said any more."""
    if value is None or not isinstance(item, nouns.Question):
        return None
    if item.itemset is not None:
        # what there is to choose from, the other answers decide
        return value if isinstance(value, list) == (_kind(item) in kinds.SEVERAL) else None
    taken = values.fitting(value, _kind(item), item.choices)
    if taken is None and isinstance(value, list):
        # of several choices only one was ticked, and now it is one that is asked for
        taken = values.fitting(values.written(value), _kind(item), item.choices)
    return taken if taken is not None and _is_same(taken, value) else None


def _is_same(taken: nouns.Value, value: nouns.Value) -> bool:
    if isinstance(taken, list):
        names = value if isinstance(value, list) else values.written(value).split()
        return sorted(taken) == sorted(names)
    if isinstance(taken, nouns.Point | nouns.Attachment):
        return taken == value
    old, new = values.written(value), values.written(taken)
    return old == new or (
        values.as_number(old) is not None and values.as_number(old) == values.as_number(new)
    )


class _Homes:
    """Where keys of another version belong in this one."""

    def __init__(self, flow: nouns.Flow, before: nouns.Flow | None) -> None:
        self._by_path = _by_path(flow)
        self._by_identity: dict[Identity, list[str]] = {}
        for path, placed in self._by_path.items():
            self._by_identity.setdefault(_identity(placed), []).append(path)
        old = [_identity(placed) for placed in _by_path(before).values()] if before is not None else []
        self._ambiguous = {identity for identity, number in Counter(old).items() if number > 1}

    def item(self, key: str) -> nouns.Item | None:
        """The item at a key; None where nothing stands there, or its repeats are others than the key says."""
        placed = self._by_path.get(keys.path(key))
        return placed.item if placed is not None and _fits(placed, keys.steps(key)) else None

    def of(self, found: Iterable[str]) -> dict[str, str]:
        """The new key of each key; its own where it has none, or where another's answer is there already."""
        old = list(found)
        taken = {key for key in old if self.item(key) is not None}
        homes = {}
        for key in old:
            home = key if key in taken else self._elsewhere(key)
            if home in taken or self.item(home) is None:
                home = key
            taken.add(home)
            homes[key] = home
        return homes

    def _elsewhere(self, key: str) -> str:
        """The key of the only item of the same identity; the same key where there is none."""
        steps = keys.steps(key)
        name, number = steps[-1]
        entries = {name: number for name, number in steps[:-1] if number is not None}
        identity = (*entries, name)
        paths = self._by_identity.get(identity, [])
        if len(paths) != 1 or identity in self._ambiguous:
            return key
        made = ""
        for step in paths[0].split("/"):
            made = keys.inside(made, step)
            if step in entries and keys.path(made) in self._by_path[paths[0]].repeats:
                made = keys.entry(made, entries[step])
        return made if number is None else keys.entry(made, number)


def _fits(placed: Placed, steps: list[tuple[str, int | None]]) -> bool:
    """Whether a key numbers an entry of every repeat around the item, and of nothing else."""
    numbered = [
        "/".join(name for name, _ in steps[: at + 1]) for at, (_, n) in enumerate(steps[:-1]) if n is not None
    ]
    own = steps[-1][1] is None or isinstance(placed.item, nouns.Repeat)
    return own and tuple(numbered) == placed.repeats


def _by_path(flow: nouns.Flow) -> dict[str, Placed]:
    return {placed.item.path: placed for placed in _placed(flow.children, ())}


def _placed(items: Iterable[nouns.Item], repeats: tuple[str, ...]) -> Iterator[Placed]:
    for item in items:
        yield Placed(item, repeats)
        if not isinstance(item, nouns.Question):
            inner = (*repeats, item.path) if isinstance(item, nouns.Repeat) else repeats
            yield from _placed(item.children, inner)


def _identity(placed: Placed) -> Identity:
    return (*(path.rpartition("/")[2] for path in placed.repeats), placed.item.name)


def _kind(item: nouns.Item) -> str:
    if isinstance(item, nouns.Question):
        return item.type.partition(" ")[0]
    return "repeat" if isinstance(item, nouns.Repeat) else "group"


def _label(item: nouns.Item) -> str:
    return item.label or item.name
