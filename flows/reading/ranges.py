"""Numbers of a range: between its ends, in its steps."""

from __future__ import annotations

import math

from flows import nouns, values
from flows.reading import numbers, outcome

START, END, STEP = 0, 10, 1
"""What XLSForm takes where a range does not say."""


def number(typed: str, question: nouns.Question, *, language: str) -> outcome.Outcome:
    """The number in the words, if the range has it."""
    start, end, step = bounds(question)
    whole = float(start).is_integer() and float(step).is_integer()
    read = numbers.number(typed, whole=whole, unit=question.unit, language=language)
    if isinstance(read, nouns.Problem) or not isinstance(read.value, int | float):
        return read
    low, high = min(start, end), max(start, end)
    steps = (read.value - start) / step
    if not low <= read.value <= high or not math.isclose(steps, round(steps), abs_tol=1e-9):
        return outcome.refused(
            "not_in_range", start=values.written(low), end=values.written(high), step=values.written(step)
        )
    return read


def bounds(question: nouns.Question) -> tuple[float, float, float]:
    """Start, end and step of a range."""
    given = (values.as_number(question.parameters.get(name, "")) for name in ("start", "end", "step"))
    start, end, step = (
        usual if number is None else number for number, usual in zip(given, (START, END, STEP), strict=True)
    )
    return start, end, abs(step) or STEP
