"""Says of one figure where it comes from: its formula with the numbers put in, answers, parameters, what it waits for."""

from __future__ import annotations

import collections
import string
from collections.abc import Sequence

import msgspec

from planning import figures, nouns, parameter_words, words

MOST_LINES = 12
"""Lines of one kind; a sum of forty branches is not read to its end on a phone."""

MOST_NAMED = 4
"""Branches or people behind the answers to one question; the rest are counted."""


class Part(msgspec.Struct, frozen=True):
    """Lines under a heading."""

    title: nouns.Text
    lines: tuple[nouns.Words, ...]


class Trace(msgspec.Struct, frozen=True):
    """A figure told in words."""

    number: str
    place: nouns.Words
    label: nouns.Text
    value: nouns.Text
    parts: tuple[Part, ...]


def of(plan: nouns.Plan, numbered: figures.Numbered) -> Trace:
    """The trace of a numbered figure."""
    figure = numbered.figure
    made = [
        Part(nouns.Text("trace.formula"), _formula(figure)),
        Part(nouns.Text("trace.operands"), _operands(plan, figure)),
        Part(nouns.Text("trace.inputs"), _answers(plan, figure.inputs)),
        Part(nouns.Text("trace.parameters"), tuple(parameter(one) for one in figure.parameters)),
        Part(nouns.Text("trace.waits"), _waits(plan, figure)),
    ]
    parts = tuple(Part(part.title, _cut(part.lines)) for part in made if part.lines)
    return Trace(numbered.number, numbered.place, figure.label, value(figure), parts)


def value(figure: nouns.Figure) -> nouns.Text:
    """The value with its range; what is certain of it where it is not known."""
    low, high = figure.low, figure.high
    if figure.value is None:
        if low:
            return nouns.Text("trace.at_least", {"value": amount(low, figure.unit)})
        return nouns.Text("trace.not_known")
    shown = amount(figure.value, figure.unit)
    if low is None or high is None:
        return shown
    return nouns.Text("trace.between", {"value": shown, "low": low, "high": high})


def amount(number: float, unit: str) -> nouns.Text:
    """A number with its unit."""
    return nouns.Text("trace.amount", {"value": nouns.Amount(number, unit)})


def _formula(figure: nouns.Figure) -> tuple[nouns.Words, ...]:
    """The arithmetic in words, and the same with the numbers where it has places for them."""
    if figure.formula is None:
        return ()
    code = figure.formula.code.replace("formula.", "worked.", 1)
    if not words.known(code):
        return (figure.formula,)
    # answers and figures are a, b, c …, parameters p, q, r … and their own names
    values: dict[str, nouns.Value] = dict(figure.formula.values)
    values |= dict(zip("pqrstuvw", figure.formula.values.values(), strict=False))
    values |= {
        letter: _entered(operand)
        for letter, operand in zip(string.ascii_lowercase, figure.operands, strict=False)
    }
    result = value(msgspec.structs.replace(figure, low=None, high=None))
    return figure.formula, nouns.Text("trace.worked", {"worked": nouns.Text(code, values), "result": result})


def _entered(operand: nouns.Operand) -> nouns.Value:
    if operand.value is None:
        return operand.shown or "?"
    return operand.value


def _operands(plan: nouns.Plan, figure: nouns.Figure) -> tuple[nouns.Words, ...]:
    """Each with its value; where several are called alike, with the branch that tells them apart."""
    branches = {page.branch.id: page.branch.name for page in plan.branches}
    called = collections.Counter(words.say(operand.label) for operand in figure.operands)
    told = []
    for operand in figure.operands:
        label: nouns.Words = operand.label
        if called[words.say(operand.label)] > 1 and operand.branch in branches:
            label = nouns.Text("trace.of_branch", {"label": label, "branch": branches[operand.branch]})
        told.append(nouns.Text("trace.operand", {"label": label, "value": _shown(operand)}))
    return tuple(told)


def _shown(operand: nouns.Operand) -> nouns.Words:
    if operand.value is None:
        return operand.shown or nouns.Text("trace.not_known")
    return amount(operand.value, operand.unit)


def _answers(plan: nouns.Plan, inputs: Sequence[nouns.Input]) -> tuple[nouns.Text, ...]:
    """Each answer; of more than are read to their end, those to one question in one line."""
    if len(inputs) <= MOST_LINES:
        return tuple(_input(plan, one) for one in inputs)
    asked: dict[tuple[str, str], list[nouns.Input]] = {}
    for one in inputs:
        asked.setdefault((one.flow, words.say(one.label)), []).append(one)
    return tuple(
        _input(plan, found[0]) if len(found) == 1 else _together(plan, found) for found in asked.values()
    )


def _together(plan: nouns.Plan, found: Sequence[nouns.Input]) -> nouns.Text:
    """Several answers to one question: how many, and whose."""
    branches = {page.branch.id: page.branch.name for page in plan.branches}
    who = list(dict.fromkeys(branches.get(one.branch) or one.respondent for one in found))
    shown: list[str | nouns.Text] = [name or nouns.Text("trace.nobody") for name in who[:MOST_NAMED]]
    if len(who) > MOST_NAMED:
        shown.append(nouns.Text("trace.more", {"n": len(who) - MOST_NAMED}))
    return nouns.Text("trace.inputs_of", {"label": found[0].label, "n": len(found), "who": tuple(shown)})


def _input(plan: nouns.Plan, one: nouns.Input) -> nouns.Text:
    """An answer: what was asked, what was said, by whom and where, when, and how surely."""
    branches = [page.branch.name for page in plan.branches if page.branch.id == one.branch]
    values: dict[str, nouns.Value] = {
        "label": one.label,
        "value": one.shown or nouns.Text("trace.not_known"),
        "who": (one.respondent or nouns.Text("trace.nobody"), *branches),
        "sure": nouns.Text(f"sure.{one.sure.value}"),
    }
    if one.at is None:
        return nouns.Text("trace.input", values)
    return nouns.Text("trace.input_on", values | {"day": nouns.Day(one.at.date())})


def parameter(one: nouns.Parameter) -> nouns.Text:
    """A number assumed with where it was found, or whose it is."""
    values: dict[str, nouns.Value] = {
        "name": parameter_words.name(one.name),
        "value": amount(one.value, one.unit),
        "found": found(one),
    }
    return nouns.Text("trace.parameter", values)


def found(one: nouns.Parameter) -> nouns.Text:
    """Where a number was found, with the label of its source; of an institution's own: by whom, when, instead of what."""
    if not one.replaced or one.ours is None:
        return nouns.Text(
            "trace.found",
            {"source": nouns.Text(f"source.{one.source.value}"), "origin": parameter_words.origin(one)},
        )
    values: dict[str, nouns.Value] = {
        "ours": amount(one.ours, one.unit),
        "who": one.origin or nouns.Text("trace.nobody"),
    }
    if one.at is None:
        return nouns.Text("trace.replaced", values)
    return nouns.Text("trace.replaced_on", values | {"day": nouns.Day(one.at.date())})


def _waits(plan: nouns.Plan, figure: nouns.Figure) -> tuple[nouns.Words, ...]:
    owed = {point.id: point for point in plan.open_points}
    found = tuple(_point(owed[one]) for one in figure.waits_for if one in owed)
    if figure.value is None and figure.low:
        return nouns.Text("trace.until_then"), *found
    return found


def _point(point: nouns.OpenPoint) -> nouns.Text:
    values: dict[str, nouns.Value] = {
        "question": point.question,
        "section": point.section,
        "owner": point.owner or nouns.Text("trace.nobody"),
    }
    if point.branch_name:
        return nouns.Text("trace.point_of_branch", values | {"branch": point.branch_name})
    return nouns.Text("trace.point", values)


def _cut(lines: Sequence[nouns.Words]) -> tuple[nouns.Words, ...]:
    """The first lines, and how many more there are."""
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    return (*lines[:MOST_LINES], nouns.Text("trace.more", {"n": len(lines) - MOST_LINES}))


def lines(trace: Trace, language: str) -> list[str]:
    """The trace as plain lines: the figure first, then each part under its heading."""
    told = [f"{trace.number} · {words.say(trace.place, language)}"]
    told.append(
        words.say(nouns.Text("trace.operand", {"label": trace.label, "value": trace.value}), language)
    )
    for part in trace.parts:
        told += ["", words.say(part.title, language)]
        told += [f"  {words.say(line, language)}" for line in part.lines]
    return told
