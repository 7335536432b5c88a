"""The way through a form: everything that someone can stand at now, in order.

A stop is a question to answer or a repeat to add to. A repeat stands before its entries' questions;
one with a `repeat_count` has nothing to add, so only its entries' questions are stops.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator

from flows import ahead, form, instance, keys, kinds, nouns, shown

LEFT_TO_OTHERS = frozenset({nouns.Sure.UNKNOWN, nouns.Sure.ASKED, nouns.Sure.SKIPPED})
"""Answers without a value that a colleague may know better."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """One place to stand at."""

    node: instance.Question | instance.Series
    scope: str
    """Key of the innermost entry around it that people can add and remove; empty outside of such entries."""
    notes: tuple[str, ...] = ()
    """The notes that stand before it."""

    @property
    def key(self) -> str:
        """Its key in the session."""
        return self.node.key

    @property
    def is_open(self) -> bool:
        """Whether it waits for its respondent: nothing was said of it, or a reviewer gave it back.

        What is handed to a colleague waits for them, not for its owner.
        """
        return self._waits and self.handed is None

    @property
    def _waits(self) -> bool:
        session = self.node.instance.session
        if self.key in session.comments or self.is_asked_back:
            return True
        said = session.answers.get(self.key)
        if said is not None and said.value is None and session.share is not None:
            # what its owner did not know, or left, is just what the colleague is asked
            said = said if said.by == session.share.by else None
        if isinstance(self.node, instance.Series):
            return not self.node.complete and said is None
        return said is None or (said.value is not None and self.node.value is None)

    @property
    def handed(self) -> str | None:
        """Key of the part in which it waits for a colleague of whoever answers here; None where it does not."""
        session = self.node.instance.session
        if session.share is not None or not self.lacks:
            return None
        return next((part for part in session.handed if keys.is_in(self.key, part)), None)

    @property
    def lacks(self) -> bool:
        """Whether a colleague may know it better: it waits, or nobody could say."""
        said = self.node.instance.session.answers.get(self.key)
        return self._waits or (said is not None and said.value is None and said.sure in LEFT_TO_OTHERS)

    @property
    def is_shared(self) -> bool:
        """Whether whoever answers here may: the owner anywhere, a colleague in their part where nobody else has."""
        session = self.node.instance.session
        share = session.share
        if share is None or not keys.is_in(self.key, share.key):
            return share is None
        said = session.answers.get(self.key)
        given = said is not None and said.value is not None and said.by != share.by
        return not given or self._waits

    @property
    def is_asked_back(self) -> bool:
        """Whether a reviewer proposes another answer, and its respondent has not said what they think of it."""
        dispute = self.node.instance.session.disputes.get(self.key)
        return dispute is not None and not dispute.kept

    @property
    def is_missing(self) -> bool:
        """Whether the reader of the answers will miss something here: it waits for anybody, or was skipped."""
        said = self.node.instance.session.answers.get(self.key)
        return self._waits or (said is not None and said.sure is nouns.Sure.SKIPPED)


class Way:
    """The stops of one instance, in order."""

    def __init__(self, living: instance.Instance) -> None:
        self.instance = living
        self.computed: dict[str, tuple[int, ...]] = {}
        """Key of each repeat with a `repeat_count` -> the numbers of its entries."""
        self._pending: list[str] = []
        self.stops = tuple(stop for stop in self._walk(living.root, "") if stop.is_shared)
        self.closing = tuple(self._pending)
        """The notes behind the last stop."""
        self._index = {stop.key: index for index, stop in enumerate(self.stops)}

    @functools.cached_property
    def length(self) -> int:
        """How many stops the way will have at the most, as far as can be told now."""
        share = self.instance.session.share
        return len(self.stops) + ahead.count(self.instance, share.key if share is not None else "")

    def at(self, key: str) -> Stop | None:
        """The stop of a key; None where nobody can stand."""
        index = self._index.get(key)
        return None if index is None else self.stops[index]

    def position(self, key: str) -> int:
        """The place of a stop among all, from 1; 0 for what is no stop."""
        return self._index.get(key, -1) + 1

    def open(self) -> tuple[Stop, ...]:
        """The stops that wait for their respondent."""
        return tuple(stop for stop in self.stops if stop.is_open)

    def inside(self, holder: str) -> tuple[Stop, ...]:
        """The stops inside a group, repeat or entry."""
        return tuple(stop for stop in self.stops if stop.key != holder and keys.is_within(stop.key, holder))

    def before(self, key: str) -> Stop | None:
        """The stop to go back to: the one before, passing over the entries of repeats that are behind."""
        here = self.at(key)
        if here is None:
            return next((stop for stop in reversed(self.stops) if not stop.scope), None)
        earlier = self.stops[: self._index[key]]
        fitting = (
            stop for stop in reversed(earlier) if not stop.scope or keys.is_within(here.scope, stop.scope)
        )
        return next(fitting, None)

    def after(self, key: str) -> Stop | None:
        """The stop to go on to; None where nothing is left to ask.

        In an entry that is the next of its questions, and after the last the repeat itself, so that an entry
        which was opened can be gone through; elsewhere it is the next open stop, or the first.
        """
        here = self.at(key)
        later = self.stops[self._index[key] + 1 :] if here is not None else ()
        if here is not None and here.scope:
            within = (stop for stop in later if keys.is_within(stop.key, here.scope))
            entry = here.scope.rpartition(":")[0]
            return next((stop for stop in within if stop.scope == here.scope or stop.is_open), self.at(entry))
        return next((stop for stop in (*later, *self.stops) if stop.is_open), None)

    def _walk(self, holder: instance.Holder, scope: str) -> Iterator[Stop]:
        for part in holder.parts:
            if not part.relevant:
                continue
            if isinstance(part, instance.Question):
                if part.asked:
                    yield Stop(part, scope, self._noted())
                else:
                    self._note(part)
            elif isinstance(part, instance.Series):
                if part.grows:
                    yield Stop(part, scope, self._noted())
                else:
                    self.computed[part.key] = part.numbers
                for entry in part.entries:
                    yield from self._walk(entry, entry.key if part.grows else scope)
            else:
                yield from self._walk(part, scope)

    def _note(self, question: instance.Question) -> None:
        """Keep the words of a note, or of an answer that is only shown, for the next stop."""
        if question.place.kind in kinds.UNSEEN or question.place.kind.startswith("select_"):
            return
        words = shown.title(question)
        value = "" if question.place.kind in kinds.SILENT else shown.in_words(question)
        self._pending.append(f"{words} {value}".strip())

    def _noted(self) -> tuple[str, ...]:
        notes, self._pending = tuple(self._pending), []
        return notes


def of(living: instance.Instance) -> Way:
    """The way through a living form, walked once; whoever changes what applies sets `living.way` to None."""
    if living.way is None:
        living.way = Way(living)
    found: Way = living.way
    return found


def looked_at(made: form.Form, session: nouns.Session, now: dt.datetime) -> Way:
    """The way of a session at a moment, for who only looks: that of the turn just now, where one left it."""
    return of(instance.looked_at(made, session, now))
