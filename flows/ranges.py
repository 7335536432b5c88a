"""What a range holds: numbers from its start to its end, in its steps."""

from __future__ import annotations

import math

from flows import nouns, values

START, END, STEP = 0, 10, 1
"""What XLSForm takes where a range does not say."""


def bounds(question: nouns.Question) -> tuple[float, float, float]:
    """Start, end and step of a range."""
    given = (values.as_number(question.parameters.get(name, "")) for name in ("start", "end", "step"))
    start, end, step = (
        usual if number is None else number for number, usual in zip(given, (START, END, STEP), strict=True)
    )
    return start, end, abs(step) or STEP


def holds(question: nouns.Question, value: nouns.Value) -> bool:
    """Whether the value is none, or a number of the range."""
    if not isinstance(value, int | float):
        return True
    start, end, step = bounds(question)
    steps = (value - start) / step
    return min(start, end) <= value <= max(start, end) and math.isclose(steps, round(steps), abs_tol=1e-9)
