"""Functions on numbers."""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable

from flows.expressions import context, limits, values
from flows.expressions.functions.registry import Function, at_least, between, exactly

DIGITS = 700
"""Digits that rounding works with: a double has up to 309 before the point and keeps few after it."""


def number(at: context.Context, *arguments: values.Value) -> float:
    """The argument, or the node where the evaluation stands, as a number."""
    return values.to_number(arguments[0], at) if arguments else values.text_number(at.node.text, at)


def whole(at: context.Context, value: values.Value) -> float:
    """The number without its fraction."""
    given = values.to_number(value, at)
    return float(math.trunc(given)) if math.isfinite(given) else given


def floor(at: context.Context, value: values.Value) -> float:
    """The next integer downwards."""
    given = values.to_number(value, at)
    return float(math.floor(given)) if math.isfinite(given) else given


def ceiling(at: context.Context, value: values.Value) -> float:
    """The next integer upwards."""
    given = values.to_number(value, at)
    return float(math.ceil(given)) if math.isfinite(given) else given


def rounded(at: context.Context, value: values.Value, *decimals: values.Value) -> float:
    """Rounded to a number of decimals, or of zeros before the point where negative; halves go away from zero.

    The decimals are those that a person sees, so that 2.15 becomes 2.2 though its double is below.
    """
    given = values.to_number(value, at)
    if not math.isfinite(given):
        return given
    places = values.to_whole(decimals[0], at, "The number of decimals") if decimals else 0
    if places > limits.MAX_DECIMALS:
        return given
    unit = decimal.Decimal(1).scaleb(-max(places, -limits.MAX_DECIMALS * 11))
    with decimal.localcontext() as arithmetic:
        arithmetic.prec = DIGITS
        shown = decimal.Decimal(repr(given))
        return float((shown / unit).to_integral_value(decimal.ROUND_HALF_UP) * unit)


def absolute(at: context.Context, value: values.Value) -> float:
    """The number without its sign."""
    return abs(values.to_number(value, at))


def power(at: context.Context, base: values.Value, exponent: values.Value) -> float:
    """The base to the exponent."""
    given, to = values.to_number(base, at), values.to_number(exponent, at)
    try:
        return math.pow(given, to)
    except OverflowError:
        return math.copysign(math.inf, given if to % 2 == 1 else 1.0)
    except ValueError:
        return math.inf if given == 0 else math.nan


def logarithm(given: float) -> float:
    """The natural logarithm; of 0 it is minus infinity."""
    return -math.inf if given == 0 else math.log(given)


def logarithm_10(given: float) -> float:
    """The logarithm to base 10; of 0 it is minus infinity."""
    return -math.inf if given == 0 else math.log10(given)


def power_of_10(given: float) -> float:
    """10 to the given exponent."""
    return math.pow(10, given)


def real(compute: Callable[[float], float]) -> Callable[[context.Context, values.Value], float]:
    """A function of one number that is NaN where mathematics has no answer and infinite where it is too large."""

    def evaluate(at: context.Context, value: values.Value) -> float:
        given = values.to_number(value, at)
        try:
            return compute(given)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    evaluate.__doc__ = compute.__doc__
    return evaluate


def angle(at: context.Context, y: values.Value, x: values.Value) -> float:
    """The angle of the point (x, y), in radians."""
    return math.atan2(values.to_number(y, at), values.to_number(x, at))


def pi(_at: context.Context) -> float:
    """The ratio of a circle's circumference to its diameter."""
    return math.pi


def all_numbers(arguments: tuple[values.Value, ...], at: context.Context) -> list[float]:
    """The number of every argument, and of every node of those that are nodes."""
    found: list[float] = []
    for argument in arguments:
        if values.is_nodes(argument):
            found.extend(values.text_number(node.text, at) for node in argument)
        else:
            found.append(values.to_number(argument, at))
    return found


def total(at: context.Context, nodes: values.Value) -> float:
    """The sum of the nodes' numbers."""
    return sum(all_numbers((values.need_nodes(nodes, "sum"),), at), 0.0)


def smallest(at: context.Context, *arguments: values.Value) -> float:
    """The smallest number; NaN if there is none, or one is none."""
    found = all_numbers(arguments, at)
    return math.nan if not found or any(map(math.isnan, found)) else min(found)


def largest(at: context.Context, *arguments: values.Value) -> float:
    """The largest number; NaN if there is none, or one is none."""
    found = all_numbers(arguments, at)
    return math.nan if not found or any(map(math.isnan, found)) else max(found)


OF_ONE_NUMBER: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": power_of_10,
    "log": logarithm,
    "log10": logarithm_10,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
}

FUNCTIONS = (
    Function(
        name="number", implementation=number, counts=between(0, 1), example="number(value)", constant=False
    ),
    Function(name="int", implementation=whole, counts=exactly(1), example="int(number)"),
    Function(name="floor", implementation=floor, counts=exactly(1), example="floor(number)"),
    Function(name="ceiling", implementation=ceiling, counts=exactly(1), example="ceiling(number)"),
    Function(name="round", implementation=rounded, counts=between(1, 2), example="round(number, decimals)"),
    Function(name="abs", implementation=absolute, counts=exactly(1), example="abs(number)"),
    Function(name="pow", implementation=power, counts=exactly(2), example="pow(base, exponent)"),
    Function(name="atan2", implementation=angle, counts=exactly(2), example="atan2(y, x)"),
    Function(name="pi", implementation=pi, counts=exactly(0), example="pi()"),
    Function(name="sum", implementation=total, counts=exactly(1), example="sum(${question})"),
    Function(name="min", implementation=smallest, counts=at_least(1), example="min(${question})"),
    Function(name="max", implementation=largest, counts=at_least(1), example="max(${question})"),
    *(
        Function(name=name, implementation=real(compute), counts=exactly(1), example=f"{name}(number)")
        for name, compute in OF_ONE_NUMBER.items()
    ),
)
