"""Puts two plans side by side."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from planning import nouns, words
from planning.comparison import answered, dates, gaps, money, scope, sizes

PARTS = (scope.of, dates.of, money.of, gaps.of, sizes.of, answered.of)


def compare(before: nouns.Plan, after: nouns.Plan) -> tuple[nouns.Change, ...]:
    """Everything that differs, by topic, the heaviest of each topic first; nothing where both say the same."""
    order = list(nouns.Topic)
    found = [change for part in PARTS for change in part(before, after)]
    return tuple(sorted(found, key=lambda change: (order.index(change.topic), -change.weight)))


class Group(msgspec.Struct, frozen=True):
    """The changes of one topic as they are shown: the first, and how many more there are."""

    topic: nouns.Topic
    changes: tuple[nouns.Change, ...]
    more: int = 0

    @property
    def heading(self) -> nouns.Text:
        """What the topic is called."""
        return nouns.Text(f"topic.{self.topic.value}")


def grouped(changes: tuple[nouns.Change, ...], most: int) -> Iterator[Group]:
    """The changes by topic, at most so many of each."""
    for topic in nouns.Topic:
        found = tuple(change for change in changes if change.topic is topic)
        if found:
            yield Group(topic, found[:most], max(0, len(found) - most))


def say(change: nouns.Change, language: str) -> str:
    """A change in words, with whose it is."""
    if not change.who:
        return words.say(change.said, language)
    return words.say(nouns.Text("change.by", {"change": change.said, "who": change.who}), language)
