"""XPath's comparisons, where nodes compare by what any of them holds, and ODK's, where dates are numbers."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from flows.expressions import context, moments, nodes, values

EQUALITY: dict[str, Callable[[object, object], bool]] = {"=": operator.eq, "!=": operator.ne}
ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRROR = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The operator that says the same with the sides changed."""


def compare(sign: str, left: values.Value, right: values.Value, at: context.Context) -> bool:
    """Whether `left sign right` holds."""
    if values.is_nodes(left):
        if values.is_nodes(right):
            return nodes_with_nodes(sign, left, right, at)
        return nodes_with_value(sign, left, right, at)
    if values.is_nodes(right):
        return nodes_with_value(MIRROR[sign], right, left, at)
    return value_with_value(sign, left, right, at)


def value_with_value(sign: str, left: values.Value, right: values.Value, at: context.Context) -> bool:
    """Neither side has nodes: truth values first, then numbers and dates, then text."""
    if sign in ORDER:
        return ORDER[sign](values.to_number(left, at), values.to_number(right, at))
    same = EQUALITY[sign]
    if isinstance(left, bool) or isinstance(right, bool):
        return same(values.to_boolean(left), values.to_boolean(right))
    if isinstance(left, str) and isinstance(right, str):
        return same(identity(left, at), identity(right, at))
    return same(values.to_number(left, at), values.to_number(right, at))


def identity(text: str, at: context.Context) -> str | float:
    """What makes a text equal to another: itself, or for a date the moment, however it is written."""
    if not moments.looks_like_date(text):
        return text
    days = moments.parse(text, at.host.zone)
    return text if math.isnan(days) else days


def nodes_with_value(
    sign: str, found: Sequence[nodes.Node], value: values.Value, at: context.Context
) -> bool:
    """Whether any node compares so; equality with a truth value asks instead whether there are nodes.

    XPath 1.0 asks that of `<` and its like as well; ODK's engines agree on comparing each node's number there.
    """
    if isinstance(value, bool) and sign in EQUALITY:
        return value_with_value(sign, bool(found), value, at)
    at.visits.spend(len(found))
    if isinstance(value, str) and sign in EQUALITY:
        same, wanted = EQUALITY[sign], identity(value, at)
        return any(same(identity(node.text, at), wanted) for node in found)
    number = values.to_number(value, at)
    holds = ORDER.get(sign) or EQUALITY[sign]
    return any(holds(values.text_number(node.text, at), number) for node in found)


def nodes_with_nodes(sign: str, left: nodes.NodeSet, right: nodes.NodeSet, at: context.Context) -> bool:
    """Whether any node of one side compares so with any of the other; linear in both."""
    at.visits.spend(len(left) + len(right))
    if sign in EQUALITY:
        if len(left) == 1 and len(right) == 1:
            return EQUALITY[sign](identity(left[0].text, at), identity(right[0].text, at))
        ours = {identity(node.text, at) for node in left}
        theirs = {identity(node.text, at) for node in right}
        if sign == "=":
            return not ours.isdisjoint(theirs)
        return bool(ours and theirs) and (len(ours) > 1 or len(theirs) > 1 or ours != theirs)
    ours_numbers = numbers(left, at)
    theirs_numbers = numbers(right, at)
    if not ours_numbers or not theirs_numbers:
        return False
    if sign in {"<", "<="}:
        return ORDER[sign](min(ours_numbers), max(theirs_numbers))
    return ORDER[sign](max(ours_numbers), min(theirs_numbers))


def numbers(found: nodes.NodeSet, at: context.Context) -> list[float]:
    """The numbers among the nodes' texts: a NaN compares with nothing."""
    found_numbers = (values.text_number(node.text, at) for node in found)
    return [number for number in found_numbers if not math.isnan(number)]
