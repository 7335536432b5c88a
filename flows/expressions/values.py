"""The kinds of value that an expression can have, and how each becomes another."""

from __future__ import annotations

import decimal
import math
import re
from typing import TypeGuard

from flows.expressions import context, errors, limits, moments, nodes

Value = str | float | bool | moments.Moment | nodes.NodeSet
"""A string, number, truth value, date, or nodes in document order."""

NUMBER = re.compile(r"\s*(-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*", re.ASCII)
"""A number in a string: XPath's own form, and the exponent that programs write into stored answers."""

SAFE_INTEGER = 2**53
"""Below it a double holds every integer exactly."""


def is_nodes(value: Value) -> TypeGuard[nodes.NodeSet]:
    """Whether the value is a node set."""
    return isinstance(value, list)


def to_string(value: Value) -> str:
    """XPath's `string()`: the first node's text, numbers without exponent, `true` and `false`, dates as stored."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if is_nodes(value):
        return value[0].text if value else ""
    return str(value)


def number_text(number: float) -> str:
    """The shortest decimal that reads back as `number`."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < SAFE_INTEGER:
        return str(int(number))
    text = repr(number)
    return format(decimal.Decimal(text), "f") if "e" in text else text.removesuffix(".0")


def to_boolean(value: Value) -> bool:
    """XPath's `boolean()`: nodes if there are any, text if not empty, numbers if neither 0 nor NaN, dates if real."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, moments.Moment):
        return not math.isnan(value.days)
    return bool(value)


def to_number(value: Value, at: context.Context) -> float:
    """XPath's `number()`, and ODK's addition: text that is a date is its days since 1970, in the host's zone."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return text_number(value, at)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, moments.Moment):
        return value.days
    return text_number(value[0].text, at) if value else math.nan


def text_number(text: str, at: context.Context) -> float:
    """The number that `text` is, or the days of the date that it is, or NaN."""
    try:
        number = float(text)
    except ValueError:
        pass
    else:
        # Python's own reading is quicker, and wider by a few forms: `+1`, `1_000`, `inf`, `nan`.
        if number - number == 0.0 and "_" not in text and "+" not in text:
            return number
        match = NUMBER.fullmatch(text)
        return float(match[1]) if match else math.nan
    stripped = text.strip()
    if moments.looks_like_date(stripped):
        return moments.parse(stripped, at.host.zone)
    return math.nan


def to_moment(value: Value, at: context.Context) -> moments.Moment:
    """The date of text or of a number of days; not a number for text that is no date."""
    if isinstance(value, moments.Moment):
        return value
    if isinstance(value, bool):
        return moments.Moment(math.nan, at.host.zone)
    return moments.Moment(to_number(value, at), at.host.zone)


def to_whole(value: Value, at: context.Context, what: str) -> int:
    """A number without its fraction; raises `EvaluationError`, naming `what`, for one that is not finite."""
    number = to_number(value, at)
    if not math.isfinite(number):
        message = f"{what} must be a number, not “{to_string(value)[:40]}”."
        raise errors.EvaluationError(message)
    return int(number)


def need_nodes(value: Value, function: str) -> nodes.NodeSet:
    """The value as nodes; raises `EvaluationError` naming the function for any other kind."""
    if is_nodes(value):
        return value
    message = f"{function}() needs a question or a path, not a {kind(value)}."
    raise errors.EvaluationError(message)


def kind(value: Value) -> str:
    """The kind of a value, as a person would say it."""
    if isinstance(value, bool):
        return "truth value"
    if isinstance(value, str):
        return "text"
    if isinstance(value, float):
        return "number"
    return "date" if isinstance(value, moments.Moment) else "set of nodes"


def texts(arguments: tuple[Value, ...]) -> list[str]:
    """The text of every argument, and of every node of those that are nodes."""
    found: list[str] = []
    for argument in arguments:
        if is_nodes(argument):
            found.extend(node.text for node in argument)
        else:
            found.append(to_string(argument))
    return found


def bounded(text: str) -> str:
    """The text itself; raises `EvaluationError` for one over `MAX_STRING_LENGTH`."""
    if len(text) > limits.MAX_STRING_LENGTH:
        message = f"The result has more than {limits.MAX_STRING_LENGTH:,} characters."
        raise errors.EvaluationError(message)
    return text
