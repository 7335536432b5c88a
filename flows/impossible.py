"""Conditions that can never hold, because they want two things of one answer: `${s} = 'yes' and ${s} = 'no'`.

Looked at are the parts of a condition that must all hold, its own and those of everything around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from flows import expressions, form
from flows.expressions import tree

Term = tuple[str, str, str | float]
"""The question, the comparison, and what it is compared with."""

_TURNED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def wanted(made: form.Form, place: form.Place) -> str:
    """The name of a question of which an item's conditions want what no one answer is; empty where there is none."""
    chosen: dict[str, str] = {}
    least: dict[str, tuple[float, bool]] = {}
    most: dict[str, tuple[float, bool]] = {}
    for name, operator, value in _of(place):
        question = made.place(name, place)
        if isinstance(value, str):
            is_one = question is not None and question.kind == "select_one"
            if is_one and operator == "=" and chosen.setdefault(name, value) != value:
                return name
            continue
        if operator in ("=", ">", ">="):
            least[name] = max(least.get(name, (-math.inf, False)), (value, operator == ">"))
        if operator in ("=", "<", "<="):
            # a strict bound is the smaller of two alike
            top, strict = most.get(name, (math.inf, False))
            most[name] = min((top, not strict), (value, operator != "<"))
            most[name] = (most[name][0], not most[name][1])
        low, over = least.get(name, (-math.inf, False))
        high, under = most.get(name, (math.inf, False))
        if low > high or (low == high and (over or under)):
            return name
    return ""


def _of(place: form.Place) -> Iterator[Term]:
    around: form.Place | None = place
    while around is not None:
        if (formula := around.formulas.get("relevant")) is not None:
            yield from _terms(expressions.parse(formula.text))
        around = around.parent


def _terms(condition: expressions.Expression) -> Iterator[Term]:
    match condition:
        case tree.Operation("and", parts):
            for part in parts:
                yield from _terms(part)
        case tree.Operation(operator, (tree.Reference(name), tree.Text(value) | tree.Number(value))):
            yield name, operator, value
        case tree.Operation(operator, (tree.Text(value) | tree.Number(value), tree.Reference(name))):
            yield name, _TURNED.get(operator, operator), value
