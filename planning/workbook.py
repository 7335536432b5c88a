"""Makes figures: the one place where a number gets its formula, inputs, parameters, bounds and open points."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from flows import nouns as flow_nouns
from planning import facts, nouns, parameters

Operand = facts.Fact | nouns.Figure

MAX_VARIED = 6
"""Operands with bounds whose corners are all tried; beyond, all are low together and high together."""

BEYOND_MEASURE = 1e15
"""More than the money of any country, in its smallest unit: such a figure comes from a slip, not from a count."""


class Workbook:
    """One assessment's answers and parameters, and the figures that are made of them."""

    def __init__(self, known: facts.Facts, numbers: parameters.Parameters) -> None:
        self.facts = known
        self.numbers = numbers
        self.used: dict[str, nouns.Parameter] = {}
        """Every parameter that entered a figure."""
        self.beyond_measure: set[str] = set()
        """Names of the figures whose arithmetic left the range of numbers."""

    @property
    def warnings(self) -> tuple[nouns.Text, ...]:
        """The figures that could not be computed because answers are beyond all measure."""
        return tuple(
            nouns.Text("warning.beyond_measure", {"figure": nouns.Text(f"figure.{name}")})
            for name in sorted(self.beyond_measure)
        )

    @property
    def today(self) -> dt.date:
        """The day the plan is made."""
        return self.facts.today

    @property
    def institution(self) -> flow_nouns.Institution:
        """The MFI."""
        return self.facts.book.institution

    @property
    def currency(self) -> str:
        """The institution's currency, ISO 4217."""
        return self.institution.currency

    def parameter(self, name: str) -> float:
        """The value of a parameter, noted as used."""
        self.used[name] = self.numbers[name]
        return self.numbers[name].value

    def computed(
        self,
        name: str,
        compute: Callable[..., float],
        *operands: Operand,
        uses: Sequence[str] = (),
        unit: str = "",
        rising: bool = False,
    ) -> nouns.Figure:
        """The figure `figure.<name>` by `formula.<name>`: `compute` gets the operands' values, then the parameters'.

        Without every operand there is no value. Bounds are those of all corners of the operands' bounds. A `rising`
        figure grows with every operand that may be unknown: what is certain of those is certain of it.
        """
        constants = [self.parameter(used) for used in uses]
        value = None
        bounds: tuple[float | None, float | None] = (None, None)
        known = all(_value(operand) is not None for operand in operands)
        if known or rising:
            try:
                certain = operands if known else [self._certain(operand) for operand in operands]
                corners = [_measured(compute(*corner, *constants)) for corner in self._corners(certain)]
                bounds = _bounds(corners) if known else (min(corners) or None, None)
                if known:
                    value = _measured(compute(*(_value(operand) for operand in operands), *constants))
            except ArithmeticError:
                # an answer beyond all measure must not cost the rest of the plan
                value = None
                self.beyond_measure.add(name)
        return self._figure(name, value, unit, operands, uses=uses, bounds=bounds)

    def total(
        self,
        name: str,
        parts: Iterable[Operand],
        *,
        unit: str = "",
        missing: Iterable[str] = (),
        called: Sequence[nouns.Words] = (),
    ) -> nouns.Figure:
        """The sum of parts that are never negative: unknown parts leave no value but a lower bound.

        `missing` are open points that may still add parts; an empty one where the flow does not ask for them.
        `called` names each part in the sum, where all have one label.
        """
        operands = tuple(parts)
        absent = tuple(missing)
        values = [_value(operand) for operand in operands]
        complete = not absent and all(value is not None for value in values)
        ranges = [self._range(operand) for operand in operands]
        low = sum(bounds[0] for bounds in ranges)
        high = sum(bounds[1] for bounds in ranges)
        value = sum(value for value in values if value is not None) if complete else None
        exact = complete and low == high
        bounds = (None, None) if exact else (low, high if complete else None)
        figure = self._figure(name, value, unit, operands, uses=(), bounds=bounds)
        if called:
            named = zip(figure.operands, called, strict=True)
            entered_as = tuple(msgspec.structs.replace(part, label=label) for part, label in named)
            figure = msgspec.structs.replace(figure, operands=entered_as)
        return msgspec.structs.replace(figure, waits_for=_unique((*figure.waits_for, *filter(None, absent))))

    def stated(self, name: str, fact: facts.Fact, unit: str = "") -> nouns.Figure:
        """An answer as a figure."""
        low, high = self._range(fact)
        sure = fact.number is None or low == high
        return nouns.Figure(
            label=nouns.Text(f"figure.{name}"),
            value=fact.number,
            unit=unit or (fact.question.unit if fact.question is not None else ""),
            inputs=(fact.input,) if fact.known else (),
            source=nouns.Source.STATED,
            low=None if sure else low,
            high=None if sure else high,
            waits_for=(fact.point,) if fact.number is None and fact.point else (),
        )

    def assumed(self, name: str, parameter: str) -> nouns.Figure:
        """A parameter as a figure, where no answer gives the number; of a price that nobody is asked with its range."""
        self.parameter(parameter)
        used = self.numbers[parameter]
        return nouns.Figure(
            label=nouns.Text(f"figure.{name}"),
            value=used.value,
            unit=used.unit,
            parameters=(used,),
            source=used.source,
            low=used.low,
            high=used.high,
        )

    def counted(self, name: str, number: float, unit: str = "") -> nouns.Figure:
        """A number that stands in the book itself, as how many branches there are."""
        return nouns.Figure(label=nouns.Text(f"figure.{name}"), value=number, unit=unit)

    def unknown(self, name: str, *points: str, unit: str = "") -> nouns.Figure:
        """A figure without value that waits for open points."""
        return nouns.Figure(
            label=nouns.Text(f"figure.{name}"), unit=unit, waits_for=tuple(point for point in points if point)
        )

    def _figure(
        self,
        name: str,
        value: float | None,
        unit: str,
        operands: Sequence[Operand],
        *,
        uses: Sequence[str],
        bounds: tuple[float | None, float | None],
    ) -> nouns.Figure:
        own = tuple(self.numbers[used] for used in uses)
        behind = [operand.parameters for operand in operands if isinstance(operand, nouns.Figure)]
        constants = {constant.name: constant for constant in itertools.chain(own, *behind)}
        sources = [constant.source for constant in constants.values()]
        values: dict[str, nouns.Value] = {constant.name: constant.value for constant in own}
        return nouns.Figure(
            label=nouns.Text(f"figure.{name}"),
            value=value,
            unit=unit,
            formula=nouns.Text(f"formula.{name}", values),
            operands=tuple(entered(operand) for operand in operands),
            inputs=inputs(operands),
            parameters=tuple(constants.values()),
            source=max(sources, key=list(nouns.Source).index, default=nouns.Source.DERIVED),
            low=bounds[0],
            high=bounds[1],
            waits_for=waits(operands),
        )

    def _range(self, operand: Operand) -> tuple[float, float]:
        """The bounds of an operand for a sum; nothing is known of an unknown one but that it is not negative."""
        if isinstance(operand, nouns.Figure):
            value = operand.value if operand.value is not None else 0.0
            low = operand.low if operand.low is not None else value
            return low, operand.high if operand.high is not None else max(value, low)
        number = operand.number
        if number is None:
            return 0.0, 0.0
        if operand.sure is not flow_nouns.Sure.ESTIMATE:
            return number, number
        margin = self.parameter("estimate_margin") / 100
        return number - abs(number) * margin, number + abs(number) * margin

    def _certain(self, operand: Operand) -> Operand:
        """What is known of an operand for sure: its value, else its lower bound, else that it is not negative."""
        if _value(operand) is not None:
            return operand
        return nouns.Figure(label=nouns.Text("trace.at_least"), value=self._range(operand)[0])

    def _corners(self, operands: Sequence[Operand]) -> list[tuple[Any, ...]]:
        """Every combination of the operands' lower and upper bounds."""
        choices: list[tuple[Any, ...]] = []
        varied = 0
        for operand in operands:
            value = _value(operand)
            bounds = self._range(operand) if isinstance(value, int | float) else (value, value)
            choices.append((value,) if bounds[0] == bounds[1] else bounds)
            varied += len(choices[-1]) - 1
        if varied <= MAX_VARIED:
            return list(itertools.product(*choices))
        return [tuple(choice[0] for choice in choices), tuple(choice[-1] for choice in choices)]


def _measured(value: float) -> float:
    """The value itself; raises OverflowError for what nobody can have counted."""
    if not abs(value) < BEYOND_MEASURE:  # nor for what is no number
        raise OverflowError(value)
    return value


def _value(operand: Operand) -> Any:
    return operand.value


def _bounds(values: Sequence[float]) -> tuple[float | None, float | None]:
    low, high = min(values), max(values)
    return (None, None) if low == high else (low, high)


def inputs(operands: Sequence[Operand]) -> tuple[nouns.Input, ...]:
    """The answers behind the operands, each once."""
    found: dict[tuple[str, str, str], nouns.Input] = {}
    for operand in operands:
        given = (
            operand.inputs if isinstance(operand, nouns.Figure) else (operand.input,) if operand.known else ()
        )
        for one in given:
            found[(one.flow, one.branch, one.key)] = one
    return tuple(found.values())


def entered(operand: Operand) -> nouns.Operand:
    """An operand as the formula met it."""
    branches = {one.branch for one in inputs((operand,)) if one.branch}
    branch = branches.pop() if len(branches) == 1 else ""
    if isinstance(operand, nouns.Figure):
        return nouns.Operand(operand.label, operand.value, operand.unit, branch=branch)
    unit = operand.question.unit if operand.question is not None else ""
    number = operand.number
    return nouns.Operand(operand.label, number, unit, operand.shown if number is None else "", branch)


def waits(operands: Sequence[Operand]) -> tuple[str, ...]:
    """The open points that the operands wait for, each once."""
    points: list[str] = []
    for operand in operands:
        if isinstance(operand, nouns.Figure):
            points += operand.waits_for
        elif operand.value is None and operand.point:
            points.append(operand.point)
    return _unique(points)


def _unique(points: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(points))
