"""What the sample institutions' people did, counted: questions, taps, messages, minutes."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows import nouns
from tests.effort import pace
from tests.samples import made, making


class Effort(NamedTuple):
    """What some sections took."""

    questions: int
    taps: int
    messages: int
    minutes: float

    @property
    def taps_a_question(self) -> float:
        """How many taps one question takes."""
        return self.taps / self.questions


def of(walks: Iterable[making.Walk]) -> Effort:
    """The effort of sections together."""
    walks = list(walks)
    acts = [act for walk in walks for act in walk.acts]
    messages = sum(isinstance(act, pace.MESSAGES) for act in acts)
    spent = sum((walk.now - walk.begins for walk in walks), dt.timedelta())
    return Effort(
        sum(len(walk.asked) for walk in walks), len(acts) - messages, messages, spent.total_seconds() / 60
    )


def of_section(name: str, flow: str) -> Effort:
    """The effort of one section of the head office."""
    return of(walk for walk in made.maker(name).walks if walk.flow.id == flow)


def of_branches(name: str, flow: str = "") -> list[Effort]:
    """The effort of each branch: all that its manager answers, or one section of it."""
    branches = [branch.id for branch in made.book(name).branches]
    walks = [walk for walk in made.maker(name).walks if flow in ("", walk.flow.id)]
    return [of(walk for walk in walks if walk.branch == branch) for branch in branches]


def of_role(name: str, role: nouns.Role) -> Effort:
    """The effort of a role of the head office, or the median of each number over the branches."""
    if role is nouns.Role.BRANCH_STAFF:
        return median(of_branches(name))
    return of(walk for walk in made.maker(name).walks if walk.flow.role is role)


def median(efforts: Sequence[Effort]) -> Effort:
    """The median of each number."""
    return Effort(
        round(statistics.median(each.questions for each in efforts)),
        round(statistics.median(each.taps for each in efforts)),
        round(statistics.median(each.messages for each in efforts)),
        statistics.median(each.minutes for each in efforts),
    )
