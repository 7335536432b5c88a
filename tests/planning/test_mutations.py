"""Answers of the samples changed at random: whatever they say, there is a plan, and none of its figures is below 0 or no number.

`GROUNDWORK_MUTATIONS=850` tries as many books; a run of all tests takes a few.
"""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable

import msgspec
import pytest

from flows import book as books_of_flows
from flows import nouns, shipped
from planning import nouns as plan_nouns
from planning import parameters, plan
from tests.planning.books import TODAY
from tests.planning.test_plan import SAMPLE, holds_together, inside

MUTATIONS = int(os.environ.get("GROUNDWORK_MUTATIONS", "24"))

SMALL = ("jitegemea", "village_bank")
NAMES = (*SMALL, "sme_lender", "savings_cooperative")
"""In a run of all tests only the small samples are changed: the others take seconds each."""

NUMBERS = (0, 1, 2, 3, 0.5, 0.001, 7, 12, 24, 100, 1_000, 65_536, 10**6, 10**9, 10**14, -1, -0.5)
WORDS = ("", "none", "yes", "no", "unknown", "x", "1", "2027-02-29", "2026-12-31", "2031-06-01", "9999-12-31")
MONEY = ("KES", "USD", "UGX", "JPY", "ZZZ", "")
COUNTRIES = ("KE", "IN", "BO", "NP", "US", "XX", "")

replace = msgspec.structs.replace


def changed_value(chance: random.Random, value: nouns.Value) -> nouns.Value:
    """Another value of the same kind."""
    match value:
        case bool() | None:
            return chance.choice(NUMBERS)
        case int() | float():
            return chance.choice([*NUMBERS, value * 10, value / 10, -value])
        case str():
            return chance.choice(WORDS)
        case list():
            return chance.choice([[], ["none"], value[:1], value[1:], [*value, "none"], ["x"]])
    return None


def changed_answers(chance: random.Random, section: nouns.SectionAnswers) -> nouns.SectionAnswers:
    """The section with some answers of another value, less sure, or gone, and with entries gone or more."""
    answers, entries = dict(section.answers), dict(section.entries)
    for key in chance.sample(sorted(answers), min(len(answers), chance.randint(1, 6))):
        match chance.randint(0, 3):
            case 0:
                del answers[key]
            case 1:
                answers[key] = replace(answers[key], sure=chance.choice(list(nouns.Sure)))
            case _:
                answers[key] = replace(answers[key], value=changed_value(chance, answers[key].value))
    for path, numbers in section.entries.items():
        if chance.random() < 0.2:
            entries[path] = chance.choice([(), numbers[:1], (*numbers, max(numbers, default=0) + 1)])
    state = chance.choice([section.state, "in_progress", "returned", "approved"])
    return replace(section, answers=answers, entries=entries, state=state)


def changed_institution(chance: random.Random, book: nouns.AnswerBook) -> nouns.AnswerBook:
    changes: dict[str, object] = {"currency": chance.choice(MONEY), "country": chance.choice(COUNTRIES)}
    return replace(book, institution=replace(book.institution, **changes))


def changed_branches(chance: random.Random, book: nouns.AnswerBook) -> nouns.AnswerBook:
    """Fewer branches, or one abroad."""
    kept = chance.sample(book.branches, chance.randint(0, len(book.branches)))
    if kept:
        kept[0] = replace(kept[0], country=chance.choice(COUNTRIES))
    return replace(book, branches=tuple(kept))


def changed_assumptions(chance: random.Random, book: nouns.AnswerBook) -> nouns.AnswerBook:
    """Some of our numbers at the end of what is believed."""
    some = chance.sample(list(parameters.default()), 6)
    own = tuple(nouns.Assumption(one.name, chance.choice(one.bounds), by="pm") for one in some)
    return replace(book, assumptions=own)


AROUND: tuple[Callable[[random.Random, nouns.AnswerBook], nouns.AnswerBook], ...] = (
    changed_institution, changed_branches, changed_assumptions,
)  # fmt: skip


def mutated(seed: int, name: str) -> nouns.AnswerBook:
    """A sample with answers of one to ten sections changed, and seldom what stands around them."""
    chance = random.Random(f"{seed} {name}")
    book = books_of_flows.decode((SAMPLE.parent / f"{name}.answers.json").read_bytes())
    sections = list(book.sections)
    for place in chance.sample(range(len(sections)), min(len(sections), chance.randint(1, 10))):
        sections[place] = changed_answers(chance, sections[place])
    book = replace(book, sections=tuple(sections))
    for change in AROUND:
        if chance.random() < 0.25:
            book = change(chance, book)
    return book


def drawn() -> list[tuple[int, str]]:
    names = SMALL if MUTATIONS < 100 else NAMES
    return [(seed, names[seed % len(names)]) for seed in range(MUTATIONS)]


@pytest.mark.parametrize(("seed", "name"), drawn())
def test_whatever_is_answered_there_is_a_plan_of_sound_numbers(seed: int, name: str) -> None:
    found = plan.make_plan(mutated(seed, name), shipped.assessment(), today=TODAY, prove=False)
    holds_together(found)
    for figure in inside(found, plan_nouns.Figure):
        for number in (figure.value, figure.low, figure.high):
            assert number is None or 0 <= number < math.inf, figure
    assert found.schedule is not None or any("too_long" in text.code for text in found.warnings)
