"""A small form to evaluate expressions on: questions by name, an XML-like household, two tables."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from typing import Any

from flows import expressions
from flows.expressions import nodes

NAIROBI = zoneinfo.ZoneInfo("Africa/Nairobi")
NOW = dt.datetime(2026, 11, 23, 22, 30, tzinfo=dt.UTC)
"""Already the 24th in Nairobi."""


def household() -> nodes.PlainNode:
    """`/data` with a head, three people in a repeat, and two villages with two wells each."""
    top = nodes.document()
    data = top.append(nodes.element("data"))
    data.attach(nodes.attribute("id", "household"))
    data.append(nodes.element("head", "Asha"))
    for name, age in (("Asha", "41"), ("Baraka", "39"), ("Cheche", "7")):
        person = data.append(nodes.element("person"))
        person.append(nodes.element("name", name))
        person.append(nodes.element("age", age))
    for village, depths in (("North", ("10", "20")), ("South", ("30", "40"))):
        place = data.append(nodes.element("village"))
        place.append(nodes.element("called", village))
        for depth in depths:
            place.append(nodes.element("well")).append(nodes.element("depth", depth))
    return top


def find(top: nodes.PlainNode, name: str) -> list[nodes.Node]:
    """The elements of this name, in document order."""
    return [one for one in nodes.descendants(top) if one.name == name]


TOWNS = [
    {"name": "nbo", "label": "Nairobi", "county": "47"},
    {"name": "msa", "label": "Mombasa", "county": "1"},
    {"name": "ksm", "label": "Kisumu", "county": ""},
]


def host(**changes: Any) -> expressions.Host:
    """A host with a clock in Nairobi and a table of towns."""
    given: dict[str, Any] = {"now": NOW, "zone": NAIROBI, "instances": {"towns": expressions.table(TOWNS)}}
    return expressions.Host(**(given | changes))


def answers(values: Mapping[str, str | Sequence[str]]) -> expressions.Host:
    """A host whose questions hold these answers; a repeated question holds several."""
    form = {
        name: [nodes.element(name, text) for text in ([held] if isinstance(held, str) else held)]
        for name, held in values.items()
    }
    return host(reference=lambda name, _node: form.get(name, []))


def evaluate(
    text: str, given: expressions.Host | None = None, node: expressions.Node | None = None
) -> expressions.Value:
    """The value of an expression, on an empty document unless a node is given."""
    at = expressions.Context(given or host(), node or nodes.document())
    return expressions.compile(expressions.parse(text))(at)
