"""What the sample institutions' people did, counted: questions, taps, messages, minutes."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
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
    answers: int = 0
    """Questions that were answered: each of several numbers in one message is one."""

    @property
    def taps_an_answer(self) -> float:
        """How many taps one answered question takes."""
        return self.taps / self.answers

    @property
    def taps_a_question(self) -> float:
        """How many taps one question takes."""
        return self.taps / self.questions


class Given(NamedTuple):
    """What one answered question took: without adding to lists, checking and handing in."""

    taps: float
    seconds: float


def of(walks: Iterable[making.Walk]) -> Effort:
    """The effort of sections together."""
    walks = list(walks)
    acts = [act for walk in walks for act in walk.acts]
    messages = sum(isinstance(act, pace.MESSAGES) for act in acts)
    spent = sum((walk.now - walk.begins for walk in walks), dt.timedelta())
    return Effort(
        sum(len(walk.asked) for walk in walks),
        len(acts) - messages,
        messages,
        spent.total_seconds() / 60,
        sum(len(walk.answered) for walk in walks),
    )


def answered(walks: Iterable[making.Walk]) -> list[Given]:
    """What each answered question took; a message that gives several numbers is shared out among them."""
    return [given for walk in walks for given in _answered(walk)]


def _answered(walk: making.Walk) -> Iterator[Given]:
    taps: dict[str, float] = {}
    seconds: dict[str, float] = {}
    beside: dict[str, int] = {}
    for (_, seen), (event, _) in itertools.pairwise(walk.turns):
        if seen.key not in walk.asked or seen.kind == "review":
            continue
        others = [
            each.key for each in seen.together if each.key in walk.answered and each.key not in walk.asked
        ]
        beside[seen.key] = len(others)
        taps[seen.key] = taps.get(seen.key, 0) + (not isinstance(event, pace.MESSAGES))
        seconds[seen.key] = seconds.get(seen.key, 0) + pace.of(event, seen).total_seconds()
    for key, others_ in beside.items():
        share = others_ + 1
        yield from [Given(taps[key] / share, seconds[key] / share)] * share


def of_sample(name: str, *, branches: bool = False) -> list[Given]:
    """What each answered question of a sample took; with `branches` of the branches' only."""
    return answered(walk for walk in made.maker(name).walks if walk.branch or not branches)


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
        round(statistics.median(each.answers for each in efforts)),
    )
