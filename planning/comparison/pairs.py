"""Two lists matched by what tells their members apart, and two figures beside each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from planning import nouns

WHOLE_FROM = 1000
"""Numbers from here on are said without what stands behind the point."""

K = TypeVar("K")
V = TypeVar("V")

UNKNOWN = 1.0
"""The weight of a number that became known, or is no longer: as of one that doubled."""


def matched(before: Mapping[K, V], after: Mapping[K, V]) -> Iterator[tuple[K, V | None, V | None]]:
    """Every key of either with its value on both sides, those of today's plan first."""
    for key, value in after.items():
        yield key, before.get(key), value
    for key, value in before.items():
        if key not in after:
            yield key, value, None


def by(members: Iterable[V], key: str) -> dict[str, V]:
    """Members by a field; of several with the same one, the first."""
    found: dict[str, V] = {}
    for member in members:
        found.setdefault(getattr(member, key), member)
    return found


def figures(
    topic: nouns.Topic, what: nouns.Words, before: nouns.Figure, after: nouns.Figure, *, weight: float = 0
) -> Iterator[nouns.Change]:
    """That a figure is more or less, is known now, or is no longer."""
    first, second = told(before), told(after)
    if _same(before, after):
        return
    values: dict[str, nouns.Value] = {"what": what, "before": first, "after": second}
    if before.value is None or after.value is None:
        yield nouns.Change(topic, nouns.Text("change.figure", values), weight + UNKNOWN)
        return
    difference = after.value - before.value
    values["difference"] = nouns.Amount(_rounded(abs(difference)), after.unit)
    code = "change.more" if difference > 0 else "change.less"
    base = max(abs(before.value), abs(after.value))
    yield nouns.Change(topic, nouns.Text(code, values), weight + abs(difference) / base)


def _same(before: nouns.Figure, after: nouns.Figure) -> bool:
    first, second = before.value, after.value
    if first is None and second is None:
        # what is certain of it is all there is to compare
        first, second = before.low or 0.0, after.low or 0.0
    if first is None or second is None:
        return False
    # what a sum of the same numbers in another order gives is no change
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9) and (
        before.unit == after.unit or first == second == 0
    )


def told(figure: nouns.Figure) -> nouns.Value:
    """A figure's value, or what is certain of it."""
    if figure.value is not None:
        return nouns.Amount(_rounded(figure.value), figure.unit)
    if figure.low:
        return nouns.Text("change.at_least", {"value": nouns.Amount(_rounded(figure.low), figure.unit)})
    return nouns.Text("change.not_known")


def _rounded(value: float) -> float:
    return round(value) if abs(value) >= WHOLE_FROM else value
