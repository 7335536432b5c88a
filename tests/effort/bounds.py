"""How many questions a flow asks at least and at most, by its own logic.

Found by search: every answer that a condition looks at is changed in turn to whatever lets the flow ask fewest or
most, until no change helps. A list counts with one entry at most, and with none at least: more are people's own.
Numbers that one message gives are one question, or by themselves where that is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from flows import form, keys, nouns
from tests.flows.assessment_asked import asked, standing

PASSES = 8
"""Rounds after which the search ends; the shipped flows come to rest in three."""

_NUMBER = re.compile(r"(?<![\w$])\d+(?:\.\d+)?")
_WORD = re.compile(r"'([^']*)'")

Answers = dict[str, nouns.Answer]


class Bounds(NamedTuple):
    """Questions that are asked at least and at most."""

    least: int
    most: int


def of(flow: nouns.Flow, *, alone: bool = False) -> Bounds:
    """The bounds of a flow; `alone` counts each number of one message by itself."""
    made = form.of(flow)
    lists = [place for place in made.by_path.values() if place.kind == "repeat"]
    nothing = {_key(place): () for place in lists}
    one_each = {_key(place): (1,) for place in lists}
    least = _best(flow, made, nothing, alone, better=lambda new, old: new < old)
    return Bounds(least, _best(flow, made, one_each, alone, better=lambda new, old: new > old))


def _best(
    flow: nouns.Flow,
    made: form.Form,
    entries: Mapping[str, tuple[int, ...]],
    alone: bool,
    *,
    better: Callable[[int, int], bool],
) -> int:
    answers: Answers = {}
    best = _count(flow, answers, entries, alone)
    deciding = list(_deciding(made))
    for _ in range(PASSES):
        before = best
        for key, candidates in deciding:
            for candidate in candidates:
                tried = {**answers, key: nouns.Answer(candidate)}
                count = _count(flow, tried, entries, alone)
                if better(count, best):
                    answers, best = tried, count
        if best == before:
            break
    return best


def _count(flow: nouns.Flow, answers: Answers, entries: Mapping[str, tuple[int, ...]], alone: bool) -> int:
    questions = list(asked(standing(flow.id, answers, dict(entries)).root.parts))
    if alone:
        return len(questions)
    beside = {
        f"{question.key.rpartition('/')[0]}/{name}"
        for question in questions
        for name in question.item.together
    }
    return sum(f"{question.key.rpartition('/')[0]}/{question.name}" not in beside for question in questions)


def _deciding(made: form.Form) -> Iterator[tuple[str, list[nouns.Value]]]:
    """The questions that conditions look at, with the answers that may make a difference."""
    conditions: dict[str, list[str]] = {}
    for place in made.by_path.values():
        for field in ("relevant", "choice_filter", "calculation"):
            formula = place.formulas.get(field)
            for name in formula.names if formula is not None else ():
                conditions.setdefault(name, []).append(formula.text if formula is not None else "")
    for name, texts in conditions.items():
        for place in made.by_name.get(name, ()):
            if place.kind not in ("repeat", "group"):
                yield _key(place), list(_candidates(place, " ".join(texts)))


def _candidates(place: form.Place, conditions: str) -> Iterator[nouns.Value]:
    names = [choice.name for choice in place.question.choices]
    match place.kind:
        case "select_one":
            yield from names
        case "select_multiple":
            yield from ([name] for name in names)
            yield [name for name in names if name != "none"]
        case "integer" | "decimal":
            for number in {float(found) for found in _NUMBER.findall(conditions)} | {0.0}:
                yield from (number, number + 1, max(0, number - 1))
        case _:
            yield from _WORD.findall(conditions)
            yield "something"


def _key(place: form.Place) -> str:
    """The key of a place in the first entry of each list around it."""
    key = ""
    around: list[form.Place] = []
    above = place.parent
    while above is not None:
        around.append(above)
        above = above.parent
    for step in reversed(around):
        key = keys.inside(key, step.name)
        if step.kind == "repeat":
            key = keys.entry(key, 1)
    return keys.inside(key, place.name)
