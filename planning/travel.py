"""Ways to the branches: which are reached first, and how many days a visit spends on the road."""

from __future__ import annotations

import math

import msgspec

from flows import nouns as flow_nouns
from planning import environment, nouns, workbook


class Way(msgspec.Struct, frozen=True):
    """The way from head office to a branch."""

    hours: float | None
    """None where nobody said."""
    days: int
    """Working days of travel, one way; 0 where the way fits into a day's work."""
    inputs: tuple[nouns.Input, ...] = ()
    hard: bool = False
    """Whether the road closes in some season: then it is slow in the others."""


def to(work: workbook.Workbook, branch: flow_nouns.Branch) -> Way:
    """The way to a branch, by the usual car or bus."""
    fact = work.facts.one(environment.FLOW, "travel_hours", branch.id)
    hard = environment.road(work, branch.id)
    if fact.number is None:
        return Way(None, 0, hard=hard)
    hours = fact.number * (work.parameter("hard_road") if hard else 1)
    far = hours > work.parameter("travel_day_hours")
    days = math.ceil(hours / work.parameter("travel_hours_a_day")) if far else 0
    return Way(fact.number, days, (fact.input,), hard)
