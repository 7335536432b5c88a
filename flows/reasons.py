"""Why a question is asked: what the plan does with its answer, and which answers opened it; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from flows import engine, expressions, form, instance, nouns, review, shown, stops

MOST_NAMED = 2
"""Answers that a reason names: a third one tells nobody more."""


class Reason(msgspec.Struct, frozen=True):
    """Why the question that stands is asked."""

    label: str
    seeds: tuple[str, ...] = ()
    """Ids of the framework that it serves; empty in a survey of the institution's own."""
    because: tuple[nouns.ReviewLine, ...] = ()
    """The answers without which it would not be asked, the nearest first."""


def of(flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime) -> Reason | None:
    """The reason for what stands; None where nothing does."""
    prompt = engine.show(flow, session, now=now)
    way = stops.Way(instance.Instance(form.of(flow), session, now))
    stop = way.at(prompt.key)
    if stop is None:
        return None
    nodes = (stop.node, *_around(stop.node))
    seeds = next(filter(None, map(_seeds, nodes)), ())
    opened = dict.fromkeys(key for node in nodes for key in _openers(node))
    lines = (review.of(found) for key in opened if (found := way.at(key)) is not None)
    return Reason(shown.title(stop.node), seeds, tuple(line for line in lines if line.shown)[:MOST_NAMED])


def _around(node: instance.Branching) -> Iterator[instance.Branching]:
    """The groups, entries and lists around a node, the nearest first."""
    above = node.parent
    while isinstance(above, instance.Branching):
        yield above
        above = above.parent


def _seeds(node: instance.Branching) -> tuple[str, ...]:
    item = node.place.item
    return () if isinstance(item, nouns.Group) else item.seed


def _openers(node: instance.Branching) -> Iterator[str]:
    """Keys of the answers that the node's own condition reads."""
    formula = node.place.formulas.get("relevant")
    if formula is None:
        return
    for name in sorted(expressions.references(expressions.parse(formula.text))):
        for found in node.instance.named(name, node):
            if isinstance(found, instance.Question):
                yield found.key
