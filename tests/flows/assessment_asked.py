"""What the shipped assessment asks, given answers: shared by the tests of its content and of its sample."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from flows import form, instance, nouns, shipped

FLOWS = {flow.id: flow for flow in shipped.assessment()}
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def items_of(children: tuple[nouns.Item, ...]) -> Iterator[nouns.Item]:
    """Every item below, holders before what they hold."""
    for item in children:
        yield item
        if not isinstance(item, nouns.Question):
            yield from items_of(item.children)


def kind_of(question: nouns.Question) -> str:
    return question.type.partition(" ")[0]


def questions_of(flow: nouns.Flow) -> Iterator[nouns.Question]:
    return (item for item in items_of(flow.children) if isinstance(item, nouns.Question))


def put_to_people(flow: nouns.Flow) -> Iterator[nouns.Question]:
    """The questions that somebody answers: neither computed nor only shown."""
    return (question for question in questions_of(flow) if not question.calculation)


def standing(
    flow: str, answers: dict[str, nouns.Answer], entries: dict[str, tuple[int, ...]]
) -> instance.Instance:
    """The flow with these answers, as the engine sees it."""
    session = nouns.Session(flow=flow, version=FLOWS[flow].version, answers=answers, entries=entries)
    return instance.Instance(form.of(FLOWS[flow]), session, NOW)


def asked(parts: tuple[instance.Part, ...]) -> Iterator[instance.Question]:
    """The questions that these answers make the flow ask."""
    for part in parts:
        if isinstance(part, instance.Question):
            if part.relevant and part.asked:
                yield part
        elif isinstance(part, instance.Series):
            yield from itertools.chain.from_iterable(asked(entry.parts) for entry in part.entries)
        elif part.relevant:
            yield from asked(part.parts)
