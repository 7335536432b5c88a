"""Functions on truth, and those that choose between values."""

from __future__ import annotations

import math

from flows.expressions import context, steps, values
from flows.expressions.functions.registry import Function, at_least, exactly

NO_LIMIT = -1
"""In a checklist, the minimum or maximum that does not apply."""


def true(_at: context.Context) -> bool:
    """True."""
    return True


def false(_at: context.Context) -> bool:
    """False."""
    return False


def negate(_at: context.Context, value: values.Value) -> bool:
    """The opposite."""
    return not values.to_boolean(value)


def boolean(_at: context.Context, value: values.Value) -> bool:
    """The value as true or false."""
    return values.to_boolean(value)


def boolean_from_string(_at: context.Context, value: values.Value) -> bool:
    """True only for `true` and `1`."""
    return values.to_string(value) in {"true", "1"}


def if_else(
    at: context.Context, condition: steps.Evaluate, then: steps.Evaluate, otherwise: steps.Evaluate
) -> values.Value:
    """One of two values; the other is not evaluated."""
    return then(at) if values.to_boolean(condition(at)) else otherwise(at)


def text_or_nothing(value: values.Value) -> str:
    """The text of a value; what is not a number counts as no answer."""
    return "" if isinstance(value, float) and math.isnan(value) else values.to_string(value)


def coalesce(at: context.Context, *arguments: steps.Evaluate) -> str:
    """The first value that is not empty."""
    for argument in arguments:
        text = text_or_nothing(argument(at))
        if text:
            return text
    return ""


def once(at: context.Context, value: steps.Evaluate) -> str:
    """The answer that is already there, else the value."""
    return at.node.text or text_or_nothing(value(at))


def answers(value: values.Value) -> list[bool]:
    """For each node of the value whether it holds an answer, or for any other value whether it is true."""
    if values.is_nodes(value):
        return [bool(node.text) for node in value]
    return [values.to_boolean(value)]


def is_within(total: float, least: values.Value, most: values.Value, at: context.Context) -> bool:
    """Whether the total keeps to both limits, inclusive."""
    low, high = values.to_number(least, at), values.to_number(most, at)
    return (low == NO_LIMIT or total >= low) and (high == NO_LIMIT or total <= high)


def checklist(at: context.Context, least: values.Value, most: values.Value, *given: values.Value) -> bool:
    """Whether the number of true values is within the limits; -1 is no limit."""
    total = sum(answer for value in given for answer in answers(value))
    return is_within(total, least, most, at)


def weighted_checklist(
    at: context.Context, least: values.Value, most: values.Value, *pairs: values.Value
) -> bool:
    """Whether the weights of the true values add up to within the limits; -1 is no limit."""
    total = 0.0
    for value, weight in zip(pairs[::2], pairs[1::2], strict=True):
        weights = (
            [values.text_number(node.text, at) for node in weight]
            if values.is_nodes(weight)
            else [values.to_number(weight, at)]
        )
        total += sum(one for answer, one in zip(answers(value), weights, strict=False) if answer)
    return is_within(total, least, most, at)


FUNCTIONS = (
    Function(name="true", implementation=true, counts=exactly(0), example="true()"),
    Function(name="false", implementation=false, counts=exactly(0), example="false()"),
    Function(name="not", implementation=negate, counts=exactly(1), example="not(condition)"),
    Function(name="boolean", implementation=boolean, counts=exactly(1), example="boolean(value)"),
    Function(
        name="boolean-from-string",
        implementation=boolean_from_string,
        counts=exactly(1),
        example="boolean-from-string(value)",
    ),
    Function(
        name="if",
        implementation=if_else,
        counts=exactly(3),
        example="if(condition, then, else)",
        constant=False,
        lazy=True,
    ),
    Function(
        name="coalesce",
        implementation=coalesce,
        counts=at_least(2),
        example="coalesce(value, value)",
        constant=False,
        lazy=True,
    ),
    Function(
        name="once", implementation=once, counts=exactly(1), example="once(value)", constant=False, lazy=True
    ),
    Function(
        name="checklist",
        implementation=checklist,
        counts=at_least(2),
        example="checklist(least, most, value, …)",
    ),
    Function(
        name="weighted-checklist",
        implementation=weighted_checklist,
        counts=at_least(4, step=2),
        example="weighted-checklist(least, most, value, weight, …)",
    ),
)
